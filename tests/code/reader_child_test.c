// What a picture that takes over the reading process can do: cost its own frame, and nothing else.
#include "support/check.h"
#include "fakes/hostile.h"
#include "fakes/step_clock.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "base/text.h"
#include "code/cage.h"
#include "code/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// What a frame may cost: 100 ms in truth; here, a machine that does other things meanwhile.
enum { BUDGET_MS = CAGE_IS_SANITIZED ? 400 : 80, MOST_MS = BUDGET_MS + 1000, FRAME_MS = 300, RESTARTS = 1000 };

struct view {
    struct step_clock clock;
    struct reader *reader;
    struct frame *frame;
    struct reading *reading;
    uint8_t turn;
    char folder[64];
};

static void open_reader(struct view *view, const char *program)
{
    struct reader_config config = {&view->clock.clock, BUDGET_MS, program};

    assert_int_equal(reader_child_open(&config, &view->reader), STATUS_OK);
}

static int set_up(void **state)
{
    struct view *view = mem_zero(sizeof *view);

    step_clock_init(&view->clock, 1000);
    view->frame = mem_zero(sizeof *view->frame);
    view->reading = mem_zero(sizeof *view->reading);
    text_copy(view->folder, sizeof view->folder, "/tmp/einlass-hostile-XXXXXX");
    assert_non_null(mkdtemp(view->folder));
    *state = view;
    return 0;
}

static int set_up_hostile(void **state)
{
    set_up(state);
    open_reader(*state, HOSTILE_PROGRAM);
    return 0;
}

static int tear_down(void **state)
{
    struct view *view = *state;

    reader_close(view->reader);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); // no child is left, not even a dead one
    assert_int_equal(errno, ECHILD);
    assert_int_equal(rmdir(view->folder), 0); // no file appeared
    free(view->reading);
    free(view->frame);
    free(view);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void read_frame(struct view *view)
{
    int64_t began_ms = now_ms();

    view->clock.now_ms += FRAME_MS;
    view->frame->mono_ms = view->clock.now_ms;
    view->reader->ops->read(view->reader, view->frame, view->reading);
    assert_in_range(now_ms() - began_ms, 0, MOST_MS);
}

// A picture no other equals, that says what to do.
static void show(struct view *view, enum hostile_act act, const char *path)
{
    struct frame *frame = view->frame;

    qr_image_clear(frame, 64, 64, 120);
    frame->pixels[0] = (uint8_t)act;
    memcpy(frame->pixels + 1, &(uint8_t){++view->turn}, 1);
    text_copy((char *)frame->pixels + HOSTILE_PATH_AT, HOSTILE_PATH_SIZE, path);
    frame_seal(frame);
    read_frame(view);
}

static bool has_read(const struct view *view, const char *text)
{
    return view->reading->count == 1 && view->reading->codes[0].length == strlen(text) &&
           memcmp(view->reading->codes[0].text, text, strlen(text)) == 0;
}

static void assert_goes_on(struct view *view)
{
    show(view, HOSTILE_READ, "");
    assert_true(has_read(view, HOSTILE_FINE));
    assert_int_equal(view->reading->codes[0].mono_ms, view->clock.now_ms);
}

// Each act in its turn: nothing is read of it, and the next frame is read.
static void assert_each_costs_a_frame(struct view *view, enum hostile_act first, enum hostile_act last)
{
    for (enum hostile_act act = first; act <= last; act++) {
        if (act == HOSTILE_EAT_MEMORY && CAGE_IS_SANITIZED) continue; // no limit there
        show(view, act, "");
        if (view->reading->count != 0) print_error("act %d\n", (int)act);
        assert_int_equal(view->reading->count, 0);
        assert_goes_on(view);
    }
}

static void test_reader_child__a_crash_costs_one_frame(void **state)
{
    assert_each_costs_a_frame(*state, HOSTILE_WRITE_NULL, HOSTILE_EAT_MEMORY);
}

static void test_reader_child__a_hang_costs_one_frame(void **state)
{
    assert_each_costs_a_frame(*state, HOSTILE_SPIN, HOSTILE_CLOSE_SOCKET);
}

static void test_reader_child__a_lie_is_not_believed(void **state)
{
    assert_each_costs_a_frame(*state, HOSTILE_COUNT_TOO_MANY, HOSTILE_SEND_EMPTY);
}

