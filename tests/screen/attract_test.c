// Sponsors' pictures: whatever lies in their folder, the door goes on; and who holds up a ticket is answered at once.
#include "support/check.h"

#include "frame/picture_png.h"
#include "support/folder.h"
#include "screen/attract.h"
#include "screen/stage.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EACH_MS = 8000, AFTER_MS = 30000 };

struct fixture {
    struct stage stage;
    struct mailbox pictures;
    struct attract *attract;
    struct front *front;
    struct folder folder;
    int64_t now_ms;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    stage_init(&f->stage);
    folder_make(&f->folder);
    mailbox_init(&f->pictures, sizeof(struct attract_picture), NULL);
    struct attract_config config = {f->folder.path, EACH_MS, 800, 480, &f->stage.clock, NULL, &f->pictures};
    if (attract_open(&config, &f->attract) != STATUS_OK) return -1;
    f->now_ms = 1000;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    attract_close(f->attract);
    front_close(f->front);
    mailbox_destroy(&f->pictures);
    stage_destroy(&f->stage);
    if (access(f->folder.path, F_OK) == 0) folder_remove(&f->folder);
    free(f);
    return 0;
}

// A picture of one colour; large ones compress to nearly nothing.
static void put_png(const struct fixture *f, const char *name, int width_px, int height_px, uint32_t rgb)
{
    uint8_t *bytes = malloc((size_t)width_px * (size_t)height_px * 3);
    char path[128];

    for (size_t i = 0; i < (size_t)width_px * (size_t)height_px; i++)
        for (size_t part = 0; part < 3; part++) bytes[i * 3 + part] = (uint8_t)(rgb >> (16 - 8 * part));
    folder_file(&f->folder, name, path);
    assert_int_equal(picture_png_write(path, bytes, width_px, height_px, width_px * 3), STATUS_OK);
    free(bytes);
}

static void put_bytes(const struct fixture *f, const char *name, const void *bytes, size_t length)
{
    char path[128];
    FILE *file;

    folder_file(&f->folder, name, path);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void drop(const struct fixture *f, const char *name)
{
    char path[128];

    folder_file(&f->folder, name, path);
    assert_int_equal(unlink(path), 0);
}

// The next picture, after at most so many steps, each as late as the worker wants it; NULL: none came.
static const struct attract_picture *next(struct fixture *f, int most_steps)
{
    for (int i = 0; i < most_steps; i++) {
        int64_t wait_ms = attract_step(f->attract, f->now_ms);
        const struct attract_picture *picture = mailbox_take(&f->pictures);
        assert_in_range(wait_ms, 0, ATTRACT_RETRY_MS);
        f->now_ms += wait_ms;
        if (picture) return picture;
    }
    return NULL;
}

static void test_attract__shows_one_picture_after_the_other(void **state)
{
    static const uint32_t colours[] = {0xFF0000, 0x00FF00, 0x0000FF};
    struct fixture *f = *state;

    put_png(f, "1.png", 40, 30, colours[0]);
    put_png(f, "2.png", 40, 30, colours[1]);
    put_png(f, "10.png", 40, 30, colours[2]);
    for (int i = 0; i < 7; i++) {
        const struct attract_picture *picture = next(f, 3);
        assert_non_null(picture);
        assert_int_equal(picture->width_px, 40); // never blown up here: the screen does that
        assert_int_equal(picture->number, i + 1);
        assert_int_equal(picture->argb[0], 0xFF000000 | colours[i % 3]);
        assert_int_equal(picture->argb[40 * 30 - 1], 0xFF000000 | colours[i % 3]);
        assert_int_equal(f->now_ms, 1000 + (i + 1) * EACH_MS);
    }
}

static void test_attract__scales_what_is_larger_than_the_screen(void **state)
{
    struct fixture *f = *state;

    put_png(f, "wide.png", 3000, 1000, 0x123456);
    put_png(f, "zhigh.png", 500, 3000, 0x654321);
    const struct attract_picture *picture = next(f, 3);
    assert_int_equal(picture->width_px, 800);
    assert_in_range(picture->height_px, 266, 267);
    assert_int_equal(picture->argb[800 * 100 + 7], 0xFF123456);
    picture = next(f, 3);
    assert_int_equal(picture->height_px, 480);
    assert_int_equal(picture->width_px, 80);
}

static void test_attract__a_huge_screen_gets_what_the_mailbox_holds(void **state)
{
    struct fixture *f = *state;
    struct attract_picture *picture = calloc(1, sizeof *picture);
    char path[128];

    put_png(f, "large.png", 4000, 3000, 0x778899);
    folder_file(&f->folder, "large.png", path);
    assert_int_equal(attract_read(path, 7680, 4320, picture), STATUS_OK);
    assert_true(picture->width_px * picture->height_px <= ATTRACT_MOST_PX);
    assert_true(picture->width_px > 1000 && picture->height_px > 800);
    free(picture);
}

// A few bytes that claim a million dots square; and the same with a compressed body that goes on for ever.
static void test_attract__bombs_are_not_unpacked(void **state)
{
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                                  0,    15,  66,  64,  0,    15,   66,   64,   8, 6, 0, 0,  0,   0,   0,   0};
    static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF, 0xC2, 0, 17, 8, 0xFF, 0xFF, 0xFF, 0xFF,
                                   3,    1,    17,   0,    2, 17, 0, 3,    17,   0};
    struct fixture *f = *state;
    struct attract_picture *picture = calloc(1, sizeof *picture);
    char path[128];

    put_bytes(f, "a.png", png, sizeof png);
    put_bytes(f, "b.jpg", jpeg, sizeof jpeg);
    put_png(f, "c.png", 4100, 4100, 0); // 16.8 million dots in 70 kB
    for (int i = 0; i < 3; i++) {
        folder_file(&f->folder, (const char *[]){"a.png", "b.jpg", "c.png"}[i], path);
        assert_int_equal(attract_read(path, 800, 480, picture), STATUS_INVALID);
    }
    free(picture);
}

