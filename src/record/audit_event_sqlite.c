#define LOG_MODULE "audit"

#include "record/audit_event_sqlite.h"

#include "base/mem.h"
#include "record/store_events_sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct comparison { // of one event
    struct db *db;
    FILE *out;
    uint32_t *difference_count;
    struct event *event; // of the document
    struct sqlite3_stmt *row, *add_expected;
    uint32_t entry_count;
};

static void report(struct comparison *comparison, uint32_t event, const char *what)
{
    fprintf(comparison->out, "event %u: %s\n", event, what);
    ++*comparison->difference_count;
}

static bool is_column(struct sqlite3_stmt *row, int column, const char *text)
{
    const char *stored = (const char *)sqlite3_column_text(row, column);

    return stored && text ? strcmp(stored, text) == 0 : stored == text;
}

static bool is_entry(struct sqlite3_stmt *row, const struct roster_entry *entry, int64_t lists)
{
    const struct guest *guest = &entry->guest;

    return sqlite3_column_int64(row, 0) == guest->class_id && sqlite3_column_int64(row, 1) == guest->group &&
           sqlite3_column_int64(row, 2) == guest->least_generation &&
           is_column(row, 3, guest_status_word(guest->status)) && sqlite3_column_int64(row, 4) == guest->person &&
           is_column(row, 5, guest->name) && is_column(row, 6, guest->company) && is_column(row, 7, guest->note) &&
           is_column(row, 8, entry->foreign_code) && is_column(row, 9, guest->language) &&
           sqlite3_column_int64(row, 10) == lists;
}

// Each person once for every list it may come to.
static enum status expect(struct comparison *comparison, const struct guest *guest)
{
    const struct event *event = comparison->event;

    if (guest->status == GUEST_STATUS_CANCELED || guest->status == GUEST_STATUS_BLOCKED) return STATUS_OK;
    if (guest->least_generation >= GUEST_WITHDRAWN) return STATUS_OK;
    for (size_t i = 0; i < event->list_count; i++) {
        if (!list_takes(&event->lists[i], guest->class_id, guest->group)) continue;
        db_bind(comparison->add_expected, event->number, event->lists[i].id, guest->person,
                guest->person == 0 ? (int64_t)guest->ticket : 0);
        bool is_done = sqlite3_step(comparison->add_expected) == SQLITE_DONE;
        sqlite3_reset(comparison->add_expected);
        if (!is_done) return db_failure(comparison->db, "recount who is expected");
    }
    return STATUS_OK;
}

static enum status compare_entry(void *owner, const struct roster_entry *entry) // a roster_visitor
{
    struct comparison *comparison = owner;
    char words[80];

    comparison->entry_count++;
    db_bind(comparison->row, comparison->event->number, (int64_t)entry->guest.ticket);
    int code = sqlite3_step(comparison->row);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return db_failure(comparison->db, "read the roster");
    if (code == SQLITE_DONE || !is_entry(comparison->row, entry, store_lists_of(comparison->event, &entry->guest))) {
        snprintf(words, sizeof words, "ticket %012llx on the roster %s", (unsigned long long)entry->guest.ticket,
                 code == SQLITE_DONE ? "is missing" : "differs from the signed document");
        report(comparison, comparison->event->number, words);
    }
    sqlite3_reset(comparison->row);
    return expect(comparison, &entry->guest);
}

static enum status count_roster(struct comparison *comparison, uint32_t number)
{
    char sql[80], words[120];
    int64_t stored = 0;
    enum status status;

    snprintf(sql, sizeof sql, "SELECT count(*) FROM roster WHERE event = %u", number);
    if ((status = db_number(comparison->db, sql, &stored)) != STATUS_OK) return status;
    if (stored <= comparison->entry_count) return STATUS_OK; // missing ones were named
    snprintf(words, sizeof words, "%lld on the roster, %u in the signed document", (long long)stored,
             comparison->entry_count);
    report(comparison, number, words);
    return STATUS_OK;
}

static enum status compare_expected(struct comparison *comparison)
{
    struct sqlite3_stmt *row = NULL;
    static const char sql[] =
        "WITH recount AS (SELECT event, list, count(*) AS persons FROM truly_expected GROUP BY event, list), places AS "
        "(SELECT event, list FROM recount UNION SELECT event, list FROM expected) SELECT event, printf('%d expected on "
        "list %d, %d in its roster', ifnull(e.persons, 0), list, ifnull(r.persons, 0)) FROM places LEFT JOIN expected "
        "AS e USING (event, list) LEFT JOIN recount AS r USING (event, list) WHERE ifnull(e.persons, 0) <> "
        "ifnull(r.persons, 0)";
    int code = sqlite3_prepare_v2(comparison->db->handle, sql, -1, &row, NULL);

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        if ((code = sqlite3_step(row)) == SQLITE_ROW)
            report(comparison, (uint32_t)sqlite3_column_int64(row, 0), (const char *)sqlite3_column_text(row, 1));
    }
    enum status status = code == SQLITE_DONE ? STATUS_OK : db_failure(comparison->db, "compare who is expected");
    sqlite3_finalize(row);
    return status;
}

