// db_sqlite.h -- one SQLite connection as store and audit use it: opened with the settings that keep promises
// (db_open_sqlite.c), its statements prepared once (statements_sqlite.c), failures in words.
// Statements are borrowed from the connection; every function that gets one leaves it reset unless it says otherwise.
// Threads: one at a time. Failure: LATER nothing was stored (full, read-only, I/O, in use); CORRUPT damaged; INVALID
// not a database, or not of this program, or of a newer version; MISSING no such file or folder. The log names the
// reason.
#ifndef EINLASS_RECORD_DB_SQLITE_H
#define EINLASS_RECORD_DB_SQLITE_H

#include "base/status.h"
#include "record/statements_sqlite.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

struct db {
    struct sqlite3 *handle; // NULL: not open
    struct sqlite3_stmt *statements[STATEMENT_COUNT_OF_STATEMENTS];
    char path[PATH_MAX];
    bool is_outdated;  // opened to read: of an older version, which has the log and the events, but not all tables
    bool is_migrating; // the tables were just made new, in a transaction that is open: fill them, then db_end()
    int wal_pages;     // in the write-ahead log since its last checkpoint
};

// Opens for reading and writing, creates the file and the schema if it is new, checks the settings and the pages. An
// older version's file is brought up to date (is_migrating), and kept beside it as it was.
enum status db_open(struct db *db, const char *path) MUST_CHECK;
enum status db_open_to_read(struct db *db, const char *path) MUST_CHECK; // prepares no statements
void db_close(struct db *db);                                            // a zeroed or half-open one is fine

// What statements fold with (fold_sqlite.c), before they are prepared: folded_name(name, company), the name to stand in
// order by, and folded_words(name, company, ticket), what else to search for.
enum { SEARCH_NUMBER_LETTERS = 6 }; // of the ticket's printed number: of 100,000 they leave one
enum status db_add_functions(struct db *db) MUST_CHECK;

// Where it was opened to read: db_statement_texts[name], or what an older version's tables need.
enum status db_prepare(struct db *db, enum statement name, const char *sql) MUST_CHECK;

// Logs "can't WHAT: words of SQLite" and says what the caller can do.
enum status db_failure(const struct db *db, const char *what) MUST_CHECK;

enum status db_execute(struct db *db, const char *sql, const char *what) MUST_CHECK;
enum status db_number(struct db *db, const char *sql, int64_t *out) MUST_CHECK; // first column of the first row

// Binds ?1 ?2 … to whole numbers; further parameters by sqlite3_bind_*.
#define db_bind(statement, ...)                                                                                        \
    db_bind_numbers(statement, (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))
void db_bind_numbers(struct sqlite3_stmt *statement, const int64_t *numbers, size_t count);
void db_bind_null(struct sqlite3_stmt *statement, int index);
void db_bind_text(struct sqlite3_stmt *statement, int index, const char *text);                   // borrowed
void db_bind_blob(struct sqlite3_stmt *statement, int index, const void *bytes, uint64_t length); // borrowed

// Runs a statement that gives no rows.
enum status db_run(struct db *db, enum statement name, const char *what) MUST_CHECK;
// Steps to the next row. OK: a row, the statement stays open: db_done() it; MISSING or a failure: no row, it is reset.
enum status db_row(struct db *db, enum statement name, const char *what) MUST_CHECK;
void db_done(struct db *db, enum statement name);
enum status db_has_row(struct db *db, enum statement name, const char *what, bool *out) MUST_CHECK; // and is reset

// Keeps a copy beside it, PATH.`what`, whole and durable or not at all; one of that name is replaced. Outside of
// transactions.
enum status db_keep_copy(struct db *db, const char *what) MUST_CHECK;

enum status db_begin(struct db *db) MUST_CHECK;
// COMMIT after OK, ROLLBACK after anything else; gives `status` or COMMIT's failure.
enum status db_end(struct db *db, enum status status) MUST_CHECK;

// Moves the write-ahead log into the database file when it has at least `least_pages`. Failing costs nothing but
// space: the records are durable where they are.
void db_checkpoint(struct db *db, int least_pages);
// The same for all of it, and nobody reads from the write-ahead log any more. LATER: somebody does.
enum status db_empty_wal(struct db *db) MUST_CHECK;

#endif
