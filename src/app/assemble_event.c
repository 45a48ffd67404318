#define LOG_MODULE "kiosk"

#include "app/assemble_parts.h"

#include "app/paired.h"
#include "app/settings_recall.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A new event file is taken or refused as a whole. `number_out` is set when the file says for sure which event it is.
static enum status offer_event_file(struct kiosk *kiosk, const struct settings *settings, uint32_t *number_out,
                                    struct event_flaw *flaw_out)
{
    struct record stamp = {.kind = RECORD_KIND_EVENT_VERSION};
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status;

    if (!settings->has_root_key) {
        log_error("can't check the event file without the office's key: set root_key (--root-key)");
        return STATUS_INVALID;
    }
    text_copy(stamp.gate, sizeof stamp.gate, settings->gate);
    status = event_file_load(settings->event, &bytes, &length, signature);
    if (status == STATUS_OK)
        status = kiosk->store->ops->install_event(kiosk->store, bytes, length, signature, settings->root_key, &stamp,
                                                  number_out, flaw_out);
    else event_file_explain(settings->event, status, flaw_out);
    free(bytes);
    if (status != STATUS_OK)
        log_error("event file refused file=%s: %s", settings->event,
                  flaw_out->words[0] ? flaw_out->words : status_words(status));
    return status;
}

// The event that the office named at pairing comes first; what the command line names was asked for just now.
static enum status load_event(struct kiosk *kiosk, const struct settings *settings, uint32_t offered)
{
    uint32_t paired = paired_event(settings);
    enum status status = STATUS_MISSING;

    if (paired) status = kiosk->store->ops->load_event(kiosk->store, paired, kiosk->event);
    if (status != STATUS_MISSING) return status;
    if (paired) log_info("the event that the office named isn't here yet event=%u", paired);
    return kiosk->store->ops->load_event(kiosk->store, offered, kiosk->event);
}

// A refused file leaves its event's stored version in use; if even its event is in doubt, the one installed last.
enum status kiosk_load_event(struct kiosk *kiosk, const struct settings *settings)
{
    uint32_t number = 0; // the one installed last
    struct event_flaw flaw = {0};
    enum status offered = settings->event[0] ? offer_event_file(kiosk, settings, &number, &flaw) : STATUS_OK;

    if (flaw.is_other_office) {
        log_error("neither office's event is served: set database (--database) to a new file event=%u", number);
        return offered;
    }
    kiosk->event = mem_zero(sizeof *kiosk->event);
    enum status status = load_event(kiosk, settings, number);
    if (status == STATUS_MISSING && number != 0) {
        log_error("the file's event is not stored, and no other is served in its place event=%u", number);
        return offered;
    }
    if (status == STATUS_MISSING) {
        log_error(
            "there is no event yet: give an event file (--event FILE.event.json) and the office's key (--root-key)");
        return status;
    }
    if (status != STATUS_OK) return status;
    if (offered != STATUS_OK)
        log_warn("the stored event stays in use event=%u version=%u name=\"%s\"", kiosk->event->number,
                 kiosk->event->version, kiosk->event->name[LANGUAGE_DE]);
    log_info("serving event=%u version=%u zone=%s", kiosk->event->number, kiosk->event->version, kiosk->event->zone);
    return STATUS_OK;
}

// ---- what staff chose ----

static enum status recall(void *owner, const char *key, char *out)
{
    struct store *store = owner;

    return store->ops->recall(store, key, out);
}

// List and direction are of an event. Another one's are forgotten, and it is remembered whose the next are.
static enum status turn_to_event(struct kiosk *kiosk, const char *event)
{
    struct store *store = kiosk->store;
    enum status status;

    if ((status = store->ops->begin(store)) != STATUS_OK) return status;
    status = store->ops->remember(store, "list", "");
    if (status == STATUS_OK) status = store->ops->remember(store, "direction", "");
    if (status == STATUS_OK) status = store->ops->remember(store, "event", event);
    return store->ops->end(store, status);
}

void kiosk_recall(struct kiosk *kiosk)
{
    struct settings *settings = &kiosk->settings;
    char event[16], before[STORE_VALUE_SIZE] = "";

    int configured = settings->list;

    snprintf(event, sizeof event, "%u", kiosk->event->number);
    bool is_same = recall(kiosk->store, "event", before) == STATUS_OK && strcmp(before, event) == 0;
    settings_recall(recall, kiosk->store, is_same, settings);
    if (!is_same && turn_to_event(kiosk, event) != STATUS_OK)
        log_warn("can't remember which event is served event=%s", event); // the desk will tell of the disk
    if (settings->list != configured && !event_list(kiosk->event, (uint16_t)settings->list)) {
        log_warn("the list that staff chose is not in this version of the event list=%d", settings->list);
        settings->list = configured;
    }
}

enum status kiosk_choose_list(struct kiosk *kiosk, int id)
{
    const struct event *event = kiosk->event;

    if (id > 0) kiosk->list = event_list(event, (uint16_t)id);
    else if (event->list_count > 0) kiosk->list = &event->lists[0];
    if (!kiosk->list) {
        log_error("the event has no check-in list list=%d: set list (--list) to one of its %zu lists", id,
                  event->list_count);
        return STATUS_INVALID;
    }
    return STATUS_OK;
}
