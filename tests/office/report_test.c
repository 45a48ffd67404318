#include "office/diary.h"

#include "office/report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

// free() it.
static char *report(struct inbox *inbox, enum report_kind kind, enum report_format format)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    assert_int_equal(report_write(inbox, DIARY_EVENT, kind, format, out), STATUS_OK);
    assert_int_equal(fclose(out), 0);
    return text;
}

static json_t *rows(struct inbox *inbox, enum report_kind kind)
{
    char *text = report(inbox, kind, REPORT_JSON);
    json_t *whole = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

    if (!whole) fail_msg("%s", text);
    json_t *found = json_incref(json_object_get(whole, "rows"));
    assert_int_equal(json_integer_value(json_object_get(whole, "event")), DIARY_EVENT);
    assert_true(json_is_array(found));
    json_decref(whole);
    free(text);
    return found;
}

static const char *field(const json_t *rows, size_t row, const char *key)
{
    const char *text = json_string_value(json_object_get(json_array_get(rows, row), key));

    return text ? text : "(none)";
}

static int64_t number(const json_t *rows, size_t row, const char *key)
{
    const json_t *value = json_object_get(json_array_get(rows, row), key);

    return json_is_integer(value) ? json_integer_value(value) : -1;
}

static void expect_part(struct inbox *inbox, enum report_kind kind, enum report_format format, const char *part)
{
    char *text = report(inbox, kind, format);

    if (!strstr(text, part)) fail_msg("%s\nis not in\n%s", part, text);
    free(text);
}

// ---- a fair ----

static const struct guest guests[] = {
    {.ticket = 101, .class_id = DIARY_GUEST, .person = 1, .name = "Lena Hoffmann", .company = "Bäckerei Ä"},
    {.ticket = 102, .class_id = DIARY_GUEST, .person = 2, .name = "Jörg Ebert"},
    {.ticket = 103, .class_id = DIARY_GUEST, .person = 2, .name = "Jörg Ebert"}, // printed again
    {.ticket = 104, .class_id = DIARY_GUEST, .person = 3, .name = "Mia Canceled", .status = GUEST_STATUS_CANCELED},
    {.ticket = 105, .class_id = DIARY_GUEST, .person = 4, .name = "Ole Fehlt"},
};
enum { GUESTS = sizeof guests / sizeof *guests };

struct fair {
    struct inbox *inbox;
    struct diary *north, *south;
};

static void walk_in(struct fair *fair, uint64_t ticket, const char *name, bool has_blob)
{
    struct event *event = diary_event();
    struct walk_in walk_in = {.ticket = ticket, .plus_one_of = 101, .consents = 1, .language = "de"};
    struct record record = {.kind = RECORD_KIND_WALK_IN,
                            .list = DIARY_DOOR,
                            .has_ticket = true,
                            .ticket = ticket,
                            .class_id = DIARY_WALK_IN};
    char blob[WALK_IN_BLOB_SIZE];

    snprintf(walk_in.values[0], sizeof walk_in.values[0], "%s", name);
    assert_int_equal(walk_in_write_blob(&walk_in, &event->walk_ins, blob), STATUS_OK);
    walk_in_hash(blob, walk_in.salt, record.blob_hash);
    diary_note(fair->north, fair->inbox, record);
    diary_enter(fair->north, fair->inbox, DIARY_DOOR, ticket, 0);
    if (has_blob) assert_int_equal(inbox_put_blob(fair->inbox, record.blob_hash, walk_in.salt, blob), STATUS_OK);
    free(event);
}

static void open_fair(struct counter *counter, struct fair *out)
{
    struct event *event = diary_event();

    *out = (struct fair){counter->inbox, diary_open(1, "Nord"), diary_open(2, "Süd")};
    diary_publish(counter->inbox, event, guests, GUESTS);
    free(event);
    diary_enter(out->north, out->inbox, DIARY_DOOR, 101, 1);
    diary_enter(out->north, out->inbox, DIARY_DOOR, 103, 2);
    walk_in(out, 201, "Pia Spontan", true);
    walk_in(out, 202, "Noch Unterwegs", false);
    diary_enter(out->north, out->inbox, DIARY_DOOR, 301, 0); // on no roster
    diary_send(out->north, out->inbox);
    diary_enter(out->south, out->inbox, DIARY_DOOR, 101, 1); // neither knew of the other
    diary_enter(out->south, out->inbox, DIARY_BOXES, 101, 1);
    diary_enter(out->south, out->inbox, DIARY_HALL, 101, 1);
    diary_note(out->south, out->inbox,
               (struct record){.kind = RECORD_KIND_EXIT,
                               .list = DIARY_HALL,
                               .has_ticket = true,
                               .ticket = 101,
                               .person = 1,
                               .reason = REASON_OK});
    diary_send(out->south, out->inbox);
}

