#include "support/check.h"

#include "base/text.h"
#include "support/door.h"

#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static uint64_t must_append(struct store *store, const struct record *record)
{
    uint64_t seq = 0;

    assert_int_equal(store->ops->append(store, record, &seq), STATUS_OK);
    return seq;
}

static struct headcount count(struct door *door, struct store *store)
{
    struct headcount headcount = {0};

    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door->event.lists[0], &headcount), STATUS_OK);
    return headcount;
}

static bool is_inside(struct door *door, struct store *store, size_t guest)
{
    struct guest asked = {.ticket = door_ticket(guest), .person = (uint32_t)(guest / 2 + 1)};
    struct history history;

    assert_int_equal(store->ops->find_history(store, DOOR_EVENT, &door->event.lists[0], &asked, &history), STATUS_OK);
    return history.ticket.is_entry;
}

static void test_store__keeps_what_was_appended(void **state)
{
    struct door door;
    struct store *store;
    struct history history;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 10);
    assert_int_equal(store->ops->identity(store)->boot, 1);
    struct record entry = door_entry(&door, 3);
    assert_int_equal(must_append(store, &entry), 3); // 1 boot, 2 event_version
    uint8_t log[LOG_ID_BYTES];
    memcpy(log, store->ops->identity(store)->log, sizeof log);
    store_close(store);

    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(store->ops->identity(store)->boot, 2);
    assert_memory_equal(store->ops->identity(store)->log, log, sizeof log);
    struct guest asked = {.ticket = door_ticket(3), .person = 2};
    assert_int_equal(store->ops->find_history(store, DOOR_EVENT, &door.event.lists[0], &asked, &history), STATUS_OK);
    assert_true(history.ticket.is_entry);
    assert_int_equal(history.ticket.unix_ms, DOOR_UNIX_MS);
    assert_string_equal(history.ticket.gate, "Nord");
    assert_false(is_inside(&door, store, 2));
    assert_int_equal(must_append(store, &entry), 5);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_store__settings_are_those_the_promise_rests_on(void **state)
{
    struct door door;
    struct store *store;
    char journal[16] = "";
    sqlite3 *handle = NULL;
    sqlite3_stmt *row = NULL;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 1);
    assert_int_equal(sqlite3_open(door.path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, "PRAGMA journal_mode", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    text_copy(journal, sizeof journal, (const char *)sqlite3_column_text(row, 0));
    assert_string_equal(journal, "wal"); // kept in the file, so another connection sees it
    sqlite3_finalize(row);
    assert_int_not_equal(sqlite3_exec(handle, "UPDATE log SET line = ''", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(handle, "DELETE FROM log", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
    store_close(store);
    door_destroy(&door);
}

static void test_store__headcount_counts_persons(void **state)
{
    struct door door;
    struct store *store;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 10);
    assert_int_equal(count(&door, store).expected, 5); // ten tickets, two to a person
    struct record entry = door_entry(&door, 0);
    must_append(store, &entry);
    assert_int_equal(count(&door, store).inside, 1);
    entry = door_entry(&door, 1); // the same person's other ticket
    must_append(store, &entry);
    assert_int_equal(count(&door, store).inside, 1);
    entry = door_entry(&door, 2);
    must_append(store, &entry);
    assert_int_equal(count(&door, store).inside, 2);
    for (int i = 0; i < 3; i++) { // unknown persons: each ticket is one
        struct record unknown = door_entry(&door, (size_t)(100 + i));
        unknown.person = 0;
        must_append(store, &unknown);
    }
    assert_int_equal(count(&door, store).inside, 5);
    struct record exit_of = door_entry(&door, 0); // with either of their tickets they are out
    exit_of.kind = RECORD_KIND_EXIT;
    must_append(store, &exit_of);
    assert_int_equal(count(&door, store).inside, 4);
    assert_false(is_inside(&door, store, 0));
    exit_of = door_entry(&door, 1);
    exit_of.kind = RECORD_KIND_EXIT;
    must_append(store, &exit_of);
    assert_int_equal(count(&door, store).inside, 4);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_store__headcount_follows_a_person_that_becomes_known(void **state)
{
    struct door door;
    struct store *store;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 4);
    struct record entry = door_entry(&door, 0);
    entry.person = 0;
    must_append(store, &entry);
    entry.person = 1; // the roster came later
    must_append(store, &entry);
    assert_int_equal(count(&door, store).inside, 1);
    entry.kind = RECORD_KIND_EXIT;
    must_append(store, &entry);
    assert_int_equal(count(&door, store).inside, 0);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_store__annul_takes_back_one_check_in(void **state)
{
    struct door door;
    struct store *store;
    struct record entry, exit_of, annul;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 10);
    entry = door_entry(&door, 0);
    annul = door_entry(&door, 0);
    annul.kind = RECORD_KIND_ANNUL;
    annul.annuls = must_append(store, &entry);
    assert_true(is_inside(&door, store, 0));
    must_append(store, &annul);
    assert_false(is_inside(&door, store, 0));
    assert_int_equal(count(&door, store).inside, 0);

    must_append(store, &entry);
    exit_of = entry;
    exit_of.kind = RECORD_KIND_EXIT;
    annul.annuls = must_append(store, &exit_of);
    assert_int_equal(count(&door, store).inside, 0);
    must_append(store, &annul); // not left after all
    assert_true(is_inside(&door, store, 0));
    assert_int_equal(count(&door, store).inside, 1);
    must_append(store, &annul); // again: nothing more to take back
    assert_int_equal(count(&door, store).inside, 1);

    uint64_t seq = 0;
    annul.annuls = 1; // the boot record
    assert_int_equal(store->ops->append(store, &annul, &seq), STATUS_INVALID);
    annul.annuls = 4711; // none
    assert_int_equal(store->ops->append(store, &annul, &seq), STATUS_INVALID);
    must_append(store, &entry); // and nothing is broken by that
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

static void test_store__refused_records_change_no_projection(void **state)
{
    struct door door;
    struct store *store;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 10);
    struct record refused = door_entry(&door, 0);
    refused.kind = RECORD_KIND_REFUSED;
    refused.reason = REASON_BLOCKED;
    must_append(store, &refused);
    assert_false(is_inside(&door, store, 0));
    assert_int_equal(count(&door, store).inside, 0);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    door_destroy(&door);
}

// ---- events and rosters ----

static void test_store__install_brings_event_and_roster(void **state)
{
    struct door door;
    struct store *store;
    struct event *event = calloc(1, sizeof *event);
    struct guest guest;
    uint64_t tickets[2];
    size_t found = 0;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 10);
    assert_int_equal(store->ops->load_event(store, 0, event), STATUS_OK);
    assert_int_equal(event->number, DOOR_EVENT);
    assert_string_equal(event->name[LANGUAGE_DE], "StudiTour Süd");
    assert_memory_equal(event->keyset.keys[0].public_key, door.event.keyset.keys[0].public_key, 32);
    assert_true(id_set_has(&event->lists[1].groups, 2));
    assert_int_equal(store->ops->load_event(store, 8, event), STATUS_MISSING);

    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(7), &guest), STATUS_OK);
    assert_true(guest.is_listed);
    assert_int_equal(guest.ticket, door_ticket(7));
    assert_int_equal(guest.class_id, 1);
    assert_int_equal(guest.group, 2);
    assert_int_equal(guest.person, 4);
    assert_string_equal(guest.name, "Muster, Vorname7");
    assert_string_equal(guest.company, "Schule 7");
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(10), &guest), STATUS_MISSING);
    assert_int_equal(store->ops->find_guest(store, 8, door_ticket(7), &guest), STATUS_MISSING);

    assert_int_equal(store->ops->find_foreign(store, DOOR_EVENT, "FOREIGN-9xx", 9, tickets, &found), STATUS_OK);
    assert_int_equal(found, 1);
    assert_int_equal(tickets[0], door_ticket(9));
    assert_int_equal(store->ops->find_foreign(store, DOOR_EVENT, "FOREIGN-9", 8, tickets, &found), STATUS_OK);
    assert_int_equal(found, 0);
    store_close(store);
    free(event);
    door_destroy(&door);
}

