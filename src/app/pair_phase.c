#define LOG_MODULE "pairing"

#include "app/pair_phase.h"

#include "app/eyes.h"
#include "app/first_event.h"
#include "app/hands.h"
#include "app/paired.h"
#include "app/stop.h"
#include "base/mem.h"
#include "base/text.h"
#include "code/code.h"
#include "code/hint.h"
#include "desk/command.h"
#include "desk/notice.h"
#include "frame/capture.h"
#include "record/device_key.h"
#include "record/look.h"
#include "scanner/present.h"
#include "screen/front.h"
#include "sync/discover.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CODES_DEEP = 16, NOTICES_DEEP = 8, TICK_MS = 20 };

struct phase {
    const struct settings *settings;
    struct lifesign *lifesign;
    struct clock *clock;
    char pairing[SETTING_PATH_SIZE], gate[GATE_SIZE];
    struct device_key device_key;

    bool has_channels;
    struct doorbell bell;
    struct queue codes, unsaved, aside; // of struct code
    struct queue notices, commands;
    struct mailbox previews, cameras, sightings, hints, vitals, scanners, states;
    struct first_event first;
    struct code code; // taken: too large for a stack
    struct command command;

    struct store *store;
    struct discover *discover;
    struct sync *sync;
    struct eyes *eyes;
    struct hands *hands;
    struct front *front;
};

bool pair_phase_is_due(const struct settings *settings)
{
    struct look *look = mem_zero(sizeof *look);
    bool is_due = !settings->event[0] && access(settings->database, F_OK) != 0;

    if (!settings->event[0] && !is_due)
        is_due = look_sqlite(settings->database, 0, look) == STATUS_OK && !look->has_event;
    free(look);
    return is_due;
}

static void open_channels(struct phase *phase)
{
    doorbell_init(&phase->bell);
    queue_init(&phase->codes, sizeof(struct code), CODES_DEEP, &phase->bell);
    queue_init(&phase->unsaved, sizeof(struct code), 1, NULL);
    queue_init(&phase->aside, sizeof(struct code), 1, NULL);
    queue_init(&phase->notices, sizeof(struct notice), NOTICES_DEEP, &phase->bell);
    queue_init(&phase->commands, sizeof(struct command), NOTICES_DEEP, &phase->bell);
    mailbox_init(&phase->previews, sizeof(struct frame), &phase->bell);
    mailbox_init(&phase->cameras, sizeof(struct camera_state), &phase->bell);
    mailbox_init(&phase->sightings, sizeof(struct sighting), &phase->bell);
    mailbox_init(&phase->hints, sizeof(enum hint), &phase->bell);
    mailbox_init(&phase->vitals, sizeof(struct camera_vitals), NULL);
    mailbox_init(&phase->scanners, sizeof(struct present), NULL);
    mailbox_init(&phase->states, sizeof(struct sync_state), &phase->bell);
    first_event_init(&phase->first, &phase->bell);
    phase->has_channels = true;
}

static void close_channels(struct phase *phase)
{
    if (!phase->has_channels) return;
    first_event_destroy(&phase->first);
    mailbox_destroy(&phase->states);
    mailbox_destroy(&phase->scanners);
    mailbox_destroy(&phase->vitals);
    mailbox_destroy(&phase->hints);
    mailbox_destroy(&phase->sightings);
    mailbox_destroy(&phase->cameras);
    mailbox_destroy(&phase->previews);
    queue_destroy(&phase->commands);
    queue_destroy(&phase->notices);
    queue_destroy(&phase->aside);
    queue_destroy(&phase->unsaved);
    queue_destroy(&phase->codes);
    doorbell_destroy(&phase->bell);
}

static enum status open_store(struct phase *phase)
{
    const char *database = phase->settings->database;
    enum status status = device_key_load(database, &phase->device_key);

    if (status != STATUS_OK) return status;
    return store_sqlite_open(database, phase->device_key.public_key, phase->clock, &phase->store);
}

