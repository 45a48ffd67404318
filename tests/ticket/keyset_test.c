#include "support/check.h"

#include "ticket/keyset.h"
#include "ticket/tickets.h"

enum { EVENT_KID = 0, KIOSK_KID = 5, WALK_IN_CLASS = 6 };

struct office { // one event key, one kiosk's walk-in key
    struct signer event, kiosk;
    struct keyset keyset;
};

static struct office office_make(void)
{
    struct office office = {.event = signer_of(1), .kiosk = signer_of(2)};
    struct ticket_key event = {.kid = EVENT_KID};
    struct ticket_key kiosk = {.kid = KIOSK_KID, .is_walk_in_only = true, .walk_in_class = WALK_IN_CLASS};

    memcpy(office.keyset.organisation, office.event.organisation, ORGANISATION_BYTES);
    memcpy(event.public_key, office.event.public_key, TICKET_PUBLIC_KEY_BYTES);
    memcpy(kiosk.public_key, office.kiosk.public_key, TICKET_PUBLIC_KEY_BYTES);
    assert_int_equal(keyset_add(&office.keyset, &event), STATUS_OK);
    assert_int_equal(keyset_add(&office.keyset, &kiosk), STATUS_OK);
    return office;
}

static struct ticket sign_as(const struct office *office, const struct signer *signer, uint8_t kid, uint8_t class_id)
{
    struct ticket ticket = {.kid = kid, .event = 7, .number = 815, .class_id = class_id};

    ticket_sign(&ticket, office->keyset.organisation, signer->secret_key);
    return ticket;
}

static void test_keyset__vouches_for_what_its_event_key_signed(void **state)
{
    struct office office = office_make();

    (void)state;
    for (int class_id = 0; class_id < 256; class_id++) {
        struct ticket ticket = sign_as(&office, &office.event, EVENT_KID, (uint8_t)class_id);
        assert_true(keyset_vouches_for(&office.keyset, &ticket));
        assert_false(keyset_is_walk_in_only(&office.keyset, &ticket));
    }
}

static void test_keyset__limits_a_kiosk_to_walk_ins(void **state)
{
    struct office office = office_make();

    (void)state;
    for (int class_id = 0; class_id < 256; class_id++) {
        struct ticket ticket = sign_as(&office, &office.kiosk, KIOSK_KID, (uint8_t)class_id);
        assert_int_equal(keyset_vouches_for(&office.keyset, &ticket), class_id == WALK_IN_CLASS);
        assert_true(keyset_is_walk_in_only(&office.keyset, &ticket));
    }
}

static void test_keyset__asks_the_named_key_only(void **state)
{
    struct office office = office_make();

    (void)state;
    for (int kid = 0; kid < 256; kid++) {
        struct ticket by_event = sign_as(&office, &office.event, (uint8_t)kid, WALK_IN_CLASS);
        struct ticket by_kiosk = sign_as(&office, &office.kiosk, (uint8_t)kid, WALK_IN_CLASS);
        assert_int_equal(keyset_vouches_for(&office.keyset, &by_event), kid == EVENT_KID);
        assert_int_equal(keyset_vouches_for(&office.keyset, &by_kiosk), kid == KIOSK_KID);
    }
}

static void test_keyset__vouches_for_nothing_when_empty(void **state)
{
    struct office office = office_make();
    struct ticket ticket = sign_as(&office, &office.event, EVENT_KID, 1);
    struct keyset empty = {0};

    (void)state;
    memcpy(empty.organisation, office.keyset.organisation, ORGANISATION_BYTES);
    assert_false(keyset_vouches_for(&empty, &ticket));
}

static void test_keyset_add__keeps_one_key_per_kid(void **state)
{
    struct office office = office_make();
    struct ticket_key other = {.kid = KIOSK_KID}; // would lift the kiosk's limit
    struct ticket ticket = sign_as(&office, &office.kiosk, KIOSK_KID, 1);

    (void)state;
    memcpy(other.public_key, office.kiosk.public_key, TICKET_PUBLIC_KEY_BYTES);
    assert_int_equal(keyset_add(&office.keyset, &other), STATUS_INVALID);
    assert_int_equal(office.keyset.count, 2);
    assert_false(keyset_vouches_for(&office.keyset, &ticket));
}

static void test_keyset_add__refuses_one_too_many(void **state)
{
    struct keyset keyset = {0};

    (void)state;
    for (int kid = 0; kid < KEYSET_MAX_KEYS; kid++)
        assert_int_equal(keyset_add(&keyset, &(struct ticket_key){.kid = (uint8_t)kid}), STATUS_OK);
    assert_int_equal(keyset_add(&keyset, &(struct ticket_key){.kid = 200}), STATUS_INVALID);
    assert_int_equal(keyset.count, KEYSET_MAX_KEYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keyset__vouches_for_what_its_event_key_signed),
        cmocka_unit_test(test_keyset__limits_a_kiosk_to_walk_ins),
        cmocka_unit_test(test_keyset__asks_the_named_key_only),
        cmocka_unit_test(test_keyset__vouches_for_nothing_when_empty),
        cmocka_unit_test(test_keyset_add__keeps_one_key_per_kid),
        cmocka_unit_test(test_keyset_add__refuses_one_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
