// staff_act.h -- the staff's pages by name, and what can be done on them.
#ifndef EINLASS_MODEL_STAFF_ACT_H
#define EINLASS_MODEL_STAFF_ACT_H

enum staff_page {
    STAFF_MENU,     // large buttons, and who is missing or inside in one line
    STAFF_SEARCH,   // from two letters on
    STAFF_PERSON,   // all about one: admit, force, exit or sign off, take back
    STAFF_REASON,   // why: standard sentences by one tap, or typed
    STAFF_TICKET,   // a walk-in's, to be photographed after all
    STAFF_MISSING,  // roll_call: the largest text of all, to be read out in a bus
    STAFF_RECENT,   // the last 20 check-ins, each with its undo
    STAFF_ROUND,    // roll_call: a new round at a stop, one tap
    STAFF_COUNTS,   // by list, class, group
    STAFF_STOCK,    // hand_out: what came, what is left
    STAFF_SERVE,    // list and direction
    STAFF_SCREEN,   // language, volume, brightness, large text, high contrast, practice
    STAFF_CHECK,    // ready check
    STAFF_SYNC,     // the office: what is the matter, what waits; a USB stick
    STAFF_PAIR,     // pairing_page.h
    STAFF_HUB,      // of a hub: another kiosk is to be paired, under what name?
    STAFF_HUB_CODE, // its code
    STAFF_UPDATE,   // a new version of the program
    STAFF_SHUT_DOWN,
    STAFF_PAGE_COUNT
};

// What a touch means there: action {ACT_STAFF, staff_key(act, row)}; rows count from rows->rows[0].
enum staff_act {
    STAFF_ACT_OPEN, // page `row`
    STAFF_ACT_BACK, // to where it came from; from the menu: lock
    STAFF_ACT_LOCK,
    STAFF_ACT_PICK,      // rows[row]
    STAFF_ACT_ADMIT,     // rows[row], or the person
    STAFF_ACT_FORCE,     // the person; asks for a reason first
    STAFF_ACT_EXIT,      // rows[row], or the person
    STAFF_ACT_UNDO,      // rows[row], or the person's check-in
    STAFF_ACT_UNDO_DONE, // what was done last
    STAFF_ACT_REASON,    // standard sentence `row`
    STAFF_ACT_TYPE,      // the keyboard comes or goes
    STAFF_ACT_CLEAR,     // what was typed
    STAFF_ACT_CONFIRM,   // what was typed, or a round although somebody is missing
    STAFF_ACT_MORE,      // `row` rows on
    STAFF_ACT_LESS,      // `row` rows back
    STAFF_ACT_LIST,      // event list number `row`
    STAFF_ACT_DIRECTION, // enum direction `row`
    STAFF_ACT_LANGUAGE,  // enum language `row`
    STAFF_ACT_VOLUME,    // 1: 10 % more, 0: less
    STAFF_ACT_BRIGHTNESS,
    STAFF_ACT_LARGE,
    STAFF_ACT_CONTRAST,
    STAFF_ACT_PRACTISE,
    STAFF_ACT_STOP,  // stop `row` of the event
    STAFF_ACT_STOCK, // staff_stock_step(row) things came
    STAFF_ACT_SHUT_DOWN,
    STAFF_ACT_TICKET, // the person's, registered at this kiosk
    STAFF_ACT_SYNC,   // try the office now
    STAFF_ACT_EXPORT, // write the USB stick
    STAFF_ACT_UPDATE, // enum update_wish `row`
};

enum { STAFF_NO_ROW = 255 }; // the person's page

static inline int staff_key(enum staff_act act, int row)
{
    return (int)act * 256 + row;
}

#endif
