#include "support/check.h"

#include "ticket/picture.h"
#include "ticket/tickets.h"

#include <stdlib.h>

static void test_picture__of_a_ticket_is_version_5(void **state)
{
    struct signer signer = signer_of(1);
    struct picture *picture = calloc(1, sizeof *picture);

    (void)state;
    for (uint32_t i = 0; i < 50; i++) {
        struct ticket ticket = random_ticket(i, &signer);
        char text[TICKET_TEXT_SIZE];
        ticket_write(&ticket, text);
        assert_int_equal(picture_of_text(text, picture), STATUS_OK);
        assert_int_equal(picture->side, 37);
    }
    free(picture);
}

// The three corners every reader looks for. Source: ISO/IEC 18004, 6.3.3.
static void test_picture__has_its_finder_patterns(void **state)
{
    static const char *const finder[] = {"1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"};
    struct picture *picture = calloc(1, sizeof *picture);

    (void)state;
    assert_int_equal(picture_of_text("Grüß Gott", picture), STATUS_OK);
    for (int y = 0; y < 7; y++)
        for (int x = 0; x < 7; x++) {
            int wanted = finder[y][x] - '0', side = picture->side;
            assert_int_equal(picture->modules[y * side + x], wanted);
            assert_int_equal(picture->modules[y * side + side - 7 + x], wanted);
            assert_int_equal(picture->modules[(side - 7 + y) * side + x], wanted);
        }
    free(picture);
}

static void test_picture__refuses_nothing_and_too_much(void **state)
{
    struct picture *picture = calloc(1, sizeof *picture);
    char *digits = malloc(8000);

    (void)state;
    memset(digits, '7', 8000);
    digits[7999] = '\0';
    assert_int_equal(picture_of_text("", picture), STATUS_INVALID);
    assert_int_equal(picture_of_text(digits, picture), STATUS_INVALID);
    digits[5597] = '\0'; // one more than 40-M holds; ISO/IEC 18004 table 7
    assert_int_equal(picture_of_text(digits, picture), STATUS_INVALID);
    digits[5596] = '\0';
    assert_int_equal(picture_of_text(digits, picture), STATUS_OK);
    assert_int_equal(picture->side, PICTURE_MAX_SIDE);
    free(digits);
    free(picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_picture__of_a_ticket_is_version_5),
        cmocka_unit_test(test_picture__has_its_finder_patterns),
        cmocka_unit_test(test_picture__refuses_nothing_and_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
