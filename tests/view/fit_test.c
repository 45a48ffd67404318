// Texts into boxes, with a type whose every grapheme is half as wide as it is high.
#include "support/check.h"

#include "view/fit.h"

#include "base/grapheme.h"

#include <stdlib.h>

static int half_width(void *owner, const char *text, size_t length, int size_px)
{
    int count = 0;

    (void)owner;
    for (size_t at = 0; at < length; count++) at += grapheme_length(text + at);
    return count * size_px / 2;
}

static struct fit fit(const char *text, struct fit_box box)
{
    struct fit out;

    fit_text(text, &box, half_width, NULL, &out);
    return out;
}

static void assert_line(const char *text, const struct fit *fit, size_t line, const char *expected)
{
    assert_true(line < fit->line_count);
    assert_int_equal(fit->lines[line].length, strlen(expected));
    assert_memory_equal(text + fit->lines[line].start, expected, strlen(expected));
}

static void test_fit__a_short_text_keeps_its_size(void **state)
{
    const char *text = "Willkommen";
    struct fit out = fit(text, (struct fit_box){.width_px = 500, .height_px = 125, .size_px = 100});

    (void)state;
    assert_int_equal(out.size_px, 100);
    assert_int_equal(out.line_count, 1);
    assert_line(text, &out, 0, text);
}

static void test_fit__wraps_at_words_before_it_shrinks(void **state)
{
    const char *text = "Noch nicht bezahlt";
    struct fit out = fit(text, (struct fit_box){.width_px = 550, .height_px = 250, .size_px = 100});

    (void)state;
    assert_int_equal(out.size_px, 100);
    assert_int_equal(out.line_count, 2);
    assert_line(text, &out, 0, "Noch nicht");
    assert_line(text, &out, 1, "bezahlt");
}

static void test_fit__names_shrink_before_they_wrap(void **state)
{
    struct fit_box box = {.width_px = 800, .height_px = 250, .size_px = 100, .is_one_line = true};
    struct fit small = fit("Lena Oventrop-Wulf", box), wrapped = fit("Lena Oventrop-Wulfhagen Brilon", box);

    (void)state;
    assert_int_equal(small.line_count, 1);
    assert_in_range(small.size_px, 70, 88);
    assert_int_equal(wrapped.line_count, 2);
}

static void test_fit__lines_are_even(void **state)
{
    const char *text = "Bitte das Ticket aus der Mail";
    struct fit out = fit(text, (struct fit_box){.width_px = 260, .height_px = 100, .size_px = 20});

    (void)state;
    assert_int_equal(out.line_count, 2);
    assert_line(text, &out, 0, "Bitte das Ticket"); // "aus" would fit, and leave a stump
}

static void test_fit__shrinks_to_seventy_percent_and_no_further(void **state)
{
    struct fit out = fit("Veranstaltung", (struct fit_box){.width_px = 500, .height_px = 125, .size_px = 100});

    (void)state;
    assert_in_range(out.size_px, 70, 77);
    out = fit("Veranstaltungsort", (struct fit_box){.width_px = 500, .height_px = 125, .size_px = 100});
    assert_int_equal(out.size_px, 70);
    assert_true(out.lines[0].is_elided);
}

static void test_fit__is_never_smaller_than_people_can_read(void **state)
{
    struct fit out =
        fit("Viel zu lang für diese Zeile", (struct fit_box){.width_px = 100, .height_px = 27, .size_px = 22});

    (void)state;
    assert_int_equal(out.size_px, FIT_LEAST_PX);
    assert_true(out.lines[0].is_elided);
}

static void test_fit__breaks_behind_hyphens_that_matter(void **state)
{
    const char *text = "Müller-Lüdenscheidt";
    struct fit out = fit(text, (struct fit_box){.width_px = 650, .height_px = 250, .size_px = 100});

    (void)state;
    assert_line(text, &out, 0, "Müller-");
    assert_line(text, &out, 1, "Lüdenscheidt");
    text = "Eine neue E-Mail";
    out = fit(text, (struct fit_box){.width_px = 600, .height_px = 250, .size_px = 100});
    assert_line(text, &out, 1, "E-Mail");
}

