#include "support/check.h"

#include "ticket/ticket.h"
#include "ticket/tickets.h"

#include <stdio.h>

static void assert_same(const struct ticket *one, const struct ticket *other)
{
    assert_int_equal(one->is_practice, other->is_practice);
    assert_int_equal(one->kid, other->kid);
    assert_int_equal(one->event, other->event);
    assert_true(one->number == other->number);
    assert_int_equal(one->from_day, other->from_day);
    assert_int_equal(one->until_day, other->until_day);
    assert_int_equal(one->class_id, other->class_id);
    assert_int_equal(one->generation, other->generation);
    assert_int_equal(one->group, other->group);
    assert_memory_equal(one->signature, other->signature, TICKET_SIGNATURE_BYTES);
}

static void test_ticket__what_is_written_is_read(void **state)
{
    struct signer signer = signer_of(1);

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        struct ticket ticket = random_ticket(i, &signer), back;
        char text[TICKET_TEXT_SIZE], again[TICKET_TEXT_SIZE];
        ticket_write(&ticket, text);
        assert_int_equal(strlen(text), TICKET_TEXT_DIGITS);
        assert_int_equal(ticket_parse(text, TICKET_TEXT_DIGITS, &back, NULL), STATUS_OK);
        assert_same(&ticket, &back);
        assert_true(ticket_is_genuine(&back, signer.organisation, signer.public_key));
        ticket_write(&back, again);
        assert_string_equal(text, again);
    }
}

// Turns bit `bit` of the 83 bytes over and writes the text such bytes would have, without the module under test.
static void flip(const char *text, size_t bit, char out[TICKET_TEXT_SIZE])
{
    size_t byte = bit / 8, group = byte / 7, first = group * 17;
    int digits = group == 11 ? 15 : 17;
    size_t last_byte = group == 11 ? 82 : group * 7 + 6;
    unsigned long long value = 0;
    char written[32];

    for (int i = 0; i < digits; i++) value = value * 10 + (unsigned long long)(text[first + (size_t)i] - '0');
    value ^= 1ULL << (8 * (last_byte - byte) + bit % 8);
    snprintf(written, sizeof written, "%0*llu", digits, value);
    memcpy(out, text, TICKET_TEXT_SIZE);
    memcpy(out + first, written, (size_t)digits);
}

static void test_ticket__every_bit_matters(void **state)
{
    struct signer signer = signer_of(1);
    int refused_by_parse = 0, refused_by_signature = 0;

    (void)state;
    for (uint32_t i = 0; i < 100; i++) {
        struct ticket ticket = random_ticket(i, &signer), forged;
        char text[TICKET_TEXT_SIZE], flipped[TICKET_TEXT_SIZE];
        ticket_write(&ticket, text);
        for (size_t bit = 0; bit < 8 * TICKET_BYTES; bit++) {
            flip(text, bit, flipped);
            assert_string_not_equal(text, flipped);
            if (ticket_parse(flipped, TICKET_TEXT_DIGITS, &forged, NULL) != STATUS_OK) refused_by_parse++;
            else if (!ticket_is_genuine(&forged, signer.organisation, signer.public_key)) refused_by_signature++;
        }
    }
    assert_int_equal(refused_by_parse, 100 * 7); // the version's four bits and the three reserved ones
    assert_int_equal(refused_by_parse + refused_by_signature, 100 * 664);
}

