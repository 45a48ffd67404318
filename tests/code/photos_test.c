// Photographs, if there are any (EINLASS_PICTURES names a folder with photos/*/N.png, N.txt and clutter/*.png): what
// zbar reads by itself (QR only, binary, every line of the full picture) our reader reads too, and nothing else.
// The expected texts are UTF-8; older codes hold the same text in Shift-JIS, and we hand on bytes as they are.
#include "support/check.h"

#include "base/file.h"
#include "base/mem.h"
#include "code/scan.h"
#include "frame/camera.h"
#include "frame/picture_png.h"

#include <dirent.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <zbar.h>

enum { PATH_BYTES = 512, STILL_FRAMES = 12, ATTEMPTS_MOST = 8, TEXTS_MOST = 500 };

struct tally {
    int pictures, plain, ours, lost, misread, invented, missed_in_flow;
};

struct text {
    char bytes[CODE_MAX_BYTES];
    size_t length;
};

struct bench {
    struct frame *frame;
    struct reading *reading;
    struct reader *reader;
    zbar_image_scanner_t *plain;
    struct tally tally;
    int text_count; // of the folder at hand, as the desk gets them
    struct text texts[TEXTS_MOST];
};

static bool equals(const struct text *text, const char *bytes, size_t length)
{
    return text->length == length && memcmp(text->bytes, bytes, length) == 0;
}

static bool plain_reads(struct bench *bench, const struct text *texts, size_t text_count)
{
    const struct frame *frame = bench->frame;
    zbar_image_t *image = zbar_image_create();
    bool is_found = false;

    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)frame->width_px, (unsigned)frame->height_px);
    zbar_image_set_data(image, frame->pixels, (size_t)frame->width_px * (size_t)frame->height_px, NULL);
    zbar_scan_image(bench->plain, image);
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol; symbol = zbar_symbol_next(symbol))
        for (size_t i = 0; i < text_count; i++)
            is_found |= equals(&texts[i], zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    zbar_image_destroy(image);
    return is_found;
}

// A reading that is not the expected text is a misread, unless zbar by itself reads the same beside it.
static bool is_right(struct bench *bench, const struct code *code, const struct text expected[2])
{
    struct text read = {.length = code->length};

    if (equals(&expected[0], code->text, code->length) || equals(&expected[1], code->text, code->length)) return true;
    memcpy(read.bytes, code->text, code->length);
    if (!plain_reads(bench, &read, 1)) bench->tally.misread++;
    return false;
}

// The picture stands still in front of the reader until it is read, or every way was tried.
static bool we_read(struct bench *bench, const struct text expected[2])
{
    struct reading *reading = bench->reading;

    for (int i = 0; i < STILL_FRAMES; i++) {
        bench->reader->ops->read(bench->reader, bench->frame, reading);
        for (size_t k = 0; k < reading->count; k++)
            if (is_right(bench, &reading->codes[k], expected)) return true;
        if (reading->is_exhausted) return false;
    }
    return false;
}

static struct text in_shift_jis(const struct text *utf8)
{
    struct text text = *utf8, converted = {0};
    iconv_t converter = iconv_open("CP932", "UTF-8");
    char *from = text.bytes, *to = converted.bytes;
    size_t from_left = text.length, to_left = sizeof converted.bytes;

    if (converter == (iconv_t)-1) return text;
    if (iconv(converter, &from, &from_left, &to, &to_left) == (size_t)-1) converted = text;
    else converted.length = sizeof converted.bytes - to_left;
    iconv_close(converter);
    return converted;
}

static bool load(struct bench *bench, const char *path)
{
    if (picture_png_read(path, bench->frame) != STATUS_OK) return false;
    frame_seal(bench->frame);
    return true;
}

static bool ends_with(const char *path, const char *end)
{
    return strlen(path) >= strlen(end) && strcmp(path + strlen(path) - strlen(end), end) == 0;
}

static bool read_expected(const char *picture, struct text expected[2])
{
    char path[PATH_BYTES];
    uint8_t *bytes;
    size_t length;

    snprintf(path, sizeof path, "%.*s.txt", (int)(strlen(picture) - 4), picture);
    if (file_read(path, CODE_MAX_BYTES, &bytes, &length) != STATUS_OK) return false;
    expected[0].length = length;
    memcpy(expected[0].bytes, bytes, length);
    expected[1] = in_shift_jis(&expected[0]);
    if (ends_with(picture, "qrcode-2/13.png")) { // the public set's text has a slip of the pen: "photograph"
        static const char correct[] = "The 2005 USGS aerial photography of the Washington Monument is censored.";
        expected[1].length = sizeof correct - 1;
        memcpy(expected[1].bytes, correct, sizeof correct - 1);
    }
    free(bytes);
    return true;
}

static void compare(struct bench *bench, const char *picture)
{
    struct text expected[2];

    if (!read_expected(picture, expected) || !load(bench, picture)) return;
    bool is_plain = plain_reads(bench, expected, 2);
    bool is_ours = we_read(bench, expected);
    bench->tally.pictures++;
    bench->tally.plain += is_plain;
    bench->tally.ours += is_ours;
    bench->tally.lost += is_plain && !is_ours;
    if (is_plain && !is_ours) print_message("zbar alone reads it, we don't: %s\n", picture);
}

