// Who came, who left and who is missing, by name.
#include "office/fair.h"

#include "office/inbox_parts.h"

#include <stdio.h>
#include <stdlib.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

static void expect_attendance(const json_t *found, const char *list, const char *name, const char *ticket,
                              const char *state, const char *gate)
{
    char text[TICKET_NUMBER_TEXT_SIZE];
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(found); i++) {
        if (strcmp(fair_text(found, i, "list"), list) != 0 || strcmp(fair_text(found, i, "name"), name) != 0) continue;
        ticket_number_write(strtoull(ticket, NULL, 10), text);
        assert_string_equal(fair_text(found, i, "ticket"), text);
        assert_string_equal(fair_text(found, i, "state"), state);
        assert_string_equal(fair_text(found, i, "first_gate"), gate);
        count++;
    }
    if (count != (state ? 1 : 0)) fail_msg("%s: %zu rows", name, count);
}

static void test_attendance__names_who_came_and_who_is_missing(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    fair_open(counter, &fair);
    json_t *found = fair_rows(counter->inbox, REPORT_ATTENDANCE);
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
    fair_expect(counter->inbox, REPORT_ATTENDANCE, REPORT_TEXT, "\nnicht gekommen: Ole Fehlt\n");
    fair_expect(counter->inbox, REPORT_ATTENDANCE, REPORT_TEXT, "\nda: Lena Hoffmann, Bäckerei Ä, 2026-11-22 ");
    fair_expect(counter->inbox, REPORT_ATTENDANCE, REPORT_CSV,
                "\r\n\"Einlass\";\"da\";\"Lena Hoffmann\";\"Bäckerei Ä\";");
    fair_close(&fair);
}

static void test_attendance__forgets_what_was_taken_back(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    fair_open(counter, &fair);
    uint64_t seq = diary_enter(fair.north, fair.inbox, DIARY_DOOR, 105, 4);
    diary_send(fair.north, fair.inbox);
    json_t *found = fair_rows(counter->inbox, REPORT_ATTENDANCE);
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
    found = fair_rows(counter->inbox, REPORT_ATTENDANCE);
    expect_attendance(found, "Einlass", "Ole Fehlt", "105", "absent", "");
    json_decref(found);
    fair_close(&fair);
}

static void test_attendance__has_those_on_no_roster(void **state)
{
    struct counter *counter = counter_of(state);
    char ticket[TICKET_NUMBER_TEXT_SIZE], words[64];
    struct fair fair;

    fair_open(counter, &fair);
    for (uint64_t number = 202; number < 302; number += 99) { // a walk-in whose data are on their way; a stranger
        ticket_number_write(number, ticket);
        snprintf(words, sizeof words, "\nda: %s, 2026-11-22 ", ticket);
        fair_expect(counter->inbox, REPORT_ATTENDANCE, REPORT_TEXT, words);
    }
    fair_close(&fair);
}

static void test_attendance__is_of_the_newest_round(void **state)
{
    struct counter *counter = counter_of(state);
    struct record round = {.kind = RECORD_KIND_ROUND, .list = DIARY_BUS, .round = 1, .stop = "Rathaus"};
    struct fair fair;

    fair_open(counter, &fair);
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
    json_t *found = fair_rows(counter->inbox, REPORT_ATTENDANCE);
    expect_attendance(found, "Bus", "Lena Hoffmann", "101", "in", "Nord");
    expect_attendance(found, "Bus", "Jörg Ebert", "102", "missing", "Nord");
    expect_attendance(found, "Bus", "Ole Fehlt", "105", "signed_off", "Nord");
    json_decref(found);
    fair_expect(counter->inbox, REPORT_HEADCOUNT, REPORT_TEXT, "\nBus: 1 von 2 da (Runde 2, Rathaus); zuletzt ");
    fair_close(&fair);
}

// A database that counts what it is asked.
struct asked {
    struct office_db db; // first
    struct office_db_ops ops;
    struct office_db *real;
    size_t count;
};

static enum status count_query(struct office_db *self, const char *sql, const struct db_value values[], size_t count,
                               db_visitor *visit, void *owner)
{
    struct asked *asked = (struct asked *)self;

    asked->count++;
    return asked->real->ops->query(asked->real, sql, values, count, visit, owner);
}

static enum status begin(struct office_db *self, bool is_writing)
{
    struct asked *asked = (struct asked *)self;
    return asked->real->ops->begin(asked->real, is_writing);
}

static enum status end(struct office_db *self, enum status status)
{
    struct asked *asked = (struct asked *)self;
    return asked->real->ops->end(asked->real, status);
}

static size_t count_questions(struct inbox *inbox)
{
    struct asked asked = {.ops = {.query = count_query, .begin = begin, .end = end}, .real = inbox->db};

    asked.db.ops = &asked.ops;
    inbox->db = &asked.db;
    json_t *found = fair_rows(inbox, REPORT_ATTENDANCE);
    inbox->db = asked.real;
    json_decref(found);
    return asked.count;
}

static void test_attendance__asks_as_little_for_many_as_for_few(void **state)
{
    struct counter *counter = counter_of(state);
    struct fair fair;

    fair_open(counter, &fair);
    size_t few = count_questions(counter->inbox);
    for (uint64_t ticket = 1000; ticket < 1200; ticket++) {
        struct record record = {.kind = RECORD_KIND_ENTRY,
                                .list = DIARY_DOOR,
                                .has_ticket = true,
                                .ticket = ticket,
                                .clock = CLOCK_STATE_RESTORED}; // each to be corrected
        diary_note(fair.south, fair.inbox, record);
    }
    diary_send(fair.south, fair.inbox);
    inbox_clear_shelves(counter->inbox);
    assert_int_equal(count_questions(counter->inbox), few);
    fair_close(&fair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TESTS(test_attendance__names_who_came_and_who_is_missing),
        SQLITE_TEST(test_attendance__forgets_what_was_taken_back),
        SQLITE_TEST(test_attendance__has_those_on_no_roster),
        SQLITE_TEST(test_attendance__is_of_the_newest_round),
        COUNTER_TESTS(test_attendance__asks_as_little_for_many_as_for_few),
    };

    return cmocka_run_group_tests(tests, NULL, counter_end);
}
