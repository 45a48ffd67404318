// desk_parts.h -- what the files of the desk share; everyone else sees desk.h.
//   desk.c   the thread, and the way of arrivals through the desk
//   ask.c    what the rules need to know about an arrival
//   note.c   what is written down
//   tell.c   what the screen is told
//   unsaved.c  codes that go back to where they are read
//   staff.c  finding and admitting by hand
#ifndef EINLASS_DESK_DESK_PARTS_H
#define EINLASS_DESK_DESK_PARTS_H

#include "desk/desk.h"

// How somebody comes to the desk: with a code, or picked by staff (then `text` is empty).
struct arrival {
    int64_t mono_ms;
    const char *text;
    size_t length;
    uint64_t ticket; // of whom staff picked
    bool is_picked;
    bool has_stayed;
    enum code_via via;
};

struct patience { // with wrong PINs
    uint32_t wrong_count;
    int64_t until_mono_ms; // no try counts before
};

struct trial { // of the command's PIN, one verifier a step
    size_t tried_count;
    bool is_right;
};

// So many share one trip to the disk when a queue has formed; alone, nobody waits for others.
enum { DESK_MOST_AT_ONCE = 16, DESK_MOST_UNSAVED = 8, DESK_MOST_ASIDE = 8 };

struct desk {
    struct desk_config config;
    const struct list *list;
    struct doorbell bell;
    struct worker worker;
    struct queue codes, commands, unsaved, aside;

    struct headcount headcount;        // as the store last said; only the desk changes it
    struct headcount headcount_before; // the book was opened
    bool is_book_open;
    bool has_kept;       // something, in this book
    bool needs_recovery; // a record could not be stored, or the store not be asked
    uint64_t session;    // of staff; 0: none is open
    int64_t session_until_ms;
    enum direction direction;
    bool is_practising;
    struct patience patience;
    struct trial trial;
    bool is_obeying;                          // `command` isn't done
    struct notice notices[DESK_MOST_AT_ONCE]; // not yet taken by the screen's queue: from told_count to notice_count
    size_t told_count, notice_count;
    int64_t busy_mono_ms; // when something was last done
    bool is_rested;       // since then

    struct code lost[DESK_MOST_UNSAVED]; // not saved; a ring, lost_count counts on
    size_t lost_count;
    struct code codes_taken[DESK_MOST_AT_ONCE]; // what is being worked on: too large for a stack
    struct code stray;                          // likewise: on its way back
    struct command command;
    struct question question;
    struct event other_event;
};

// OK: `out` has all that decide() wants. A failure of the store: nothing can be decided.
enum status desk_ask(struct desk *desk, const struct arrival *arrival, struct question *out) MUST_CHECK;
// A text that was never meant for a door: not on the roster, and not even of a ticket's shape. `question` as asked.
bool desk_is_stray(const struct arrival *arrival, const struct question *question);

struct record desk_note(const struct desk *desk, const struct arrival *arrival, const struct question *question,
                        const struct verdict *verdict);
struct record desk_note_count_check(const struct desk *desk);

// `out` has its verdict already.
void desk_tell(struct desk *desk, const struct question *question, struct notice *out);
void desk_tell_first_name(char out[GUEST_NAME_SIZE], const char *name);

// The way of arrivals through the desk, in their order: codes, or whom staff picked. One notice each; NOTICE_NONE: put
// aside.
void desk_receive(struct desk *desk, const struct arrival arrivals[], size_t count, struct notice notices[]);
// Looks whether the store works again, if it didn't. Anything but OK: it doesn't.
enum status desk_recover(struct desk *desk) MUST_CHECK;

// An arrival that could not be saved; and that something was saved again.
void desk_lose(struct desk *desk, const struct arrival *arrival);
void desk_offer_lost(struct desk *desk);
// An arrival that means nothing here, and may have been seen in passing.
void desk_put_aside(struct desk *desk, const struct arrival *arrival);

// False: not done, a PIN takes several steps; call again with the same command and let codes go first.
// True: `out` is the answer, and the command's PIN is forgotten.
bool desk_obey(struct desk *desk, struct command *command, int64_t mono_ms, struct notice *out);

#endif