static void test_store__expected_counts_who_may_come(void **state)
{
    struct door door;
    struct store *store;
    struct headcount headcount;
    struct roster_entry also[5] = {0};

    (void)state;
    for (size_t i = 0; i < 5; i++)
        also[i].guest = (struct guest){.is_listed = true, .ticket = i + 1, .class_id = 1, .group = 2};
    also[0].guest.status = GUEST_STATUS_UNPAID; // may still pay
    also[1].guest.status = GUEST_STATUS_BLOCKED;
    also[2].guest.status = GUEST_STATUS_CANCELED;
    also[3].guest.least_generation = GUEST_WITHDRAWN;
    also[4].guest.group = 0; // any bus
    door_init(&door, NULL);
    door_document_with(&door, 1, 6, also, 5);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(door_install(&door, store), STATUS_OK);
    assert_int_equal(count(&door, store).expected, 3 + 2);
    // Group 2 only: guests 1 and 4 of persons 1 and 3, and both who may come.
    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door.event.lists[1], &headcount), STATUS_OK);
    assert_int_equal(headcount.expected, 4);
    store_close(store);
    door_destroy(&door);
}

static void test_store__install_is_all_or_nothing_and_never_older(void **state)
{
    struct door door;
    struct store *store;
    struct guest guest;
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    door_init(&door, NULL);
    door_document(&door, 5, 10);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(door_install(&door, store), STATUS_OK);
    struct record entry = door_entry(&door, 0);
    uint64_t seq = must_append(store, &entry);
    assert_int_equal(door_install(&door, store), STATUS_OK); // the same again: nothing to do, no record
    assert_int_equal(must_append(store, &entry), seq + 1);

    door_document(&door, 5, 11); // another content under the same version
    assert_int_equal(door_install(&door, store), STATUS_INVALID);
    door_document(&door, 4, 12);
    assert_int_equal(door_install(&door, store), STATUS_INVALID);
    door_document(&door, 6, 12);
    door.signature[5] ^= 1;
    assert_int_equal(door_install(&door, store), STATUS_INVALID);
    door.signature[5] ^= 1;
    door.document_length -= 10; // truncated
    assert_int_equal(door_install(&door, store), STATUS_INVALID);
    door.document_length += 10;
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(9), &guest), STATUS_OK);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(10), &guest), STATUS_MISSING);
    assert_int_equal(store->ops->load_event(store, DOOR_EVENT, event), STATUS_OK);
    assert_int_equal(event->version, 5);
    assert_int_equal(must_append(store, &entry), seq + 2); // refusals leave no record and the store in use

    assert_int_equal(door_install(&door, store), STATUS_OK);
    assert_int_equal(store->ops->load_event(store, DOOR_EVENT, event), STATUS_OK);
    assert_int_equal(event->version, 6);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(11), &guest), STATUS_OK);
    assert_int_equal(count(&door, store).expected, 6);
    assert_int_equal(count(&door, store).inside, 1);
    door_document(&door, 7, 0); // a roster may also be empty
    assert_int_equal(door_install(&door, store), STATUS_OK);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(0), &guest), STATUS_MISSING);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    free(event);
    door_destroy(&door);
}

