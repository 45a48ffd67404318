// One change at a time to a good document, and how the decoder names it.
#include "support/check.h"

#include "record/event_file.h"

#include <stdio.h>
#include <stdlib.h>

static const char good[] =
    "{\"format\":\"einlass-event/1\",\"organisation\":\"a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf\",\"version\":3,"
    "\"event\":{\"number\":7,\"kind\":\"tour\",\"name\":{\"de\":\"Süd\",\"en\":\"South\"},\"zone\":\"Europe/Berlin\","
    "\"starts_ms\":1000,\"ends_ms\":2000,\"welcome\":{\"de\":\"Hallo\"},\"shows_names\":true},"
    "\"keys\":[{\"kid\":1,\"public_key\":\"0101010101010101010101010101010101010101010101010101010101010101\"},"
    "{\"kid\":2,\"public_key\":\"0202020202020202020202020202020202020202020202020202020202020202\","
    "\"walk_in_class\":6}],"
    "\"classes\":[{\"id\":1,\"name\":{\"de\":\"Gast\"}},{\"id\":4,\"name\":{\"de\":\"Team\"},\"staff\":true}],"
    "\"groups\":[{\"id\":1,\"name\":{\"de\":\"Bus 1\"},\"hint\":{\"de\":\"Rathaus\"}},"
    "{\"id\":2,\"name\":{\"de\":\"Bus 2\"}}],"
    "\"lists\":[{\"id\":1,\"mode\":\"once\",\"name\":\"Einlass\",\"classes\":[1,2],\"groups\":[1],\"opens_ms\":10,"
    "\"closes_ms\":20,\"capacity\":5},{\"id\":2,\"mode\":\"hand_out\",\"name\":\"Boxen\",\"stock\":9,\"after\":1}],"
    "\"pins\":[{\"verifier\":\"$argon2id$v=19$x\"}],"
    "\"stops\":[{\"name\":{\"de\":\"Rathaus\",\"en\":\"Town hall\"}},{\"name\":{\"de\":\"Werk 2\"}}],"
    "\"walk_ins\":{\"class\":6,\"plus_ones\":9,\"fields\":[{\"key\":\"name\",\"kind\":\"name\",\"label\":"
    "{\"de\":\"Ihr Name\"},\"required\":true},{\"key\":\"mail_2\",\"kind\":\"email\",\"label\":{\"de\":\"E-Mail\"}}],"
    "\"consents\":[{\"key\":\"photos\",\"version\":\"2026-1.b\",\"text\":{\"de\":\"Fotos?\"},\"required\":true},"
    "{\"key\":\"news\",\"version\":\"7\",\"text\":{\"de\":\"Post?\",\"en\":\"Mail?\"}}]},"
    "\"roster\":[{\"ticket\":\"00a1b2c3d4e5\",\"class\":1,\"group\":2,\"status\":\"unpaid\",\"least_generation\":1,"
    "\"person\":9,\"name\":\"Erika Muster\",\"company\":\"Firma\",\"note\":\"Rampe\",\"code\":\"X-1\","
    "\"language\":\"en\"},"
    "{\"ticket\":\"000000000001\",\"class\":0}]}";

struct change {
    const char *from, *to, *flaw; // flaw NULL: accepted all the same
};

