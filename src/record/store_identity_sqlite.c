#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

enum status store_create_identity(struct store_sqlite *self, const uint8_t device_public_key[DEVICE_KEY_BYTES])
{
    uint8_t log[LOG_ID_BYTES];
    struct sqlite3_stmt *row = NULL;
    int64_t records = 0;
    enum status status = db_number(&self->db, "SELECT count(*) FROM log", &records);

    if (status != STATUS_OK) return status;
    if (records != 0) {
        log_error("the log has lost its identity file=%s", self->db.path);
        return STATUS_CORRUPT;
    }
    randombytes_buf(log, sizeof log);
    if (sqlite3_prepare_v2(self->db.handle, "INSERT INTO identity (id, boot, log, device_key) VALUES (?1, ?2, ?3, ?4)",
                           -1, &row, NULL) != SQLITE_OK)
        return db_failure(&self->db, "begin a log");
    db_bind(row, 1, 0);
    db_bind_blob(row, 3, log, sizeof log);
    db_bind_blob(row, 4, device_public_key, DEVICE_KEY_BYTES);
    if (sqlite3_step(row) != SQLITE_DONE) status = db_failure(&self->db, "begin a log");
    sqlite3_finalize(row);
    if (status == STATUS_OK) log_info("a new log begins file=%s", self->db.path);
    return status;
}

enum status store_load_identity(struct store_sqlite *self)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_IDENTITY];
    enum status status = db_row(&self->db, STATEMENT_IDENTITY, "read whose log it is");

    if (status != STATUS_OK) return status;
    memcpy(self->identity.log, sqlite3_column_blob(row, 0), LOG_ID_BYTES); // lengths: the table's CHECKs
    memcpy(self->identity.device_public_key, sqlite3_column_blob(row, 1), DEVICE_KEY_BYTES);
    self->identity.boot = (uint32_t)sqlite3_column_int64(row, 2);
    db_done(&self->db, STATEMENT_IDENTITY);
    return STATUS_OK;
}

enum status store_count_start(struct store_sqlite *self)
{
    struct clock *clock = self->clock;
    struct record boot = {
        .kind = RECORD_KIND_BOOT,
        .boot_ms = clock->ops->boot_ms(clock),
        .unix_ms = clock->ops->unix_ms(clock),
        .clock = clock->ops->state(clock),
    };
    enum status status;

    self->identity.boot++;
    db_bind(self->db.statements[STATEMENT_SET_BOOT], self->identity.boot);
    status = db_run(&self->db, STATEMENT_SET_BOOT, "count this start");
    return status == STATUS_OK ? store_write(self, &boot) : status;
}
