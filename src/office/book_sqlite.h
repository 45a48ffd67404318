// book_sqlite.h -- what the book's files (*_sqlite.c) share; for no one else.
#ifndef EINLASS_OFFICE_BOOK_SQLITE_H
#define EINLASS_OFFICE_BOOK_SQLITE_H

#include "office/book.h"

#include <sqlite3.h>

enum { BOOK_MAX_STATEMENTS = 64 };

struct book {
    sqlite3 *database;
    struct office_identity identity;
    uint8_t root_secret_key[TICKET_SECRET_KEY_BYTES];
    // Prepared once. The key is the address of the SQL's literal: each stands at one place in the source.
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } statements[BOOK_MAX_STATEMENTS];
};

// Gives the prepared statement with its parameters bound, in the order of `types`: i int64_t, t text (NULL is NULL),
// b blob (pointer, size_t). NULL: it failed, and was logged. Texts and blobs are borrowed until the next call.
sqlite3_stmt *book_query(struct book *book, const char *sql, const char *types, ...);

// Runs it to its end. MISSING: nothing was changed by it (as for an UPDATE that matched nothing).
enum status book_run(struct book *book, sqlite3_stmt *statement) MUST_CHECK;

// OK: a row is there; read it, then sqlite3_reset. MISSING: no more rows.
enum status book_step(struct book *book, sqlite3_stmt *statement) MUST_CHECK;

void book_column_text(sqlite3_stmt *statement, int column, char *to, size_t to_size);

// The words of `sql` without parameters and results, e.g. BEGIN.
enum status book_execute(struct book *book, const char *sql) MUST_CHECK;

// Of an event in the book: its lists, its stops, and whom it registers at the door. `add` runs inside of a transaction;
// `find` fills what is zero. Kiosks' keys come after the event's own.
enum status book_add_lists(struct book *book, const struct event *event) MUST_CHECK;
enum status book_find_lists(struct book *book, struct event *out) MUST_CHECK;
enum status book_add_stops(struct book *book, const struct event *event) MUST_CHECK;
enum status book_find_stops(struct book *book, struct event *out) MUST_CHECK;
enum status book_add_walk_ins(struct book *book, const struct event *event) MUST_CHECK;
enum status book_find_walk_ins(struct book *book, struct event *out) MUST_CHECK;
enum status book_find_kiosk_keys(struct book *book, struct event *out) MUST_CHECK;

#endif
