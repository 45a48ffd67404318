#include "office/report_table.h"

#include "base/mem.h"
#include "base/text.h"
#include "office/sheet_write.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct report_table {
    enum report_format format;
    FILE *out;
    struct report_column columns[REPORT_MOST_COLUMNS];
    size_t column_count, row_count;
    char fields[REPORT_MOST_COLUMNS][REPORT_FIELD_SIZE];
};

static void show(const char *text, char out[REPORT_FIELD_SIZE])
{
    text_make_showable(out, REPORT_FIELD_SIZE, text, strlen(text));
}

static enum status look(const struct report_table *table)
{
    return ferror(table->out) ? STATUS_LATER : STATUS_OK;
}

// A value as JSON writes it. Never NULL: out of memory, null.
static json_t *string_of(const char *text)
{
    json_t *string = json_string(text);

    return string ? string : json_null();
}

static void write_string(FILE *out, const char *key, const char *text)
{
    json_t *string = string_of(text);

    fprintf(out, "\"%s\":", key);
    json_dumpf(string, out, JSON_ENCODE_ANY);
    json_decref(string);
}

struct report_table *report_table_open(const struct event *event, const char *title, const char *word,
                                       enum report_format format, FILE *out)
{
    struct report_table *table = mem_zero(sizeof *table);
    char name[REPORT_FIELD_SIZE];

    table->format = format;
    table->out = out;
    show(event->name[LANGUAGE_DE], name);
    if (format == REPORT_TEXT) fprintf(out, "%s: %s\n", name, title);
    if (format == REPORT_CSV) sheet_write_begin(out);
    if (format == REPORT_JSON) {
        fputc('{', out);
        write_string(out, "report", word);
        fprintf(out, ",\"event\":%u,\"version\":%u,", event->number, event->version);
        write_string(out, "name", name);
        fputs(",\"rows\":[", out);
    }
    return table;
}

void report_table_columns(struct report_table *table, const struct report_column *columns, size_t count)
{
    const char *headings[REPORT_MOST_COLUMNS];

    assert(count <= REPORT_MOST_COLUMNS);
    memcpy(table->columns, columns, count * sizeof *columns);
    table->column_count = count;
    for (size_t i = 0; i < count; i++) {
        show(columns[i].heading, table->fields[i]); // walk-ins: what a clerk called the field
        headings[i] = table->fields[i];
    }
    if (table->format == REPORT_CSV) sheet_write_row(table->out, headings, count);
}

const char *report_table_term(const struct report_table *table, const char *fixed, const char *german)
{
    return table->format == REPORT_JSON ? fixed : german;
}

static enum status write_object(struct report_table *table)
{
    json_t *row = json_object();
    int failed = !row;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct report_column *column = &table->columns[i];
        const char *field = table->fields[i];
        json_t *value = !column->is_number ? json_string(field)
                        : *field           ? json_integer(strtoll(field, NULL, 10))
                                           : json_null();
        failed |= json_object_set_new(row, column->key, value);
    }
    fputs(table->row_count ? ",\n" : "\n", table->out);
    failed |= json_dumpf(row, table->out, JSON_COMPACT);
    json_decref(row);
    return failed ? STATUS_LATER : STATUS_OK;
}

static void show_fields(struct report_table *table, const char *const *fields)
{
    for (size_t i = 0; i < table->column_count; i++) show(fields[i], table->fields[i]);
}

static void write_line(struct report_table *table, const char *const *fields)
{
    const char *shown[REPORT_MOST_COLUMNS];

    show_fields(table, fields);
    for (size_t i = 0; i < table->column_count; i++) shown[i] = table->fields[i];
    sheet_write_row(table->out, shown, table->column_count);
}

enum status report_table_row(struct report_table *table, const char *const *fields, const char *words)
{
    char line[REPORT_FIELD_SIZE];
    enum status status = STATUS_OK;

    switch (table->format) {
    case REPORT_TEXT:
        show(words, line);
        fprintf(table->out, "%s\n", line);
        break;
    case REPORT_CSV:
        write_line(table, fields);
        break;
    case REPORT_JSON:
        show_fields(table, fields);
        status = write_object(table);
        break;
    }
    table->row_count++;
    return status == STATUS_OK ? look(table) : status;
}

enum status report_table_heading(struct report_table *table, const char *words)
{
    char line[REPORT_FIELD_SIZE];

    if (table->format != REPORT_TEXT) return STATUS_OK;
    show(words, line);
    fprintf(table->out, *line ? "\n%s\n" : "\n", line);
    return look(table);
}

enum status report_table_end(struct report_table *table)
{
    if (table->format == REPORT_TEXT && !table->row_count) fputs("\nNichts.\n", table->out);
    if (table->format == REPORT_JSON) fputs("\n]}\n", table->out);
    return look(table);
}

void report_table_close(struct report_table *table)
{
    free(table);
}