// It may come before the next ring or after: then it costs that frame, but is never taken for its answer.
static void test_reader_child__a_second_answer_is_not_the_next_ones(void **state)
{
    struct view *view = *state;

    for (int i = 0; i < 20; i++) {
        show(view, HOSTILE_ANSWER_TWICE, "");
        assert_true(has_read(view, HOSTILE_FINE));
        show(view, HOSTILE_TELL_ENVIRONMENT, "");
        assert_true(view->reading->count == 0 || has_read(view, "0"));
        assert_goes_on(view);
    }
}

static void test_reader_child__is_refused_files_memory_to_run_and_limits(void **state)
{
    struct view *view = *state;
    char path[128], there[128];

    snprintf(path, sizeof path, "%s/made", view->folder);
    snprintf(there, sizeof there, "%s/there", view->folder);
    close(open(there, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    for (enum hostile_act act = HOSTILE_OPEN_FILE; act <= HOSTILE_SIGNAL_THREAD; act++) {
        if (CAGE_IS_SANITIZED && act == HOSTILE_MAKE_DUMPABLE) continue; // may be called there
        show(view, act, act == HOSTILE_MAKE_FILE ? path : there);
        if (!has_read(view, HOSTILE_REFUSED))
            print_error("act %d: %.*s\n", (int)act, (int)view->reading->codes[0].length, view->reading->codes[0].text);
        assert_true(has_read(view, HOSTILE_REFUSED));
    }
    assert_int_equal(unlink(there), 0); // it could not
}

// Under a sanitizer these are refused instead.
static void test_reader_child__ends_when_it_wants_network_or_processes(void **state)
{
    struct view *view = *state;

    for (enum hostile_act act = HOSTILE_OPEN_SOCKET; act <= HOSTILE_READ_PARENT; act++) {
        show(view, act, "");
        if (CAGE_IS_SANITIZED) assert_true(has_read(view, HOSTILE_REFUSED));
        else assert_int_equal(view->reading->count, 0);
        assert_goes_on(view);
    }
}

static void test_reader_child__inherits_a_socket_the_memory_and_nothing_else(void **state)
{
    struct view *view = *state;
    int open_here = open("/dev/null", O_RDONLY); // not closed on exec, as a library may leave one

    setenv("SECRET", "1", 1);
    for (int i = 0; i < 2; i++) { // the second process starts while the first has its descriptors
        show(view, HOSTILE_TELL_DESCRIPTORS, "");
        assert_true(has_read(view, "0 1 2 3 ")); // the memory's is closed by then
        show(view, HOSTILE_TELL_ENVIRONMENT, "");
        assert_true(has_read(view, "0"));
        show(view, HOSTILE_ABORT, "");
    }
    close(open_here);
}

static int count_in(const char *path)
{
    DIR *folder = opendir(path);
    int count = 0;

    assert_non_null(folder);
    while (readdir(folder)) count++;
    closedir(folder);
    return count;
}

static void test_reader_child__a_thousand_restarts_leave_nothing_behind(void **state)
{
    struct view *view = *state;
    int before, restarts = CAGE_IS_SANITIZED ? RESTARTS / 20 : RESTARTS;

    show(view, HOSTILE_EXIT, "");
    assert_goes_on(view);
    before = count_in("/proc/self/fd");
    for (int i = 0; i < restarts; i++) {
        show(view, i % 2 ? HOSTILE_EXIT : HOSTILE_COUNT_HUGE, "");
        assert_int_equal(view->reading->count, 0);
        if (i % 50 == 0) assert_goes_on(view);
    }
    assert_goes_on(view);
    assert_int_equal(count_in("/proc/self/fd"), before);
}

// The pids of our children.
static int list_children(pid_t pids[4])
{
    char path[64];
    int count = 0;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    while (count < 4 && fscanf(file, "%d", &pids[count]) == 1) count++;
    fclose(file);
    return count;
}

static void test_reader_child__death_between_frames_costs_none(void **state)
{
    struct view *view = *state;
    pid_t pids[4];

    assert_goes_on(view);
    for (int i = 0; i < 5; i++) {
        int count = list_children(pids);
        if (count == 0) skip(); // a kernel that doesn't tell
        assert_int_equal(count, 2);
        kill(pids[i % 2], SIGKILL);
        usleep(20000);
        assert_goes_on(view);
    }
}

static void test_reader_child__a_stopped_one_costs_one_frame(void **state)
{
    struct view *view = *state;
    pid_t pids[4];

    assert_goes_on(view);
    if (list_children(pids) == 0) skip();
    kill(pids[0], SIGSTOP);
    show(view, HOSTILE_READ, "");
    assert_int_equal(view->reading->count, 0);
    assert_goes_on(view);
}

// A still picture that kills is tried three times and then left alone; the next picture is read.
static void test_reader_child__a_still_killer_is_left_alone(void **state)
{
    struct view *view = *state;

    show(view, HOSTILE_ABORT, "");
    for (int i = 0; i < 2; i++) {
        assert_false(view->reading->is_exhausted);
        read_frame(view);
    }
    for (int i = 0; i < 5; i++) {
        read_frame(view);
        assert_true(view->reading->is_exhausted);
        assert_int_equal(view->reading->count, 0);
    }
    assert_goes_on(view);
}

// Killers at a hundred a second: processes are rationed, and a second later all is well.
static void test_reader_child__starts_are_rationed(void **state)
{
    struct view *view = *state;
    pid_t pids[4];

    for (int i = 0; i < 30; i++) {
        show(view, HOSTILE_EXIT, "");
        view->clock.now_ms -= FRAME_MS - 10;
    }
    assert_int_equal(list_children(pids), 0);
    view->clock.now_ms += 300;
    assert_goes_on(view);
    assert_goes_on(view);
}

static void test_reader_child__one_that_grows_is_replaced_and_no_frame_lost(void **state)
{
    struct view *view = *state;
    pid_t before[4], after[4];

    if (CAGE_IS_SANITIZED) skip(); // a sanitizer grows by itself
    assert_goes_on(view);
    if (list_children(before) == 0) skip();
    for (int i = 0; i < 2 * 256 + 1; i++) {
        bool leaks = i > 256 && i < 256 + 20;
        show(view, leaks ? HOSTILE_LEAK : HOSTILE_READ, "");
        assert_true(has_read(view, HOSTILE_FINE));
    }
    usleep(20000); // the old one is gone
    assert_goes_on(view);
    assert_int_equal(list_children(after), 2);
    assert_int_equal(after[0], before[1]);
}

static void test_reader_child__says_when_the_program_is_missing_or_ends(void **state)
{
    struct view *view = *state;
    struct reader_config config = {&view->clock.clock, BUDGET_MS, "/nowhere/einlass-reader"};

    assert_int_equal(reader_child_open(&config, &view->reader), STATUS_MISSING);
    config.program = "/bin/true";
    assert_int_equal(reader_child_open(&config, &view->reader), STATUS_GONE);
    assert_null(view->reader);
}

// The real one, on a real picture: the same as without a process between.
static void test_reader_child__reads_as_the_local_one(void **state)
{
    struct view *view = *state;
    struct reader_config config = {&view->clock.clock, BUDGET_MS, NULL};
    struct reading *local = mem_zero(sizeof *local);
    struct reader *reader;
    char text[QR_IMAGE_TICKET_DIGITS + 1];

    open_reader(view, READER_PROGRAM);
    assert_int_equal(reader_local_open(&config, &reader), STATUS_OK);
    qr_image_ticket_text(text, 7);
    qr_image_clear(view->frame, 640, 480, 120);
    qr_image_draw(view->frame, &(struct qr_image){text, 4, 4, 300, 100, false});
    read_frame(view);
    reader->ops->read(reader, view->frame, local);
    assert_true(has_read(view, text));
    assert_int_equal(local->count, 1);
    assert_memory_equal(view->reading->sightings, local->sightings, sizeof local->sightings[0]);
    assert_int_equal(view->reading->codes[0].mono_ms, view->clock.now_ms);
    reader_close(reader);
    free(local);
}

#define HOSTILE(test) cmocka_unit_test_setup_teardown(test, set_up_hostile, tear_down)
#define PLAIN(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTILE(test_reader_child__a_crash_costs_one_frame),
        HOSTILE(test_reader_child__a_hang_costs_one_frame),
        HOSTILE(test_reader_child__a_lie_is_not_believed),
        HOSTILE(test_reader_child__a_second_answer_is_not_the_next_ones),
        HOSTILE(test_reader_child__is_refused_files_memory_to_run_and_limits),
        HOSTILE(test_reader_child__ends_when_it_wants_network_or_processes),
        HOSTILE(test_reader_child__inherits_a_socket_the_memory_and_nothing_else),
        HOSTILE(test_reader_child__a_thousand_restarts_leave_nothing_behind),
        HOSTILE(test_reader_child__death_between_frames_costs_none),
        HOSTILE(test_reader_child__a_stopped_one_costs_one_frame),
        HOSTILE(test_reader_child__a_still_killer_is_left_alone),
        HOSTILE(test_reader_child__starts_are_rationed),
        HOSTILE(test_reader_child__one_that_grows_is_replaced_and_no_frame_lost),
        PLAIN(test_reader_child__says_when_the_program_is_missing_or_ends),
        PLAIN(test_reader_child__reads_as_the_local_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
