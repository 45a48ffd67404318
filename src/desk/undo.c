// undo.c -- taking a check-in back. The log is never changed: an annul stands beside what it takes back.
#include "desk/obey.h"

static bool is_check_in(const struct desk *desk, const struct record *record)
{
    if (record->kind != RECORD_KIND_ENTRY && record->kind != RECORD_KIND_EXIT) return false;
    return record->has_ticket && record->event == desk->config.event->number;
}

// By the clock that runs on through a suspend: the wall clock may be set meanwhile. Another start of the program may
// have been another start of the machine.
static bool is_fresh(const struct desk *desk, const struct record *record)
{
    struct store *store = desk->config.store;
    struct clock *clock = desk->config.clock;
    int64_t age_ms = clock->ops->boot_ms(clock) - record->boot_ms;

    return record->boot == store->ops->identity(store)->boot && age_ms >= 0 && age_ms <= DESK_UNDO_MS;
}

// MISSING: there is no such check-in, it doesn't stand any more, or another one of that ticket stands after it: the
// last one is taken back first.
static enum status find_standing(struct desk *desk, uint64_t seq, struct record *out)
{
    enum status status = desk_find_record(desk, seq, out);
    struct guest guest;
    struct history history = {0};
    const struct list *list;

    if (status != STATUS_OK) return status;
    if (!is_check_in(desk, out)) return STATUS_MISSING;
    if (!(list = event_list(desk->config.event, out->list))) return STATUS_MISSING; // it was taken out of the event
    guest = (struct guest){.ticket = out->ticket, .person = out->person};
    status = desk_history_ever(desk, list, &guest, &history);
    if (status != STATUS_OK) return status;
    return history.ticket.is_known && history.ticket.seq == seq ? STATUS_OK : STATUS_MISSING;
}

static struct record annul_of(const struct desk *desk, const struct record *record, uint64_t seq)
{
    struct record annul = desk_note_of(desk, RECORD_KIND_ANNUL);

    annul.list = record->list;
    annul.has_ticket = true;
    annul.ticket = record->ticket;
    annul.person = record->person;
    annul.annuls = seq;
    return annul;
}

bool desk_can_undo(struct desk *desk, uint64_t seq)
{
    struct record record = {0};

    return find_standing(desk, seq, &record) == STATUS_OK && is_fresh(desk, &record);
}

void desk_obey_undo(struct desk *desk, const struct command *command, struct notice *out)
{
    struct record record = {0}, annul;
    enum status status = desk_recover(desk);
    bool has_why;

    if (status == STATUS_OK) status = find_standing(desk, command->seq, &record);
    // The seq on the screen may be another kiosk's, or of before a new log was begun.
    if (status == STATUS_OK && command->ticket != 0 && command->ticket != record.ticket) status = STATUS_MISSING;
    if (status == STATUS_OK) {
        annul = annul_of(desk, &record, command->seq);
        has_why = desk_take_text(command->text, annul.why, sizeof annul.why);
        if (is_fresh(desk, &record) || has_why) status = desk_write(desk, &annul, &out->seq);
        else status = STATUS_MISSING;
    }
    if (status == STATUS_OK) return;
    out->kind = status == STATUS_MISSING ? NOTICE_TOO_LATE : NOTICE_NOT_SAVED;
    if (status != STATUS_MISSING) desk->needs_recovery = true;
}
