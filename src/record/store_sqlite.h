// store_sqlite.h -- what the files of the SQLite store share; everyone else sees record/store.h.
//   store_sqlite.c           open, append, recover
//   store_identity_sqlite.c  whose log it is
//   store_place_sqlite.c     its files lie where they were opened, and nobody else writes to them
//   store_check_sqlite.c     what was found on opening fits itself
//   store_project_sqlite.c   a record's effect on the projections
//   store_weigh_sqlite.c     what a check-in changes in a headcount
//   store_rebuild_sqlite.c   all records' effect, afresh
//   store_count_sqlite.c     the headcount
//   store_history_sqlite.c   last check-ins: of a ticket, of a person
//   store_lookup_sqlite.c    who a ticket's guest is
//   store_walk_in_sqlite.c   who was registered here
//   store_setting_sqlite.c   what this kiosk is set to
// and those of store_peers_sqlite.h, store_events_sqlite.h, store_people_sqlite.h
#ifndef EINLASS_RECORD_STORE_SQLITE_H
#define EINLASS_RECORD_STORE_SQLITE_H

#include "record/db_sqlite.h"
#include "record/order.h"
#include "record/store.h"
#include "record/store_peers_sqlite.h"

#include <sys/types.h>

enum store_file { STORE_FILE_DATABASE, STORE_FILE_WAL, STORE_FILE_SHM, STORE_FILE_LOCK, STORE_FILE_COUNT };

struct store_place { // which file a path named when it was opened
    dev_t device;
    ino_t inode;
};

struct store_sqlite {
    struct store store; // first: a struct store * is a struct store_sqlite *
    char path[PATH_MAX];
    struct db db;
    struct clock *clock;
    int lock_fd; // one kiosk per database
    struct store_place places[STORE_FILE_COUNT];
    bool needs_recovery; // something could not be written: nothing is, until recover()
    bool is_grouped;     // between begin() and end()
    struct store_identity identity;
    uint64_t head_seq;    // the newest record written
    uint64_t durable_seq; // the newest one that is promised
    uint8_t head_hash[CHAIN_HASH_BYTES];
    int64_t newest_hlc; // of all logs
    struct store_peers peers;
};

struct happening { // a record in its place
    const struct record *record;
    const uint8_t *log; // LOG_ID_BYTES
    uint64_t seq;
    struct order at;
    bool is_here;   // this kiosk's, also from before a fork
    bool is_newest; // nothing that is known happened after it
};

static inline struct store_sqlite *store_sqlite_of(struct store *store)
{
    return (struct store_sqlite *)store;
}

// Inside a transaction: gives the record its seq, line and hash, and projects it. store_end() after it.
enum status store_write(struct store_sqlite *self, const struct record *record) MUST_CHECK;

// Ends the transaction: after OK the head moves on, after anything else it is back where it was and the store waits
// for recover() (not after INVALID: that was the caller's, nothing is wrong with the disk).
enum status store_end(struct store_sqlite *self, enum status status) MUST_CHECK;
// LATER while it waits for recover(), and from when one of its files is not where it was opened.
enum status store_begin(struct store_sqlite *self) MUST_CHECK;

// A new log begins. CORRUPT: there are records already.
enum status store_create_identity(struct store_sqlite *self,
                                  const uint8_t device_public_key[DEVICE_KEY_BYTES]) MUST_CHECK;
enum status store_load_identity(struct store_sqlite *self) MUST_CHECK; // MISSING: no log was begun yet
enum status store_load_head(struct store_sqlite *self) MUST_CHECK;     // the newest record's seq and hash
enum status store_count_start(struct store_sqlite *self) MUST_CHECK;   // inside a transaction: its boot record
enum status store_keep_cursor(struct db *db, const char *cursor) MUST_CHECK;

// Takes the lock, afresh where it is held already. LATER: another kiosk has it; MISSING: no such folder.
enum status store_lock(struct store_sqlite *self) MUST_CHECK;
void store_mark_places(struct store_sqlite *self);           // of the open database's files
bool store_is_all_in_place(const struct store_sqlite *self); // else the log says which is not; 4 stat(2), 5 us
// Before recover() closes the connection. LATER: the database itself is gone. Its connection stays open then, and with
// it what was written: the file may come back.
enum status store_check_places(struct store_sqlite *self) MUST_CHECK;

// Chain and check-ins of the newest records. CORRUPT: they don't fit each other.
enum status store_check_newest(struct store_sqlite *self) MUST_CHECK;

// INVALID: it makes no sense, and changed nothing.
enum status store_project(struct store_sqlite *self, const struct happening *happening) MUST_CHECK;
// All of it afresh, inside a transaction. What walk-ins said stays: it is not in the log.
enum status store_rebuild(struct store_sqlite *self) MUST_CHECK;
enum status store_read_record(struct db *db, uint64_t seq, struct record *out) MUST_CHECK; // MISSING: none
enum status store_read_any(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES], uint64_t seq,
                           struct record *out) MUST_CHECK; // of any log

enum status store_find_guest(struct store *store, uint32_t event, uint64_t ticket, struct guest *out) MUST_CHECK;
enum status store_find_foreign(struct store *store, uint32_t event, const char *text, size_t length,
                               uint64_t tickets_out[2], size_t *count_out) MUST_CHECK;
enum status store_find_history(struct store *store, uint32_t event, const struct list *list, const struct guest *guest,
                               struct history *out) MUST_CHECK;
enum status store_count(struct store *store, uint32_t event, const struct list *list, struct headcount *out) MUST_CHECK;
enum status store_find_record(struct store *store, uint64_t seq, struct record *out) MUST_CHECK;

enum status store_append_walk_in(struct store *store, const struct record *record, const struct walk_in *walk_in,
                                 const struct walk_in_rules *rules, uint64_t *seq_out) MUST_CHECK;
enum status store_remember(struct store *store, const char *key, const char *value) MUST_CHECK;
enum status store_recall(struct store *store, const char *key, char out[STORE_VALUE_SIZE]) MUST_CHECK;

#endif
