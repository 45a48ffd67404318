// staff.h -- the staff's pages: what is on them, what a touch or key does. Pure; part of the model.
// Opened by a hold of the top right corner (or F1 on a keyboard) and then a PIN or a staff ticket: PAGE_PIN asks.
// Locks itself after DESK_SESSION_MS without a touch, and by the lock button; the desk guards every command anyhow.
// Scans are answered over any page, then the page is back with everything typed.
#ifndef EINLASS_UI_STAFF_H
#define EINLASS_UI_STAFF_H

#include "desk/command.h"
#include "desk/notice.h"
#include "record/rows.h"
#include "ui/keys.h"

struct model;
struct action;

enum staff_page {
    STAFF_MENU,    // large buttons, and who is missing or inside in one line
    STAFF_SEARCH,  // from two letters on
    STAFF_PERSON,  // all about one: admit, force, exit or sign off, take back
    STAFF_REASON,  // why: standard sentences by one tap, or typed
    STAFF_MISSING, // roll_call: the largest text of all, to be read out in a bus
    STAFF_RECENT,  // the last 20 check-ins, each with its undo
    STAFF_ROUND,   // roll_call: a new round at a stop, one tap
    STAFF_COUNTS,  // by list, class, group
    STAFF_STOCK,   // hand_out: what came, what is left
    STAFF_SERVE,   // list and direction
    STAFF_SCREEN,  // language, volume, brightness, large text, high contrast, practice
    STAFF_CHECK,   // ready check
    STAFF_SHUT_DOWN,
    STAFF_PAGE_COUNT
};

// What a touch means there: action {ACT_STAFF, staff_key(act, row)}.
enum staff_act {
    STAFF_ACT_OPEN, // page `row`
    STAFF_ACT_BACK, // to where it came from; from the menu: lock
    STAFF_ACT_LOCK,
    STAFF_ACT_PICK, // rows[row]
    STAFF_ACT_ADMIT,
    STAFF_ACT_FORCE, // asks for a reason first
    STAFF_ACT_EXIT,
    STAFF_ACT_UNDO,   // rows[row], or the person's or the result's check-in
    STAFF_ACT_REASON, // standard sentence `row`
    STAFF_ACT_CONFIRM,
    STAFF_ACT_MORE, // further rows (`row` 1) or back (0)
    STAFF_ACT_LIST, // event list number `row`
    STAFF_ACT_DIRECTION,
    STAFF_ACT_LANGUAGE,
    STAFF_ACT_VOLUME,     // `row`: steps of 10 %
    STAFF_ACT_BRIGHTNESS, // likewise
    STAFF_ACT_LARGE,
    STAFF_ACT_CONTRAST,
    STAFF_ACT_PRACTISE,
    STAFF_ACT_STOP, // stop `row` of the event; or the typed one
    STAFF_ACT_SHUT_DOWN,
};

static inline int staff_key(enum staff_act act, int row)
{
    return (int)act * 256 + row;
}

struct staff {
    uint64_t session; // 0: locked
    int64_t touched_ms;
    enum staff_page page, back;
    char text[COMMAND_TEXT_SIZE]; // typed: search, reason, stop, stock
    struct keys keys;
    const struct rows *rows; // borrowed from the front's mailbox until the next; NULL: none yet
    struct notice person;    // STAFF_PERSON; NOTICE_FOUND, unlocked
    struct census census;
    enum command_kind wanted; // what STAFF_REASON will ask, of `person`
    uint64_t wanted_seq;
    char done[96]; // German sentence of what was done last, for the bar; "" = nothing
};

void staff_open(struct model *model, int64_t mono_ms); // NOTICE_UNLOCKED came
void staff_forget(struct model *model);                // names stay no longer than they are shown
void staff_act(struct model *model, int key, int64_t mono_ms);
void staff_type(struct model *model, const char *text, int64_t mono_ms);
void staff_erase(struct model *model, int64_t mono_ms);
void staff_notice(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms);
void staff_rows(struct model *model, const struct rows *rows, int64_t mono_ms);
void staff_tick(struct model *model, int64_t mono_ms); // asks SEARCH when the text rests, TOUCH, locks

#endif
