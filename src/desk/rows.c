// rows.c -- people in rows, for the staff's pages: names, so they never go through the queue of notices, where every
// page could see them.
#include "desk/obey.h"

#include "base/mailbox.h"
#include "base/text.h"

#include <string.h>

// Answers in the mailbox, where a newer answer takes an older one's place: who types on wants the last.
static void answer(struct desk *desk, const struct command *command, enum status status, struct notice *out)
{
    struct rows *rows;

    if (status != STATUS_OK) {
        desk->needs_recovery = true;
        out->kind = NOTICE_NOT_SAVED;
        return;
    }
    if (!desk->config.rows) return;
    rows = mailbox_writable(desk->config.rows);
    rows->mono_ms = command->mono_ms;
    mailbox_put(desk->config.rows);
}

static struct rows *writable(struct desk *desk)
{
    struct rows *rows = desk->config.rows ? mailbox_writable(desk->config.rows) : NULL;

    if (rows) *rows = (struct rows){0};
    return rows;
}

// ---- practice: rows as they would be ----

static void drop_row(struct rows *rows, size_t at)
{
    rows->count--;
    memmove(&rows->rows[at], &rows->rows[at + 1], (rows->count - at) * sizeof rows->rows[0]);
}

static enum status overlay(struct desk *desk, struct rows *rows)
{
    for (size_t i = rows->count; desk->stance.is_practising && i-- > 0;) {
        struct row *row = &rows->rows[i];
        struct guest guest = {.ticket = row->ticket, .person = row->person};
        struct history history = {0};
        enum status status = desk_history(desk, desk->list, &guest, &history);
        if (status != STATUS_OK) return status;
        row->past = history.person;
        row->is_signed_off = history.is_signed_off;
        if (rows->kind != ROWS_MISSING || (!row->past.is_entry && !row->is_signed_off)) continue;
        drop_row(rows, i);
        rows->total--;
    }
    return STATUS_OK;
}

static enum status put_first(struct desk *desk, const struct practised *check_in, struct rows *rows)
{
    struct row *row = &rows->rows[0];
    struct guest guest;
    enum status status = desk_find_picked(desk, check_in->record.ticket, &guest);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    if (rows->count == DESK_RECENT_COUNT) rows->count--;
    memmove(&rows->rows[1], &rows->rows[0], rows->count * sizeof rows->rows[0]);
    rows->count++;
    *row = (struct row){.ticket = guest.ticket,
                        .person = guest.person,
                        .class_id = guest.class_id,
                        .group = guest.group,
                        .status = guest.status,
                        .has_note = guest.note[0] != '\0',
                        .is_walk_in = guest.is_walk_in,
                        .past = practice_past(check_in)};
    text_copy(row->name, sizeof row->name, guest.name);
    text_copy(row->company, sizeof row->company, guest.company);
    return STATUS_OK;
}

static enum status add_practised(struct desk *desk, struct rows *rows)
{
    const struct practice *practice = &desk->practice;
    enum status status = STATUS_OK;

    for (size_t i = 0; desk->stance.is_practising && i < practice->count && status == STATUS_OK; i++) {
        const struct practised *check_in = &practice->check_ins[i];
        if (check_in->record.list != desk->list->id) continue;
        if (check_in->record.kind != RECORD_KIND_ANNUL) status = put_first(desk, check_in, rows);
        for (size_t at = rows->count; check_in->record.kind == RECORD_KIND_ANNUL && at-- > 0;)
            if (rows->rows[at].past.seq == check_in->record.annuls) drop_row(rows, at);
    }
    return status;
}

// ---- what staff ask for ----

void desk_obey_search(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    struct rows *rows = writable(desk);
    enum status status = desk_recover(desk);

    if (rows) rows->kind = ROWS_FOUND; // nobody
    if (status == STATUS_OK && rows && text_is_utf8(command->text, strlen(command->text)))
        status = store->ops->search(store, desk->config.event->number, desk->list, command->text, rows);
    if (status == STATUS_OK && rows) status = overlay(desk, rows);
    answer(desk, command, status, out);
}

void desk_obey_missing(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    struct rows *rows = writable(desk);
    uint32_t from = command->number > 0 ? (uint32_t)command->number : 0;
    enum status status = desk_recover(desk);

    if (status == STATUS_OK && rows)
        status = store->ops->missing(store, desk->config.event->number, desk->list, from, rows);
    if (status == STATUS_OK && rows) status = overlay(desk, rows);
    answer(desk, command, status, out);
}

void desk_obey_recent(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    struct rows *rows = writable(desk);
    enum status status = desk_recover(desk);

    if (status == STATUS_OK && rows)
        status = store->ops->recent(store, desk->config.event->number, desk->list, DESK_RECENT_COUNT, rows);
    if (status == STATUS_OK && rows) status = add_practised(desk, rows);
    for (size_t i = 0; status == STATUS_OK && rows && i < rows->count; i++)
        rows->rows[i].can_be_undone = desk_can_undo(desk, rows->rows[i].past.seq);
    answer(desk, command, status, out);
}

void desk_obey_census(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    enum status status = desk_recover(desk);

    (void)command;
    if (status == STATUS_OK) status = store->ops->census(store, desk->config.event, desk->list, &out->census);
    if (status == STATUS_OK) return;
    desk->needs_recovery = true;
    out->kind = NOTICE_NOT_SAVED;
}
