// audit_words_sqlite.c -- what the audit's SQL calls a record: functions of its connection.
#define LOG_MODULE "audit"

#include "record/audit_recount_sqlite.h"

#include "base/text.h"

#include <sqlite3.h>
#include <string.h>

// record_words(at): "record 17", or of another log "record 17 of log 9f3a01c2".
static void record_words(struct sqlite3_context *context, int count, struct sqlite3_value **values)
{
    const uint8_t *own_log = sqlite3_user_data(context);
    struct order at;
    char words[80], log[9];

    (void)count;
    if (sqlite3_value_bytes(values[0]) != ORDER_BYTES) {
        sqlite3_result_text(context, "a record without a place", -1, SQLITE_STATIC);
        return;
    }
    memcpy(at.bytes, sqlite3_value_blob(values[0]), ORDER_BYTES);
    text_hex(ORDER_IDENTITY(&at), 4, log);
    if (order_is_of(&at, own_log)) snprintf(words, sizeof words, "record %llu", (unsigned long long)order_seq(&at));
    else snprintf(words, sizeof words, "record %llu of log %s", (unsigned long long)order_seq(&at), log);
    sqlite3_result_text(context, words, -1, SQLITE_TRANSIENT);
}

// record_identity(log, seq): as both stand in an order.
static void record_identity(struct sqlite3_context *context, int count, struct sqlite3_value **values)
{
    (void)count;
    if (sqlite3_value_bytes(values[0]) != LOG_ID_BYTES) return; // NULL: of no record
    struct order at = order_of(0, sqlite3_value_blob(values[0]), (uint64_t)sqlite3_value_int64(values[1]));
    sqlite3_result_blob(context, ORDER_IDENTITY(&at), ORDER_IDENTITY_BYTES, SQLITE_TRANSIENT);
}

enum status recount_add_functions(struct db *db, const uint8_t *log)
{
    enum { FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC };
    void *own_log = (void *)log; // SQLite hands it back as it is

    if (sqlite3_create_function(db->handle, "record_words", 1, FLAGS, own_log, record_words, NULL, NULL) != SQLITE_OK ||
        sqlite3_create_function(db->handle, "record_identity", 2, FLAGS, NULL, record_identity, NULL, NULL) !=
            SQLITE_OK)
        return db_failure(db, "prepare the audit");
    return STATUS_OK;
}
