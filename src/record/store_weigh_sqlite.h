// store_weigh_sqlite.h -- whom a check-in touches, and what they add to their list's headcount before and after it.
#ifndef EINLASS_RECORD_STORE_WEIGH_SQLITE_H
#define EINLASS_RECORD_STORE_WEIGH_SQLITE_H

#include "record/store_history_sqlite.h"

struct weight { // what one owner adds to a headcount
    int inside, aboard, out, seen;
};

struct given { // things
    int all, here;
};

struct owners {
    size_t count;
    struct store_owner who[2];
    struct weight before[2], after[2];
};

// As the database stands.
enum status owner_weigh(struct db *db, const struct store_list *list, const struct store_owner *owner,
                        struct weight *out) MUST_CHECK;
// Once each.
void owners_add(struct owners *owners, struct store_owner owner);
// Whose the ticket is by its last check-in but `except` (NULL: by its last one): nobody, where there is none.
enum status owners_find(struct db *db, const struct store_list *list, uint64_t ticket, const struct order *except,
                        struct owners *owners) MUST_CHECK;
enum status owners_weigh(struct db *db, const struct store_list *list, const struct owners *owners,
                         struct weight weights[2]) MUST_CHECK;
// Adds what they weigh more after than before, and what was given.
enum status owners_count(struct db *db, const struct store_list *list, const struct owners *owners,
                         const struct given *given) MUST_CHECK;

#endif
