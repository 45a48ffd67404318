// ledger_order.c -- conflicts in the order in which they are shown.
#include "office/ledger_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void ledger_mark(struct ledger *ledger, struct ledger_deed *deed, uint8_t conflict)
{
    if (conflict && !deed->conflict) ledger->conflict_count++;
    if (!conflict && deed->conflict) ledger->conflict_count--;
    deed->conflict = conflict;
    if (!conflict || deed->is_listed) return;
    deed->is_listed = true;
    ledger->conflicts =
        ledger_grow(ledger->conflicts, ledger->listed_count, &ledger->listed_size, sizeof *ledger->conflicts);
    ledger->conflicts[ledger->listed_count++] = (struct ledger_order){deed->hlc, (uint32_t)(deed - ledger->deeds)};
}

static int compare(const void *one, const void *other)
{
    const struct ledger_order *a = one, *b = other;

    if (a->hlc != b->hlc) return a->hlc < b->hlc ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

// Those that are none any more.
static void drop(struct ledger *ledger)
{
    size_t kept = 0, in_order = 0;

    for (size_t i = 0; i < ledger->listed_count; i++) {
        struct ledger_deed *deed = &ledger->deeds[ledger->conflicts[i].place];
        deed->is_listed = deed->conflict != 0;
        if (!deed->is_listed) continue;
        in_order += i < ledger->in_order;
        ledger->conflicts[kept++] = ledger->conflicts[i];
    }
    ledger->listed_count = kept;
    ledger->in_order = in_order;
}

// News go in from behind: nearly always they are the newest.
static void merge(struct ledger *ledger)
{
    struct ledger_order *all = ledger->conflicts, *news;
    size_t left = ledger->in_order, count = ledger->listed_count - left, at = ledger->listed_count;

    qsort(all + left, count, sizeof *all, compare);
    ledger->in_order = ledger->listed_count;
    if (left == 0 || compare(&all[left - 1], &all[left]) < 0) return;
    news = mem_zero_array(count, sizeof *news);
    memcpy(news, all + left, count * sizeof *news);
    while (count > 0) {
        bool is_old = left > 0 && compare(&all[left - 1], &news[count - 1]) > 0;
        all[--at] = is_old ? all[--left] : news[--count];
    }
    free(news);
}

size_t ledger_conflicts(struct ledger *ledger)
{
    if (ledger->listed_count != ledger->conflict_count) drop(ledger);
    if (ledger->in_order != ledger->listed_count) merge(ledger);
    return ledger->listed_count;
}

uint32_t ledger_conflict(const struct ledger *ledger, size_t at)
{
    return ledger->conflicts[at].place;
}