static void close_fair(struct fair *fair)
{
    diary_close(fair->north);
    diary_close(fair->south);
}

static void test_report__knows_its_words(void **state)
{
    enum report_kind kind;
    enum report_format format;

    (void)state;
    assert_int_equal(report_kind_of_word("walk-ins", &kind), STATUS_OK);
    assert_int_equal(kind, REPORT_WALK_INS);
    assert_int_equal(report_kind_of_word("salaries", &kind), STATUS_INVALID);
    assert_int_equal(report_format_of_word("csv", &format), STATUS_OK);
    assert_int_equal(format, REPORT_CSV);
    assert_int_equal(report_format_of_word("CSV", &format), STATUS_INVALID);
}

static void test_report__needs_a_published_event(void **state)
{
    struct counter *counter = counter_of(state);
    FILE *out = fopen("/dev/null", "w");

    assert_non_null(out);
    assert_int_equal(report_write(counter->inbox, DIARY_EVENT, REPORT_HEADCOUNT, REPORT_TEXT, out), STATUS_MISSING);
    fclose(out);
}

static void test_headcount__is_of_persons(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    open_fair(counter, &fair);
    json_t *found = rows(counter->inbox, REPORT_HEADCOUNT);
    assert_string_equal(field(found, 0, "list"), "Einlass");
    assert_string_equal(field(found, 0, "part"), "list");
    assert_int_equal(number(found, 0, "inside"), 5); // 101 once, 103, two walk-ins, 301
    assert_int_equal(number(found, 0, "expected"), 3);
    assert_int_equal(number(found, 0, "given"), -1); // null
    assert_string_equal(field(found, 1, "part"), "class");
    assert_string_equal(field(found, 1, "name"), "Gäste");
    assert_int_equal(number(found, 1, "inside"), 2);
    assert_string_equal(field(found, 3, "list"), "Boxen");
    assert_int_equal(number(found, 3, "given"), 1);
    assert_int_equal(number(found, 3, "left"), 9);
    json_decref(found);
    expect_part(counter->inbox, REPORT_HEADCOUNT, REPORT_TEXT, "Messe: Zählerstand\n\nEinlass: 5 von 3 da; zuletzt 20");
    expect_part(counter->inbox, REPORT_HEADCOUNT, REPORT_CSV, "\xEF\xBB\xBF\"Liste\";\"Wovon\";");
    close_fair(&fair);
}

static void expect_attendance(const json_t *found, const char *list, const char *name, const char *ticket,
                              const char *state, const char *gate)
{
    char text[TICKET_NUMBER_TEXT_SIZE];
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(found); i++) {
        if (strcmp(field(found, i, "list"), list) != 0 || strcmp(field(found, i, "name"), name) != 0) continue;
        ticket_number_write(strtoull(ticket, NULL, 10), text);
        assert_string_equal(field(found, i, "ticket"), text);
        assert_string_equal(field(found, i, "state"), state);
        assert_string_equal(field(found, i, "first_gate"), gate);
        count++;
    }
    if (count != (state ? 1 : 0)) fail_msg("%s: %zu rows", name, count);
}

static void test_attendance__names_who_came_and_who_is_missing(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    open_fair(counter, &fair);
    json_t *found = rows(counter->inbox, REPORT_ATTENDANCE);
    expect_attendance(found, "Einlass", "Lena Hoffmann", "101", "in", "Nord");
    expect_attendance(found, "Einlass", "Jörg Ebert", "103", "in", "Nord"); // not missing with the other ticket
    expect_attendance(found, "Einlass", "Mia Canceled", "", NULL, NULL);
    expect_attendance(found, "Einlass", "Ole Fehlt", "105", "absent", "");
    expect_attendance(found, "Einlass", "Pia Spontan", "201", "in", "Nord");
    expect_attendance(found, "Boxen", "Jörg Ebert", "102", "absent", "");
    expect_attendance(found, "Boxen", "Lena Hoffmann", "101", "in", "Süd");
    expect_attendance(found, "Halle", "Lena Hoffmann", "101", "left", "Süd");
    expect_attendance(found, "Halle", "Pia Spontan", "", NULL, NULL);
    json_decref(found);
    expect_part(counter->inbox, REPORT_ATTENDANCE, REPORT_TEXT, "\nnicht gekommen: Ole Fehlt\n");
    expect_part(counter->inbox, REPORT_ATTENDANCE, REPORT_TEXT, "\nda: Lena Hoffmann, Bäckerei Ä, 2026-11-22 ");
    expect_part(counter->inbox, REPORT_ATTENDANCE, REPORT_CSV,
                "\r\n\"Einlass\";\"da\";\"Lena Hoffmann\";\"Bäckerei Ä\";");
    close_fair(&fair);
}