static void test_attract__what_is_no_picture_is_passed_over(void **state)
{
    struct fixture *f = *state;
    uint8_t *giant = calloc(1, ATTRACT_MOST_BYTES + 1);

    put_bytes(f, "0-empty.png", "", 0);
    put_bytes(f, "1-text.jpg", "kein Bild", 9);
    put_bytes(f, "2-half.png", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\4\0\0\0\4\10\2\0\0\0", 29);
    put_bytes(f, "3-giant.png", giant, ATTRACT_MOST_BYTES + 1);
    put_bytes(f, "4-gif.png", "GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", 35);
    put_png(f, "5-good.png", 4, 4, 0xABCDEF);
    free(giant);
    const struct attract_picture *picture = next(f, 8);
    assert_non_null(picture);
    assert_int_equal(picture->argb[0], 0xFFABCDEF);
    drop(f, "5-good.png");
    assert_int_equal(next(f, 16)->width_px, 0); // there is none any more
    put_png(f, "6-new.png", 4, 4, 0x102030);
    picture = next(f, 16);
    assert_int_equal(picture->argb[0], 0xFF102030);
}

// Every file cut short, and with bytes turned: an answer, and no sanitizer's complaint.
static void test_attract__damaged_files_do_no_harm(void **state)
{
    struct fixture *f = *state;
    struct attract_picture *picture = calloc(1, sizeof *picture);
    char path[128];
    uint8_t bytes[4096];

    put_png(f, "whole.png", 64, 48, 0x335577);
    folder_file(&f->folder, "whole.png", path);
    FILE *file = fopen(path, "rb");
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_in_range(length, 60, sizeof bytes - 1);
    srand(22);
    for (int turn = 0; turn < 400; turn++) {
        uint8_t damaged[sizeof bytes];
        size_t kept = turn % 2 ? length : (size_t)rand() % length;
        memcpy(damaged, bytes, length);
        for (int i = 0; turn % 2 && i < 3; i++) damaged[(size_t)rand() % length] = (uint8_t)rand();
        put_bytes(f, "whole.png", damaged, kept);
        if (attract_read(path, 800, 480, picture) != STATUS_OK) continue;
        assert_in_range(picture->width_px, 1, 800);
        assert_in_range(picture->height_px, 1, 480);
    }
    free(picture);
}

static void test_attract__an_empty_folder_is_tried_again_every_minute(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(attract_step(f->attract, f->now_ms), ATTRACT_RETRY_MS);
    assert_int_equal(attract_step(f->attract, f->now_ms + 1000), ATTRACT_RETRY_MS - 1000);
    assert_null(mailbox_take(&f->pictures));
    put_png(f, "late.png", 4, 4, 0x010203);
    assert_null(next(f, 1));
    f->now_ms = 1000 + ATTRACT_RETRY_MS;
    assert_non_null(next(f, 1));
}

static void test_attract__a_folder_that_vanishes_takes_its_pictures_along(void **state)
{
    struct fixture *f = *state;

    put_png(f, "1.png", 4, 4, 0x010203);
    assert_int_equal(next(f, 2)->width_px, 4);
    folder_remove(&f->folder);
    assert_int_equal(next(f, 4)->width_px, 0);
    assert_null(next(f, 4)); // said once
}

static void test_attract__a_single_picture_is_read_once(void **state)
{
    struct fixture *f = *state;

    put_png(f, "1.png", 4, 4, 0x010203);
    assert_non_null(next(f, 2));
    assert_null(next(f, 10));
    put_png(f, "1.png", 5, 5, 0x040506);
    assert_int_equal(next(f, 4)->width_px, 5);
}

// ---- on the screen ----

static void open_front(struct fixture *f)
{
    struct front_config config = stage_front_config(&f->stage, 800, 480);

    config.sponsors = &f->pictures;
    config.attract_after_ms = AFTER_MS;
    assert_int_equal(front_open(&config, &f->front), STATUS_OK);
    stage_camera(&f->stage, true);
}

static void run(struct fixture *f, int64_t ms)
{
    for (int64_t end = f->stage.mono_ms + ms; f->stage.mono_ms < end; f->stage.mono_ms += 20)
        front_step(f->front, f->stage.mono_ms);
}

static bool is_attracting(const struct fixture *f)
{
    return front_page(f->front) == PAGE_ATTRACT;
}

static void touch(const struct fixture *f, float x, float y)
{
    SDL_Event event = {.type = SDL_FINGERDOWN};

    event.tfinger.timestamp = (Uint32)f->stage.mono_ms;
    event.tfinger.x = x;
    event.tfinger.y = y;
    SDL_PushEvent(&event);
}

static void see(struct fixture *f)
{
    struct sighting *sighting = mailbox_writable(&f->stage.sightings);

    *sighting = (struct sighting){.mono_ms = f->stage.mono_ms};
    mailbox_put(&f->stage.sightings);
}

static void test_attract__ready_gives_way_when_nobody_comes(void **state)
{
    struct fixture *f = *state;

    open_front(f);
    run(f, 2 * AFTER_MS);
    assert_false(is_attracting(f)); // there is no picture
    put_png(f, "1.png", 40, 30, 0xFF0000);
    attract_step(f->attract, f->now_ms);
    run(f, 100);
    assert_true(is_attracting(f));
    uint64_t drawn = front_drawn_count(f->front);
    run(f, 5000);
    assert_int_equal(front_drawn_count(f->front), drawn); // stands still
    folder_remove(&f->folder);
    f->now_ms += EACH_MS;
    attract_step(f->attract, f->now_ms);
    run(f, 100);
    assert_false(is_attracting(f));
}

static void test_attract__anything_brings_ready_back(void **state)
{
    struct fixture *f = *state;

    put_png(f, "1.png", 40, 30, 0xFF0000);
    attract_step(f->attract, f->now_ms);
    open_front(f);
    for (int way = 0; way < 6; way++) {
        struct notice count = {.kind = NOTICE_COUNT};
        SDL_Event key = {.type = SDL_KEYDOWN};
        run(f, AFTER_MS + 200);
        assert_true(is_attracting(f));
        key.key.keysym.sym = SDLK_DOWN;
        if (way == 0) see(f);
        if (way == 1) stage_hint(&f->stage, HINT_NEARER);
        if (way == 2) stage_tell(&f->stage, &count);
        if (way == 3) touch(f, 0.5f, 0.5f);
        if (way == 4) touch(f, 0.85f, 0.95f); // a language
        if (way == 5) SDL_PushEvent(&key);
        front_step(f->front, f->stage.mono_ms);
        assert_int_equal(front_page(f->front), PAGE_READY);
        if (way == 1) stage_hint(&f->stage, HINT_NONE);
    }
}

static void test_attract__not_while_the_team_should_look(void **state)
{
    struct fixture *f = *state;

    put_png(f, "1.png", 40, 30, 0xFF0000);
    attract_step(f->attract, f->now_ms);
    open_front(f);
    stage_hint(&f->stage, HINT_COVERED);
    run(f, 2 * AFTER_MS);
    assert_false(is_attracting(f));
    stage_hint(&f->stage, HINT_NONE);
    stage_camera(&f->stage, false);
    run(f, 2 * AFTER_MS);
    assert_false(is_attracting(f));
}

// The scan is answered from there: no step in between, however busy the worker is.
static void test_attract__a_scan_is_answered_at_the_next_step_while_pictures_load(void **state)
{
    struct fixture *f = *state;
    struct notice notice;

    for (int i = 0; i < 6; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d.png", i);
        put_png(f, name, 1500, 1000, 0x112233u * (unsigned)i);
    }
    attract_close(f->attract);
    struct attract_config config = {f->folder.path, 0, 800, 480, &f->stage.clock, NULL, &f->pictures};
    assert_int_equal(attract_open(&config, &f->attract), STATUS_OK);
    open_front(f);
    attract_step(f->attract, f->stage.mono_ms); // its clock stands still from here on: each picture is due at once
    front_step(f->front, f->stage.mono_ms);
    int64_t now_ms = f->stage.mono_ms;
    attract_start(f->attract);
    for (int turn = 0; turn < 20; turn++) {
        for (int i = 0; i < 2 * AFTER_MS / 1000; i++) front_step(f->front, now_ms += 1000);
        assert_true(is_attracting(f));
        stage_notice(REASON_OK, &notice);
        notice.mono_ms = now_ms;
        assert_int_equal(queue_put(&f->stage.notices, &notice), STATUS_OK);
        front_step(f->front, now_ms);
        assert_int_equal(front_page(f->front), PAGE_RESULT);
        front_step(f->front, now_ms += 10000);
    }
    const struct attract_picture *picture = NULL; // the worker was loading, and still is
    while (!picture || picture->number < 3) {
        usleep(1000);
        picture = mailbox_take(&f->pictures);
    }
}

#define attract_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        attract_test(test_attract__shows_one_picture_after_the_other),
        attract_test(test_attract__scales_what_is_larger_than_the_screen),
        attract_test(test_attract__a_huge_screen_gets_what_the_mailbox_holds),
        attract_test(test_attract__bombs_are_not_unpacked),
        attract_test(test_attract__what_is_no_picture_is_passed_over),
        attract_test(test_attract__damaged_files_do_no_harm),
        attract_test(test_attract__an_empty_folder_is_tried_again_every_minute),
        attract_test(test_attract__a_folder_that_vanishes_takes_its_pictures_along),
        attract_test(test_attract__a_single_picture_is_read_once),
        attract_test(test_attract__ready_gives_way_when_nobody_comes),
        attract_test(test_attract__anything_brings_ready_back),
        attract_test(test_attract__not_while_the_team_should_look),
        attract_test(test_attract__a_scan_is_answered_at_the_next_step_while_pictures_load),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
