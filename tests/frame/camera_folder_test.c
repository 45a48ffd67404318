#include "support/check.h"
#include "fakes/step_clock.h"
#include "support/folder.h"

#include "base/file.h"
#include "base/mem.h"
#include "frame/camera.h"
#include "frame/picture_png.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct stage {
    struct folder folder;
    struct camera_config config;
    struct camera *camera;
    struct frame *frame;
};

static int set_up(void **state)
{
    struct stage *stage = mem_zero(sizeof *stage);

    folder_make(&stage->folder);
    stage->frame = mem_zero(sizeof *stage->frame);
    stage->config = (struct camera_config){.frames_per_s = 500, .clock = clock_system()};
    strcpy(stage->config.folder, stage->folder.path);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    camera_close(stage->camera);
    folder_remove(&stage->folder);
    free(stage->frame);
    free(stage);
    return 0;
}

// A picture of one grey tells which file it came from.
static void put_picture(const struct stage *stage, const char *name, uint8_t grey)
{
    uint8_t rgb[3 * 16 * 16];
    char path[128];

    memset(rgb, grey, sizeof rgb);
    folder_file(&stage->folder, name, path);
    assert_int_equal(picture_png_write(path, rgb, 16, 16, 48), STATUS_OK);
}

static void put_garbage(const struct stage *stage, const char *name)
{
    char path[128];

    folder_file(&stage->folder, name, path);
    assert_int_equal(file_write(path, "garbage", 7, 0600), STATUS_OK);
}

static void open_camera(struct stage *stage)
{
    assert_int_equal(camera_folder_open(&stage->config, &stage->camera), STATUS_OK);
}

static enum status read_one(struct stage *stage)
{
    return stage->camera->ops->read(stage->camera, stage->frame);
}

// The next frames are these greys; 0 ends.
static void assert_frames(struct stage *stage, const uint8_t *greys)
{
    for (; *greys; greys++) {
        assert_int_equal(read_one(stage), STATUS_OK);
        assert_int_equal(stage->frame->pixels[0], *greys);
        assert_int_equal(stage->frame->pixels[255], *greys);
        assert_int_equal(stage->frame->width_px, 16);
    }
}

static void test_camera_folder__shows_pictures_by_name_again_and_again(void **state)
{
    struct stage *stage = *state;

    put_picture(stage, "ticket-10.png", 30);
    put_picture(stage, "ticket-2.PNG", 20);
    put_picture(stage, "ticket-1.png", 10);
    put_garbage(stage, "notes.txt");
    put_garbage(stage, ".png");
    open_camera(stage);
    assert_frames(stage, (const uint8_t[]){10, 20, 30, 10, 20, 30, 0});
}

static void test_camera_folder__holds_each_picture_and_stays_on_the_last(void **state)
{
    struct stage *stage = *state;

    put_picture(stage, "a.png", 10);
    put_picture(stage, "b.png", 20);
    stage->config.frames_per_picture = 3;
    stage->config.is_once = true;
    open_camera(stage);
    assert_frames(stage, (const uint8_t[]){10, 10, 10, 20, 20, 20, 20, 20, 20, 20, 20, 0});
}

static void test_camera_folder__passes_over_damaged_files(void **state)
{
    struct stage *stage = *state;

    put_garbage(stage, "1.png");
    put_picture(stage, "2.png", 20);
    put_garbage(stage, "3.jpg");
    put_garbage(stage, "4.png");
    open_camera(stage);
    assert_frames(stage, (const uint8_t[]){20, 20, 20, 0});
    put_picture(stage, "4.png", 40); // now whole
    assert_int_equal(read_one(stage), STATUS_OK);
    assert_frames(stage, (const uint8_t[]){20, 40, 20, 40, 0});
}

