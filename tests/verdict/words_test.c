#include "support/check.h"

#include "verdict/guest.h"
#include "verdict/list.h"
#include "verdict/reason.h"

static void test_reason__words_go_there_and_back(void **state)
{
    enum reason reason;

    (void)state;
    for (int i = 0; i <= REASON_EXHAUSTED; i++) {
        assert_int_equal(reason_of_word(reason_word((enum reason)i), &reason), STATUS_OK);
        assert_int_equal(reason, i);
    }
    assert_string_equal(reason_word(REASON_ALREADY_REDEEMED), "already_redeemed");
    assert_int_equal(reason_of_word("Ok", &reason), STATUS_INVALID);
    assert_int_equal(reason_of_word("", &reason), STATUS_INVALID);
}

static void test_guest_status__words_go_there_and_back(void **state)
{
    enum guest_status status;

    (void)state;
    for (int i = 0; i <= GUEST_STATUS_CANCELED; i++) {
        assert_int_equal(guest_status_of_word(guest_status_word((enum guest_status)i), &status), STATUS_OK);
        assert_int_equal(status, i);
    }
    assert_int_equal(guest_status_of_word("paid", &status), STATUS_INVALID);
}

static void test_list_mode__words_go_there_and_back(void **state)
{
    enum list_mode mode;

    (void)state;
    for (int i = 0; i <= LIST_MODE_HAND_OUT; i++) {
        assert_int_equal(list_mode_of_word(list_mode_word((enum list_mode)i), &mode), STATUS_OK);
        assert_int_equal(mode, i);
    }
    assert_int_equal(list_mode_of_word("onec", &mode), STATUS_INVALID);
}

static void test_direction__words_go_there_and_back(void **state)
{
    enum direction direction;

    (void)state;
    for (int i = 0; i <= DIRECTION_EXIT; i++) {
        assert_int_equal(direction_of_word(direction_word((enum direction)i), &direction), STATUS_OK);
        assert_int_equal(direction, i);
    }
    assert_int_equal(direction_of_word("in", &direction), STATUS_INVALID);
}

static void test_id_set__holds_what_was_added_and_nothing_else(void **state)
{
    static const uint8_t ids[] = {0, 1, 63, 64, 127, 128, 191, 192, 255};
    struct id_set set = {{0}};
    size_t next = 0;

    (void)state;
    assert_true(id_set_is_empty(&set));
    for (size_t i = 0; i < sizeof ids; i++) {
        struct id_set one = {{0}};
        id_set_add(&set, ids[i]);
        id_set_add(&one, ids[i]);
        assert_false(id_set_is_empty(&one));
    }
    for (int id = 0; id < 256; id++) {
        bool is_added = next < sizeof ids && ids[next] == id;
        if (is_added) next++;
        assert_int_equal(id_set_has(&set, (uint8_t)id), is_added);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reason__words_go_there_and_back),
        cmocka_unit_test(test_guest_status__words_go_there_and_back),
        cmocka_unit_test(test_list_mode__words_go_there_and_back),
        cmocka_unit_test(test_direction__words_go_there_and_back),
        cmocka_unit_test(test_id_set__holds_what_was_added_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
