// list.h -- a check-in list: what is being counted (a door, a bus stop, a hand-out), and by which rules.
// Value; comes with the event file.
#ifndef EINLASS_VERDICT_LIST_H
#define EINLASS_VERDICT_LIST_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

// once: a second scan of the ticket is refused. in_out: entry, exit, entry again. roll_call: who is aboard in this
// round; a second scan is friendly. hand_out: one thing per person, however many tickets they have; stock counts down.
#define LIST_MODE_LIST(X)                                                                                              \
    X(ONCE, "once")                                                                                                    \
    X(IN_OUT, "in_out")                                                                                                \
    X(ROLL_CALL, "roll_call")                                                                                          \
    X(HAND_OUT, "hand_out")

enum list_mode {
#define X(name, word) LIST_MODE_##name,
    LIST_MODE_LIST(X)
#undef X
};

// What a scan on an in_out list is taken for. AUTO: whoever is inside goes out, everyone else comes in.
#define DIRECTION_LIST(X)                                                                                              \
    X(AUTO, "auto")                                                                                                    \
    X(ENTRY, "entry")                                                                                                  \
    X(EXIT, "exit")

enum direction {
#define X(name, word) DIRECTION_##name,
    DIRECTION_LIST(X)
#undef X
};

const char *direction_word(enum direction direction);
enum status direction_of_word(const char *word, enum direction *out) MUST_CHECK;

enum { LIST_NAME_SIZE = 96 };

// A set of classes or groups, one bit each. The empty set in a list means "all".
struct id_set {
    uint64_t bits[4];
};

struct list {
    uint16_t id;
    enum list_mode mode;
    char name[LIST_NAME_SIZE];
    struct id_set classes, groups;
    int64_t opens_ms, closes_ms; // unix ms; 0 = no limit
    uint32_t capacity;           // persons inside; 0 = no limit
    uint32_t stock;              // hand_out: things there are for all stations together; 0 = no limit
    uint16_t after;              // list that must have been passed first; 0 = none
};

const char *list_mode_word(enum list_mode mode);
enum status list_mode_of_word(const char *word, enum list_mode *out) MUST_CHECK;

void id_set_add(struct id_set *set, uint8_t id);
bool id_set_is_empty(const struct id_set *set);
bool id_set_has(const struct id_set *set, uint8_t id);

// Whether guests of a class and group may come to a list: both must suit. Group 0 is "any" and suits every list.
bool list_takes(const struct list *list, uint8_t class_id, uint8_t group);
bool list_takes_class(const struct list *list, uint8_t class_id);
bool list_takes_group(const struct list *list, uint8_t group);

#endif
