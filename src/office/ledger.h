// ledger.h -- an event's check-ins in memory, by ticket and by person; what is counted and what is doubtful is asked
// here. Made from the deeds of the inbox's database (inbox_ledger.c), so that nothing about tickets, which come in
// random order, has to be kept in order on the disk: about 130 bytes a check-in, with what is needed to find it.
// Deeds come in the order of their numbers: of each log in its own order, of several as they arrived.
// Ownership: resource. Threads: one at a time. Nothing fails (mem.h).
#ifndef EINLASS_OFFICE_LEDGER_H
#define EINLASS_OFFICE_LEDGER_H

#include "office/conflict.h"

struct ledger_deed {
    int64_t n; // its number at the office
    int64_t hlc, unix_ms;
    uint64_t ticket, seq;
    uint32_t log; // ledger_log()
    uint32_t person;
    uint16_t list;
    uint8_t kind; // enum record_kind
    bool is_forced : 1;
    // Of the ledger's own.
    bool is_annulled : 1;
    bool is_last : 1;              // of those of its ticket on its list that stand
    bool is_newest : 1;            // of all `is_last` of its person there; without one: is_last
    bool is_listed : 1;            // among the conflicts
    uint8_t conflict;              // 0: none; 1 + enum conflict_kind: it is one too many
    uint32_t admission;            // conflict: place of the first one
    uint32_t of_ticket, of_person; // 1 + place of the next; 0: none
    uint32_t turn;                 // in which it was judged
};

struct ledger_round { // of a list, as they came
    uint16_t list;
    uint32_t number;
    struct ledger_deed deed;
};
struct ledger_stock { // what came to one station for one list
    uint16_t list;
    uint32_t log;
    int64_t things;
};

// What is told while the ledger fills: a check-in that stands from now on (1), or does no longer (-1); and whether it
// counts for its owner (is_newest).
typedef void ledger_change(void *owner, const struct ledger_deed *deed, int by);
struct ledger_watch {
    ledger_change *stands, *newest;
    void *owner;
};

struct ledger;
struct ledger *ledger_open(void);
void ledger_tell(struct ledger *ledger, const struct ledger_watch *watch); // before anything is added
void ledger_close(struct ledger *ledger);                                  // NULL is fine
uint32_t ledger_log(struct ledger *ledger, const uint8_t log[LOG_ID_BYTES]);
const uint8_t *ledger_log_id(const struct ledger *ledger, uint32_t log);

// Entries and exits. Gives its place.
uint32_t ledger_add(struct ledger *ledger, const struct ledger_deed *deed);
// The check-in that is taken back need not be here yet: two logs come in any order. False: not here, or was before.
bool ledger_annul(struct ledger *ledger, uint32_t log, uint64_t seq, uint32_t *place_out);
void ledger_add_round(struct ledger *ledger, const struct ledger_deed *deed, uint32_t number);
void ledger_add_stock(struct ledger *ledger, uint16_t list, uint32_t log, int64_t things);
void ledger_add_walk_in(struct ledger *ledger, uint64_t ticket, uint8_t class_id, uint8_t group);
bool ledger_walk_in(const struct ledger *ledger, uint64_t ticket, uint8_t *class_out, uint8_t *group_out);

size_t ledger_count(const struct ledger *ledger); // of places; some hold no check-in (kind is neither)
struct ledger_deed *ledger_at(const struct ledger *ledger, uint32_t place);
const struct ledger_round *ledger_rounds(const struct ledger *ledger, size_t *count_out);
const struct ledger_stock *ledger_stocks(const struct ledger *ledger, size_t *count_out);
bool ledger_is_after(const struct ledger *ledger, const struct ledger_deed *deed, const struct ledger_deed *other);

// Of one ticket on one list, newest first; of one person (not 0), the one that is_newest first. NULL: no more.
struct ledger_deed *ledger_of_ticket(const struct ledger *ledger, uint16_t list, uint64_t ticket);
struct ledger_deed *ledger_older(const struct ledger *ledger, const struct ledger_deed *deed);
struct ledger_deed *ledger_of_person(const struct ledger *ledger, uint16_t list, uint32_t person);
struct ledger_deed *ledger_next(const struct ledger *ledger, const struct ledger_deed *deed);
// Places of conflicts, oldest first (by hlc). Kept in order: only what is new since the last question is sorted in.
size_t ledger_conflicts(struct ledger *ledger);
uint32_t ledger_conflict(const struct ledger *ledger, size_t at); // its place

// Judges anew whom the check-in at `place` concerns (conflict.h), once in each turn (1, 2, 3 …). `knows`: whether the
// log of `deed` knew of `other`.
typedef enum status ledger_knows(void *owner, const struct ledger_deed *deed, const struct ledger_deed *other,
                                 bool *out);
struct ledger_judge {
    enum list_mode mode;
    uint32_t turn;
    ledger_knows *knows;
    void *owner;
};
enum status ledger_judge(struct ledger *ledger, uint32_t place, const struct ledger_judge *judge) MUST_CHECK;

#endif
