#include "board/numbers.h"

#include <jansson.h>

#include <assert.h>
#include <string.h>

// Names are valid UTF-8 by the event file's reader and cut between code points; a gate that isn't (typed into a
// configuration, sent by a kiosk) is shown as "?", not left out.
static json_t *text(const char *words)
{
    json_t *json = json_string(words);
    return json ? json : json_string("?");
}

static json_t *both(const char *german, const char *english)
{
    json_t *json = json_object();

    json_object_set_new(json, "de", text(german));
    json_object_set_new(json, "en", text(english));
    return json;
}

static json_t *parts(const struct tally_part *of, size_t count)
{
    json_t *json = json_array();

    for (size_t i = 0; i < count; i++) {
        if (of[i].inside == 0 && of[i].expected == 0) continue;
        json_t *one = json_array();
        json_array_append_new(one, json_integer((json_int_t)i));
        json_array_append_new(one, json_integer(of[i].inside));
        json_array_append_new(one, json_integer(of[i].expected));
        json_array_append_new(json, one);
    }
    return json;
}

static json_t *arrivals(const uint16_t counts[TALLY_BUCKETS])
{
    json_t *json = json_array();
    size_t count = TALLY_BUCKETS;

    while (count > 0 && counts[count - 1] == 0) count--;
    for (size_t i = 0; i < count; i++) json_array_append_new(json, json_integer(counts[i]));
    return json;
}

static void add_mode(json_t *json, enum list_mode mode, const struct headcount *headcount)
{
    switch (mode) {
    case LIST_MODE_ONCE:
    case LIST_MODE_IN_OUT:
        break;
    case LIST_MODE_ROLL_CALL:
        json_object_set_new(json, "round", json_integer(headcount->round));
        json_object_set_new(json, "stop", text(headcount->stop));
        json_object_set_new(json, "signed_off", json_integer(headcount->signed_off));
        break;
    case LIST_MODE_HAND_OUT:
        json_object_set_new(json, "given", json_integer(headcount->given));
        if (headcount->is_limited) json_object_set_new(json, "left", json_integer(headcount->left));
        if (headcount->is_stocked) json_object_set_new(json, "left_here", json_integer(headcount->left_here));
        break;
    }
}

static json_t *list(const struct tally *tally, size_t index)
{
    json_t *json = json_object();

    json_object_set_new(json, "id", json_integer(tally->lists[index].id));
    json_object_set_new(json, "mode", json_string(list_mode_word(tally->lists[index].mode)));
    json_object_set_new(json, "name", text(tally->lists[index].name));
    json_object_set_new(json, "inside", json_integer(tally->lists[index].headcount.inside));
    json_object_set_new(json, "expected", json_integer(tally->lists[index].headcount.expected));
    json_object_set_new(json, "last_ms", json_integer(tally->lists[index].last_unix_ms));
    json_object_set_new(json, "arrivals", arrivals(tally->lists[index].arrivals));
    json_object_set_new(json, "classes", parts(tally->lists[index].classes, tally->class_count));
    json_object_set_new(json, "groups", parts(tally->lists[index].groups, tally->group_count));
    add_mode(json, tally->lists[index].mode, &tally->lists[index].headcount);
    return json;
}

static json_t *kiosk(const struct tally_kiosk *of)
{
    json_t *json = json_object();

    json_object_set_new(json, "gate", text(of->gate));
    json_object_set_new(json, "is_this", json_boolean(of->is_this));
    json_object_set_new(json, "heard_ms", json_integer(of->heard_unix_ms));
    if (of->is_this) json_object_set_new(json, "waiting", json_integer(of->waiting));
    return json;
}

static void add_rows(json_t *json, const struct tally *tally)
{
    json_t *lists = json_array(), *classes = json_array(), *groups = json_array(), *kiosks = json_array();

    for (size_t i = 0; i < tally->list_count; i++) json_array_append_new(lists, list(tally, i));
    for (size_t i = 0; i < tally->class_count; i++)
        json_array_append_new(classes, both(tally->classes[i].name[LANGUAGE_DE], tally->classes[i].name[LANGUAGE_EN]));
    for (size_t i = 0; i < tally->group_count; i++)
        json_array_append_new(groups, both(tally->groups[i].name[LANGUAGE_DE], tally->groups[i].name[LANGUAGE_EN]));
    for (size_t i = 0; i < tally->kiosk_count; i++) json_array_append_new(kiosks, kiosk(&tally->kiosks[i]));
    json_object_set_new(json, "lists", lists);
    json_object_set_new(json, "classes", classes);
    json_object_set_new(json, "groups", groups);
    json_object_set_new(json, "kiosks", kiosks);
}

char *numbers_json(const struct tally *tally)
{
    json_t *json = json_object();

    json_object_set_new(json, "event", json_integer(tally->event));
    json_object_set_new(json, "version", json_integer(tally->version));
    json_object_set_new(json, "zone", text(tally->zone));
    json_object_set_new(json, "name", both(tally->name[LANGUAGE_DE], tally->name[LANGUAGE_EN]));
    json_object_set_new(json, "list", json_integer(tally->list));
    json_object_set_new(json, "arrivals_from_ms", json_integer(tally->arrivals_from_ms));
    json_object_set_new(json, "arrivals_step_ms", json_integer(TALLY_BUCKET_MS));
    add_rows(json, tally);
    char *line = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    assert(line); // only without memory
    return line;
}
