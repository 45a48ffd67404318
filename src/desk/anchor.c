// anchor.c -- what time it really was: `clock` records, from which the office corrects the times of a boot's records.
#define LOG_MODULE "desk"

#include "desk/take_in.h"

#include "base/log.h"

// Of a machine whose kernel says that it is set by NTP: the round trip of a slow line, generously.
enum { NTP_UNCERTAINTY_MS = 500 };

// Written whether or not somebody practises: time is no exercise.
static enum status write_anchor(struct desk *desk, const struct record *record)
{
    struct store *store = desk->config.store;
    uint64_t seq;
    enum status status = store->ops->append(store, record, &seq);

    if (status == STATUS_OK) desk_has_written(desk);
    return status;
}

static struct record anchor_of(const struct desk *desk, enum clock_state source)
{
    struct record record = desk_note_of(desk, RECORD_KIND_CLOCK);

    record.clock = source;
    return record;
}

enum status desk_take_clock(struct desk *desk, const struct delivery *delivery)
{
    struct record record = anchor_of(desk, CLOCK_STATE_OFFICE);

    record.boot_ms = delivery->boot_ms;
    record.unix_ms = delivery->unix_ms;
    record.uncertainty_ms = delivery->uncertainty_ms;
    if (desk->config.anchored) clock_anchored_keep(desk->config.anchored, delivery->unix_ms, delivery->boot_ms);
    return write_anchor(desk, &record);
}

void desk_watch_clock(struct desk *desk)
{
    struct clock *clock = desk->config.clock;
    enum clock_state state = clock->ops->state(clock);
    bool is_set = state == CLOCK_STATE_NTP && desk->clock_state != CLOCK_STATE_NTP;
    struct record record;
    enum status status = STATUS_OK;

    if (is_set && (status = desk_recover(desk)) == STATUS_OK) {
        record = anchor_of(desk, CLOCK_STATE_NTP);
        record.uncertainty_ms = NTP_UNCERTAINTY_MS;
        status = write_anchor(desk, &record);
        if (status != STATUS_OK) desk->needs_recovery = true;
    }
    if (status == STATUS_OK) desk->clock_state = state;
}
