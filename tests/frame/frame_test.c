// frame, shrink, pixel_format and camera_mode: what is pure about pictures.
#include "support/check.h"

#include "base/clock.h"
#include "base/mem.h"
#include "frame/camera_mode.h"
#include "frame/shrink.h"

#include <stdlib.h>
#include <time.h>

static int set_up(void **state)
{
    *state = mem_zero(sizeof(struct frame));
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static uint64_t sealed(struct frame *frame)
{
    frame_seal(frame);
    return frame->digest;
}

static void test_frame__digest_tells_any_changed_pixel(void **state)
{
    struct frame *frame = *state;

    frame->width_px = 101;
    frame->height_px = 7; // 707 pixels: the last block is not full
    uint64_t before = sealed(frame);
    for (int i = 0; i < 707; i++) {
        for (int bit = 0; bit < 8; bit++) {
            frame->pixels[i] ^= (uint8_t)(1 << bit);
            assert_int_not_equal(sealed(frame), before);
            frame->pixels[i] ^= (uint8_t)(1 << bit);
        }
    }
    assert_int_equal(sealed(frame), before);
}

static void test_frame__digest_tells_order_and_shape(void **state)
{
    struct frame *frame = *state;
    uint64_t seen[130];

    frame->width_px = 64;
    frame->height_px = 64;
    for (int i = 0; i < 128; i++) { // the same eight bytes at each place
        memset(frame->pixels, 0, 4096);
        memset(frame->pixels + (ptrdiff_t)8 * i, 255, 8);
        seen[i] = sealed(frame);
    }
    memset(frame->pixels, 0, 4096);
    seen[128] = sealed(frame);
    frame->width_px = 32;
    frame->height_px = 128;
    seen[129] = sealed(frame);
    for (int i = 0; i < 130; i++)
        for (int j = 0; j < i; j++) assert_int_not_equal(seen[i], seen[j]);
}

static double thread_ms(void)
{
    struct timespec used;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6;
}

static void test_frame__digest_is_quick(void **state)
{
    struct frame *frame = *state;
    double best_ms = 1e9;

    frame->width_px = 1280;
    frame->height_px = 1024;
    for (int i = 0; i < 20; i++) {
        double began_ms = thread_ms();
        frame_seal(frame);
        double took_ms = thread_ms() - began_ms;
        if (took_ms < best_ms) best_ms = took_ms;
    }
    print_message("digest of 1280x1024: %.3f ms\n", best_ms);
    assert_true(best_ms < 10); // the goal is 0.3; sanitizers and old machines are slower
}

static void test_shrink__keeps_the_mean_and_the_shape(void **state)
{
    struct frame *frame = *state;
    enum { WIDTH = 3000, HEIGHT = 1000 };
    uint8_t *pixels = mem_zero_array(WIDTH, HEIGHT);
    double sum = 0;

    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) pixels[y * WIDTH + x] = (uint8_t)(x < WIDTH / 2 ? 0 : 200);
    shrink_to_frame(&(struct grey_picture){pixels, WIDTH, HEIGHT, WIDTH}, frame);
    assert_true(frame->width_px * frame->height_px <= FRAME_MAX_PIXELS);
    assert_true(frame->width_px * frame->height_px > FRAME_MAX_PIXELS * 98 / 100);
    assert_true(abs(frame->width_px - 3 * frame->height_px) <= 3);
    for (int i = 0; i < frame->width_px * frame->height_px; i++) sum += frame->pixels[i];
    double mean = sum / (frame->width_px * frame->height_px);
    assert_true(mean > 99 && mean < 101);
    assert_int_equal(frame->pixels[0], 0);
    assert_int_equal(frame->pixels[frame->width_px - 1], 200);
    free(pixels);
}

static void test_shrink__leaves_pictures_that_fit(void **state)
{
    struct frame *frame = *state;
    static const int sizes[][2] = {{1280, 960}, {774, 1037}, {1280, 1024}, {1, 1}, {FRAME_MAX_PIXELS, 1}};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int width = sizes[i][0], height = sizes[i][1], stride = width + 5;
        uint8_t *pixels = mem_zero_array((size_t)stride, (size_t)height);
        pixels[(size_t)stride * (size_t)(height - 1) + (size_t)width - 1] = 77;
        shrink_to_frame(&(struct grey_picture){pixels, width, height, stride}, frame);
        assert_int_equal(frame->width_px, width);
        assert_int_equal(frame->height_px, height);
        assert_int_equal(frame->pixels[width * height - 1], 77);
        free(pixels);
    }
}

