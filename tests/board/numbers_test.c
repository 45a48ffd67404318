// numbers: what the page reads is what the tally says, in one line, whatever people called things.
#include "support/check.h"

#include "base/text.h"
#include "board/numbers.h"
#include "browser/hostile.h"
#include "browser/scene.h"

#include <jansson.h>

#include <stdlib.h>

enum { NOW_MS = 1000 * 60 * 60 * 24 };

static struct tally *make(const char *scene)
{
    struct tally *tally = calloc(1, sizeof *tally);

    assert_non_null(tally);
    assert_int_equal(scene_make(scene, NOW_MS, tally), STATUS_OK);
    return tally;
}

// What the page would read; takes the tally.
static json_t *read_back(struct tally *tally)
{
    char *line = numbers_json(tally);
    json_t *json = json_loads(line, 0, NULL);

    assert_non_null(json);
    free(line);
    free(tally);
    return json;
}

static const json_t *first(const json_t *json, const char *key)
{
    const json_t *one = json_array_get(json_object_get(json, key), 0);
    assert_non_null(one);
    return one;
}

static void assert_integer(const json_t *json, const char *key, json_int_t wanted)
{
    assert_true(json_is_integer(json_object_get(json, key)));
    assert_int_equal(json_integer_value(json_object_get(json, key)), wanted);
}

static void assert_word(const json_t *json, const char *key, const char *wanted)
{
    assert_true(json_is_string(json_object_get(json, key)));
    assert_string_equal(json_string_value(json_object_get(json, key)), wanted);
}

static void test_numbers__a_tour_has_its_stop_and_who_is_missing(void **state)
{
    (void)state;
    json_t *json = read_back(make("tour"));
    const json_t *bus = first(json, "lists"), *group = first(bus, "groups");

    assert_integer(json, "list", 1);
    assert_word(bus, "mode", "roll_call");
    assert_word(bus, "stop", "Firma Oventrop, Olsberg");
    assert_integer(bus, "round", 3);
    assert_integer(bus, "inside", 42);
    assert_integer(bus, "expected", 45);
    assert_integer(bus, "signed_off", 2);
    assert_int_equal(json_integer_value(json_array_get(group, 1)), 14); // Oventrop: 14 of 15
    assert_int_equal(json_integer_value(json_array_get(group, 2)), 15);
    assert_word(first(json, "groups"), "de", "Oventrop");
    json_decref(json);
}

static void test_numbers__boxes_left_are_there_where_there_is_a_limit(void **state)
{
    (void)state;
    struct tally *unlimited = make("boxes");
    json_t *json = read_back(make("boxes"));
    assert_integer(first(json, "lists"), "left", 118);
    assert_integer(first(json, "lists"), "left_here", 40);
    assert_integer(first(json, "lists"), "given", 182);
    json_decref(json);

    unlimited->lists[0].headcount.is_limited = unlimited->lists[0].headcount.is_stocked = false;
    json = read_back(unlimited);
    assert_null(json_object_get(first(json, "lists"), "left"));
    assert_null(json_object_get(first(json, "lists"), "left_here"));
    json_decref(json);
}

static void test_numbers__a_class_without_anybody_is_left_out_and_the_others_keep_their_place(void **state)
{
    (void)state;
    struct tally *tally = make("meeting");
    tally->lists[0].classes[0] = (struct tally_part){0, 0};
    json_t *json = read_back(tally);
    const json_t *classes = json_object_get(first(json, "lists"), "classes");

    assert_int_equal(json_array_size(classes), 4);
    assert_int_equal(json_integer_value(json_array_get(json_array_get(classes, 0), 0)), 1); // Firmen
    assert_int_equal(json_integer_value(json_array_get(json_array_get(classes, 0), 1)), 212);
    json_decref(json);
}

static void test_numbers__arrivals_end_with_the_last_that_came(void **state)
{
    (void)state;
    struct tally *tally = make("empty");
    tally->lists[0].arrivals[2] = 7;
    json_t *json = read_back(tally);
    const json_t *arrivals = json_object_get(first(json, "lists"), "arrivals");

    assert_int_equal(json_array_size(arrivals), 3);
    assert_int_equal(json_integer_value(json_array_get(arrivals, 0)), 0);
    assert_int_equal(json_integer_value(json_array_get(arrivals, 2)), 7);
    assert_integer(json, "arrivals_step_ms", TALLY_BUCKET_MS);
    json_decref(json);
}

