#include "office/moment.h"

#include "base/mem.h"
#include "base/text.h"

#include <glib.h>
#include <stdlib.h>

struct moment_zone {
    GTimeZone *zone; // GLib keeps each that somebody holds; NULL: unknown
};

struct moment_zone *moment_hold(const char *zone)
{
    struct moment_zone *held = mem_zero(sizeof *held);

    held->zone = g_time_zone_new_identifier(zone);
    return held;
}

void moment_let_go(struct moment_zone *zone)
{
    if (zone && zone->zone) g_time_zone_unref(zone->zone);
    free(zone);
}

void moment_write(int64_t unix_ms, const char *zone, enum moment_form form, char out[MOMENT_SIZE])
{
    static const char *const forms[] = {"%H:%M", "%d.%m.", "%Y-%m-%d %H:%M:%S"};
    GTimeZone *there = g_time_zone_new_identifier(zone);
    GDateTime *utc = g_date_time_new_from_unix_utc(unix_ms / 1000);
    GDateTime *local = utc && there ? g_date_time_to_timezone(utc, there) : NULL;
    char *text = local || utc ? g_date_time_format(local ? local : utc, forms[form]) : NULL;

    text_copy(out, MOMENT_SIZE, text ? text : "?");
    g_free(text);
    if (local) g_date_time_unref(local);
    if (utc) g_date_time_unref(utc);
    if (there) g_time_zone_unref(there);
}
