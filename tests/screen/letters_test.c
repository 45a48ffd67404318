// Type: fonts that complete each other, both directions of writing, and nothing outside its place.
#include "support/check.h"

#include "screen/bidi.h"
#include "screen/font_list.h"
#include "screen/letters.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int set_up(void **state)
{
    struct letters *letters;

    if (letters_open(FONTS_CONF, &letters) != STATUS_OK) return -1;
    *state = letters;
    return 0;
}

static int tear_down(void **state)
{
    letters_close(*state);
    return 0;
}

static const struct text_style style = {.size_px = 60};

// The ink of a text on one line: a mask of its own, and its width.
static uint8_t *ink(struct letters *letters, const char *text, int *width_out, int *height_out)
{
    struct mark mark = {.kind = MARK_TEXT, .box = {0, 0, 3000, 80}, .style = style};
    struct typeset placed;
    int end_px = 0;

    letters_place(letters, &mark, text, &end_px, &placed);
    assert_int_equal(placed.fit.line_count, 1);
    *width_out = placed.box.w + 2 * letters_overhang(&placed);
    *height_out = placed.box.h + 2 * letters_overhang(&placed);
    uint8_t *mask = calloc((size_t)*width_out, (size_t)*height_out);
    letters_cover(letters, &mark, text, &placed, mask);
    return mask;
}

static bool looks_like(struct letters *letters, const char *left, const char *right)
{
    int left_w, left_h, right_w, right_h;
    uint8_t *left_ink = ink(letters, left, &left_w, &left_h), *right_ink = ink(letters, right, &right_w, &right_h);
    bool is_same = left_w == right_w && !memcmp(left_ink, right_ink, (size_t)left_w * (size_t)left_h);

    free(left_ink);
    free(right_ink);
    return is_same;
}

static void test_letters__every_script_at_the_door_has_glyphs(void **state)
{
    static const char *const texts[] = {"ä", "ß", "ẞ", "ğ", "ł", "İ", "ễ", "Ω", "Ж", "م", "ש", "🎉", "✓", "€"};
    const char *missing = "\xF3\xB0\x80\x80"; // private use: no font has it, so it shows the box of missing glyphs

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (looks_like(*state, texts[i], missing)) fail_msg("no glyph for %s", texts[i]);
}

static void test_letters__composed_and_decomposed_umlauts_are_as_wide(void **state)
{
    assert_int_equal(letters_width(*state, &style, "Jörg", 5, 60),
                     letters_width(*state, &style, "Jo\xCC\x88rg", 6, 60));
}

static void test_letters__arabic_is_joined(void **state)
{
    // Between two others, heh is drawn as its middle form, which Unicode also has as a character of its own (U+FEEC);
    // tatweel on both sides makes the same surroundings.
    assert_true(looks_like(*state, "ـهـ", "ـ\xEF\xBB\xACـ"));
    assert_false(looks_like(*state, "ه", "\xEF\xBB\xAC"));
}

static void test_letters__skin_tones_take_no_room(void **state)
{
    assert_true(looks_like(*state, "👍🏽", "👍"));
}

static void test_letters__tabular_digits_are_equally_wide(void **state)
{
    struct text_style tabular = {.size_px = 60, .is_tabular = true};

    assert_int_not_equal(letters_width(*state, &style, "111", 3, 60), letters_width(*state, &style, "888", 3, 60));
    assert_int_equal(letters_width(*state, &tabular, "111", 3, 60), letters_width(*state, &tabular, "888", 3, 60));
}

static long ink_between(const uint8_t *mask, int width, int height, int from, int to)
{
    long sum = 0;

    for (int y = 0; y < height; y++)
        for (int x = from; x < to; x++) sum += mask[y * width + x];
    return sum;
}

static void test_letters__ink_stays_away_from_the_mask_s_edge(void **state)
{
    static const char *const texts[] = {"Ẳgjpqy", "ÅÇŞ", "ffi fj", "محمد عبد", "W"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int width, height;
        uint8_t *mask = ink(*state, texts[i], &width, &height);
        assert_true(ink_between(mask, width, height, 20, width - 20) > 0);
        assert_int_equal(ink_between(mask, width, height, 0, 1) + ink_between(mask, width, height, width - 1, width),
                         0);
        assert_int_equal(ink_between(mask, width, 1, 0, width), 0);
        assert_int_equal(ink_between(mask + (height - 1) * width, width, 1, 0, width), 0);
        free(mask);
    }
}

static void test_bidi__runs_stand_in_visual_order(void **state)
{
    struct bidi_run runs[BIDI_MAX_RUNS];

    (void)state;
    assert_int_equal(bidi_runs("Lena", 4, runs), 1);
    assert_false(runs[0].is_right_to_left);
    assert_int_equal(bidi_runs("אב 12 גד", 12, runs), 3); // the number stands between, from left to right
    assert_true(runs[0].is_right_to_left && runs[0].start > runs[2].start);
    assert_false(runs[1].is_right_to_left);
    assert_int_equal(bidi_runs("Ali علي x", 12, runs), 3);
    assert_int_equal(runs[0].start, 0);
    assert_true(runs[1].is_right_to_left);
}

static void test_bidi__covers_every_byte_once(void **state)
{
    char line[2048] = "";
    struct bidi_run runs[BIDI_MAX_RUNS];

    (void)state;
    for (int i = 0; i < 150; i++) strcat(line, i % 2 ? "ab" : "שלום ");
    size_t count = bidi_runs(line, strlen(line), runs), covered = 0;
    assert_in_range(count, 1, BIDI_MAX_RUNS);
    for (size_t i = 0; i < count; i++) covered += runs[i].length;
    assert_int_equal(covered, strlen(line));
}

static void test_font_list__keeps_what_is_there(void **state)
{
    static const char text[] = "# comment\n\nregular /nonexistent.ttf\nbold " FONTS_CONF "\nwhat is this\nfallback\n";
    char path[] = "/tmp/einlass-fonts-XXXXXX";
    struct font_list list;

    (void)state;
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, sizeof text - 1), sizeof text - 1);
    close(file);
    assert_int_equal(font_list_read(path, &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.entries[0].role, FONT_ROLE_BOLD);
    assert_int_equal(truncate(path, 35), 0); // nothing usable is left
    assert_int_equal(font_list_read(path, &list), STATUS_MISSING);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters__every_script_at_the_door_has_glyphs),
        cmocka_unit_test(test_letters__composed_and_decomposed_umlauts_are_as_wide),
        cmocka_unit_test(test_letters__arabic_is_joined),
        cmocka_unit_test(test_letters__skin_tones_take_no_room),
        cmocka_unit_test(test_letters__tabular_digits_are_equally_wide),
        cmocka_unit_test(test_letters__ink_stays_away_from_the_mask_s_edge),
        cmocka_unit_test(test_bidi__runs_stand_in_visual_order),
        cmocka_unit_test(test_bidi__covers_every_byte_once),
        cmocka_unit_test(test_font_list__keeps_what_is_there),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
