// store_history_sqlite.c -- last check-ins: of a ticket, of a person, as the projections and the rules ask for them.
#define LOG_MODULE "store"

#include "record/store_history_sqlite.h"

#include "base/text.h"
#include "record/store_sqlite.h"

#include <sqlite3.h>

struct store_owner store_owner_of(uint32_t person, uint64_t ticket)
{
    return (struct store_owner){.person = person, .ticket = person == 0 ? ticket : 0};
}

static enum status read_last(struct db *db, enum statement name, struct store_last *out)
{
    struct sqlite3_stmt *row = db->statements[name];
    struct store_last last = {0};
    enum status status = db_row(db, name, "look for a check-in");

    if (status != STATUS_OK) return status;
    last.seq = (uint64_t)sqlite3_column_int64(row, 0);
    last.is_entry = sqlite3_column_int(row, 1) != 0;
    last.unix_ms = sqlite3_column_int64(row, 2);
    const char *gate = (const char *)sqlite3_column_text(row, 3);
    text_copy(last.gate, sizeof last.gate, gate ? gate : "");
    last.person = (uint32_t)sqlite3_column_int64(row, 4);
    db_done(db, name);
    *out = last;
    return STATUS_OK;
}

enum status store_last_of_ticket(struct db *db, const struct store_list *list, uint64_t ticket, uint64_t except,
                                 struct store_last *out)
{
    db_bind(db->statements[STATEMENT_LAST_OF_TICKET], list->event, list->list, (int64_t)ticket, (int64_t)except);
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
    if ((status = store_last_of_ticket(db, list, owner->ticket, 0, &last)) != STATUS_OK) return status;
    if (last.person != 0) return STATUS_MISSING; // it belongs to somebody now
    *out = last;
    return STATUS_OK;
}

enum status store_round_seq(struct db *db, const struct store_list *list, uint64_t *out)
{
    db_bind(db->statements[STATEMENT_ROUND], list->event, list->list);
    enum status status = db_row(db, STATEMENT_ROUND, "look which round it is");
    *out = 0;
    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    *out = (uint64_t)sqlite3_column_int64(db->statements[STATEMENT_ROUND], 0);
    db_done(db, STATEMENT_ROUND);
    return STATUS_OK;
}

static enum status is_there(struct db *db, enum statement name, bool *out)
{
    enum status status = db_row(db, name, "look for an entry");

    if (status == STATUS_OK) db_done(db, name);
    *out = status == STATUS_OK;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status has_passed(struct db *db, const struct store_list *list, const struct guest *guest, bool *out)
{
    db_bind(db->statements[STATEMENT_PASSED_TICKET], list->event, list->list, (int64_t)guest->ticket);
    enum status status = is_there(db, STATEMENT_PASSED_TICKET, out);
    if (status != STATUS_OK || *out || guest->person == 0) return status;
    db_bind(db->statements[STATEMENT_PASSED_PERSON], list->event, list->list, guest->person);
    return is_there(db, STATEMENT_PASSED_PERSON, out);
}

static struct past past_of(const struct store_last *last, uint64_t after_seq)
{
    struct past past = {.is_known = true, .is_entry = last->is_entry, .unix_ms = last->unix_ms, .seq = last->seq};

    if (last->seq <= after_seq) return (struct past){0};
    text_copy(past.gate, sizeof past.gate, last->gate);
    return past;
}

// The roster may have given the ticket to another person since its last check-in: it counts for the person it has now.
static enum status find_lasts(struct db *db, const struct store_list *list, const struct guest *guest,
                              struct store_last *ticket_out, struct store_last *person_out)
{
    struct store_owner owner = {.person = guest->person};
    struct store_last last;
    enum status status = store_last_of_ticket(db, list, guest->ticket, 0, ticket_out);

    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    *person_out = *ticket_out;
    if (owner.person == 0) return STATUS_OK;
    if ((status = store_last_of(db, list, &owner, &last)) == STATUS_OK && last.seq > person_out->seq)
        *person_out = last;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_find_history(struct store *store, uint32_t event, const struct list *list, const struct guest *guest,
                               struct history *out)
{
    struct db *db = &store_sqlite_of(store)->db;
    struct store_list here = {event, list->id}, before = {event, list->after};
    struct store_last of_ticket = {0}, of_person = {0};
    struct history history = {0};
    uint64_t round_seq = 0;
    enum status status;

    if (!db->handle) return STATUS_LATER;
    if ((status = find_lasts(db, &here, guest, &of_ticket, &of_person)) != STATUS_OK) return status;
    if (list->mode == LIST_MODE_ROLL_CALL) {
        if ((status = store_round_seq(db, &here, &round_seq)) != STATUS_OK) return status;
        history.is_aboard = of_person.seq != 0 && of_person.is_entry;
        history.is_signed_off = of_person.seq != 0 && !of_person.is_entry;
        history.is_of_another = of_ticket.seq != 0 && of_ticket.person != guest->person;
    }
    history.ticket = past_of(&of_ticket, round_seq);
    history.person = past_of(&of_person, round_seq);
    if (list->after != 0 && (status = has_passed(db, &before, guest, &history.has_passed_after)) != STATUS_OK)
        return status;
    *out = history;
    return STATUS_OK;
}
