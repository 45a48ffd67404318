// Draw lists: equality, room, and finding one's way without a touch screen. And the measures they are made with.
#include "support/check.h"

#include "view/layout.h"
#include "view/scene.h"

#include <stdlib.h>

static void fill(struct scene *scene, const char *text)
{
    struct text_style style = {.size_px = 30, .is_bold = true};

    scene_begin(scene, 0x123456);
    scene_add(scene, MARK_FILL, (struct box){1, 2, 3, 4}, 0xFFFFFF);
    scene_add_text(scene, (struct box){0, 0, 100, 40}, 0xFFFFFF, &style, text);
    scene_add_target(scene, (struct box){0, 0, 100, 40}, (struct action){ACT_HAND, 0});
}

static void test_scene__equals_by_content_not_by_leftovers(void **state)
{
    struct scene *left = malloc(sizeof *left), *right = malloc(sizeof *right);

    (void)state;
    memset(left, 0x55, sizeof *left);
    memset(right, 0xAA, sizeof *right);
    fill(left, "Lena");
    fill(right, "Lena");
    assert_true(scene_equals(left, right));
    fill(right, "Lens");
    assert_false(scene_equals(left, right));
    fill(right, "Lena");
    right->marks[0].opacity = 100;
    assert_false(scene_equals(left, right));
    free(left);
    free(right);
}

static void test_scene__texts_beyond_its_room_are_cut_between_code_points(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    struct text_style style = {.size_px = 30};
    char text[4001] = "";

    (void)state;
    for (int i = 0; i < 2000; i++) memcpy(text + 2 * i, "ä", 2);
    scene_begin(scene, 0);
    for (int i = 0; i < 5; i++) scene_add_text(scene, (struct box){0, 0, 9, 9}, 0, &style, text);
    assert_string_equal(scene_text(scene, &scene->marks[1]), text);
    assert_true(strlen(scene_text(scene, &scene->marks[2])) % 2 == 0);
    assert_true(strlen(scene_text(scene, &scene->marks[2])) < 4000);
    assert_string_equal(scene_text(scene, &scene->marks[4]), "");
    free(scene);
}

static struct action key(int key)
{
    return (struct action){ACT_KEY, key};
}

static void test_scene__arrows_and_tab_walk_a_keyboard(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    struct action none = {0};

    (void)state;
    scene_begin(scene, 0);
    for (int i = 0; i < 9; i++)
        scene_add_target(scene, (struct box){100 * (i % 3), 100 * (i / 3), 90, 90}, key('1' + i));
    assert_int_equal(scene_action_toward(scene, none, 0, 1).key, '1');
    assert_int_equal(scene_action_toward(scene, key('5'), 1, 0).key, '6');
    assert_int_equal(scene_action_toward(scene, key('5'), -1, 0).key, '4');
    assert_int_equal(scene_action_toward(scene, key('5'), 0, 1).key, '8');
    assert_int_equal(scene_action_toward(scene, key('5'), 0, -1).key, '2');
    assert_int_equal(scene_action_toward(scene, key('3'), 1, 0).key, '3'); // the edge
    assert_int_equal(scene_action_after(scene, none, 1).key, '1');
    assert_int_equal(scene_action_after(scene, none, -1).key, '9');
    assert_int_equal(scene_action_after(scene, key('9'), 1).key, '1');
    assert_int_equal(scene_action_at(scene, 250, 10).key, '3');
    assert_int_equal(scene_action_at(scene, 95, 10).act, ACT_NONE); // the gap
    free(scene);
}

static void test_layout__targets_are_twelve_millimetres(void **state)
{
    (void)state;
    assert_in_range(layout_of(800, 480, 133).touch_px, 63, 69);
    assert_in_range(layout_of(1920, 1080, 141).touch_px, 67, 120);
    assert_in_range(layout_of(480, 800, 133).touch_px, 63, 69);
    assert_int_equal(layout_of(800, 480, 0).touch_px, 67);       // nobody knows: as on 7 inches
    assert_in_range(layout_of(800, 480, 1000).touch_px, 60, 70); // nonsense doesn't break the keyboard
    assert_true(layout_of(480, 800, 133).is_portrait);
    assert_in_range(layout_of(320, 240, 100).small_px, 20, 20);
}

static void test_layout__large_type_is_a_third_larger_and_shrinks_as_far_as_usual_type(void **state)
{
    static const int sizes[][2] = {{800, 480}, {1920, 1080}, {480, 800}};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct layout usual = layout_of(sizes[i][0], sizes[i][1], 133), large = layout_large(&usual);
        assert_true(large.is_large && !usual.is_large);
        assert_true(large.line_px * 100 >= usual.line_px * 129);
        assert_true(large.small_px * 100 >= usual.small_px * 129);
        assert_int_equal(large.touch_px, usual.touch_px);
        assert_int_equal(large.key_px, usual.key_px);
        assert_int_equal(layout_least_px(&usual, usual.line_px), 0);
        assert_true(layout_least_px(&large, large.line_px) <= usual.line_px * 7 / 10 + 1);
        assert_true(layout_least_px(&large, large.line_px) >= 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout__large_type_is_a_third_larger_and_shrinks_as_far_as_usual_type),
        cmocka_unit_test(test_scene__equals_by_content_not_by_leftovers),
        cmocka_unit_test(test_scene__texts_beyond_its_room_are_cut_between_code_points),
        cmocka_unit_test(test_scene__arrows_and_tab_walk_a_keyboard),
        cmocka_unit_test(test_layout__targets_are_twelve_millimetres),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