static void test_camera_folder__takes_in_what_is_added_and_misses_what_is_removed(void **state)
{
    struct stage *stage = *state;
    char path[128];

    open_camera(stage);
    assert_int_equal(read_one(stage), STATUS_LATER); // empty
    put_picture(stage, "b.png", 20);
    assert_frames(stage, (const uint8_t[]){20, 20, 0});
    put_picture(stage, "a.png", 10);
    assert_frames(stage, (const uint8_t[]){10, 20, 10, 20, 0});
    folder_file(&stage->folder, "a.png", path);
    assert_int_equal(unlink(path), 0);
    assert_frames(stage, (const uint8_t[]){20, 20, 20, 0});
}

// The file is spoiled behind the camera's back, with size and time as before: if it were unpacked for each frame, the
// picture would be lost.
static void test_camera_folder__unpacks_a_picture_once(void **state)
{
    struct stage *stage = *state;
    struct stat before;
    char path[128];

    put_picture(stage, "a.png", 10);
    open_camera(stage);
    assert_frames(stage, (const uint8_t[]){10, 10, 0});
    folder_file(&stage->folder, "a.png", path);
    assert_int_equal(stat(path, &before), 0);
    int fd = open(path, O_WRONLY);
    assert_int_equal(write(fd, "spoiled", 7), 7);
    close(fd);
    const struct timespec times[2] = {before.st_atim, before.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    memset(stage->frame, 0, sizeof *stage->frame); // nor may it rely on what the frame still holds
    assert_frames(stage, (const uint8_t[]){10, 10, 10, 0});
    put_picture(stage, "a.png", 50); // another time
    assert_frames(stage, (const uint8_t[]){50, 50, 0});
}

static void test_camera_folder__is_gone_with_its_folder(void **state)
{
    struct stage *stage = *state;
    struct camera *camera;

    put_picture(stage, "a.png", 10);
    open_camera(stage);
    assert_frames(stage, (const uint8_t[]){10, 0});
    folder_remove(&stage->folder);
    assert_int_equal(read_one(stage), STATUS_GONE);
    assert_int_equal(camera_folder_open(&stage->config, &camera), STATUS_MISSING);
    strcpy(stage->config.folder, "/dev/null");
    assert_int_equal(camera_folder_open(&stage->config, &camera), STATUS_INVALID);
}

// Time stands still unless it is moved here: a read waits for what is due soon, and else says so.
static void test_camera_folder__keeps_the_rate_and_never_blocks_long(void **state)
{
    struct stage *stage = *state;
    struct step_clock clock;

    step_clock_init(&clock, 100000);
    put_picture(stage, "a.png", 10);
    stage->config.clock = &clock.clock;
    stage->config.frames_per_s = 50;
    open_camera(stage);
    for (int i = 0; i < 11; i++) // the first, and those of the next 200 ms
        assert_int_equal(read_one(stage), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(read_one(stage), STATUS_LATER);
        clock.now_ms += 20;
        assert_int_equal(read_one(stage), STATUS_OK);
    }
    camera_close(stage->camera);
    stage->config.frames_per_s = 0.5;
    open_camera(stage);
    assert_int_equal(read_one(stage), STATUS_OK);
    assert_int_equal(read_one(stage), STATUS_LATER);
    clock.now_ms += 1700;
    assert_int_equal(read_one(stage), STATUS_LATER);
    clock.now_ms += 100;
    assert_int_equal(read_one(stage), STATUS_OK);
}

#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(test_camera_folder__shows_pictures_by_name_again_and_again),
        WITH_STAGE(test_camera_folder__holds_each_picture_and_stays_on_the_last),
        WITH_STAGE(test_camera_folder__passes_over_damaged_files),
        WITH_STAGE(test_camera_folder__takes_in_what_is_added_and_misses_what_is_removed),
        WITH_STAGE(test_camera_folder__unpacks_a_picture_once),
        WITH_STAGE(test_camera_folder__is_gone_with_its_folder),
        WITH_STAGE(test_camera_folder__keeps_the_rate_and_never_blocks_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
