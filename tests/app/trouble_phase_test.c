// trouble_phase: how long a kiosk that could not begin says why before it tries again.
#include "support/check.h"

#include "app/trouble_phase.h"

// The page can be drawn, so the display that was missing is there.
static void test_trouble_phase__tries_at_once_when_the_display_came(void **state)
{
    (void)state;
    assert_int_equal(TROUBLE_LOOK_MS, trouble_retry_ms(TROUBLE_UNKNOWN, STATUS_MISSING));
    assert_int_equal(TROUBLE_RETRY_MS, trouble_retry_ms(TROUBLE_UNKNOWN, STATUS_INVALID));
    assert_int_equal(TROUBLE_RETRY_MS, trouble_retry_ms(TROUBLE_DISK_FULL, STATUS_MISSING));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trouble_phase__tries_at_once_when_the_display_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
