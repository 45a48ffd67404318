#define LOG_MODULE "pairing"

#include "app/first_event.h"

#include "app/paired.h"

#include "base/log.h"

void first_event_init(struct first_event *first, struct doorbell *bell)
{
    queue_init(&first->deliveries, sizeof(struct delivery), FIRST_EVENT_DEEP, bell);
}

static enum status install(struct first_event *first, const struct delivery *delivery)
{
    struct record stamp = {.kind = RECORD_KIND_EVENT_VERSION};
    struct receipt *receipt = &first->receipt;
    enum status status;

    paired_gate(first->settings, stamp.gate);
    status = first->store->ops->install_event(first->store, delivery->bytes, delivery->length, delivery->signature,
                                              delivery->root_key, &stamp, &receipt->event, &receipt->flaw);
    if (status == STATUS_OK) first->installed = receipt->event;
    else
        log_error("the office's event is not taken event=%u: %s", receipt->event,
                  receipt->flaw.words[0] ? receipt->flaw.words : status_words(status));
    return status;
}

// What other kiosks did counts from the beginning on.
static enum status take_records(struct first_event *first, const struct delivery *delivery)
{
    struct foreign_line lines[DELIVERY_MOST_LINES];
    size_t count = 0, new_count = 0;

    for (size_t i = delivery->first; i < delivery->first + delivery->count && count < DELIVERY_MOST_LINES; i++)
        if (delivery->page->items[i].kind == FEED_RECORD) lines[count++] = delivery->page->items[i].record;
    return first->store->ops->append_foreign(first->store, lines, count, delivery->cursor, &new_count);
}

// The office's time comes again once the desk is there.
static enum status take(struct first_event *first, const struct delivery *delivery)
{
    switch (delivery->kind) {
    case DELIVERY_EVENT:
        return install(first, delivery);
    case DELIVERY_FORK:
        return first->store->ops->begin_new_log(first->store, delivery->seq);
    case DELIVERY_RECORDS:
        return take_records(first, delivery);
    case DELIVERY_CLOCK:
        break;
    }
    return STATUS_OK;
}

void first_event_step(struct first_event *first)
{
    struct delivery delivery;

    if (first->has_receipt) first->has_receipt = queue_put(first->receipts, &first->receipt) != STATUS_OK;
    if (first->has_receipt || !queue_take(&first->deliveries, &delivery)) return;
    first->receipt = (struct receipt){.serial = delivery.serial, .kind = delivery.kind};
    first->receipt.status = take(first, &delivery);
    if (first->receipt.status == STATUS_LATER) (void)!first->store->ops->recover(first->store); // it comes again
    first->has_receipt = queue_put(first->receipts, &first->receipt) != STATUS_OK;
    delivery_free(&delivery);
}

void first_event_destroy(struct first_event *first)
{
    struct delivery delivery;

    while (queue_take(&first->deliveries, &delivery)) delivery_free(&delivery);
    queue_destroy(&first->deliveries);
}
