#include "support/check.h"

#include "symbol/triple.h"

#include <math.h>
#include <stdlib.h>

enum { ROW_STEP = 2 };

// The corners of a symbol of `side` modules, seen at an angle: turned, and shortened in one direction.
struct seen {
    float left_px, top_px, module_px, degrees, shortened;
    int side;
    bool is_light, is_mirrored;
};

static void place(const struct seen *seen, float x, float y, struct finders *finders)
{
    float angle = seen->degrees * 3.14159265f / 180, up_px = y * seen->module_px * seen->shortened;
    float along_px = x * seen->module_px, module_px = seen->module_px * (1 + seen->shortened) / 2;

    if (seen->is_mirrored) along_px = -along_px;
    finders->list[finders->count++] = (struct finder){
        .x_px = seen->left_px + along_px * cosf(angle) - up_px * sinf(angle),
        .y_px = seen->top_px + along_px * sinf(angle) + up_px * cosf(angle),
        .module_px = module_px,
        .is_light = seen->is_light,
        .rows_count = (int)(3 * module_px / ROW_STEP) + 1,
    };
}

static void add_symbol(const struct seen *seen, struct finders *finders)
{
    float far = (float)(seen->side - 7);

    finders->row_step = ROW_STEP;
    place(seen, far, 0, finders); // in an order that says nothing
    place(seen, 0, far, finders);
    place(seen, 0, 0, finders);
}

static bool is_at(const struct finder *finder, const struct finder *expected)
{
    return hypotf(finder->x_px - expected->x_px, finder->y_px - expected->y_px) < 0.01f;
}

static bool is_triple_of(const struct triple *triple, const struct finder corners[3], bool is_mirrored)
{
    const struct finder *right = &corners[is_mirrored ? 1 : 0], *below = &corners[is_mirrored ? 0 : 1];

    return is_at(&triple->corner, &corners[2]) && is_at(&triple->right, right) && is_at(&triple->below, below);
}

static void test_triple__orders_corners_of_every_size_clockwise(void **state)
{
    static const float shortened[] = {1, 0.8f, 0.6f, 1.2f};

    (void)state;
    for (int side = 21; side <= 177; side += 4) {
        for (int degrees = 0; degrees < 360; degrees += 40) {
            for (int i = 0; i < 8; i++) {
                struct seen seen = {300, 300, 3, (float)degrees, shortened[i % 4], side, i % 2 == 1, i >= 4};
                struct finders finders = {0};
                struct triples triples;
                add_symbol(&seen, &finders);
                triple_choose(&finders, &triples);
                assert_int_equal(triples.count, 1);
                if (!is_triple_of(&triples.list[0], finders.list, seen.is_mirrored))
                    fail_msg("side %d at %d degrees, shortened to %.1f", side, degrees, (double)seen.shortened);
            }
        }
    }
}

static void test_triple__puts_the_true_ones_first_among_mistaken_ones(void **state)
{
    struct seen dark = {100, 100, 4, 12, 0.9f, 37, false, false}, light = {500, 120, 5, -20, 1, 25, true, false};
    struct finders finders = {0};
    struct triples triples;
    uint32_t random = 1;

    (void)state;
    add_symbol(&dark, &finders);
    add_symbol(&light, &finders);
    for (int i = 0; i < 30; i++) { // met in one row only, of any size
        struct finder mistaken = {.rows_count = 1, .is_light = i % 2 == 1};
        random = random * 1664525U + 1013904223U;
        mistaken.x_px = (float)(random >> 16 & 1023);
        mistaken.y_px = (float)(random >> 8 & 511);
        mistaken.module_px = 1.5f + (float)(random >> 26) / 8;
        finders.list[finders.count++] = mistaken;
    }
    triple_choose(&finders, &triples);
    assert_true(is_triple_of(&triples.list[0], finders.list, false));
    assert_true(is_triple_of(&triples.list[1], finders.list + 3, false));
}

static void assert_none(float x_px, float y_px, float module_px)
{
    struct finders finders = {.count = 3, .row_step = ROW_STEP};
    struct triples triples;

    finders.list[0] = (struct finder){100, 100, 4, false, 9};
    finders.list[1] = (struct finder){200, 100, 4, false, 9};
    finders.list[2] = (struct finder){x_px, y_px, module_px, false, 9};
    triple_choose(&finders, &triples);
    assert_int_equal(triples.count, 0);
}

static void test_triple__refuses_what_is_no_corner(void **state)
{
    (void)state;
    assert_none(300, 100, 4);  // in a line
    assert_none(150, 115, 4);  // almost
    assert_none(100, 400, 4);  // one side three times the other
    assert_none(100, 130, 4);  // too short for any symbol
    assert_none(100, 200, 10); // not the same size
}

static void test_triple__joins_no_dark_with_light(void **state)
{
    struct finders finders = {.count = 3, .row_step = ROW_STEP};
    struct triples triples;

    (void)state;
    finders.list[0] = (struct finder){100, 100, 4, false, 9};
    finders.list[1] = (struct finder){200, 100, 4, false, 9};
    finders.list[2] = (struct finder){100, 200, 4, true, 9};
    triple_choose(&finders, &triples);
    assert_int_equal(triples.count, 0);
}

// As many as fit, whatever there is; best first in each polarity, none left out for the other.
static void test_triple__is_bounded_in_a_carpet(void **state)
{
    struct finders finders = {.row_step = ROW_STEP};
    struct triples triples;

    (void)state;
    for (int i = 0; i < FINDER_MAX; i++)
        finders.list[finders.count++] =
            (struct finder){(float)(i % 16 * 60), (float)(i / 16 * 60), 4, i % 5 == 0, 3 + i % 7};
    triple_choose(&finders, &triples);
    assert_int_equal(triples.count, TRIPLE_MAX);
    for (size_t i = 0; i < TRIPLE_MAX; i++) {
        assert_int_equal(triples.list[i].corner.is_light, i % 2);
        if (i >= 2) assert_true(triples.list[i].badness >= triples.list[i - 2].badness);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_triple__orders_corners_of_every_size_clockwise),
        cmocka_unit_test(test_triple__puts_the_true_ones_first_among_mistaken_ones),
        cmocka_unit_test(test_triple__refuses_what_is_no_corner),
        cmocka_unit_test(test_triple__joins_no_dark_with_light),
        cmocka_unit_test(test_triple__is_bounded_in_a_carpet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
