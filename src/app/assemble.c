#define LOG_MODULE "kiosk"

#include "app/assemble.h"

#include "app/eyes.h"
#include "app/hands.h"
#include "base/mem.h"
#include "base/text.h"
#include "code/hint.h"
#include "desk/desk.h"
#include "frame/capture.h"
#include "record/device_key.h"
#include "record/store.h"
#include "ui/front.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { NOTICES_DEEP = 16, TICK_MS = 20 }; // a tick is how late a touch may be seen

struct kiosk {
    struct clock *clock;
    struct event *event;
    const struct list *list;

    // Channels to the main thread.
    bool has_channels;
    struct doorbell bell;
    struct queue notices;     // of struct notice
    struct mailbox previews;  // of struct frame
    struct mailbox cameras;   // of struct camera_state
    struct mailbox sightings; // of struct sighting
    struct mailbox hints;     // of enum hint

    struct store *store;
    struct desk *desk;
    struct eyes *eyes;
    struct hands *hands;
    struct front *front;
};

static void open_channels(struct kiosk *kiosk)
{
    doorbell_init(&kiosk->bell);
    queue_init(&kiosk->notices, sizeof(struct notice), NOTICES_DEEP, &kiosk->bell);
    mailbox_init(&kiosk->previews, sizeof(struct frame), &kiosk->bell);
    mailbox_init(&kiosk->cameras, sizeof(struct camera_state), &kiosk->bell);
    mailbox_init(&kiosk->sightings, sizeof(struct sighting), &kiosk->bell);
    mailbox_init(&kiosk->hints, sizeof(enum hint), &kiosk->bell);
    kiosk->has_channels = true;
}

static void close_channels(struct kiosk *kiosk)
{
    if (!kiosk->has_channels) return;
    mailbox_destroy(&kiosk->hints);
    mailbox_destroy(&kiosk->sightings);
    mailbox_destroy(&kiosk->cameras);
    mailbox_destroy(&kiosk->previews);
    queue_destroy(&kiosk->notices);
    doorbell_destroy(&kiosk->bell);
}

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

// A refused file leaves its event's stored version in use; if even its event is in doubt, the one installed last.
static enum status load_event(struct kiosk *kiosk, const struct settings *settings)
{
    uint32_t number = 0; // the one installed last
    struct event_flaw flaw = {0};
    enum status offered = settings->event[0] ? offer_event_file(kiosk, settings, &number, &flaw) : STATUS_OK;

    if (flaw.is_other_office) {
        log_error("neither office's event is served: set database (--database) to a new file event=%u", number);
        return offered;
    }
    kiosk->event = mem_zero(sizeof *kiosk->event);
    enum status status = kiosk->store->ops->load_event(kiosk->store, number, kiosk->event);
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

static enum status choose_list(struct kiosk *kiosk, int id)
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

static enum status open_desk(struct kiosk *kiosk, const struct settings *settings)
{
    struct device_key key;
    enum status status;

    if ((status = device_key_load(settings->database, &key)) != STATUS_OK) return status;
    if ((status = store_sqlite_open(settings->database, key.public_key, kiosk->clock, &kiosk->store)) != STATUS_OK)
        return status;
    if ((status = load_event(kiosk, settings)) != STATUS_OK) return status;
    if ((status = choose_list(kiosk, settings->list)) != STATUS_OK) return status;
    if (!clock_use_zone(kiosk->event->zone))
        log_error("this machine doesn't know the event's time zone, UTC is used: install the package tzdata zone=%s",
                  kiosk->event->zone);
    malloc_trim(0); // reading a large event file took memory that the door does not need

    struct desk_config config = {
        .store = kiosk->store,
        .clock = kiosk->clock,
        .event = kiosk->event,
        .list = kiosk->list->id,
        .notices = &kiosk->notices,
    };
    text_copy(config.gate, sizeof config.gate, settings->gate);
    return desk_open(&config, &kiosk->desk);
}

static enum status open_eyes(struct kiosk *kiosk, const struct settings *settings)
{
    struct eyes_config config = {
        .clock = kiosk->clock,
        .codes = desk_codes(kiosk->desk),
        .unsaved = desk_unsaved(kiosk->desk),
        .aside = desk_aside(kiosk->desk),
        .previews = &kiosk->previews,
        .cameras = &kiosk->cameras,
        .sightings = &kiosk->sightings,
        .hints = &kiosk->hints,
    };
    return eyes_open(settings, &config, &kiosk->eyes);
}

static enum status open_front(struct kiosk *kiosk, const struct settings *settings)
{
    struct front_config config = {
        .event = kiosk->event,
        .list = kiosk->list,
        .clock = kiosk->clock,
        .notices = &kiosk->notices,
        .commands = desk_commands(kiosk->desk),
        .frames = &kiosk->previews,
        .cameras = &kiosk->cameras,
        .sightings = &kiosk->sightings,
        .hints = &kiosk->hints,
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
        .screenshots = settings->screenshots[0] ? settings->screenshots : NULL,
    };
    if (config.screenshots && mkdir(config.screenshots, 0755) != 0 && errno != EEXIST)
        log_warn("can't make the folder for screenshots folder=%s: %s", config.screenshots, strerror(errno));
    return front_open(&config, &kiosk->front);
}

static sigset_t taken_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGUSR1);
    return signals;
}

enum status kiosk_open(const struct settings *settings, struct kiosk **out)
{
    struct kiosk *kiosk = mem_zero(sizeof *kiosk);
    sigset_t signals = taken_signals();
    enum status status;

    pthread_sigmask(SIG_BLOCK, &signals, NULL); // taken in kiosk_run, by no handler
    signal(SIGPIPE, SIG_IGN);                   // whoever read our log went away: the door goes on
    signal(SIGXFSZ, SIG_IGN);                   // a full quota is an answer of write(2), not an end
    kiosk->clock = clock_system();
    open_channels(kiosk);
    if ((status = open_desk(kiosk, settings)) != STATUS_OK) goto fail;
    if ((status = open_eyes(kiosk, settings)) != STATUS_OK) goto fail;
    status = hands_open(settings, kiosk->clock, desk_codes(kiosk->desk), &kiosk->hands);
    if (status != STATUS_OK) goto fail;
    if ((status = open_front(kiosk, settings)) != STATUS_OK) goto fail;
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
    const struct timespec now = {0};
    sigset_t signals = taken_signals();
    int signal_number = sigtimedwait(&signals, NULL, &now);

    if (signal_number != SIGUSR1) return signal_number > 0;
    log_info("state frames_drawn=%llu", (unsigned long long)front_drawn_count(kiosk->front));
    return false;
}

void kiosk_run(struct kiosk *kiosk)
{
    int64_t next_ms = 0;

    desk_start(kiosk->desk);
    eyes_start(kiosk->eyes);
    hands_start(kiosk->hands);
    while (!is_asked_to_stop(kiosk) && !front_is_over(kiosk->front)) {
        doorbell_wait(&kiosk->bell, next_ms < 0 || next_ms > TICK_MS ? TICK_MS : next_ms);
        next_ms = front_step(kiosk->front, kiosk->clock->ops->mono_ms(kiosk->clock));
    }
    log_info("stopping frames_drawn=%llu", (unsigned long long)front_drawn_count(kiosk->front));
}

void kiosk_close(struct kiosk *kiosk)
{
    if (!kiosk) return;
    hands_close(kiosk->hands);
    eyes_close(kiosk->eyes);
    desk_close(kiosk->desk);
    front_close(kiosk->front);
    store_close(kiosk->store);
    close_channels(kiosk);
    free(kiosk->event);
    free(kiosk);
}
