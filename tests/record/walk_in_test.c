#include "support/check.h"

#include "base/text.h"
#include "record/walk_in.h"

#include <stdio.h>

static struct walk_in_rules rules(void)
{
    return (struct walk_in_rules){
        .is_welcome = true,
        .class_id = 6,
        .field_count = 3,
        .consent_count = 2,
        .fields = {{.key = "name", .kind = FIELD_NAME}, {.key = "company"}, {.key = "email", .kind = FIELD_EMAIL}},
        .consents = {{.key = "newsletter", .version = "2"}, {.key = "photos", .version = "2026-11"}},
    };
}

static struct walk_in walk_in(void)
{
    return (struct walk_in){
        .ticket = 0xB,
        .values = {"Öztürk, \"Ayşe\"", "", "a@b.example"},
        .consents = 2,
        .language = "de",
        .salt = {1, 2, 3},
    };
}

static void test_walk_in__blob_is_the_one_in_the_header(void **state)
{
    struct walk_in_rules asked = rules();
    struct walk_in said = walk_in();
    char blob[WALK_IN_BLOB_SIZE];

    (void)state;
    assert_int_equal(walk_in_write_blob(&said, &asked, blob), STATUS_OK);
    assert_string_equal(blob,
                        "{\"fields\":{\"name\":\"Öztürk, \\\"Ayşe\\\"\",\"company\":\"\",\"email\":\"a@b.example\"},"
                        "\"consents\":{\"newsletter\":{\"version\":\"2\",\"given\":false},"
                        "\"photos\":{\"version\":\"2026-11\",\"given\":true}},\"language\":\"de\"}");
    said.plus_one_of = 0x00a1b2c3d4e5;
    said.consents = 0;
    asked.field_count = 1;
    asked.consent_count = 0;
    assert_int_equal(walk_in_write_blob(&said, &asked, blob), STATUS_OK);
    assert_string_equal(blob, "{\"fields\":{\"name\":\"Öztürk, \\\"Ayşe\\\"\"},\"consents\":{},\"language\":\"de\","
                              "\"plus_one_of\":\"00a1b2c3d4e5\"}");
}

static void test_walk_in__refuses_what_cannot_be_kept(void **state)
{
    struct walk_in_rules asked = rules();
    struct walk_in said = walk_in();
    char blob[WALK_IN_BLOB_SIZE] = "untouched";

    (void)state;
    strcpy(said.values[1], "M\xFCller"); // Latin-1
    assert_int_equal(walk_in_write_blob(&said, &asked, blob), STATUS_INVALID);
    asked.field_count = EVENT_MAX_FIELDS;
    for (size_t i = 0; i < EVENT_MAX_FIELDS; i++) { // six bytes each in JSON
        snprintf(asked.fields[i].key, sizeof asked.fields[i].key, "field%zu", i);
        memset(said.values[i], 1, EVENT_VALUE_SIZE - 1);
        said.values[i][EVENT_VALUE_SIZE - 1] = '\0';
    }
    assert_int_equal(walk_in_write_blob(&said, &asked, blob), STATUS_INVALID);
    assert_string_equal(blob, "untouched");
}

// Computed with: (printf '\x00…\x0f'; printf '{}') | sha256sum
static void test_walk_in__hash_is_that_of_salt_and_blob(void **state)
{
    static const uint8_t salt[WALK_IN_SALT_BYTES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    uint8_t hash[WALK_IN_HASH_BYTES], other[WALK_IN_HASH_BYTES] = {0};
    char hex[2 * WALK_IN_HASH_BYTES + 1];

    (void)state;
    walk_in_hash("{}", salt, hash);
    text_hex(hash, sizeof hash, hex);
    assert_string_equal(hex, "b5c1f9361eb9fbedd3e628a72d1c8fef46544361fd79fa6781baf6d932b1c3f6");
    walk_in_hash("{}", (const uint8_t[WALK_IN_SALT_BYTES]){1}, other);
    assert_memory_not_equal(hash, other, sizeof hash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk_in__blob_is_the_one_in_the_header),
        cmocka_unit_test(test_walk_in__refuses_what_cannot_be_kept),
        cmocka_unit_test(test_walk_in__hash_is_that_of_salt_and_blob),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