static const struct change changes[] = {
    // the document
    {"einlass-event/1", "einlass-event/2", "format: not einlass-event/1"},
    {"\"format\":\"einlass-event/1\",", "", "format: not einlass-event/1"},
    {"\"format\":\"einlass-event/1\"", "\"format\":1", "format: not a text"},
    {"\"version\":3", "\"version\":0", "version: not a whole number from 1 to 4294967295"},
    {"\"version\":3", "\"version\":4294967296", "version: not a whole number from 1 to 4294967295"},
    {"\"version\":3", "\"version\":3.0", "version: not a whole number from 1 to 4294967295"},
    {"\"version\":3", "\"version\":\"3\"", "version: not a whole number from 1 to 4294967295"},
    {"\"version\":3,", "", "document: key 'version' is missing"},
    {"\"version\":3", "\"version\":3,\"version\":4", "line 1, column N: a key occurs twice in one object"},
    {"\"version\":3", "\"version\":3,\"later_section\":{\"x\":[]}", NULL},
    {"a0a1a2a3-", "A0a1a2a3-", "organisation: not a lower-case UUID"},
    {"a0a1a2a3-", "a0a1a2a-3", "organisation: not a lower-case UUID"},
    {"a0a1a2a3-", "a0a1a2g3-", "organisation: not a lower-case UUID"},
    {"a0a1a2a3-", "", "organisation: not a lower-case UUID"},
    {"-aaabacadaeaf", "-aaabacadaeaf0", "organisation: longer than 36 bytes"},
    {"\"roster\":[", "\"guests\":[", "document: key 'roster' is missing"},
    {"\"roster\":[", "\"roster\":7,\"later\":[", "roster: not an array"},
    {"\"organisation\":", "\"organization\":", "document: key 'organisation' is missing"},
    {"\"event\":{", "\"event\":[],\"event_2\":{", "event: not an object"},
    // the event
    {"\"number\":7", "\"number\":0", "event.number: not a whole number from 1 to 4294967295"},
    {"\"number\":7", "\"number\":-7", "event.number: not a whole number from 1 to 4294967295"},
    {"\"number\":7,", "", "event: key 'number' is missing"},
    {"\"kind\":\"tour\"", "\"kind\":\"Tour\"", "event.kind: not a word of a-z, 0-9 and _"},
    {"\"kind\":\"tour\"", "\"kind\":\"\"", "event.kind: not a word of a-z, 0-9 and _"},
    {"\"kind\":\"tour\"", "\"kind\":\"abcdefghijklmnopqrstuvwx\"", "event.kind: longer than 23 bytes"},
    {"\"de\":\"Süd\",", "", "event.name: key 'de' is missing"},
    {"\"de\":\"Süd\",", "\"de\":\"\",", "event.name: empty"},
    {"\"de\":\"Süd\",", "\"de\":\"Süd\",\"fr\":\"Sud\",", "event.name: unknown key 'fr'"},
    {"\"de\":\"Süd\",\"en\":\"South\"", "\"de\":\"Süd\"", NULL},
    {"{\"de\":\"Hallo\"}", "\"Hallo\"", "event.welcome: not an object"},
    {"Europe/Berlin", "../../etc/passwd", "event.zone: not a time zone's name"},
    {"Europe/Berlin", "/etc/passwd", "event.zone: not a time zone's name"},
    {"Europe/Berlin", "Europe//Berlin", "event.zone: not a time zone's name"},
    {"Europe/Berlin", ":Europe", "event.zone: not a time zone's name"},
    {"Europe/Berlin", "", "event.zone: not a time zone's name"},
    {"Europe/Berlin", "America/Argentina/Buenos_Aires", NULL},
    {"Europe/Berlin", "Etc/GMT+1", NULL},
    {"\"starts_ms\":1000", "\"starts_ms\":2001", "event: ends before it starts"},
    {"\"starts_ms\":1000", "\"starts_ms\":-1", "event.starts_ms: not a whole number from 0 to 253402300799999"},
    {"\"ends_ms\":2000", "\"ends_ms\":253402300800000", "event.ends_ms: not a whole number from 0 to 253402300799999"},
    {"\"shows_names\":true", "\"shows_names\":1", "event.shows_names: neither true nor false"},
    {"\"shows_names\":true", "\"shows_name\":true", "event: unknown key 'shows_name'"},
    {"\"name\":{\"de\":\"Süd\",\"en\":\"South\"}", "\"name\":{\"de\":\"Süd\",\"en\":\"\"}", NULL},
    {"\"name\":{\"de\":\"Süd\",\"en\":\"South\"}", "\"name\":[\"Süd\"]", "event.name: not an object"},
    {"Europe/Berlin\"", "Europe/Berlin\",\"privacy\":{\"de\":7}", "event.privacy.de: not a text"},
    {"Europe/Berlin\"", "Europe/Berlin\",\"shows_headcount\":\"yes\"", "event.shows_headcount: neither true nor false"},
    // keys
    {"\"kid\":2", "\"kid\":1", "keys[1]: kid occurs twice"},
    {"\"kid\":2", "\"kid\":256", "keys[1].kid: not a whole number from 0 to 255"},
    {"\"0202", "\"02", "keys[1].public_key: not 64 lower-case hex digits"},
    {"\"0202", "\"020202", "keys[1].public_key: not 64 lower-case hex digits"},
    {"\"0202", "\"0X02", "keys[1].public_key: not 64 lower-case hex digits"},
    {"\"0202", "\"0A02", "keys[1].public_key: not 64 lower-case hex digits"},
    {"\"walk_in_class\":6", "\"walk_in_class\":null", "keys[1].walk_in_class: not a whole number from 0 to 255"},
    {"\"walk_in_class\":6", "\"walk_in_clas\":6", "keys[1]: unknown key 'walk_in_clas'"}, // would be good for all
    {"\"keys\":[{", "\"keys\":[3,{", "keys[0]: not an object"},
    // classes and groups
    {"\"classes\":[{\"id\":1", "\"classes\":[{\"id\":-1", "classes[0].id: not a whole number from 0 to 255"},
    {"\"classes\":[{\"id\":1", "\"classes\":[{\"id\":0", NULL},
    {"\"groups\":[{\"id\":1", "\"groups\":[{\"id\":0", "groups[0].id: not a whole number from 1 to 255"},
    {"\"groups\":[{\"id\":1", "\"groups\":[{\"id\":2", "groups[1]: id occurs twice"},
    {"\"hint\":{\"de\":\"Rathaus\"}", "\"hint\":{}", "groups[0].hint: key 'de' is missing"},
    {"\"Bus 2\"", "\"Bus 2, vor dem Rathaus, ganz hinten links neben dem großen Brunnen\"",
     "groups[1].name.de: longer than 63 bytes"},
    {"\"staff\":true", "\"staff\":1", "classes[1].staff: neither true nor false"},
    {"\"staff\":true", "\"stuff\":true", "classes[1]: unknown key 'stuff'"},
    {"\"id\":2,\"name\":{\"de\":\"Bus 2\"}", "\"id\":2,\"name\":{\"de\":\"Bus 2\"},\"staff\":true",
     "groups[1]: unknown key 'staff'"},
    {"\"walk_in_class\":6", "\"walk_in_class\":4", "keys[1]: walk_in_class is a class of staff"},
    // lists
    {"\"mode\":\"once\"", "\"mode\":\"onec\"", "lists[0].mode: unknown word 'onec'"},
    {"\"mode\":\"once\"", "\"mode\":2", "lists[0].mode: not a text"},
    {"\"id\":2,\"mode\"", "\"id\":1,\"mode\"", "lists[1]: id occurs twice"},
    {"\"id\":2,\"mode\"", "\"id\":0,\"mode\"", "lists[1].id: not a whole number from 1 to 65535"},
    {"\"id\":2,\"mode\"", "\"id\":65536,\"mode\"", "lists[1].id: not a whole number from 1 to 65535"},
    {"\"name\":\"Boxen\"", "\"name\":\"\"", "lists[1]: name is empty"},
    {"\"capacity\":5", "\"capcity\":5", "lists[0]: unknown key 'capcity'"},
    {"\"capacity\":5", "\"\\u202ecapacity\\n\":5", "lists[0]: unknown key 'capacity'"}, // what reorders is not shown
    {"\"capacity\":5", "\"capacity\":\"5\"", "lists[0].capacity: not a whole number from 0 to 4294967295"},
    {"\"classes\":[1,2]", "\"classes\":[1,256]", "lists[0].classes[1]: not a whole number from 0 to 255"},
    {"\"classes\":[1,2]", "\"classes\":{\"1\":2}", "lists[0].classes: not an array"},
    {"\"groups\":[1]", "\"groups\":[0]", "lists[0].groups[0]: not a whole number from 1 to 255"},
    {"\"closes_ms\":20", "\"closes_ms\":10", "lists[0]: closes before it opens"},
    {"\"opens_ms\":10,", "", NULL},
    {"\"after\":1", "\"after\":3", "lists[1]: after names no list"},
    {"\"after\":1", "\"after\":2", "lists[1]: after leads in a circle"},
    {"\"capacity\":5", "\"after\":2", "lists[0]: after leads in a circle"},
    {"\"stock\":9", "\"stock\":-9", "lists[1].stock: not a whole number from 0 to 4294967295"},
    {"\"mode\":\"hand_out\"", "\"mode\":\"in_out\"", "lists[1]: has a stock, but hands nothing out"},
    {"\"mode\":\"once\"", "\"mode\":\"in_out\"", NULL},
    {"\"mode\":\"once\"", "\"mode\":\"roll_call\"", NULL},
    // stops
    {"\"stops\":[", "\"stops\":7,\"later\":[", "stops: not an array"},
    {"{\"name\":{\"de\":\"Werk 2\"}}", "\"Werk 2\"", "stops[1]: not an object"},
    {"{\"de\":\"Werk 2\"}", "{\"de\":\"\"}", "stops[1].name: empty"},
    {"{\"de\":\"Werk 2\"}", "\"Werk 2\"", "stops[1].name: not an object"},
    {"{\"de\":\"Werk 2\"}", "{\"de\":\"Werk 2\"},\"at_ms\":5", "stops[1]: unknown key 'at_ms'"},
    {"Town hall", "The town hall, at the third stop of the second bus, behind the tower",
     "stops[0].name.en: longer than 63 bytes"},
    {"Werk 2", "Rathaus", NULL}, // on the way back
    // walk-ins
    {"\"walk_ins\":{", "\"walk_ins\":[],\"later\":{", "walk_ins: not an object"},
    {"\"walk_ins\":{", "\"later_walk_ins\":{", NULL},
    {"\"walk_ins\":{\"class\":6,", "\"walk_ins\":{", "walk_ins: key 'class' is missing"},
    {"\"walk_ins\":{\"class\":6,", "\"walk_ins\":{\"class\":4,", "walk_ins.class: is a class of staff"},
    {"\"walk_ins\":{\"class\":6,", "\"walk_ins\":{\"class\":256,", "walk_ins.class: not a whole number from 0 to 255"},
    {"\"plus_ones\":9", "\"plus_ones\":10", "walk_ins.plus_ones: not a whole number from 0 to 9"},
    {"\"plus_ones\":9,", "", NULL},
    {"\"plus_ones\":9", "\"guests\":9", "walk_ins: unknown key 'guests'"},
    {"\"fields\":[", "\"fields\":7,\"consents_2\":[", "walk_ins: unknown key 'consents_2'"},
    {"\"mail_2\"", "\"name\"", "walk_ins.fields[1]: key occurs twice"},
    {"\"mail_2\"", "\"Mail\"", "walk_ins.fields[1].key: not a word of a-z, 0-9 and _"},
    {"\"mail_2\"", "\"\"", "walk_ins.fields[1].key: not a word of a-z, 0-9 and _"},
    {"\"mail_2\"", "\"abcdefghijklmnopqrstuvwx\"", "walk_ins.fields[1].key: longer than 23 bytes"},
    {"\"kind\":\"email\"", "\"kind\":\"mail\"", "walk_ins.fields[1].kind: unknown word"},
    {"\"kind\":\"email\"", "\"kind\":2", "walk_ins.fields[1].kind: not a text"},
    {"\"kind\":\"email\"", "\"kind\":\"text\"", NULL},
    {"\"kind\":\"name\"", "\"kind\":\"text\"", "walk_ins.fields: one of them, and only one, must be of kind name"},
    {"\"kind\":\"email\"", "\"required\":true,\"kind\":\"name\"",
     "walk_ins.fields: one of them, and only one, must be of kind name"},
    {"{\"de\":\"Ihr Name\"},\"required\":true", "{\"de\":\"Ihr Name\"}",
     "walk_ins.fields[0]: the name must be required"},
    {"{\"de\":\"E-Mail\"}", "{\"de\":\"\"}", "walk_ins.fields[1].label: empty"},
    {"{\"de\":\"E-Mail\"}", "{\"de\":\"E-Mail\"},\"most\":5", "walk_ins.fields[1]: unknown key 'most'"},
    {"\"news\"", "\"photos\"", "walk_ins.consents[1]: key occurs twice"},
    {"\"news\"", "\"mail_2\"", NULL}, // fields and consents are kept apart
    {"\"version\":\"7\"", "\"version\":7", "walk_ins.consents[1].version: not a text"},
    {"\"version\":\"7\"", "\"version\":\"\"", "walk_ins.consents[1].version: not a word of a-z, 0-9, '.', '_' and '-'"},
    {"\"version\":\"7\"", "\"version\":\"7 b\"",
     "walk_ins.consents[1].version: not a word of a-z, 0-9, '.', '_' and '-'"},
    {",\"version\":\"7\"", "", "walk_ins.consents[1]: key 'version' is missing"},
    {"\"de\":\"Post?\",", "", "walk_ins.consents[1].text: key 'de' is missing"},
    {"\"de\":\"Post?\"", "\"de\":\"\"", "walk_ins.consents[1].text: empty"},
    {"\"text\":{\"de\":\"Fotos?\"},\"required\":true", "\"text\":{\"de\":\"Fotos?\"},\"required\":\"yes\"",
     "walk_ins.consents[0].required: neither true nor false"},
    // staff
    {"$argon2id$v=19$x", "1234", "pins[0]: verifier is not one of argon2id"},
    {"[{\"verifier\":\"$argon2id$v=19$x\"}]", "\"1234\"", "pins: not an array"},
    {"\"verifier\":", "\"pin\":", "pins[0]: key 'verifier' is missing"},
    // the roster
    {"00a1b2c3d4e5", "00A1B2C3D4E5", "roster[0].ticket: not 12 lower-case hex digits"},
    {"00a1b2c3d4e5", "a1b2c3d4e5", "roster[0].ticket: not 12 lower-case hex digits"},
    {"00a1b2c3d4e5", "000000000001", "roster[1]: has the ticket of roster[0]"},
    {"\"ticket\":\"000000000001\",", "", "roster[1]: key 'ticket' is missing"},
    {"\"class\":0}", "\"class\":256}", "roster[1].class: not a whole number from 0 to 255"},
    {"\"class\":0}", "\"group\":0}", "roster[1]: key 'class' is missing"},
    {"\"unpaid\"", "\"paid\"", "roster[0].status: unknown word"},
    {"\"least_generation\":1", "\"least_generation\":256", NULL},
    {"\"least_generation\":1", "\"least_generation\":257", "roster[0]: least_generation is more than 256"},
    {"\"person\":9", "\"person\":4294967296", "roster[0].person: not a whole number from 0 to 4294967295"},
    {"\"Erika Muster\"", "null", "roster[0].name: not a text"},
    {"Erika", "Er\\u0000ika", "line 1, column N: a text holds NUL"},
    {"Erika", "Er\xFFika", "line 1, column N: not UTF-8"},
    {"\"Firma\"", "[]", "roster[0].company: not a text"},
    {"\"Rampe\"", "{}", "roster[0].note: not a text"},
    {"\"unpaid\"", "1", "roster[0].status: not a text"},
    {"\"group\":2,", "\"group\":256,", "roster[0].group: not a whole number from 0 to 255"},
    {"\"code\":\"X-1\"", "\"code\":5", "roster[0].code: not a text"},
    {"\"code\":\"X-1\"", "\"code\":\"\"", "roster[0].code: not 1 to 4096 bytes"},
    {"\"code\":\"X-1\"", "\"code\":\"\\t😀\\\"\"", NULL},
    {"\"code\":\"X-1\"", "\"email\":\"X-1\"", "roster[0]: unknown key 'email'"},
    {"\"language\":\"en\"", "\"language\":\"EN\"", "roster[0].language: not two letters a-z"},
    {"\"language\":\"en\"", "\"language\":\"deu\"", "roster[0].language: not two letters a-z"},
    {"\"language\":\"en\"", "\"language\":\"\"", "roster[0].language: not two letters a-z"},
    {"\"language\":\"en\"", "\"language\":[]", "roster[0].language: not a text"},
    {"\"language\":\"en\"", "\"language\":\"uk\"", NULL}, // the screen then stays in the chosen one
    {"\"class\":0}]}", "\"class\":0}]}x", "line 1, column N: not JSON"},
    {"\"class\":0}]}", "\"class\":0}", "line 1, column N: ends too early"},
};

