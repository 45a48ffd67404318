// outbox_sqlite.c -- outbox.h over a kiosk's SQLite file: each question is one read transaction, so that what it says
// of a log is true of that log, also while the desk begins a new one.
#define LOG_MODULE "outbox"

#include "record/outbox.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "record/db_sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum question { ASK_IDENTITY, ASK_HEAD, ASK_HASH, ASK_LINES, ASK_WALK_IN, ASK_CURSOR, QUESTION_COUNT };

static const char *const questions[QUESTION_COUNT] = {
    [ASK_IDENTITY] = "SELECT log, device_key FROM identity",
    [ASK_HEAD] = "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1",
    [ASK_HASH] = "SELECT hash FROM log WHERE seq = ?1",
    [ASK_LINES] = "SELECT line, hash FROM log WHERE seq >= ?1 ORDER BY seq LIMIT ?2",
    [ASK_WALK_IN] = ("SELECT turn, hash, salt, blob FROM walk_in WHERE turn > ?1 AND turn > 0 AND hash NOT NULL ORDER "
                     "BY turn LIMIT 1"),
    [ASK_CURSOR] = "SELECT value FROM setting WHERE key = 'feed'", // store_foreign_sqlite.c puts it there
};

struct outbox {
    struct db db;
    struct sqlite3_stmt *asks[QUESTION_COUNT];
};

// A row, or why there is none: MISSING, or a failure. Reset it after use.
static enum status ask(struct outbox *outbox, enum question name)
{
    int code = sqlite3_step(outbox->asks[name]);

    if (code == SQLITE_ROW) return STATUS_OK;
    return code == SQLITE_DONE ? STATUS_MISSING : db_failure(&outbox->db, "read what is to be sent");
}

static enum status begin(struct outbox *outbox)
{
    return db_execute(&outbox->db, "BEGIN", "read what is to be sent");
}

static enum status end(struct outbox *outbox, enum status status)
{
    for (int i = 0; i < QUESTION_COUNT; i++) sqlite3_reset(outbox->asks[i]);
    if (sqlite3_get_autocommit(outbox->db.handle)) return status;
    enum status ended = db_execute(&outbox->db, "COMMIT", "read what is to be sent");
    return status == STATUS_OK ? ended : status;
}

// MISSING: no log was begun yet.
static enum status read_identity(struct outbox *outbox, struct outbox_head *head)
{
    struct sqlite3_stmt *row = outbox->asks[ASK_IDENTITY];
    enum status status = ask(outbox, ASK_IDENTITY);

    if (status != STATUS_OK) return status;
    memcpy(head->log, sqlite3_column_blob(row, 0), LOG_ID_BYTES); // lengths: the table's CHECKs
    memcpy(head->device_public_key, sqlite3_column_blob(row, 1), DEVICE_KEY_BYTES);
    chain_begin(head->log, head->device_public_key, head->hash);
    return STATUS_OK;
}

static enum status read_head(struct outbox *outbox, struct outbox_head *head)
{
    struct sqlite3_stmt *row = outbox->asks[ASK_HEAD];
    enum status status = read_identity(outbox, head);

    if (status == STATUS_OK) status = ask(outbox, ASK_HEAD);
    else if (status == STATUS_MISSING) return status;
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    head->last_seq = (uint64_t)sqlite3_column_int64(row, 0);
    memcpy(head->hash, sqlite3_column_blob(row, 1), CHAIN_HASH_BYTES);
    return STATUS_OK;
}

enum status outbox_head(struct outbox *outbox, struct outbox_head *out)
{
    struct outbox_head head = {0};
    enum status status = begin(outbox);

    if (status == STATUS_OK) status = end(outbox, read_head(outbox, &head));
    if (status == STATUS_OK) *out = head;
    return status;
}

static enum status read_hash(struct outbox *outbox, uint64_t seq, struct outbox_head *head)
{
    struct sqlite3_stmt *row = outbox->asks[ASK_HASH];
    enum status status = read_identity(outbox, head);

    if (status != STATUS_OK || seq == 0) return status;
    if (seq > INT64_MAX) return STATUS_MISSING;
    db_bind(row, (int64_t)seq);
    if ((status = ask(outbox, ASK_HASH)) != STATUS_OK) return status;
    memcpy(head->hash, sqlite3_column_blob(row, 0), CHAIN_HASH_BYTES);
    return STATUS_OK;
}

enum status outbox_hash(struct outbox *outbox, uint64_t seq, uint8_t out[CHAIN_HASH_BYTES])
{
    struct outbox_head head;
    enum status status = begin(outbox);

    if (status == STATUS_OK) status = end(outbox, read_hash(outbox, seq, &head));
    if (status == STATUS_OK) memcpy(out, head.hash, CHAIN_HASH_BYTES);
    return status;
}

