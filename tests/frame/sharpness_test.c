// sharpness: blurred and sharp pictures, made here and photographed (EINLASS_PICTURES, where there are any).
#include "support/check.h"

#include "frame/picture_png.h"
#include "frame/sharpness.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

static struct frame *frame;

static uint64_t seed;

static int roll(int below) // xorshift64*: Vigna 2016
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int)((seed * 0x2545F4914F6CDD1Dull) >> 40) % below;
}

// Squares as of a code, dark and light.
static void draw_squares(int dark, int light)
{
    seed = 7;
    frame->width_px = 640;
    frame->height_px = 480;
    for (int top = 0; top < 480; top += 12)
        for (int left = 0; left < 640; left += 12) {
            int grey = roll(2) ? dark : light;
            for (int y = top; y < top + 12; y++)
                for (int x = left; x < left + 12 && x < 640; x++) frame->pixels[y * 640 + x] = (uint8_t)grey;
        }
}

// The mean of 2 * reach + 1 pixels in a row; three times it is close to a lens out of focus.
static void smear(int reach, int step, int along_count, int step_across, int across_count)
{
    uint8_t before[FRAME_MAX_PIXELS / 100];

    for (int line = 0; line < across_count; line++) {
        uint8_t *at = frame->pixels + (ptrdiff_t)line * step_across;
        for (int i = 0; i < along_count; i++) before[i] = at[(ptrdiff_t)i * step];
        for (int i = 0; i < along_count; i++) {
            int sum = 0;
            for (int j = i - reach; j <= i + reach; j++)
                sum += before[j < 0 ? 0 : j >= along_count ? along_count - 1 : j];
            at[(ptrdiff_t)i * step] = (uint8_t)(sum / (2 * reach + 1));
        }
    }
}

static void blur(int reach)
{
    for (int pass = 0; pass < 3; pass++) {
        smear(reach, 1, frame->width_px, frame->width_px, frame->height_px);
        smear(reach, frame->width_px, frame->height_px, 1, frame->width_px);
    }
}

static void add_noise(int most)
{
    for (int i = 0; i < frame->width_px * frame->height_px; i++) {
        int grey = frame->pixels[i] + roll(2 * most + 1) - most;
        frame->pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
}

static void test_sharpness__falls_with_every_blur(void **state)
{
    int before, now;

    (void)state;
    draw_squares(20, 230);
    assert_int_equal(before = sharpness_measure(frame), 100);
    for (int reach = 1; reach <= 4; reach++) {
        draw_squares(20, 230);
        blur(reach);
        now = sharpness_measure(frame);
        assert_true(now < before);
        before = now;
    }
    assert_true(now < SHARPNESS_BLURRED);
}

static void test_sharpness__knows_neither_light_nor_contrast(void **state)
{
    static const struct {
        int dark, light;
    } lights[] = {{0, 255}, {0, 90}, {150, 250}, {80, 170}};
    int reference = 0;

    (void)state;
    for (size_t i = 0; i < sizeof lights / sizeof *lights; i++) {
        draw_squares(lights[i].dark, lights[i].light);
        blur(1);
        int now = sharpness_measure(frame);
        if (i == 0) reference = now;
        assert_true(reference > 40 && abs(now - reference) <= 8);
    }
}

static void test_sharpness__noise_is_no_edge(void **state)
{
    (void)state;
    draw_squares(128, 128);
    add_noise(20);
    assert_int_equal(sharpness_measure(frame), 0);
    draw_squares(40, 200);
    blur(4);
    int quiet = sharpness_measure(frame);
    add_noise(8);
    assert_true(abs(sharpness_measure(frame) - quiet) <= 10);
}

static void test_sharpness__of_nothing_is_nothing(void **state)
{
    (void)state;
    draw_squares(0, 0);
    assert_int_equal(sharpness_measure(frame), 0);
    frame->width_px = frame->height_px = 0;
    assert_int_equal(sharpness_measure(frame), 0);
    frame->width_px = frame->height_px = 20;
    assert_int_equal(sharpness_measure(frame), 0);
}

// Photographs of codes: what is sharp is called so, and each loses by each blur.
static void test_sharpness__of_photographs(void **state)
{
    const char *pictures = getenv("EINLASS_PICTURES");
    char pattern[512];
    glob_t found = {0};
    int sharp = 0, counted = 0;

    (void)state;
    snprintf(pattern, sizeof pattern, "%s/photos/*/*.png", pictures ? pictures : "");
    if (!pictures || glob(pattern, 0, NULL, &found) != 0) {
        print_message("no photographs, EINLASS_PICTURES names no folder\n");
        return;
    }
    for (size_t i = 0; i < found.gl_pathc; i += 4) {
        if (picture_png_read(found.gl_pathv[i], frame) != STATUS_OK) continue;
        int before = sharpness_measure(frame);
        if (before == 0) continue; // nothing with edges in its middle
        blur(3);
        int now = sharpness_measure(frame);
        assert_true(now * 4 < before * 3);
        assert_true(now < 50);
        sharp += before >= 50;
        counted++;
    }
    print_message("%d of %d photographs are sharp\n", sharp, counted);
    assert_true(counted > 0 && sharp * 10 >= counted * 9);
    globfree(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sharpness__falls_with_every_blur),
        cmocka_unit_test(test_sharpness__knows_neither_light_nor_contrast),
        cmocka_unit_test(test_sharpness__noise_is_no_edge),
        cmocka_unit_test(test_sharpness__of_nothing_is_nothing),
        cmocka_unit_test(test_sharpness__of_photographs),
    };

    frame = calloc(1, sizeof *frame);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(frame);
    return failed;
}
