// store.h -- the kiosk's memory on disk (port): the record log, its projections, the event and its roster.
// Promise: append(), or the end() of its group, returns OK only after COMMIT returned and the record is durable (SQLite
// WAL, synchronous=FULL).
// Nothing is ever updated or deleted in the log. What is counted is made from it and can be made again; the roster is
// made from what the office sent; what walk-ins said stands beside the log and can be erased.
// Threads: all calls from the desk thread (before it starts: the assembling one).
// Failure: LATER it is not stored (disk full, read-only, I/O): call recover(), say "not saved", nobody goes in (a
// record whose sync failed may be found on the disk afterwards; the next scan then says "already here"); CORRUPT the
// database is damaged: stop and tell a person. A database whose files were removed or replaced while it is open stores
// nothing: LATER, until that very database is back. MISSING: no such entry.
// Speed: every look-up and append is O(log n) in the roster and the log.
#ifndef EINLASS_RECORD_STORE_H
#define EINLASS_RECORD_STORE_H

#include "record/chain.h"
#include "record/event_file.h"
#include "record/headcount.h"
#include "record/record.h"
#include "record/rows.h"
#include "record/walk_in.h"

enum { STORE_VALUE_SIZE = 64, STORE_CURSOR_SIZE = 64 };

struct foreign_line { // of another kiosk's log; borrowed
    uint8_t log[LOG_ID_BYTES];
    uint64_t seq;
    const char *line; // without its newline
    size_t length;
};

struct store_identity {
    uint8_t log[LOG_ID_BYTES];
    uint8_t device_public_key[DEVICE_KEY_BYTES];
    uint32_t boot; // this start's number, counted up by open
};

struct store {
    const struct store_ops *ops;
};
struct store_ops {
    const struct store_identity *(*identity)(struct store *self);

    // The event with the highest version of that number. MISSING: never installed. number 0: the one installed last.
    enum status (*load_event)(struct store *self, uint32_t number, struct event *out);
    // Decodes and installs a signed event file, all of it or nothing, with an event_version record.
    // INVALID: refused (flaw says why): bad signature, damaged, a lower version than the stored one, or an event of
    // another office under the number of a stored one (is_other_office: serve neither). Equal version and bytes: OK,
    // nothing changes; equal version with other bytes: INVALID. number_out: the file's event, written on a failure
    // too when signature and document were good (an older version, a full disk), else untouched.
    enum status (*install_event)(struct store *self, const uint8_t *bytes, size_t length,
                                 const uint8_t signature[TICKET_SIGNATURE_BYTES],
                                 const uint8_t root_key[ROOT_KEY_BYTES], const struct record *stamp,
                                 uint32_t *number_out, struct event_flaw *flaw_out);

    // Walk-ins of this kiosk too: is_listed and is_walk_in, unless the roster has taken them over.
    enum status (*find_guest)(struct store *self, uint32_t event, uint64_t ticket, struct guest *out);
    // Tickets a foreign code stands for; count_out 0, 1 or 2 (= several).
    enum status (*find_foreign)(struct store *self, uint32_t event, const char *text, size_t length,
                                uint64_t tickets_out[2], size_t *count_out);
    // By guest->ticket and guest->person.
    enum status (*find_history)(struct store *self, uint32_t event, const struct list *list, const struct guest *guest,
                                struct history *out);
    enum status (*count)(struct store *self, uint32_t event, const struct list *list, struct headcount *out);

