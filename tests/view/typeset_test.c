// Where lines stand: alignment, one text after the other, and the pages of a long one.
#include "support/check.h"

#include "view/typeset.h"

// Every byte is half as wide as it is high.
static int half_width(void *owner, const char *text, size_t length, int size_px)
{
    (void)owner;
    (void)text;
    return (int)length * size_px / 2;
}

static struct mark mark_of(struct box box, struct text_style style)
{
    return (struct mark){.kind = MARK_TEXT, .box = box, .style = style};
}

static struct typeset place(const struct mark *mark, const char *text, int *end_px)
{
    struct typeset out;

    typeset_place(mark, text, half_width, NULL, end_px, &out);
    return out;
}

static void test_typeset__lines_stand_where_the_style_says(void **state)
{
    static const struct {
        enum align across, down;
        int x, y;
    } cases[] = {
        {ALIGN_START, ALIGN_START, 100, 200},
        {ALIGN_CENTRE, ALIGN_CENTRE, 100 + 80, 200 + 25},
        {ALIGN_END, ALIGN_END, 100 + 160, 200 + 50},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text_style style = {.size_px = 40, .across = cases[i].across, .down = cases[i].down};
        struct mark mark = mark_of((struct box){100, 200, 200, 100}, style);
        int end_px = 0;
        struct typeset out = place(&mark, "ab", &end_px);
        assert_int_equal(out.box.x, cases[i].x);
        assert_int_equal(out.box.y, cases[i].y);
        assert_int_equal(out.box.w, 40);
        assert_int_equal(out.box.h, 50);
        assert_int_equal(end_px, cases[i].y + 50);
    }
}

static void test_typeset__flowing_texts_follow_each_other(void **state)
{
    struct text_style first = {.size_px = 40, .most_lines = 2},
                      next = {.size_px = 40, .is_flowing = true, .space_px = 7};
    struct box column = {0, 10, 200, 180};
    struct mark word = mark_of(column, first), line = mark_of(column, next);
    int end_px = 0;

    (void)state;
    place(&word, "ab", &end_px);
    assert_int_equal(end_px, 60); // one line of two it might have had
    assert_int_equal(place(&line, "cd", &end_px).box.y, 67);
    assert_int_equal(place(&line, "ef", &end_px).box.y, 124);
    struct typeset none = place(&line, "gh", &end_px); // nothing is left of the column
    assert_int_equal(none.fit.line_count, 0);
    assert_int_equal(end_px, 174);
}

static void test_typeset__the_last_line_shrinks_to_what_is_left(void **state)
{
    struct text_style style = {.size_px = 40, .is_flowing = true};
    struct mark line = mark_of((struct box){0, 0, 200, 100}, style);
    int end_px = 60; // 40 are left, a line at full size takes 50

    (void)state;
    struct typeset out = place(&line, "ab", &end_px);
    assert_int_equal(out.fit.size_px, 32);
    assert_int_equal(out.box.y, 60);
    assert_int_equal(end_px, 100);
}

static void test_typeset__pages_show_every_word_once(void **state)
{
    const char *text = "eins zwei drei vier\n\nsieben acht neun zehn elf dreizehn vierzehn sechzehn siebzehn neunzehn";
    struct mark mark = mark_of((struct box){0, 0, 100, 50}, (struct text_style){.size_px = 20, .is_paged = true});
    int pages = typeset_page_count(&mark, text, half_width, NULL);
    char seen[256] = "";

    (void)state;
    assert_in_range(pages, 3, 8);
    for (mark.style.page = 0; mark.style.page < pages; mark.style.page++) {
        int end_px = 0;
        struct typeset out = place(&mark, text, &end_px);
        assert_in_range(out.fit.line_count, 1, 2);
        assert_int_equal(out.fit.size_px, 20);
        for (size_t i = 0; i < out.fit.line_count; i++) {
            strncat(seen, text + out.fit.lines[i].start, out.fit.lines[i].length);
            if (out.fit.lines[i].length > 0) strcat(seen, " ");
        }
    }
    assert_string_equal(seen,
                        "eins zwei drei vier sieben acht neun zehn elf dreizehn vierzehn sechzehn siebzehn neunzehn ");
    assert_int_equal(typeset_page_count(&mark, "", half_width, NULL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typeset__lines_stand_where_the_style_says),
        cmocka_unit_test(test_typeset__flowing_texts_follow_each_other),
        cmocka_unit_test(test_typeset__the_last_line_shrinks_to_what_is_left),
        cmocka_unit_test(test_typeset__pages_show_every_word_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
