#include "office/fair.h"

#include <stdio.h>
#include <stdlib.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
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

    fair_open(counter, &fair);
    json_t *found = fair_rows(counter->inbox, REPORT_HEADCOUNT);
    assert_string_equal(fair_text(found, 0, "list"), "Einlass");
    assert_string_equal(fair_text(found, 0, "part"), "list");
    assert_int_equal(fair_number(found, 0, "inside"), 5); // 101 once, 103, two walk-ins, 301
    assert_int_equal(fair_number(found, 0, "expected"), 3);
    assert_int_equal(fair_number(found, 0, "given"), -1); // null
    assert_string_equal(fair_text(found, 1, "part"), "class");
    assert_string_equal(fair_text(found, 1, "name"), "Gäste");
    assert_int_equal(fair_number(found, 1, "inside"), 2);
    assert_string_equal(fair_text(found, 3, "list"), "Boxen");
    assert_int_equal(fair_number(found, 3, "given"), 1);
    assert_int_equal(fair_number(found, 3, "left"), 9);
    json_decref(found);
    fair_expect(counter->inbox, REPORT_HEADCOUNT, REPORT_TEXT, "Messe: Zählerstand\n\nEinlass: 5 von 3 da; zuletzt 20");
    fair_expect(counter->inbox, REPORT_HEADCOUNT, REPORT_CSV, "\xEF\xBB\xBF\"Liste\";\"Wovon\";");
    fair_close(&fair);
}

static void test_conflicts__are_told_in_words(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    fair_open(counter, &fair);
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
    json_t *found = fair_rows(counter->inbox, REPORT_CONFLICTS);
    assert_int_equal(json_array_size(found), 2);
    assert_string_equal(fair_text(found, 0, "kind"), "forced"); // newest first
    assert_string_equal(fair_text(found, 0, "why"), "hat die Karte verloren");
    assert_non_null(strstr(fair_text(found, 0, "words"), "Ticket von Jörg Ebert zweimal an Nord: um "));
    assert_non_null(strstr(fair_text(found, 0, "words"), "trotzdem eingelassen: „hat die Karte verloren“"));
    assert_string_equal(fair_text(found, 1, "kind"), "concurrent");
    assert_non_null(strstr(fair_text(found, 1, "words"), "Ticket von Lena Hoffmann um "));
    assert_non_null(strstr(fair_text(found, 1, "words"), " an Nord und um "));
    assert_non_null(strstr(fair_text(found, 1, "words"), " an Süd; die Kioske wussten nichts voneinander"));
    json_decref(found);
    fair_expect(counter->inbox, REPORT_CONFLICTS, REPORT_CSV, "\"gleichzeitig\";\"Einlass\";\"Lena Hoffmann\";");
    fair_close(&fair);
}

static void test_walk_ins__say_what_has_not_arrived(void **state)
{
    struct counter *counter = counter_of(state);
    char ticket[TICKET_NUMBER_TEXT_SIZE];
    struct fair fair;

    fair_open(counter, &fair);
    json_t *found = fair_rows(counter->inbox, REPORT_WALK_INS);
    assert_int_equal(json_array_size(found), 2);
    ticket_number_write(101, ticket);
    assert_string_equal(fair_text(found, 0, "field.name"), "Pia Spontan");
    assert_string_equal(fair_text(found, 0, "consent.photos"), "ja");
    assert_string_equal(fair_text(found, 0, "with"), ticket);
    assert_string_equal(fair_text(found, 0, "missing"), "");
    assert_string_equal(fair_text(found, 1, "field.name"), "");
    assert_string_equal(fair_text(found, 1, "missing"), "noch nicht angekommen");
    json_decref(found);
    fair_close(&fair);
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
                 "Ticket von Lena Hoffmann um 10:02 an Nord und um 10:05 an Süd; die Kioske wussten nichts "
                 "voneinander, mindestens einer war ohne Netz");
    conflict.first.uncertainty_ms = -1;
    conflict.further.uncertainty_ms = 90000;
    conflict.kind = CONFLICT_KIND_IGNORED;
    expect_words(&conflict, "Lena Hoffmann", false,
                 "Ticket of Lena Hoffmann at 10:02 (the clock was not set) at Nord and at about 10:05 at Süd; "
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
        "Ausgegeben auf Ticket 0000000036W zweimal an Nord: am 22.11. um 10:02 und am 23.11. um 10:05, mit zwei "
        "verschiedenen Tickets; das Personal hat trotzdem ausgegeben: „eine war leer“");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report__knows_its_words),    cmocka_unit_test(test_words__say_how_sure_the_time_is),
        SQLITE_TEST(test_report__needs_a_published_event), COUNTER_TESTS(test_headcount__is_of_persons),
        COUNTER_TESTS(test_conflicts__are_told_in_words),  COUNTER_TESTS(test_walk_ins__say_what_has_not_arrived),
    };

    return cmocka_run_group_tests(tests, NULL, counter_end);
}