static enum status open_sync(struct phase *phase)
{
    const struct settings *settings = phase->settings;
    struct sync_config config = {
        .database = settings->database,
        .pairing = phase->pairing,
        .stick = settings->stick,
        .device_key = &phase->device_key,
        .gate = phase->gate,
        .clock = phase->clock,
        .watch = lifesign_watch(phase->lifesign),
        .deliveries = &phase->first.deliveries,
        .states = &phase->states,
        .hub = settings->office_address,
    };

    paired_gate(settings, phase->gate);
    // Of a hub: with the real office. Its own hub is there as soon as this phase is over.
    settings_beside_database(settings, settings->is_hub ? "upstream.json" : "pairing.json", phase->pairing);
    if (settings->is_finding) discover_avahi_open(phase->clock, lifesign_watch(phase->lifesign), &phase->discover);
    config.discover = phase->discover;
    enum status status = sync_open(&config, &phase->sync);
    if (status != STATUS_OK) return status;
    phase->first.store = phase->store;
    phase->first.receipts = sync_receipts(phase->sync);
    phase->first.settings = settings;
    return STATUS_OK;
}

static enum status open_senses(struct phase *phase)
{
    struct eyes_config eyes = {
        .clock = phase->clock,
        .watch = lifesign_watch(phase->lifesign),
        .codes = &phase->codes,
        .unsaved = &phase->unsaved,
        .aside = &phase->aside,
        .previews = &phase->previews,
        .cameras = &phase->cameras,
        .sightings = &phase->sightings,
        .hints = &phase->hints,
        .vitals = &phase->vitals,
    };
    struct hands_config hands = {phase->clock, lifesign_watch(phase->lifesign), &phase->codes, &phase->scanners};
    enum status status = eyes_open(phase->settings, &eyes, &phase->eyes);

    return status == STATUS_OK ? hands_open(phase->settings, &hands, &phase->hands) : status;
}

// No event, no list: the screen has one page, which says how to pair.
static enum status open_front(struct phase *phase)
{
    const struct settings *settings = phase->settings;
    struct front_config config = {
        .clock = phase->clock,
        .notices = &phase->notices,
        .commands = &phase->commands,
        .frames = &phase->previews,
        .cameras = &phase->cameras,
        .sightings = &phase->sightings,
        .hints = &phase->hints,
        .states = &phase->states,
        .brightness = settings->brightness,
        .dim = settings_dim(settings),
        .is_large_text = settings->is_large_text,
        .is_high_contrast = settings->is_high_contrast,
        .width_px = settings->width_px,
        .height_px = settings->height_px,
        .is_fullscreen = settings->is_fullscreen,
        .inch_px = settings->pixels_per_inch,
        .language = settings->language,
        .result_ms = (int64_t)(settings->result_s * 1000),
        .volume = settings->volume,
        .is_mirrored = settings->is_mirrored,
        .fonts = settings->fonts,
        .locale_folder = settings->texts,
        .screenshots = settings_screenshots(settings),
    };
    return front_open(&config, &phase->front);
}

static void phase_close(struct phase *phase)
{
    hands_close(phase->hands);
    eyes_close(phase->eyes);
    sync_close(phase->sync);
    if (phase->discover) phase->discover->ops->close(phase->discover);
    front_close(phase->front);
    store_close(phase->store);
    close_channels(phase);
    free(phase);
}

// ---- the loop ----

// Handed to sync; how it goes on from there, sync's states tell the screen.
static void take_offer(struct phase *phase, const char *text, size_t length)
{
    struct sync_request request = {.kind = SYNC_REQUEST_PAIR};
    struct pairing_offer offer;
    struct notice notice = {.kind = NOTICE_TOO_LATE, .asked = COMMAND_PAIR};

    if (length < sizeof request.text && pairing_read_offer(text, length, &offer) == STATUS_OK) {
        memcpy(request.text, text, length);
        notice.is_found = queue_put(sync_requests(phase->sync), &request) == STATUS_OK;
        if (notice.is_found) notice.kind = NOTICE_DONE;
    }
    notice.mono_ms = phase->clock->ops->mono_ms(phase->clock);
    (void)!queue_put(&phase->notices, &notice); // full: what was said before is still on its way
}

