// names.h -- a door whose people have the names that others get wrong, and somebody who looks for them.
#ifndef EINLASS_TESTS_RECORD_NAMES_H
#define EINLASS_TESTS_RECORD_NAMES_H

#include "support/door.h"

enum { NAMES_COUNT = 12, NAMES_WALK_IN = 900000 }; // tickets 1 … NAMES_COUNT, and the first free one for walk-ins

struct store *names_open(struct door *door);
struct roster_entry names_person(uint64_t ticket, const char *name, const char *company);
void names_install(struct door *door, struct store *store, const struct roster_entry *people, size_t count);
void names_walk_in(struct door *door, struct store *store, uint64_t ticket, const char *name, const char *company);

struct rows *names_search(struct store *store, struct door *door, const char *text); // until the next call
// Fails unless it finds these `tickets`, in this order, each with a blank behind it.
void names_check(struct store *store, struct door *door, const char *text, const char *tickets);

#endif
