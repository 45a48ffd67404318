#include "support/check.h"

#include "bench/bare.h"

#include "office/db.h"

enum { MOST_VALUES = 13 * 500 };

static struct db_value values[MOST_VALUES];

static void insert(struct office_db *db, const char *sql, const struct db_value *end, size_t width)
{
    assert_int_equal(db->ops->many(db, sql, values, width, (size_t)(end - values) / width), STATUS_OK);
}

static void insert_records(struct office_db *db, int64_t log, int64_t n, const struct bare_row *rows, size_t count)
{
    struct db_value *value = values;

    for (size_t i = 0; i < count; i++) {
        *value++ = db_int(n + (int64_t)i);
        *value++ = db_int(log);
        *value++ = db_int((int64_t)rows[i].seq);
        *value++ = db_blob(rows[i].hash, CHAIN_HASH_BYTES);
        *value++ = db_blob(rows[i].line, rows[i].length);
    }
    insert(db, "INSERT INTO record (n, log, seq, hash, line) VALUES ($1, $2, $3, $4, $5)", value, 5);
}

static void insert_deeds(struct office_db *db, int64_t log, int64_t n, const struct bare_row *rows, size_t count)
{
    struct db_value *value = values;

    for (size_t i = 0; i < count; i++) {
        const struct record *record = &rows[i].record;
        *value++ = db_int(n + (int64_t)i);
        *value++ = db_int(record->event);
        *value++ = db_int(log);
        *value++ = db_int((int64_t)rows[i].seq);
        *value++ = db_int(record->kind);
        *value++ = db_int(record->list);
        *value++ = db_int((int64_t)record->ticket);
        *value++ = db_int(record->person);
        *value++ = db_int(record->hlc);
        *value++ = db_int(record->unix_ms);
        *value++ = db_int(0);
        *value++ = db_int(0);
        *value++ = db_text(NULL);
    }
    insert(
        db,
        "INSERT INTO deed (n, event, log, seq, kind, list, ticket, person, hlc, unix_ms, target, is_forced, annulled) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        value, 13);
}

static void insert_seen(struct office_db *db, int64_t log, const struct bare_row *rows, size_t count)
{
    struct db_value *value = values;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < rows[i].record.seen_count; j++) {
            *value++ = db_int(log);
            *value++ = db_int(rows[i].record.seen[j].log);
            *value++ = db_int((int64_t)rows[i].seq);
            *value++ = db_int((int64_t)rows[i].record.seen[j].seq);
        }
    insert(db, "INSERT INTO seen (log, other, seq, upto) VALUES ($1, $2, $3, $4)", value, 4);
}

void bare_append(struct office_db *db, int64_t log, int64_t n, const struct bare_row *rows, size_t count)
{
    assert_int_equal(db->ops->begin(db, true), STATUS_OK);
    insert_records(db, log, n, rows, count);
    insert_deeds(db, log, n, rows, count);
    insert_seen(db, log, rows, count);
    assert_int_equal(db->ops->end(db, STATUS_OK), STATUS_OK);
}
