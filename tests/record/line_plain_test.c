// A line that is read where it stands says the same as by the long way, whatever stands in it: a space before it makes
// the same line go the long way. EINLASS_TEST_SEED makes other lines.
#include "support/check.h"

#include "record/record.h"
#include "support/studio/dice.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINES = 200000 };

static const char *const lines[] = {
    "{\"seq\":1201,\"kind\":\"entry\",\"event\":7,\"list\":2,\"gate\":\"Nord\",\"ticket\":\"00a1b2c3d4e5\",\"person\":"
    "815,"
    "\"reason\":\"ok\",\"via\":\"camera\",\"forced\":true,\"why\":\"Bändchen\",\"boot\":3,\"boot_ms\":5123,\"unix_ms\":"
    "1795341152123,\"clock\":\"ntp\",\"hlc\":1795341152123,\"seen\":{\"9f3a01c2\":880,\"00000000\":1}}",
    "{\"seq\":3,\"kind\":\"annul\",\"event\":7,\"list\":2,\"gate\":\"Süd\",\"why\":\"Irrtum\",\"annuls\":2,\"of\":"
    "\"00112233445566778899aabbccddeeff\",\"boot\":3,\"boot_ms\":0,\"unix_ms\":-5,\"clock\":\"unset\",\"hlc\":7}",
    "{\"seq\":9,\"kind\":\"stock\",\"event\":7,\"list\":2,\"gate\":\"\",\"stock\":-60,\"boot\":3,\"boot_ms\":5,\"unix_"
    "ms\":0,"
    "\"clock\":\"rtc\"}",
    "{\"seq\":9,\"kind\":\"clock\",\"uncertainty_ms\":120,\"boot\":3,\"boot_ms\":5,\"unix_ms\":9,\"clock\":\"office\","
    "\"later\":{\"a\":1},\"seen\":{}}",
};

// Pieces that mean something in JSON, or nearly.
static const char *const pieces[] = {"\"",
                                     "\\",
                                     "{",
                                     "}",
                                     ",",
                                     ":",
                                     "0",
                                     "-",
                                     "-0",
                                     "00",
                                     "1e3",
                                     "1.5",
                                     "true",
                                     "null",
                                     "false",
                                     "[1]",
                                     " ",
                                     "{}",
                                     "\"seq\":1,",
                                     "\\u0041",
                                     "\\u0000",
                                     "\x7f",
                                     "\x1f",
                                     "\xc3",
                                     "\xc3\xa4",
                                     "9999999999999999999",
                                     "999999999999999999",
                                     "9223372036854775807",
                                     "\"seen\":{\"00000001\":2},",
                                     "\"x\":{\"a\":{}},"};

static size_t draw(struct dice *dice, char out[RECORD_LINE_SIZE])
{
    size_t length = (size_t)sprintf(out, "%s", lines[dice_below(dice, 4)]);

    for (int i = dice_below(dice, 4); i > 0; i--) {
        const char *piece = pieces[dice_below(dice, (int)(sizeof pieces / sizeof *pieces))];
        size_t at = (size_t)dice_below(dice, (int)length), gone = (size_t)dice_below(dice, 4), added = strlen(piece);
        if (gone > length - at) gone = length - at;
        memmove(out + at + added, out + at + gone, length - at - gone);
        memcpy(out + at, piece, added);
        length += added - gone;
    }
    return length;
}

static void test_line__says_the_same_read_either_way(void **state)
{
    const char *chosen = getenv("EINLASS_TEST_SEED");
    struct dice dice = {chosen ? strtoull(chosen, NULL, 10) : 1};
    static char spaced[RECORD_LINE_SIZE + 1] = " ";
    size_t good = 0;

    (void)state;
    for (int i = 0; i < LINES; i++) {
        static struct record one, other;
        uint64_t one_seq = 0, other_seq = 0;
        size_t length = draw(&dice, spaced + 1);
        memset(&one, 0, sizeof one);
        memset(&other, 0, sizeof other);
        enum status plain = record_parse_line(spaced + 1, length, &one, &one_seq);
        enum status wide = record_parse_line(spaced, length + 1, &other, &other_seq);
        if (plain != wide || one_seq != other_seq || memcmp(&one, &other, sizeof one) != 0)
            fail_msg("%.*s", (int)length, spaced + 1);
        good += plain == STATUS_OK;
    }
    assert_in_range(good, LINES / 10, LINES - LINES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_line__says_the_same_read_either_way)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
