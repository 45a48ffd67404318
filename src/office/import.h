// import.h -- a roster file (CSV, columns.h) into the book: all of it in one transaction, or nothing.
// Whom a row means: the ticket number, else the person number, else name and company (the name alone if the
// file has no such column). Whoever is found is changed where the file has a column; others are added with a new random
// ticket. So the same file twice changes nothing, and two rows of one name and company stay two people; a name alone
// changes nobody where several have it. People who are in the book but not in the file stay as they are.
// Threads: one.
#ifndef EINLASS_OFFICE_IMPORT_H
#define EINLASS_OFFICE_IMPORT_H

#include "office/book.h"
#include "office/sheet.h"

enum import_effect { IMPORT_ADDED, IMPORT_CHANGED, IMPORT_UNCHANGED, IMPORT_EFFECT_COUNT };

struct import {
    struct book *book;
    const struct event *event;
    bool is_dry_run;     // look at everything, keep nothing
    bool skips_bad_rows; // otherwise one refused row keeps the whole file out
    void *owner;         // of the four; all are called in the file's order
    void (*tell_unused)(void *owner, const char *heading);
    void (*tell_refused)(void *owner, size_t line, const char *why);
    void (*tell_doubt)(void *owner, size_t line, const char *why); // the row is taken, but look at it
    void (*tell_taken)(void *owner, size_t line, enum import_effect effect, const struct guest *guest);
};

struct import_report {
    size_t row_count, refused_count, effect_counts[IMPORT_EFFECT_COUNT];
    size_t absent_count;      // in the book, not in the file
    size_t twin_count;        // rows with the name and company of an earlier row of the file, taken for other people
    size_t shared_code_count; // rows with the code of another ticket; the door can't tell them apart
    bool is_windows_1252;     // see sheet.h
    bool is_kept;             // false: dry run, or rows were refused; the book is as it was
};

// INVALID: the file as a whole can't be used, flaw_out says why.
enum status import_roster(const struct import *import, const uint8_t *bytes, size_t length,
                          struct import_report *report_out, struct sheet_flaw *flaw_out) MUST_CHECK;

#endif
