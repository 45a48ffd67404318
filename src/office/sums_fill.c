// sums_fill.c -- what was counted becomes a tally.
#include "office/sums_parts.h"

static void fill_parts(const struct tally_part *counted, const struct event_label *labels, size_t count,
                       struct tally_part *out)
{
    for (size_t i = 0; i < count; i++) out[i] = counted[labels[i].id];
}

// ---- when they came ----

// The eight hours before the last arrival, or now; on whole five minutes. Times of clocks that were never set don't
// count, nor those that are ahead of ours.
static int64_t find_beginning(const struct sums *sums, int64_t now)
{
    const int64_t known = INT64_C(1735689600000) / TALLY_BUCKET_MS; // 2025-01-01
    int64_t first = INT64_MAX, last = 0;
    size_t count;
    const struct cell *cells = cells_all(sums->arrivals, &count);

    for (size_t i = 0; i < count; i++) {
        int64_t bucket = cells[i].key;
        if (cells[i].check_ins == 0 || bucket < known || bucket > now / TALLY_BUCKET_MS) continue;
        if (bucket < first) first = bucket;
        if (bucket > last) last = bucket;
    }
    if (last == 0) return now / TALLY_BUCKET_MS;
    return first > last - TALLY_BUCKETS ? first : last - TALLY_BUCKETS + 1;
}

static bool find_list(const struct sums *sums, uint16_t id, size_t *out)
{
    for (size_t i = 0; i < sums->list_count; i++)
        if (sums->lists[i].id == id) {
            *out = i;
            return true;
        }
    return false;
}

static void fill_times(const struct sums *sums, struct tally *out)
{
    int64_t beginning = find_beginning(sums, out->made_unix_ms);
    size_t count, list;
    const struct cell *cells = cells_all(sums->arrivals, &count);

    out->arrivals_from_ms = beginning * TALLY_BUCKET_MS;
    for (size_t i = 0; i < count; i++) {
        int64_t at = cells[i].key - beginning;
        if (at < 0 || at >= TALLY_BUCKETS || !find_list(sums, cells[i].list, &list)) continue;
        out->lists[list].arrivals[at] = (uint16_t)(cells[i].entries < UINT16_MAX ? cells[i].entries : UINT16_MAX);
    }
    for (size_t i = 0; i < sums->list_count; i++)
        if (sums->lists[i].has_last) out->lists[i].last_unix_ms = ledger_at(sums->ledger, sums->lists[i].last)->unix_ms;
}

// ---- things ----

// What was given at one log's station.
static int64_t given_at(const struct sums *sums, uint16_t list, uint32_t log)
{
    return cells_at(sums->given, list, log)->entries;
}

// What came to the stations that were counted, less what was given there; taken together.
static void fill_stock(const struct sums *sums, uint16_t list, struct headcount *out)
{
    size_t count;
    const struct ledger_stock *stocks = ledger_stocks(sums->ledger, &count);

    for (size_t i = 0; i < count; i++) {
        if (stocks[i].list != list) continue;
        out->is_stocked = true;
        out->left_here += stocks[i].things - given_at(sums, list, stocks[i].log);
    }
}

static void fill_things(const struct sums *sums, const struct list *list, struct headcount *out)
{
    size_t count;
    const struct cell *cells = cells_all(sums->given, &count);

    for (size_t i = 0; i < count; i++)
        if (cells[i].list == list->id) out->given += cells[i].entries;
    fill_stock(sums, list->id, out);
    out->is_limited = out->is_stocked || list->stock != 0;
    if (out->is_stocked) out->left = out->left_here;
    if (list->stock != 0 && (!out->is_stocked || (int64_t)list->stock - out->given < out->left))
        out->left = (int64_t)list->stock - out->given;
}

void sums_fill(const struct sums *sums, const struct event *event, struct tally *out)
{
    for (size_t i = 0; i < event->list_count; i++) {
        const struct sums_list *list = &sums->lists[i];
        struct headcount *headcount = &out->lists[i].headcount;
        headcount->inside = list->inside;
        headcount->expected = list->expected;
        headcount->signed_off = list->signed_off;
        if (list->mode == LIST_MODE_ROLL_CALL && list->round) headcount->round = list->round->number;
        if (list->mode == LIST_MODE_HAND_OUT) fill_things(sums, &event->lists[i], headcount);
        fill_parts(list->classes, event->classes, event->class_count, out->lists[i].classes);
        fill_parts(list->groups, event->groups, event->group_count, out->lists[i].groups);
    }
    fill_times(sums, out);
}
