// db.h -- a database of the office (port): SQLite for one machine, PostgreSQL for several; the same SQL for both.
// Parameters are $1, $2 …, numbered in the order of their first use. Types in schemas: BIGINT (SQLite makes INTEGER of
// it, so that a BIGINT PRIMARY KEY is the row's own place), TEXT, BLOB (PostgreSQL makes BYTEA of it). What one of the
// two doesn't know isn't used. A sum is cast to BIGINT.
// Ownership: open() hands it to you. Threads: one at a time. Failure: LATER busy, away, full: the transaction is taken
// back, the same may succeed later (PostgreSQL connects again by itself); INVALID a constraint or not our schema;
// CORRUPT damaged. The log names the reason.
#ifndef EINLASS_OFFICE_DB_H
#define EINLASS_OFFICE_DB_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct office_db;

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };
struct db_value {
    enum db_type type;
    int64_t number;
    const void *bytes; // [length], TEXT and BLOB; borrowed
    size_t length;
};
struct db_value db_int(int64_t number);
struct db_value db_text(const char *text); // NULL: DB_NULL
struct db_value db_blob(const void *bytes, size_t length);

// Called for each row; `values` are borrowed for the call. Anything but OK ends the query with that status.
typedef enum status db_visitor(void *owner, const struct db_value *values, size_t count);

enum { DB_MOST_COLUMNS = 16, DB_MOST_STATEMENTS = 160 };

struct office_db_ops;
struct office_db {
    const struct office_db_ops *ops;
};
struct office_db_ops {
    const char *(*name)(struct office_db *self); // "SQLite", "PostgreSQL"
    // `sql` must be static storage: it is prepared at its first use and kept by its address. `visit` may be NULL, and
    // may ask other queries.
    enum status (*query)(struct office_db *self, const char *sql, const struct db_value values[], size_t count,
                         db_visitor *visit, void *owner);
    // The same statement for many rows, `width` values each: prepared, sent together where the database can.
    enum status (*many)(struct office_db *self, const char *sql, const struct db_value *values, size_t width,
                        size_t rows);
    enum status (*script)(struct office_db *self, const char *sql); // several statements: schemas
    // What is read until end() is of one moment; is_writing: one writes at a time, or LATER.
    enum status (*begin)(struct office_db *self, bool is_writing);
    enum status (*end)(struct office_db *self, enum status status); // OK commits, durable; else all is taken back
    void (*close)(struct office_db *self);                          // frees self
};
// `where`: a path, or postgresql://…
enum status office_db_open(const char *where, struct office_db **out) MUST_CHECK;
enum status office_db_sqlite_open(const char *path, struct office_db **out) MUST_CHECK;
enum status office_db_postgresql_open(const char *url, struct office_db **out) MUST_CHECK;
static inline void office_db_close(struct office_db *db)
{
    if (db) db->ops->close(db);
}

// Values side by side where they are used: db_ask(db, sql, visit, owner, db_int(7), db_text("Nord")).
#define DB_VALUES(...)                                                                                                 \
    (const struct db_value[]){__VA_ARGS__}, sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define db_ask(db, sql, visit, owner, ...) (db)->ops->query(db, sql, DB_VALUES(__VA_ARGS__), visit, owner)
#define db_do(db, sql, ...) (db)->ops->query(db, sql, DB_VALUES(__VA_ARGS__), NULL, NULL)

// The first row only: up to `width` numbers. MISSING: there is none.
enum status office_db_numbers(struct office_db *db, const char *sql, const struct db_value values[], size_t count,
                              size_t width, int64_t out[]) MUST_CHECK;
// For the adapters: a schema with `ours` wherever `word` stands; free().
char *db_schema(const char *sql, const char *word, const char *ours);
void db_copy_text(const struct db_value *value, char *to, size_t to_size);
void db_copy_blob(const struct db_value *value, void *to, size_t length); // zeros where it isn't of that length

#endif
