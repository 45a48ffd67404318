// store_fork_sqlite.c -- a new log after a fork. What the office has of the old one stays where it is, as another
// log's; what it has otherwise is written into the new one: the same records at the same place in the order of what
// happened, with other numbers. All of it is one transaction.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"
#include "base/mem.h"

#include <assert.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fork {
    struct store_sqlite *self;
    struct store_identity old;
    uint64_t at, old_head;
    int64_t peer;     // the old log's number
    int64_t hlc;      // of the record before
    uint64_t written; // seq
    uint8_t hash[CHAIN_HASH_BYTES];
    struct record record; // the one under way
    char line[RECORD_LINE_SIZE];
    // What the old log's records said they knew of others, and the new one's not yet.
    size_t seen_count, seen_size;
    struct seen *seen;
    char triggers[2][256]; // that keep the log as it is, for as long as it takes
};

// ---- the triggers ----

static enum status read_triggers(struct fork *fork)
{
    static const char sql[] = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'log' LIMIT 2";
    struct db *db = &fork->self->db;
    struct sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &row, NULL);

    for (int i = 0; code == SQLITE_OK && i < 2 && sqlite3_step(row) == SQLITE_ROW; i++)
        snprintf(fork->triggers[i], sizeof fork->triggers[i], "%s", (const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    if (fork->triggers[1][0]) return STATUS_OK;
    return code == SQLITE_OK ? STATUS_CORRUPT : db_failure(db, "look how the log is kept");
}

static enum status drop_triggers(struct fork *fork)
{
    enum status status = read_triggers(fork);

    if (status != STATUS_OK) return status;
    return db_execute(&fork->self->db, "DROP TRIGGER log_keeps_its_lines; DROP TRIGGER log_keeps_its_rows",
                      "begin a new log");
}

static enum status make_triggers(struct fork *fork)
{
    enum status status = STATUS_OK;

    for (int i = 0; i < 2 && status == STATUS_OK; i++)
        status = db_execute(&fork->self->db, fork->triggers[i], "begin a new log");
    return status;
}

// ---- what was known of others ----

static void add_seen(struct fork *fork, const struct seen *seen)
{
    for (size_t i = 0; i < fork->seen_count; i++) {
        if (fork->seen[i].log != seen->log) continue;
        if (fork->seen[i].seq < seen->seq) fork->seen[i].seq = seen->seq;
        return;
    }
    assert(fork->seen_count < fork->seen_size);
    fork->seen[fork->seen_count++] = *seen;
}

static void make_room(struct fork *fork, size_t count)
{
    size_t size = 2 * (fork->seen_count + count);
    struct seen *larger;

    if (fork->seen_count + count <= fork->seen_size) return;
    larger = mem_zero_array(size, sizeof *larger);
    if (fork->seen_count > 0) memcpy(larger, fork->seen, fork->seen_count * sizeof *larger);
    free(fork->seen);
    fork->seen = larger;
    fork->seen_size = size;
}

static void gather_seen(struct fork *fork, const struct record *record)
{
    make_room(fork, record->seen_count + 1); // and the old log itself
    for (size_t i = 0; i < record->seen_count; i++) add_seen(fork, &record->seen[i]);
}

static void say_seen(struct fork *fork, struct record *record)
{
    size_t count = fork->seen_count < RECORD_MOST_SEEN ? fork->seen_count : RECORD_MOST_SEEN;

    if (count > 0) memcpy(record->seen, fork->seen + fork->seen_count - count, count * sizeof *fork->seen);
    record->seen_count = count;
}

// ---- record by record ----

static enum status take_line(struct fork *fork, uint64_t seq)
{
    struct db *db = &fork->self->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_LOG_LINE];
    enum status status;
    uint64_t got = 0;

    db_bind(row, (int64_t)seq);
    if ((status = db_row(db, STATEMENT_LOG_LINE, "read a record")) != STATUS_OK)
        return status == STATUS_MISSING ? STATUS_CORRUPT : status;
    snprintf(fork->line, sizeof fork->line, "%s", (const char *)sqlite3_column_text(row, 0));
    db_done(db, STATEMENT_LOG_LINE);
    if (record_parse_line(fork->line, strlen(fork->line), &fork->record, &got) != STATUS_OK || got != seq) {
        log_error("a line of the log can't be read seq=%llu", (unsigned long long)seq);
        return STATUS_CORRUPT;
    }
    fork->hlc = order_hlc(&fork->record, fork->hlc);
    gather_seen(fork, &fork->record);
    return STATUS_OK;
}

static enum status drop_line(struct fork *fork, uint64_t seq)
{
    char sql[64];

    snprintf(sql, sizeof sql, "DELETE FROM log WHERE seq = %llu", (unsigned long long)seq);
    return db_execute(&fork->self->db, sql, "begin a new log");
}

// What the office has too: known as another log's from now on.
static enum status keep_line(struct fork *fork, uint64_t seq)
{
    struct db *db = &fork->self->db;
    struct sqlite3_stmt *keep = db->statements[STATEMENT_ADD_FOREIGN_LINE];
    struct sqlite3_stmt *touch = db->statements[STATEMENT_TOUCH_PEER];
    enum status status = take_line(fork, seq);

    if (status != STATUS_OK) return status;
    db_bind(keep, fork->peer, (int64_t)seq, fork->hlc);
    db_bind_text(keep, 4, fork->line);
    if ((status = db_run(db, STATEMENT_ADD_FOREIGN_LINE, "keep an old record")) != STATUS_OK) return status;
    db_bind(touch, fork->peer, (int64_t)seq, fork->hlc, fork->record.unix_ms);
    db_bind_text(touch, 5, fork->record.gate);
    if ((status = db_run(db, STATEMENT_TOUCH_PEER, "keep an old record")) != STATUS_OK) return status;
    return drop_line(fork, seq);
}

