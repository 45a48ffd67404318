// The sync API: a kiosk brings the code of its pairing text, and becomes a device of this office.
#include "service/parts.h"

#define LOG_MODULE "office"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/offer.h"

#include <stdlib.h>
#include <string.h>

// A kiosk that registers walk-ins signs their tickets: every other kiosk must know its key. A kiosk that was set up
// anew has a new one; the old one is taken out.
static enum status admit_key(struct service *service, const struct event *event, const struct device *device)
{
    enum kiosk_flaw flaw = KIOSK_FLAW_NONE;
    enum status status = book_add_kiosk(service->book, event, device->name, device->public_key, &flaw);

    if (status == STATUS_INVALID && flaw == KIOSK_FLAW_KEY_TAKEN) return STATUS_OK;
    if (status == STATUS_INVALID && flaw == KIOSK_FLAW_NAME_TAKEN) {
        status = book_remove_kiosk(service->book, event->number, device->name);
        if (status == STATUS_OK) status = book_add_kiosk(service->book, event, device->name, device->public_key, &flaw);
    }
    return status;
}

static void welcome(struct service *service, const struct device *device)
{
    struct event *event = mem_zero(sizeof *event);
    enum status status = book_find_event(service->book, device->event, event);

    if (status == STATUS_OK && event->walk_ins.is_welcome) {
        status = admit_key(service, event, device);
        if (status == STATUS_OK) status = press_ask(service->press, device->event);
    }
    if (status != STATUS_OK && status != STATUS_MISSING)
        log_error("a new kiosk can't sign walk-ins' tickets yet; publish the event by hand event=%u reason=\"%s\"",
                  device->event, status_words(status));
    free(event);
}

static bool name_office(struct call *call, struct pairing *out)
{
    struct service *service = call->service;

    if (service->book) {
        const struct office_identity *identity = book_identity(service->book);
        memcpy(out->organisation, identity->organisation, sizeof out->organisation);
        memcpy(out->root_key, identity->root_public_key, sizeof out->root_key);
        return true;
    }
    // A hub: whoever it is paired with is the office of its kiosks too.
    struct pairing upstream;
    if (!service->config.upstream || pairing_load(service->config.upstream, &upstream) != STATUS_OK) {
        call_refuse(call, STATUS_LATER, "this hub is not paired with an office yet");
        return false;
    }
    memcpy(out->organisation, upstream.organisation, sizeof out->organisation);
    memcpy(out->root_key, upstream.root_key, sizeof out->root_key);
    text_copy(out->organisation_name, sizeof out->organisation_name, upstream.organisation_name);
    return true;
}

void api_enroll(struct call *call)
{
    struct clock *clock = call->service->config.clock;
    struct pairing pairing = {0};
    struct wire_enroll enroll;
    struct device device;
    enum status status;

    if (wire_read_enroll((const char *)call->request->body, call->request->length, &enroll) != STATUS_OK) {
        http_error(call->reply, 400, "no enrolment");
        return;
    }
    if (!name_office(call, &pairing)) return; // before the code is used up
    status = inbox_enroll(call->service->inbox, &enroll, &device, pairing.token);
    if (status == STATUS_MISSING) {
        http_error(call->reply, 404, "code");
        return;
    }
    if (status != STATUS_OK) {
        http_error(call->reply, status == STATUS_LATER ? 429 : 500, "too many codes, or the office is busy");
        call->reply->retry_after_s = 60;
        return;
    }
    text_copy(pairing.device, sizeof pairing.device, device.name);
    pairing.event = device.event;
    log_info("a kiosk was paired device=%lld event=%u", (long long)device.id, device.event);
    if (call->service->book && device.event) welcome(call->service, &device);
    http_json(call->reply, 200, wire_write_paired(&pairing, clock->ops->unix_ms(clock)));
}
