#include "support/check.h"

#include "base/text.h"

static void test_text_copy__cuts_between_code_points(void **state)
{
    char to[6];

    (void)state;
    text_copy(to, sizeof to, "Müüü"); // M, then two bytes each
    assert_string_equal(to, "Müü");
    text_copy(to, 5, "Müüü");
    assert_string_equal(to, "Mü");
    text_copy(to, 1, "ü");
    assert_string_equal(to, "");
}

static void test_text_is_utf8__refuses_what_rfc_3629_refuses(void **state)
{
    static const char *const good[] = {"", "a", "ü", "€", "😀", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"};
    static const char *const bad[] = {"\x80", "\xC0\xAF", "\xE0\x80\x80",        "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                      "\xC3", "a\xFFz",   "\xF8\x88\x80\x80\x80"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(text_is_utf8(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    assert_false(text_is_utf8("a\0b", 3));
}

static void test_text_next__walks_code_points(void **state)
{
    const char *cursor = "aü€😀";

    (void)state;
    assert_int_equal(text_next(&cursor), 'a');
    assert_int_equal(text_next(&cursor), 0xFC);
    assert_int_equal(text_next(&cursor), 0x20AC);
    assert_int_equal(text_next(&cursor), 0x1F600);
    assert_int_equal(text_next(&cursor), 0);
    assert_int_equal(text_next(&cursor), 0);
}

static void test_text_hex__goes_there_and_back(void **state)
{
    const uint8_t bytes[] = {0x00, 0x7F, 0xFF};
    uint8_t back[3];
    char hex[7];

    (void)state;
    text_hex(bytes, sizeof bytes, hex);
    assert_string_equal(hex, "007fff");
    assert_int_equal(text_unhex("007fFF", back, 3), STATUS_OK);
    assert_memory_equal(bytes, back, 3);
    assert_int_equal(text_unhex("007ff", back, 3), STATUS_INVALID);
    assert_int_equal(text_unhex("007fgg", back, 3), STATUS_INVALID);
}

static void test_text_make_showable__drops_what_reorders_and_marks_what_is_broken(void **state)
{
    char to[32];

    (void)state;
    text_make_showable(to, sizeof to,
                       "a\xE2\x80\xAE"
                       "b\x01\xFF"
                       "c",
                       8);
    assert_string_equal(to, "ab\xEF\xBF\xBD"
                            "c");
    text_make_showable(to, 4, "ab€", 5);
    assert_string_equal(to, "ab");
}

static void test_text_is_name__refuses_what_could_not_be_shown_as_it_is(void **state)
{
    (void)state;
    assert_true(text_is_name("Tür Süd", sizeof "Tür Süd"));
    assert_false(text_is_name("Tür Süd", sizeof "Tür Süd" - 1));
    assert_false(text_is_name("", 8));
    assert_false(text_is_name("S\x1B[", 8));
    assert_false(text_is_name("S\xE2\x80\xAEüd", 16)); // right to left from here on
    assert_false(text_is_name("S\xFC", 8));            // Latin-1
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_copy__cuts_between_code_points),
        cmocka_unit_test(test_text_is_utf8__refuses_what_rfc_3629_refuses),
        cmocka_unit_test(test_text_next__walks_code_points),
        cmocka_unit_test(test_text_hex__goes_there_and_back),
        cmocka_unit_test(test_text_make_showable__drops_what_reorders_and_marks_what_is_broken),
        cmocka_unit_test(test_text_is_name__refuses_what_could_not_be_shown_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