static enum status compare_head(struct comparison *comparison, struct sqlite3_stmt *row, uint32_t number)
{
    uint8_t *head = NULL;
    size_t length = 0;
    enum status status = store_write_head(comparison->event, &head, &length);

    if (status != STATUS_OK) return status;
    if (length != (size_t)sqlite3_column_bytes(row, 1) || memcmp(head, sqlite3_column_blob(row, 1), length) != 0)
        report(comparison, number, "its stored rules differ from the signed document");
    free(head);
    return STATUS_OK;
}

// Each list's place among the event's is its bit in the roster.
static enum status compare_bits(struct comparison *comparison)
{
    const struct event *event = comparison->event;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++) {
        char sql[100], words[80];
        int64_t bit = 0;
        snprintf(sql, sizeof sql, "SELECT bit FROM expected WHERE event = %u AND list = %u", event->number,
                 event->lists[i].id);
        status = db_number(comparison->db, sql, &bit);
        if (status == STATUS_MISSING) status = STATUS_OK; // compare_expected() names it
        else if (status == STATUS_OK && bit != INT64_C(1) << i) {
            snprintf(words, sizeof words, "list %u has another one's bit in the roster", event->lists[i].id);
            report(comparison, event->number, words);
        }
    }
    return status;
}

// `row`: number, head, bytes, signature, root_key.
static enum status compare_event(struct comparison *comparison, struct sqlite3_stmt *row)
{
    uint32_t number = (uint32_t)sqlite3_column_int64(row, 0);
    struct event_flaw flaw = {0};
    enum status status = STATUS_INVALID;

    comparison->entry_count = 0;
    if (sqlite3_column_bytes(row, 3) == TICKET_SIGNATURE_BYTES && sqlite3_column_bytes(row, 4) == ROOT_KEY_BYTES)
        status = event_file_decode(sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2),
                                   sqlite3_column_blob(row, 3), sqlite3_column_blob(row, 4), comparison->event,
                                   compare_entry, comparison, &flaw);
    if (status == STATUS_INVALID) {
        report(comparison, number, "the stored document is not what the office signed");
        return STATUS_OK;
    }
    if (status != STATUS_OK) return status;
    if ((status = compare_head(comparison, row, number)) != STATUS_OK) return status;
    if ((status = compare_bits(comparison)) != STATUS_OK) return status;
    return count_roster(comparison, number);
}

enum status audit_events(struct db *db, FILE *out, uint32_t *difference_count)
{
    static const char events_sql[] = "SELECT number, head, bytes, signature, root_key FROM event LEFT JOIN document ON "
                                     "document.event = event.number ORDER BY number";
    static const char guest_sql[] = "SELECT class, party, least_generation, status, person, name, company, note, "
                                    "foreign_code, language, lists FROM roster WHERE event = ?1 AND ticket = ?2";
    struct comparison comparison = {
        .db = db, .out = out, .difference_count = difference_count, .event = mem_zero(sizeof *comparison.event)};
    struct sqlite3_stmt *events = NULL;
    int code = SQLITE_DONE;
    enum status status =
        db_execute(db,
                   "CREATE TEMP TABLE truly_expected (event, list, person, ticket, PRIMARY KEY (event, list, person, "
                   "ticket)) WITHOUT ROWID",
                   "begin to compare the events");

    if (status != STATUS_OK) goto done;
    if (sqlite3_prepare_v2(db->handle, events_sql, -1, &events, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db->handle, guest_sql, -1, &comparison.row, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db->handle, "INSERT OR IGNORE INTO truly_expected VALUES (?1, ?2, ?3, ?4)", -1,
                           &comparison.add_expected, NULL) != SQLITE_OK)
        status = db_failure(db, "read the events");
    while (status == STATUS_OK && (code = sqlite3_step(events)) == SQLITE_ROW)
        status = compare_event(&comparison, events);
    if (status == STATUS_OK && code != SQLITE_DONE) status = db_failure(db, "read the events");
    if (status == STATUS_OK) status = compare_expected(&comparison);
done:
    sqlite3_finalize(events);
    sqlite3_finalize(comparison.row);
    sqlite3_finalize(comparison.add_expected);
    free(comparison.event);
    return status;
}
