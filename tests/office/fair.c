#include "office/fair.h"

#include <stdio.h>
#include <stdlib.h>

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

json_t *fair_rows(struct inbox *inbox, enum report_kind kind)
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

const char *fair_text(const json_t *rows, size_t row, const char *key)
{
    const char *text = json_string_value(json_object_get(json_array_get(rows, row), key));

    return text ? text : "(none)";
}

int64_t fair_number(const json_t *rows, size_t row, const char *key)
{
    const json_t *value = json_object_get(json_array_get(rows, row), key);

    return json_is_integer(value) ? json_integer_value(value) : -1;
}

void fair_expect(struct inbox *inbox, enum report_kind kind, enum report_format format, const char *part)
{
    char *text = report(inbox, kind, format);

    if (!strstr(text, part)) fail_msg("%s\nis not in\n%s", part, text);
    free(text);
}

// ---- the day ----

static const struct guest guests[] = {
    {.ticket = 101, .class_id = DIARY_GUEST, .person = 1, .name = "Lena Hoffmann", .company = "Bäckerei Ä"},
    {.ticket = 102, .class_id = DIARY_GUEST, .person = 2, .name = "Jörg Ebert"},
    {.ticket = 103, .class_id = DIARY_GUEST, .person = 2, .name = "Jörg Ebert"}, // printed again
    {.ticket = 104, .class_id = DIARY_GUEST, .person = 3, .name = "Mia Canceled", .status = GUEST_STATUS_CANCELED},
    {.ticket = 105, .class_id = DIARY_GUEST, .person = 4, .name = "Ole Fehlt"},
};
enum { GUESTS = sizeof guests / sizeof *guests };

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

void fair_open(struct counter *counter, struct fair *out)
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

void fair_close(struct fair *fair)
{
    diary_close(fair->north);
    diary_close(fair->south);
}
