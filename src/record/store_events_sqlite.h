// store_events_sqlite.h -- events and their rosters. Part of the SQLite store (store_sqlite.h).
//   store_install_sqlite.c   which may come in
//   store_roster_sqlite.c    what is made from an event's document
//   store_diff_sqlite.c      what a new version of it changes
#ifndef EINLASS_RECORD_STORE_EVENTS_SQLITE_H
#define EINLASS_RECORD_STORE_EVENTS_SQLITE_H

#include "record/store_sqlite.h"

// An event as the document it came in, without its roster: what load_event reads. `bytes_out` is yours (free()).
enum status store_write_head(const struct event *event, uint8_t **bytes_out, size_t *length_out) MUST_CHECK;

// One roster entry, inside a transaction; whether it is stored so already; then who is expected and was seen.
enum status store_put_guest(struct db *db, const struct event *event, const struct roster_entry *entry) MUST_CHECK;
enum status store_has_guest(struct db *db, const struct event *event, const struct roster_entry *entry,
                            bool *out) MUST_CHECK;
enum status store_finish_roster(struct db *db, const struct event *event) MUST_CHECK;
// Roster, head and index of every stored event afresh: a newer program may make more of the same document.
enum status store_renew_events(struct store_sqlite *self) MUST_CHECK;

int64_t store_lists_of(const struct event *event, const struct guest *guest); // that expect them: roster.lists

// What is stored of an event number. MISSING: nothing.
enum status store_read_edition(struct store_sqlite *self, uint32_t number, struct event_edition *out) MUST_CHECK;

enum status store_load_event(struct store *store, uint32_t number, struct event *out) MUST_CHECK;
enum status store_install_event(struct store *store, const uint8_t *bytes, size_t length,
                                const uint8_t signature[TICKET_SIGNATURE_BYTES], const uint8_t root_key[ROOT_KEY_BYTES],
                                const struct record *stamp, uint32_t *number_out,
                                struct event_flaw *flaw_out) MUST_CHECK;

#endif
