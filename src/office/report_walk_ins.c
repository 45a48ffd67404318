#include "office/report_kinds.h"

#include "base/mem.h"
#include "office/inbox_time.h"
#include "office/moment.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

// Time, gate, ticket, what they said in the fields that this event asks for, consents, whom they came with.
enum { FIXED_BEFORE = 3, FIXED_BEHIND = 3, PLUS_ONE_DIGITS = 12 };
static_assert(FIXED_BEFORE + EVENT_MAX_FIELDS + EVENT_MAX_CONSENTS + FIXED_BEHIND <= REPORT_MOST_COLUMNS,
              "every column has its place");

struct sheet {
    struct inbox *inbox;
    const struct event *event;
    struct report_table *table;
    const char *fields[REPORT_MOST_COLUMNS];
    size_t count;
};

static void add_column(struct report_column *columns, size_t *count, const char *key, const char *heading)
{
    struct report_column *column = &columns[(*count)++];

    snprintf(column->key, sizeof column->key, "%s", key);
    snprintf(column->heading, sizeof column->heading, "%s", heading);
}

static void set_columns(struct report_table *table, const struct walk_in_rules *rules)
{
    struct report_column *columns = mem_zero_array(REPORT_MOST_COLUMNS, sizeof *columns);
    char key[REPORT_KEY_SIZE], heading[REPORT_HEADING_SIZE];
    size_t count = 0;

    add_column(columns, &count, "time", "Zeit");
    add_column(columns, &count, "gate", "Tor");
    add_column(columns, &count, "ticket", "Ticket");
    for (size_t i = 0; i < rules->field_count; i++) {
        snprintf(key, sizeof key, "field.%s", rules->fields[i].key);
        add_column(columns, &count, key, rules->fields[i].label[LANGUAGE_DE]);
    }
    for (size_t i = 0; i < rules->consent_count; i++) {
        snprintf(key, sizeof key, "consent.%s", rules->consents[i].key);
        snprintf(heading, sizeof heading, "Einwilligung %s", rules->consents[i].key);
        add_column(columns, &count, key, heading);
    }
    add_column(columns, &count, "with", "Begleitung von");
    add_column(columns, &count, "language", "Sprache");
    add_column(columns, &count, "missing", "Angaben");
    report_table_columns(table, columns, count);
    free(columns);
}

static void add_field(struct sheet *sheet, const char *text)
{
    sheet->fields[sheet->count++] = text ? text : "";
}

static const char *consent(const struct report_walk_in *walk_in, const char *key)
{
    const json_t *given = json_object_get(json_object_get(json_object_get(walk_in->blob, "consents"), key), "given");

    if (!given) return "";
    return json_is_true(given) ? "ja" : "nein";
}

// The number of the ticket whose holder brought them, as it is printed.
static void write_companion(const struct report_walk_in *walk_in, char out[TICKET_NUMBER_TEXT_SIZE])
{
    const char *digits = report_walk_in_text(walk_in, NULL, "plus_one_of");

    out[0] = '\0';
    if (digits && strlen(digits) == PLUS_ONE_DIGITS && strspn(digits, "0123456789abcdef") == PLUS_ONE_DIGITS)
        ticket_number_write(strtoull(digits, NULL, 16), out);
}

static void fill(struct sheet *sheet, const struct report_walk_in *walk_in)
{
    const struct walk_in_rules *rules = &sheet->event->walk_ins;

    for (size_t i = 0; i < rules->field_count; i++)
        add_field(sheet, report_walk_in_text(walk_in, "fields", rules->fields[i].key));
    for (size_t i = 0; i < rules->consent_count; i++) add_field(sheet, consent(walk_in, rules->consents[i].key));
}

static void tell(const struct sheet *sheet, const struct report_walk_in *walk_in, char out[REPORT_FIELD_SIZE])
{
    size_t said = sheet->event->walk_ins.field_count;
    int length = snprintf(out, REPORT_FIELD_SIZE, "%s  %s ", sheet->fields[0], sheet->fields[1]);

    for (size_t i = 0; i < said && length < REPORT_FIELD_SIZE; i++)
        if (*sheet->fields[FIXED_BEFORE + i])
            length += snprintf(out + length, REPORT_FIELD_SIZE - (size_t)length, " %s%s",
                               sheet->fields[FIXED_BEFORE + i], i + 1 < said ? "," : "");
    if (!walk_in->blob && length < REPORT_FIELD_SIZE)
        snprintf(out + length, REPORT_FIELD_SIZE - (size_t)length, " Ticket %s: die Angaben sind noch nicht da",
                 sheet->fields[2]);
}

static enum status write_walk_in(void *owner, const struct report_walk_in *walk_in)
{
    struct sheet *sheet = owner;
    char time[MOMENT_SIZE], ticket[TICKET_NUMBER_TEXT_SIZE], companion[TICKET_NUMBER_TEXT_SIZE];
    char words[REPORT_FIELD_SIZE];
    struct inbox_time when;
    enum status status = inbox_correct(sheet->inbox, walk_in->log, walk_in->record, &when);

    if (status != STATUS_OK) return status;
    moment_write(when.unix_ms, sheet->event->zone, MOMENT_FULL, time);
    ticket_number_write(walk_in->record->ticket, ticket);
    write_companion(walk_in, companion);
    sheet->count = 0;
    add_field(sheet, time);
    add_field(sheet, walk_in->record->gate);
    add_field(sheet, ticket);
    fill(sheet, walk_in);
    add_field(sheet, companion);
    add_field(sheet, report_walk_in_text(walk_in, NULL, "language"));
    add_field(sheet, walk_in->blob ? "" : "noch nicht angekommen");
    tell(sheet, walk_in, words);
    return report_table_row(sheet->table, sheet->fields, words);
}

enum status report_walk_ins(struct inbox *inbox, const struct report_people *people, struct report_table *table)
{
    struct sheet sheet = {.inbox = inbox, .event = &people->event, .table = table};
    enum status status;

    set_columns(table, &people->event.walk_ins);
    if ((status = report_table_heading(table, "")) != STATUS_OK) return status;
    return report_each_walk_in(inbox, people->event.number, write_walk_in, &sheet);
}
