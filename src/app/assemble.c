#define LOG_MODULE "kiosk"

#include "app/assemble_parts.h"
#include "app/front_settings.h"
#include "app/stop.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/trim.h"
#include "code/hint.h"
#include "record/rows.h"
#include "scanner/present.h"
#include "model/readiness.h"

#include <stdlib.h>
#include <string.h>

enum {
    NOTICES_DEEP = 16,
    TICK_MS = 20,              // how late a touch may be seen
    SPONSORS_AFTER_MS = 15000, // nobody came
};

static void open_channels(struct kiosk *kiosk)
{
    doorbell_init(&kiosk->bell);
    queue_init(&kiosk->notices, sizeof(struct notice), NOTICES_DEEP, &kiosk->bell);
    mailbox_init(&kiosk->previews, sizeof(struct frame), &kiosk->bell);
    mailbox_init(&kiosk->cameras, sizeof(struct camera_state), &kiosk->bell);
    mailbox_init(&kiosk->sightings, sizeof(struct sighting), &kiosk->bell);
    mailbox_init(&kiosk->hints, sizeof(enum hint), &kiosk->bell);
    mailbox_init(&kiosk->rows, sizeof(struct rows), &kiosk->bell);
    mailbox_init(&kiosk->readiness, sizeof(struct readiness), &kiosk->bell);
    mailbox_init(&kiosk->states, sizeof(struct sync_state), &kiosk->bell);
    mailbox_init(&kiosk->hubs, sizeof(struct hub_state), &kiosk->bell);
    kiosk->has_sponsors = kiosk->settings.attract[0] != '\0';
    if (kiosk->has_sponsors) mailbox_init(&kiosk->sponsors, sizeof(struct attract_picture), &kiosk->bell);
    mailbox_init(&kiosk->vitals, sizeof(struct camera_vitals), NULL);
    mailbox_init(&kiosk->scanners, sizeof(struct present), NULL);
    kiosk->has_channels = true;
}

static void close_channels(struct kiosk *kiosk)
{
    if (!kiosk->has_channels) return;
    if (kiosk->has_sponsors) mailbox_destroy(&kiosk->sponsors);
    mailbox_destroy(&kiosk->scanners);
    mailbox_destroy(&kiosk->vitals);
    mailbox_destroy(&kiosk->hubs);
    mailbox_destroy(&kiosk->states);
    mailbox_destroy(&kiosk->readiness);
    mailbox_destroy(&kiosk->rows);
    mailbox_destroy(&kiosk->hints);
    mailbox_destroy(&kiosk->sightings);
    mailbox_destroy(&kiosk->cameras);
    mailbox_destroy(&kiosk->previews);
    queue_destroy(&kiosk->notices);
    doorbell_destroy(&kiosk->bell);
}

// The store, and the event it serves.
static enum status open_book(struct kiosk *kiosk)
{
    const struct settings *settings = &kiosk->settings;
    struct device_key *key = &kiosk->device_key;
    enum status status;

    if ((status = device_key_load(settings->database, key)) != STATUS_OK) return status;
    if ((status = store_sqlite_open(settings->database, key->public_key, kiosk->clock, &kiosk->store)) != STATUS_OK)
        return status;
    if ((status = kiosk_load_event(kiosk, settings)) != STATUS_OK) return status;
    kiosk_recall(kiosk);
    if ((status = kiosk_choose_list(kiosk, settings->list)) != STATUS_OK) return status;
    if (!clock_use_zone(kiosk->event->zone))
        log_error("this machine doesn't know the event's time zone, UTC is used: install the package tzdata zone=%s",
                  kiosk->event->zone);
    return STATUS_OK;
}

static enum status open_desk(struct kiosk *kiosk, bool is_again)
{
    struct desk_config config = {
        .store = kiosk->store,
        .clock = kiosk->clock,
        .watch = kiosk->watch,
        .anchored = &kiosk->anchored,
        .event = kiosk->event,
        .list = kiosk->list->id,
        .direction = kiosk->settings.direction,
        .is_just_paired = is_again,
        .device_key = &kiosk->device_key,
        .notices = &kiosk->notices,
        .rows = &kiosk->rows,
    };
    text_copy(config.gate, sizeof config.gate, kiosk->settings.gate);
    return desk_open(&config, &kiosk->desk);
}

