// conflict_read.c -- conflicts as people are shown them (conflict.h): newest first, with gates, reasons and the times
// as they really were.
#include "office/conflict.h"

#include "base/mem.h"
#include "base/text.h"
#include "office/inbox_parts.h"
#include "office/inbox_time.h"

#include <stdlib.h>
#include <string.h>

static enum status fill_entry(struct inbox *inbox, const struct ledger *ledger, const struct ledger_deed *deed,
                              struct conflict_entry *out)
{
    struct inbox_time time = {deed->unix_ms, -1};
    struct record record;
    enum status status = inbox_read_record(inbox, deed->n, &record);

    *out = (struct conflict_entry){.seq = deed->seq, .ticket = deed->ticket};
    memcpy(out->log, ledger_log_id(ledger, deed->log), sizeof out->log);
    if (status != STATUS_OK) return status;
    if ((status = inbox_correct(inbox, out->log, &record, &time)) != STATUS_OK) return status;
    out->unix_ms = time.unix_ms;
    out->uncertainty_ms = time.uncertainty_ms;
    text_copy(out->gate, sizeof out->gate, record.gate);
    text_copy(out->why, sizeof out->why, record.why);
    return STATUS_OK;
}

struct ordered {
    int64_t hlc;
    uint32_t place;
};

static int compare_newest_first(const void *one, const void *other)
{
    const struct ordered *a = one, *b = other;

    if (a->hlc != b->hlc) return a->hlc > b->hlc ? -1 : 1;
    return a->place > b->place ? -1 : a->place < b->place;
}

static size_t collect(const struct ledger *ledger, struct ordered **out)
{
    size_t deeds = ledger_count(ledger), count = 0;

    for (size_t i = 0; i < deeds; i++) count += ledger_at(ledger, (uint32_t)i)->conflict != 0;
    *out = mem_zero_array(count + 1, sizeof **out);
    count = 0;
    for (size_t i = 0; i < deeds; i++) {
        const struct ledger_deed *deed = ledger_at(ledger, (uint32_t)i);
        if (deed->conflict != 0) (*out)[count++] = (struct ordered){deed->hlc, (uint32_t)i};
    }
    qsort(*out, count, sizeof **out, compare_newest_first);
    return count;
}

static enum status show(struct inbox *inbox, const struct inbox_shelf *shelf, uint32_t place, conflict_visitor *visit,
                        void *owner)
{
    const struct ledger_deed *further = ledger_at(shelf->ledger, place);
    const struct ledger_deed *first = ledger_at(shelf->ledger, further->admission);
    struct conflict conflict = {.kind = (enum conflict_kind)(further->conflict - 1),
                                .event = shelf->event,
                                .person = further->person,
                                .list = further->list};
    enum status status = fill_entry(inbox, shelf->ledger, first, &conflict.first);

    if (status == STATUS_OK) status = fill_entry(inbox, shelf->ledger, further, &conflict.further);
    return status == STATUS_OK ? visit(owner, &conflict) : status;
}

enum status inbox_conflicts(struct inbox *inbox, uint32_t event, size_t skip, size_t most, uint64_t *total_out,
                            conflict_visitor *visit, void *owner)
{
    struct inbox_shelf *shelf;
    struct ordered *ordered = NULL;
    enum status status = inbox_shelf(inbox, event, &shelf);
    size_t count;

    if (status != STATUS_OK) return status;
    count = collect(shelf->ledger, &ordered);
    for (size_t i = skip; i < count && i - skip < most && status == STATUS_OK; i++)
        status = show(inbox, shelf, ordered[i].place, visit, owner);
    free(ordered);
    if (status == STATUS_OK) *total_out = count;
    return status;
}