// What is taken back has another number, or is another log's record now.
static void renumber(const struct fork *fork, struct record *record)
{
    if (record->kind != RECORD_KIND_ANNUL || record->annuls_other_log) return;
    if (record->annuls >= fork->at) {
        record->annuls -= fork->at - 1;
        return;
    }
    record->annuls_other_log = true;
    memcpy(record->annulled_log, fork->old.log, LOG_ID_BYTES);
}

static enum status write_line(struct fork *fork)
{
    struct record *record = &fork->record;
    uint64_t seq = fork->written + 1;
    enum status status;

    renumber(fork, record);
    record->hlc = fork->hlc;
    say_seen(fork, record);
    status = record_write_line(record, seq, fork->line);
    if (status == STATUS_INVALID && record->seen_count > 0) { // a long reason: the next one says it
        record->seen_count = 0;
        status = record_write_line(record, seq, fork->line);
    }
    if (status == STATUS_OK) fork->seen_count -= record->seen_count;
    return status == STATUS_INVALID ? STATUS_CORRUPT : status; // it was a line
}

// What the office has otherwise: it is written into the new log, in its old place or one before.
static enum status rewrite_line(struct fork *fork, uint64_t old_seq)
{
    struct db *db = &fork->self->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_LOG];
    enum status status = take_line(fork, old_seq);

    if (status != STATUS_OK) return status;
    if ((status = write_line(fork)) != STATUS_OK) return status;
    if ((status = drop_line(fork, old_seq)) != STATUS_OK) return status;
    chain_add(fork->hash, ++fork->written, fork->line, strlen(fork->line));
    db_bind(row, (int64_t)fork->written);
    db_bind_text(row, 2, fork->line);
    db_bind_blob(row, 3, fork->hash, CHAIN_HASH_BYTES);
    return db_run(db, STATEMENT_ADD_LOG, "write a record anew");
}

// ---- all of it ----

static enum status rename_log(struct fork *fork)
{
    struct store_sqlite *self = fork->self;
    struct store_peer *former = NULL;
    struct sqlite3_stmt *row = NULL;
    enum status status = store_add_peer(self, self->identity.log, &former);
    char sql[96];

    if (status != STATUS_OK) return status;
    fork->peer = former->number;
    snprintf(sql, sizeof sql, "UPDATE peer SET here_before = %llu WHERE number = %lld", (unsigned long long)fork->at,
             (long long)fork->peer);
    if ((status = db_execute(&self->db, sql, "begin a new log")) != STATUS_OK) return status;
    randombytes_buf(self->identity.log, LOG_ID_BYTES);
    if (sqlite3_prepare_v2(self->db.handle, "UPDATE identity SET log = ?1", -1, &row, NULL) != SQLITE_OK)
        return db_failure(&self->db, "begin a new log");
    db_bind_blob(row, 1, self->identity.log, LOG_ID_BYTES);
    if (sqlite3_step(row) != SQLITE_DONE) status = db_failure(&self->db, "begin a new log");
    sqlite3_finalize(row);
    chain_begin(self->identity.log, self->identity.device_public_key, fork->hash);
    return status;
}

static enum status move_records(struct fork *fork)
{
    enum status status = drop_triggers(fork);
    uint64_t seq = 1;

    if (status == STATUS_OK) status = rename_log(fork);
    for (; seq < fork->at && status == STATUS_OK; seq++) status = keep_line(fork, seq);
    if (status == STATUS_OK && fork->at > 1)
        add_seen(fork, &(struct seen){record_seen_log(fork->old.log), fork->at - 1});
    for (; seq <= fork->old_head && status == STATUS_OK; seq++) status = rewrite_line(fork, seq);
    return status == STATUS_OK ? make_triggers(fork) : status;
}

// The new log's numbers are everywhere, and the old log's others come by the feed now.
static enum status settle(struct fork *fork)
{
    struct store_sqlite *self = fork->self;
    enum status status = store_keep_cursor(&self->db, "");

    if (status == STATUS_OK) status = store_load_head(self);
    if (status == STATUS_OK) status = store_load_peers(self);
    if (status == STATUS_OK) status = store_rebuild(self);
    return status == STATUS_OK ? store_count_start(self) : status;
}

static enum status keep_copy(struct store_sqlite *self)
{
    size_t forks = 1;
    char what[40];

    for (size_t i = 0; i < self->peers.count; i++) forks += self->peers.all[i].here_before > 0;
    snprintf(what, sizeof what, "fork-%zu", forks);
    return db_keep_copy(&self->db, what);
}

static enum status change_log(struct fork *fork)
{
    struct store_sqlite *self = fork->self;
    enum status status = store_begin(self);

    if (status != STATUS_OK) return status;
    status = move_records(fork);
    if (status == STATUS_OK) status = settle(fork);
    status = store_end(self, status);
    if (status != STATUS_OK) self->identity = fork->old;
    return status;
}

enum status store_begin_new_log(struct store *store, uint64_t at)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct fork fork = {.self = self, .old = self->identity, .at = at, .old_head = self->head_seq};
    enum status status;

    assert(!self->is_grouped);
    if (at == 0 || at > self->head_seq + 1) return STATUS_INVALID;
    if (!self->db.handle || self->needs_recovery || !store_is_all_in_place(self)) return STATUS_LATER;
    if ((status = keep_copy(self)) != STATUS_OK) return status;
    status = change_log(&fork);
    free(fork.seen);
    if (status == STATUS_OK)
        log_warn("another copy of this database was used: a new log begins from=%llu records=%llu",
                 (unsigned long long)at, (unsigned long long)self->head_seq);
    return status;
}