static enum status open_eyes(struct kiosk *kiosk)
{
    struct eyes_config config = {
        .clock = kiosk->clock,
        .watch = kiosk->watch,
        .codes = desk_codes(kiosk->desk),
        .unsaved = desk_unsaved(kiosk->desk),
        .aside = desk_aside(kiosk->desk),
        .previews = &kiosk->previews,
        .cameras = &kiosk->cameras,
        .sightings = &kiosk->sightings,
        .hints = &kiosk->hints,
        .vitals = &kiosk->vitals,
    };
    return eyes_open(&kiosk->settings, &config, &kiosk->eyes);
}

static enum status open_hands(struct kiosk *kiosk)
{
    struct hands_config config = {kiosk->clock, kiosk->watch, desk_codes(kiosk->desk), &kiosk->scanners};

    return hands_open(&kiosk->settings, &config, &kiosk->hands);
}

static enum status open_inspect(struct kiosk *kiosk)
{
    struct inspect_config config = {
        .clock = kiosk->clock,
        .watch = kiosk->watch,
        .database = kiosk->settings.database,
        .printers = "/etc/cups/lpoptions",
        .update = kiosk->settings.update,
        .wifi = kiosk->settings.board_wifi,
        .event = kiosk->event->number,
        .live = kiosk->live,
        .vitals = &kiosk->vitals,
        .scanners = &kiosk->scanners,
        .readiness = &kiosk->readiness,
    };
    return inspect_open(&config, &kiosk->inspect);
}

static enum status open_front(struct kiosk *kiosk)
{
    const struct settings *settings = &kiosk->settings;
    struct front_config config = front_settings(settings);

    if (backlight_sysfs_open(settings->backlight, &kiosk->backlight) != STATUS_OK) kiosk->backlight = NULL;
    config.event = kiosk->event;
    config.list = kiosk->list;
    config.clock = kiosk->clock;
    config.notices = &kiosk->notices;
    config.commands = desk_commands(kiosk->desk);
    config.frames = &kiosk->previews;
    config.cameras = &kiosk->cameras;
    config.sightings = &kiosk->sightings;
    config.hints = &kiosk->hints;
    config.rows = &kiosk->rows;
    config.readiness = &kiosk->readiness;
    config.states = &kiosk->states;
    config.hubs = &kiosk->hubs;
    config.sponsors = kiosk->has_sponsors ? &kiosk->sponsors : NULL;
    config.attract_after_ms = SPONSORS_AFTER_MS;
    config.inspection = inspect_bell(kiosk->inspect);
    config.backlight = kiosk->backlight;
    return front_open(&config, &kiosk->front);
}

// After the screen, whose size the pictures get.
static enum status open_attract(struct kiosk *kiosk)
{
    struct attract_config config = {
        .folder = kiosk->settings.attract,
        .each_ms = (int64_t)(kiosk->settings.attract_s * 1000),
        .clock = kiosk->clock,
        .watch = kiosk->watch,
        .pictures = &kiosk->sponsors,
    };

    if (!kiosk->has_sponsors) return STATUS_OK;
    front_size(kiosk->front, &config.width_px, &config.height_px);
    return attract_open(&config, &kiosk->attract);
}

enum status kiosk_open(const struct settings *settings, struct lifesign *lifesign, bool is_again, struct kiosk **out)
{
    struct kiosk *kiosk = mem_zero(sizeof *kiosk);
    enum status status;

    stop_take_signals(settings->is_fullscreen);
    kiosk->settings = *settings;
    kiosk->lifesign = lifesign;
    kiosk->watch = lifesign_watch(lifesign);
    clock_anchored_init(&kiosk->anchored, clock_system());
    kiosk->clock = &kiosk->anchored.clock;
    open_channels(kiosk);
    if ((status = open_book(kiosk)) != STATUS_OK) goto fail;
    kiosk_begin_schedule(kiosk, settings->direction);
    if ((status = open_desk(kiosk, is_again)) != STATUS_OK) goto fail;
    kiosk_open_sync(kiosk);
    if ((status = open_eyes(kiosk)) != STATUS_OK) goto fail;
    if ((status = open_hands(kiosk)) != STATUS_OK) goto fail;
    kiosk_open_board(kiosk);
    if ((status = open_inspect(kiosk)) != STATUS_OK) goto fail;
    if ((status = open_front(kiosk)) != STATUS_OK) goto fail;
    if ((status = open_attract(kiosk)) != STATUS_OK) goto fail;
    *out = kiosk;
    return STATUS_OK;
fail:
    log_error("not started, the reason is above; --check looks at everything a start needs");
    kiosk_close(kiosk);
    return status;
}