static void test_shrink__stays_in_bounds_for_strips(void **state)
{
    struct frame *frame = *state;
    static const int sizes[][2] = {{4000000, 1}, {1, 4000000}, {2, 2000000}, {900000, 3}};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint8_t *pixels = mem_zero_array((size_t)sizes[i][0], (size_t)sizes[i][1]);
        shrink_to_frame(&(struct grey_picture){pixels, sizes[i][0], sizes[i][1], sizes[i][0]}, frame);
        assert_true(frame->width_px > 0 && frame->height_px > 0);
        assert_true((int64_t)frame->width_px * frame->height_px <= FRAME_MAX_PIXELS);
        free(pixels);
    }
}

static void test_shrink__half_averages_four(void **state)
{
    static const uint8_t pixels[] = {
        10, 20, 0, 0, 9, // the odd column and row are left out
        30, 40, 0, 2, 9, 9, 9, 9, 9, 9,
    };
    uint8_t half[2];

    (void)state;
    shrink_half(&(struct grey_picture){pixels, 5, 3, 5}, half);
    assert_int_equal(half[0], 25);
    assert_int_equal(half[1], 1);
}

// Halves and thirds are made in strips; area_mean() is the long way to the same.
static void test_shrink__half_and_third_equal_the_mean_of_the_area(void **state)
{
    enum { MOST_PX = 260, HEIGHT = 7, STRIDE = MOST_PX + 3 };
    static uint8_t pixels[STRIDE * HEIGHT], quick[MOST_PX * HEIGHT], slow[MOST_PX * HEIGHT];
    uint32_t random = 1;

    (void)state;
    for (int i = 0; i < STRIDE * HEIGHT; i++) {
        random = random * 1664525U + 1013904223U;
        pixels[i] = (uint8_t)(random >> 24);
    }
    for (int width = 3; width <= MOST_PX; width++) {
        int half = width / 2, third = width / 3;
        shrink_half(&(struct grey_picture){pixels, width, HEIGHT, STRIDE}, quick);
        shrink_area(&(struct grey_picture){pixels, 2 * half, 6, STRIDE}, slow, half, 3);
        assert_memory_equal(quick, slow, (size_t)(half * 3));
        shrink_third(&(struct grey_picture){pixels, width, HEIGHT, STRIDE}, quick);
        shrink_area(&(struct grey_picture){pixels, 3 * third, 6, STRIDE}, slow, third, 2);
        assert_memory_equal(quick, slow, (size_t)(third * 2));
    }
}

static void test_pixel_format__takes_the_brightness(void **state)
{
    struct frame *frame = *state;
    static const uint8_t yuyv[] = {1, 90, 2, 91, 99, 99, 3, 92, 4, 93};
    static const uint8_t nv12[] = {1, 2, 9, 3, 4, 9, 128, 128};
    static const uint8_t grey[] = {1, 2, 3, 4};
    static const struct raw_picture raws[] = {
        {PIXEL_FORMAT_YUYV, 2, 2, 6, yuyv, sizeof yuyv},
        {PIXEL_FORMAT_NV12, 2, 2, 3, nv12, sizeof nv12},
        {PIXEL_FORMAT_GREY, 2, 2, 0, grey, sizeof grey},
    };

    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++) {
        memset(frame->pixels, 0, 4);
        assert_int_equal(pixel_format_to_frame(&raws[i], frame), STATUS_OK);
        assert_memory_equal(frame->pixels, grey, 4);
    }
}