static void test_attendance__forgets_what_was_taken_back(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    open_fair(counter, &fair);
    uint64_t seq = diary_enter(fair.north, fair.inbox, DIARY_DOOR, 105, 4);
    diary_send(fair.north, fair.inbox);
    json_t *found = rows(counter->inbox, REPORT_ATTENDANCE);
    expect_attendance(found, "Einlass", "Ole Fehlt", "105", "in", "Nord");
    json_decref(found);
    diary_note(fair.north, fair.inbox,
               (struct record){.kind = RECORD_KIND_ANNUL,
                               .list = DIARY_DOOR,
                               .has_ticket = true,
                               .ticket = 105,
                               .person = 4,
                               .annuls = seq});
    diary_send(fair.north, fair.inbox);
    found = rows(counter->inbox, REPORT_ATTENDANCE);
    expect_attendance(found, "Einlass", "Ole Fehlt", "105", "absent", "");
    json_decref(found);
    close_fair(&fair);
}

static void test_attendance__has_those_on_no_roster(void **state)
{
    struct counter *counter = counter_of(state);
    char ticket[TICKET_NUMBER_TEXT_SIZE], words[64];
    struct fair fair;

    open_fair(counter, &fair);
    for (uint64_t number = 202; number < 302; number += 99) { // a walk-in whose data are on their way; a stranger
        ticket_number_write(number, ticket);
        snprintf(words, sizeof words, "\nda: %s, 2026-11-22 ", ticket);
        expect_part(counter->inbox, REPORT_ATTENDANCE, REPORT_TEXT, words);
    }
    close_fair(&fair);
}

static void test_attendance__is_of_the_newest_round(void **state)
{
    struct counter *counter = counter_of(state);
    struct record round = {.kind = RECORD_KIND_ROUND, .list = DIARY_BUS, .round = 1, .stop = "Rathaus"};
    struct fair fair;

    open_fair(counter, &fair);
    diary_note(fair.north, fair.inbox, round);
    diary_enter(fair.north, fair.inbox, DIARY_BUS, 101, 1);
    diary_enter(fair.north, fair.inbox, DIARY_BUS, 102, 2);
    round.round = 2;
    diary_note(fair.north, fair.inbox, round);
    diary_enter(fair.north, fair.inbox, DIARY_BUS, 101, 1);
    diary_note(fair.north, fair.inbox,
               (struct record){.kind = RECORD_KIND_EXIT,
                               .list = DIARY_BUS,
                               .has_ticket = true,
                               .ticket = 105,
                               .person = 4,
                               .reason = REASON_OK});
    diary_send(fair.north, fair.inbox);
    json_t *found = rows(counter->inbox, REPORT_ATTENDANCE);
    expect_attendance(found, "Bus", "Lena Hoffmann", "101", "in", "Nord");
    expect_attendance(found, "Bus", "Jörg Ebert", "102", "missing", "Nord");
    expect_attendance(found, "Bus", "Ole Fehlt", "105", "signed_off", "Nord");
    json_decref(found);
    expect_part(counter->inbox, REPORT_HEADCOUNT, REPORT_TEXT, "\nBus: 1 von 2 da (Runde 2, Rathaus); zuletzt ");
    close_fair(&fair);
}

static void test_conflicts__are_told_in_words(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    open_fair(counter, &fair);
    diary_note(fair.north, fair.inbox,
               (struct record){.kind = RECORD_KIND_ENTRY,
                               .list = DIARY_DOOR,
                               .has_ticket = true,
                               .ticket = 103,
                               .person = 2,
                               .reason = REASON_OK,
                               .is_forced = true,
                               .why = "hat die Karte verloren"});
    diary_send(fair.north, fair.inbox);
    json_t *found = rows(counter->inbox, REPORT_CONFLICTS);
    assert_int_equal(json_array_size(found), 2);
    assert_string_equal(field(found, 0, "kind"), "forced"); // newest first
    assert_string_equal(field(found, 0, "why"), "hat die Karte verloren");
    assert_non_null(strstr(field(found, 0, "words"), "Ticket von Jörg Ebert zweimal an Tor Nord: um "));
    assert_non_null(strstr(field(found, 0, "words"), "trotzdem eingelassen: „hat die Karte verloren“"));
    assert_string_equal(field(found, 1, "kind"), "concurrent");
    assert_non_null(strstr(field(found, 1, "words"), "Ticket von Lena Hoffmann um "));
    assert_non_null(strstr(field(found, 1, "words"), " an Tor Nord und um "));
    assert_non_null(strstr(field(found, 1, "words"), " an Tor Süd; die Kioske wussten nichts voneinander"));
    json_decref(found);
    expect_part(counter->inbox, REPORT_CONFLICTS, REPORT_CSV, "\"gleichzeitig\";\"Einlass\";\"Lena Hoffmann\";");
    close_fair(&fair);
}