// A column moves with every edit of `good`, so only the words behind it are compared.
static bool is_named(const char *words, const char *expected)
{
    const char *words_tail = strstr(words, ": "), *expected_tail = strstr(expected, ": ");

    if (strncmp(expected, "line 1, ", 8) != 0) return strcmp(words, expected) == 0;
    return strncmp(words, "line 1, ", 8) == 0 && strcmp(words_tail, expected_tail) == 0;
}

static void change_document(const struct change *change, char *out, size_t out_size)
{
    const char *at = strstr(good, change->from);

    if (!at || strstr(at + 1, change->from)) fail_msg("is not there exactly once: %s", change->from);
    snprintf(out, out_size, "%.*s%s%s", (int)(at - good), good, change->to, at + strlen(change->from));
}

static void test_event_file__names_what_is_wrong_with_it(void **state)
{
    struct event *event = calloc(1, sizeof *event);
    int failures = 0;

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const struct change *change = &changes[i];
        struct event_flaw flaw = {0};
        char text[2 * sizeof good];
        enum status status;

        change_document(change, text, sizeof text);
        status = event_file_decode_unsigned((const uint8_t *)text, strlen(text), event, NULL, NULL, &flaw);
        if ((status == STATUS_OK) == !change->flaw && (status == STATUS_OK || is_named(flaw.words, change->flaw)))
            continue;
        print_error("%s -> %s\n    expected: %s\n    was:      %s\n", change->from, change->to,
                    change->flaw ? change->flaw : "accepted", status == STATUS_OK ? "accepted" : flaw.words);
        failures++;
    }
    assert_int_equal(failures, 0);
    free(event);
}

