// book.h -- what the office knows, in one file: who it is, its keys, events, rosters (port; SQLite).
// The file holds secret keys and names: it is made with mode 0600, and whoever has it can sign tickets.
// Ownership: open() and create() hand you the book; close() it. Threads: one at a time.
// Failure: MISSING no such file, event or entry; INVALID no book, or made by a newer version; LATER disk full, locked
// or read-only, nothing was changed; CORRUPT the file is damaged. The log names the reason.
// Every change is durable when its call returns OK (WAL, synchronous=FULL), unless book_begin() was called before.
#ifndef EINLASS_OFFICE_BOOK_H
#define EINLASS_OFFICE_BOOK_H

#include "record/event.h"
#include "record/event_file.h"

struct book;

struct office_identity {
    uint8_t organisation[ORGANISATION_BYTES];
    uint8_t root_public_key[ROOT_KEY_BYTES];
};

// A creation that was cut off (a kill, a power cut) leaves nothing or an unfinished book: open() calls both MISSING,
// and create() goes on with it. INVALID: the file is something else already.
enum status book_create(const char *path, struct book **out) MUST_CHECK;
enum status book_open(const char *path, struct book **out) MUST_CHECK;
void book_close(struct book *book); // NULL is fine; an open transaction is taken back

const struct office_identity *book_identity(const struct book *book);
void book_sign_event_file(const struct book *book, const uint8_t *bytes, size_t length,
                          uint8_t signature_out[TICKET_SIGNATURE_BYTES]); // by the root key
// Writes the event file and that signature.
enum status book_save_event_file(const struct book *book, const char *path, const uint8_t *bytes,
                                 size_t length) MUST_CHECK;

// Several changes as one: all of them are kept, or none. Not nested.
enum status book_begin(struct book *book) MUST_CHECK;
enum status book_end(struct book *book, bool is_kept) MUST_CHECK;

// Events. add() ignores event->version and event->keyset, and makes a signing key.
enum status book_add_event(struct book *book, const struct event *event) MUST_CHECK;           // INVALID: number taken
enum status book_find_event(struct book *book, uint32_t number, struct event *out) MUST_CHECK; // with its keyset
enum status book_next_event(struct book *book, uint32_t after, uint32_t *out) MUST_CHECK;      // MISSING: no more
// Kiosks that may sign the tickets of an event's walk-ins: each by its device key, under a name that people know.
// add(): INVALID, flaw_out says why (none: the log). `event` is as book_find_event gave it. remove(): the tickets that
// kiosk gave are refused from the next event file on. MISSING: no kiosk of that name.
enum { KIOSK_NAME_SIZE = 64 };
enum kiosk_flaw {
    KIOSK_FLAW_NONE,
    KIOSK_FLAW_NO_WALK_INS,
    KIOSK_FLAW_KEY_TAKEN,
    KIOSK_FLAW_NAME_TAKEN,
    KIOSK_FLAW_TOO_MANY,
};
typedef void kiosk_visitor(void *owner, uint8_t kid, const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES],
                           const char *name);
enum status book_add_kiosk(struct book *book, const struct event *event, const char *name,
                           const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES], enum kiosk_flaw *flaw_out) MUST_CHECK;
enum status book_remove_kiosk(struct book *book, uint32_t event, const char *name) MUST_CHECK;
enum status book_each_kiosk(struct book *book, uint32_t event, kiosk_visitor *visit, void *owner) MUST_CHECK;

// Signs with the newest key of ticket->event; fills in kid and signature.
enum status book_sign_ticket(struct book *book, struct ticket *ticket) MUST_CHECK;
// The version grows when `hash` differs from the one given last. The hash is of the file's content without its version.
enum { BOOK_HASH_BYTES = 32 };
enum status book_give_version(struct book *book, uint32_t event, const uint8_t hash[BOOK_HASH_BYTES],
                              uint32_t *version_out) MUST_CHECK;

// The roster. An entry is one ticket. In the book, guest.least_generation is the generation of the ticket's newest
// print: the export revokes all earlier ones with it. Imports are numbered per event, so that the book knows whom the
// newest file named.
struct book_guest {
    struct guest guest;
    uint32_t import; // the last one that named this entry
};
enum status book_find_guest(struct book *book, uint32_t event, uint64_t ticket, struct book_guest *out) MUST_CHECK;
enum status book_find_person(struct book *book, uint32_t event, uint32_t person, struct book_guest *out) MUST_CHECK;
// Someone of that name and company (NULL: any) whom import number `import` has not named yet.
enum status book_find_named(struct book *book, uint32_t event, const char *name, const char *company, uint32_t import,
                            struct book_guest *out) MUST_CHECK;
enum status book_count_named(struct book *book, uint32_t event, const char *name, size_t *out) MUST_CHECK;
enum status book_is_code(struct book *book, uint32_t event, uint64_t ticket, const char *code, bool *out) MUST_CHECK;
enum status book_count_code(struct book *book, uint32_t event, const char *code, size_t *out) MUST_CHECK;
enum status book_free_person(struct book *book, uint32_t event, uint32_t *out) MUST_CHECK; // above what files may give
enum status book_next_import(struct book *book, uint32_t event, uint32_t *out) MUST_CHECK; // 1, 2, 3 …
// Adds an entry under a new random ticket number, which it answers; written, it is letters and digits only.
enum status book_add_guest(struct book *book, uint32_t event, uint32_t import, const struct roster_entry *entry,
                           uint64_t *ticket_out) MUST_CHECK;
// Changes all of an entry but ticket and person. A NULL foreign code stays as it was, and so does import 0.
enum status book_change_guest(struct book *book, uint32_t event, uint32_t import,
                              const struct roster_entry *entry) MUST_CHECK;
enum status book_count_guests(struct book *book, uint32_t event, size_t *out) MUST_CHECK;
// In order of person numbers. Anything but OK from the visitor ends it with that status. The visitor may change
// entries.
enum status book_each_guest(struct book *book, uint32_t event, roster_visitor *visit, void *owner) MUST_CHECK;

#endif
