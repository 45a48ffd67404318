#include "office/report_when.h"

#include "base/mem.h"
#include "office/inbox_time.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_AT_ONCE = 20000 }; // by their numbers; some may be of other events

struct report_when {
    struct report_moment *list; // [count], by `n`
    size_t count, room;
    struct inbox_anchors *anchors; // while it is read
};

static struct report_moment *add(struct report_when *when)
{
    if (when->count == when->room) {
        size_t room = when->room ? 2 * when->room : 1024;
        struct report_moment *list = mem_zero_array(room, sizeof *list);
        if (when->count > 0) memcpy(list, when->list, when->count * sizeof *list);
        free(when->list);
        when->list = list;
        when->room = room;
    }
    return &when->list[when->count++];
}

// What makes no sense to this version is no check-in either.
static enum status read_line(void *owner, const struct db_value *values, size_t count)
{
    struct report_when *when = owner;
    struct record record;
    struct inbox_time time;
    uint8_t log[LOG_ID_BYTES];
    uint64_t seq;

    (void)count;
    if (record_parse_line(values[1].bytes, values[1].length, &record, &seq) != STATUS_OK) return STATUS_OK;
    db_copy_blob(&values[2], log, sizeof log);
    inbox_anchors_correct(when->anchors, log, &record, &time);
    struct report_moment *moment = add(when);
    moment->n = values[0].number;
    moment->unix_ms = time.unix_ms;
    memcpy(moment->gate, record.gate, sizeof moment->gate);
    return STATUS_OK;
}

enum status report_when_open(struct inbox *inbox, const struct inbox_shelf *shelf, struct report_when **out)
{
    struct report_when *when = mem_zero(sizeof *when);
    enum status status = inbox_anchors_read(inbox, &when->anchors);

    for (int64_t after = 0; status == STATUS_OK && after < shelf->newest; after += LINES_AT_ONCE) {
        int64_t left = shelf->newest - after, upto = after + (left < LINES_AT_ONCE ? left : LINES_AT_ONCE);
        status = db_ask(inbox->db,
                        "SELECT deed.n, line, log.log FROM deed JOIN record ON record.n = deed.n JOIN log ON log.id = "
                        "deed.log WHERE event = $1 AND deed.n > $2 AND deed.n <= $3 AND kind IN ($4, $5) "
                        "ORDER BY deed.n",
                        read_line, when, db_int(shelf->event), db_int(after), db_int(upto), db_int(RECORD_KIND_ENTRY),
                        db_int(RECORD_KIND_EXIT));
    }
    inbox_anchors_free(when->anchors);
    when->anchors = NULL;
    if (status == STATUS_OK) *out = when;
    else report_when_close(when);
    return status;
}

void report_when_close(struct report_when *when)
{
    if (!when) return;
    free(when->list);
    free(when);
}

static int compare(const void *key, const void *item)
{
    int64_t n = *(const int64_t *)key, other = ((const struct report_moment *)item)->n;

    return n < other ? -1 : n > other;
}

const struct report_moment *report_when_find(const struct report_when *when, int64_t n)
{
    return when->count ? bsearch(&n, when->list, when->count, sizeof *when->list, compare) : NULL;
}