static void check_walk_ins(const struct walk_in_rules *rules)
{
    assert_true(rules->is_welcome);
    assert_int_equal(rules->class_id, 6);
    assert_int_equal(rules->most_plus_ones, 9);
    assert_int_equal(rules->field_count, 2);
    assert_string_equal(rules->fields[1].key, "mail_2");
    assert_int_equal(rules->fields[1].kind, FIELD_EMAIL);
    assert_true(rules->fields[0].is_required && !rules->fields[1].is_required);
    assert_string_equal(rules->fields[0].label[LANGUAGE_EN], "Ihr Name");
    assert_int_equal(rules->consent_count, 2);
    assert_string_equal(rules->consents[0].version, "2026-1.b");
    assert_true(rules->consents[0].is_required && !rules->consents[1].is_required);
    assert_string_equal(rules->consents[1].text[LANGUAGE_EN], "Mail?");
}

static void test_event_file__that_is_good_is_accepted(void **state)
{
    struct event *event = calloc(1, sizeof *event);
    struct event_flaw flaw = {0};

    (void)state;
    assert_int_equal(event_file_decode_unsigned((const uint8_t *)good, sizeof good - 1, event, NULL, NULL, &flaw),
                     STATUS_OK);
    assert_string_equal(event->name[LANGUAGE_EN], "South");
    assert_string_equal(event->welcome[LANGUAGE_EN], "Hallo"); // as German where English is missing
    assert_true(event->shows_names && !event->shows_headcount);
    assert_true(event->keyset.keys[1].is_walk_in_only && !event->keyset.keys[0].is_walk_in_only);
    assert_int_equal(event->keyset.organisation[15], 0xAF);

    assert_ptr_equal(event_list(event, 2), &event->lists[1]);
    assert_null(event_list(event, 3));
    assert_null(event_list(event, 0));
    assert_string_equal(event_group(event, 2)->name[LANGUAGE_DE], "Bus 2");
    assert_null(event_group(event, 0)); // any
    assert_string_equal(event_class(event, 1)->name[LANGUAGE_EN], "Gast");
    assert_null(event_class(event, 2));
    assert_true(event_class(event, 4)->is_staff && !event_class(event, 1)->is_staff);

    assert_int_equal(event->stop_count, 2);
    assert_string_equal(event->stops[0].name[LANGUAGE_EN], "Town hall");
    assert_string_equal(event->stops[1].name[LANGUAGE_EN], "Werk 2");
    check_walk_ins(&event->walk_ins);
    free(event);
}

