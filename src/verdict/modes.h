// modes.h -- what a scan means on a list of each mode: who goes out, who has it already, for whom there is room.
// Half of decide.c: use decide(). Pure, total; any thread.
#ifndef EINLASS_VERDICT_MODES_H
#define EINLASS_VERDICT_MODES_H

#include "verdict/decide.h"

// in_out, AUTO: the person's last check-in is so fresh that this is the same scan again, not the way back.
bool mode_is_same_scan(const struct question *question);

// in_out: they go out. Staff who force somebody mean an entry.
bool mode_is_exit(const struct question *question);

// Whether the rules of entry are asked: not where staff force somebody in, nor of those who travel with a roll_call
// list since an earlier round.
bool mode_is_bound(const struct question *question);

// What the list's own count says to an entry: ALREADY_REDEEMED, EXHAUSTED, FULL or OK.
enum reason mode_judge_entry(const struct question *question, struct verdict *out);

#endif
