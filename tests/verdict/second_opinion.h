// second_opinion.h -- the rules of the door, written a second time and otherwise: each by itself, in no order.
// What decide() answers is compared with it. Pure.
#ifndef EINLASS_TESTS_VERDICT_SECOND_OPINION_H
#define EINLASS_TESTS_VERDICT_SECOND_OPINION_H

#include "verdict/decide.h"

// What the scan is meant as, whether or not anything is against it.
enum meaning { COMING, GOING, SAME_AGAIN };
enum meaning opinion_meaning(const struct question *question);

bool opinion_is_true(enum reason reason, const struct question *question); // the reason, taken alone
bool opinion_is_refused(const struct question *question);                  // some reason is
bool opinion_is_of_ours(const struct question *question);
bool opinion_is_bound(const struct question *question); // by what the office ruled
bool opinion_breaks_a_time_rule(const struct question *question);
bool opinion_is_fresh(const struct past *past); // less than DECIDE_TOGGLE_MS before now, which is 1000

#endif
