#include "support/check.h"

#include "ticket/ticket.h"

static void test_ticket_number__goes_there_and_back(void **state)
{
    uint64_t number = 0;

    (void)state;
    for (int i = 0; i < 10000; i++) {
        char text[TICKET_NUMBER_TEXT_SIZE];
        uint64_t back = 0;
        ticket_number_write(number, text);
        assert_int_equal(strlen(text), 11);
        assert_int_equal(ticket_number_parse(text, &back), STATUS_OK);
        assert_true(number == back);
        number = (number * 6364136223846793005u + 1442695040888963407u) & 0xFFFFFFFFFFFF;
    }
}

static void test_ticket_number_parse__reads_what_people_type(void **state)
{
    static const char *const typed[] = {"01KXS8KQ516", "01kxs8kq516",   "O1KXS8KQ516",   "0IKXS8KQ5L6",
                                        "0lkxs8kq5i6", "01KXS 8KQ51 6", "01KXS-8KQ51-6", " 01-KXS8KQ516 "};
    char written[TICKET_NUMBER_TEXT_SIZE];
    uint64_t wanted = 0, number = 0;

    (void)state;
    assert_int_equal(ticket_number_parse(typed[0], &wanted), STATUS_OK);
    ticket_number_write(wanted, written);
    assert_string_equal(written, typed[0]);
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        assert_int_equal(ticket_number_parse(typed[i], &number), STATUS_OK);
        assert_true(number == wanted);
    }
}

static void test_ticket_number_parse__refuses_the_rest(void **state)
{
    static const char *const bad[] = {
        "",
        "0",
        "01KXS8KQ51",
        "01KXS8KQ5166", // too short, too long
        "01KXS8KQ517",
        "01KXS8KQ5U6",
        "*1KXS8KQ516", // check character: wrong, or where a digit belongs
        "01KXS_8KQ516",
        "01KXS8KQ5\xC3\xBC",
        "8000000000T", // strangers; 2^48
        "ZZZZZZZZZZX",
    };
    uint64_t number = 4711;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(ticket_number_parse(bad[i], &number), STATUS_INVALID);
    assert_true(number == 4711);
}

// What the check character is for: one wrong character, and two neighbours exchanged.
static void test_ticket_number_parse__notices_slips(void **state)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char text[TICKET_NUMBER_TEXT_SIZE];
    uint64_t number;

    (void)state;
    ticket_number_write(0x123456789ABC, text);
    for (int at = 0; at < 11; at++) {
        char kept = text[at];
        for (int i = 0; i < 32; i++) {
            text[at] = digits[i];
            if (digits[i] != kept) assert_int_equal(ticket_number_parse(text, &number), STATUS_INVALID);
        }
        text[at] = kept;
    }
    for (int at = 0; at < 9; at++) {
        char left = text[at], right = text[at + 1];
        if (left == right) continue;
        text[at] = right;
        text[at + 1] = left;
        assert_int_equal(ticket_number_parse(text, &number), STATUS_INVALID);
        text[at] = left;
        text[at + 1] = right;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticket_number__goes_there_and_back),
        cmocka_unit_test(test_ticket_number_parse__reads_what_people_type),
        cmocka_unit_test(test_ticket_number_parse__refuses_the_rest),
        cmocka_unit_test(test_ticket_number_parse__notices_slips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
