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

void desk_obey_search(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    struct rows *rows = writable(desk);
    enum status status = desk_recover(desk);

    if (status == STATUS_OK && rows && text_is_utf8(command->text, strlen(command->text)))
        status = store->ops->search(store, desk->config.event->number, desk->list, command->text, rows);
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
    answer(desk, command, status, out);
}

void desk_obey_recent(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    struct rows *rows = writable(desk);
    enum status status = desk_recover(desk);

    if (status == STATUS_OK && rows)
        status = store->ops->recent(store, desk->config.event->number, desk->list, DESK_RECENT_COUNT, rows);
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
