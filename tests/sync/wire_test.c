#include "support/check.h"

#include "base/text.h"
#include "support/scribe.h"

#include <stdio.h>
#include <stdlib.h>

static int open_scribe(void **state)
{
    struct scribe *scribe = scribe_open(3);

    scribe_write(scribe, 10);
    *state = scribe;
    return 0;
}

static int close_scribe(void **state)
{
    free(*state);
    return 0;
}

static void test_header__comes_back_as_it_was_written(void **state)
{
    struct wire_header header = scribe_header(*state, 4, 3), read;
    char line[WIRE_HEADER_SIZE];
    struct wire_flaw flaw;

    strcpy(header.gate, "Tor \"Süd\"\n");
    assert_int_equal(wire_write_header(&header, line), STATUS_OK);
    assert_int_equal(line[strlen(line) - 1], '\n');
    assert_int_equal(wire_read_header(line, strlen(line) - 1, &read, &flaw), STATUS_OK);
    assert_memory_equal(read.log, header.log, sizeof read.log);
    assert_int_equal(read.first, 4);
    assert_int_equal(read.count, 3);
    assert_memory_equal(read.prev, header.prev, sizeof read.prev);
    assert_memory_equal(read.head, header.head, sizeof read.head);
    assert_int_equal(read.clock, CLOCK_STATE_NTP);
    assert_string_equal(read.gate, "Tor \"Süd\"\n");
    assert_true(wire_is_signed(&read));
}

static void test_header__holds_the_longest_gate(void **state)
{
    struct wire_header header = scribe_header(*state, 4, 3), read;
    char line[WIRE_HEADER_SIZE];
    struct wire_flaw flaw;

    header.first = (uint64_t)INT64_MAX - 600;
    memset(header.gate, '\x01', sizeof header.gate - 1); // six characters each
    assert_int_equal(wire_write_header(&header, line), STATUS_OK);
    assert_int_equal(wire_read_header(line, strlen(line) - 1, &read, &flaw), STATUS_OK);
    assert_string_equal(read.gate, header.gate);
    header.gate[0] = '\xff';
    assert_int_equal(wire_write_header(&header, line), STATUS_INVALID); // no UTF-8
}

static void test_signature__covers_log_seq_and_head(void **state)
{
    struct wire_header right = scribe_header(*state, 4, 3), wrong = right;

    assert_true(wire_is_signed(&right));
    wrong.log[0] ^= 1;
    assert_false(wire_is_signed(&wrong));
    wrong = right;
    wrong.count++;
    assert_false(wire_is_signed(&wrong));
    wrong = right;
    wrong.head[31] ^= 1;
    assert_false(wire_is_signed(&wrong));
    wrong = right;
    wrong.device_public_key[0] ^= 1;
    assert_false(wire_is_signed(&wrong));
    wrong = right; // other boundaries of the same end: the same head
    wrong.first--;
    wrong.count++;
    assert_true(wire_is_signed(&wrong));
}

static void refuse_header(const char *right, const char *part, const char *instead)
{
    char line[WIRE_HEADER_SIZE + 64];
    struct wire_header header = {0};
    struct wire_flaw flaw = {""};
    const char *found = strstr(right, part);

    assert_non_null(found);
    snprintf(line, sizeof line, "%.*s%s%s", (int)(found - right), right, instead, found + strlen(part));
    assert_int_equal(wire_read_header(line, strlen(line), &header, &flaw), STATUS_INVALID);
    assert_true(strlen(flaw.words) > 0);
    assert_int_equal(header.count, 0);
}

