// take_in.c -- what sync delivers: other kiosks' records, new versions of events, the office's time, a fork. One thing
// a step, and only when no code and no command waits. Each is answered by a receipt, after it is on disk.
#define LOG_MODULE "desk"

#include "desk/take_in.h"

#include "base/log.h"

#include <assert.h>
#include <string.h>

// An event file of this size or more takes long enough to keep somebody waiting: about 1,000 people.
enum { LARGE_EVENT_BYTES = 256 * 1024 };

// ---- what came ----

static bool is_same_count(const struct headcount *one, const struct headcount *other)
{
    return one->inside == other->inside && one->expected == other->expected && one->round == other->round &&
           strcmp(one->stop, other->stop) == 0 && one->signed_off == other->signed_off && one->given == other->given &&
           one->is_stocked == other->is_stocked && one->is_limited == other->is_limited && one->left == other->left &&
           one->left_here == other->left_here;
}

// Told by one of the next steps. What is practised has a count of its own, which nobody else changes.
static void count_anew(struct desk *desk)
{
    struct headcount before = desk->headcount;

    if (desk_count(desk) != STATUS_OK) {
        desk->needs_recovery = true; // it is stored, but not counted: that is done before anything else
        return;
    }
    if (!is_same_count(&before, &desk->headcount) && !desk->stance.is_practising) desk->has_news = true;
}

static enum status take_records(struct desk *desk, const struct delivery *delivery)
{
    struct store *store = desk->config.store;
    struct foreign_line lines[DELIVERY_MOST_LINES];
    size_t count = 0, new_count = 0;
    enum status status;

    assert(delivery->count <= DELIVERY_MOST_LINES && delivery->first + delivery->count <= delivery->page->count);
    for (size_t i = delivery->first; i < delivery->first + delivery->count; i++)
        if (delivery->page->items[i].kind == FEED_RECORD) lines[count++] = delivery->page->items[i].record;
    status = store->ops->append_foreign(store, lines, count, delivery->cursor, &new_count);
    if (status != STATUS_OK || new_count == 0) return status;
    desk_has_written(desk);
    count_anew(desk);
    return STATUS_OK;
}

static enum status take_fork(struct desk *desk, const struct delivery *delivery)
{
    struct store *store = desk->config.store;
    enum status status = store->ops->begin_new_log(store, delivery->seq);

    if (status != STATUS_OK) return status;
    log_warn("a new log was begun: the office has other records of the old one from_seq=%llu",
             (unsigned long long)delivery->seq);
    desk_has_written(desk);
    count_anew(desk);
    return STATUS_OK;
}

static enum status take_in(struct desk *desk, struct delivery *delivery, struct notice *out)
{
    switch (delivery->kind) {
    case DELIVERY_RECORDS:
        return take_records(desk, delivery);
    case DELIVERY_EVENT:
        return desk_take_event(desk, delivery, out);
    case DELIVERY_CLOCK:
        return desk_take_clock(desk, delivery);
    case DELIVERY_FORK:
        return take_fork(desk, delivery);
    }
    return STATUS_OK;
}

// ---- in what order ----

static bool is_large(const struct delivery *delivery)
{
    return delivery->kind == DELIVERY_EVENT && delivery->length >= LARGE_EVENT_BYTES;
}

static int64_t held_due_in_ms(const struct desk *desk)
{
    int64_t quiet_ms = desk->code_mono_ms + DESK_QUIET_MS - desk->now_ms;
    int64_t at_most_ms = desk->held_mono_ms + DESK_MOST_HELD_MS - desk->now_ms;
    int64_t due_ms = quiet_ms < at_most_ms ? quiet_ms : at_most_ms;

    if (!desk->is_holding) return DOORBELL_FOREVER;
    return due_ms > 0 ? due_ms : 0;
}

static int64_t news_due_in_ms(const struct desk *desk)
{
    int64_t due_ms = desk->news_mono_ms + DESK_NEWS_MS - desk->now_ms;

    if (!desk->has_news) return DOORBELL_FOREVER;
    return due_ms > 0 ? due_ms : 0;
}

int64_t desk_due_in_ms(const struct desk *desk)
{
    int64_t held_ms = held_due_in_ms(desk), news_ms = news_due_in_ms(desk);

    if (held_ms == DOORBELL_FOREVER || news_ms == DOORBELL_FOREVER) return held_ms > news_ms ? held_ms : news_ms;
    return held_ms < news_ms ? held_ms : news_ms;
}

// However much comes at once (a kiosk that was away for a day), the screen is told now and then: a guest's answer
// doesn't wait behind numbers.
static bool tell_news(struct desk *desk, struct notice *out)
{
    if (news_due_in_ms(desk) != 0) return false;
    desk->has_news = false;
    desk->news_mono_ms = desk->now_ms;
    if (!desk->stance.is_practising) out->kind = NOTICE_NEWS;
    return true;
}

static bool take_held(struct desk *desk)
{
    if (held_due_in_ms(desk) != 0) return false;
    desk->delivery = desk->held;
    desk->is_holding = false;
    return true;
}

// A large event is put by for a quiet moment, and others' records don't wait behind it. LATER: there is room for one; a
// second is sent back, and comes again.
static enum status put_by(struct desk *desk, bool *is_put_by_out)
{
    *is_put_by_out = false;
    if (!is_large(&desk->delivery) || desk->now_ms - desk->code_mono_ms >= DESK_QUIET_MS) return STATUS_OK;
    if (desk->is_holding) return STATUS_LATER;
    desk->held = desk->delivery;
    desk->held_mono_ms = desk->now_ms;
    *is_put_by_out = desk->is_holding = true;
    log_info("a large event waits for a quiet moment bytes=%zu", desk->held.length);
    return STATUS_OK;
}

bool desk_give_receipt(struct desk *desk)
{
    if (!desk->has_receipt) return true;
    if (!desk->config.receipts || queue_put(desk->config.receipts, &desk->receipt) == STATUS_OK)
        desk->has_receipt = false;
    return !desk->has_receipt;
}

bool desk_take_in(struct desk *desk, struct notice *out)
{
    struct delivery *delivery = &desk->delivery;
    enum status status = STATUS_OK;
    bool is_put_by = false, was_held;

    *out = desk_news(desk, NOTICE_NONE, desk->now_ms);
    if (tell_news(desk, out)) return true;
    if (!desk_give_receipt(desk)) return false; // who takes no receipts gets nothing more done
    was_held = take_held(desk);
    if (!was_held && !queue_take(&desk->deliveries, delivery)) return false;
    if (!was_held) status = put_by(desk, &is_put_by);
    if (is_put_by) return true;
    desk->receipt = (struct receipt){.serial = delivery->serial, .kind = delivery->kind};
    if (status == STATUS_OK && (status = desk_recover(desk)) == STATUS_OK) {
        status = take_in(desk, delivery, out);
        if (status != STATUS_OK && status != STATUS_INVALID) desk->needs_recovery = true;
    }
    desk->receipt.status = status;
    desk->has_receipt = true;
    delivery_free(delivery);
    (void)desk_give_receipt(desk); // or at the next step
    return true;
}

void desk_drop_deliveries(struct desk *desk)
{
    while (queue_take(&desk->deliveries, &desk->delivery)) delivery_free(&desk->delivery);
    if (desk->is_holding) delivery_free(&desk->held);
    desk->is_holding = false;
}