static void test_fit__line_breaks_are_kept(void **state)
{
    const char *text = "Bus 3.\nHier ist Bus 2.";
    struct fit out = fit(text, (struct fit_box){.width_px = 2000, .height_px = 250, .size_px = 100});

    (void)state;
    assert_int_equal(out.line_count, 2);
    assert_line(text, &out, 1, "Hier ist Bus 2.");
}

static void test_fit__a_giant_word_is_broken_between_graphemes(void **state)
{
    const char *text = "a\xCC\x88"
                       "a\xCC\x88"
                       "a\xCC\x88"
                       "a\xCC\x88"; // ä of two code points each
    struct fit out = fit(text, (struct fit_box){.width_px = 20, .height_px = 25, .size_px = 20});

    (void)state;
    assert_int_equal(out.line_count, 1);
    assert_true(out.lines[0].is_elided);
    assert_int_equal(out.lines[0].length, 3); // one whole grapheme, and the dots
}

static void test_fit__graphemes_hold_together(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {
        {"", 0},
        {"ab", 1},
        {"ä", 2},
        {"a\xCC\x88z", 3},               // combining diaeresis
        {"🇩🇪🇫🇷", 8},                     // one flag of two
        {"👍🏽x", 8},                // skin tone
        {"👩‍🚒x", 11},            // joined
        {"❤️x", 6},                  // variation selector
        {"\xD8\xA8\xD9\x8E\xD8\xAA", 4}, // ba with fatha, then ta
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(grapheme_length(cases[i].text), cases[i].length);
}

static void test_fit__pages_continue_where_the_last_one_ended(void **state)
{
    const char *text = "eins zwei drei vier fünf sechs sieben acht neun zehn";
    struct fit_box box = {.width_px = 100, .height_px = 50, .size_px = 20, .is_fixed = true};
    size_t at = 0;
    int pages = 0;

    (void)state;
    while (text[at]) {
        struct fit out = fit(text + at, box);
        assert_in_range(out.line_count, 1, 2);
        assert_int_equal(out.size_px, 20);
        assert_false(out.lines[out.line_count - 1].is_elided);
        assert_true(out.end > 0);
        at += out.end;
        pages++;
    }
    assert_int_equal(pages, 3);
}

static void test_fit__whatever_comes_stays_in_the_box(void **state)
{
    static const char *const parts[] = {"a", " ",           "Straße",           "-", "\n",
                                        "ğ", "👩‍🚒", "\xD9\x85\xD8\xB1", "/", "1234567890"};

    (void)state;
    srand(7);
    for (int round = 0; round < 2000; round++) {
        char text[512] = "";
        struct fit_box box = {.width_px = 30 + rand() % 400,
                              .height_px = 20 + rand() % 300,
                              .size_px = 20 + rand() % 80,
                              .most_lines = rand() % 4,
                              .is_one_line = rand() % 2};
        for (int i = rand() % 40; i > 0; i--) strcat(text, parts[rand() % 10]);
        struct fit out = fit(text, box);
        assert_true(out.line_count <= 1 || (int)out.line_count * fit_line_px(out.size_px) <= box.height_px);
        for (size_t i = 0; i < out.line_count; i++) {
            const struct fit_line *line = &out.lines[i];
            int width = half_width(NULL, text + line->start, line->length, out.size_px) +
                        (line->is_elided ? out.size_px / 2 : 0);
            assert_true(line->start + line->length <= strlen(text));
            assert_true(width <= box.width_px || line->length <= grapheme_length(text + line->start));
            assert_false(line->is_elided && i + 1 < out.line_count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit__a_short_text_keeps_its_size),
        cmocka_unit_test(test_fit__wraps_at_words_before_it_shrinks),
        cmocka_unit_test(test_fit__names_shrink_before_they_wrap),
        cmocka_unit_test(test_fit__lines_are_even),
        cmocka_unit_test(test_fit__shrinks_to_seventy_percent_and_no_further),
        cmocka_unit_test(test_fit__is_never_smaller_than_people_can_read),
        cmocka_unit_test(test_fit__breaks_behind_hyphens_that_matter),
        cmocka_unit_test(test_fit__line_breaks_are_kept),
        cmocka_unit_test(test_fit__a_giant_word_is_broken_between_graphemes),
        cmocka_unit_test(test_fit__graphemes_hold_together),
        cmocka_unit_test(test_fit__pages_continue_where_the_last_one_ended),
        cmocka_unit_test(test_fit__whatever_comes_stays_in_the_box),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
