// sheet_write.h -- CSV for people's spreadsheets: UTF-8 with byte order mark, ';', CR LF, every field quoted, and a
// leading ' where a field begins like a formula, so that a spreadsheet never runs what a stranger typed.
// Source: RFC 4180; OWASP "CSV Injection". Any thread. Failure: the caller looks at ferror(to) at the end.
#ifndef EINLASS_OFFICE_SHEET_WRITE_H
#define EINLASS_OFFICE_SHEET_WRITE_H

#include <stddef.h>
#include <stdbool.h>
#include <stdio.h>

// = + - @ tab CR, and their full-width forms, which some spreadsheets take for the same. sheet.h takes the ' off again.
bool sheet_is_formula(const char *field);

void sheet_write_begin(FILE *to); // the byte order mark
void sheet_write_row(FILE *to, const char *const *fields, size_t count);

#endif
