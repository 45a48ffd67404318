// practice.h -- practice mode's memory: what would stand in the book. Nothing of it reaches the disk, and it is gone
// when practice ends. Part of the desk; value in struct desk. Desk thread.
// What the book says (a history, a headcount) is laid over by what was practised since, so that a second scan is
// "already here", a bus fills up and a round begins as on a real day. Bounded: of the newest PRACTICE_MOST check-ins.
#ifndef EINLASS_DESK_PRACTICE_H
#define EINLASS_DESK_PRACTICE_H

#include "record/store.h"

enum { PRACTICE_MOST = 256 };
#define PRACTICE_FIRST_SEQ (UINT64_C(1) << 62) // no log grows so long

struct practised {
    struct record record; // an entry or exit; or an annul of a real one
    uint64_t seq;
};

struct practice {
    size_t count; // of check-ins, the newest last
    struct practised check_ins[PRACTICE_MOST];
    uint64_t last_seq;
    uint16_t round_list; // where a round was started, and
    uint64_t round_seq;  // when; 0: none was
    struct practised_list {
        uint16_t list; // 0: none
        struct headcount headcount;
    } lists[EVENT_MAX_LISTS]; // those that were served in practice
};

void practice_begin(struct practice *practice);
// That a list is served, with the book's count of it; what was practised there before counts on.
void practice_serve(struct practice *practice, uint16_t list, const struct headcount *headcount);
const struct headcount *practice_headcount(const struct practice *practice, uint16_t list); // it was served

// Like append(). An annul of something practised takes it out.
void practice_keep(struct practice *practice, const struct record *record, uint64_t *seq_out);
// The headcount of the record's list after it: by its person's history there before and after.
void practice_count(struct practice *practice, const struct list *list, const struct record *record,
                    const struct history *before, const struct history *after);
// Lays what was practised over a history of the book.
void practice_overlay(const struct practice *practice, const struct list *list, const struct guest *guest,
                      struct history *history);
struct past practice_past(const struct practised *check_in);
// MISSING: no practised check-in has that seq.
enum status practice_find(const struct practice *practice, uint64_t seq, struct record *out) MUST_CHECK;

#endif
