#include "support/check.h"

#include "symbol/pattern.h"
#include "support/qr_symbol.h"

enum { FORMAT_BITS = 15, MOST_VERSION = 15 };

// ISO/IEC 18004:2015, annex E, table E.1.
static const int table[MOST_VERSION + 1][PATTERN_MAX_ALIGNMENTS] = {
    [2] = {6, 18},      [3] = {6, 22},      [4] = {6, 26},          [5] = {6, 30},          [6] = {6, 34},
    [7] = {6, 22, 38},  [8] = {6, 24, 42},  [9] = {6, 26, 46},      [10] = {6, 28, 50},     [11] = {6, 30, 54},
    [12] = {6, 32, 58}, [13] = {6, 34, 62}, [14] = {6, 26, 46, 66}, [15] = {6, 26, 48, 70},
};

static void test_pattern__has_its_alignment_where_the_standard_says(void **state)
{
    (void)state;
    for (int version = 1; version <= MOST_VERSION; version++) {
        int at[PATTERN_MAX_ALIGNMENTS] = {0};
        size_t count = pattern_alignments(17 + 4 * version, at), expected = 0;
        while (table[version][expected]) expected++;
        assert_int_equal(count, expected);
        assert_memory_equal(at, table[version], count * sizeof at[0]);
    }
}

// The format words' modules, found by comparing what two opposite words draw; `places[copy][i]`, in any order.
static void find_places(int side, int places[2][FORMAT_BITS])
{
    uint8_t all[PATTERN_MAX_MODULES], drawn[PATTERN_MAX_MODULES];
    bool is_format[PATTERN_MAX_MODULES] = {false};
    int counts[2] = {0, 0};

    memset(all, 0, sizeof all);
    pattern_stamp(all, side, false, 0);
    for (int format = 1; format < PATTERN_FORMAT_COUNT; format++) {
        memset(drawn, 0, sizeof drawn);
        pattern_stamp(drawn, side, false, format);
        for (int i = 0; i < side * side; i++) is_format[i] |= drawn[i] != all[i];
    }
    for (int i = 0; i < side * side; i++) {
        if (!is_format[i]) continue;
        int copy = i % side > 8 || i / side > 8;
        assert_true(counts[copy] < FORMAT_BITS);
        places[copy][counts[copy]++] = i;
    }
    assert_int_equal(counts[0], FORMAT_BITS);
    assert_int_equal(counts[1], FORMAT_BITS);
}

// Of 30 modules, the first copy's first.
static int place_of(int places[2][FORMAT_BITS], int i)
{
    return places[i / FORMAT_BITS][i % FORMAT_BITS];
}

static void transpose(uint8_t modules[], int side)
{
    uint8_t copy[PATTERN_MAX_MODULES];

    memcpy(copy, modules, (size_t)(side * side));
    for (int i = 0; i < side * side; i++) modules[i] = copy[i % side * side + i / side];
}

static void check_format(const uint8_t modules[], int side, int format, int errors)
{
    uint8_t mirrored[PATTERN_MAX_MODULES];
    int found = -1;

    assert_int_equal(pattern_read_format(modules, side, false, &found), errors);
    assert_int_equal(found, format);
    memcpy(mirrored, modules, (size_t)(side * side));
    transpose(mirrored, side);
    assert_int_equal(pattern_read_format(mirrored, side, true, &found), errors);
    assert_int_equal(found, format);
}

static void test_pattern__corrects_every_single_and_double_error_of_a_format_word(void **state)
{
    uint8_t modules[PATTERN_MAX_MODULES];
    int places[2][FORMAT_BITS];
    const int side = 37;

    (void)state;
    find_places(side, places);
    for (int format = 0; format < PATTERN_FORMAT_COUNT; format++) {
        memset(modules, 0, sizeof modules);
        pattern_stamp(modules, side, false, format);
        check_format(modules, side, format, 0);
        for (int first = 0; first < 2 * FORMAT_BITS; first++) {
            modules[place_of(places, first)] ^= 1;
            check_format(modules, side, format, 1);
            for (int second = 0; second < first; second++) {
                modules[place_of(places, second)] ^= 1;
                check_format(modules, side, format, 2);
                modules[place_of(places, second)] ^= 1;
            }
            modules[place_of(places, first)] ^= 1;
        }
    }
}

