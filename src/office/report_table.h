// report_table.h -- the rows of a report, written as text, CSV or JSON (report.h).
// Fields are whatever strangers typed: here, in one place, they become harmless, for all three. Resource.
#ifndef EINLASS_OFFICE_REPORT_TABLE_H
#define EINLASS_OFFICE_REPORT_TABLE_H

#include "office/report.h"

enum { REPORT_MOST_COLUMNS = 24, REPORT_FIELD_SIZE = 1024, REPORT_KEY_SIZE = 40, REPORT_HEADING_SIZE = 96 };

struct report_column {
    char key[REPORT_KEY_SIZE];         // JSON
    char heading[REPORT_HEADING_SIZE]; // CSV, German
    bool is_number;                    // JSON: a number, or null where the field is empty
};

struct report_table;
// Writes what stands before the rows. `title`: German, for text; `word`: what JSON calls the report.
struct report_table *report_table_open(const struct event *event, const char *title, const char *word,
                                       enum report_format format, FILE *out);
void report_table_columns(struct report_table *table, const struct report_column *columns, size_t count); // once
// One of few words that programs ask for: the fixed one in JSON, the German one elsewhere.
const char *report_table_term(const struct report_table *table, const char *fixed, const char *german);
// As many fields as columns; `words` are the row as text: one line.
enum status report_table_row(struct report_table *table, const char *const *fields, const char *words) MUST_CHECK;
// Between rows, in text only: an empty line, and `words` if there are any.
enum status report_table_heading(struct report_table *table, const char *words) MUST_CHECK;
// Writes what stands behind them.
enum status report_table_end(struct report_table *table) MUST_CHECK;
void report_table_close(struct report_table *table); // NULL is fine

#endif
