#define LOG_MODULE "store"

#include "record/store_events_sqlite.h"
#include "record/store_people_sqlite.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    REST_PAGES = 250, // 1 MB: moved when nobody waits
    // 4 MB: moved although somebody waits. A write-ahead log that stays short is written over; one that grows costs
    // every commit a second trip to the disk, for the file's new length.
    MOST_PAGES = 1000,
};

enum status store_load_head(struct store_sqlite *self)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_LOG_HEAD];
    enum status status = db_row(&self->db, STATEMENT_LOG_HEAD, "read the log's head");

    if (status == STATUS_OK) {
        self->head_seq = (uint64_t)sqlite3_column_int64(row, 0);
        memcpy(self->head_hash, sqlite3_column_blob(row, 1), CHAIN_HASH_BYTES);
        db_done(&self->db, STATEMENT_LOG_HEAD);
    } else if (status == STATUS_MISSING) {
        self->head_seq = 0;
        chain_begin(self->identity.log, self->identity.device_public_key, self->head_hash);
        status = STATUS_OK;
    }
    return status;
}

// ---- writing ----

enum status store_begin(struct store_sqlite *self)
{
    if (!self->db.handle || self->needs_recovery) return STATUS_LATER;
    enum status status = store_is_all_in_place(self) ? db_begin(&self->db) : STATUS_LATER;
    if (status != STATUS_OK) self->needs_recovery = true;
    return status;
}

enum status store_write(struct store_sqlite *self, const struct record *record)
{
    char line[RECORD_LINE_SIZE];
    uint8_t hash[CHAIN_HASH_BYTES];
    uint64_t seq = self->head_seq + 1;
    struct record complete = *record;
    struct happening happening = {.record = &complete, .log = self->identity.log, .seq = seq, .is_here = true};
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_ADD_LOG];
    enum status status;

    store_stamp(self, &complete);
    status = record_write_line(&complete, seq, line);
    if (status == STATUS_INVALID && complete.seen_count > 0) { // a long reason: the next record says it
        complete.seen_count = 0;
        status = record_write_line(&complete, seq, line);
    }
    if (status != STATUS_OK) return status;
    memcpy(hash, self->head_hash, sizeof hash);
    chain_add(hash, seq, line, strlen(line));
    db_bind(row, (int64_t)seq);
    db_bind_text(row, 2, line);
    db_bind_blob(row, 3, hash, sizeof hash);
    if ((status = db_run(&self->db, STATEMENT_ADD_LOG, "add a record")) != STATUS_OK) return status;
    happening.at = order_of(complete.hlc, self->identity.log, seq);
    happening.is_newest = complete.hlc > self->newest_hlc;
    if ((status = store_project(self, &happening)) != STATUS_OK) return status;
    store_told(self, &complete);
    self->head_seq = seq;
    memcpy(self->head_hash, hash, sizeof hash);
    return STATUS_OK;
}

enum status store_end(struct store_sqlite *self, enum status status)
{
    enum status ended = db_end(&self->db, status);

    if (ended == STATUS_OK) {
        self->durable_seq = self->head_seq;
        db_checkpoint(&self->db, MOST_PAGES);
        return STATUS_OK;
    }
    self->needs_recovery = ended != STATUS_INVALID;
    if (store_load_head(self) != STATUS_OK || store_load_peers(self) != STATUS_OK) self->needs_recovery = true;
    return ended;
}

static enum status store_append(struct store *store, const struct record *record, uint64_t *seq_out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    enum status status;

    if (!self->is_grouped && (status = store_begin(self)) != STATUS_OK) return status;
    status = store_write(self, record);
    if (!self->is_grouped) status = store_end(self, status);
    if (status == STATUS_OK) *seq_out = self->head_seq;
    return status;
}

static enum status store_begin_group(struct store *store)
{
    struct store_sqlite *self = store_sqlite_of(store);
    enum status status = store_begin(self);

    self->is_grouped = status == STATUS_OK;
    return status;
}

static enum status store_end_group(struct store *store, enum status status)
{
    struct store_sqlite *self = store_sqlite_of(store);

    assert(self->is_grouped);
    self->is_grouped = false;
    return store_end(self, status);
}

// ---- opening, and opening again ----

// Everything that can be made again is, by this version's rules.
static enum status finish_migration(struct store_sqlite *self)
{
    enum status status = store_load_identity(self);

    if (status == STATUS_OK) status = store_renew_events(self);

    if (status == STATUS_OK) status = store_rebuild(self);
    status = db_end(&self->db, status);
    self->db.is_migrating = false;
    if (status == STATUS_OK) log_info("the database is up to date file=%s", self->path);
    else log_error("the database could not be brought up to date, it stays as it was file=%s", self->path);
    return status;
}

static enum status open_and_check(struct store_sqlite *self)
{
    enum status status;

