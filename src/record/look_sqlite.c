// look_sqlite.c -- look.h over a kiosk's SQLite file: a store that is only half opened, to read.
#define LOG_MODULE "look"

#include "record/look.h"

#include "base/mem.h"
#include "record/store_events_sqlite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status prepare(struct db *db)
{
    static const enum statement names[] = {STATEMENT_IDENTITY, STATEMENT_EVENT_HEAD, STATEMENT_EVENT_VERSION};
    const char *newest = db->is_outdated ? "SELECT number FROM event ORDER BY seq DESC LIMIT 1" // until version 2
                                         : db_statement_texts[STATEMENT_NEWEST_EVENT];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < sizeof names / sizeof names[0] && status == STATUS_OK; i++)
        status = db_prepare(db, names[i], db_statement_texts[names[i]]);
    return status == STATUS_OK ? db_prepare(db, STATEMENT_NEWEST_EVENT, newest) : status;
}

static enum status look_at_log(struct db *db, struct look *look)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_IDENTITY];
    enum status status = db_row(db, STATEMENT_IDENTITY, "read whose log it is");
    int64_t newest = 0;

    if (status == STATUS_MISSING) return STATUS_OK;
    if (status != STATUS_OK) return status;
    memcpy(look->log, sqlite3_column_blob(row, 0), LOG_ID_BYTES); // lengths: the table's CHECKs
    memcpy(look->device_public_key, sqlite3_column_blob(row, 1), DEVICE_KEY_BYTES);
    look->has_log = true;
    db_done(db, STATEMENT_IDENTITY);
    if ((status = db_number(db, "SELECT coalesce(max(seq), 0) FROM log", &newest)) != STATUS_OK) return status;
    look->newest_seq = (uint64_t)newest;
    return STATUS_OK;
}

static enum status look_at_event(struct store_sqlite *store, uint32_t number, struct look *look)
{
    struct db *db = &store->db;
    int64_t count = 0;
    char sql[80];
    enum status status = store_load_event(&store->store, number, &look->event);

    if (status == STATUS_MISSING) return STATUS_OK;
    if (status != STATUS_OK) return status;
    if ((status = store_read_edition(store, look->event.number, &look->edition)) != STATUS_OK) return status;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM roster WHERE event = %u", look->event.number);
    if ((status = db_number(db, sql, &count)) != STATUS_OK) return status;
    look->roster_count = (uint32_t)count;
    look->has_event = true;
    return STATUS_OK;
}

enum status look_sqlite(const char *path, uint32_t number, struct look *out)
{
    struct store_sqlite *store = mem_zero(sizeof *store);
    struct look *look = mem_zero(sizeof *look);
    enum status status;

    if ((status = db_open_to_read(&store->db, path)) != STATUS_OK) goto done;
    if ((status = prepare(&store->db)) != STATUS_OK) goto done;
    if ((status = db_execute(&store->db, "BEGIN", "begin to look")) != STATUS_OK) goto done; // one snapshot of it all
    if ((status = look_at_log(&store->db, look)) != STATUS_OK) goto done;
    if ((status = look_at_event(store, number, look)) != STATUS_OK) goto done;
    *out = *look;
done:
    db_close(&store->db);
    free(look);
    free(store);
    return status;
}

enum status look_setting_sqlite(const char *path, const char *key, char out[STORE_VALUE_SIZE])
{
    struct store_sqlite *store = mem_zero(sizeof *store);
    enum status status = db_open_to_read(&store->db, path);

    if (status == STATUS_OK) status = db_prepare(&store->db, STATEMENT_SETTING, db_statement_texts[STATEMENT_SETTING]);
    if (status == STATUS_OK) status = store_recall(&store->store, key, out);
    db_close(&store->db);
    free(store);
    return status;
}
