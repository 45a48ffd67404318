// inbox_tally_lists.c -- what some modes of lists count besides persons: rounds of a tour, things that are left.
#include "office/inbox_fold.h"

#include "base/text.h"

bool fold_find_list(const struct event *event, uint16_t id, size_t *out)
{
    for (size_t i = 0; i < event->list_count; i++)
        if (event->lists[i].id == id) {
            *out = i;
            return true;
        }
    return false;
}

bool fold_stands(const struct ledger_deed *deed)
{
    return (deed->kind == RECORD_KIND_ENTRY || deed->kind == RECORD_KIND_EXIT) && !deed->is_annulled;
}

void fold_find_rounds(struct inbox_fold *fold)
{
    size_t count, list;
    const struct ledger_round *rounds = ledger_rounds(fold->shelf->ledger, &count);

    for (size_t i = 0; i < count; i++) {
        if (!fold_find_list(fold->event, rounds[i].list, &list)) continue;
        const struct ledger_round *newest = fold->rounds[list];
        if (!newest || ledger_is_after(fold->shelf->ledger, &rounds[i].deed, &newest->deed))
            fold->rounds[list] = &rounds[i];
    }
}

enum status fold_name_round(struct inbox_fold *fold, size_t list)
{
    struct headcount *headcount = &fold->tally->lists[list].headcount;
    struct record record;
    enum status status;

    if (fold->event->lists[list].mode != LIST_MODE_ROLL_CALL || !fold->rounds[list]) return STATUS_OK;
    headcount->round = fold->rounds[list]->number;
    status = inbox_read_record(fold->inbox, fold->rounds[list]->deed.n, &record);
    if (status == STATUS_OK) text_copy(headcount->stop, sizeof headcount->stop, record.stop);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

// What was given where something had come to: the stations that were counted, taken together.
static int64_t given_of_stocked(const struct inbox_fold *fold, const struct ledger_stock *stocks, size_t stock_count,
                                uint16_t list)
{
    size_t count = ledger_count(fold->shelf->ledger);
    int64_t given = 0;

    for (size_t i = 0; i < count; i++) {
        const struct ledger_deed *deed = ledger_at(fold->shelf->ledger, (uint32_t)i);
        if (!fold_stands(deed) || deed->kind != RECORD_KIND_ENTRY || deed->list != list) continue;
        for (size_t j = 0; j < stock_count; j++) given += stocks[j].list == list && stocks[j].log == deed->log;
    }
    return given;
}

void fold_count_things(struct inbox_fold *fold, size_t index)
{
    const struct list *list = &fold->event->lists[index];
    struct headcount *headcount = &fold->tally->lists[index].headcount;
    size_t count;
    const struct ledger_stock *stocks = ledger_stocks(fold->shelf->ledger, &count);
    int64_t left = INT64_MAX;

    if (list->mode != LIST_MODE_HAND_OUT) {
        headcount->given = 0; // only things are given
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (stocks[i].list != list->id) continue;
        headcount->is_stocked = true;
        headcount->left_here += stocks[i].things;
    }
    if (headcount->is_stocked) left = headcount->left_here -= given_of_stocked(fold, stocks, count, list->id);
    if (list->stock != 0 && (int64_t)list->stock - headcount->given < left)
        left = (int64_t)list->stock - headcount->given;
    headcount->is_limited = left != INT64_MAX;
    headcount->left = headcount->is_limited ? left : 0;
}