static void test_header__that_is_none_is_refused_with_words(void **state)
{
    struct wire_header header = scribe_header(*state, 4, 3), out;
    struct wire_flaw flaw = {""};
    char right[WIRE_HEADER_SIZE];

    assert_int_equal(wire_write_header(&header, right), STATUS_OK);
    refuse_header(right, "\"first\":4", "\"first\":0");
    refuse_header(right, "\"first\":4", "\"first\":-4");
    refuse_header(right, "\"first\":4", "\"first\":4.0");
    refuse_header(right, "\"first\":4", "\"first\":9223372036854775807");
    refuse_header(right, "\"count\":3", "\"count\":0");
    refuse_header(right, "\"count\":3", "\"count\":501");
    refuse_header(right, "\"count\":3", "\"count\":\"3\"");
    refuse_header(right, "\"clock\":\"ntp\"", "\"clock\":\"sundial\"");
    refuse_header(right, "\"log\":\"0303", "\"log\":\"03");
    refuse_header(right, "\"gate\":\"Nord\"", "\"gate\":null");
    refuse_header(right, "\"gate\":\"Nord\"", "\"first\":5");
    refuse_header(right, "{", "[");
    assert_int_equal(wire_read_header("", 0, &out, &flaw), STATUS_INVALID);
}

struct seen_lines {
    size_t count;
    uint64_t last;
    size_t most;
    char text[1024];
    uint8_t hash[CHAIN_HASH_BYTES];
};

static enum status see(void *owner, const struct wire_line *line)
{
    struct seen_lines *seen = owner;

    if (seen->count == seen->most) return STATUS_LATER;
    seen->count++;
    seen->last = line->seq;
    memcpy(seen->hash, line->hash, sizeof seen->hash);
    snprintf(seen->text, sizeof seen->text, "%.*s", (int)line->length, line->text);
    return STATUS_OK;
}

static void test_lines__are_seen_in_order(void **state)
{
    struct scribe *scribe = *state;
    struct wire_header header = scribe_header(scribe, 4, 3);
    struct seen_lines seen = {.most = 99};
    struct wire_flaw flaw;
    char lines[2048];
    size_t length = scribe_lines(scribe, 4, 3, lines);

    assert_int_equal(wire_read_lines(&header, lines, length, see, &seen, &flaw), STATUS_OK);
    assert_int_equal(seen.count, 3);
    assert_int_equal(seen.last, 6);
    assert_string_equal(seen.text, scribe->lines[5]);
    assert_memory_equal(seen.hash, scribe->hash[6], CHAIN_HASH_BYTES);
    assert_int_equal(wire_read_lines(&header, lines, length, NULL, NULL, &flaw), STATUS_OK);
    seen = (struct seen_lines){.most = 2};
    assert_int_equal(wire_read_lines(&header, lines, length, see, &seen, &flaw), STATUS_LATER);
    assert_int_equal(seen.last, 5);
    assert_memory_equal(seen.hash, scribe->hash[5], CHAIN_HASH_BYTES);
}

static void refuse_lines(struct scribe *scribe, const char *lines, enum status expected, const char *words)
{
    struct wire_header header = scribe_header(scribe, 4, 3);
    struct seen_lines seen = {.most = 99};
    struct wire_flaw flaw = {""};

    assert_int_equal(wire_read_lines(&header, lines, strlen(lines), see, &seen, &flaw), expected);
    assert_non_null(strstr(flaw.words, words));
    assert_int_equal(seen.count, 0); // nothing of a batch that isn't right
}

static void test_lines__that_are_wrong_are_never_seen(void **state)
{
    struct scribe *scribe = *state;
    char right[2048], wrong[4096];
    size_t length = scribe_lines(scribe, 4, 3, right);

    strcpy(wrong, right);
    wrong[length - 1] = '\0'; // the last newline
    refuse_lines(scribe, wrong, STATUS_INVALID, "line 3");
    scribe_lines(scribe, 4, 2, wrong);
    refuse_lines(scribe, wrong, STATUS_INVALID, "line 3");
    scribe_lines(scribe, 4, 4, wrong);
    refuse_lines(scribe, wrong, STATUS_INVALID, "line 4");
    scribe_lines(scribe, 3, 3, wrong);
    refuse_lines(scribe, wrong, STATUS_INVALID, "line 1");
    snprintf(wrong, sizeof wrong, "%.*s\xff%s", (int)(length - 10), right, right + length - 9);
    refuse_lines(scribe, wrong, STATUS_INVALID, "line 3: not UTF-8");
    snprintf(wrong, sizeof wrong, "{\"seq\":4,\"x\":\"%02100d\"}\n", 0);
    refuse_lines(scribe, wrong, STATUS_INVALID, "line 1: too long");
    strcpy(wrong, right);
    *strstr(wrong, "Nord") = 'M';
    refuse_lines(scribe, wrong, STATUS_CORRUPT, "lead");
    refuse_lines(scribe, "", STATUS_INVALID, "line 1");
}

