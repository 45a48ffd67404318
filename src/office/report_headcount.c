#include "office/report_kinds.h"

#include "base/mem.h"
#include "office/inbox_count.h"
#include "office/moment.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct report_column columns[] = {
    {"list", "Liste", false},        {"part", "Wovon", false},       {"name", "Bezeichnung", false},
    {"inside", "Da", true},          {"expected", "Erwartet", true}, {"given", "Ausgegeben", true},
    {"left", "Übrig", true},         {"round", "Runde", true},       {"stop", "Halt", false},
    {"last_time", "Zuletzt", false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct line {
    const char *list, *part, *name, *stop;
    char inside[24], expected[24], given[24], left[24], round[24], last[MOMENT_SIZE];
};

static enum status write_row(struct report_table *table, const struct line *row, const char *words)
{
    const char *const fields[COLUMNS] = {row->list,  row->part, row->name,  row->inside, row->expected,
                                         row->given, row->left, row->round, row->stop,   row->last};

    return report_table_row(table, fields, words);
}

static void fill_list(const struct tally *tally, size_t index, struct line *row)
{
    const struct headcount *count = &tally->lists[index].headcount;

    snprintf(row->inside, sizeof row->inside, "%u", count->inside);
    snprintf(row->expected, sizeof row->expected, "%u", count->expected);
    if (tally->lists[index].mode == LIST_MODE_HAND_OUT) snprintf(row->given, sizeof row->given, "%u", count->given);
    if (count->is_limited) snprintf(row->left, sizeof row->left, "%" PRId64, count->left);
    if (count->round) snprintf(row->round, sizeof row->round, "%u", count->round);
    if (tally->lists[index].last_unix_ms > 0)
        moment_write(tally->lists[index].last_unix_ms, tally->zone, MOMENT_FULL, row->last);
}

static void tell_list(const struct tally *tally, size_t index, const struct line *row, char out[REPORT_FIELD_SIZE])
{
    const struct headcount *count = &tally->lists[index].headcount;
    int length;

    if (tally->lists[index].mode == LIST_MODE_HAND_OUT)
        length = snprintf(out, REPORT_FIELD_SIZE, "%s: %s ausgegeben an %s Personen, %s erwartet", row->list,
                          row->given, row->inside, row->expected);
    else length = snprintf(out, REPORT_FIELD_SIZE, "%s: %s von %s da", row->list, row->inside, row->expected);
    if (count->is_limited)
        length += snprintf(out + length, REPORT_FIELD_SIZE - (size_t)length, ", noch %s übrig", row->left);
    if (count->round)
        length += snprintf(out + length, REPORT_FIELD_SIZE - (size_t)length, " (Runde %s%s%s)", row->round,
                           *row->stop ? ", " : "", row->stop);
    if (*row->last) snprintf(out + length, REPORT_FIELD_SIZE - (size_t)length, "; zuletzt %s", row->last);
}

static enum status write_list(struct report_table *table, const struct tally *tally, size_t index)
{
    struct line row = {.list = tally->lists[index].name,
                       .part = report_table_term(table, "list", "Liste"),
                       .name = tally->lists[index].name,
                       .stop = tally->lists[index].headcount.stop};
    char words[REPORT_FIELD_SIZE];

    fill_list(tally, index, &row);
    tell_list(tally, index, &row, words);
    return write_row(table, &row, words);
}

static enum status write_part(struct report_table *table, const char *list, const char *part, const char *name,
                              const struct tally_part *count)
{
    struct line row = {.list = list, .part = part, .name = name, .stop = ""};
    char words[REPORT_FIELD_SIZE];

    snprintf(row.inside, sizeof row.inside, "%u", count->inside);
    snprintf(row.expected, sizeof row.expected, "%u", count->expected);
    snprintf(words, sizeof words, "  %s: %u von %u", name, count->inside, count->expected);
    return write_row(table, &row, words);
}

static enum status write_parts(struct report_table *table, const struct tally *tally, size_t index)
{
    const char *list = tally->lists[index].name;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < tally->class_count && status == STATUS_OK; i++)
        status = write_part(table, list, report_table_term(table, "class", "Klasse"),
                            tally->classes[i].name[LANGUAGE_DE], &tally->lists[index].classes[i]);
    for (size_t i = 0; i < tally->group_count && status == STATUS_OK; i++)
        status = write_part(table, list, report_table_term(table, "group", "Gruppe"),
                            tally->groups[i].name[LANGUAGE_DE], &tally->lists[index].groups[i]);
    return status;
}

enum status report_headcount(struct inbox *inbox, const struct report_people *people, struct report_table *table)
{
    struct tally *tally = mem_zero(sizeof *tally);
    enum status status = inbox_tally(inbox, &people->event, tally);

    report_table_columns(table, columns, COLUMNS);
    for (size_t i = 0; i < tally->list_count && status == STATUS_OK; i++) {
        if ((status = report_table_heading(table, "")) != STATUS_OK) break;
        if ((status = write_list(table, tally, i)) == STATUS_OK) status = write_parts(table, tally, i);
    }
    free(tally);
    return status;
}
