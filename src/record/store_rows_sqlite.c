// store_rows_sqlite.c -- the lists of people that staff see, row by row.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"
#include "base/text.h"

#include <assert.h>
#include <sqlite3.h>

void store_clear_rows(struct rows *rows, enum rows_kind kind)
{
    rows->kind = kind;
    rows->mono_ms = 0;
    rows->from = rows->total = 0;
    rows->has_more = false;
    rows->count = 0;
}

enum status store_add_row(struct store *store, uint32_t event, const struct list *list, uint64_t ticket,
                          struct rows *rows)
{
    struct guest guest;
    struct history history;
    enum status status = store_find_guest(store, event, ticket, &guest);

    if (status == STATUS_MISSING) {
        log_error("somebody is listed whom nobody knows event=%u", event);
        return STATUS_CORRUPT;
    }
    if (status != STATUS_OK) return status;
    if ((status = store_find_history(store, event, list, &guest, &history)) != STATUS_OK) return status;
    assert(rows->count < ROWS_MOST);
    struct row *row = &rows->rows[rows->count++];
    *row = (struct row){
        .ticket = guest.ticket,
        .person = guest.person,
        .class_id = guest.class_id,
        .group = guest.group,
        .status = guest.status,
        .has_note = guest.note[0] != '\0',
        .is_walk_in = guest.is_walk_in,
        .past = history.person,
        .is_signed_off = history.is_signed_off,
    };
    text_copy(row->name, sizeof row->name, guest.name);
    text_copy(row->company, sizeof row->company, guest.company);
    return STATUS_OK;
}
