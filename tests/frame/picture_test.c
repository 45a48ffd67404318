// PNG and JPEG files, good and bad.
#include "support/check.h"
#include "support/folder.h"

#include "base/file.h"
#include "base/mem.h"
#include "frame/picture_jpeg.h"
#include "frame/picture_png.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include <png.h>
#include <turbojpeg.h>

struct stage {
    struct folder folder;
    char path[128];
    struct frame *frame;
    struct picture_jpeg *jpeg;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    folder_make(&stage->folder);
    folder_file(&stage->folder, "picture", stage->path);
    stage->frame = mem_zero(sizeof *stage->frame);
    assert_int_equal(picture_jpeg_open(&stage->jpeg), STATUS_OK);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    picture_jpeg_close(stage->jpeg);
    folder_remove(&stage->folder);
    free(stage->frame);
    free(stage);
    return 0;
}

static void assert_near(int value, int wanted)
{
    assert_in_range(value, wanted > 2 ? wanted - 2 : 0, wanted + 2);
}

static void test_picture_png__reads_what_it_wrote(void **state)
{
    struct stage *stage = *state;
    uint8_t rgb[3 * 12]; // 3 x 3, rows 12 bytes apart

    for (int i = 0; i < 9; i++) memset(rgb + 12 * (i / 3) + 3 * (i % 3), 25 * i, 3);
    assert_int_equal(picture_png_write(stage->path, rgb, 3, 3, 12), STATUS_OK);
    assert_int_equal(picture_png_read(stage->path, stage->frame), STATUS_OK);
    assert_int_equal(stage->frame->width_px, 3);
    assert_int_equal(stage->frame->height_px, 3);
    for (int i = 0; i < 9; i++) assert_near(stage->frame->pixels[i], 25 * i);
    assert_int_equal(picture_png_write("/nowhere/at/all.png", rgb, 3, 3, 12), STATUS_LATER);
}

static void write_kind(const struct stage *stage, png_uint_32 format, const void *pixels, const void *colours,
                       int entries)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = 2,
                       .height = 1,
                       .format = format,
                       .colormap_entries = (png_uint_32)entries};
    assert_true(png_image_write_to_file(&image, stage->path, 0, pixels, 0, colours));
}

static void assert_reads(struct stage *stage, int left, int right)
{
    assert_int_equal(picture_png_read(stage->path, stage->frame), STATUS_OK);
    assert_int_equal(stage->frame->width_px, 2);
    assert_near(stage->frame->pixels[0], left);
    assert_near(stage->frame->pixels[1], right);
}

static void test_picture_png__reads_every_kind(void **state)
{
    static const uint8_t rgba[] = {0, 0, 0, 0, 0, 0, 0, 255}; // transparent, then opaque black
    static const uint8_t grey_alpha[] = {50, 255, 50, 0};
    static const uint16_t linear[] = {0, 65535};
    static const uint8_t colours[] = {255, 255, 255, 0, 0, 0}, indexes[] = {0, 1};

    write_kind(*state, PNG_FORMAT_RGBA, rgba, NULL, 0);
    assert_reads(*state, 255, 0);
    write_kind(*state, PNG_FORMAT_GA, grey_alpha, NULL, 0);
    assert_reads(*state, 50, 255);
    write_kind(*state, PNG_FORMAT_LINEAR_Y, linear, NULL, 0);
    assert_reads(*state, 0, 255);
    write_kind(*state, PNG_FORMAT_RGB_COLORMAP, indexes, colours, 2);
    assert_reads(*state, 255, 0);
}

static void test_picture_png__shrinks_a_large_one(void **state)
{
    struct stage *stage = *state;
    enum { WIDTH = 4000, HEIGHT = 3000 };
    uint8_t *rgb = mem_zero_array((size_t)WIDTH * HEIGHT, 3);

    memset(rgb, 120, (size_t)WIDTH * HEIGHT * 3);
    assert_int_equal(picture_png_write(stage->path, rgb, WIDTH, HEIGHT, 3 * WIDTH), STATUS_OK);
    assert_int_equal(picture_png_read(stage->path, stage->frame), STATUS_OK);
    assert_int_equal(stage->frame->width_px, 1321);
    assert_int_equal(stage->frame->height_px, 991);
    assert_near(stage->frame->pixels[0], 120);
    assert_near(stage->frame->pixels[1321 * 991 - 1], 120);
    free(rgb);
}

// Every prefix of a file, and the file with each byte spoiled in turn: an answer, never a crash.
static void assert_survives_damage(struct stage *stage, bool is_png)
{
    uint8_t *bytes;
    size_t length;

    assert_int_equal(file_read(stage->path, 1 << 20, &bytes, &length), STATUS_OK);
    for (size_t i = 0; i < length; i++) {
        if (is_png) {
            assert_int_equal(file_write(stage->path, bytes, i, 0600), STATUS_OK);
            (void)!picture_png_read(stage->path, stage->frame);
        } else if (picture_jpeg_decode(stage->jpeg, bytes, i, stage->frame) == STATUS_OK) {
            assert_int_equal(stage->frame->width_px, 64);
        }
        bytes[i] ^= 0x5A;
        if (!is_png) (void)!picture_jpeg_decode(stage->jpeg, bytes, length, stage->frame);
        bytes[i] ^= 0x5A;
    }
    free(bytes);
}

