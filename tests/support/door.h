// door.h -- a door to test at: an event with its keys, a roster, tickets for it, a folder with a database.
// Everything is made from small numbers, so that two runs and two doors of one event agree.
//   guest i (0 …): ticket door_ticket(i), class 1, group i % 3 + 1, person i / 2 + 1 (two tickets each),
//   name "Muster, Vorname<i>"; those with i % 5 == 4 have the foreign code "FOREIGN-<i>".
#ifndef EINLASS_TESTS_SUPPORT_DOOR_H
#define EINLASS_TESTS_SUPPORT_DOOR_H

#include "code/code.h"
#include "fakes/clock_hand.h"
#include "record/store.h"

enum { DOOR_EVENT = 7, DOOR_LIST = 1, DOOR_TODAY = 690 };
enum { DOOR_CLASS_STAFF = 4, DOOR_CLASS_WALK_IN = 6, DOOR_KIOSK_KID = 2 };
#define DOOR_UNIX_MS INT64_C(1795341152123) // on DOOR_TODAY, 2026-11-22
#define DOOR_PIN "4711"

struct door {
    char folder[64], path[96]; // of the database; a new empty folder
    struct clock_hand hand;
    struct clock *clock;
    uint8_t root_key[ROOT_KEY_BYTES], root_secret_key[ROOT_SECRET_KEY_BYTES];
    uint8_t ticket_secret_key[TICKET_SECRET_KEY_BYTES];
    uint8_t device_key[DEVICE_KEY_BYTES], device_secret_key[64]; // libsodium's form
    struct event event;                                          // change it before door_document()
    uint8_t *document;
    size_t document_length;
    uint8_t signature[TICKET_SIGNATURE_BYTES];
};

// NULL: in memory where there is /dev/shm, as most tests ask what is written, not how long a disk takes.
void door_init(struct door *door, const char *parent_folder);
const char *door_disk(void);          // a folder on a disk, for measuring
void door_destroy(struct door *door); // removes the folder

// More of an event, before door_document(). Without them it has two lists: DOOR_LIST (once) and 2 (roll_call, group 2).
struct list *door_add_list(struct door *door, enum list_mode mode, const char *name); // ids go on; change it at will
void door_add_stop(struct door *door, const char *german, const char *english);
void door_add_staff_class(struct door *door); // DOOR_CLASS_STAFF
// Name (required), company and e-mail, a consent "photos" that isn't required, nine plus-ones; this kiosk's key may
// sign them (DOOR_KIOSK_KID).
void door_welcome_walk_ins(struct door *door);

// Makes and signs the event file with this many guests (again: replaces it). `also` may add entries.
void door_document(struct door *door, uint32_t version, size_t guest_count);
void door_document_with(struct door *door, uint32_t version, size_t guest_count, const struct roster_entry *also,
                        size_t also_count);

enum status door_open(struct door *door, struct store **out) MUST_CHECK; // the database
enum status door_install(struct door *door, struct store *store) MUST_CHECK;
struct store *door_store(struct door *door, size_t guest_count); // opened, with version 1 installed

uint64_t door_ticket(size_t guest);
struct ticket door_signed_ticket(const struct door *door, size_t guest);
struct ticket door_ticket_of_class(const struct door *door, size_t guest, uint8_t class_id); // signed too
struct code door_code(const struct door *door, size_t guest); // guest's ticket before the camera
struct code door_code_of(const struct ticket *ticket);
struct code door_code_of_text(const char *text, size_t length);  // any text; has stayed in view
struct record door_entry(const struct door *door, size_t guest); // as the desk would write it

// What stands in the database, read beside the store.
uint64_t door_record_count(const struct door *door);
void door_read_line(const struct door *door, uint64_t seq, char out[RECORD_LINE_SIZE]);
void door_sql(const struct door *door, const char *sql); // tampers with it; fails the test if it can't

uint32_t door_audit(const struct door *door); // differences found; 0: content. Fails the test if it can't be read.

#endif
