#include "office/office.h"

#include "base/clock.h"
#include "office/zone.h"

#include <sodium.h>

static void test_draft__fills_in_what_was_left_out(void **state)
{
    struct draft draft = {
        .name = "Stammtisch", .kind = "netzwerktreffen", .starts = "2026-07-01 18:30", .ends = "2026-07-01T23:00"};
    struct event *event = calloc(1, sizeof *event);
    struct draft_flaw flaw;

    (void)state;
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    assert_string_equal(event->name[LANGUAGE_EN], "Stammtisch");
    assert_string_equal(event->zone, "Europe/Berlin");
    assert_true(event->starts_ms == INT64_C(1782923400000)); // 16:30 UTC
    assert_int_equal(event->list_count, 1);
    assert_int_equal(event->lists[0].id, 1);
    assert_int_equal(event->lists[0].mode, LIST_MODE_ONCE);
    assert_string_equal(event->lists[0].name, "Einlass");
    assert_int_equal(event->class_count, 6);
    assert_string_equal(event_class(event, 6)->name[LANGUAGE_EN], "Walk-in");
    assert_true(event->shows_names && event->shows_headcount);
    assert_int_equal(event->pin_count, 0);
    free(event);
}

static void test_draft__refuses_and_says_what_to_change(void **state)
{
    struct case_of {
        const char *part; // of what is said
        struct draft draft;
    } cases[15];
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    for (size_t i = 0; i < 15; i++) cases[i].draft = office_draft();
    cases[0].draft.name = "", cases[0].part = "--name";
    cases[1].draft.name = "\xFF", cases[1].part = "UTF-8";
    cases[2].draft.kind = "party", cases[2].part = "netzwerktreffen";
    cases[3].draft.zone = "Europe/Olsberg", cases[3].part = "time zone";
    cases[4].draft.zone = "../../etc/passwd", cases[4].part = "time zone";
    cases[5].draft.starts = "22.11.2026 9:00", cases[5].part = "--starts";
    cases[6].draft.ends = "2026-11-31T09:00", cases[6].part = "--ends";
    cases[7].draft.ends = "2026-11-22T09:00", cases[7].part = "after it starts";
    cases[8].draft.groups[0] = "Bus 1", cases[8].part = "1=Name";
    cases[9].draft.groups[1] = "1=Bus 2", cases[9].part = "twice";
    cases[10].draft.groups[1] = "256=Bus", cases[10].part = "1 to 255";
    cases[11].draft.pins[0] = "123", cases[11].draft.pin_count = 1, cases[11].part = "4 to 32 digits";
    cases[12].draft.capacity = "-1", cases[12].part = "--capacity";
    cases[13].draft.starts = "2024-12-31T23:59", cases[13].part = "2025";
    cases[14].draft.ends = "2205-01-01T12:00", cases[14].part = "2025";
    for (size_t i = 0; i < 15; i++) {
        struct draft_flaw flaw = {""};
        assert_int_equal(draft_event(&cases[i].draft, event, &flaw), STATUS_INVALID);
        if (!strstr(flaw.words, cases[i].part)) fail_msg("'%s' lacks '%s'", flaw.words, cases[i].part);
    }
    free(event);
}

static void test_draft__refuses_names_that_can_not_be_shown(void **state)
{
    static const struct {
        const char *name, *list, *group, *part;
    } cases[] = {
        {"a\nb", "Tor", "1=Bus", "--name has a line break"},
        {"a\x1b[31m", "Tor", "1=Bus", "--name has a line break"},
        {"a\xC2\x9B"
         "31m",
         "Tor", "1=Bus", "--name has a line break"},
        {"a\xE2\x80\xAE"
         "b",
         "Tor", "1=Bus", "--name has a line break"}, // reverses what follows
        {"   ", "Tor", "1=Bus", "--name is blank"},
        {"\xC2\xA0", "Tor", "1=Bus", "--name is blank"},
        {"A", "\t", "1=Bus", "--list has a line break"},
        {"A", " ", "1=Bus", "--list is blank"},
        {"A", "", "1=Bus", "--list needs a name"},
        {"A", "Tor", "1=Bus\r", "--group has a line break"},
        {"A", "Tor", "1=Bus|Coach|am\x7F", "--group has a line break"},
        {"A", "Tor", "1= ", "--group is blank"},
        {"A", "Tor", "0=Bus", "the number of a --group must be 1 to 255"},
        {"A", "Tor", "x=Bus", "the number of a --group must be a number"},
    };
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct draft draft = office_draft();
        struct draft_flaw flaw = {""};
        draft.name = cases[i].name;
        draft.lists[0] = cases[i].list, draft.list_count = 1;
        draft.groups[0] = cases[i].group;
        assert_int_equal(draft_event(&draft, event, &flaw), STATUS_INVALID);
        if (!strstr(flaw.words, cases[i].part)) fail_msg("'%s' lacks '%s'", flaw.words, cases[i].part);
    }
    struct draft draft = office_draft();
    struct draft_flaw flaw;
    draft.name = "Tür \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80"; // joined by U+200D
    draft.privacy = "Zeile 1\r\n\tZeile 2\n";
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    assert_string_equal(event->name[LANGUAGE_DE], draft.name);
    assert_string_equal(event->privacy[LANGUAGE_DE], draft.privacy);
    draft.privacy = "\x1b[31m";
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_INVALID);
    free(event);
}