// SIGUSR1 asks for a line of state, everything else to stop.
static bool is_asked_to_stop(const struct kiosk *kiosk)
{
    enum stop_signal signal = stop_look(kiosk->settings.is_fullscreen);

    if (signal == STOP_TELL) stop_tell(kiosk->front);
    return signal == STOP_NOW;
}

static void start_threads(struct kiosk *kiosk)
{
    desk_start(kiosk->desk);
    kiosk_start_sync(kiosk);
    eyes_start(kiosk->eyes);
    hands_start(kiosk->hands);
    inspect_start(kiosk->inspect);
    if (kiosk->live) live_start(kiosk->live);
    if (kiosk->attract) attract_start(kiosk->attract);
}

static bool is_at_its_end(struct kiosk *kiosk, int64_t mono_ms, enum kiosk_end *out)
{
    if (is_asked_to_stop(kiosk) || front_is_over(kiosk->front)) *out = KIOSK_END_STOPPED;
    else if (front_wants_shut_down(kiosk->front)) *out = KIOSK_END_SHUT_DOWN;
    else if (kiosk_wants_again(kiosk, mono_ms)) *out = KIOSK_END_AGAIN;
    else return false;
    return true;
}

// When all that a start does is over; and once more, as a camera, a network or a screen may come later.
static void give_back(struct kiosk *kiosk, int64_t mono_ms)
{
    static const int64_t after_ms[] = {5 * 1000, 60 * 1000};

    if (kiosk->trimmed_count == sizeof after_ms / sizeof *after_ms) return;
    if (mono_ms - kiosk->began_mono_ms < after_ms[kiosk->trimmed_count]) return;
    trim_memory();
    log_info("memory that only the start needed is given back times=%zu", ++kiosk->trimmed_count);
}

enum kiosk_end kiosk_run(struct kiosk *kiosk)
{
    static const char *const words[] = {[KIOSK_END_STOPPED] = "",
                                        [KIOSK_END_SHUT_DOWN] = ", staff shut down",
                                        [KIOSK_END_AGAIN] = ", and begins again"};
    struct clock *clock = kiosk->clock;
    enum kiosk_end end;
    int64_t next_ms = 0;

    start_threads(kiosk);
    kiosk->began_mono_ms = clock->ops->mono_ms(clock);
    snprintf(kiosk->status, sizeof kiosk->status, "serving event %u", kiosk->event->number);
    while (!is_at_its_end(kiosk, clock->ops->mono_ms(clock), &end)) {
        doorbell_wait(&kiosk->bell, next_ms < 0 || next_ms > TICK_MS ? TICK_MS : next_ms);
        next_ms = front_step(kiosk->front, clock->ops->mono_ms(clock));
        kiosk_follow_schedule(kiosk, clock->ops->mono_ms(clock));
        kiosk_follow_wishes(kiosk);
        give_back(kiosk, clock->ops->mono_ms(clock));
        lifesign_step(kiosk->lifesign, front_drawn_count(kiosk->front) > 0, kiosk->status, clock->ops->mono_ms(clock));
    }
    lifesign_rest(kiosk->lifesign, end != KIOSK_END_AGAIN);
    log_info("stopping frames_drawn=%llu%s", (unsigned long long)front_drawn_count(kiosk->front), words[end]);
    return end;
}

void kiosk_close(struct kiosk *kiosk)
{
    if (!kiosk) return;
    attract_close(kiosk->attract);
    inspect_close(kiosk->inspect);
    live_close(kiosk->live);
    hands_close(kiosk->hands);
    eyes_close(kiosk->eyes);
    kiosk_close_sync(kiosk);
    desk_close(kiosk->desk);
    front_close(kiosk->front);
    backlight_close(kiosk->backlight);
    store_close(kiosk->store);
    close_channels(kiosk);
    free(kiosk->event);
    free(kiosk);
}
