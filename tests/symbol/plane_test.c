#include "support/check.h"

#include "symbol/plane.h"

#include <math.h>

static const struct plane steep = {{3.1f, -0.9f, 120, 1.2f, 3.4f, 80, 0.004f, -0.003f}};

static void check_same(const struct plane *a, const struct plane *b, float side, float most_px)
{
    for (float y = 0; y <= side; y++) {
        for (float x = 0; x <= side; x++) {
            float ax, ay, bx, by;
            plane_map(a, x, y, &ax, &ay);
            plane_map(b, x, y, &bx, &by);
            assert_true(hypotf(ax - bx, ay - by) <= most_px);
        }
    }
}

static struct plane_point point_of(const struct plane *plane, float x, float y)
{
    struct plane_point point = {x, y, 0, 0, 1};

    plane_map(plane, x, y, &point.x_px, &point.y_px);
    return point;
}

static void test_plane__goes_through_four_points(void **state)
{
    struct plane_point points[4] = {point_of(&steep, 3.5f, 3.5f), point_of(&steep, 33.5f, 3.5f),
                                    point_of(&steep, 3.5f, 33.5f), point_of(&steep, 30.5f, 30.5f)};
    struct plane found;

    (void)state;
    assert_true(plane_fit(points, 4, 37, &found));
    check_same(&found, &steep, 37, 0.01f);
}

static void test_plane__believes_heavy_points_more(void **state)
{
    enum { COUNT = 9 };
    struct plane_point points[COUNT];
    struct plane light, heavy;

    (void)state;
    for (int i = 0; i < COUNT; i++) points[i] = point_of(&steep, (float)(i % 3) * 18, (float)(i / 3) * 18);
    points[4].x_px += 9; // one is wrong
    assert_true(plane_fit(points, COUNT, 37, &heavy));
    points[4].weight = 0.001f;
    assert_true(plane_fit(points, COUNT, 37, &light));
    check_same(&light, &steep, 36, 0.1f);
    float x_px, y_px;
    plane_map(&heavy, 18, 18, &x_px, &y_px);
    assert_true(x_px > point_of(&steep, 18, 18).x_px + 1);
}

static void test_plane__needs_four_points_not_all_on_a_line(void **state)
{
    struct plane_point points[5];
    struct plane found;

    (void)state;
    for (int i = 0; i < 5; i++) points[i] = point_of(&steep, (float)i * 6, 9);
    assert_false(plane_fit(points, 5, 37, &found));
    assert_false(plane_fit(points, 3, 37, &found));
    points[0].y_px += 40;
    assert_false(plane_fit(points, 4, 37, &found)); // three of four on a line
}

static void test_plane__does_not_look_behind_the_horizon(void **state)
{
    // The right corners lie beyond the point where the left ones' lines meet.
    const struct plane_point points[4] = {
        {0, 0, 100, 100, 1}, {37, 0, 300, 210, 1}, {0, 37, 100, 300, 1}, {37, 37, 300, 190, 1}};
    struct plane found;

    (void)state;
    assert_false(plane_fit(points, 4, 37, &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plane__goes_through_four_points),
        cmocka_unit_test(test_plane__believes_heavy_points_more),
        cmocka_unit_test(test_plane__needs_four_points_not_all_on_a_line),
        cmocka_unit_test(test_plane__does_not_look_behind_the_horizon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
