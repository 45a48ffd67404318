#include "office/columns.h"

#include "office/spelling.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MAX_HEADINGS = 16 };

static const char *const headings[COLUMN_COUNT][MAX_HEADINGS] = {
#define X(name, ...) [COLUMN_##name] = {__VA_ARGS__},
    COLUMN_LIST(X)
#undef X
};

static bool is_called(enum column column, const char *folded)
{
    char known[SPELLING_SIZE];

    for (size_t i = 0; i < MAX_HEADINGS && headings[column][i]; i++) {
        spelling_fold(headings[column][i], known);
        if (strcmp(known, folded) == 0) return true;
    }
    return false;
}

enum column column_of_heading(const char *heading)
{
    char folded[SPELLING_SIZE];

    spelling_fold(heading, folded);
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (is_called(column, folded)) return column;
    return COLUMN_UNKNOWN;
}

const char *column_word(enum column column)
{
    return headings[column][0];
}

const char *column_heading(enum column column, size_t n)
{
    return n < MAX_HEADINGS ? headings[column][n] : NULL;
}

static bool has(const struct columns *columns, enum column column)
{
    return columns->field_of[column] != COLUMN_ABSENT;
}

static void disuse(struct columns *columns, enum column column)
{
    if (!has(columns, column)) return;
    columns->unused[columns->unused_count++] = (size_t)columns->field_of[column];
    columns->field_of[column] = COLUMN_ABSENT;
}

// One way to a name: whole, or of given and family name. "Name" beside "Vorname" is the family name, as German sheets
// have it, unless its heading says that it is whole.
static void settle_names(const struct sheet_row *heading, struct columns *columns)
{
    char folded[SPELLING_SIZE];

    if (!has(columns, COLUMN_NAME)) return;
    if (has(columns, COLUMN_GIVEN) && has(columns, COLUMN_FAMILY)) {
        disuse(columns, COLUMN_NAME);
        return;
    }
    spelling_fold(heading->fields[columns->field_of[COLUMN_NAME]], folded);
    if (has(columns, COLUMN_GIVEN) && strncmp(folded, "voll", 4) != 0 && strncmp(folded, "full", 4) != 0) {
        columns->field_of[COLUMN_FAMILY] = columns->field_of[COLUMN_NAME];
        columns->field_of[COLUMN_NAME] = COLUMN_ABSENT;
    }
    if (!has(columns, COLUMN_NAME)) return;
    disuse(columns, COLUMN_GIVEN);
    disuse(columns, COLUMN_FAMILY);
}

enum status columns_read(const struct sheet_row *heading, struct columns *out, char *words_out, size_t words_size)
{
    *out = (struct columns){0};
    for (enum column column = 0; column < COLUMN_COUNT; column++) out->field_of[column] = COLUMN_ABSENT;
    for (size_t i = 0; i < heading->count; i++) {
        enum column column = column_of_heading(heading->fields[i]);
        if (heading->fields[i][0]) out->count = i + 1;
        if (column == COLUMN_UNKNOWN) {
            if (heading->fields[i][0]) out->unused[out->unused_count++] = i;
        } else if (has(out, column)) {
            snprintf(words_out, words_size, "the columns '%.40s' and '%.40s' both mean %s; rename or remove one",
                     heading->fields[out->field_of[column]], heading->fields[i], column_word(column));
            return STATUS_INVALID;
        } else out->field_of[column] = (int)i;
    }
    settle_names(heading, out);
    if (has(out, COLUMN_NAME) || has(out, COLUMN_FAMILY) || has(out, COLUMN_GIVEN) || has(out, COLUMN_TICKET) ||
        has(out, COLUMN_PERSON))
        return STATUS_OK;
    snprintf(words_out, words_size, "the first row must name the columns, one of them Name, or Vorname and Nachname");
    return STATUS_INVALID;
}

const char *columns_surplus(const struct columns *columns, const struct sheet_row *row)
{
    for (size_t i = columns->count; i < row->count; i++)
        if (row->fields[i][0]) return row->fields[i];
    return NULL;
}

const char *columns_field(const struct columns *columns, const struct sheet_row *row, enum column column)
{
    int field = columns->field_of[column];

    if (field == COLUMN_ABSENT) return NULL;
    return (size_t)field < row->count ? row->fields[field] : "";
}
