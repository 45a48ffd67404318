// world.h -- an event with its people and several kiosks, for stories. Each kiosk is the real thing without threads,
// camera and window: its own database, device key and desk, and the screen's model, which says what people would see.
// Person p (1 …) holds the tickets 0 … tickets-1: what "12", "12b", "12c" mean in a story.
#ifndef EINLASS_TESTS_SUPPORT_WORLD_H
#define EINLASS_TESTS_SUPPORT_WORLD_H

#include "base/mailbox.h"
#include "base/queue.h"
#include "desk/desk.h"
#include "fakes/clock_hand.h"
#include "record/device_key.h"
#include "view/view.h"

enum {
    WORLD_MOST_PEOPLE = 4096,
    WORLD_MOST_KIOSKS = 8,
    WORLD_MOST_WALK_INS = 256,
    WORLD_MOST_TICKETS = 3, // of a person
    WORLD_EVENT = 7,
};
#define WORLD_MIDNIGHT_MS INT64_C(1795302000000) // 2026-11-22, 00:00 in Berlin
#define WORLD_PIN "4711"

struct world_person {
    uint8_t class_id, group, ticket_count;
    enum guest_status status;
    uint8_t generation; // of the paper they should have; older ones are revoked
    bool is_withdrawn;  // whatever the paper
    size_t walk_in;     // 1 …: was this walk-in, and keeps their ticket; 0: was none
    bool is_unnumbered; // the office gave them no person number: each ticket stands for itself
};

struct world_kiosk {
    char name[32], path[128];
    uint16_t list, told_list; // served; told at the start
    enum direction direction, told_direction;
    struct device_key device_key;
    struct store *store;
    struct desk *desk;
    struct queue notices;
    struct mailbox rows;
    struct model model;
    uint64_t session;
    struct notice answer;                                   // the last one
    char screen[VIEW_NAME_SIZE];                            // what it showed
    uint64_t seqs[WORLD_MOST_PEOPLE + WORLD_MOST_WALK_INS]; // of each person's last record here
};

struct world {
    char folder[64];
    struct clock_hand hand;
    struct event event;
    uint8_t root_key[ROOT_KEY_BYTES], root_secret_key[ROOT_SECRET_KEY_BYTES];
    uint8_t ticket_secret_key[TICKET_SECRET_KEY_BYTES];
    uint8_t *document; // made with the first kiosk that opens
    size_t document_length;
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    size_t people_count, kiosk_count, walk_in_count;
    struct world_person people[WORLD_MOST_PEOPLE]; // [0] is nobody
    struct world_kiosk kiosks[WORLD_MOST_KIOSKS];
    char walk_ins[WORLD_MOST_WALK_INS][TICKET_TEXT_SIZE];
};

void world_init(struct world *world);
void world_open(struct world *world); // after event, people and kiosks were told: makes the event file, opens all
void world_destroy(struct world *world);
struct world_kiosk *world_kiosk(struct world *world, const char *name); // NULL: none of that name

// Somebody of a story: a person with one of their tickets, or a walk-in (in the order they came, at any kiosk).
struct who {
    bool is_walk_in;
    size_t number; // 1 …
    int ticket;    // 0 …
    bool is_old;   // holds up the paper from before the ticket was issued again
};
uint64_t world_ticket(struct who who); // on the roster
uint64_t world_walk_in_ticket(const struct world *world, size_t number);
size_t world_index(struct who who); // in world_kiosk.seqs

// What happens. Each leaves the kiosk's answer and screen.
struct code world_code(const struct world *world, struct who who); // what the camera reads
void world_scan(struct world *world, struct world_kiosk *kiosk, struct who who);
void world_obey(struct world *world, struct world_kiosk *kiosk, const struct command *command);
void world_obey_staff(struct world *world, struct world_kiosk *kiosk, struct command command); // with a session
const struct rows *world_rows(struct world *world, struct world_kiosk *kiosk, enum command_kind kind);
void world_walk_in(struct world *world, struct world_kiosk *kiosk, const char *name, uint8_t plus_ones);

// world_later.c: what happens to a kiosk besides people.
// As kill -9: what was committed stays. Then another start, of the program alone: with the event file it has, or with
// what the office has meanwhile. The session of before opens nothing.
void world_restart(struct world *world, struct world_kiosk *kiosk, bool has_new_list);
void world_change_people(struct world *world); // people are others now: the office has a new version
// The PIN page is open, and somebody holds up this ticket.
void world_show_staff_ticket(struct world *world, struct world_kiosk *kiosk, struct who who);

// For world_later.c.
void world_write_document(struct world *world);
void world_install(struct world *world, struct world_kiosk *kiosk);
void world_start_kiosk(struct world *world, struct world_kiosk *kiosk);
void world_stop_kiosk(struct world_kiosk *kiosk);

#endif
