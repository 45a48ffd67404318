#include "base/clock.h"

#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <time.h>

enum { DAY_2025_01_01 = 20089 };               // days from 1970-01-01
static const int64_t unix_s_2026 = 1767225600; // 2026-01-01: nothing of ours ran before

const char *clock_state_word(enum clock_state state)
{
    static const char *const words[] = {
#define X(name, word) [CLOCK_STATE_##name] = (word),
        CLOCK_STATE_LIST(X)
#undef X
    };
    return words[state];
}

bool clock_state_is_trusted(enum clock_state state)
{
    return state >= CLOCK_STATE_RTC;
}

static int64_t read_ms(clockid_t id)
{
    struct timespec now;
    int failed = clock_gettime(id, &now);
    assert(!failed);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_mono_ms(struct clock *self)
{
    (void)self;
    return read_ms(CLOCK_MONOTONIC);
}

static int64_t system_boot_ms(struct clock *self)
{
    (void)self;
    return read_ms(CLOCK_BOOTTIME);
}

static int64_t system_unix_ms(struct clock *self)
{
    (void)self;
    return read_ms(CLOCK_REALTIME);
}

bool clock_rtc_agrees(const char *path, int64_t unix_ms)
{
    FILE *file = fopen(path, "re");
    long long rtc_s;

    if (!file) return false;
    int count = fscanf(file, "%19lld", &rtc_s); // 19 digits fit
    fclose(file);
    if (count != 1 || rtc_s < unix_s_2026) return false;
    int64_t off_s = rtc_s > unix_ms / 1000 ? rtc_s - unix_ms / 1000 : unix_ms / 1000 - rtc_s;
    return off_s <= CLOCK_RTC_MOST_OFF_S;
}

// The answer of the program's first look, whoever takes it.
static bool had_rtc_at_start(void)
{
    static atomic_int known; // 0: not looked at yet
    enum { NO = 1, YES = 2 };
    int expected = 0;

    if (atomic_load(&known) == 0) {
        bool agrees = clock_rtc_agrees("/sys/class/rtc/rtc0/since_epoch", read_ms(CLOCK_REALTIME));
        atomic_compare_exchange_strong(&known, &expected, agrees ? YES : NO);
    }
    return atomic_load(&known) == YES;
}

// The kernel clears STA_UNSYNC once a time daemon disciplines the clock. Without that and without a battery clock the
// time is at best what fake-hwclock or systemd restored.
static enum clock_state system_state(struct clock *self)
{
    struct timex kernel = {0};

    if (adjtimex(&kernel) >= 0 && !(kernel.status & STA_UNSYNC)) return CLOCK_STATE_NTP;
    if (system_unix_ms(self) / 1000 < unix_s_2026) return CLOCK_STATE_UNSET; // a Pi's boot
    return had_rtc_at_start() ? CLOCK_STATE_RTC : CLOCK_STATE_RESTORED;
}

struct clock *clock_system(void)
{
    static const struct clock_ops ops = {
        .mono_ms = system_mono_ms,
        .boot_ms = system_boot_ms,
        .unix_ms = system_unix_ms,
        .state = system_state,
    };
    static struct clock clock = {.ops = &ops};

    (void)had_rtc_at_start();
    return &clock;
}

bool clock_use_zone(const char *zone)
{
    char value[128], path[160];
    struct stat facts;

    snprintf(value, sizeof value, ":%s", zone);
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    setenv("TZ", value, 1);
    tzset();
    return strlen(zone) < sizeof value - 1 && stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
}

static struct tm local_time(int64_t unix_ms)
{
    time_t seconds = (time_t)(unix_ms >= 0 ? unix_ms / 1000 : (unix_ms - 999) / 1000);
    struct tm local = {0};

    localtime_r(&seconds, &local);
    return local;
}

int clock_local_day(int64_t unix_ms)
{
    struct tm local = local_time(unix_ms);
    struct tm midnight = {.tm_year = local.tm_year, .tm_mon = local.tm_mon, .tm_mday = local.tm_mday};

    return (int)(timegm(&midnight) / 86400) - DAY_2025_01_01;
}

int clock_local_minute(int64_t unix_ms)
{
    struct tm local = local_time(unix_ms);
    return local.tm_hour * 60 + local.tm_min;
}