static void test_picture_png__refuses_damaged_files(void **state)
{
    struct stage *stage = *state;
    static const uint8_t rgb[3 * 64];

    assert_int_equal(picture_png_read(stage->path, stage->frame), STATUS_MISSING);
    assert_int_equal(file_write(stage->path, "not a picture", 13, 0600), STATUS_OK);
    assert_int_equal(picture_png_read(stage->path, stage->frame), STATUS_INVALID);
    assert_int_equal(picture_png_write(stage->path, rgb, 8, 8, 24), STATUS_OK);
    assert_int_equal(truncate(stage->path, 50), 0);
    assert_int_equal(picture_png_read(stage->path, stage->frame), STATUS_INVALID);
    assert_int_equal(picture_png_write(stage->path, rgb, 8, 8, 24), STATUS_OK);
    assert_survives_damage(stage, true);
}

// A header may claim 2^31 x 2^31 pixels in a file of 60 bytes.
static void test_picture_png__refuses_a_bomb_unopened(void **state)
{
    struct stage *stage = *state;
    static const uint8_t bomb[] = {0x89, 'P',  'N',  'G', 13, 10,   26,   10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0,
                                   0,    0xFF, 0xFF, 0,   0,  0xFF, 0xFF, 8,  0, 0, 0, 0,  0,   0,   0,   0};

    assert_int_equal(file_write(stage->path, bomb, sizeof bomb, 0600), STATUS_OK);
    assert_int_equal(picture_png_read(stage->path, stage->frame), STATUS_INVALID);
}

static void write_jpeg(const struct stage *stage, int width, int height, int subsampling)
{
    uint8_t *rgb = mem_zero_array((size_t)width * (size_t)height, 3);
    tjhandle encoder = tjInitCompress();
    unsigned char *bytes = NULL;
    unsigned long length = 0;

    for (int i = 0; i < width * height * 3; i++) rgb[i] = (uint8_t)(i / 3 % width < width / 2 ? 40 : 200);
    assert_int_equal(
        tjCompress2(encoder, rgb, width, 0, height, TJPF_RGB, &bytes, &length, subsampling, 90, TJFLAG_PROGRESSIVE), 0);
    assert_int_equal(file_write(stage->path, bytes, length, 0600), STATUS_OK);
    tjFree(bytes);
    tjDestroy(encoder);
    free(rgb);
}

static void test_picture_jpeg__reads_colour_and_grey(void **state)
{
    struct stage *stage = *state;

    for (int subsampling = 0; subsampling < TJ_NUMSAMP; subsampling++) {
        write_jpeg(stage, 640, 480, subsampling);
        assert_int_equal(picture_jpeg_read(stage->jpeg, stage->path, stage->frame), STATUS_OK);
        assert_int_equal(stage->frame->width_px, 640);
        assert_int_equal(stage->frame->height_px, 480);
        assert_near(stage->frame->pixels[0], 40);
        assert_near(stage->frame->pixels[639], 200);
    }
}

static void test_picture_jpeg__shrinks_a_large_one(void **state)
{
    struct stage *stage = *state;

    write_jpeg(stage, 3000, 2000, TJSAMP_420);
    assert_int_equal(picture_jpeg_read(stage->jpeg, stage->path, stage->frame), STATUS_OK);
    assert_true(stage->frame->width_px * stage->frame->height_px <= FRAME_MAX_PIXELS);
    assert_near(stage->frame->pixels[0], 40);
    assert_near(stage->frame->pixels[stage->frame->width_px - 1], 200);
}

static void test_picture_jpeg__refuses_a_cut_file_but_shows_a_cut_frame(void **state)
{
    struct stage *stage = *state;
    uint8_t *bytes;
    size_t length;

    write_jpeg(stage, 64, 64, TJSAMP_420);
    assert_int_equal(file_read(stage->path, 1 << 20, &bytes, &length), STATUS_OK);
    assert_int_equal(picture_jpeg_decode(stage->jpeg, bytes, length * 3 / 4, stage->frame), STATUS_OK);
    assert_int_equal(truncate(stage->path, (off_t)(length * 3 / 4)), 0);
    assert_int_equal(picture_jpeg_read(stage->jpeg, stage->path, stage->frame), STATUS_INVALID);
    assert_int_equal(picture_jpeg_read(stage->jpeg, "/nowhere.jpg", stage->frame), STATUS_MISSING);
    assert_int_equal(picture_jpeg_decode(stage->jpeg, bytes, 0, stage->frame), STATUS_INVALID);
    free(bytes);
    write_jpeg(stage, 64, 64, TJSAMP_420);
    assert_survives_damage(stage, false);
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_picture_png__reads_what_it_wrote),
        WITH_STAGE(test_picture_png__reads_every_kind),
        WITH_STAGE(test_picture_png__shrinks_a_large_one),
        WITH_STAGE(test_picture_png__refuses_damaged_files),
        WITH_STAGE(test_picture_png__refuses_a_bomb_unopened),
        WITH_STAGE(test_picture_jpeg__reads_colour_and_grey),
        WITH_STAGE(test_picture_jpeg__shrinks_a_large_one),
        WITH_STAGE(test_picture_jpeg__refuses_a_cut_file_but_shows_a_cut_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