static bool add_line(struct outbox_batch *batch, struct sqlite3_stmt *row)
{
    size_t length = (size_t)sqlite3_column_bytes(row, 0);

    if (length + 1 > sizeof batch->lines - batch->length) return false;
    memcpy(batch->lines + batch->length, sqlite3_column_text(row, 0), length);
    batch->lines[batch->length + length] = '\n';
    batch->length += length + 1;
    memcpy(batch->head, sqlite3_column_blob(row, 1), CHAIN_HASH_BYTES);
    batch->count++;
    return true;
}

static enum status read_batch(struct outbox *outbox, uint64_t first, size_t most, struct outbox_batch *out)
{
    struct sqlite3_stmt *row = outbox->asks[ASK_LINES];
    struct outbox_head before;
    enum status status = read_hash(outbox, first - 1, &before);

    if (status != STATUS_OK) return status;
    out->first = first;
    out->count = out->length = 0;
    memcpy(out->log, before.log, LOG_ID_BYTES);
    memcpy(out->prev, before.hash, CHAIN_HASH_BYTES);
    db_bind(row, (int64_t)first, (int64_t)(most < OUTBOX_MOST_LINES ? most : OUTBOX_MOST_LINES));
    while ((status = ask(outbox, ASK_LINES)) == STATUS_OK && add_line(out, row)) {}
    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    return out->count > 0 ? STATUS_OK : STATUS_MISSING;
}

enum status outbox_read(struct outbox *outbox, uint64_t first, size_t most, struct outbox_batch *out)
{
    enum status status = first > 0 && first <= INT64_MAX ? begin(outbox) : STATUS_MISSING;

    return status == STATUS_OK ? end(outbox, read_batch(outbox, first, most, out)) : status;
}

// Erased is what has neither salt nor blob any more.
static enum status read_walk_in(struct outbox *outbox, uint64_t after, struct outbox_walk_in *out)
{
    struct sqlite3_stmt *row = outbox->asks[ASK_WALK_IN];
    enum status status;

    if (after >= INT64_MAX) return STATUS_MISSING;
    db_bind(row, (int64_t)after);
    if ((status = ask(outbox, ASK_WALK_IN)) != STATUS_OK) return status;
    *out = (struct outbox_walk_in){.seq = (uint64_t)sqlite3_column_int64(row, 0), .is_erased = true};
    memcpy(out->hash, sqlite3_column_blob(row, 1), WALK_IN_HASH_BYTES);
    const char *blob = (const char *)sqlite3_column_text(row, 3);
    if (!blob || sqlite3_column_bytes(row, 2) != WALK_IN_SALT_BYTES) return STATUS_OK;
    out->is_erased = false;
    memcpy(out->salt, sqlite3_column_blob(row, 2), WALK_IN_SALT_BYTES);
    text_copy(out->blob, sizeof out->blob, blob);
    return STATUS_OK;
}

enum status outbox_next_walk_in(struct outbox *outbox, uint64_t after, struct outbox_walk_in *out)
{
    enum status status = begin(outbox);

    return status == STATUS_OK ? end(outbox, read_walk_in(outbox, after, out)) : status;
}

enum status outbox_cursor(struct outbox *outbox, char out[STORE_CURSOR_SIZE])
{
    enum status status = ask(outbox, ASK_CURSOR);

    if (status == STATUS_OK)
        text_copy(out, STORE_CURSOR_SIZE, (const char *)sqlite3_column_text(outbox->asks[ASK_CURSOR], 0));
    else if (status == STATUS_MISSING) out[0] = '\0';
    return end(outbox, status == STATUS_MISSING ? STATUS_OK : status);
}

static enum status prepare(struct outbox *outbox)
{
    for (int i = 0; i < QUESTION_COUNT; i++)
        if (sqlite3_prepare_v3(outbox->db.handle, questions[i], -1, SQLITE_PREPARE_PERSISTENT, &outbox->asks[i],
                               NULL) != SQLITE_OK)
            return db_failure(&outbox->db, "prepare what is to be sent");
    return STATUS_OK;
}

enum status outbox_sqlite_open(const char *database_path, struct outbox **out)
{
    struct outbox *outbox = mem_zero(sizeof *outbox);
    enum status status = db_open_to_read(&outbox->db, database_path);

    if (status == STATUS_OK && outbox->db.is_outdated) {
        log_error("the database is of an older version: the kiosk brings it up to date when it starts file=%s",
                  database_path);
        status = STATUS_LATER;
    }
    if (status == STATUS_OK) status = prepare(outbox);
    if (status == STATUS_OK) *out = outbox;
    else outbox_close(outbox);
    return status;
}

void outbox_close(struct outbox *outbox)
{
    if (!outbox) return;
    for (int i = 0; i < QUESTION_COUNT; i++) sqlite3_finalize(outbox->asks[i]);
    db_close(&outbox->db);
    free(outbox);
}
