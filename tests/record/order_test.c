#include "support/check.h"

#include "record/order.h"

static const uint8_t low[LOG_ID_BYTES] = {1}, high[LOG_ID_BYTES] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

static bool is_before(struct order one, struct order other)
{
    return order_is_after(&other, &one) && !order_is_after(&one, &other);
}

static void test_order__is_by_hlc_then_log_then_seq(void **state)
{
    (void)state;
    assert_true(is_before(order_of(1, high, 900), order_of(2, low, 1)));
    assert_true(is_before(order_of(255, high, 900), order_of(256, low, 1))); // not byte by byte from the wrong end
    assert_true(is_before(order_of(7, low, 900), order_of(7, high, 1)));
    assert_true(is_before(order_of(7, low, 255), order_of(7, low, 256)));
    assert_true(is_before(order_of(7, low, 1), order_of(RECORD_MOST_HLC, low, 1)));
    struct order order = order_of(7, low, 1), same = order_of(7, low, 1), none = {0};
    assert_false(order_is_after(&order, &same));
    assert_true(order_is_after(&order, &none));
}

static void test_order__says_whose_it_is(void **state)
{
    struct order order = order_of(1795341152123, high, INT64_MAX);

    (void)state;
    assert_true(order_seq(&order) == INT64_MAX);
    assert_true(order_is_of(&order, high));
    assert_false(order_is_of(&order, low));
    struct order later = order_of(1795341152124, high, INT64_MAX);
    assert_memory_equal(ORDER_IDENTITY(&order), ORDER_IDENTITY(&later), ORDER_IDENTITY_BYTES);
}

static void test_order__of_a_new_record_is_behind_all_that_is_known(void **state)
{
    (void)state;
    assert_int_equal(order_next_hlc(5000, 0), 5000);
    assert_int_equal(order_next_hlc(5000, 4999), 5000);
    assert_int_equal(order_next_hlc(5000, 5000), 5001);
    assert_int_equal(order_next_hlc(0, 0), 1); // 1970, and before
    assert_int_equal(order_next_hlc(-77, 0), 1);
    assert_true(order_next_hlc(INT64_MAX, 0) == RECORD_MOST_HLC);
    assert_true(order_next_hlc(5000, RECORD_MOST_HLC) == RECORD_MOST_HLC);
}

static void test_order__of_an_old_record_is_that_of_its_log(void **state)
{
    struct record record = {.unix_ms = 5000};

    (void)state;
    assert_int_equal(order_hlc(&record, 0), 5000);
    assert_int_equal(order_hlc(&record, 9000), 9001); // its clock was set back
    record.hlc = 8000;
    assert_int_equal(order_hlc(&record, 9000), 8000); // it says so itself
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order__is_by_hlc_then_log_then_seq),
        cmocka_unit_test(test_order__says_whose_it_is),
        cmocka_unit_test(test_order__of_a_new_record_is_behind_all_that_is_known),
        cmocka_unit_test(test_order__of_an_old_record_is_that_of_its_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
