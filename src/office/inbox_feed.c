// inbox_feed.c -- what other kiosks are told (inbox.h, sync/feed.h).
#include "office/inbox_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct feed_source {
    int64_t after, upto; // numbers
    uint32_t event;
    int64_t log; // left out; 0: none
    size_t limit;
};

struct feed_reader {
    struct feed_page *page;
    int64_t numbers[FEED_MOST_ITEMS + 1]; // of the items
    size_t limit, used_bytes;
    bool has_more;
};

static enum status read_record(void *owner, const struct db_value *values, size_t count)
{
    struct feed_reader *reader = owner;
    struct feed_page *page = reader->page;
    struct feed_item *item = &page->items[page->count];
    char *line = (char *)page->memory + reader->used_bytes;

    (void)count;
    if (page->count == reader->limit) {
        reader->has_more = true;
        return STATUS_OK;
    }
    *item = (struct feed_item){.kind = FEED_RECORD};
    db_copy_blob(&values[1], item->record.log, sizeof item->record.log);
    item->record.seq = (uint64_t)values[2].number;
    item->record.line = line;
    item->record.length = values[3].length;
    memcpy(line, values[3].bytes, values[3].length); // < RECORD_LINE_SIZE: that was checked when it came
    line[values[3].length] = '\0';
    reader->used_bytes += values[3].length + 1;
    reader->numbers[page->count++] = values[0].number;
    return STATUS_OK;
}

// Publications, in between the records by their numbers.
static enum status read_edition(void *owner, const struct db_value *values, size_t count)
{
    struct feed_reader *reader = owner;
    struct feed_page *page = reader->page;
    size_t at = page->count;

    (void)count;
    while (at > 0 && reader->numbers[at - 1] > values[0].number) at--;
    if (at == reader->limit) {
        reader->has_more = true;
        return STATUS_OK;
    }
    if (page->count == reader->limit) {
        reader->has_more = true;
        page->count--; // its last comes on the next page
    }
    memmove(&page->items[at + 1], &page->items[at], (page->count - at) * sizeof *page->items);
    memmove(&reader->numbers[at + 1], &reader->numbers[at], (page->count - at) * sizeof *reader->numbers);
    page->items[at] = (struct feed_item){
        .kind = FEED_EVENT, .event = (uint32_t)values[1].number, .version = (uint32_t)values[2].number};
    reader->numbers[at] = values[0].number;
    page->count++;
    return STATUS_OK;
}

static enum status read_items(struct inbox *inbox, const struct feed_source *source, struct feed_reader *reader)
{
    enum status status = db_ask(
        inbox->db,
        "SELECT deed.n, log.log, deed.seq, line FROM deed JOIN log ON log.id = deed.log JOIN record ON record.n = "
        "deed.n WHERE event = $1 AND deed.n > $2 AND deed.n <= $3 AND deed.log <> $4 ORDER BY deed.n LIMIT $5",
        read_record, reader, db_int(source->event), db_int(source->after), db_int(source->upto), db_int(source->log),
        db_int((int64_t)source->limit + 1));

    if (status != STATUS_OK) return status;
    return db_ask(inbox->db,
                  "SELECT n, event, version FROM edition WHERE n > $1 AND n <= $2 AND ($3 = 0 OR event = $3) ORDER BY "
                  "n LIMIT $4",
                  read_edition, reader, db_int(source->after), db_int(source->upto), db_int(source->event),
                  db_int((int64_t)source->limit + 1));
}

// Where a cursor stands: what it says, if that number is still what it was; else the feed begins anew.
static enum status find_beginning(struct inbox *inbox, const char *cursor, int64_t newest, int64_t *after_out,
                                  bool *is_reset_out)
{
    char right[STORE_CURSOR_SIZE];
    char *end = NULL;
    int64_t after = cursor[0] >= '0' && cursor[0] <= '9' ? strtoll(cursor, &end, 10) : -1;
    enum status status;

    *after_out = 0;
    *is_reset_out = cursor[0] != '\0';
    if (after < 0 || after > newest || !end || *end != '.') return STATUS_OK;
    if ((status = inbox_write_cursor(inbox, after, right)) != STATUS_OK || strcmp(right, cursor) != 0) return status;
    *after_out = after;
    *is_reset_out = false;
    return STATUS_OK;
}

static enum status fill_page(struct inbox *inbox, const char *cursor, struct feed_source *source, const uint8_t *log,
                             struct feed_reader *reader)
{
    struct feed_page *page = reader->page;
    struct inbox_log_row left_out = {0};
    enum status status =
        office_db_numbers(inbox->db, "SELECT newest FROM counter WHERE id = 1", NULL, 0, 1, &source->upto);

    if (status != STATUS_OK) return status;
    if ((status = find_beginning(inbox, cursor, source->upto, &source->after, &page->is_reset)) != STATUS_OK)
        return status;
    if (log && (status = inbox_find_log(inbox, log, &left_out)) != STATUS_OK) return status;
    source->log = left_out.id;
    if ((status = read_items(inbox, source, reader)) != STATUS_OK) return status;
    page->has_more = reader->has_more;
    // Behind all that was looked at: what is not for this kiosk is never looked at again.
    return inbox_write_cursor(inbox, page->has_more ? reader->numbers[page->count - 1] : source->upto, page->cursor);
}

enum status inbox_feed(struct inbox *inbox, const char *cursor, uint32_t event, const uint8_t *log, size_t limit,
                       struct feed_page **page)
{
    struct feed_source source = {.event = event, .limit = limit};
    struct feed_reader *reader;
    enum status status;

    if (limit < 1) source.limit = 1;
    if (limit > FEED_MOST_ITEMS) source.limit = FEED_MOST_ITEMS;
    if ((status = inbox->db->ops->begin(inbox->db, false)) != STATUS_OK) return status;
    reader = mem_zero(sizeof *reader);
    reader->limit = source.limit;
    reader->page = mem_zero(sizeof *reader->page);
    reader->page->now_ms = inbox_now(inbox);
    reader->page->memory = mem_zero(source.limit * RECORD_LINE_SIZE);
    status = inbox_end(inbox, fill_page(inbox, cursor, &source, log, reader));
    if (status == STATUS_OK) *page = reader->page;
    else feed_free(reader->page);
    free(reader);
    return status;
}
