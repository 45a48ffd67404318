// Codes on the screen: painted by the real painter, read back by the program's own reader.
#include "support/check.h"

#include "code/reader.h"
#include "frame/picture_png.h"
#include "ticket/picture.h"
#include "screen/screen.h"
#include "view/screens.h"
#include "model/walk_stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct fixture {
    struct stage stage;
    struct model model;
    struct scene scene;
    struct words *words;
    struct letters *letters;
    struct reader *reader;
    struct frame *frame;
    struct reading *reading;
    char path[64];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    stage_init(&f->stage);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    f->frame = calloc(1, sizeof *f->frame);
    f->reading = calloc(1, sizeof *f->reading);
    snprintf(f->path, sizeof f->path, "/tmp/einlass-qr-%d.png", (int)getpid());
    if (letters_open(FONTS_CONF, &f->letters) != STATUS_OK) return -1;
    if (reader_local_open(&(struct reader_config){.clock = &f->stage.clock, .budget_ms = 1000}, &f->reader) !=
        STATUS_OK)
        return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    unlink(f->path);
    reader_close(f->reader);
    letters_close(f->letters);
    words_close(f->words);
    stage_destroy(&f->stage);
    free(f->frame);
    free(f->reading);
    free(f);
    return 0;
}

// What the scene looks like, in f->frame.
static void paint(struct fixture *f, int width_px, int height_px)
{
    struct screen_config config = {"code", width_px, height_px, false};
    struct screen *screen;

    assert_int_equal(screen_open(&config, f->letters, &screen), STATUS_OK);
    screen_paint(screen, &f->scene, f->path);
    screen_close(screen);
    assert_int_equal(picture_png_read(f->path, f->frame), STATUS_OK);
    frame_seal(f->frame);
}

static void check_reads(struct fixture *f, const char *text)
{
    for (int i = 0; i < 8; i++) {
        f->reader->ops->read(f->reader, f->frame, f->reading);
        if (f->reading->count > 0) break;
    }
    assert_int_equal(f->reading->count, 1);
    assert_int_equal(f->reading->codes[0].length, strlen(text));
    assert_memory_equal(f->reading->codes[0].text, text, strlen(text));
}

static void test_qr__every_ticket_on_the_screen_can_be_read(void **state)
{
    struct fixture *f = *state;

    for (size_t size = 0; size < SCREEN_SIZES; size++)
        for (int contrast = 0; contrast < 2; contrast++) {
            struct screen_light light = {.size = &screen_sizes[size], .is_high_contrast = contrast == 1};
            struct screen_table pages = screens_walk();
            int count = 0;
            for (size_t i = 0; i < pages.count; i++) {
                screen_draw(&pages.cases[i], &light, &f->stage, f->words, &f->model, &f->scene);
                const struct mark *code = scene_find(&f->scene, MARK_QR, false);
                if (!code) continue;
                paint(f, screen_sizes[size].width_px, screen_sizes[size].height_px);
                check_reads(f, f->model.walk.tickets.tickets[f->model.walk.shown_ticket]);
                count++;
            }
            assert_int_equal(count, 2);
        }
}

static void draw(struct fixture *f, struct box box, const char *text)
{
    scene_begin(&f->scene, 0x12211B);
    scene_add_qr(&f->scene, box, text);
    paint(f, 640, 480);
}

static void test_qr__reads_addresses_and_names_too(void **state)
{
    static const char *const texts[] = {"https://192.168.178.44:8443/tafel?k=7HJQX2M4T0RZ", "Jörg-Ünal Groß", "0",
                                        "HTTPS://EINLASS.EXAMPLE/B/1"};
    struct fixture *f = *state;
    char longest[257];

    memset(longest, 'x', 256);
    longest[256] = '\0';
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        draw(f, (struct box){90, 30, 420, 420}, texts[i]);
        check_reads(f, texts[i]);
    }
    draw(f, (struct box){90, 30, 420, 420}, longest);
    check_reads(f, longest);
}

static int grey_at(const struct fixture *f, int x, int y)
{
    return f->frame->pixels[y * f->frame->width_px + x];
}

// Whole pixels for each module, nothing between black and white, and four modules free on each side.
static void test_qr__is_sharp_and_has_its_quiet_zone(void **state)
{
    struct fixture *f = *state;
    struct box box = {100, 40, 401, 401};
    char text[TICKET_TEXT_SIZE];
    struct picture picture;

    memset(text, '7', TICKET_TEXT_DIGITS);
    text[TICKET_TEXT_DIGITS] = '\0';
    draw(f, box, text);
    assert_int_equal(picture_of_text(text, &picture), STATUS_OK);
    assert_int_equal(picture.side, 37);
    int module_px = box.w / (picture.side + 8), free_px = (box.w - picture.side * module_px) / 2;
    assert_true(free_px >= 4 * module_px);
    for (int y = 0; y < box.h; y++)
        for (int x = 0; x < box.w; x++) {
            int left = x - free_px, top = y - free_px, size = picture.side * module_px;
            bool is_inside = left >= 0 && top >= 0 && left < size && top < size;
            bool is_dark = is_inside && picture.modules[top / module_px * picture.side + left / module_px];
            assert_int_equal(grey_at(f, box.x + x, box.y + y), is_dark ? 0 : 255);
        }
}

static void test_qr__what_does_not_fit_stays_white(void **state)
{
    struct fixture *f = *state;

    draw(f, (struct box){100, 40, 40, 40},
         "Sieben mal sieben ist feiner Sand, und mehr passt nicht hinein."); // no pixel each
    for (int y = 40; y < 80; y++)
        for (int x = 100; x < 140; x++) assert_int_equal(grey_at(f, x, y), 255);
    draw(f, (struct box){100, 40, 300, 300}, "");
    assert_int_equal(grey_at(f, 250, 190), 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qr__every_ticket_on_the_screen_can_be_read),
        cmocka_unit_test(test_qr__reads_addresses_and_names_too),
        cmocka_unit_test(test_qr__is_sharp_and_has_its_quiet_zone),
        cmocka_unit_test(test_qr__what_does_not_fit_stays_white),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