// Which event a refused file is about is known whenever the office signed it.
static void test_store__names_the_event_of_a_refused_file(void **state)
{
    struct door door;
    struct store *store;
    struct record stamp = {.unix_ms = DOOR_UNIX_MS, .clock = CLOCK_STATE_NTP};
    struct event_flaw flaw = {0};
    uint32_t number = 0;

    (void)state;
    door_init(&door, NULL);
    door_document(&door, 5, 3);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(door_install(&door, store), STATUS_OK);
    for (uint32_t version = 4; version <= 5; version++) { // older; the same with another content
        door_document(&door, version, 2);
        number = 0;
        assert_int_equal(store->ops->install_event(store, door.document, door.document_length, door.signature,
                                                   door.root_key, &stamp, &number, &flaw),
                         STATUS_INVALID);
        assert_int_equal(number, DOOR_EVENT);
        assert_non_null(strstr(flaw.words, version == 4 ? "lower" : "another content"));
    }
    door.signature[0] ^= 1;
    number = 99;
    assert_int_equal(store->ops->install_event(store, door.document, door.document_length, door.signature,
                                               door.root_key, &stamp, &number, &flaw),
                     STATUS_INVALID);
    assert_int_equal(number, 99); // nobody can say
    store_close(store);
    door_destroy(&door);
}

