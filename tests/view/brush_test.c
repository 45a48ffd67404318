// Buttons as they are painted.
#include "support/check.h"

#include "model/stranger.h"

static bool is_within(const struct box *inner, const struct box *outer)
{
    return inner->x > outer->x && inner->y > outer->y && inner->x + inner->w < outer->x + outer->w &&
           inner->y + inner->h < outer->y + outer->h;
}

// A line of another colour with the button's own ground on both sides: whatever the page's ground is, it is seen.
static bool has_ring(const struct scene *scene, const struct box *button)
{
    for (size_t i = 1; i + 1 < scene->mark_count; i++) {
        const struct mark *out = &scene->marks[i - 1], *line = &scene->marks[i], *in = &scene->marks[i + 1];
        if (out->kind == MARK_ROUND && line->kind == MARK_ROUND && in->kind == MARK_ROUND && out->rgb == in->rgb &&
            line->rgb != in->rgb && is_within(&line->box, &out->box) && is_within(&in->box, &line->box) &&
            is_within(&line->box, button))
            return true;
    }
    return false;
}

static void expect_rings(struct stranger *f)
{
    stranger_draw(f);
    size_t count = f->scene.target_count;

    assert_true(count > 2);
    for (size_t i = 0; i < count; i++) {
        f->model.chosen = (struct action){0};
        stranger_draw(f);
        struct target target = f->scene.targets[i];
        assert_false(has_ring(&f->scene, &target.box));
        f->model.chosen = target.action;
        stranger_draw(f);
        if (target.action.act != ACT_ENGLISH || f->model.page == PAGE_READY) // on paper its edge belongs to it
            assert_true(has_ring(&f->scene, &target.box));
    }
    f->model.chosen = (struct action){0};
}

static void test_brush__what_tab_has_chosen_is_seen_on_any_page(void **state)
{
    struct stranger *f = *state;

    for (int contrast = 0; contrast < 2; contrast++) {
        stranger_restart(f, LANGUAGE_DE);
        f->model.is_high_contrast = contrast == 1;
        expect_rings(f); // dark
        stranger_act(f, ACT_HELP, 0);
        assert_int_equal(f->model.page, PAGE_HELP);
        expect_rings(f); // paper
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_brush__what_tab_has_chosen_is_seen_on_any_page, stranger_begin),
    };

    return cmocka_run_group_tests(tests, stranger_set_up, stranger_tear_down);
}