// A newer kiosk's kind of record: kept, whatever it means.
static void test_lines__may_mean_what_this_version_does_not_know(void **state)
{
    struct scribe *scribe = *state;
    static const char line[] = "{\"seq\":11,\"kind\":\"hologram\",\"wave\":[1,2]}";
    struct wire_header header = scribe_header(scribe, 10, 1);
    struct seen_lines seen = {.most = 99};
    struct wire_flaw flaw;
    char lines[128];

    snprintf(lines, sizeof lines, "%s\n", line);
    header.first = 11;
    memcpy(header.prev, scribe->hash[10], CHAIN_HASH_BYTES);
    memcpy(header.head, scribe->hash[10], CHAIN_HASH_BYTES);
    chain_add(header.head, 11, line, strlen(line));
    assert_int_equal(wire_read_lines(&header, lines, strlen(lines), see, &seen, &flaw), STATUS_OK);
    assert_string_equal(seen.text, line);
}

static void test_place__comes_back_as_it_was_written(void **state)
{
    struct wire_place place = {.next = 1202, .is_durable = true, .now_ms = 1795341152123, .feed = "12.9f3a01c2"}, read;
    char *json;

    (void)state;
    memset(place.head, 0xab, sizeof place.head);
    json = wire_write_place(&place);
    assert_int_equal(wire_read_place(json, strlen(json), &read), STATUS_OK);
    free(json);
    assert_memory_equal(&read.head, &place.head, sizeof read.head);
    assert_int_equal(read.next, 1202);
    assert_true(read.is_durable);
    assert_int_equal(read.now_ms, place.now_ms);
    assert_string_equal(read.feed, place.feed);
    assert_false(read.has_fork);
    assert_string_equal(read.error, "");

    place.has_fork = true;
    place.fork_at = 17;
    strcpy(place.error, "fork");
    json = wire_write_place(&place);
    assert_int_equal(wire_read_place(json, strlen(json), &read), STATUS_OK);
    free(json);
    assert_true(read.has_fork);
    assert_int_equal(read.fork_at, 17);
    assert_string_equal(read.error, "fork");
}

static void test_place__of_somebody_else_is_none(void **state)
{
    static const char *const wrong[] = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"next\":1}",
        "{\"next\":0,\"head\":\"00\",\"now_ms\":1}",
        "{\"next\":1,\"head\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"now_ms\":-1}",
        ("{\"next\":1,\"head\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"now_ms\":1,"
         "\"feed\":\"a b\"}"),
    };
    struct wire_place read = {.next = 5};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(wire_read_place(wrong[i], strlen(wrong[i]), &read), STATUS_INVALID);
    assert_int_equal(read.next, 5);
}

static void test_error__is_shown_without_control_characters(void **state)
{
    static const char json[] = "{\"error\":\"de\\u0007vice\\u202e revoked\"}";
    char words[WIRE_WORDS_SIZE];

    (void)state;
    wire_read_error(json, strlen(json), words);
    assert_string_equal(words, "device revoked");
    wire_read_error("<html>", 6, words);
    assert_string_equal(words, "");
    wire_read_error("{\"error\":7}", 11, words);
    assert_string_equal(words, "");
}

static void test_enroll__comes_back_as_it_was_written(void **state)
{
    struct wire_enroll enroll = {.code = "7K3M9-QX2VD", .name = "Tor Süd", .version = "0.2.0"}, read;
    static const char typed[] = "{\"code\":\"7k3m9qx2vd\",\"device_key\":"
                                "\"0909090909090909090909090909090909090909090909090909090909090909\","
                                "\"name\":\"x\",\"version\":\"1\"}";
    char *json;

    (void)state;
    memset(enroll.device_public_key, 9, DEVICE_KEY_BYTES);
    json = wire_write_enroll(&enroll);
    assert_int_equal(wire_read_enroll(json, strlen(json), &read), STATUS_OK);
    free(json);
    assert_string_equal(read.code, enroll.code);
    assert_string_equal(read.name, enroll.name);
    assert_string_equal(read.version, enroll.version);
    assert_memory_equal(read.device_public_key, enroll.device_public_key, DEVICE_KEY_BYTES);
    assert_int_equal(wire_read_enroll(typed, strlen(typed), &read), STATUS_OK);
    assert_string_equal(read.code, "7K3M9-QX2VD");
    assert_int_equal(wire_read_enroll("{\"code\":\"7k3m9qx2vd\"}", 21, &read), STATUS_INVALID);
}