static void test_pixel_format__refuses_what_does_not_add_up(void **state)
{
    struct frame *frame = *state;
    static const uint8_t bytes[16];
    static const struct raw_picture raws[] = {
        {PIXEL_FORMAT_GREY, 4, 4, 0, bytes, 15},            // a byte short
        {PIXEL_FORMAT_GREY, 4, 4, 5, bytes, 16},            // rows apart, so short too
        {PIXEL_FORMAT_GREY, 4, 4, 3, bytes, 16},            // rows overlap
        {PIXEL_FORMAT_YUYV, 4, 4, 4, bytes, 16},            // rows overlap
        {PIXEL_FORMAT_GREY, 4, 4, -4, bytes, 16},           // upside down
        {PIXEL_FORMAT_GREY, 4, 4, INT64_MAX, bytes, 16},    //
        {PIXEL_FORMAT_GREY, 0, 4, 0, bytes, 16},            //
        {PIXEL_FORMAT_GREY, 4, -4, 0, bytes, 16},           //
        {PIXEL_FORMAT_GREY, 65536, 65536, 0, bytes, 16},    // 2^32 pixels
        {PIXEL_FORMAT_GREY, 1920, 1080, 0, bytes, 1 << 30}, // too large for a frame
        {PIXEL_FORMAT_MJPEG, 4, 4, 0, bytes, 16},
    };

    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++)
        assert_int_equal(pixel_format_to_frame(&raws[i], frame), STATUS_INVALID);
}

static void test_camera_mode__follows_the_rule(void **state)
{
    static const struct {
        struct camera_mode modes[4];
        size_t best;
    } cases[] = {
        // a USB 2 webcam: large only as MJPEG
        {{{PIXEL_FORMAT_YUYV, 640, 480, 30}, {PIXEL_FORMAT_YUYV, 1280, 720, 10}, {PIXEL_FORMAT_MJPEG, 1280, 720, 30}},
         2},
        // equal size and both fluent: no unpacking
        {{{PIXEL_FORMAT_MJPEG, 1280, 720, 60}, {PIXEL_FORMAT_YUYV, 1280, 720, 15}}, 1},
        // large but slow: rather the small one
        {{{PIXEL_FORMAT_YUYV, 1280, 720, 5}, {PIXEL_FORMAT_YUYV, 640, 480, 30}}, 1},
        // all slow: the largest
        {{{PIXEL_FORMAT_YUYV, 640, 480, 7}, {PIXEL_FORMAT_YUYV, 1280, 720, 5}}, 1},
        // rate unknown counts as fluent
        {{{PIXEL_FORMAT_YUYV, 640, 480, 30}, {PIXEL_FORMAT_NV12, 1280, 720, 0}}, 1},
        // beyond the limits only if nothing else is there, and then the smallest
        {{{PIXEL_FORMAT_YUYV, 1280, 960, 30}, {PIXEL_FORMAT_YUYV, 320, 240, 30}}, 1},
        {{{PIXEL_FORMAT_YUYV, 1280, 1000, 30}, {PIXEL_FORMAT_YUYV, 1280, 960, 5}}, 1},
        // too large for a frame: never; nonsense: never
        {{{PIXEL_FORMAT_YUYV, 1920, 1080, 30}, {PIXEL_FORMAT_YUYV, 0, 0, 30}, {PIXEL_FORMAT_GREY, -4, 9, 30}}, 4},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(camera_mode_best(cases[i].modes, 4, 1280, 720), cases[i].best);
    assert_int_equal(camera_mode_best(NULL, 0, 1280, 720), 0);
}

#define WITH_FRAME(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FRAME(test_frame__digest_tells_any_changed_pixel),
        WITH_FRAME(test_frame__digest_tells_order_and_shape),
        WITH_FRAME(test_frame__digest_is_quick),
        WITH_FRAME(test_shrink__keeps_the_mean_and_the_shape),
        WITH_FRAME(test_shrink__leaves_pictures_that_fit),
        WITH_FRAME(test_shrink__stays_in_bounds_for_strips),
        cmocka_unit_test(test_shrink__half_averages_four),
        cmocka_unit_test(test_shrink__half_and_third_equal_the_mean_of_the_area),
        WITH_FRAME(test_pixel_format__takes_the_brightness),
        WITH_FRAME(test_pixel_format__refuses_what_does_not_add_up),
        cmocka_unit_test(test_camera_mode__follows_the_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