// Every office counts its events from 1; check-ins go by the number.
static void test_store__keeps_the_events_of_two_offices_apart(void **state)
{
    struct door door, other;
    struct store *store;
    struct record stamp = {.unix_ms = DOOR_UNIX_MS, .clock = CLOCK_STATE_NTP};
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 3);
    struct record entry = door_entry(&door, 0);
    must_append(store, &entry);
    for (int what = 0; what < 4; what++) { // another organisation, another root key; newer and of the same version
        struct event_flaw flaw = {0};
        uint32_t number = 0;
        door_init(&other, NULL);
        if (what < 2) other.event.keyset.organisation[0] ^= 1;
        else assert_int_equal(crypto_sign_keypair(other.root_key, other.root_secret_key), 0);
        door_document(&other, what % 2 == 0 ? 9 : 1, 5);
        assert_int_equal(store->ops->install_event(store, other.document, other.document_length, other.signature,
                                                   other.root_key, &stamp, &number, &flaw),
                         STATUS_INVALID);
        assert_true(flaw.is_other_office);
        assert_string_equal(flaw.words, "this database holds event 7 of another office; use a new database");
        assert_int_equal(number, DOOR_EVENT);
        door_destroy(&other);
    }
    assert_int_equal(store->ops->load_event(store, DOOR_EVENT, event), STATUS_OK);
    assert_int_equal(event->version, 1);
    assert_int_equal(count(&door, store).expected, 2);
    door_document(&door, 2, 5); // its own office's next version is welcome
    assert_int_equal(door_install(&door, store), STATUS_OK);
    assert_int_equal(count(&door, store).inside, 1);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    free(event);
    door_destroy(&door);
}

static void test_store__holds_several_events(void **state)
{
    struct door door, other;
    struct store *store;
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    door_init(&door, NULL);
    door_init(&other, NULL);
    store = door_store(&door, 3);
    other.event.number = 8;
    strcpy(other.event.name[LANGUAGE_DE], "Stammtisch");
    door_document(&other, 1, 5);
    assert_int_equal(door_install(&other, store), STATUS_OK);
    assert_int_equal(store->ops->load_event(store, 0, event), STATUS_OK);
    assert_int_equal(event->number, 8);
    assert_int_equal(store->ops->load_event(store, DOOR_EVENT, event), STATUS_OK);
    assert_string_equal(event->name[LANGUAGE_DE], "StudiTour Süd");
    assert_int_equal(count(&door, store).expected, 2);
    store_close(store);
    assert_int_equal(door_audit(&door), 0);
    free(event);
    door_destroy(&other);
    door_destroy(&door);
}

// ---- what a store refuses to open ----

static void test_store__one_kiosk_per_database(void **state)
{
    struct door door;
    struct store *store, *second = NULL;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 1);
    assert_int_equal(door_open(&door, &second), STATUS_LATER);
    assert_null(second);
    struct record entry = door_entry(&door, 0);
    must_append(store, &entry);             // the first is not disturbed
    assert_int_equal(door_audit(&door), 0); // nor is it by somebody who reads
    must_append(store, &entry);
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    store_close(store);
    door_destroy(&door);
}