// A section may hold as much as the value behind it and not one more.
static void check_section(const char *section, const char *element, size_t most)
{
    struct event *event = calloc(1, sizeof *event);
    char *text = calloc(1, 64 * 1024);

    assert_true(event && text);
    for (size_t count = most; count <= most + 1; count++) {
        struct event_flaw flaw = {0};
        char *end = text + sprintf(text, "%.*s\"%s\":[", (int)(strstr(good, "\"event\"") - good), good, section);
        for (size_t i = 1; i <= count; i++) {
            end += sprintf(end, "%s", i > 1 ? "," : "");
            end += sprintf(end, element, (unsigned)i);
        }
        sprintf(end,
                "],%s\"event\":{\"number\":1,\"kind\":\"a\",\"name\":{\"de\":\"x\"},\"zone\":\"UTC\",\"starts_ms\":0,"
                "\"ends_ms\":0},\"roster\":[]}",
                strcmp(section, "lists") == 0 ? "" : "\"lists\":[{\"id\":1,\"mode\":\"once\",\"name\":\"x\"}],");
        enum status status = event_file_decode_unsigned((const uint8_t *)text, strlen(text), event, NULL, NULL, &flaw);
        if (status != (count == most ? STATUS_OK : STATUS_INVALID)) fail_msg("%s: %zu: %s", section, count, flaw.words);
        if (count > most) assert_non_null(strstr(flaw.words, "more than"));
    }
    free(text);
    free(event);
}

