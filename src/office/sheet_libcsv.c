#include "office/sheet.h"

#include "base/mem.h"
#include "office/blank.h"
#include "office/charset.h"
#include "office/sheet_write.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One row as it arrives from libcsv: the fields one after the other in `text`.
struct reading {
    struct csv_parser parser;
    sheet_reader *reader;
    void *owner;
    struct sheet_flaw *flaw;
    struct sheet_row row;
    size_t row_count, used_bytes;
    bool is_windows_1252;
    bool is_row_open; // the last line did not end it
    enum status status;
    char text[SHEET_MAX_FIELDS * (SHEET_MAX_FIELD_BYTES + 1)];
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void take_field(void *bytes, size_t length, void *owner)
{
    struct reading *reading = owner;
    struct sheet_row *row = &reading->row;
    const char *from = bytes;

    for (size_t blank; (blank = blank_at_begin(from, length)); length -= blank) from += blank;
    for (size_t blank; (blank = blank_at_end(from, length));) length -= blank;
    if (length > SHEET_MAX_FIELD_BYTES) row->fault = "a field is longer than 4096 bytes; is a quotation mark missing?";
    if (row->count == SHEET_MAX_FIELDS) {
        if (length > 0) row->fault = "there are more than 64 fields";
        return;
    }
    if (row->fault) length = 0;
    char *field = reading->text + reading->used_bytes;
    memcpy(field, from, length);
    field[length] = '\0';
    reading->used_bytes += length + 1;
    row->fields[row->count++] = field[0] == '\'' && sheet_is_formula(field + 1) ? field + 1 : field;
}

static bool has_content(const struct sheet_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i][0]) return true;
    return row->fault;
}

static void take_row(int terminator, void *owner)
{
    struct reading *reading = owner;

    (void)terminator;
    reading->is_row_open = false;
    if (reading->status == STATUS_OK && has_content(&reading->row)) {
        if (reading->row_count++ > SHEET_MAX_ROWS) {
            *reading->flaw = (struct sheet_flaw){reading->row.line, "the file has more than 1,000,000 rows"};
            reading->status = STATUS_INVALID;
        } else {
            reading->row.is_windows_1252 = reading->is_windows_1252;
            reading->status = reading->reader(reading->owner, &reading->row);
        }
    }
    reading->row = (struct sheet_row){0};
    reading->used_bytes = 0;
}

// The separator that stands in the heading most often, outside of quotes.
static char find_separator(const char *text, size_t length)
{
    static const char candidates[] = {';', ',', '\t'};
    size_t counts[sizeof candidates] = {0}, best = 0;
    bool is_quoted = false;

    for (size_t i = 0; i < length && (is_quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        if (text[i] == '"') is_quoted = !is_quoted;
        for (size_t j = 0; j < sizeof candidates && !is_quoted; j++) counts[j] += text[i] == candidates[j];
    }
    for (size_t j = 1; j < sizeof candidates; j++)
        if (counts[j] > counts[best]) best = j;
    return candidates[best];
}

static size_t line_length(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n') return i + 1;
        if (text[i] == '\r') return i + 1 < length && text[i + 1] == '\n' ? i + 2 : i + 1;
    }
    return length;
}

// "sep=;" in the first line is spreadsheet folklore. Answers how many bytes it takes.
static size_t skip_separator_line(const char *text, size_t length, char *separator_out)
{
    size_t first = line_length(text, length);

    if (first < 5 || strncmp(text, "sep=", 4) != 0 || !is_blank(text[first - 1])) return 0;
    if (!strchr(";,\t", text[4])) return 0;
    *separator_out = text[4];
    return first;
}

// Where the walk through the file's quotation marks stands.
enum place { PLACE_START, PLACE_PLAIN, PLACE_QUOTED, PLACE_MARK, PLACE_BEHIND };

// The same steps as libcsv's: blanks may stand before and behind a quoted field. MARK: at a mark inside of one, which
// ends it or is the first of two.
static enum place walk(enum place place, char byte, char separator)
{
    bool is_end = byte == separator || byte == '\n' || byte == '\r', is_space = byte == ' ' || byte == '\t';

