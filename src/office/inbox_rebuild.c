// inbox_rebuild.c -- every projection, from the raw lines (inbox.h): after an update that understands more of them.
#include "office/inbox_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct page { // of records, in the order of their numbers
    struct inbox *inbox;
    int64_t *logs; // of the lines
    char *text;    // RECORD_LINE_SIZE each
    int64_t newest;
};

static enum status read_line(void *owner, const struct db_value *values, size_t count)
{
    struct page *page = owner;
    struct inbox *inbox = page->inbox;
    size_t at = inbox->line_count++;
    char *text = page->text + at * RECORD_LINE_SIZE;

    (void)count;
    if (values[3].length >= RECORD_LINE_SIZE) return STATUS_CORRUPT;
    memcpy(text, values[3].bytes, values[3].length);
    inbox->lines[at] = (struct inbox_line){
        .n = values[0].number, .seq = (uint64_t)values[2].number, .text = text, .length = values[3].length};
    page->newest = values[0].number;
    page->logs[at] = values[1].number;
    return STATUS_OK;
}

static enum status project_log(struct inbox *inbox, int64_t log)
{
    int64_t hlc = 0;
    enum status status =
        office_db_numbers(inbox->db, "SELECT hlc FROM log WHERE id = $1", DB_VALUES(db_int(log)), 1, &hlc);

    if (status == STATUS_OK) status = inbox_project(inbox, log, &hlc);
    if (status != STATUS_OK) return status;
    return db_do(inbox->db, "UPDATE log SET hlc = $1 WHERE id = $2", db_int(hlc), db_int(log));
}

// Lines of one log that follow each other go together, as they did when they came.
static enum status project_page(struct page *page)
{
    struct inbox *inbox = page->inbox;
    size_t left = inbox->line_count;
    enum status status = STATUS_OK;

    while (left > 0 && status == STATUS_OK) {
        size_t count = 1;
        while (count < left && page->logs[count] == page->logs[0]) count++;
        inbox->line_count = count;
        status = project_log(inbox, page->logs[0]);
        left -= count;
        memmove(inbox->lines, inbox->lines + count, left * sizeof *inbox->lines);
        memmove(page->logs, page->logs + count, left * sizeof *page->logs);
    }
    return status;
}

static enum status forget_all(struct inbox *inbox)
{
    struct office_db *db = inbox->db;
    enum status status = db->ops->query(db, "DELETE FROM deed", NULL, 0, NULL, NULL);

    if (status == STATUS_OK) status = db->ops->query(db, "DELETE FROM seen", NULL, 0, NULL, NULL);
    if (status == STATUS_OK) status = db->ops->query(db, "DELETE FROM anchor", NULL, 0, NULL, NULL);
    if (status == STATUS_OK) status = db->ops->query(db, "UPDATE log SET hlc = 0", NULL, 0, NULL, NULL);
    return status;
}

static enum status project_all(struct inbox *inbox, struct page *page)
{
    enum status status;

    do {
        inbox->line_count = 0;
        status = db_ask(inbox->db, "SELECT n, log, seq, line FROM record WHERE n > $1 ORDER BY n LIMIT $2", read_line,
                        page, db_int(page->newest), db_int(OUTBOX_MOST_LINES));
        size_t count = inbox->line_count;
        if (status == STATUS_OK) status = project_page(page);
        if (count < OUTBOX_MOST_LINES) break;
    } while (status == STATUS_OK);
    return status;
}

enum status inbox_rebuild(struct inbox *inbox)
{
    struct page page = {.inbox = inbox};
    enum status status = inbox_change(inbox, NULL);

    if (status != STATUS_OK) return status;
    page.logs = mem_zero_array(OUTBOX_MOST_LINES, sizeof *page.logs);
    page.text = mem_zero_array(OUTBOX_MOST_LINES, RECORD_LINE_SIZE);
    status = forget_all(inbox);
    if (status == STATUS_OK) status = project_all(inbox, &page);
    free(page.text);
    free(page.logs);
    inbox_clear_shelves(inbox);
    return inbox_end(inbox, status);
}
