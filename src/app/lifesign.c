#define LOG_MODULE "kiosk"

#include "app/lifesign.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lifesign {
    struct notify *notify;
    struct watch watch;
    int64_t watchdog_ms;
    int64_t feed_ms; // how often; 0: nobody watches us
    int64_t fed_ms;  // mono, valid once has_fed
    bool is_ready, has_fed, is_resting;
    char late[WATCH_NAMES_SIZE];       // who was, at the last look
    char status[LIFESIGN_STATUS_SIZE]; // as told
};

void lifesign_open(struct notify *notify, struct lifesign **out)
{
    struct lifesign *lifesign = mem_zero(sizeof *lifesign);

    lifesign->notify = notify;
    lifesign->watchdog_ms = notify->ops->watchdog_ms(notify);
    lifesign->feed_ms = lifesign->watchdog_ms / LIFESIGN_PER_WATCHDOG;
    watch_init(&lifesign->watch);
    *out = lifesign;
}

struct watch *lifesign_watch(struct lifesign *lifesign)
{
    return &lifesign->watch;
}

static bool say(struct lifesign *lifesign, const char *lines)
{
    return lifesign->notify->ops->say(lifesign->notify, lines);
}

static void tell_status(struct lifesign *lifesign, const char *what, const char *more)
{
    static const char key[] = "STATUS=";
    char line[LIFESIGN_STATUS_SIZE];
    size_t used = (size_t)snprintf(line, sizeof line, "%s%s", key, what);

    text_copy(line + used, sizeof line - used, more);
    if (strcmp(lifesign->status, line) == 0 || !say(lifesign, line)) return;
    text_copy(lifesign->status, sizeof lifesign->status, line);
}

// False: somebody is late. Who they are is news only when it changes.
static bool is_everybody_there(struct lifesign *lifesign, int64_t mono_ms)
{
    char late[WATCH_NAMES_SIZE];
    bool is_late = watch_late(&lifesign->watch, mono_ms, late);

    if (strcmp(late, lifesign->late) == 0) return !is_late;
    if (is_late) log_error("hangs: %s%s", late, lifesign->feed_ms > 0 ? "; the service manager will restart us" : "");
    else log_info("all threads go on");
    text_copy(lifesign->late, sizeof lifesign->late, late);
    return !is_late;
}

// From now on, so long may pass without a word; which is one.
static bool allow(struct lifesign *lifesign, int64_t ms)
{
    char lines[48];

    snprintf(lines, sizeof lines, "WATCHDOG_USEC=%lld", (long long)ms * 1000);
    return say(lifesign, lines);
}

static void feed(struct lifesign *lifesign, int64_t mono_ms)
{
    if (lifesign->is_resting) lifesign->is_resting = !allow(lifesign, lifesign->watchdog_ms);
    if (lifesign->feed_ms <= 0 || (lifesign->has_fed && mono_ms - lifesign->fed_ms < lifesign->feed_ms)) return;
    if (!say(lifesign, "WATCHDOG=1")) return;
    lifesign->has_fed = true;
    lifesign->fed_ms = mono_ms;
}

void lifesign_step(struct lifesign *lifesign, bool is_shown, const char *status, int64_t mono_ms)
{
    bool is_well = is_everybody_there(lifesign, mono_ms);

    tell_status(lifesign, is_well ? "" : "hangs: ", is_well ? status : lifesign->late);
    if (!is_well) return;
    if (is_shown && !lifesign->is_ready) lifesign->is_ready = say(lifesign, "READY=1");
    feed(lifesign, mono_ms);
}

void lifesign_rest(struct lifesign *lifesign, bool is_for_good)
{
    if (is_for_good) (void)say(lifesign, "STOPPING=1");
    else if (lifesign->feed_ms > 0 && !lifesign->late[0]) lifesign->is_resting = allow(lifesign, LIFESIGN_REST_MS);
}

void lifesign_close(struct lifesign *lifesign)
{
    if (!lifesign) return;
    watch_destroy(&lifesign->watch);
    notify_close(lifesign->notify);
    free(lifesign);
}
