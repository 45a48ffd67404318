// store_peer_sqlite.c -- which other logs are known here, how far, and what this log's records said about that.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"
#include "base/mem.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PEERS = 64 }; // more than an event has kiosks

struct store_peer *store_peer_of(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES])
{
    for (size_t i = 0; i < self->peers.count; i++)
        if (memcmp(self->peers.all[i].log, log, LOG_ID_BYTES) == 0) return &self->peers.all[i];
    return NULL;
}

static struct store_peer *add(struct store_peers *peers, const struct store_peer *peer)
{
    if (peers->count == peers->size) {
        size_t size = peers->size ? 2 * peers->size : FIRST_PEERS;
        struct store_peer *all = mem_zero(size * sizeof *all);
        if (peers->count > 0) memcpy(all, peers->all, peers->count * sizeof *all);
        free(peers->all);
        peers->all = all;
        peers->size = size;
    }
    peers->all[peers->count] = *peer;
    return &peers->all[peers->count++];
}

static struct store_peer read_peer(struct sqlite3_stmt *row)
{
    struct store_peer peer = {
        .number = sqlite3_column_int64(row, 0),
        .newest = (uint64_t)sqlite3_column_int64(row, 2),
        .hlc = sqlite3_column_int64(row, 3),
        .here_before = (uint64_t)sqlite3_column_int64(row, 4),
    };

    memcpy(peer.log, sqlite3_column_blob(row, 1), LOG_ID_BYTES); // its length: the table's CHECK
    return peer;
}

// A log whose newest record is of a version without hlc has none that says it: all of them are gone through.
static enum status find_own_hlc(struct store_sqlite *self, int64_t *out)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_LOG_AFTER];
    struct record record;
    uint64_t seq;
    enum status status;

    if (self->head_seq == 0) return STATUS_OK;
    if ((status = store_read_record(&self->db, self->head_seq, &record)) != STATUS_OK) return status;
    *out = record.hlc;
    if (record.hlc != 0) return STATUS_OK;
    db_bind(row, 0);
    while ((status = db_row(&self->db, STATEMENT_LOG_AFTER, "read the log")) == STATUS_OK)
        if (record_parse_line((const char *)sqlite3_column_text(row, 1), (size_t)sqlite3_column_bytes(row, 1), &record,
                              &seq) == STATUS_OK)
            *out = order_hlc(&record, *out);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_load_peers(struct store_sqlite *self)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_PEERS];
    int64_t newest_hlc = 0;
    enum status status = find_own_hlc(self, &newest_hlc);

    if (status != STATUS_OK) return status;
    self->peers.count = 0;
    while ((status = db_row(&self->db, STATEMENT_PEERS, "read which logs are known")) == STATUS_OK) {
        const struct store_peer peer = read_peer(row);
        add(&self->peers, &peer);
        if (peer.hlc > newest_hlc) newest_hlc = peer.hlc;
    }
    self->newest_hlc = newest_hlc;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_add_peer(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES], struct store_peer **out)
{
    struct store_peer peer = {0};
    enum status status;

    db_bind_blob(self->db.statements[STATEMENT_ADD_PEER], 1, log, LOG_ID_BYTES);
    if ((status = db_run(&self->db, STATEMENT_ADD_PEER, "note another log")) != STATUS_OK) return status;
    peer.number = sqlite3_last_insert_rowid(self->db.handle);
    memcpy(peer.log, log, LOG_ID_BYTES);
    *out = add(&self->peers, &peer);
    return STATUS_OK;
}

bool store_is_here(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES], uint64_t seq)
{
    if (memcmp(log, self->identity.log, LOG_ID_BYTES) == 0) return true;
    const struct store_peer *peer = store_peer_of(self, log);
    return peer && seq < peer->here_before;
}

void store_stamp(struct store_sqlite *self, struct record *record)
{
    record->boot = self->identity.boot;
    record->hlc = order_next_hlc(record->unix_ms, self->newest_hlc);
    record->seen_count = 0;
    for (size_t i = 0; i < self->peers.count && record->seen_count < RECORD_MOST_SEEN; i++) {
        const struct store_peer *peer = &self->peers.all[i];
        if (peer->newest > peer->told)
            record->seen[record->seen_count++] = (struct seen){record_seen_log(peer->log), peer->newest};
    }
}

void store_told(struct store_sqlite *self, const struct record *record)
{
    size_t told = 0;

    self->newest_hlc = record->hlc;
    for (size_t i = 0; i < self->peers.count && told < record->seen_count; i++) {
        struct store_peer *peer = &self->peers.all[i];
        if (peer->newest <= peer->told) continue;
        peer->told = peer->newest;
        told++;
    }
}
