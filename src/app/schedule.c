#include "app/schedule.h"

static bool is_within(const struct schedule *schedule, int minute)
{
    if (schedule->from_minute <= schedule->until_minute)
        return minute >= schedule->from_minute && minute < schedule->until_minute;
    return minute >= schedule->from_minute || minute < schedule->until_minute;
}

bool schedule_turn(struct schedule *schedule, int minute_of_day, bool is_clock_trusted, enum direction *out)
{
    if (schedule->from_minute < 0 || !is_clock_trusted) return false;
    bool is_exit = is_within(schedule, minute_of_day);
    bool is_news = !schedule->is_known || is_exit != schedule->is_exit;

    schedule->is_known = true;
    schedule->is_exit = is_exit;
    if (is_news) *out = is_exit ? DIRECTION_EXIT : schedule->otherwise;
    return is_news;
}
