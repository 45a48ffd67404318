#include "support/check.h"

#include "base/mem.h"
#include "symbol/finder.h"

#include <math.h>
#include <stdlib.h>

enum { WIDTH_PX = 400, HEIGHT_PX = 300, ROW_STEP = 2, SUBPIXELS = 4 };

// A finder pattern somewhere in space: its middle and where one module to its right and one below it lies in the
// picture, and how much nearer than the middle that is, in parts.
struct pattern {
    float x_px, y_px;
    float right_x_px, right_y_px, below_x_px, below_y_px;
    float right_near, below_near;
    float swell; // modules that dark grows at each edge
    bool is_light;
};

struct stage {
    uint8_t pixels[WIDTH_PX * HEIGHT_PX];
    float shades[WIDTH_PX * HEIGHT_PX]; // 0 dark … 1 light
    struct threshold_room *room;
    struct threshold threshold;
    struct finders finders;
    uint32_t random;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    assert_int_equal(threshold_room_open(&stage->room), STATUS_OK);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    threshold_room_close(stage->room);
    free(stage);
    return 0;
}

// Where in the pattern's plane a point of the picture lies: the inverse of x_px + (u*right + v*below) / (1 + near).
static void look_up(const struct pattern *pattern, float x_px, float y_px, float *u, float *v)
{
    float x = x_px - pattern->x_px, y = y_px - pattern->y_px;
    float a = pattern->right_x_px - x * pattern->right_near, b = pattern->below_x_px - x * pattern->below_near;
    float c = pattern->right_y_px - y * pattern->right_near, d = pattern->below_y_px - y * pattern->below_near;

    *u = (d * x - b * y) / (a * d - b * c);
    *v = (a * y - c * x) / (a * d - b * c);
}

static float shade_at(const struct pattern *pattern, float x_px, float y_px)
{
    float u, v, ring;

    look_up(pattern, x_px, y_px, &u, &v);
    ring = fmaxf(fabsf(u), fabsf(v));
    bool is_dark = ring < 1.5f + pattern->swell || (ring > 2.5f - pattern->swell && ring < 3.5f + pattern->swell);
    return is_dark == pattern->is_light ? 1 : 0;
}

static void clear(struct stage *stage, float shade)
{
    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) stage->shades[i] = shade;
}

// With its light border of two modules.
static void draw(struct stage *stage, const struct pattern *pattern)
{
    for (int y = 0; y < HEIGHT_PX; y++) {
        for (int x = 0; x < WIDTH_PX; x++) {
            float u, v, sum = 0;
            look_up(pattern, (float)x + 0.5f, (float)y + 0.5f, &u, &v);
            if (fmaxf(fabsf(u), fabsf(v)) > 5.5f) continue;
            for (int i = 0; i < SUBPIXELS * SUBPIXELS; i++)
                sum += shade_at(pattern, (float)x + ((float)(i % SUBPIXELS) + 0.5f) / SUBPIXELS,
                                (float)y + ((float)(i / SUBPIXELS) + 0.5f) / SUBPIXELS);
            stage->shades[y * WIDTH_PX + x] = sum / (SUBPIXELS * SUBPIXELS);
        }
    }
}

static void search(struct stage *stage, int dark, int light, int noise)
{
    struct grey_picture picture = {stage->pixels, WIDTH_PX, HEIGHT_PX, WIDTH_PX};

    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) {
        int grey = dark + (int)((float)(light - dark) * stage->shades[i]);
        stage->random = stage->random * 1664525U + 1013904223U;
        if (noise > 0) grey += (int)((stage->random >> 16) % (2 * (unsigned)noise + 1)) - noise;
        stage->pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
    threshold_make(&picture, stage->room, &stage->threshold);
    finder_search(&picture, &stage->threshold, ROW_STEP, &stage->finders);
}

// Its middle within half a pixel or 0.3 module, and its polarity.
static bool is_found(const struct stage *stage, const struct pattern *pattern)
{
    float module_px =
        fminf(hypotf(pattern->right_x_px, pattern->right_y_px), hypotf(pattern->below_x_px, pattern->below_y_px));
    float most_px = fmaxf(0.5f, 0.3f * module_px);

    for (size_t i = 0; i < stage->finders.count; i++) {
        const struct finder *finder = &stage->finders.list[i];
        if (hypotf(finder->x_px - pattern->x_px, finder->y_px - pattern->y_px) <= most_px &&
            finder->is_light == pattern->is_light)
            return true;
    }
    return false;
}

static struct pattern flat(float x_px, float y_px, float module_px, float degrees)
{
    float angle = degrees * 3.14159265f / 180;
    float along = module_px * cosf(angle), aside = module_px * sinf(angle);

    return (struct pattern){x_px, y_px, along, aside, -aside, along, 0, 0, 0, false};
}

