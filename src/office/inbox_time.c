// inbox_time.c -- when it really was (FORMATS: time): by the record's own clock where that was set, or by the nearest
// anchor of the same start of the kiosk, whichever is the more certain.
#include "office/inbox_time.h"

#include "base/mem.h"
#include "office/inbox_parts.h"

#include <stdlib.h>
#include <string.h>

// How far off a clock is that says so of itself; and what a Pi's crystal gains or loses in a second at most (100 ppm).
static int64_t own_uncertainty(enum clock_state state)
{
    switch (state) {
    case CLOCK_STATE_NTP:
        return 100;
    case CLOCK_STATE_OFFICE:
    case CLOCK_STATE_PEER:
        return 2000;
    case CLOCK_STATE_RTC:
    case CLOCK_STATE_PHONE:
        return CLOCK_RTC_MOST_OFF_S * 1000;
    case CLOCK_STATE_MANUAL:
        return 60 * 1000;
    case CLOCK_STATE_UNSET:
    case CLOCK_STATE_RESTORED:
        break;
    }
    return -1;
}

struct anchor { // what a kiosk's clock since its start was, and what time it really was
    uint8_t log[LOG_ID_BYTES];
    int64_t boot, boot_ms, unix_ms, uncertainty_ms;
};

static struct inbox_time own_time(const struct record *record)
{
    return (struct inbox_time){record->unix_ms, own_uncertainty(record->clock)};
}

static void weigh(const struct anchor *anchor, int64_t boot_ms, struct inbox_time *best)
{
    int64_t apart_ms = boot_ms - anchor->boot_ms;
    int64_t uncertainty_ms = anchor->uncertainty_ms + (apart_ms < 0 ? -apart_ms : apart_ms) / 10000;

    if (best->uncertainty_ms >= 0 && uncertainty_ms >= best->uncertainty_ms) return;
    *best = (struct inbox_time){.unix_ms = anchor->unix_ms + apart_ms, .uncertainty_ms = uncertainty_ms};
}

// ---- of one record ----

struct search {
    int64_t boot_ms;
    struct inbox_time best;
};

static enum status weigh_anchor(void *owner, const struct db_value *values, size_t count)
{
    struct search *search = owner;
    struct anchor anchor = {
        .boot_ms = values[0].number, .unix_ms = values[1].number, .uncertainty_ms = values[2].number};

    (void)count;
    weigh(&anchor, search->boot_ms, &search->best);
    return STATUS_OK;
}

enum status inbox_correct(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], const struct record *record,
                          struct inbox_time *out)
{
    struct search search = {.boot_ms = record->boot_ms, .best = own_time(record)};
    enum status status = db_ask(inbox->db,
                                "SELECT boot_ms, anchor.unix_ms, uncertainty_ms FROM anchor JOIN log ON log.id = "
                                "anchor.log WHERE log.log = $1 AND boot = $2",
                                weigh_anchor, &search, db_blob(log, LOG_ID_BYTES), db_int(record->boot));

    if (status == STATUS_OK) *out = search.best;
    return status;
}

// ---- of many ----

struct inbox_anchors {
    struct anchor *list; // [count], by log and start
    size_t count, room;
};

static int compare(const void *one, const void *other)
{
    const struct anchor *a = one, *b = other;
    int order = memcmp(a->log, b->log, sizeof a->log);

    return order != 0 || a->boot == b->boot ? order : a->boot < b->boot ? -1 : 1;
}

static enum status add_anchor(void *owner, const struct db_value *values, size_t count)
{
    struct inbox_anchors *anchors = owner;

    (void)count;
    if (anchors->count == anchors->room) {
        size_t room = anchors->room ? 2 * anchors->room : 64;
        struct anchor *list = mem_zero_array(room, sizeof *list);
        if (anchors->count > 0) memcpy(list, anchors->list, anchors->count * sizeof *list);
        free(anchors->list);
        anchors->list = list;
        anchors->room = room;
    }
    struct anchor *anchor = &anchors->list[anchors->count++];
    db_copy_blob(&values[0], anchor->log, sizeof anchor->log);
    anchor->boot = values[1].number;
    anchor->boot_ms = values[2].number;
    anchor->unix_ms = values[3].number;
    anchor->uncertainty_ms = values[4].number;
    return STATUS_OK;
}

enum status inbox_anchors_read(struct inbox *inbox, struct inbox_anchors **out)
{
    struct inbox_anchors *anchors = mem_zero(sizeof *anchors);
    enum status status = inbox->db->ops->query(
        inbox->db,
        "SELECT log.log, boot, boot_ms, anchor.unix_ms, uncertainty_ms FROM anchor JOIN log ON log.id = anchor.log",
        NULL, 0, add_anchor, anchors);

    if (status != STATUS_OK) {
        inbox_anchors_free(anchors);
        return status;
    }
    if (anchors->count > 0) qsort(anchors->list, anchors->count, sizeof *anchors->list, compare);
    *out = anchors;
    return STATUS_OK;
}

// The first of that start of that log, or where it would stand.
static size_t place_of(const struct inbox_anchors *anchors, const struct anchor *key)
{
    size_t low = 0, high = anchors->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&anchors->list[middle], key) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

void inbox_anchors_correct(const struct inbox_anchors *anchors, const uint8_t log[LOG_ID_BYTES],
                           const struct record *record, struct inbox_time *out)
{
    struct anchor key = {.boot = record->boot};

    memcpy(key.log, log, sizeof key.log);
    *out = own_time(record);
    for (size_t i = place_of(anchors, &key); i < anchors->count && compare(&anchors->list[i], &key) == 0; i++)
        weigh(&anchors->list[i], record->boot_ms, out);
}

void inbox_anchors_free(struct inbox_anchors *anchors)
{
    if (!anchors) return;
    free(anchors->list);
    free(anchors);
}
