#define LOG_MODULE "kiosk"

#include "app/assemble_parts.h"
#include "app/paired.h"

#include "base/mem.h"
#include "record/look.h"

#include <stdlib.h>

enum { PAIRING_LOOK_MS = 2000 };

// Which office it is paired with itself: a hub that is none yet with the real one, from then on with its own.
static const char *pairing_name(const struct settings *settings)
{
    return settings->is_hub && !hub_is_due(settings) ? "upstream.json" : "pairing.json";
}

static enum status open_sync(struct kiosk *kiosk)
{
    const struct settings *settings = &kiosk->settings;
    struct pairing_watch *pairing = &kiosk->pairing;
    struct sync_config config = {
        .database = settings->database,
        .pairing = pairing->path,
        .stick = settings->stick,
        .device_key = &kiosk->device_key,
        .gate = settings->gate,
        .event = kiosk->event->number,
        .clock = kiosk->clock,
        .watch = kiosk->watch,
        .deliveries = desk_deliveries(kiosk->desk),
        .states = &kiosk->states,
        .hub = settings->office_address,
        .discover = kiosk->discover,
    };

    if (pairing->is_hub) {
        hub_url(settings, pairing->hub_url);
        config.hub = pairing->hub_url;
        config.is_hub = true;
    }
    return sync_open(&config, &kiosk->sync);
}

static void open_hub(struct kiosk *kiosk)
{
    struct hub_config config = {
        .settings = &kiosk->settings,
        .pairing = kiosk->pairing.path,
        .clock = kiosk->clock,
        .watch = kiosk->watch,
        .requests = sync_requests(kiosk->sync),
        .states = &kiosk->hubs,
        .event = kiosk->event->number,
    };

    hub_open(&config, &kiosk->hub);
    desk_connect_hub(kiosk->desk, hub_staff(kiosk->hub));
}

void kiosk_open_sync(struct kiosk *kiosk)
{
    const struct settings *settings = &kiosk->settings;

    kiosk->pairing.is_hub = hub_is_due(settings);
    settings_beside_database(settings, pairing_name(settings), kiosk->pairing.path);
    if (settings->is_finding && !kiosk->pairing.is_hub)
        discover_avahi_open(kiosk->clock, kiosk->watch, &kiosk->discover);
    enum status status = open_sync(kiosk);
    if (status != STATUS_OK) {
        kiosk->sync = NULL;
        log_error("nothing is sent to the office until the next start, all is kept here: %s", status_words(status));
        return;
    }
    desk_connect(kiosk->desk, sync_requests(kiosk->sync), sync_receipts(kiosk->sync), sync_bell(kiosk->sync));
    if (kiosk->pairing.is_hub) open_hub(kiosk);
}

void kiosk_start_sync(struct kiosk *kiosk)
{
    if (kiosk->sync) sync_start(kiosk->sync);
    if (kiosk->hub) hub_start(kiosk->hub);
}

// The desk puts into sync's queues, and sync into the desk's: both threads end before either goes.
void kiosk_close_sync(struct kiosk *kiosk)
{
    if (kiosk->desk) desk_stop(kiosk->desk);
    hub_close(kiosk->hub);
    sync_close(kiosk->sync);
    if (kiosk->discover) kiosk->discover->ops->close(kiosk->discover);
    kiosk->hub = NULL;
    kiosk->sync = NULL;
    kiosk->discover = NULL;
}

// ---- what a new pairing changes ----

static bool has_event(const struct settings *settings, uint32_t number)
{
    struct look *look = mem_zero(sizeof *look);
    bool is_there = look_sqlite(settings->database, number, look) == STATUS_OK && look->has_event;

    free(look);
    return is_there;
}

// Until the named event is here, the door stays open with the present one.
static bool wants_event(const struct kiosk *kiosk)
{
    const struct settings *settings = &kiosk->settings;
    uint32_t event = paired_event(settings);

    if (event == 0 || event == kiosk->event->number || !has_event(settings, event)) return false;
    log_info("the office wants another event served here event=%u", event);
    return true;
}

// Paired with the real office for the first time, or anew.
static bool wants_hub(const struct kiosk *kiosk)
{
    if (!kiosk->settings.is_hub) return false;
    return kiosk->pairing.is_hub ? hub_take_upstream(&kiosk->settings) : hub_is_due(&kiosk->settings);
}

bool kiosk_wants_again(struct kiosk *kiosk, int64_t mono_ms)
{
    if (mono_ms - kiosk->pairing.looked_mono_ms < PAIRING_LOOK_MS) return false;
    kiosk->pairing.looked_mono_ms = mono_ms;
    return wants_hub(kiosk) || wants_event(kiosk);
}
