// sheet.h -- the rows of a CSV file that people bring (port; libcsv).
// UTF-8 with or without byte order mark, or Windows-1252; separated by ';', ',' or tab, which is found by the heading;
// quoted fields with line breaks (RFC 4180); marks inside of an unquoted field are letters. Rows and fields arrive as
// UTF-8 without NUL, blanks (blank.h) at both ends removed, and the ' too which sheet_write.h puts before what a
// spreadsheet would run. Pure but for the log; any thread. Failure: INVALID with a flaw that says the line and what is
// wrong.
#ifndef EINLASS_OFFICE_SHEET_H
#define EINLASS_OFFICE_SHEET_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SHEET_MAX_BYTES = 50 * 1024 * 1024,
    SHEET_MAX_ROWS = 1000000, // without the heading
    SHEET_MAX_FIELDS = 64,
    SHEET_MAX_FIELD_BYTES = 4096,
};

struct sheet_row {
    size_t line; // in the file, from 1, where the row begins
    size_t count;
    bool is_windows_1252; // the file is no UTF-8, and was read so; another old charset would look wrong, not fail
    const char *fields[SHEET_MAX_FIELDS]; // borrowed for the call
    const char *fault;                    // NULL, or why this row can't be used; its fields are then incomplete
};

struct sheet_flaw {
    size_t line; // 0: the file as a whole
    char words[200];
};

// The first row is the heading. Anything but OK ends the reading with that status.
typedef enum status sheet_reader(void *owner, const struct sheet_row *row);

enum status sheet_read(const uint8_t *bytes, size_t length, sheet_reader *reader, void *owner,
                       struct sheet_flaw *flaw_out) MUST_CHECK;

#endif