// A ticket, most likely: whoever holds it up wants to know why nothing happens.
static void tell_stray(struct phase *phase)
{
    struct notice notice = {.kind = NOTICE_TOO_LATE, .asked = COMMAND_PAIR, .is_stray = true};

    log_info("a code that is no office's was shown: this kiosk is not paired yet");
    notice.mono_ms = phase->clock->ops->mono_ms(phase->clock);
    (void)!queue_put(&phase->notices, &notice);
}

static void take_arrivals(struct phase *phase)
{
    while (queue_take(&phase->codes, &phase->code)) {
        if (pairing_is_offer(phase->code.text, phase->code.length))
            take_offer(phase, phase->code.text, phase->code.length);
        else tell_stray(phase);
    }
    while (queue_take(&phase->commands, &phase->command))
        if (phase->command.kind == COMMAND_PAIR && phase->command.text[0])
            take_offer(phase, phase->command.text, strlen(phase->command.text));
}

// The event that was named, or (none was) any.
static bool has_event(const struct phase *phase)
{
    struct pairing pairing;

    if (phase->first.installed == 0) return false;
    return pairing_load(phase->pairing, &pairing) != STATUS_OK || pairing.event == 0 ||
           pairing.event == phase->first.installed;
}

static bool is_at_its_end(const struct phase *phase, enum kiosk_end *out)
{
    enum stop_signal signal = stop_look(phase->settings->is_fullscreen);

    if (signal == STOP_TELL) stop_tell(phase->front);
    if (signal == STOP_NOW || front_is_over(phase->front)) *out = KIOSK_END_STOPPED;
    else if (front_wants_shut_down(phase->front)) *out = KIOSK_END_SHUT_DOWN;
    else if (has_event(phase)) *out = KIOSK_END_AGAIN;
    else return false;
    return true;
}

static enum kiosk_end run(struct phase *phase)
{
    struct clock *clock = phase->clock;
    enum kiosk_end end;
    int64_t next_ms = 0;

    log_info("there is no event yet: this kiosk waits to be paired with an office");
    sync_start(phase->sync);
    eyes_start(phase->eyes);
    hands_start(phase->hands);
    while (!is_at_its_end(phase, &end)) {
        doorbell_wait(&phase->bell, next_ms < 0 || next_ms > TICK_MS ? TICK_MS : next_ms);
        take_arrivals(phase);
        if (queue_count(&phase->first.deliveries) > 0) lifesign_rest(phase->lifesign, false); // it may be large
        first_event_step(&phase->first);
        next_ms = front_step(phase->front, clock->ops->mono_ms(clock));
        lifesign_step(phase->lifesign, front_drawn_count(phase->front) > 0, "waits to be paired with an office",
                      clock->ops->mono_ms(clock));
    }
    lifesign_rest(phase->lifesign, end != KIOSK_END_AGAIN);
    return end;
}

enum status pair_phase_run(const struct settings *settings, struct lifesign *lifesign, enum kiosk_end *end_out)
{
    struct phase *phase = mem_zero(sizeof *phase);
    enum status status;

    stop_take_signals(settings->is_fullscreen);
    phase->settings = settings;
    phase->lifesign = lifesign;
    phase->clock = clock_system();
    open_channels(phase);
    if ((status = open_store(phase)) != STATUS_OK) goto fail;
    if ((status = open_sync(phase)) != STATUS_OK) goto fail;
    if ((status = open_senses(phase)) != STATUS_OK) goto fail;
    if ((status = open_front(phase)) != STATUS_OK) goto fail;
    *end_out = run(phase);
fail:
    phase_close(phase);
    return status;
}