static void test_pattern__believes_one_copy_of_a_format_word_if_the_other_is_lost(void **state)
{
    uint8_t modules[PATTERN_MAX_MODULES];
    int places[2][FORMAT_BITS];
    const int side = 21;

    (void)state;
    find_places(side, places);
    for (int format = 0; format < PATTERN_FORMAT_COUNT; format++) {
        for (int lost = 0; lost < 2; lost++) {
            for (int wrong = 0; wrong < FORMAT_BITS; wrong++) {
                memset(modules, 0, sizeof modules);
                pattern_stamp(modules, side, false, format);
                for (int i = 0; i < FORMAT_BITS; i++) modules[places[lost][i]] = i & 1;
                modules[places[1 - lost][wrong]] ^= 1;
                int found, errors = pattern_read_format(modules, side, false, &found);
                assert_true(errors <= 5);
                assert_true(found == format || errors < 5); // another word only if it is nearer to both
            }
        }
    }
}

static void test_pattern__refuses_noise_as_a_format_word(void **state)
{
    uint8_t modules[PATTERN_MAX_MODULES];
    uint32_t random = 1;
    int accepted = 0, format;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        for (int j = 0; j < 21 * 21; j++) {
            random = random * 1664525U + 1013904223U;
            modules[j] = (uint8_t)(random >> 31);
        }
        if (pattern_read_format(modules, 21, false, &format) <= PATTERN_MOST_FORMAT_ERRORS) accepted++;
    }
    assert_true(accepted < 120); // 5 % by chance
}

static void test_pattern__knows_what_every_symbol_shows(void **state)
{
    (void)state;
    for (int version = 1; version <= MOST_VERSION; version++) {
        for (int level = 0; level < QR_SYMBOL_LEVELS; level++) {
            struct qr_symbol symbol, stamped;
            qr_symbol_make(&(struct qr_kind){version, level, 1, "0123456789"}, &symbol);
            stamped = symbol;
            for (int i = 0; i < symbol.side * symbol.side; i++)
                if (!symbol.is_free[i]) stamped.modules[i] ^= 1; // everything known is lost …
            pattern_stamp(stamped.modules, symbol.side, false, symbol.format);
            assert_memory_equal(stamped.modules, symbol.modules, (size_t)(symbol.side * symbol.side)); // … and back
            qr_symbol_mirror(&symbol);
            stamped = symbol;
            pattern_stamp(stamped.modules, symbol.side, true, symbol.format);
            assert_memory_equal(stamped.modules, symbol.modules, (size_t)(symbol.side * symbol.side));
        }
    }
}

static void check_mode(int version, int mode, const char *text)
{
    struct qr_symbol symbol;

    qr_symbol_make(&(struct qr_kind){version, 0, mode, text}, &symbol);
    for (int mask = 0; mask < QR_SYMBOL_MASKS; mask++) {
        qr_symbol_set_mask(&symbol, mask);
        assert_int_equal(pattern_read_mode(symbol.modules, symbol.side, false, symbol.format), mode);
        qr_symbol_mirror(&symbol);
        assert_int_equal(pattern_read_mode(symbol.modules, symbol.side, true, symbol.format), mode);
        qr_symbol_mirror(&symbol);
    }
}

static void test_pattern__tells_what_kind_of_text_a_symbol_holds(void **state)
{
    char long_text[1000];

    (void)state;
    memset(long_text, 'a', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    for (int version = 1; version <= MOST_VERSION; version++) {
        check_mode(version, 1, "0123456789");
        check_mode(version, 4, "einlass");
        check_mode(version, PATTERN_MODE_ECI, "M\xc3\xbcller");
        long_text[version * version * 4 + 20] = '\0'; // more than one symbol holds, at most 16
        check_mode(version, PATTERN_MODE_STRUCTURED_APPEND, long_text);
        long_text[version * version * 4 + 20] = 'a';
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pattern__has_its_alignment_where_the_standard_says),
        cmocka_unit_test(test_pattern__corrects_every_single_and_double_error_of_a_format_word),
        cmocka_unit_test(test_pattern__believes_one_copy_of_a_format_word_if_the_other_is_lost),
        cmocka_unit_test(test_pattern__refuses_noise_as_a_format_word),
        cmocka_unit_test(test_pattern__knows_what_every_symbol_shows),
        cmocka_unit_test(test_pattern__tells_what_kind_of_text_a_symbol_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
