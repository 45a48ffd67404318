// outbox.h -- a kiosk's log as it leaves the house: read over a connection of its own while the desk goes on writing
// (port; SQLite in WAL mode: readers and the writer don't wait for each other). Reads only, in short transactions.
// So the log itself is the queue of what must be sent: nothing has to be put into a second one, or can be lost from it.
// Ownership: open() hands it to you. Threads: one at a time.
// Failure: MISSING no such database, record or blob; LATER not now (busy, unreadable); CORRUPT damaged.
#ifndef EINLASS_RECORD_OUTBOX_H
#define EINLASS_RECORD_OUTBOX_H

#include "record/chain.h"
#include "record/store.h"

#include <stdbool.h>
#include <stddef.h>

enum { OUTBOX_MOST_LINES = 500, OUTBOX_MOST_BYTES = 256 * 1024 };

struct outbox_head {
    uint8_t log[LOG_ID_BYTES];
    uint8_t device_public_key[DEVICE_KEY_BYTES];
    uint64_t last_seq;              // 0: nothing is written yet
    uint8_t hash[CHAIN_HASH_BYTES]; // after it
};

struct outbox_batch {          // lines with their newlines, in order, byte for byte as stored
    uint8_t log[LOG_ID_BYTES]; // whose: after a fork another one than before
    uint64_t first;
    size_t count, length;
    uint8_t prev[CHAIN_HASH_BYTES], head[CHAIN_HASH_BYTES]; // before the first, after the last
    char lines[OUTBOX_MOST_BYTES];
};

struct outbox;
enum status outbox_sqlite_open(const char *database_path, struct outbox **out) MUST_CHECK;
// As of now. After the store began a new log (store.h), this is the new one.
enum status outbox_head(struct outbox *outbox, struct outbox_head *out) MUST_CHECK;
// From `first` on, at most `most` lines and OUTBOX_MOST_BYTES. MISSING: there is none (yet).
enum status outbox_read(struct outbox *outbox, uint64_t first, size_t most, struct outbox_batch *out) MUST_CHECK;
// The chain's hash after `seq` (0: hash_0), for finding where a copy of the log differs.
enum status outbox_hash(struct outbox *outbox, uint64_t seq, uint8_t out[CHAIN_HASH_BYTES]) MUST_CHECK;
// The next one who was registered here, with blob and salt. is_erased: what they said is gone, only the hash is left.
// `seq` and `after` count registrations, from 1; they go on when a new log begins. 0: from the first one.
struct outbox_walk_in {
    uint64_t seq;
    uint8_t salt[WALK_IN_SALT_BYTES], hash[WALK_IN_HASH_BYTES];
    bool is_erased;
    char blob[WALK_IN_BLOB_SIZE];
};
enum status outbox_next_walk_in(struct outbox *outbox, uint64_t after, struct outbox_walk_in *out) MUST_CHECK;
// How far the feed of the office was read (store.h, append_foreign): "" at first.
enum status outbox_cursor(struct outbox *outbox, char out[STORE_CURSOR_SIZE]) MUST_CHECK;
void outbox_close(struct outbox *outbox); // NULL is fine

#endif
