// Where people may register, and how many they bring along.
#include "support/check.h"

#include "model/stranger.h"

static void test_walk_offer__is_not_made_where_all_would_be_refused(void **state)
{
    struct stranger *f = *state;
    uint8_t walk_ins = f->stage.event.walk_ins.class_id;

    f->stage.list.after = 2; // the food behind the door: first through the door
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HAND);
    stranger_act(f, ACT_BACK, 0);
    f->stage.list.after = 0;
    id_set_add(&f->stage.list.classes, (uint8_t)(walk_ins + 1));
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HAND);
    stranger_act(f, ACT_BACK, 0);
    id_set_add(&f->stage.list.classes, walk_ins);
    stranger_act(f, ACT_HELP, 0);
    assert_int_equal(f->model.page, PAGE_HELP);
    f->stage.list.classes = (struct id_set){0};
}

static const struct box *plus_one(const struct stranger *f, int step)
{
    for (size_t i = 0; i < f->scene.target_count; i++)
        if (action_equals(f->scene.targets[i].action, (struct action){ACT_WALK, walk_key(WALK_ACT_PLUS, step)}))
            return &f->scene.targets[i].box;
    return NULL;
}

static void test_walk_offer__a_second_touch_on_one_place_takes_nobody_away(void **state)
{
    static const int sizes[][2] = {{800, 480}, {480, 800}, {1920, 1080}};
    struct stranger *f = *state;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        stranger_restart(f, LANGUAGE_DE);
        f->layout = layout_of(sizes[i][0], sizes[i][1], 0);
        walk_stage_open(&f->stage, &f->model);
        stranger_draw(f);
        struct box whole = *plus_one(f, 1);
        int middle_px = whole.x + whole.w / 2;
        stranger_walk(f, WALK_ACT_PLUS, 1);
        stranger_draw(f);
        const struct box *fewer = plus_one(f, 0), *more = plus_one(f, 1);
        assert_true(fewer->x + fewer->w <= middle_px);
        assert_true(more->x <= middle_px + f->layout.gap_px && more->x + more->w == whole.x + whole.w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_walk_offer__is_not_made_where_all_would_be_refused, stranger_begin),
        cmocka_unit_test_setup(test_walk_offer__a_second_touch_on_one_place_takes_nobody_away, stranger_begin),
    };

    return cmocka_run_group_tests(tests, stranger_set_up, stranger_tear_down);
}
