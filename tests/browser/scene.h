// scene.h -- tallies made by hand, for looking at the headcount page: each kind of event, and the awkward ones.
#ifndef EINLASS_TESTS_BROWSER_SCENE_H
#define EINLASS_TESTS_BROWSER_SCENE_H

#include "record/tally.h"

// tour complete meeting boxes short gone empty many names lonely. As of `now_ms`. MISSING: there is no such scene.
enum status scene_make(const char *name, int64_t now_ms, struct tally *out) MUST_CHECK;

// `count` more persons come to the list that is served.
void scene_enter(struct tally *tally, uint32_t count, int64_t now_ms);

#endif
