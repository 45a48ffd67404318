// The vectors of tests/fixtures/kt1, which another implementation wrote.
#include "support/check.h"

#include "base/text.h"
#include "ticket/ticket.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>

static json_t *load(const char *name)
{
    char path[512];
    json_error_t error;

    snprintf(path, sizeof path, FIXTURES "/kt1/%s", name);
    json_t *document = json_load_file(path, JSON_ALLOW_NUL, &error);
    assert_non_null(document);
    return document;
}

static const char *word(const json_t *object, const char *name)
{
    const char *value = json_string_value(json_object_get(object, name));
    assert_non_null(value);
    return value;
}

static uint64_t number(const json_t *object, const char *name)
{
    assert_true(json_is_integer(json_object_get(object, name)));
    return (uint64_t)json_integer_value(json_object_get(object, name));
}

static void find_key(const json_t *document, uint64_t kid, uint8_t public_key[TICKET_PUBLIC_KEY_BYTES],
                     uint8_t secret_key[TICKET_SECRET_KEY_BYTES])
{
    uint8_t seed[32], wanted[TICKET_PUBLIC_KEY_BYTES];
    size_t i;
    json_t *key;

    json_array_foreach(json_object_get(document, "keys"), i, key)
    {
        if (number(key, "kid") != kid) continue;
        assert_int_equal(text_unhex(word(key, "seed"), seed, sizeof seed), STATUS_OK);
        assert_int_equal(text_unhex(word(key, "public_key"), wanted, sizeof wanted), STATUS_OK);
        assert_int_equal(crypto_sign_seed_keypair(public_key, secret_key, seed), 0);
        assert_memory_equal(public_key, wanted, sizeof wanted);
        return;
    }
    fail_msg("no key with that kid");
}

static struct ticket fields_of(const json_t *one)
{
    return (struct ticket){
        .is_practice = json_is_true(json_object_get(one, "practice")),
        .kid = (uint8_t)number(one, "kid"),
        .event = (uint32_t)number(one, "event"),
        .number = number(one, "number"),
        .from_day = (uint16_t)number(one, "from_day"),
        .until_day = (uint16_t)number(one, "until_day"),
        .class_id = (uint8_t)number(one, "class"),
        .generation = (uint8_t)number(one, "generation"),
        .group = (uint8_t)number(one, "group"),
    };
}

static void test_vectors__are_written_to_the_digit(void **state)
{
    json_t *document = load("tickets.json"), *one;
    uint8_t organisation[ORGANISATION_BYTES], public_key[TICKET_PUBLIC_KEY_BYTES], secret_key[TICKET_SECRET_KEY_BYTES];
    size_t i, count = 0;

    (void)state;
    assert_int_equal(text_unhex(word(document, "organisation"), organisation, sizeof organisation), STATUS_OK);
    json_array_foreach(json_object_get(document, "tickets"), i, one)
    {
        struct ticket ticket = fields_of(one), back;
        uint8_t bytes[TICKET_BYTES];
        char text[TICKET_TEXT_SIZE], number_text[TICKET_NUMBER_TEXT_SIZE];
        find_key(document, ticket.kid, public_key, secret_key);
        ticket_sign(&ticket, organisation, secret_key);
        assert_int_equal(text_unhex(word(one, "bytes"), bytes, sizeof bytes), STATUS_OK);
        assert_memory_equal(ticket.signature, bytes + TICKET_BODY_BYTES, TICKET_SIGNATURE_BYTES);
        ticket_write(&ticket, text);
        assert_string_equal(text, word(one, "text"));
        ticket_number_write(ticket.number, number_text);
        assert_string_equal(number_text, word(one, "number_text"));
        assert_int_equal(ticket_parse(word(one, "text"), TICKET_TEXT_DIGITS, &back, NULL), STATUS_OK);
        assert_true(back.number == ticket.number && back.is_practice == ticket.is_practice);
        assert_true(ticket_is_genuine(&back, organisation, public_key));
        count++;
    }
    assert_true(count >= 5);
    json_decref(document);
}

static void test_vectors__are_refused_for_the_right_reason(void **state)
{
    static const char *const words[] = {"", "length", "digits", "group", "flags"};
    json_t *document = load("refused.json"), *one;
    size_t i, count = 0;

    (void)state;
    json_array_foreach(json_object_get(document, "refused"), i, one)
    {
        const json_t *text = json_object_get(one, "text");
        struct ticket ticket;
        struct ticket_flaw flaw;
        assert_int_equal(ticket_parse(json_string_value(text), json_string_length(text), &ticket, &flaw),
                         STATUS_INVALID);
        if (strcmp(words[flaw.what], word(one, "fault")) != 0)
            fail_msg("%s: %s, not %s", word(one, "why"), words[flaw.what], word(one, "fault"));
        count++;
    }
    assert_true(count >= 40);
    json_decref(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors__are_written_to_the_digit),
        cmocka_unit_test(test_vectors__are_refused_for_the_right_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
