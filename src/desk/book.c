#define LOG_MODULE "desk"

#include "desk/desk_parts.h"

#include "base/log.h"

const struct headcount *desk_headcount(const struct desk *desk)
{
    return desk->stance.is_practising ? practice_headcount(&desk->practice, desk->stance.list) : &desk->headcount;
}

enum status desk_count(struct desk *desk)
{
    struct store *store = desk->config.store;
    return store->ops->count(store, desk->config.event->number, desk->list, &desk->headcount);
}

enum status desk_recover(struct desk *desk)
{
    struct store *store = desk->config.store;
    enum status status;

    if (!desk->needs_recovery) return STATUS_OK;
    if ((status = store->ops->recover(store)) != STATUS_OK) return status;
    if ((status = desk_count(desk)) != STATUS_OK) return status;
    desk->needs_recovery = false;
    return STATUS_OK;
}

// ---- writing ----

enum status desk_open_book(struct desk *desk)
{
    struct store *store = desk->config.store;
    enum status status = desk_recover(desk);

    desk->has_kept = false;
    desk->headcount_before = desk->headcount;
    if (desk->stance.is_practising) desk->practice_before = desk->practice;
    if (status != STATUS_OK || desk->stance.is_practising) return status;
    status = store->ops->begin(store);
    desk->is_book_open = status == STATUS_OK;
    return status;
}

static bool changes_count(enum record_kind kind)
{
    switch (kind) {
    case RECORD_KIND_ENTRY:
    case RECORD_KIND_EXIT:
    case RECORD_KIND_ANNUL:
    case RECORD_KIND_WALK_IN:
    case RECORD_KIND_ROUND:
    case RECORD_KIND_STOCK:
        return true;
    case RECORD_KIND_REFUSED:
    case RECORD_KIND_COUNT_CHECK:
    case RECORD_KIND_BOOT:
    case RECORD_KIND_CLOCK:
    case RECORD_KIND_EVENT_VERSION:
    case RECORD_KIND_PURGE:
        return false;
    }
    return true;
}

static enum status practise(struct desk *desk, const struct record *record, uint64_t *seq_out)
{
    const struct list *list = event_list(desk->config.event, record->list);
    struct guest guest = {.ticket = record->ticket, .person = record->person};
    struct history before = {0}, after = {0};
    enum status status = STATUS_OK;

    if (record->has_ticket) status = desk_history(desk, list, &guest, &before);
    if (status != STATUS_OK) return status;
    practice_keep(&desk->practice, record, seq_out);
    if (record->has_ticket) status = desk_history(desk, list, &guest, &after);
    if (status == STATUS_OK) practice_count(&desk->practice, list, record, &before, &after);
    return status;
}

static enum status count_after(struct desk *desk, enum record_kind kind, enum status status)
{
    desk->has_kept = true;
    return status == STATUS_OK && changes_count(kind) ? desk_count(desk) : status;
}

enum status desk_keep(struct desk *desk, const struct record *record, uint64_t *seq_out)
{
    struct store *store = desk->config.store;

    if (desk->stance.is_practising) return practise(desk, record, seq_out);
    return count_after(desk, record->kind, store->ops->append(store, record, seq_out));
}

enum status desk_keep_walk_in(struct desk *desk, const struct record *record, const struct walk_in *walk_in,
                              uint64_t *seq_out)
{
    struct store *store = desk->config.store;
    const struct walk_in_rules *rules = &desk->config.event->walk_ins;

    if (desk->stance.is_practising) return practise(desk, record, seq_out);
    return count_after(desk, record->kind, store->ops->append_walk_in(store, record, walk_in, rules, seq_out));
}

void desk_has_written(struct desk *desk)
{
    if (desk->config.outbox_bell) doorbell_ring(desk->config.outbox_bell);
    if (desk->config.board_bell) doorbell_ring(desk->config.board_bell);
    desk_offer_lost(desk);
}

enum status desk_close_book(struct desk *desk, enum status status)
{
    struct store *store = desk->config.store;

    if (desk->is_book_open) status = store->ops->end(store, status);
    desk->is_book_open = false;
    if (status == STATUS_OK && desk->has_kept) desk_has_written(desk);
    if (status == STATUS_OK) return STATUS_OK;
    desk->headcount = desk->headcount_before; // nothing of it happened
    if (desk->stance.is_practising) desk->practice = desk->practice_before;
    desk->needs_recovery = true;
    return status;
}

enum status desk_write(struct desk *desk, const struct record *record, uint64_t *seq_out)
{
    enum status status = desk_open_book(desk);
    uint64_t seq = 0;

    if (status == STATUS_OK) status = desk_keep(desk, record, &seq);
    status = desk_close_book(desk, status);
    if (status == STATUS_OK) *seq_out = seq;
    else log_error("not saved: %s", status_words(status));
    return status;
}

// ---- reading what was written ----

enum status desk_history(struct desk *desk, const struct list *list, const struct guest *guest, struct history *out)
{
    struct store *store = desk->config.store;
    enum status status = store->ops->find_history(store, desk->config.event->number, list, guest, out);

    if (status == STATUS_OK && desk->stance.is_practising) practice_overlay(&desk->practice, list, guest, out);
    return status;
}

enum status desk_history_ever(struct desk *desk, const struct list *list, const struct guest *guest,
                              struct history *out)
{
    struct list plain = *list;

    plain.mode = LIST_MODE_ONCE; // which knows no rounds
    return desk_history(desk, &plain, guest, out);
}

enum status desk_find_record(struct desk *desk, uint64_t seq, struct record *out)
{
    struct store *store = desk->config.store;

    if (desk->stance.is_practising && seq >= PRACTICE_FIRST_SEQ) return practice_find(&desk->practice, seq, out);
    return store->ops->find_record(store, seq, out);
}
