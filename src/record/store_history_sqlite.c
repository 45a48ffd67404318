// store_history_sqlite.c -- last check-ins: of a ticket, of a person, as the projections and the rules ask for them.
#define LOG_MODULE "store"

#include "record/store_history_sqlite.h"

#include "base/text.h"
#include "record/store_sqlite.h"

#include <sqlite3.h>
#include <string.h>

struct store_owner store_owner_of(uint32_t person, uint64_t ticket)
{
    return (struct store_owner){.person = person, .ticket = person == 0 ? ticket : 0};
}

void store_bind_order(struct sqlite3_stmt *statement, int index, const struct order *order)
{
    db_bind_blob(statement, index, order->bytes, ORDER_BYTES);
}

struct order store_order_column(struct sqlite3_stmt *row, int column)
{
    struct order order = {0};

    if (sqlite3_column_bytes(row, column) == ORDER_BYTES)
        memcpy(order.bytes, sqlite3_column_blob(row, column), ORDER_BYTES);
    return order;
}

static enum status read_last(struct db *db, enum statement name, struct store_last *out)
{
    struct sqlite3_stmt *row = db->statements[name];
    struct store_last last = {.is_known = true};
    enum status status = db_row(db, name, "look for a check-in");

    if (status != STATUS_OK) return status;
    last.at = store_order_column(row, 0);
    last.is_entry = sqlite3_column_int(row, 1) != 0;
    last.unix_ms = sqlite3_column_int64(row, 2);
    const char *gate = (const char *)sqlite3_column_text(row, 3);
    text_copy(last.gate, sizeof last.gate, gate ? gate : "");
    last.person = (uint32_t)sqlite3_column_int64(row, 4);
    db_done(db, name);
    *out = last;
    return STATUS_OK;
}

enum status store_last_of_ticket(struct db *db, const struct store_list *list, uint64_t ticket,
                                 const struct order *except, struct store_last *out)
{
    static const struct order none = {0};

    db_bind(db->statements[STATEMENT_LAST_OF_TICKET], list->event, list->list, (int64_t)ticket);
    store_bind_order(db->statements[STATEMENT_LAST_OF_TICKET], 4, except ? except : &none);
    return read_last(db, STATEMENT_LAST_OF_TICKET, out);
}

enum status store_last_of(struct db *db, const struct store_list *list, const struct store_owner *owner,
                          struct store_last *out)
{
    struct store_last last;
    enum status status;

    if (owner->person != 0) {
        db_bind(db->statements[STATEMENT_LAST_OF_PERSON], list->event, list->list, owner->person);
        return read_last(db, STATEMENT_LAST_OF_PERSON, out);
    }
    if ((status = store_last_of_ticket(db, list, owner->ticket, NULL, &last)) != STATUS_OK) return status;
    if (last.person != 0) return STATUS_MISSING; // it belongs to somebody now
    *out = last;
    return STATUS_OK;
}

enum status store_round_at(struct db *db, const struct store_list *list, struct order *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ROUND];

    db_bind(row, list->event, list->list);
    enum status status = db_row(db, STATEMENT_ROUND, "look which round it is");
    *out = (struct order){0};
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    *out = store_order_column(row, 0);
    db_done(db, STATEMENT_ROUND);
    return STATUS_OK;
}

static enum status has_passed(struct db *db, const struct store_list *list, const struct guest *guest, bool *out)
{
    db_bind(db->statements[STATEMENT_PASSED_TICKET], list->event, list->list, (int64_t)guest->ticket);
    enum status status = db_has_row(db, STATEMENT_PASSED_TICKET, "look for an entry", out);
    if (status != STATUS_OK || *out || guest->person == 0) return status;
    db_bind(db->statements[STATEMENT_PASSED_PERSON], list->event, list->list, guest->person);
    return db_has_row(db, STATEMENT_PASSED_PERSON, "look for an entry", out);
}

// Only its own log's records have a seq that can be named here.
static struct past past_of(const struct store_last *last, const struct order *after, const uint8_t log[LOG_ID_BYTES])
{
    struct past past = {.is_known = true, .is_entry = last->is_entry, .unix_ms = last->unix_ms};

    if (!last->is_known || !order_is_after(&last->at, after)) return (struct past){0};
    if (order_is_of(&last->at, log)) past.seq = order_seq(&last->at);
    text_copy(past.gate, sizeof past.gate, last->gate);
    return past;
}

// The roster may have given the ticket to another person since its last check-in: it counts for the person it has now.
static enum status find_lasts(struct db *db, const struct store_list *list, const struct guest *guest,
                              struct store_last *ticket_out, struct store_last *person_out)
{
    struct store_owner owner = {.person = guest->person};
    struct store_last last;
    enum status status = store_last_of_ticket(db, list, guest->ticket, NULL, ticket_out);

    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    *person_out = *ticket_out;
    if (owner.person == 0) return STATUS_OK;
    if ((status = store_last_of(db, list, &owner, &last)) == STATUS_OK && order_is_after(&last.at, &person_out->at))
        *person_out = last;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_find_history(struct store *store, uint32_t event, const struct list *list, const struct guest *guest,
                               struct history *out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct db *db = &self->db;
    struct store_list here = {event, list->id}, before = {event, list->after};
    struct store_last of_ticket = {0}, of_person = {0};
    struct history history = {0};
    struct order round = {0};
    enum status status;

    if (!db->handle) return STATUS_LATER;
    if ((status = find_lasts(db, &here, guest, &of_ticket, &of_person)) != STATUS_OK) return status;
    if (list->mode == LIST_MODE_ROLL_CALL) {
        if ((status = store_round_at(db, &here, &round)) != STATUS_OK) return status;
        history.is_aboard = of_person.is_known && of_person.is_entry;
        history.is_signed_off = of_person.is_known && !of_person.is_entry;
        history.is_of_another = of_ticket.is_known && of_ticket.person != guest->person;
    }
    history.ticket = past_of(&of_ticket, &round, self->identity.log);
    history.person = past_of(&of_person, &round, self->identity.log);
    if (list->after != 0 && (status = has_passed(db, &before, guest, &history.has_passed_after)) != STATUS_OK)
        return status;
    *out = history;
    return STATUS_OK;
}
