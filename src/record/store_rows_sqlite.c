// store_rows_sqlite.c -- the lists of people that staff see, row by row.
#define LOG_MODULE "store"

#include "record/store_people_sqlite.h"

#include "record/store_history_sqlite.h"

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

    if (status == STATUS_MISSING) guest = (struct guest){.ticket = ticket}; // a genuine ticket, but of no roster
    else if (status != STATUS_OK) return status;
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

// ---- who is missing ----

static void bind_missing(struct db *db, enum statement name, const struct store_list *list, const struct order *round)
{
    if (name == STATEMENT_MISSING)
        db_bind(db->statements[name], list->event, list->list, 0, store_first_place(list->event));
    else db_bind(db->statements[name], list->event, list->list);
    store_bind_order(db->statements[name], 3, round);
}

struct search_for_missing {
    struct store *store;
    uint32_t event;
    const struct list *list;
    uint32_t skip; // counts down to the first row wanted
    struct rows *rows;
};

// Goes on behind those passed over before.
static enum status add_missing(struct search_for_missing *search, enum statement name)
{
    struct db *db = &store_sqlite_of(search->store)->db;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && search->rows->count < ROWS_MOST &&
           (status = db_row(db, name, "look who is missing")) == STATUS_OK) {
        uint64_t ticket = (uint64_t)sqlite3_column_int64(db->statements[name], 0);
        if (search->skip > 0) search->skip--;
        else status = store_add_row(search->store, search->event, search->list, ticket, search->rows);
    }
    if (status != STATUS_MISSING) db_done(db, name);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

// Not counted by reading them: expected and here are known. Who came without being expected is no longer missing.
static enum status count_missing(struct db *db, const struct store_list *list, uint32_t *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_COUNT];

    db_bind(row, list->event, list->list);
    enum status status = db_row(db, STATEMENT_COUNT, "read the headcount");
    if (status != STATUS_OK) return status;
    int64_t unseen = sqlite3_column_int64(row, 5) - sqlite3_column_int64(row, 3);
    int64_t of_earlier_rounds = sqlite3_column_int64(row, 0) - sqlite3_column_int64(row, 1);
    db_done(db, STATEMENT_COUNT);
    *out = (uint32_t)(unseen + of_earlier_rounds);
    return STATUS_OK;
}

enum status store_missing(struct store *store, uint32_t event, const struct list *list, uint32_t from, struct rows *out)
{
    struct db *db = &store_sqlite_of(store)->db;
    struct search_for_missing search = {store, event, list, from, out};
    struct store_list here = {event, list->id};
    struct order round = {0};
    enum status status;

    store_clear_rows(out, ROWS_MISSING);
    out->from = from;
    if (!db->handle) return STATUS_LATER;
    if ((status = count_missing(db, &here, &out->total)) != STATUS_OK) return status;
    if ((status = store_round_at(db, &here, &round)) != STATUS_OK) return status;
    static const enum statement names[] = {STATEMENT_MISSING, STATEMENT_MISSING_UNLISTED};
    for (size_t i = 0; i < sizeof names / sizeof *names && status == STATUS_OK; i++) {
        if (from >= out->total || out->count == ROWS_MOST || from + out->count == out->total) break;
        bind_missing(db, names[i], &here, &round);
        status = add_missing(&search, names[i]);
    }
    out->has_more = from + out->count < out->total;
    return status;
}

// ---- who came last ----

static void put_past(struct row *row, struct sqlite3_stmt *check_in, const uint8_t log[LOG_ID_BYTES])
{
    struct order at = store_order_column(check_in, 3);
    const char *gate = (const char *)sqlite3_column_text(check_in, 4);

    row->past = (struct past){.is_known = true,
                              .is_entry = sqlite3_column_int(check_in, 1) != 0,
                              .unix_ms = sqlite3_column_int64(check_in, 2),
                              .seq = order_is_of(&at, log) ? order_seq(&at) : 0};
    text_copy(row->past.gate, sizeof row->past.gate, gate ? gate : "");
}

enum status store_recent(struct store *store, uint32_t event, const struct list *list, size_t most, struct rows *out)
{
    struct db *db = &store_sqlite_of(store)->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_RECENT];
    enum status status = STATUS_OK;

    store_clear_rows(out, ROWS_RECENT);
    if (!db->handle) return STATUS_LATER;
    if (most > ROWS_MOST) most = ROWS_MOST;
    db_bind(row, event, list->id, (int64_t)most + 1);
    while (status == STATUS_OK && (status = db_row(db, STATEMENT_RECENT, "look who came last")) == STATUS_OK) {
        out->has_more = out->count == most;
        if (out->has_more) continue;
        status = store_add_row(store, event, list, (uint64_t)sqlite3_column_int64(row, 0), out);
        if (status == STATUS_OK) put_past(&out->rows[out->count - 1], row, store_sqlite_of(store)->identity.log);
    }
    if (status != STATUS_MISSING) db_done(db, STATEMENT_RECENT);
    return status == STATUS_MISSING ? STATUS_OK : status;
}
