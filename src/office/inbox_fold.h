// inbox_fold.h -- a tally while it is made (inbox_tally.c, inbox_tally_lists.c); for no one else.
#ifndef EINLASS_OFFICE_INBOX_FOLD_H
#define EINLASS_OFFICE_INBOX_FOLD_H

#include "office/inbox_parts.h"

struct inbox_fold {
    struct inbox *inbox;
    const struct event *event;
    const struct inbox_shelf *shelf;
    struct tally *tally;
    const struct ledger_deed **persons; // by (list, person): their newest
    size_t size;
    const struct ledger_round *rounds[EVENT_MAX_LISTS]; // the newest; NULL: none
    int64_t newest_hlc[EVENT_MAX_LISTS];
};

bool fold_find_list(const struct event *event, uint16_t id, size_t *out); // its place
bool fold_stands(const struct ledger_deed *deed);                         // a check-in that was not taken back

void fold_find_rounds(struct inbox_fold *fold);
enum status fold_name_round(struct inbox_fold *fold, size_t list) MUST_CHECK;
void fold_count_things(struct inbox_fold *fold, size_t list); // after `given` was counted

#endif
