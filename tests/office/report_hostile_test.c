// Whatever people type, it is text in every report: no line of it is broken, nothing runs, nothing turns round.
#include "office/diary.h"

#include "base/text.h"
#include "office/report.h"
#include "office/sheet.h"
#include "office/sheet_write.h"
#include "support/hostile_text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

// Of each text: a guest of that name and company, let in, and once more by force, at a gate of that name and for that
// reason; and a walk-in who says so.
static void add_entries(struct diary *diary, struct inbox *inbox, size_t i)
{
    struct record record = {
        .kind = RECORD_KIND_ENTRY, .list = DIARY_DOOR, .has_ticket = true, .ticket = 1 + i, .reason = REASON_OK};

    hostile_text(i, record.gate, sizeof record.gate);
    diary_note(diary, inbox, record);
    record.is_forced = true;
    hostile_text(i, record.why, sizeof record.why);
    diary_note(diary, inbox, record);
}

static void add_walk_in(struct diary *diary, struct inbox *inbox, const struct event *event, size_t i)
{
    struct walk_in walk_in = {.ticket = 100000 + i, .language = "de"};
    struct record record = {.kind = RECORD_KIND_WALK_IN,
                            .list = DIARY_DOOR,
                            .has_ticket = true,
                            .ticket = walk_in.ticket,
                            .class_id = DIARY_WALK_IN};
    char blob[WALK_IN_BLOB_SIZE];

    hostile_text(i, walk_in.values[0], sizeof walk_in.values[0]);
    hostile_text(i + 1, walk_in.values[1], sizeof walk_in.values[1]);
    assert_int_equal(walk_in_write_blob(&walk_in, &event->walk_ins, blob), STATUS_OK);
    walk_in_hash(blob, walk_in.salt, record.blob_hash);
    diary_note(diary, inbox, record);
    assert_int_equal(inbox_put_blob(inbox, record.blob_hash, walk_in.salt, blob), STATUS_OK);
}

static int set_up(void **state)
{
    counter_open_sqlite(state);
    struct counter *counter = *state;
    struct event *event = diary_event();
    struct guest *guests = calloc(HOSTILE_TEXTS, sizeof *guests);
    struct diary *diary = diary_open(1, "Nord");

    assert_non_null(guests);
    event->list_count = 1;
    for (size_t i = 0; i < HOSTILE_TEXTS; i++) {
        guests[i] = (struct guest){.ticket = 1 + i, .class_id = DIARY_GUEST};
        hostile_text(i, guests[i].name, sizeof guests[i].name);
        hostile_text(i + 1, guests[i].company, sizeof guests[i].company);
    }
    diary_publish(counter->inbox, event, guests, HOSTILE_TEXTS);
    for (size_t i = 0; i < HOSTILE_TEXTS; i++) {
        add_entries(diary, counter->inbox, i);
        add_walk_in(diary, counter->inbox, event, i);
    }
    diary_send(diary, counter->inbox);
    diary_close(diary);
    free(guests);
    free(event);
    return 0;
}

static char *report(struct inbox *inbox, enum report_kind kind, enum report_format format, size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);

    assert_non_null(out);
    assert_int_equal(report_write(inbox, DIARY_EVENT, kind, format, out), STATUS_OK);
    assert_int_equal(fclose(out), 0);
    return text;
}

static const struct {
    enum report_kind kind;
    size_t rows;
} kinds[] = {{REPORT_HEADCOUNT, 3},
             {REPORT_ATTENDANCE, HOSTILE_TEXTS},
             {REPORT_CONFLICTS, HOSTILE_TEXTS},
             {REPORT_WALK_INS, HOSTILE_TEXTS}};

static bool turns(uint32_t point)
{
    return point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0x061C;
}

