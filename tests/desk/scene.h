// scene.h -- a desk at a door with everything: four lists, staff, walk-ins, and who asks it.
//   lists: DOOR_LIST once, SCENE_ROLL_CALL, SCENE_IN_OUT, SCENE_HAND_OUT; all for everybody, without limits
//   guests: door.h's; walk-ins give name, company and e-mail, the second consent is required, two plus-ones at most
#ifndef EINLASS_TESTS_DESK_SCENE_H
#define EINLASS_TESTS_DESK_SCENE_H

#include "base/mailbox.h"
#include "desk/desk.h"
#include "record/device_key.h"
#include "support/door.h"

enum {
    SCENE_ROLL_CALL = 2,
    SCENE_IN_OUT = 3,
    SCENE_HAND_OUT = 4,
    SCENE_STAFF_CLASS = 8,
    SCENE_WALK_IN_CLASS = 6,
    SCENE_WALK_IN_KID = 9,
};

struct scene {
    struct door door;
    struct device_key device_key;
    struct store *store;
    struct queue notices, requests, receipts; // requests and receipts: as sync would have them
    struct doorbell outbox_bell;
    struct mailbox rows;
    struct desk_config config;
    struct event served; // of scene_serve_copy
    struct desk *desk;
    struct notice notice; // the last one
    uint64_t session;     // of scene_unlock
};

void scene_init(struct scene *scene); // the event, yet to be changed; then
void scene_open(struct scene *scene, size_t guest_count, uint16_t list);
void scene_begin(struct scene *scene, size_t guest_count, uint16_t list); // both
void scene_open_desk(struct scene *scene);                                // another one: event or config changed
void scene_serve_copy(struct scene *scene); // from now on the door's event is changed without the desk seeing it
void scene_reopen(struct scene *scene);     // the program starts again
void scene_end(struct scene *scene);        // the database is what its log says

// The answer to a command, which carries the scene's session where it has none of its own.
const struct notice *scene_ask(struct scene *scene, const struct command *command);
const struct notice *scene_ask_kind(struct scene *scene, enum command_kind kind, uint64_t ticket, const char *text);
bool scene_is_silent(struct scene *scene, const struct command *command); // no notice at all
void scene_unlock(struct scene *scene);

const struct notice *scene_scan(struct scene *scene, size_t guest);
const struct notice *scene_scan_ticket(struct scene *scene, struct ticket *ticket); // signs it first
const struct notice *scene_scan_text(struct scene *scene, const char *text);
void scene_move(struct scene *scene, int64_t by_ms); // the clock
void scene_line(const struct scene *scene, uint64_t seq, char out[RECORD_LINE_SIZE]);
bool scene_says(const struct scene *scene, uint64_t seq, const char *part); // the line of that record

struct command scene_walk_in(const char *name, uint8_t plus_ones); // a form that is welcome

#endif
