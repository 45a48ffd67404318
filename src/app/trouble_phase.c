#define LOG_MODULE "kiosk"

#include "app/trouble_phase.h"

#include "app/front_settings.h"
#include "app/stop.h"
#include "base/mailbox.h"
#include "base/mem.h"
#include "base/queue.h"
#include "base/text.h"
#include "code/code.h"
#include "code/hint.h"
#include "desk/command.h"
#include "desk/notice.h"
#include "frame/capture.h"
#include "screen/front.h"

#include <libgen.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { TICK_MS = 50 };

struct phase { // a front wants its channels; nobody is at their other ends
    struct doorbell bell;
    struct queue notices, commands;
    struct mailbox frames, cameras, sightings, hints;
    struct front *front;
};

// FAT and others count no files: then none is free.
static bool is_full(const struct statvfs *facts)
{
    return (uint64_t)facts->f_bavail * facts->f_frsize < TROUBLE_LEAST_BYTES ||
           (facts->f_files > 0 && facts->f_favail == 0);
}

// With its signature; somebody may have put either there for himself alone.
static bool is_event_readable(const char *event)
{
    char signature[SETTING_PATH_SIZE + sizeof ".sig"];

    snprintf(signature, sizeof signature, "%s.sig", event);
    return access(event, R_OK) == 0 && access(signature, R_OK) == 0;
}

enum trouble trouble_find(const struct settings *settings, enum status status)
{
    char path[SETTING_PATH_SIZE];
    struct statvfs facts;

    if (settings->is_unread) return TROUBLE_SETTINGS;
    if (status == STATUS_CORRUPT) return TROUBLE_DAMAGED;
    text_copy(path, sizeof path, settings->database);
    const char *folder = dirname(path);
    if (statvfs(folder, &facts) == 0 && is_full(&facts)) return TROUBLE_DISK_FULL;
    if (access(folder, W_OK) != 0 || (access(settings->database, F_OK) == 0 && access(settings->database, W_OK) != 0))
        return TROUBLE_READ_ONLY;
    if (settings->event[0] && !is_event_readable(settings->event)) return TROUBLE_EVENT_FILE;
    return status == STATUS_INVALID ? TROUBLE_UNFIT : TROUBLE_UNKNOWN;
}

static void open_channels(struct phase *phase)
{
    doorbell_init(&phase->bell);
    queue_init(&phase->notices, sizeof(struct notice), 1, &phase->bell);
    queue_init(&phase->commands, sizeof(struct command), 1, NULL);
    mailbox_init(&phase->frames, sizeof(struct frame), &phase->bell);
    mailbox_init(&phase->cameras, sizeof(struct camera_state), &phase->bell);
    mailbox_init(&phase->sightings, sizeof(struct sighting), &phase->bell);
    mailbox_init(&phase->hints, sizeof(enum hint), &phase->bell);
}

static enum status open_front(struct phase *phase, const struct settings *settings, enum trouble trouble)
{
    struct front_config config = front_settings(settings);

    config.trouble = trouble;
    config.clock = clock_system();
    config.notices = &phase->notices;
    config.commands = &phase->commands;
    config.frames = &phase->frames;
    config.cameras = &phase->cameras;
    config.sightings = &phase->sightings;
    config.hints = &phase->hints;
    return front_open(&config, &phase->front);
}

static void phase_close(struct phase *phase)
{
    front_close(phase->front);
    mailbox_destroy(&phase->hints);
    mailbox_destroy(&phase->sightings);
    mailbox_destroy(&phase->cameras);
    mailbox_destroy(&phase->frames);
    queue_destroy(&phase->commands);
    queue_destroy(&phase->notices);
    doorbell_destroy(&phase->bell);
    free(phase);
}

int64_t trouble_retry_ms(enum trouble trouble, enum status status)
{
    return trouble == TROUBLE_UNKNOWN && status == STATUS_MISSING ? TROUBLE_LOOK_MS : TROUBLE_RETRY_MS;
}

// Until the reason is another one or gone, or it is time to try.
static bool is_worth_a_try(const struct settings *settings, enum status status, enum trouble shown, int64_t since_ms)
{
    return since_ms >= trouble_retry_ms(shown, status) || trouble_find(settings, status) != shown;
}

static enum kiosk_end run(struct phase *phase, const struct settings *settings, enum status status,
                          enum trouble trouble, struct lifesign *lifesign)
{
    struct clock *clock = clock_system();
    int64_t begun_ms = clock->ops->mono_ms(clock), now_ms = begun_ms, looked_ms = begun_ms;
    char words[64];

    snprintf(words, sizeof words, "can't begin: %s", trouble_word(trouble));
    while (stop_look(settings->is_fullscreen) != STOP_NOW && !front_is_over(phase->front)) {
        (void)front_step(phase->front, now_ms);
        lifesign_step(lifesign, false, words, now_ms); // never ready: a new version that ends here was none
        doorbell_wait(&phase->bell, TICK_MS);
        now_ms = clock->ops->mono_ms(clock);
        if (now_ms - looked_ms < TROUBLE_LOOK_MS) continue;
        looked_ms = now_ms;
        if (is_worth_a_try(settings, status, trouble, now_ms - begun_ms)) return KIOSK_END_AGAIN;
    }
    return KIOSK_END_STOPPED;
}

enum status trouble_phase_run(const struct settings *settings, enum status status, struct lifesign *lifesign,
                              enum kiosk_end *end_out)
{
    enum trouble trouble = trouble_find(settings, status);
    struct phase *phase = mem_zero(sizeof *phase);

    stop_take_signals(settings->is_fullscreen); // there may have been no kiosk yet that did
    open_channels(phase);
    enum status opened = open_front(phase, settings, trouble);
    if (opened == STATUS_OK) {
        log_warn("the screen says why, and it is tried again trouble=%s", trouble_word(trouble));
        *end_out = run(phase, settings, status, trouble, lifesign);
        lifesign_rest(lifesign, *end_out != KIOSK_END_AGAIN);
    }
    phase_close(phase);
    return opened;
}
