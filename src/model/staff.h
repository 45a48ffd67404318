// staff.h -- the staff's pages: what is on them, what a touch or key does. Pure; part of the model.
// Opened by a hold of the top right corner (or F1 on a keyboard) and then a PIN or a staff ticket: PAGE_PIN asks.
// Locks itself after DESK_SESSION_MS without a touch, and by the lock button; the desk guards every command anyhow.
// Scans are answered over any page, then the page is back with everything typed.
// One question that does something is open at a time (model.asked_ms); lists, counts, TOUCH and REMEMBER are asked
// beside it when nothing else waits to be sent, and asked again when no answer came.
#ifndef EINLASS_MODEL_STAFF_H
#define EINLASS_MODEL_STAFF_H

#include "desk/command.h"
#include "desk/notice.h"
#include "record/rows.h"
#include "sync/hub_state.h"
#include "model/keys.h"
#include "model/staff_act.h"
#include "model/staff_update.h"

struct model;

enum staff_done { // what the bar says, of `done_name`
    STAFF_DONE_NOTHING,
    STAFF_DONE_ADMITTED,
    STAFF_DONE_OUT,
    STAFF_DONE_SIGNED_OFF,
    STAFF_DONE_UNDONE,
    STAFF_DONE_TOO_LATE, // somebody else took it back
    STAFF_DONE_ROUND,
    STAFF_DONE_STOCK,
    STAFF_DONE_TOO_FEW, // to be taken away
    STAFF_DONE_SERVE,
    STAFF_DONE_PRACTISE,
    STAFF_DONE_PAIRED,
    STAFF_DONE_KIOSK, // another one, with this hub
    STAFF_DONE_NOBODY,
    STAFF_DONE_NO_ANSWER,
};

enum staff_setting { // bits: what the desk has yet to remember
    STAFF_SETTING_VOLUME = 1,
    STAFF_SETTING_BRIGHTNESS = 2,
    STAFF_SETTING_LARGE_TEXT = 4,
    STAFF_SETTING_HIGH_CONTRAST = 8,
    STAFF_SETTING_LANGUAGE = 16,
};

enum {
    STAFF_SEARCH_SIZE = 64,
    STAFF_TOUCH_MS = 10000, // the least time between two TOUCH
    STAFF_REST_MS = 300,    // a list that has just changed takes no touch: the finger was on its way to another row
};

struct staff {
    uint64_t session; // 0: locked
    int64_t unix_ms;  // of the last notice: what "today" is
    int64_t kept_ms;  // when the desk last heard of this session
    enum staff_page page;
    enum staff_page back;        // of PERSON
    enum staff_page reason_back; // of REASON
    bool is_for_one;             // opened for a person typed by hand: locked again behind them

    char search[STAFF_SEARCH_SIZE];
    char text[COMMAND_TEXT_SIZE];  // typed: reason, stop, stock
    char ticket[TICKET_TEXT_SIZE]; // STAFF_TICKET
    struct keys keys;
    bool has_keys; // the keyboard is shown

    const struct rows *rows; // borrowed from the front's mailbox until the next; NULL: none yet
    int64_t rows_ms;         // when they came
    uint32_t first;          // shown at the top, counted from the first of all
    bool is_stale;           // rows or census are to be asked for; STAFF_PAIR: the desk is to look for an offer
    int64_t offer_ms;        // it was told to; 0: it doesn't
    int64_t listing_ms;      // they were; 0: no such question is open
    struct notice person;    // STAFF_PERSON; NOTICE_FOUND, unlocked; is_found false: not there yet
    uint64_t person_seq;     // of their check-in, where known
    bool has_census, has_hub;
    struct census census;
    struct hub_state hub;                // this kiosk as the hub of others; told anew when it is asked for
    int64_t hub_looked_ms, hub_asked_ms; // HUB was asked to tell; to make the offer that is waited for (0: none)

    enum command_kind wanted; // by REASON or the PIN; COMMAND_FIND: nothing
    uint64_t wanted_ticket, wanted_seq;
    char wanted_name[GUEST_NAME_SIZE];
    int stop; // ROUND waits for a yes: 1 + event stop, or 1 + stop_count for what was typed; 0: doesn't

    enum command_kind asked; // the question of model.asked_ms
    enum staff_done done;
    char done_name[GUEST_NAME_SIZE]; // or where a round began
    uint64_t done_seq;               // what UNDO_DONE takes back; 0: nothing
    unsigned unremembered;           // enum staff_setting bits
    unsigned remembering;            // the one that is being said
};

// ---- for the model ----

void staff_door(struct model *model, int64_t mono_ms); // the corner was held
void staff_open(struct model *model, int64_t mono_ms); // NOTICE_UNLOCKED came
void staff_lock(struct model *model, int64_t mono_ms); // names are gone, the desk is told; Ready, if it was shown
void staff_act(struct model *model, int key, int64_t mono_ms);
void staff_type(struct model *model, const char *text, int64_t mono_ms); // from a keyboard
void staff_point(struct model *model, int point, int64_t mono_ms);       // from the one on the screen
void staff_erase(struct model *model, int64_t mono_ms);
int staff_default_key(const struct model *model); // what Enter means; -1: nothing
void staff_notice(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms);
// True: a verdict asked for on a list, told in the bar; the list stays on the screen.
bool staff_takes_verdict(struct model *model, const struct notice *notice, int64_t mono_ms);
void staff_rows(struct model *model, const struct rows *rows, int64_t mono_ms);
void staff_hub(struct model *model, const struct hub_state *state, int64_t mono_ms);
void staff_tick(struct model *model, int64_t mono_ms); // asks what is to be asked, locks

// ---- for the view ----

const struct row *staff_row(const struct model *model, int row); // NULL: no such row, or rows of another page
size_t staff_reason_count(const struct model *model);
// German, to be translated; with a group: "… %s", its name. NULL: none.
const char *staff_reason(const struct model *model, size_t at, const struct event_label **group_out);
bool staff_is_left_here(const struct model *model); // what is left is this station's, not less for all together
int staff_stock_step(int row);                      // +1, +10, +50, -1, -10; 0: no such
enum { STAFF_STOCK_STEPS = 5 };

#endif
