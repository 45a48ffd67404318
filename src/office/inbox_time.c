// inbox_time.c -- when it really was (FORMATS: time): by the record's own clock where that was set, or by the nearest
// anchor of the same start of the kiosk, whichever is the more certain.
#include "office/inbox_time.h"

#include "office/inbox_parts.h"

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

struct search {
    int64_t boot_ms;
    struct inbox_time best;
};

static enum status weigh_anchor(void *owner, const struct db_value *values, size_t count)
{
    struct search *search = owner;
    int64_t apart_ms = search->boot_ms - values[0].number;
    int64_t uncertainty_ms = values[2].number + (apart_ms < 0 ? -apart_ms : apart_ms) / 10000;

    (void)count;
    if (search->best.uncertainty_ms >= 0 && uncertainty_ms >= search->best.uncertainty_ms) return STATUS_OK;
    search->best = (struct inbox_time){.unix_ms = values[1].number + apart_ms, .uncertainty_ms = uncertainty_ms};
    return STATUS_OK;
}

enum status inbox_correct(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], const struct record *record,
                          struct inbox_time *out)
{
    struct search search = {.boot_ms = record->boot_ms, .best = {record->unix_ms, own_uncertainty(record->clock)}};
    enum status status = db_ask(inbox->db,
                                "SELECT boot_ms, anchor.unix_ms, uncertainty_ms FROM anchor JOIN log ON log.id = "
                                "anchor.log WHERE log.log = $1 AND boot = $2",
                                weigh_anchor, &search, db_blob(log, LOG_ID_BYTES), db_int(record->boot));

    if (status == STATUS_OK) *out = search.best;
    return status;
}
