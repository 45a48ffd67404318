// Pictures that nobody should show, through the reader as the kiosk has it: 10,000, or a million with EINLASS_LONG=1.
// Whatever becomes of the process that reads, this one goes on and each read comes back in time. And memory: frames by
// the thousand leave neither side larger.
#include "support/check.h"
#include "fakes/step_clock.h"
#include "support/fuzz_picture.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/cage.h"
#include "code/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// The clock of the reader stands still within a read and moves on between two: no process is rationed, each picture is
// looked at. A read has its budget, and what a machine with other work takes to give us a turn.
enum {
    BUDGET_MS = 80,
    PATIENT_MS = 10000,
    FRAME_MS = 50,
    LOOKS = 3,
    MOST_MS = BUDGET_MS * CAGE_SLOWNESS + 60000, // it ends; this process may wait for a core
    SEED = 20261122
};
enum { PICTURES = CAGE_IS_SANITIZED ? 2000 : 10000, PICTURES_LONG = 1000000 };
enum { WARM_FRAMES = 1000, FRAMES = 2000, FRAMES_LONG = 100000, GROWTH_MOST_BYTES = 1 << 20 };

struct view {
    struct step_clock clock;
    struct reader *reader;
    struct frame *frame;
    struct reading *reading;
};

static int set_up(void **state, int budget_ms)
{
    struct view *view = mem_zero(sizeof *view);
    struct reader_config config = {&view->clock.clock, budget_ms, READER_PROGRAM};

    step_clock_init(&view->clock, 1000);
    assert_int_equal(reader_child_open(&config, &view->reader), STATUS_OK);
    view->frame = mem_zero(sizeof *view->frame);
    view->reading = mem_zero(sizeof *view->reading);
    *state = view;
    return 0;
}

static int set_up_as_at_a_door(void **state)
{
    return set_up(state, BUDGET_MS);
}

// A busy machine must not end the process whose memory is looked at.
static int set_up_patient(void **state)
{
    return set_up(state, PATIENT_MS);
}

static int tear_down(void **state)
{
    struct view *view = *state;

    reader_close(view->reader);
    free(view->reading);
    free(view->frame);
    free(view);
    return 0;
}

static int how_many(int usual, int in_long)
{
    return getenv("EINLASS_LONG") ? in_long : usual;
}

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static double read_frame(struct view *view)
{
    double began_ms = now_ms();

    view->clock.now_ms += FRAME_MS;
    view->frame->mono_ms = view->clock.now_ms;
    view->reader->ops->read(view->reader, view->frame, view->reading);
    return now_ms() - began_ms;
}

static void draw_ticket(struct frame *frame, unsigned seed)
{
    char text[QR_IMAGE_TICKET_DIGITS + 1];

    qr_image_ticket_text(text, seed);
    qr_image_clear(frame, 320, 240, 120);
    qr_image_draw(frame, &(struct qr_image){text, 4, 4, (int)(seed % 40), (int)(seed % 30), false});
}

static void test_reader_child__outlives_every_picture(void **state)
{
    struct view *view = *state;
    struct fuzz_picture *fuzz = fuzz_picture_open(SEED);
    int count = how_many(PICTURES, PICTURES_LONG), read_count = 0;
    double slowest_ms = 0, began_ms = now_ms();

    for (int i = 0; i < count; i++) {
        fuzz_picture_draw(fuzz, view->frame);
        bool is_read = false;
        for (int look = 0; look < (i % 4 == 0 ? LOOKS : 1) && !is_read; look++) {
            double took_ms = read_frame(view);
            if (took_ms > slowest_ms) slowest_ms = took_ms;
            assert_true(took_ms < MOST_MS);
            is_read = view->reading->count > 0;
        }
        read_count += is_read;
    }
    printf("%d pictures in %.0f s: %d read, %u processes ended, slowest read %.1f ms\n", count,
           (now_ms() - began_ms) / 1e3, read_count, reader_child_ended(view->reader), slowest_ms);
    assert_in_range(read_count, count / 10, count); // or it looked at nothing
    draw_ticket(view->frame, 1);
    view->reading->count = 0;
    for (int i = 0; i < 4 && view->reading->count == 0; i++) read_frame(view);
    assert_int_equal(view->reading->count, 1);
    fuzz_picture_close(fuzz);
}

static long resident_bytes(int pid)
{
    char path[64];
    long pages = 0;

    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static int reading_pid(void)
{
    char path[64];
    int pid = 0;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    if (!file || fscanf(file, "%d", &pid) != 1) skip(); // a kernel that doesn't tell
    fclose(file);
    return pid;
}

// A ticket, another one, nothing, by turns.
static void read_frames(struct view *view, int count)
{
    for (int i = 0; i < count; i++) {
        if (i % 3 == 2) qr_image_clear(view->frame, 320, 240, (uint8_t)i);
        else draw_ticket(view->frame, (unsigned)i % 1000);
        read_frame(view);
    }
}

static void test_reader_child__does_not_grow_with_frames(void **state)
{
    struct view *view = *state;
    int count = how_many(FRAMES, FRAMES_LONG), pid = reading_pid();

    if (CAGE_IS_SANITIZED) skip(); // a sanitizer keeps what was freed
    read_frames(view, WARM_FRAMES);
    long ours_before = resident_bytes(getpid()), its_before = resident_bytes(pid);
    read_frames(view, count);
    assert_int_equal(reading_pid(), pid); // the same one all the time
    long ours = resident_bytes(getpid()) - ours_before, its = resident_bytes(pid) - its_before;
    printf("%d frames: %ld KiB more here, %ld KiB more there\n", count, ours / 1024, its / 1024);
    assert_true(ours < GROWTH_MOST_BYTES);
    assert_true(its < GROWTH_MOST_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reader_child__outlives_every_picture, set_up_as_at_a_door, tear_down),
        cmocka_unit_test_setup_teardown(test_reader_child__does_not_grow_with_frames, set_up_patient, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
