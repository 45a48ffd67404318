// schedule: exits from one time of day until another.
#include "support/check.h"

#include "app/schedule.h"

enum { HOUR = 60, DAY = 24 * HOUR };

static struct schedule evening(int from_minute, int until_minute)
{
    return (struct schedule){.from_minute = from_minute, .until_minute = until_minute, .otherwise = DIRECTION_ENTRY};
}

// Goes through two days, minute by minute; what was said when.
static void test_schedule__speaks_up_when_the_time_is_crossed(void **state)
{
    static const struct {
        int from, until, first_exit, first_end;
    } cases[] = {
        {22 * HOUR, 5 * HOUR, 22 * HOUR, DAY + 5 * HOUR}, // past midnight
        {14 * HOUR, 18 * HOUR, 14 * HOUR, 18 * HOUR},     // within the day
        {20 * HOUR, 0, 20 * HOUR, DAY},                   // until midnight
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct schedule schedule = evening(cases[i].from, cases[i].until);
        enum direction direction = DIRECTION_AUTO;
        int exit_minute = -1, end_minute = -1, count = 0;
        for (int minute = 12 * HOUR; minute < 2 * DAY; minute++) {
            if (!schedule_turn(&schedule, minute % DAY, true, &direction)) continue;
            count++;
            if (direction == DIRECTION_EXIT && exit_minute < 0) exit_minute = minute;
            if (direction == DIRECTION_ENTRY && minute > 12 * HOUR && end_minute < 0) end_minute = minute;
        }
        assert_int_equal(exit_minute, cases[i].first_exit);
        assert_int_equal(end_minute, cases[i].first_end);
        assert_in_range(count, 4, 5); // at the beginning, and at each time that was crossed
    }
}

static void test_schedule__says_at_once_where_the_day_stands(void **state)
{
    struct schedule late = evening(22 * HOUR, 5 * HOUR), noon = evening(22 * HOUR, 5 * HOUR);
    enum direction direction = DIRECTION_AUTO;

    (void)state;
    assert_true(schedule_turn(&late, 1 * HOUR, true, &direction)); // started again at night
    assert_int_equal(direction, DIRECTION_EXIT);
    assert_false(schedule_turn(&late, 1 * HOUR, true, &direction)); // staff may choose otherwise now
    assert_true(schedule_turn(&noon, 12 * HOUR, true, &direction));
    assert_int_equal(direction, DIRECTION_ENTRY);
}

static void test_schedule__a_clock_that_is_not_trusted_crosses_nothing(void **state)
{
    struct schedule schedule = evening(22 * HOUR, 5 * HOUR);
    enum direction direction = DIRECTION_AUTO;

    (void)state;
    for (int minute = 0; minute < DAY; minute++) assert_false(schedule_turn(&schedule, minute, false, &direction));
    assert_true(schedule_turn(&schedule, 23 * HOUR, true, &direction)); // now it is
    assert_int_equal(direction, DIRECTION_EXIT);
    assert_false(schedule_turn(&schedule, 12 * HOUR, false, &direction));
    assert_false(schedule_turn(&schedule, 23 * HOUR, true, &direction));
}

static void test_schedule__without_one_nothing_is_said(void **state)
{
    struct schedule none = evening(-1, 5 * HOUR), empty = evening(9 * HOUR, 9 * HOUR);
    enum direction direction = DIRECTION_AUTO;

    (void)state;
    for (int minute = 0; minute < DAY; minute++) {
        assert_false(schedule_turn(&none, minute, true, &direction));
        if (schedule_turn(&empty, minute, true, &direction)) assert_int_equal(direction, DIRECTION_ENTRY);
    }
    assert_int_equal(direction, DIRECTION_ENTRY); // from nine until nine is no time at all
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schedule__speaks_up_when_the_time_is_crossed),
        cmocka_unit_test(test_schedule__says_at_once_where_the_day_stands),
        cmocka_unit_test(test_schedule__a_clock_that_is_not_trusted_crosses_nothing),
        cmocka_unit_test(test_schedule__without_one_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
