#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/text.h"

#include <sqlite3.h>
#include <string.h>

enum status store_remember(struct store *store, const char *key, const char *value)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_PUT_SETTING];
    enum status status;

    if (strlen(value) >= STORE_VALUE_SIZE) return STATUS_INVALID;
    if (!self->is_grouped && (status = store_begin(self)) != STATUS_OK) return status;
    db_bind_text(row, 1, key);
    db_bind_text(row, 2, value);
    status = db_run(&self->db, STATEMENT_PUT_SETTING, "remember a setting");
    return self->is_grouped ? status : store_end(self, status);
}

enum status store_recall(struct store *store, const char *key, char out[STORE_VALUE_SIZE])
{
    struct db *db = &store_sqlite_of(store)->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_SETTING];
    enum status status;

    if (!db->handle) return STATUS_LATER;
    db_bind_text(row, 1, key);
    if ((status = db_row(db, STATEMENT_SETTING, "recall a setting")) != STATUS_OK) return status;
    const char *value = (const char *)sqlite3_column_text(row, 0);
    text_copy(out, STORE_VALUE_SIZE, value ? value : "");
    db_done(db, STATEMENT_SETTING);
    return STATUS_OK;
}