// Text without control characters but those in `allowed`, and without marks that turn it round. Answers its lines.
static size_t expect_plain(const char *text, size_t length, const char *allowed)
{
    size_t lines = 0;

    assert_true(text_is_utf8(text, length));
    for (uint32_t point; (point = text_next(&text));) {
        bool is_control = point < ' ' || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029;
        if ((is_control && !(point < 0x7F && strchr(allowed, (int)point))) || turns(point))
            fail_msg("U+%04X before %.40s", (unsigned)point, text);
        lines += point == '\n';
    }
    return lines;
}

static void test_text__has_a_line_for_each(void **state)
{
    struct counter *counter = *state;
    size_t length;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *text = report(counter->inbox, kinds[i].kind, REPORT_TEXT, &length);
        size_t headings = kinds[i].kind == REPORT_ATTENDANCE ? 3 : 2;
        assert_int_equal(expect_plain(text, length, "\n"), headings + kinds[i].rows);
        free(text);
    }
}

struct reading {
    size_t rows, fields;
};

static enum status read_row(void *owner, const struct sheet_row *row)
{
    struct reading *reading = owner;

    assert_null(row->fault);
    if (reading->rows++ == 0) reading->fields = row->count;
    assert_int_equal(row->count, reading->fields);
    return STATUS_OK;
}

// Every field as a spreadsheet finds it: quoted, and nothing that it would run.
static void expect_harmless_fields(const char *text)
{
    size_t fields = 0;

    for (const char *at = text; (at = strchr(at, '"')); fields++) {
        assert_false(sheet_is_formula(at + 1));
        for (at++; *at && (*at != '"' || at[1] == '"');) at += *at == '"' ? 2 : 1;
        assert_int_equal(*at, '"');
        at++;
        assert_true(*at == ';' || *at == '\r');
    }
    assert_true(fields > 0);
}

static void test_csv__has_a_row_for_each(void **state)
{
    struct counter *counter = *state;
    struct sheet_flaw flaw;
    size_t length;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct reading reading = {0};
        char *text = report(counter->inbox, kinds[i].kind, REPORT_CSV, &length);
        assert_int_equal(expect_plain(text, length, "\r\n"), kinds[i].rows + 1);
        expect_harmless_fields(text);
        assert_int_equal(sheet_read((const uint8_t *)text, length, read_row, &reading, &flaw), STATUS_OK);
        assert_int_equal(reading.rows, kinds[i].rows + 1);
        free(text);
    }
}

static void test_json__has_an_object_for_each(void **state)
{
    struct counter *counter = *state;
    size_t length;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *text = report(counter->inbox, kinds[i].kind, REPORT_JSON, &length);
        json_t *whole = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(whole);
        assert_int_equal(json_array_size(json_object_get(whole, "rows")), kinds[i].rows);
        expect_plain(text, length, "\n");
        json_decref(whole);
        free(text);
    }
}

static void test_report__stops_where_nothing_more_can_be_written(void **state)
{
    struct counter *counter = *state;

    for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++) { // a headcount fits into any buffer
        FILE *full = fopen("/dev/full", "w");
        assert_non_null(full);
        assert_int_equal(report_write(counter->inbox, DIARY_EVENT, kinds[i].kind, REPORT_CSV, full), STATUS_LATER);
        fclose(full);
    }
}

static void test_names__come_out_as_they_were_typed(void **state)
{
    struct counter *counter = *state;
    size_t length;
    char *text = report(counter->inbox, REPORT_ATTENDANCE, REPORT_JSON, &length);

    assert_non_null(strstr(text, "\"name\":\"<script>alert(1)</script>\""));
    assert_non_null(strstr(text, "\"name\":\"=HYPERLINK(\\\"http://evil.example\\\")\"")); // in JSON it is only text
    assert_non_null(strstr(text, "\"name\":\"Jörg Müller-Lüdenscheid\""));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__has_a_line_for_each),
        cmocka_unit_test(test_csv__has_a_row_for_each),
        cmocka_unit_test(test_json__has_an_object_for_each),
        cmocka_unit_test(test_names__come_out_as_they_were_typed),
        cmocka_unit_test(test_report__stops_where_nothing_more_can_be_written),
    };

    return cmocka_run_group_tests(tests, set_up, counter_close);
}