static void test_draft__cuts_labels_at_their_bars(void **state)
{
    static const struct {
        const char *typed, *name, *name_en, *hint, *hint_en;
    } cases[] = {
        {"3=Bus 3", "Bus 3", "Bus 3", "", ""},
        {"3=Bus 3|Coach 3", "Bus 3", "Coach 3", "", ""},
        {"3=Bus 3||vor dem Rathaus", "Bus 3", "Bus 3", "vor dem Rathaus", "vor dem Rathaus"},
        {"3=Bus 3|Coach 3|am Tor|at the gate", "Bus 3", "Coach 3", "am Tor", "at the gate"},
        {"3=A=B|||x|y", "A=B", "A=B", "", "x|y"},
    };
    struct draft draft = office_draft();
    struct event *event = calloc(1, sizeof *event);
    struct draft_flaw flaw;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        draft.groups[0] = cases[i].typed;
        assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
        assert_int_equal(event->groups[0].id, 3);
        assert_string_equal(event->groups[0].name[LANGUAGE_DE], cases[i].name);
        assert_string_equal(event->groups[0].name[LANGUAGE_EN], cases[i].name_en);
        assert_string_equal(event->groups[0].hint[LANGUAGE_DE], cases[i].hint);
        assert_string_equal(event->groups[0].hint[LANGUAGE_EN], cases[i].hint_en);
    }
    draft.groups[0] = "3=|Coach";
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_INVALID);
    free(event);
}

static void test_draft_pin__verifies_and_needs_little_memory(void **state)
{
    char verifier[EVENT_PIN_SIZE], other[EVENT_PIN_SIZE];

    (void)state;
    assert_int_equal(draft_pin("2468", verifier), STATUS_OK);
    assert_int_equal(draft_pin("2468", other), STATUS_OK);
    assert_string_not_equal(verifier, other); // salted
    assert_int_equal(crypto_pwhash_str_verify(verifier, "2468", 4), 0);
    assert_int_not_equal(crypto_pwhash_str_verify(verifier, "2469", 4), 0);
    assert_non_null(strstr(verifier, "$argon2id$v=19$m=8192,t=3,p=1$"));
    assert_int_equal(draft_pin("24a8", verifier), STATUS_INVALID);
    assert_int_equal(draft_pin("", verifier), STATUS_INVALID);
    assert_int_equal(draft_pin("123456789012345678901234567890123", verifier), STATUS_INVALID);
}

static void test_zone__knows_summer_time(void **state)
{
    static const struct {
        const char *text;
        int64_t unix_s; // 0: no such time
    } cases[] = {
        {"2026-01-15T12:00", 1768474800}, {"2026-07-15T12:00", 1784109600},
        {"2026-03-29T01:59", 1774745940}, {"2026-03-29T02:30", 0},          // skipped
        {"2026-03-29T03:00", 1774746000}, {"2026-10-25T02:30", 1792888200}, // the first of two
        {"2026-02-29T12:00", 0},          {"2028-02-29T12:00", 1835434800},
        {"2026-13-01T12:00", 0},          {"2026-01-01T24:00", 0},
        {"2026-01-01T12:60", 0},          {"2026-1-1T12:00", 0},
        {"2026-01-01X12:00", 0},          {"", 0},
        {"2026-01-01T12:00:00", 0},       {"+026-01-01T12:00", 0},
    };

    (void)state;
    assert_int_equal(zone_use("Europe/Berlin"), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char back[ZONE_TIME_SIZE];
        int64_t unix_ms = 0;
        enum status status = zone_read_time(cases[i].text, &unix_ms);
        if ((status == STATUS_OK) != (cases[i].unix_s != 0) || unix_ms != cases[i].unix_s * 1000)
            fail_msg("%s: %lld", cases[i].text, (long long)unix_ms / 1000);
        if (status != STATUS_OK) continue;
        zone_write_time(unix_ms, back);
        assert_string_equal(back, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draft__fills_in_what_was_left_out),
        cmocka_unit_test(test_draft__refuses_and_says_what_to_change),
        cmocka_unit_test(test_draft__refuses_names_that_can_not_be_shown),
        cmocka_unit_test(test_draft__cuts_labels_at_their_bars),
        cmocka_unit_test(test_draft_pin__verifies_and_needs_little_memory),
        cmocka_unit_test(test_zone__knows_summer_time),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
