// store_check_sqlite.c -- the newest part of the log, looked at before anything is added to it.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"
#include "base/mem.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { CHECKED_RECORDS = 64 }; // at every open; `einlass log verify` checks all

struct window { // of records, newest last
    uint64_t first, count;
    uint8_t hash[CHAIN_HASH_BYTES]; // of the last one seen
    struct record records[CHECKED_RECORDS];
};

static enum status damaged(uint64_t seq, const char *what)
{
    log_error("the log is damaged: record %llu %s", (unsigned long long)seq, what);
    return STATUS_CORRUPT;
}

static enum status check_line(struct window *window, struct sqlite3_stmt *row)
{
    uint64_t seq = (uint64_t)sqlite3_column_int64(row, 0), seq_in_line = 0;
    const char *line = (const char *)sqlite3_column_text(row, 1);
    size_t length = (size_t)sqlite3_column_bytes(row, 1);

    if (seq != window->first + window->count) return damaged(window->first + window->count, "is missing");
    if (record_parse_line(line, length, &window->records[window->count], &seq_in_line) != STATUS_OK)
        return damaged(seq, "can't be read");
    if (seq_in_line != seq) return damaged(seq, "stands in another one's place");
    chain_add(window->hash, seq, line, length);
    if (memcmp(window->hash, sqlite3_column_blob(row, 2), CHAIN_HASH_BYTES) != 0)
        return damaged(seq, "doesn't match its hash");
    window->count++;
    return STATUS_OK;
}

static enum status read_window(struct store_sqlite *self, struct window *window)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_LOG_AFTER];
    bool is_whole = self->head_seq <= CHECKED_RECORDS;
    enum status status;

    window->first = is_whole ? 1 : self->head_seq - CHECKED_RECORDS + 1;
    chain_begin(self->identity.log, self->identity.device_public_key, window->hash);
    db_bind(row, (int64_t)window->first - (is_whole ? 0 : 1));
    if (!is_whole) { // the record before gives the hash to go on from
        if ((status = db_row(&self->db, STATEMENT_LOG_AFTER, "read the log")) != STATUS_OK)
            return status == STATUS_MISSING ? STATUS_CORRUPT : status;
        if ((uint64_t)sqlite3_column_int64(row, 0) != window->first - 1) {
            db_done(&self->db, STATEMENT_LOG_AFTER);
            return damaged(window->first - 1, "is missing");
        }
        memcpy(window->hash, sqlite3_column_blob(row, 2), CHAIN_HASH_BYTES);
    }
    while ((status = db_row(&self->db, STATEMENT_LOG_AFTER, "read the log")) == STATUS_OK) {
        if ((status = check_line(window, row)) == STATUS_OK) continue;
        db_done(&self->db, STATEMENT_LOG_AFTER);
        return status;
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static bool is_annulled(const struct window *window, uint64_t seq)
{
    for (uint64_t i = seq - window->first; i < window->count; i++)
        if (window->records[i].kind == RECORD_KIND_ANNUL && window->records[i].annuls == seq &&
            !window->records[i].annuls_other_log)
            return true;
    return false;
}

// By a log that went on from a copy of this one.
static enum status is_annulled_elsewhere(struct store_sqlite *self, uint64_t seq, bool *out)
{
    db_bind(self->db.statements[STATEMENT_IS_ANNULLED], (int64_t)seq);
    db_bind_blob(self->db.statements[STATEMENT_IS_ANNULLED], 2, self->identity.log, LOG_ID_BYTES);
    return db_has_row(&self->db, STATEMENT_IS_ANNULLED, "read the check-ins", out);
}

static enum status check_check_in(struct store_sqlite *self, const struct window *window, uint64_t seq)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_FIND_CHECK_IN];
    const struct record *record = &window->records[seq - window->first];
    struct order at = order_of(0, self->identity.log, seq);
    bool is_annulled_too = is_annulled(window, seq), stands;
    enum status status;

    db_bind(row, record->event, record->list, (int64_t)record->ticket);
    db_bind_blob(row, 4, ORDER_IDENTITY(&at), ORDER_IDENTITY_BYTES);
    if ((status = db_has_row(&self->db, STATEMENT_FIND_CHECK_IN, "read the check-ins", &stands)) != STATUS_OK)
        return status;
    if (!stands && !is_annulled_too && (status = is_annulled_elsewhere(self, seq, &is_annulled_too)) != STATUS_OK)
        return status;
    return stands == is_annulled_too ? damaged(seq, "differs from its check-in") : STATUS_OK;
}

// Each check-in of the window must stand in its projection, and no annulled one.
static enum status check_projection(struct store_sqlite *self, const struct window *window)
{
    enum status status = STATUS_OK;

    for (uint64_t i = 0; i < window->count && status == STATUS_OK; i++) {
        const struct record *record = &window->records[i];
        if (record->has_ticket && (record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT))
            status = check_check_in(self, window, window->first + i);
    }
    return status;
}

enum status store_check_newest(struct store_sqlite *self)
{
    struct window *window = mem_zero(sizeof *window);
    enum status status = read_window(self, window);

    if (status == STATUS_OK) status = check_projection(self, window);
    free(window);
    return status;
}