// The program's own path: folder camera, mailbox, scan, queue. Each picture is held for as many frames as there are
// ways to look at it.
static void run_flow(struct bench *bench, const char *folder)
{
    struct camera_config config = {.frames_per_s = 1e6, .frames_per_picture = ATTEMPTS_MOST, .is_once = true};
    struct scan_config scan_config = {.reader = bench->reader, .clock = clock_system(), .quiet_ms = 1500};
    struct camera *camera;
    struct queue codes;
    struct scan *scan;
    uint64_t digest = 0;

    config.clock = clock_system();
    strcpy(config.folder, folder);
    bench->text_count = 0;
    queue_init(&codes, sizeof(struct code), 8, NULL);
    scan_config.codes = &codes;
    assert_int_equal(scan_open(&scan_config, &scan), STATUS_OK);
    assert_int_equal(camera_folder_open(&config, &camera), STATUS_OK);
    for (int still = 0; still < 2 * ATTEMPTS_MOST; still++) { // the last picture stays
        struct frame *frame = mailbox_writable(scan_frames(scan));
        enum status status = camera->ops->read(camera, frame);
        if (status == STATUS_LATER) continue;
        assert_int_equal(status, STATUS_OK);
        if (frame->digest != digest) still = 0;
        digest = frame->digest;
        mailbox_put(scan_frames(scan));
        (void)scan_step(scan, 0);
        struct code code;
        while (queue_take(&codes, &code)) {
            assert_true(bench->text_count < TEXTS_MOST);
            struct text *text = &bench->texts[bench->text_count++];
            text->length = code.length;
            memcpy(text->bytes, code.text, code.length);
        }
    }
    camera_close(camera);
    scan_close(scan);
    queue_destroy(&codes);
}

static void expect_in_flow(struct bench *bench, const char *picture)
{
    struct text expected[2];
    bool is_found = false;

    if (!read_expected(picture, expected) || !load(bench, picture) || !plain_reads(bench, expected, 2)) return;
    for (int i = 0; i < bench->text_count; i++)
        for (int k = 0; k < 2; k++) is_found |= equals(&expected[k], bench->texts[i].bytes, bench->texts[i].length);
    bench->tally.missed_in_flow += !is_found;
}

// A picture without a code: whatever is read there is invented.
static void expect_nothing(struct bench *bench, const char *picture)
{
    if (!load(bench, picture)) return;
    for (int i = 0; i < STILL_FRAMES; i++) {
        bench->reader->ops->read(bench->reader, bench->frame, bench->reading);
        bench->tally.invented += (int)bench->reading->count;
    }
}

static void each_png(struct bench *bench, const char *folder, void (*use)(struct bench *, const char *))
{
    struct dirent **found;
    int count = scandir(folder, &found, NULL, versionsort);

    for (int i = 0; i < count; i++) {
        const char *name = found[i]->d_name;
        char path[PATH_BYTES];
        int length = snprintf(path, sizeof path, "%s/%s", folder, name);
        assert_true(length > 0 && (size_t)length < sizeof path);
        if (ends_with(name, ".png")) use(bench, path);
        free(found[i]);
    }
    if (count >= 0) free(found);
}

static void each_set(struct bench *bench, const char *pictures)
{
    for (int i = 1; i <= 99; i++) {
        char folder[PATH_BYTES];
        snprintf(folder, sizeof folder, "%s/photos/qrcode-%d", pictures, i);
        if (access(folder, R_OK) != 0) continue;
        each_png(bench, folder, compare);
        run_flow(bench, folder);
        each_png(bench, folder, expect_in_flow);
    }
    char clutter[PATH_BYTES];
    snprintf(clutter, sizeof clutter, "%s/clutter", pictures);
    each_png(bench, clutter, expect_nothing);
}

static void test_reader__reads_every_photograph_that_zbar_alone_reads(void **state)
{
    const char *pictures = getenv("EINLASS_PICTURES");

    (void)state;
    if (!pictures) {
        print_message("SKIPPED: no photographs, EINLASS_PICTURES names no folder\n");
        skip();
    }
    struct bench *bench = mem_zero(sizeof *bench);
    bench->frame = mem_zero(sizeof *bench->frame);
    bench->reading = mem_zero(sizeof *bench->reading);
    bench->plain = zbar_image_scanner_create();
    zbar_image_scanner_set_config(bench->plain, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(bench->plain, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(bench->plain, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = clock_system(), .budget_ms = 10000}, &bench->reader),
        STATUS_OK);
    each_set(bench, pictures);
    const struct tally *tally = &bench->tally;
    print_message(
        "photographs %d: zbar alone %d, we %d, lost %d (in the flow %d), misread %d, invented in clutter %d\n",
        tally->pictures, tally->plain, tally->ours, tally->lost, tally->missed_in_flow, tally->misread,
        tally->invented);
    assert_true(tally->pictures > 0);
    assert_int_equal(tally->lost, 0);
    assert_int_equal(tally->missed_in_flow, 0);
    assert_int_equal(tally->misread, 0);
    assert_int_equal(tally->invented, 0);
    reader_close(bench->reader);
    zbar_image_scanner_destroy(bench->plain);
    free(bench->reading);
    free(bench->frame);
    free(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reader__reads_every_photograph_that_zbar_alone_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
