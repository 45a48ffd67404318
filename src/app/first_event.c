#define LOG_MODULE "pairing"

#include "app/first_event.h"

#include "base/log.h"
#include "base/text.h"

void first_event_init(struct first_event *first, struct doorbell *bell)
{
    queue_init(&first->deliveries, sizeof(struct delivery), FIRST_EVENT_DEEP, bell);
}

static enum status install(struct first_event *first, const struct delivery *delivery)
{
    struct record stamp = {.kind = RECORD_KIND_EVENT_VERSION};
    struct receipt *receipt = &first->receipt;
    enum status status;

    text_copy(stamp.gate, sizeof stamp.gate, first->gate);
    status = first->store->ops->install_event(first->store, delivery->bytes, delivery->length, delivery->signature,
                                              delivery->root_key, &stamp, &receipt->event, &receipt->flaw);
    if (status == STATUS_OK) first->installed = receipt->event;
    else
        log_error("the office's event is not taken event=%u: %s", receipt->event,
                  receipt->flaw.words[0] ? receipt->flaw.words : status_words(status));
    return status;
}

// Other kiosks' records come again once the desk is there; the office's time too.
static enum status take(struct first_event *first, const struct delivery *delivery)
{
    switch (delivery->kind) {
    case DELIVERY_EVENT:
        return install(first, delivery);
    case DELIVERY_FORK:
        return first->store->ops->begin_new_log(first->store, delivery->seq);
    case DELIVERY_RECORDS:
        return STATUS_LATER;
    case DELIVERY_CLOCK:
    case DELIVERY_ACKED:
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
    if (first->receipt.status == STATUS_LATER && delivery.kind != DELIVERY_RECORDS)
        (void)!first->store->ops->recover(first->store); // it comes again
    first->has_receipt = queue_put(first->receipts, &first->receipt) != STATUS_OK;
    delivery_free(&delivery);
}

void first_event_destroy(struct first_event *first)
{
    struct delivery delivery;

    while (queue_take(&first->deliveries, &delivery)) delivery_free(&delivery);
    queue_destroy(&first->deliveries);
}
