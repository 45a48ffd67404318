#include "support/check.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const int64_t now_s = 1795000000; // in November 2026

static bool agrees(const char *since_epoch, int64_t unix_ms)
{
    char path[] = "/tmp/einlass-rtc-XXXXXX";
    int file = mkstemp(path);

    assert_true(file >= 0);
    assert_int_equal(write(file, since_epoch, strlen(since_epoch)), strlen(since_epoch));
    close(file);
    bool is_agreed = clock_rtc_agrees(path, unix_ms);
    unlink(path);
    return is_agreed;
}

static void test_clock__a_battery_clock_counts_if_it_shows_the_same_time(void **state)
{
    (void)state;
    assert_true(agrees("1795000000\n", now_s * 1000 + 999));
    assert_true(agrees("1795000000\n", (now_s + CLOCK_RTC_MOST_OFF_S) * 1000));
    assert_true(agrees("1795000000\n", (now_s - CLOCK_RTC_MOST_OFF_S) * 1000));
    assert_false(agrees("1795000000\n", (now_s + CLOCK_RTC_MOST_OFF_S + 1) * 1000));
    assert_false(agrees("1795000000\n", (now_s - CLOCK_RTC_MOST_OFF_S - 1) * 1000));
    assert_false(agrees("1795000000\n", 0));
}

// A Pi 5 without a cell: the clock is there, and counts from 1970.
static void test_clock__a_battery_clock_without_a_battery_does_not_count(void **state)
{
    (void)state;
    assert_false(agrees("12\n", now_s * 1000));
    assert_false(agrees("12\n", 12 * 1000)); // nor if the wall clock was taken from it
    assert_false(agrees("1767225599\n", 1767225599000));
    assert_true(agrees("1767225600\n", 1767225600000)); // 2026 begins
}

static void test_clock__no_battery_clock_or_nonsense_does_not_count(void **state)
{
    (void)state;
    assert_false(clock_rtc_agrees("/tmp/einlass-no-such-clock", now_s * 1000));
    assert_false(agrees("", now_s * 1000));
    assert_false(agrees("soon\n", now_s * 1000));
    assert_false(agrees("-1795000000\n", now_s * 1000));
    assert_false(agrees("99999999999999999999999\n", now_s * 1000));
}

static void test_clock__trust_begins_with_a_battery_clock(void **state)
{
    (void)state;
    assert_false(clock_state_is_trusted(CLOCK_STATE_UNSET));
    assert_false(clock_state_is_trusted(CLOCK_STATE_RESTORED));
    assert_true(clock_state_is_trusted(CLOCK_STATE_RTC));
    assert_true(clock_state_is_trusted(CLOCK_STATE_MANUAL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock__a_battery_clock_counts_if_it_shows_the_same_time),
        cmocka_unit_test(test_clock__a_battery_clock_without_a_battery_does_not_count),
        cmocka_unit_test(test_clock__no_battery_clock_or_nonsense_does_not_count),
        cmocka_unit_test(test_clock__trust_begins_with_a_battery_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
