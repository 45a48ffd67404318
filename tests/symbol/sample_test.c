#include "support/check.h"

#include "symbol/mean.h"
#include "symbol/restore.h"
#include "symbol/sample.h"
#include "support/qr_symbol.h"

#include <math.h>
#include <stdlib.h>

enum { SIDE = 37 };

struct setting {
    struct qr_symbol symbol;
    struct samples samples;
    uint8_t modules[PATTERN_MAX_MODULES];
    uint8_t pixels[QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX];
};

static int setting_open(void **state)
{
    static struct setting setting;

    *state = &setting;
    qr_symbol_make(&(struct qr_kind){5, 1, 4, "what is sampled here"}, &setting.symbol);
    return 0;
}

static const float module_px = 6;

// Straight, with modules of 6 px.
static void sample(struct setting *setting, struct qr_photo photo)
{
    const float low = 100, high = low + SIDE * module_px;
    struct grid grid = {.side = SIDE, .is_light = photo.is_inverted};

    grid.plane = photo.plane = qr_photo_plane(SIDE, (float[]){low, high, high, low}, (float[]){low, low, high, high});
    struct grey_picture picture = qr_symbol_photograph(&setting->symbol, &photo, setting->pixels);
    sample_take(&picture, &grid, &setting->samples);
}

static int count_errors(const struct setting *setting)
{
    int errors = 0;

    for (int i = 0; i < SIDE * SIDE; i++) errors += setting->modules[i] != setting->symbol.modules[i];
    return errors;
}

static int split_errors(struct setting *setting, int way)
{
    sample_split(&setting->samples, way, setting->modules);
    return count_errors(setting);
}

static int restored_errors(struct setting *setting)
{
    sample_split(&setting->samples, SAMPLE_WAY_VERY_SHARP, setting->modules);
    pattern_stamp(setting->modules, SIDE, false, setting->symbol.format);
    restore(&setting->samples, false, setting->symbol.format, setting->modules);
    return count_errors(setting);
}

static void test_sample__tells_every_module_of_a_clear_picture_in_every_way(void **state)
{
    for (int is_inverted = 0; is_inverted < 2; is_inverted++) {
        sample(*state, (struct qr_photo){.noise = 20, .seed = 1, .is_inverted = is_inverted});
        for (int way = 0; way < SAMPLE_WAY_COUNT; way++)
            assert_true(split_errors(*state, way) <= (way == SAMPLE_WAY_PLAIN ? 45 : 5)); // finders bias a plain mean
        assert_int_equal(split_errors(*state, SAMPLE_WAY_SHARPENED), 0);
    }
}

// Level M corrects 15 % of the codewords, which are of 8 modules: about 3 % of the modules, if errors lie scattered.
enum { MOST_ERRORS = 41 };

static void test_sample__reads_across_the_edge_of_a_shadow(void **state)
{
    sample(*state, (struct qr_photo){.shadow = 0.5f, .noise = 6, .seed = 2});
    assert_true(split_errors(*state, SAMPLE_WAY_SHARPENED) <= MOST_ERRORS);
}

static void test_sample__does_not_mind_swollen_modules(void **state)
{
    for (int i = -1; i <= 1; i += 2) {
        sample(*state, (struct qr_photo){.swelling_modules = 0.3f * (float)i, .blur_px = 1, .noise = 6, .seed = 3});
        assert_true(split_errors(*state, SAMPLE_WAY_SHARPENED) <= MOST_ERRORS);
    }
}

static void test_sample__sharpens_what_is_blurred(void **state)
{
    struct setting *setting = *state;

    sample(setting, (struct qr_photo){.blur_px = 0.6f * module_px, .noise = 4, .seed = 4});
    int plain = split_errors(setting, SAMPLE_WAY_PLAIN), sharp = split_errors(setting, SAMPLE_WAY_SHARPENED);
    assert_true(sharp < plain / 2);
    assert_true(sharp <= MOST_ERRORS);
}

static void test_restore__reads_blur_that_no_sharpening_undoes(void **state)
{
    struct setting *setting = *state;

    sample(setting, (struct qr_photo){.blur_px = 0.65f * module_px, .noise = 3, .seed = 5});
    int sharp = split_errors(setting, SAMPLE_WAY_SHARPENED);
    assert_true(sharp > MOST_ERRORS);
    assert_true(restored_errors(setting) <= MOST_ERRORS);
}

static void test_restore__leaves_known_patterns_and_clear_modules_alone(void **state)
{
    struct setting *setting = *state;

    sample(setting, (struct qr_photo){.blur_px = 1, .noise = 6, .seed = 6});
    assert_int_equal(restored_errors(setting), 0);
    sample(setting, (struct qr_photo){.blur_px = 2 * module_px, .noise = 40, .seed = 7}); // hopeless
    (void)restored_errors(setting);
    for (int i = 0; i < SIDE * SIDE; i++)
        if (!setting->symbol.is_free[i]) assert_int_equal(setting->modules[i], setting->symbol.modules[i]);
}

static void test_restore__of_a_flat_picture_ends(void **state)
{
    struct setting *setting = *state;

    for (int i = 0; i < SIDE * SIDE; i++) setting->samples.values[i] = 128;
    (void)restored_errors(setting);
    for (int i = 0; i < SIDE * SIDE; i++) assert_true(setting->modules[i] <= 1);
}

static void test_mean__is_that_of_the_neighbourhood(void **state)
{
    static float values[PATTERN_MAX_MODULES], means[PATTERN_MAX_MODULES];

    (void)state;
    for (int i = 0; i < SIDE * SIDE; i++) values[i] = (float)(i * 7919 % 256);
    for (int radius = 1; radius <= 2 * SIDE; radius = radius * 3) {
        mean_around(values, SIDE, radius, means);
        for (int i = 0; i < SIDE * SIDE; i++) {
            double sum = 0, count = 0;
            for (int j = 0; j < SIDE * SIDE; j++) {
                if (abs(i % SIDE - j % SIDE) > radius || abs(i / SIDE - j / SIDE) > radius) continue;
                sum += (double)values[j];
                count++;
            }
            assert_true(fabs(sum / count - (double)means[i]) < 0.01);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sample__tells_every_module_of_a_clear_picture_in_every_way),
        cmocka_unit_test(test_sample__reads_across_the_edge_of_a_shadow),
        cmocka_unit_test(test_sample__does_not_mind_swollen_modules),
        cmocka_unit_test(test_sample__sharpens_what_is_blurred),
        cmocka_unit_test(test_restore__reads_blur_that_no_sharpening_undoes),
        cmocka_unit_test(test_restore__leaves_known_patterns_and_clear_modules_alone),
        cmocka_unit_test(test_restore__of_a_flat_picture_ends),
        cmocka_unit_test(test_mean__is_that_of_the_neighbourhood),
    };
    return cmocka_run_group_tests(tests, setting_open, NULL);
}