static void test_ticket_parse__tolerates_an_escape_and_a_line_end_and_nothing_else(void **state)
{
    static const char *const before[] = {"", "\\000026"};
    static const char *const behind[] = {"", "\r", "\n", "\r\n"};
    struct signer signer = signer_of(1);
    struct ticket ticket = random_ticket(1, &signer), back;
    char text[TICKET_TEXT_SIZE], wrapped[TICKET_TEXT_SIZE + 16];

    (void)state;
    ticket_write(&ticket, text);
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 4; j++) {
            int length = snprintf(wrapped, sizeof wrapped, "%s%s%s", before[i], text, behind[j]);
            assert_int_equal(ticket_parse(wrapped, (size_t)length, &back, NULL), STATUS_OK);
            assert_same(&ticket, &back);
        }
    for (int byte = 0; byte < 256; byte++) { // any one byte more, on either side
        bool is_line_end = byte == '\r' || byte == '\n';
        memcpy(wrapped, text, TICKET_TEXT_DIGITS);
        wrapped[TICKET_TEXT_DIGITS] = (char)byte;
        assert_int_equal(ticket_parse(wrapped, TICKET_TEXT_DIGITS + 1, &back, NULL),
                         is_line_end ? STATUS_OK : STATUS_INVALID);
        memcpy(wrapped + 1, text, TICKET_TEXT_DIGITS);
        wrapped[0] = (char)byte;
        assert_int_equal(ticket_parse(wrapped, TICKET_TEXT_DIGITS + 1, &back, NULL), STATUS_INVALID);
    }
}

static void test_ticket_parse__refuses_every_non_digit_at_every_place(void **state)
{
    struct signer signer = signer_of(1);
    struct ticket ticket = random_ticket(2, &signer), back;
    char text[TICKET_TEXT_SIZE];

    (void)state;
    ticket_write(&ticket, text);
    for (size_t at = 0; at < TICKET_TEXT_DIGITS; at++)
        for (int byte = 0; byte < 256; byte++) {
            char kept = text[at];
            struct ticket_flaw flaw;
            if (byte >= '0' && byte <= '9') continue;
            text[at] = (char)byte;
            assert_int_equal(ticket_parse(text, TICKET_TEXT_DIGITS, &back, &flaw), STATUS_INVALID);
            if (flaw.what == TICKET_FAULT_DIGITS) assert_int_equal(flaw.at, at);
            else assert_true(at == TICKET_TEXT_DIGITS - 1 && (byte == '\r' || byte == '\n')); // then one is missing
            text[at] = kept;
        }
}

static void test_ticket_parse__refuses_every_other_length(void **state)
{
    char digits[4096];
    struct ticket back;
    struct ticket_flaw flaw;

    (void)state;
    memset(digits, '0', sizeof digits);
    for (size_t length = 0; length <= sizeof digits; length++) {
        if (length == TICKET_TEXT_DIGITS) continue;
        assert_int_equal(ticket_parse(digits, length, &back, &flaw), STATUS_INVALID);
        assert_int_equal(flaw.what, TICKET_FAULT_LENGTH);
        assert_int_equal(flaw.at, length);
    }
    assert_int_equal(ticket_parse(digits, TICKET_TEXT_DIGITS, &back, &flaw), STATUS_INVALID);
    assert_int_equal(flaw.what, TICKET_FAULT_FLAGS); // version 0
}

static void test_ticket__belongs_to_one_organisation_and_one_key(void **state)
{
    struct signer ours = signer_of(1), theirs = signer_of(2);
    struct ticket ticket = random_ticket(3, &ours);

    (void)state;
    assert_true(ticket_is_genuine(&ticket, ours.organisation, ours.public_key));
    assert_false(ticket_is_genuine(&ticket, theirs.organisation, ours.public_key));
    assert_false(ticket_is_genuine(&ticket, ours.organisation, theirs.public_key));
}

static void test_ticket__practice_is_part_of_what_is_signed(void **state)
{
    struct signer signer = signer_of(1);
    struct ticket ticket = random_ticket(4, &signer);

    (void)state;
    ticket.is_practice = !ticket.is_practice;
    assert_false(ticket_is_genuine(&ticket, signer.organisation, signer.public_key));
    ticket.is_practice = !ticket.is_practice;
    assert_true(ticket_is_genuine(&ticket, signer.organisation, signer.public_key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticket__what_is_written_is_read),
        cmocka_unit_test(test_ticket__every_bit_matters),
        cmocka_unit_test(test_ticket_parse__tolerates_an_escape_and_a_line_end_and_nothing_else),
        cmocka_unit_test(test_ticket_parse__refuses_every_non_digit_at_every_place),
        cmocka_unit_test(test_ticket_parse__refuses_every_other_length),
        cmocka_unit_test(test_ticket__belongs_to_one_organisation_and_one_key),
        cmocka_unit_test(test_ticket__practice_is_part_of_what_is_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
