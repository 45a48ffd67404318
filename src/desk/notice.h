// notice.h -- what the desk tells the screen: values through a queue; nothing in them refers to anything.
#ifndef EINLASS_DESK_NOTICE_H
#define EINLASS_DESK_NOTICE_H

#include "record/store.h"
#include "verdict/decide.h"

enum notice_kind {
    NOTICE_NONE,
    NOTICE_VERDICT,   // a scan was decided, and (reason OK) its record is on disk
    NOTICE_NOT_SAVED, // decided, but the record could not be stored: nobody was let in; or COMMAND_RETRY failed
    NOTICE_FOUND,     // answer to COMMAND_FIND: a person (is_found), or nobody
    NOTICE_PIN,       // answer to a command with a wrong PIN: for wait_ms every further try is refused
    NOTICE_COUNT,     // the headcount as it is: sent at start, and when COMMAND_RETRY found the disk working again
};

struct notice {
    enum notice_kind kind;
    struct verdict verdict;
    uint64_t seq;    // of the record, 0 = none
    int64_t mono_ms; // of the frame or command that led here
    struct headcount headcount;
    char first_name[GUEST_NAME_SIZE]; // "" unless the event shows names
    uint8_t class_id, group;          // OK, ALREADY_REDEEMED, FOUND; PRODUCT: the ones the list doesn't take
    uint64_t ticket;                  // NOTICE_FOUND: to be handed back in the next command
    bool is_found;
    bool is_unlocked; // NOTICE_FOUND: a PIN opened what only staff see: class, the next three, when and where earlier
    char full_name[GUEST_NAME_SIZE], company[GUEST_NAME_SIZE], note[GUEST_NOTE_SIZE];
    int64_t earlier_unix_ms;                          // ALREADY_REDEEMED, or unlocked and inside: when
    char earlier_gate[GATE_SIZE];                     // and where
    char event_name[LANGUAGE_COUNT][EVENT_NAME_SIZE]; // WRONG_EVENT: the ticket's event if we know it, else ""
    uint16_t from_day, until_day; // INVALID_TIME: days since 2025-01-01; both 0: the list's opening hours refused
    int64_t opens_ms, closes_ms;  // INVALID_TIME by the list's opening hours
    uint32_t capacity;            // FULL
    int64_t wait_ms;              // NOTICE_PIN
};

#endif