static void test_numbers__what_waits_is_said_of_this_kiosk_only(void **state)
{
    (void)state;
    json_t *json = read_back(make("tour"));
    const json_t *kiosks = json_object_get(json, "kiosks");

    assert_integer(json_array_get(kiosks, 0), "waiting", 12);
    assert_true(json_is_true(json_object_get(json_array_get(kiosks, 0), "is_this")));
    assert_null(json_object_get(json_array_get(kiosks, 1), "waiting"));
    assert_integer(json_array_get(kiosks, 1), "heard_ms", NOW_MS - 4 * 60 * 1000);
    json_decref(json);
}

static void test_numbers__are_one_line_whatever_things_are_called(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "<script>alert(1)</script>", "a\nb\r\n\ndata: x", "\"}],\"lists\":[{", "\xE2\x80\xAEright to left", "=1+1",
        "\xE2\x80\xA8separator",     "'\\\x01\x7f"};

    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct tally *tally = make("tour");
        text_copy(tally->name[LANGUAGE_DE], EVENT_NAME_SIZE, hostile[i]);
        text_copy(tally->lists[0].name, LIST_NAME_SIZE, hostile[i]);
        text_copy(tally->lists[0].headcount.stop, RECORD_STOP_SIZE, hostile[i]);
        text_copy(tally->kiosks[1].gate, GATE_SIZE, hostile[i]);
        char *line = numbers_json(tally);
        assert_null(strpbrk(line, "\r\n"));
        free(line);
        json_t *json = read_back(tally);
        assert_word(first(json, "lists"), "name", hostile[i]);
        assert_word(first(json, "lists"), "stop", hostile[i]);
        assert_word(json_object_get(json, "name"), "de", hostile[i]);
        json_decref(json);
    }
}

static void test_numbers__a_thousand_hostile_names_come_back_as_they_were(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 75; seed++) {
        struct tally *tally = make("tour");
        char gate[GATE_SIZE], group[64];
        hostile_name(tally, seed);
        text_copy(gate, sizeof gate, tally->kiosks[1].gate);
        text_copy(group, sizeof group, tally->groups[0].name[LANGUAGE_DE]);
        char *line = numbers_json(tally);
        assert_null(strpbrk(line, "\r\n"));
        free(line);
        json_t *json = read_back(tally);
        assert_word(json_array_get(json_object_get(json, "kiosks"), 1), "gate", gate);
        assert_word(first(json, "groups"), "de", group);
        json_decref(json);
    }
}

static void test_numbers__a_gate_that_is_not_utf8_costs_nobody_the_page(void **state)
{
    (void)state;
    struct tally *tally = make("tour");
    text_copy(tally->kiosks[1].gate, GATE_SIZE,
              "S\xFC"
              "d");
    json_t *json = read_back(tally);

    assert_word(json_array_get(json_object_get(json, "kiosks"), 1), "gate", "?");
    assert_int_equal(json_array_size(json_object_get(json, "kiosks")), 2);
    json_decref(json);
}

static void test_numbers__time_alone_changes_nothing(void **state)
{
    (void)state;
    struct tally *tally = make("many");
    char *before = numbers_json(tally);

    tally->made_unix_ms += 10000;
    char *after = numbers_json(tally);
    assert_string_equal(before, after);
    free(after);
    tally->lists[29].headcount.inside++;
    after = numbers_json(tally);
    assert_string_not_equal(before, after);
    free(after);
    free(before);
    free(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers__a_tour_has_its_stop_and_who_is_missing),
        cmocka_unit_test(test_numbers__boxes_left_are_there_where_there_is_a_limit),
        cmocka_unit_test(test_numbers__a_class_without_anybody_is_left_out_and_the_others_keep_their_place),
        cmocka_unit_test(test_numbers__arrivals_end_with_the_last_that_came),
        cmocka_unit_test(test_numbers__what_waits_is_said_of_this_kiosk_only),
        cmocka_unit_test(test_numbers__are_one_line_whatever_things_are_called),
        cmocka_unit_test(test_numbers__a_thousand_hostile_names_come_back_as_they_were),
        cmocka_unit_test(test_numbers__a_gate_that_is_not_utf8_costs_nobody_the_page),
        cmocka_unit_test(test_numbers__time_alone_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
