// conflict_read.c -- conflicts as people are shown them (conflict.h): newest first, with gates, reasons and the times
// as they really were.
#include "office/conflict.h"

#include "base/text.h"
#include "office/inbox_parts.h"
#include "office/inbox_time.h"

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
    enum status status = inbox_shelf(inbox, event, &shelf);
    size_t count;

    if (status != STATUS_OK) return status;
    count = ledger_conflicts(shelf->ledger);
    for (size_t i = skip; i < count && i - skip < most && status == STATUS_OK; i++)
        status = show(inbox, shelf, ledger_conflict(shelf->ledger, count - 1 - i), visit, owner);
    if (status == STATUS_OK) *total_out = count;
    return status;
}