    if ((status = db_open(&self->db, self->path)) != STATUS_OK) return status;
    if (self->db.is_migrating && (status = finish_migration(self)) != STATUS_OK) return status;
    if ((status = store_load_identity(self)) != STATUS_OK) return status;
    if ((status = store_load_head(self)) != STATUS_OK) return status;
    if ((status = store_load_peers(self)) != STATUS_OK) return status;
    return store_check_newest(self);
}

static enum status begin_log(struct store_sqlite *self, const uint8_t device_public_key[DEVICE_KEY_BYTES])
{
    enum status status;

    if ((status = store_create_identity(self, device_public_key)) != STATUS_OK) return status;
    if ((status = store_load_identity(self)) != STATUS_OK) return status;
    return store_load_head(self);
}

static enum status check_device(const struct store_sqlite *self, const uint8_t device_public_key[DEVICE_KEY_BYTES])
{
    if (memcmp(self->identity.device_public_key, device_public_key, DEVICE_KEY_BYTES) == 0) return STATUS_OK;
    log_error("the database belongs to another device key: copy the device.key it was begun with back beside it "
              "file=%s",
              self->path);
    return STATUS_INVALID;
}

static enum status write_boot(struct store_sqlite *self)
{
    enum status status = store_begin(self);

    return status == STATUS_OK ? store_end(self, store_count_start(self)) : status;
}

static const struct store_identity *store_identity(struct store *store)
{
    return &store_sqlite_of(store)->identity;
}

static enum status check_nothing_is_lost(const struct store_sqlite *self)
{
    if (self->head_seq >= self->durable_seq) return STATUS_OK;
    log_error("the database has lost its newest records records=%llu promised=%llu file=%s",
              (unsigned long long)self->head_seq, (unsigned long long)self->durable_seq, self->path);
    return STATUS_CORRUPT;
}

static enum status store_recover(struct store *store)
{
    struct store_sqlite *self = store_sqlite_of(store);
    enum status status = store_check_places(self);

    if (status != STATUS_OK) return status;
    db_close(&self->db);
    status = open_and_check(self);
    if (status == STATUS_MISSING) status = STATUS_CORRUPT; // it had an identity before
    if (status == STATUS_OK) status = check_nothing_is_lost(self);
    self->needs_recovery = status != STATUS_OK;
    if (status == STATUS_OK) {
        store_mark_places(self);
        self->durable_seq = self->head_seq;
        log_info("the database is in use again records=%llu", (unsigned long long)self->head_seq);
    } else {
        db_close(&self->db);
    }
    return status;
}

static void store_rest(struct store *store)
{
    db_checkpoint(&store_sqlite_of(store)->db, REST_PAGES);
}

static void store_sqlite_close(struct store *store)
{
    struct store_sqlite *self = store_sqlite_of(store);

    db_close(&self->db);
    free(self->peers.all);
    if (self->lock_fd >= 0) close(self->lock_fd); // the file stays: removing it would let two lock two files
    free(self);
}

enum status store_sqlite_open(const char *path, const uint8_t device_public_key[DEVICE_KEY_BYTES], struct clock *clock,
                              struct store **out)
{
    static const struct store_ops ops = {
        .identity = store_identity,
        .load_event = store_load_event,
        .install_event = store_install_event,
        .find_guest = store_find_guest,
        .find_foreign = store_find_foreign,
        .find_history = store_find_history,
        .count = store_count,
        .search = store_search,
        .missing = store_missing,
        .recent = store_recent,
        .census = store_census,
        .has_namesake = store_has_namesake,
        .find_record = store_find_record,
        .append_walk_in = store_append_walk_in,
        .remember = store_remember,
        .recall = store_recall,
        .append_foreign = store_append_foreign,
        .feed_cursor = store_feed_cursor,
        .begin_new_log = store_begin_new_log,
        .append = store_append,
        .begin = store_begin_group,
        .end = store_end_group,
        .rest = store_rest,
        .recover = store_recover,
        .close = store_sqlite_close,
    };
    struct store_sqlite *self = mem_zero(sizeof *self);
    enum status status;
    int is_usable = sodium_init();

    assert(is_usable >= 0); // no randomness: no log could be begun

    self->store.ops = &ops;
    self->clock = clock;
    self->lock_fd = -1;
    if (strlen(path) >= sizeof self->path) {
        log_error("the path of the database is too long");
        status = STATUS_INVALID;
        goto fail;
    }
    text_copy(self->path, sizeof self->path, path);
    if ((status = store_lock(self)) != STATUS_OK) goto fail;
    status = open_and_check(self);
    if (status == STATUS_MISSING) status = begin_log(self, device_public_key); // the file is new
    if (status != STATUS_OK) goto fail;
    if ((status = check_device(self, device_public_key)) != STATUS_OK) goto fail;
    store_mark_places(self);
    if ((status = write_boot(self)) != STATUS_OK) goto fail;
    *out = &self->store;
    return STATUS_OK;
fail:
    store_sqlite_close(&self->store);
    return status;
}
