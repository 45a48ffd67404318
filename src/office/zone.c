#include "office/zone.h"

#include "base/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Letters, digits and what stands in names like "America/Argentina/Buenos_Aires" and "Etc/GMT+1"; no path tricks.
static bool is_zone_name(const char *zone)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/+-";

    return *zone && *zone != '/' && strspn(zone, allowed) == strlen(zone);
}

enum status zone_use(const char *zone)
{
    if (!is_zone_name(zone) || !clock_use_zone(zone)) return STATUS_INVALID;
    return STATUS_OK;
}

static bool is_same_minute(const struct tm *one, const struct tm *other)
{
    return one->tm_year == other->tm_year && one->tm_mon == other->tm_mon && one->tm_mday == other->tm_mday &&
           one->tm_hour == other->tm_hour && one->tm_min == other->tm_min;
}

// d: a digit; _: T or a blank; anything else: itself.
static bool has_form(const char *text, const char *form)
{
    for (; *form; form++, text++) {
        bool is_fine = *form == 'd'   ? *text >= '0' && *text <= '9'
                       : *form == '_' ? *text == 'T' || *text == ' '
                                      : *text == *form;
        if (!is_fine) return false;
    }
    return !*text;
}

enum status zone_read_time(const char *text, int64_t *unix_ms_out)
{
    struct tm wanted = {0};

    if (!has_form(text, "dddd-dd-dd_dd:dd")) return STATUS_INVALID;
    (void)sscanf(text, "%4d-%2d-%2d%*c%2d:%2d", &wanted.tm_year, &wanted.tm_mon, &wanted.tm_mday, &wanted.tm_hour,
                 &wanted.tm_min);
    wanted.tm_year -= 1900;
    wanted.tm_mon -= 1;
    // Where the hour is doubled, the first one is summer time: asked for first, and kept if the zone agrees.
    for (int summer = 1; summer >= 0; summer--) {
        struct tm found = wanted;
        found.tm_isdst = summer;
        time_t seconds = mktime(&found); // turns 31 November into 1 December, and 25:00 into the next day
        if (found.tm_isdst == summer && is_same_minute(&wanted, &found)) {
            *unix_ms_out = (int64_t)seconds * 1000;
            return STATUS_OK;
        }
    }
    return STATUS_INVALID;
}

void zone_write_time(int64_t unix_ms, char out[ZONE_TIME_SIZE])
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm local = {0};

    localtime_r(&seconds, &local);
    if (strftime(out, ZONE_TIME_SIZE, "%Y-%m-%dT%H:%M", &local) == 0) out[0] = '\0'; // a year of five digits
}
