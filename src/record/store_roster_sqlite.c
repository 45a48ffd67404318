// store_roster_sqlite.c -- what is made from an event's document, so that nothing is counted at the door.
#define LOG_MODULE "store"

#include "record/store_events_sqlite.h"
#include "record/store_people_sqlite.h"

#include "base/log.h"
#include "base/mem.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>

enum status store_write_head(const struct event *event, uint8_t **bytes_out, size_t *length_out)
{
    struct event_writer *writer = NULL;
    enum status status = event_writer_open(event, &writer);

    if (status == STATUS_OK) status = event_writer_finish(writer, bytes_out, length_out);
    event_writer_close(writer);
    return status;
}

static enum status clear_roster(struct db *db, uint32_t event)
{
    db_bind(db->statements[STATEMENT_CLEAR_ROSTER], event);
    return db_run(db, STATEMENT_CLEAR_ROSTER, "clear an old roster");
}

int64_t store_lists_of(const struct event *event, const struct guest *guest)
{
    int64_t lists = 0;

    static_assert(EVENT_MAX_LISTS < 63, "a bit each");
    if (guest->status == GUEST_STATUS_CANCELED || guest->status == GUEST_STATUS_BLOCKED) return 0;
    if (guest->least_generation >= GUEST_WITHDRAWN) return 0;
    for (size_t i = 0; i < event->list_count; i++)
        if (list_takes(&event->lists[i], guest->class_id, guest->group)) lists |= INT64_C(1) << i;
    return lists;
}

// Both statements' parameters are these.
static void bind_guest(struct sqlite3_stmt *row, const struct event *event, const struct roster_entry *entry)
{
    const struct guest *guest = &entry->guest;

    db_bind(row, event->number, (int64_t)guest->ticket, guest->class_id, guest->group, guest->least_generation,
            guest->person, store_lists_of(event, guest));
    db_bind_text(row, 8, guest_status_word(guest->status));
    db_bind_text(row, 9, guest->name);
    db_bind_text(row, 10, guest->company);
    db_bind_text(row, 11, guest->note);
    if (entry->foreign_code) db_bind_text(row, 12, entry->foreign_code);
    else db_bind_null(row, 12);
    db_bind_text(row, 13, guest->language);
}

enum status store_put_guest(struct db *db, const struct event *event, const struct roster_entry *entry)
{
    bind_guest(db->statements[STATEMENT_PUT_GUEST], event, entry);
    return db_run(db, STATEMENT_PUT_GUEST, "store a roster entry");
}

enum status store_has_guest(struct db *db, const struct event *event, const struct roster_entry *entry, bool *out)
{
    bind_guest(db->statements[STATEMENT_SAME_GUEST], event, entry);
    enum status status = db_row(db, STATEMENT_SAME_GUEST, "compare a roster entry");
    if (status == STATUS_OK) db_done(db, STATEMENT_SAME_GUEST);
    *out = status == STATUS_OK;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

// One pass for all lists, persons in order, so that each is counted once a list.
static enum status count_expected(struct db *db, const struct event *event, uint32_t expected[EVENT_MAX_LISTS])
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ROSTER_BY_PERSON];
    int64_t last_person[EVENT_MAX_LISTS] = {0};
    enum status status;

    db_bind(row, event->number);
    while ((status = db_row(db, STATEMENT_ROSTER_BY_PERSON, "count who is expected")) == STATUS_OK) {
        int64_t person = sqlite3_column_int64(row, 0), lists = sqlite3_column_int64(row, 1);
        for (size_t i = 0; i < event->list_count; i++) {
            if (!(lists >> i & 1)) continue;
            if (person == 0 || person != last_person[i]) expected[i]++;
            last_person[i] = person;
        }
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_finish_roster(struct db *db, const struct event *event)
{
    uint32_t expected[EVENT_MAX_LISTS] = {0};
    enum status status;

    db_bind(db->statements[STATEMENT_CLEAR_EXPECTED], event->number);
    if ((status = db_run(db, STATEMENT_CLEAR_EXPECTED, "clear who was expected")) != STATUS_OK) return status;
    status = count_expected(db, event, expected);

    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++) {
        db_bind(db->statements[STATEMENT_ADD_EXPECTED], event->number, event->lists[i].id, expected[i],
                INT64_C(1) << i);
        status = db_run(db, STATEMENT_ADD_EXPECTED, "store who is expected");
    }
    if (status != STATUS_OK) return status;
    db_bind(db->statements[STATEMENT_RECOUNT_SEEN], event->number);
    return db_run(db, STATEMENT_RECOUNT_SEEN, "count who of them was seen");
}

// ---- afresh ----

struct renewal { // of one event
    struct db *db;
    struct event *event;
};

static enum status renew_entry(void *owner, const struct roster_entry *entry) // a roster_visitor
{
    struct renewal *renewal = owner;

    return store_put_guest(renewal->db, renewal->event, entry);
}

static enum status put_head(struct renewal *renewal)
{
    struct sqlite3_stmt *row = renewal->db->statements[STATEMENT_PUT_HEAD];
    uint8_t *head = NULL;
    size_t length = 0;
    enum status status = store_write_head(renewal->event, &head, &length);

    if (status != STATUS_OK) return status;
    db_bind(row, renewal->event->number);
    int code = sqlite3_bind_text(row, 2, (const char *)head, (int)length, SQLITE_STATIC);
    assert(code == SQLITE_OK);
    status = db_run(renewal->db, STATEMENT_PUT_HEAD, "store an event's rules");
    free(head);
    return status;
}

// `row`: event, bytes, signature and root_key of a document.
static enum status renew(struct renewal *renewal, struct sqlite3_stmt *row)
{
    struct event_flaw flaw = {0};
    uint32_t number = (uint32_t)sqlite3_column_int64(row, 0);
    enum status status = clear_roster(renewal->db, number);

    if (status != STATUS_OK) return status;
    status = STATUS_INVALID;
    if (sqlite3_column_bytes(row, 2) == TICKET_SIGNATURE_BYTES && sqlite3_column_bytes(row, 3) == ROOT_KEY_BYTES)
        status = event_file_decode(sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1),
                                   sqlite3_column_blob(row, 2), sqlite3_column_blob(row, 3), renewal->event,
                                   renew_entry, renewal, &flaw);
    if (status == STATUS_INVALID) {
        log_error("a stored event can't be read event=%u: %s", number, flaw.words);
        return STATUS_CORRUPT;
    }
    if (status == STATUS_OK) status = put_head(renewal);
    if (status == STATUS_OK) status = store_finish_roster(renewal->db, renewal->event);
    return status == STATUS_OK ? store_index_event(renewal->db, number) : status;
}

enum status store_renew_events(struct store_sqlite *self)
{
    static const char sql[] = "SELECT event, bytes, signature, root_key FROM document ORDER BY event";
    struct renewal renewal = {.db = &self->db, .event = mem_zero(sizeof *renewal.event)};
    struct sqlite3_stmt *row = NULL;
    enum status status = STATUS_OK;
    int code = sqlite3_prepare_v2(self->db.handle, sql, -1, &row, NULL);

    while (status == STATUS_OK && (code == SQLITE_OK || code == SQLITE_ROW))
        if ((code = sqlite3_step(row)) == SQLITE_ROW) status = renew(&renewal, row);
    if (status == STATUS_OK && code != SQLITE_DONE) status = db_failure(&self->db, "read the stored events");
    sqlite3_finalize(row);
    free(renewal.event);
    return status;
}