static void test_event_file__sections_have_limits(void **state)
{
    (void)state;
    check_section("lists", "{\"id\":%u,\"mode\":\"once\",\"name\":\"x\"}", EVENT_MAX_LISTS);
    check_section("classes", "{\"id\":%u,\"name\":{\"de\":\"x\"}}", EVENT_MAX_LABELS);
    check_section("groups", "{\"id\":%u,\"name\":{\"de\":\"x\"}}", EVENT_MAX_LABELS);
    check_section("stops", "{\"name\":{\"de\":\"x%u\"}}", EVENT_MAX_STOPS);
    check_section("pins", "{\"verifier\":\"$argon2id$%u\"}", EVENT_MAX_PINS);
    check_section("keys",
                  "{\"kid\":%u,\"public_key\":\"0101010101010101010101010101010101010101010101010101010101010101\"}",
                  KEYSET_MAX_KEYS);
}

// As many fields or consents as there is room for, and not one more.
static void check_walk_in_section(const char *section, const char *element, size_t most)
{
    struct event *event = calloc(1, sizeof *event);
    const char *at = strstr(good, section);

    assert_true(event && at);
    for (size_t count = most; count <= most + 1; count++) {
        struct event_flaw flaw = {0};
        char text[2 * sizeof good], *end = text;
        size_t there = 2; // elements of `good`
        end += sprintf(end, "%.*s%s\":[", (int)(at - good), good, section);
        for (; there < count; there++) {
            end += sprintf(end, element, (unsigned)there);
            end += sprintf(end, ",");
        }
        strcpy(end, at + strlen(section) + strlen("\":["));
        enum status status = event_file_decode_unsigned((const uint8_t *)text, strlen(text), event, NULL, NULL, &flaw);
        if (status != (count == most ? STATUS_OK : STATUS_INVALID)) fail_msg("%s: %zu: %s", section, count, flaw.words);
        if (count > most) assert_non_null(strstr(flaw.words, "more than"));
    }
    free(event);
}

