// store_peers_sqlite.h -- other kiosks' logs in this one's store. Part of the SQLite store (store_sqlite.h).
//   store_peer_sqlite.c      which are known, and what this log said about that
//   store_foreign_sqlite.c   what they wrote
//   store_fork_sqlite.c      a new log after a fork: what this one was becomes one of them
#ifndef EINLASS_RECORD_STORE_PEERS_SQLITE_H
#define EINLASS_RECORD_STORE_PEERS_SQLITE_H

#include "record/store.h"

struct store_sqlite;

struct store_peer { // another log
    int64_t number;
    uint8_t log[LOG_ID_BYTES];
    uint64_t newest;      // the highest seq that is here
    uint64_t told;        // the highest one that this log's records of this start name (record.seen)
    uint64_t here_before; // below it this database wrote it itself, before a fork
    int64_t hlc;          // the highest one
};

struct store_peers {
    size_t count, size;
    struct store_peer *all;
};

// After identity and head were read: peers, and the highest hlc. Nothing was told yet.
enum status store_load_peers(struct store_sqlite *self) MUST_CHECK;
struct store_peer *store_peer_of(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES]); // NULL: unknown
enum status store_add_peer(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES],
                           struct store_peer **out) MUST_CHECK; // borrowed until the next one is added
bool store_is_here(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES], uint64_t seq);
// Gives a new record of this log its hlc and what it says about others; then, when it is written, that it was said.
void store_stamp(struct store_sqlite *self, struct record *record);
void store_told(struct store_sqlite *self, const struct record *record);

enum status store_append_foreign(struct store *store, const struct foreign_line lines[], size_t count,
                                 const char *cursor, size_t *new_count_out) MUST_CHECK;
enum status store_feed_cursor(struct store *store, char out[STORE_CURSOR_SIZE]) MUST_CHECK;
enum status store_begin_new_log(struct store *store, uint64_t at) MUST_CHECK;

#endif