static void test_paired__comes_back_as_it_was_written(void **state)
{
    struct pairing pairing = {.token = "abcDEF_-0123456789abcDEF_-0123456789abcDEFG", .device = "Nord", .event = 7},
                   read;
    static const char hostile[] = "{\"device\":\"x\",\"token\":\"a\\r\\nHost: evil\",\"organisation\":"
                                  "\"09090909090909090909090909090909\",\"root_key\":"
                                  "\"0909090909090909090909090909090909090909090909090909090909090909\",\"now_ms\":1}";
    int64_t now_ms;
    char *json;

    (void)state;
    memset(pairing.organisation, 5, sizeof pairing.organisation);
    memset(pairing.root_key, 6, sizeof pairing.root_key);
    strcpy(pairing.organisation_name, "Heimvorteil");
    json = wire_write_paired(&pairing, 1795341152123);
    assert_int_equal(wire_read_paired(json, strlen(json), &read, &now_ms), STATUS_OK);
    free(json);
    assert_int_equal(now_ms, 1795341152123);
    assert_string_equal(read.token, pairing.token);
    assert_string_equal(read.device, "Nord");
    assert_string_equal(read.organisation_name, "Heimvorteil");
    assert_int_equal(read.event, 7);
    assert_memory_equal(read.organisation, pairing.organisation, sizeof read.organisation);
    assert_memory_equal(read.root_key, pairing.root_key, sizeof read.root_key);
    assert_int_equal(wire_read_paired(hostile, strlen(hostile), &read, &now_ms), STATUS_INVALID);
}

static void test_blob__comes_back_as_it_was_written(void **state)
{
    static const char blob[] = "{\"fields\":{\"name\":\"Ähm \\\"X\\\" \\u0007\"}}";
    uint8_t salt[WALK_IN_SALT_BYTES] = {1, 2, 3}, salt_read[WALK_IN_SALT_BYTES];
    char blob_read[WALK_IN_BLOB_SIZE], *json = wire_write_blob(salt, blob);

    (void)state;
    assert_int_equal(wire_read_blob(json, strlen(json), salt_read, blob_read), STATUS_OK);
    free(json);
    assert_memory_equal(salt_read, salt, sizeof salt);
    assert_string_equal(blob_read, blob);
    assert_int_equal(wire_read_blob("{\"salt\":\"00\",\"blob\":\"x\"}", 24, salt_read, blob_read), STATUS_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_header__comes_back_as_it_was_written, open_scribe, close_scribe),
        cmocka_unit_test_setup_teardown(test_header__holds_the_longest_gate, open_scribe, close_scribe),
        cmocka_unit_test_setup_teardown(test_signature__covers_log_seq_and_head, open_scribe, close_scribe),
        cmocka_unit_test_setup_teardown(test_header__that_is_none_is_refused_with_words, open_scribe, close_scribe),
        cmocka_unit_test_setup_teardown(test_lines__are_seen_in_order, open_scribe, close_scribe),
        cmocka_unit_test_setup_teardown(test_lines__that_are_wrong_are_never_seen, open_scribe, close_scribe),
        cmocka_unit_test_setup_teardown(test_lines__may_mean_what_this_version_does_not_know, open_scribe,
                                        close_scribe),
        cmocka_unit_test(test_place__comes_back_as_it_was_written),
        cmocka_unit_test(test_place__of_somebody_else_is_none),
        cmocka_unit_test(test_error__is_shown_without_control_characters),
        cmocka_unit_test(test_enroll__comes_back_as_it_was_written),
        cmocka_unit_test(test_paired__comes_back_as_it_was_written),
        cmocka_unit_test(test_blob__comes_back_as_it_was_written),
    };

    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
