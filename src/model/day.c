#include "model/day.h"

#include <stdio.h>
#include <time.h>

static struct tm date_of(int day)
{
    static const time_t first = 1735689600; // 2025-01-01T00:00Z
    time_t seconds = first + (time_t)day * 86400;
    struct tm date;

    gmtime_r(&seconds, &date);
    return date;
}

void day_write(int day, int today, enum language language, char out[DAY_TEXT_SIZE])
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm date = date_of(day);
    char year[16] = "";

    if (date.tm_year != date_of(today).tm_year)
        snprintf(year, sizeof year, language == LANGUAGE_DE ? "%d" : " %d", date.tm_year + 1900);
    if (language == LANGUAGE_DE) snprintf(out, DAY_TEXT_SIZE, "%d.%d.%s", date.tm_mday, date.tm_mon + 1, year);
    else snprintf(out, DAY_TEXT_SIZE, "%d %s%s", date.tm_mday, months[date.tm_mon], year);
}

void day_write_moment(int64_t unix_ms, int64_t now_ms, enum language language, char out[DAY_TEXT_SIZE])
{
    int minute = clock_local_minute(unix_ms), day = clock_local_day(unix_ms), today = clock_local_day(now_ms);
    char date[DAY_TEXT_SIZE] = "";

    if (day != today) day_write(day, today, language, date);
    snprintf(out, DAY_TEXT_SIZE, "%.20s%s%02d:%02d%s", date, date[0] ? ", " : "", minute / 60, minute % 60,
             language == LANGUAGE_DE ? " Uhr" : "");
}