static void test_store__refuses_what_it_does_not_know(void **state)
{
    struct door door;
    struct store *store = NULL;
    char missing[128];

    (void)state;
    door_init(&door, NULL);
    door_sql(&door, "CREATE TABLE music (title TEXT)");
    assert_int_equal(door_open(&door, &store), STATUS_INVALID); // somebody else's database
    unlink(door.path);
    store = door_store(&door, 1);
    store_close(store);
    store = NULL;
    door_sql(&door, "PRAGMA user_version = 4");
    assert_int_equal(door_open(&door, &store), STATUS_INVALID); // made by a newer version
    door_sql(&door, "PRAGMA user_version = 3");
    door.device_key[0] ^= 1;
    assert_int_equal(door_open(&door, &store), STATUS_INVALID); // another device's
    door.device_key[0] ^= 1;
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    store_close(store);
    snprintf(missing, sizeof missing, "%s/nowhere/kiosk.db", door.folder);
    assert_int_equal(store_sqlite_open(missing, door.device_key, door.clock, &store), STATUS_MISSING);
    door_destroy(&door);
}

static void test_store__damage_found_on_opening(void **state)
{
    static const char *const damages[] = {
        "DROP TRIGGER log_keeps_its_lines; UPDATE log SET line = replace(line, 'Nord', 'Mord') WHERE seq = 3",
        "DROP TRIGGER log_keeps_its_lines; UPDATE log SET hash = zeroblob(32) WHERE seq = 4",
        "DROP TRIGGER log_keeps_its_rows; DELETE FROM log WHERE seq = 3",
        "DROP TRIGGER log_keeps_its_rows; DELETE FROM log WHERE seq = 1",
        "DELETE FROM check_in",
        "DELETE FROM identity",
        "UPDATE identity SET log = zeroblob(16)",
        "DROP TABLE check_in",
        "DROP TABLE roster",
    };

    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct door door;
        struct store *store, *none = NULL;
        door_init(&door, NULL);
        store = door_store(&door, 4);
        for (size_t guest = 0; guest < 4; guest++) {
            struct record entry = door_entry(&door, guest);
            must_append(store, &entry);
        }
        store_close(store);
        door_sql(&door, damages[i]);
        if (door_open(&door, &none) != STATUS_CORRUPT) fail_msg("opened after: %s", damages[i]);
        assert_int_equal(access(door.path, F_OK), 0); // kept for whoever can repair it
        door_destroy(&door);
    }
}

// The newest part is checked on opening, however long the log is.
static void test_store__long_logs_are_checked_at_their_end(void **state)
{
    struct door door;
    struct store *store;

    (void)state;
    door_init(&door, NULL);
    store = door_store(&door, 200);
    for (size_t guest = 0; guest < 200; guest++) {
        struct record entry = door_entry(&door, guest);
        must_append(store, &entry);
    }
    struct record annul = door_entry(&door, 199);
    annul.kind = RECORD_KIND_ANNUL;
    annul.annuls = 202;
    must_append(store, &annul);
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(count(&door, store).inside, 100);
    store_close(store);
    door_sql(&door,
             "DROP TRIGGER log_keeps_its_lines; UPDATE log SET line = replace(line, 'Nord', 'Mord') WHERE seq = 195");
    assert_int_equal(door_open(&door, &store), STATUS_CORRUPT);
    assert_int_equal(door_audit(&door), 2); // its line, and its check-in that says otherwise
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store__keeps_what_was_appended),
        cmocka_unit_test(test_store__settings_are_those_the_promise_rests_on),
        cmocka_unit_test(test_store__headcount_counts_persons),
        cmocka_unit_test(test_store__headcount_follows_a_person_that_becomes_known),
        cmocka_unit_test(test_store__annul_takes_back_one_check_in),
        cmocka_unit_test(test_store__refused_records_change_no_projection),
        cmocka_unit_test(test_store__install_brings_event_and_roster),
        cmocka_unit_test(test_store__expected_counts_who_may_come),
        cmocka_unit_test(test_store__install_is_all_or_nothing_and_never_older),
        cmocka_unit_test(test_store__names_the_event_of_a_refused_file),
        cmocka_unit_test(test_store__keeps_the_events_of_two_offices_apart),
        cmocka_unit_test(test_store__holds_several_events),
        cmocka_unit_test(test_store__one_kiosk_per_database),
        cmocka_unit_test(test_store__refuses_what_it_does_not_know),
        cmocka_unit_test(test_store__damage_found_on_opening),
        cmocka_unit_test(test_store__long_logs_are_checked_at_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