static void test_finder__finds_the_middle_at_any_size_and_angle(void **state)
{
    struct stage *stage = *state;

    for (float module_px = 1.8f; module_px < 14; module_px *= 1.27f) {
        for (int degrees = 0; degrees < 90; degrees += 15) {
            struct pattern pattern = flat(200.3f, 150.6f, module_px, (float)degrees);
            clear(stage, 1);
            draw(stage, &pattern);
            search(stage, 20, 230, 4);
            if (!is_found(stage, &pattern)) fail_msg("module %.2f px at %d degrees", (double)module_px, degrees);
        }
    }
}

static void test_finder__finds_the_middle_in_perspective(void **state)
{
    static const struct pattern patterns[] = {
        {200.2f, 150.9f, 5, 0.5f, -0.4f, 4, 0.02f, 0, 0, false},
        {180.7f, 140.1f, 6, -2, 2, 3.5f, 0.015f, -0.02f, 0, false},
        {220.5f, 160.4f, 3, 2, -3, 4, -0.02f, 0.015f, 0, false},
    };
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        clear(stage, 1);
        draw(stage, &patterns[i]);
        search(stage, 20, 230, 4);
        if (!is_found(stage, &patterns[i])) fail_msg("perspective %zu", i);
    }
}

static void test_finder__finds_both_polarities_in_one_pass(void **state)
{
    struct stage *stage = *state;
    struct pattern dark = flat(100.4f, 120.2f, 4, 10), light = flat(290.1f, 180.8f, 5, 20);

    light.is_light = true;
    clear(stage, 1);
    draw(stage, &dark);
    draw(stage, &light);
    search(stage, 30, 210, 4);
    assert_true(is_found(stage, &dark));
    assert_true(is_found(stage, &light));
    assert_int_equal(stage->finders.count, 2);
}

// Ink runs, glare eats: up to a third of a module at each edge.
static void test_finder__bears_swelling(void **state)
{
    struct stage *stage = *state;

    for (int third = -9; third <= 9; third += 3) {
        struct pattern pattern = flat(200.3f, 150.6f, 5, 12);
        pattern.swell = (float)third / 27;
        clear(stage, 1);
        draw(stage, &pattern);
        search(stage, 20, 230, 4);
        if (!is_found(stage, &pattern)) fail_msg("swollen by %.2f module", (double)pattern.swell);
    }
}

static void test_finder__bears_noise_and_little_contrast(void **state)
{
    struct stage *stage = *state;
    struct pattern pattern = flat(200.3f, 150.6f, 5, 12);

    clear(stage, 1);
    draw(stage, &pattern);
    search(stage, 60, 180, 25);
    assert_true(is_found(stage, &pattern));
    search(stage, 110, 140, 3);
    assert_true(is_found(stage, &pattern));
}

static void test_finder__finds_nothing_in_noise_on_a_wall(void **state)
{
    struct stage *stage = *state;

    clear(stage, 1);
    search(stage, 0, 120, 12);
    assert_in_range(stage->finders.count, 0, 3);
}

// More than the bounds allow: it says so, and the list stays within its size.
static void test_finder__is_cut_short_by_a_carpet(void **state)
{
    struct stage *stage = *state;

    clear(stage, 1);
    for (int y = 0; y < HEIGHT_PX; y++) {
        for (int x = 0; x < WIDTH_PX; x++) {
            int column = abs(x / 2 % 8 - 3), row = abs(y / 2 % 8 - 3), ring = column > row ? column : row;
            stage->shades[y * WIDTH_PX + x] = ring == 2 || ring > 3 ? 1 : 0;
        }
    }
    search(stage, 20, 230, 0);
    assert_int_equal(stage->finders.count, FINDER_MAX);
    assert_true(stage->finders.is_cut_short);
}

static void test_finder__survives_small_pictures_and_strips(void **state)
{
    struct stage *stage = *state;

    for (int width = 40; width < 140; width++) {
        struct grey_picture picture = {stage->pixels, width, 40 + width % 3, width};
        for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) {
            stage->random = stage->random * 1664525U + 1013904223U;
            stage->pixels[i] = (uint8_t)(stage->random >> 24);
        }
        threshold_make(&picture, stage->room, &stage->threshold);
        finder_search(&picture, &stage->threshold, 1, &stage->finders);
        for (size_t i = 0; i < stage->finders.count; i++) {
            const struct finder *finder = &stage->finders.list[i];
            assert_true(finder->x_px > 0 && finder->x_px < (float)width && finder->y_px > 0 &&
                        finder->y_px < (float)picture.height_px);
        }
    }
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_finder__finds_the_middle_at_any_size_and_angle),
        WITH_STAGE(test_finder__finds_the_middle_in_perspective),
        WITH_STAGE(test_finder__finds_both_polarities_in_one_pass),
        WITH_STAGE(test_finder__bears_swelling),
        WITH_STAGE(test_finder__bears_noise_and_little_contrast),
        WITH_STAGE(test_finder__finds_nothing_in_noise_on_a_wall),
        WITH_STAGE(test_finder__is_cut_short_by_a_carpet),
        WITH_STAGE(test_finder__survives_small_pictures_and_strips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