    // What staff pages ask. find_guest and these know walk-ins too. A failure leaves rows without meaning.
    // text: from two letters on, words in any order, each the beginning of a word of name or company, or of the ticket
    // number as it is printed; folded (ä = ae = a, ß = ss, é = e, case, hyphens). At 100,000 entries within a frame.
    enum status (*search)(struct store *self, uint32_t event, const struct list *list, const char *text,
                          struct rows *out);
    enum status (*missing)(struct store *self, uint32_t event, const struct list *list, uint32_t from,
                           struct rows *out);
    enum status (*recent)(struct store *self, uint32_t event, const struct list *list, size_t most, struct rows *out);
    enum status (*census)(struct store *self, const struct event *event, const struct list *list, struct census *out);
    // Whether somebody of that name (folded) is on the roster or was registered at this kiosk.
    enum status (*has_namesake)(struct store *self, uint32_t event, const char *name, bool *out);
    // The record of that seq, for taking it back. MISSING: there is none.
    enum status (*find_record)(struct store *self, uint64_t seq, struct record *out);

    // A walk_in record with its blob, like append(); between begin() and end() only. `record->blob_hash` is set here.
    enum status (*append_walk_in)(struct store *self, const struct record *record, const struct walk_in *walk_in,
                                  const struct walk_in_rules *rules, uint64_t *seq_out);

    // What this kiosk is set to (list, direction, volume …), durable, not in the log. recall: MISSING: never set.
    enum status (*remember)(struct store *self, const char *key, const char *value);
    enum status (*recall)(struct store *self, const char *key, char out[STORE_VALUE_SIZE]);

    // What other kiosks wrote, as the office's feed brings it: kept byte for byte, counted like our own, decides like
    // our own (history.gate is theirs). All of it, with the feed's `cursor` (opaque text), or nothing. Known ones are
    // skipped, so any of it may come twice, and own records that come back from the office are no news. A line that
    // is none is kept, counted as nothing, and logged. new_count_out: that were not known. Within a log they come in
    // order, but not without gaps (the feed leaves out what is not of this event).
    enum status (*append_foreign)(struct store *self, const struct foreign_line lines[], size_t count,
                                  const char *cursor, size_t *new_count_out);
    enum status (*feed_cursor)(struct store *self, char out[STORE_CURSOR_SIZE]); // "" at first
    // After a fork (the office has other records of this log from seq `at` on: this database is a copy of another, or
    // was put back): a new log, chain and seq from 1, with all records from `at` on written into it anew and a boot
    // record behind them, as all of a log's boots are told apart; those before stay known as another log's. The
    // database as it was is kept beside it (`path`.fork-N). `identity` and the seq of every record change, so whoever
    // remembers some forgets them; the feed's cursor is "" again. INVALID: there is no such `at`.
    enum status (*begin_new_log)(struct store *self, uint64_t at);

    // On its own: durable when it returns OK. Between begin() and end(): when end() returns OK.
    enum status (*append)(struct store *self, const struct record *record, uint64_t *seq_out);
    // Several appends share one trip to the disk; look-ups between them see the ones before. After a failure only
    // end() is left. end(OK) commits; end(anything else) drops them all. Gives `status` or the commit's own failure.
    enum status (*begin)(struct store *self);
    enum status (*end)(struct store *self, enum status status);
    // Housekeeping for a moment when nobody waits (SQLite: moves the write-ahead log into the database, off the
    // path of a check-in). May take as long as a few commits; durability never depends on it.
    void (*rest)(struct store *self);
    enum status (*recover)(struct store *self); // close, open, check; OK: in use again, nothing lost
    void (*close)(struct store *self);          // frees self
};

static inline void store_close(struct store *store)
{
    if (store) store->ops->close(store);
}

// Opens or creates the database `path`. Checks settings, schema version, pages, and the newest part of the log against
// its hashes and projections, and appends a boot record stamped with `clock`. One kiosk program per database, by a lock
// on `path`.lock; readers (audit.h) are free. An older version's database is brought up to date, all of it or nothing,
// and kept beside it as it was (`path`.version-N). The log names the reason of: INVALID not ours, of another device
// key, or made by a newer version; CORRUPT damaged, kept as it is; LATER read-only, full, or in use; MISSING no such
// folder.
enum status store_sqlite_open(const char *path, const uint8_t device_public_key[DEVICE_KEY_BYTES], struct clock *clock,
                              struct store **out) MUST_CHECK;

#endif