static void test_walk_ins__say_what_has_not_arrived(void **state)
{
    struct counter *counter = counter_of(state);
    char ticket[TICKET_NUMBER_TEXT_SIZE];
    struct fair fair;

    open_fair(counter, &fair);
    json_t *found = rows(counter->inbox, REPORT_WALK_INS);
    assert_int_equal(json_array_size(found), 2);
    ticket_number_write(101, ticket);
    assert_string_equal(field(found, 0, "field.name"), "Pia Spontan");
    assert_string_equal(field(found, 0, "consent.photos"), "ja");
    assert_string_equal(field(found, 0, "with"), ticket);
    assert_string_equal(field(found, 0, "missing"), "");
    assert_string_equal(field(found, 1, "field.name"), "");
    assert_string_equal(field(found, 1, "missing"), "noch nicht angekommen");
    json_decref(found);
    close_fair(&fair);
}

// ---- words without a database ----

static void expect_words(const struct conflict *conflict, const char *name, bool is_german, const char *wanted)
{
    struct event *event = diary_event();
    char words[CONFLICT_WORDS_SIZE];

    assert_int_equal(report_conflict_words(event, conflict, name, is_german, words), STATUS_OK);
    assert_string_equal(words, wanted);
    free(event);
}

static void test_words__say_how_sure_the_time_is(void **state)
{
    const int64_t ten_ms = INT64_C(1795338120000); // 2026-11-22 10:02 in Berlin
    struct conflict conflict = {.kind = CONFLICT_KIND_CONCURRENT,
                                .list = DIARY_DOOR,
                                .first = {.ticket = 101, .gate = "Nord", .unix_ms = ten_ms},
                                .further = {.ticket = 101, .gate = "Süd", .unix_ms = ten_ms + 180000}};

    (void)state;
    expect_words(&conflict, "Lena Hoffmann", true,
                 "Ticket von Lena Hoffmann um 10:02 an Tor Nord und um 10:05 an Tor Süd; die Kioske wussten nichts "
                 "voneinander, mindestens einer war ohne Netz");
    conflict.first.uncertainty_ms = -1;
    conflict.further.uncertainty_ms = 90000;
    conflict.kind = CONFLICT_KIND_IGNORED;
    expect_words(
        &conflict, "Lena Hoffmann", false,
        "Ticket of Lena Hoffmann at 10:02 (the clock was not set) at gate Nord and at about 10:05 at gate Süd; "
        "the second kiosk knew and let them in all the same: a fault of the program, please report it");
    conflict.first.uncertainty_ms = conflict.further.uncertainty_ms = 0;
    conflict.further.unix_ms += 24 * 60 * 60 * 1000;
    conflict.list = DIARY_BOXES;
    conflict.further.ticket = 102;
    conflict.kind = CONFLICT_KIND_FORCED;
    strcpy(conflict.further.why, "eine war leer");
    strcpy(conflict.further.gate, "Nord");
    expect_words(
        &conflict, "", true,
        "Ausgegeben auf Ticket 0000000036W zweimal an Tor Nord: am 22.11. um 10:02 und am 23.11. um 10:05, mit zwei "
        "verschiedenen Tickets; das Personal hat trotzdem ausgegeben: „eine war leer“");
}

// The same statements as in the others: one database is enough.
#define SQLITE_TEST(test) cmocka_unit_test_setup_teardown(test, counter_open_sqlite, counter_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report__knows_its_words),
        cmocka_unit_test(test_words__say_how_sure_the_time_is),
        SQLITE_TEST(test_report__needs_a_published_event),
        COUNTER_TESTS(test_headcount__is_of_persons),
        COUNTER_TESTS(test_attendance__names_who_came_and_who_is_missing),
        SQLITE_TEST(test_attendance__forgets_what_was_taken_back),
        SQLITE_TEST(test_attendance__has_those_on_no_roster),
        SQLITE_TEST(test_attendance__is_of_the_newest_round),
        COUNTER_TESTS(test_conflicts__are_told_in_words),
        COUNTER_TESTS(test_walk_ins__say_what_has_not_arrived),
    };

    return cmocka_run_group_tests(tests, NULL, counter_end);
}
