// store_sqlite.h -- what the files of the SQLite store share; everyone else sees record/store.h.
//   store_sqlite.c           open, append, recover
//   store_place_sqlite.c     its files lie where they were opened, and nobody else writes to them
//   store_check_sqlite.c     what was found on opening fits itself
//   store_project_sqlite.c   a record's effect on check_in and headcount
//   store_lookup_sqlite.c    what the desk asks before it decides
//   store_install_sqlite.c   events and rosters
//   store_index_sqlite.c     what search looks through
//   store_search_sqlite.c    whom staff look for by name
//   store_rows_sqlite.c      the other lists of people that staff see
#ifndef EINLASS_RECORD_STORE_SQLITE_H
#define EINLASS_RECORD_STORE_SQLITE_H

#include "record/db_sqlite.h"
#include "record/store.h"

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

// Takes the lock, afresh where it is held already. LATER: another kiosk has it; MISSING: no such folder.
enum status store_lock(struct store_sqlite *self) MUST_CHECK;
void store_mark_places(struct store_sqlite *self);           // of the open database's files
bool store_is_all_in_place(const struct store_sqlite *self); // else the log says which is not; 4 stat(2), 5 us
// Before recover() closes the connection. LATER: the database itself is gone. Its connection stays open then, and with
// it what was written: the file may come back.
enum status store_check_places(struct store_sqlite *self) MUST_CHECK;

// Chain and check-ins of the newest records. CORRUPT: they don't fit each other.
enum status store_check_newest(struct store_sqlite *self) MUST_CHECK;

enum status store_project(struct db *db, const struct record *record, uint64_t seq) MUST_CHECK;

// An event as the document it came in, without its roster: what load_event reads. `bytes_out` is yours (free()).
enum status store_write_head(const struct event *event, uint8_t **bytes_out, size_t *length_out) MUST_CHECK;

// What is stored of an event number. MISSING: nothing.
enum status store_read_edition(struct store_sqlite *self, uint32_t number, struct event_edition *out) MUST_CHECK;

enum status store_load_event(struct store *store, uint32_t number, struct event *out) MUST_CHECK;
enum status store_install_event(struct store *store, const uint8_t *bytes, size_t length,
                                const uint8_t signature[TICKET_SIGNATURE_BYTES], const uint8_t root_key[ROOT_KEY_BYTES],
                                const struct record *stamp, uint32_t *number_out,
                                struct event_flaw *flaw_out) MUST_CHECK;

enum status store_find_guest(struct store *store, uint32_t event, uint64_t ticket, struct guest *out) MUST_CHECK;
enum status store_find_foreign(struct store *store, uint32_t event, const char *text, size_t length,
                               uint64_t tickets_out[2], size_t *count_out) MUST_CHECK;
enum status store_find_history(struct store *store, uint32_t event, const struct list *list, const struct guest *guest,
                               struct history *out) MUST_CHECK;
enum status store_count(struct store *store, uint32_t event, const struct list *list, struct headcount *out) MUST_CHECK;

// Search. An event's people have places in the order of their folded names, from store_first_place() on.
#define STORE_PLACES INT64_C(0x7FFFFFFF)
static inline int64_t store_first_place(uint32_t event)
{
    return (int64_t)event << 31;
}

// Inside a transaction: makes an event's part of the index anew, from what is stored of its roster and walk-ins.
enum status store_index_event(struct db *db, uint32_t event) MUST_CHECK;
// Inside a transaction, after the walk-in was stored: adds one person where they belong.
enum status store_index_guest(struct db *db, uint32_t event, const struct guest *guest) MUST_CHECK;

enum status store_search(struct store *store, uint32_t event, const struct list *list, const char *text,
                         struct rows *out) MUST_CHECK;
enum status store_has_namesake(struct store *store, uint32_t event, const char *name, bool *out) MUST_CHECK;
void store_clear_rows(struct rows *rows, enum rows_kind kind);
// Fills the next row of `rows` with one ticket's guest and their past on the list.
enum status store_add_row(struct store *store, uint32_t event, const struct list *list, uint64_t ticket,
                          struct rows *rows) MUST_CHECK;

#endif
