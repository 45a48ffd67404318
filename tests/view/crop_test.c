// The camera's picture in its box.
#include "support/check.h"

#include "view/crop.h"

#include <stdlib.h>

static struct frame *make_frame(int width, int height) // brightness grows from left to right
{
    struct frame *frame = calloc(1, sizeof *frame);

    frame->width_px = width;
    frame->height_px = height;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) frame->pixels[y * width + x] = (uint8_t)(x * 255 / (width - 1));
    return frame;
}

static void test_crop__the_middle_fills_the_box(void **state)
{
    struct crop crop = crop_of(640, 480, 300, 300);

    (void)state;
    assert_int_equal((int)crop.w, 480);
    assert_int_equal((int)crop.x, 80);
    crop = crop_of(640, 480, 800, 200);
    assert_int_equal((int)crop.h, 160);
    assert_int_equal((int)crop.y, 160);
}

static void test_crop__places_follow_the_mirror(void **state)
{
    struct crop crop = crop_of(640, 480, 320, 240);
    int x, y;

    (void)state;
    crop_place(&crop, 0.25, 0.5, false, &x, &y);
    assert_int_equal(x, 80);
    assert_int_equal(y, 120);
    crop_place(&crop, 0.25, 0.5, true, &x, &y);
    assert_int_equal(x, 240);
}

static void test_crop__paints_smoothly_and_mirrored(void **state)
{
    static const int boxes[][2] = {{320, 240}, {1000, 750}, {64, 48}, {3, 2}};
    struct frame *frame = make_frame(640, 480);

    (void)state;
    for (int i = 0; i < 4; i++) {
        int w = boxes[i][0], h = boxes[i][1];
        struct crop crop = crop_of(640, 480, w, h);
        uint32_t *plain = malloc(sizeof *plain * (size_t)(w * h)), *mirrored = malloc(sizeof *plain * (size_t)(w * h));
        crop_paint(&crop, frame, false, plain, w);
        crop_paint(&crop, frame, true, mirrored, w);
        for (int x = 0; x < w; x++) {
            int grey = (int)(plain[(h - 1) * w + x] & 0xFF), expected = (int)((x + 0.5) * 255 / w);
            assert_in_range(grey + 4, expected, expected + 8);
            assert_in_range((mirrored[w - 1 - x] & 0xFF) + 2, grey, grey + 4);
            assert_int_equal(plain[x] >> 24, 255);
            assert_int_equal(plain[x] >> 16 & 0xFF, plain[x] & 0xFF);
        }
        free(plain);
        free(mirrored);
    }
    free(frame);
}

static void test_crop__odd_frames_are_no_danger(void **state)
{
    static const int shapes[][2] = {{1, 1}, {2, 1}, {1, 480}, {5000, 100}, {4096, 320}};
    uint32_t pixels[50 * 40];

    (void)state;
    for (int i = 0; i < 5; i++) {
        struct frame *frame = calloc(1, sizeof *frame);
        frame->width_px = shapes[i][0];
        frame->height_px = shapes[i][1];
        struct crop crop = crop_of(frame->width_px, frame->height_px, 50, 40);
        crop_paint(&crop, frame, i % 2 == 0, pixels, 50); // the sanitizers watch
        free(frame);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crop__the_middle_fills_the_box),
        cmocka_unit_test(test_crop__places_follow_the_mirror),
        cmocka_unit_test(test_crop__paints_smoothly_and_mirrored),
        cmocka_unit_test(test_crop__odd_frames_are_no_danger),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
