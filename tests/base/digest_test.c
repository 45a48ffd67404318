#include "support/check.h"

#include "base/digest.h"

// From the authors' own test vectors.
static void test_digest__is_fnv_1a(void **state)
{
    (void)state;
    assert_true(digest_of("", 0) == 0xCBF29CE484222325U);
    assert_true(digest_of("a", 1) == 0xAF63DC4C8601EC8CU);
    assert_true(digest_of("foobar", 6) == 0x85944171F73967E8U);
    assert_true(digest_of("\0", 1) == 0xAF63BD4C8601B7DFU);
    assert_true(digest_of("\xFF\x00\x00\x01", 4) == 0x6961196491CC682DU);
}

static void test_digest__in_parts_is_as_in_one(void **state)
{
    (void)state;
    for (size_t cut = 0; cut <= 6; cut++)
        assert_true(digest_add(digest_of("foobar", cut), &"foobar"[cut], 6 - cut) == digest_of("foobar", 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digest__is_fnv_1a),
        cmocka_unit_test(test_digest__in_parts_is_as_in_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
