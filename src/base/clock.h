// clock.h -- what time it is, and how far that is to be trusted (port).
// Units: ms. mono_ms for intervals and timers; boot_ms runs on through suspend (records);
// unix_ms is for showing and for day windows only: order is (log, seq), never time.
// Threads: any. Never fails.
#ifndef EINLASS_BASE_CLOCK_H
#define EINLASS_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

// How the wall clock got its time, weakest first. Day windows count from CLOCK_STATE_RTC on.
// RTC: when the program began, a battery clock showed the wall clock's time. That there is one says nothing: a
// Raspberry Pi 5 has it built in, but the cell is sold apart. It is looked at once, by the first clock_system(); what
// sets the wall clock later does not make the battery clock better. NTP is asked of the kernel each time.
#define CLOCK_STATE_LIST(X)                                                                                            \
    X(UNSET, "unset")                                                                                                  \
    X(RESTORED, "restored")                                                                                            \
    X(RTC, "rtc")                                                                                                      \
    X(PEER, "peer")                                                                                                    \
    X(PHONE, "phone")                                                                                                  \
    X(OFFICE, "office")                                                                                                \
    X(NTP, "ntp")                                                                                                      \
    X(MANUAL, "manual")

enum clock_state {
#define X(name, word) CLOCK_STATE_##name,
    CLOCK_STATE_LIST(X)
#undef X
};

const char *clock_state_word(enum clock_state state); // as records carry it (FORMATS: time)
bool clock_state_is_trusted(enum clock_state state);  // at least a battery clock

struct clock {
    const struct clock_ops *ops;
};
struct clock_ops {
    int64_t (*mono_ms)(struct clock *self);
    int64_t (*boot_ms)(struct clock *self);
    int64_t (*unix_ms)(struct clock *self);
    enum clock_state (*state)(struct clock *self);
};

struct clock *clock_system(void); // static storage; the machine's own clocks

// Whether a battery clock's time, read from the file at `path` (seconds since 1970 in decimal, as in
// /sys/class/rtc/rtc0/since_epoch), is in 2026 or later and at most CLOCK_RTC_MOST_OFF_S from `unix_ms`.
// False too if there is no such file. Source: the kernel's Documentation/ABI/testing/sysfs-class-rtc.
enum { CLOCK_RTC_MOST_OFF_S = 30 }; // both drift apart by some seconds a day without a network
bool clock_rtc_agrees(const char *path, int64_t unix_ms);

// Sets the process's time zone, e.g. "Europe/Berlin" (IANA): the wall clock is shown, and day windows are counted,
// in the event's zone. Once, before any thread starts. False: this machine doesn't know it
// (package tzdata), and UTC counts. Source: tzset(3).
bool clock_use_zone(const char *zone);

// Days since 2025-01-01 and minute of that day at `unix_ms` in the process's time zone. Source: localtime_r(3).
int clock_local_day(int64_t unix_ms);
int clock_local_minute(int64_t unix_ms); // 0 … 1439

#endif