static void test_event_file__walk_ins_are_asked_for_so_much(void **state)
{
    (void)state;
    check_walk_in_section("fields", "{\"key\":\"k%u\",\"kind\":\"text\",\"label\":{\"de\":\"x\"}}", EVENT_MAX_FIELDS);
    check_walk_in_section("consents", "{\"key\":\"k%u\",\"version\":\"1\",\"text\":{\"de\":\"x\"}}",
                          EVENT_MAX_CONSENTS);
}

static void test_event_file__without_a_list_is_refused(void **state)
{
    struct event *event = calloc(1, sizeof *event);
    struct event_flaw flaw = {0};
    char text[sizeof good + 32];
    size_t head = (size_t)(strstr(good, "\"lists\":[") - good) + strlen("\"lists\":[");

    (void)state;
    snprintf(text, sizeof text, "%.*s],\"roster\":[]}", (int)head, good);
    assert_int_equal(event_file_decode_unsigned((const uint8_t *)text, strlen(text), event, NULL, NULL, &flaw),
                     STATUS_INVALID);
    assert_string_equal(flaw.words, "lists: empty: nothing could be counted");
    free(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_event_file__that_is_good_is_accepted),
        cmocka_unit_test(test_event_file__names_what_is_wrong_with_it),
        cmocka_unit_test(test_event_file__sections_have_limits),
        cmocka_unit_test(test_event_file__walk_ins_are_asked_for_so_much),
        cmocka_unit_test(test_event_file__without_a_list_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
