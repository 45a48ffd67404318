// The clerk's calls: kiosks and hubs, and what went wrong with them.
#include "service/parts.h"

#include "base/text.h"
#include "service/offer.h"
#include "service/qr.h"

#include <jansson.h>
#include <string.h>

static enum status add_device(void *owner, const struct device *device)
{
    json_t *one =
        json_pack("{s:s, s:I, s:b, s:b, s:I, s:I, s:s, s:I, s:I}", "name", device->name, "event",
                  (json_int_t)device->event, "hub", device->is_hub, "revoked", device->is_revoked, "paired_ms",
                  (json_int_t)device->paired_ms, "heard_ms", (json_int_t)device->heard_ms, "version", device->version,
                  "records", (json_int_t)device->record_count, "alarms", (json_int_t)device->alarm_count);

    return one && json_array_append_new(owner, one) == 0 ? STATUS_OK : STATUS_LATER;
}

static json_int_t now_ms(const struct call *call)
{
    struct clock *clock = call->service->config.clock;

    return clock->ops->unix_ms(clock);
}

void clerk_devices(struct call *call)
{
    json_t *devices = json_array();
    enum status status = inbox_each_device(call->service->inbox, add_device, devices);

    if (status == STATUS_OK) {
        call_answer(call, 200, json_pack("{s:o, s:I}", "devices", devices, "now_ms", now_ms(call)));
        return;
    }
    json_decref(devices);
    call_refuse(call, status, "the kiosks can't be read");
}

static void offer(struct call *call, const json_t *body)
{
    const char *name = call_text(body, "name");
    json_int_t event = json_integer_value(json_object_get(body, "event"));
    bool is_hub = json_is_true(json_object_get(body, "hub"));
    char text[PAIRING_TEXT_SIZE];
    enum status status;

    if (!name || event < 0 || event > UINT32_MAX) {
        http_error(call->reply, 400, "a name is missing");
        return;
    }
    if (!text_is_name(name, PAIRING_NAME_SIZE)) {
        http_error(call->reply, 400, "not a name");
        return;
    }
    status = offer_make(call->service->inbox, name, (uint32_t)event, is_hub, text);
    if (status == STATUS_INVALID) http_error(call->reply, 409, "the name is another kiosk's");
    else if (status != STATUS_OK) call_refuse(call, status, "no code can be made now");
    else
        call_answer(
            call, 200,
            json_pack("{s:s, s:o, s:i}", "text", text, "qr", qr_rows(text), "good_minutes", OFFER_GOOD_MINUTES));
}

void clerk_pair(struct call *call)
{
    json_t *body = call_body(call);

    offer(call, body);
    json_decref(body);
}

void clerk_revoke(struct call *call)
{
    enum status status = inbox_revoke(call->service->inbox, call->request->parts[0]);

    if (status == STATUS_OK) call->reply->status = 204;
    else call_refuse(call, status, "there is no such kiosk");
    if (status == STATUS_OK) http_ring(call->service->server); // its waiting call is ended
}

enum { MOST_ALARMS = 200 };

static enum status add_alarm(void *owner, const struct inbox_alarm *alarm)
{
    char log[2 * LOG_ID_BYTES + 1];
    json_t *one;

    if (json_array_size(owner) >= MOST_ALARMS) return STATUS_OK;
    text_hex(alarm->log, LOG_ID_BYTES, log);
    one = json_pack("{s:I, s:I, s:s, s:s, s:s, s:I, s:s}", "id", (json_int_t)alarm->id, "unix_ms",
                    (json_int_t)alarm->unix_ms, "kind", alarm->kind, "device", alarm->device, "log", log, "seq",
                    (json_int_t)alarm->seq, "words", alarm->words);
    return one && json_array_append_new(owner, one) == 0 ? STATUS_OK : STATUS_LATER;
}

void clerk_alarms(struct call *call)
{
    json_t *alarms = json_array();
    enum status status = inbox_alarms(call->service->inbox, add_alarm, alarms);

    if (status == STATUS_OK) {
        call_answer(call, 200, json_pack("{s:o, s:I}", "alarms", alarms, "now_ms", now_ms(call)));
        return;
    }
    json_decref(alarms);
    call_refuse(call, status, "the alarms can't be read");
}