    if (place == PLACE_QUOTED) return byte == '"' ? PLACE_MARK : PLACE_QUOTED;
    if (is_end) return PLACE_START;
    if (place == PLACE_MARK && byte == '"') return PLACE_QUOTED;
    if (place == PLACE_MARK || place == PLACE_BEHIND) return PLACE_BEHIND;
    if (place == PLACE_START && byte == '"') return PLACE_QUOTED;
    return place == PLACE_START && is_space ? PLACE_START : PLACE_PLAIN;
}

// A quoted field that ends before other text: libcsv would read on to the next mark and swallow the rows between.
static enum status check_quotes(const char *text, size_t length, size_t line, char separator, struct sheet_flaw *flaw)
{
    enum place place = PLACE_START;
    size_t begun = line;

    for (size_t i = 0; i < length; i++) {
        enum place before = place;
        place = walk(place, text[i], separator);
        if (place == PLACE_QUOTED && before == PLACE_START) begun = line;
        if (place == PLACE_BEHIND && text[i] != ' ' && text[i] != '\t') {
            flaw->line = begun;
            snprintf(flaw->words, sizeof flaw->words,
                     "a quoted field begins in this line, and its end in line %zu stands before other text; look for a "
                     "missing or stray quotation mark",
                     line);
            return STATUS_INVALID;
        }
        line += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
    }
    return STATUS_OK;
}

// libcsv knows no lines, so it is fed one line at a time.
static void feed_lines(struct reading *reading, const char *text, size_t length, size_t line)
{
    for (; length > 0 && reading->status == STATUS_OK; line++) {
        size_t bytes = line_length(text, length), blanks = 0;
        while (blanks < bytes && is_blank(text[blanks])) blanks++;
        if (!reading->is_row_open) reading->row.line = line;
        reading->is_row_open |= blanks < bytes; // until take_row says otherwise
        if (csv_parse(&reading->parser, text, bytes, take_field, take_row, reading) != bytes) {
            *reading->flaw = (struct sheet_flaw){line, "this can't be read as CSV"};
            reading->status = STATUS_INVALID;
        }
        text += bytes;
        length -= bytes;
    }
    size_t line_of_row = reading->row.line;
    csv_set_opts(&reading->parser, CSV_STRICT | CSV_STRICT_FINI); // at the end only: names with stray quotes are fine
    if (reading->status == STATUS_OK && csv_fini(&reading->parser, take_field, take_row, reading) != 0) {
        *reading->flaw = (struct sheet_flaw){line_of_row, "a quoted field begins in this row and never ends"};
        reading->status = STATUS_INVALID;
    }
}

static enum status read_text(const struct charset_text *file, sheet_reader *reader, void *owner,
                             struct sheet_flaw *flaw)
{
    const char *text = file->text;
    size_t length = file->length;
    char separator = find_separator(text, length);
    size_t skipped = skip_separator_line(text, length, &separator), line = skipped ? 2 : 1;
    enum status status = check_quotes(text + skipped, length - skipped, line, separator, flaw);

    if (status != STATUS_OK) return status;
    struct reading *reading = mem_zero(sizeof *reading);
    status = STATUS_LATER;
    reading->reader = reader;
    reading->owner = owner;
    reading->flaw = flaw;
    reading->is_windows_1252 = file->is_guess;
    if (csv_init(&reading->parser, 0) == 0) {
        csv_set_delim(&reading->parser, (unsigned char)separator);
        feed_lines(reading, text + skipped, length - skipped, line);
        status = reading->status;
        csv_free(&reading->parser);
    }
    free(reading);
    return status;
}

static size_t line_at(const uint8_t *bytes, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at; i++) line += bytes[i] == '\n';
    return line;
}

enum status sheet_read(const uint8_t *bytes, size_t length, sheet_reader *reader, void *owner,
                       struct sheet_flaw *flaw_out)
{
    const char *why;
    struct charset_text file = {0};
    size_t at;
    enum status status;

    *flaw_out = (struct sheet_flaw){0};
    if (length > SHEET_MAX_BYTES) {
        *flaw_out = (struct sheet_flaw){0, "the file is larger than 50 MiB"};
        return STATUS_INVALID;
    }
    status = charset_to_utf8(bytes, length, &file, &why, &at);
    if (status == STATUS_OK) status = read_text(&file, reader, owner, flaw_out);
    else {
        flaw_out->line = line_at(bytes, at);
        snprintf(flaw_out->words, sizeof flaw_out->words, "%s", why);
    }
    free(file.text);
    return status;
}
