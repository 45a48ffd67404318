// The processes that read, and the one in reserve: killed, stopped, growing, started again a thousand times.
#include "support/check.h"
#include "code/visitor.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>

enum { RESTARTS = CAGE_IS_SANITIZED ? 50 : 1000 };

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
    struct visitor *visitor = *state;
    int before;

    visitor_show(visitor, HOSTILE_EXIT, "");
    visitor_assert_goes_on(visitor);
    before = count_in("/proc/self/fd");
    for (int i = 0; i < RESTARTS; i++) {
        visitor_show(visitor, i % 2 ? HOSTILE_EXIT : HOSTILE_COUNT_HUGE, "");
        assert_int_equal(visitor->reading->count, 0);
        if (i % 50 == 0) visitor_assert_goes_on(visitor);
    }
    visitor_assert_goes_on(visitor);
    assert_int_equal(count_in("/proc/self/fd"), before);
}

static void kill_and_await(pid_t pid)
{
    siginfo_t ended;

    kill(pid, SIGKILL);
    assert_int_equal(waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOWAIT), 0);
}

static void test_reader_child__death_between_frames_costs_none(void **state)
{
    struct visitor *visitor = *state;

    for (int i = 0; i < 5; i++) {
        struct visitor_processes processes = visitor_settle(visitor);
        kill_and_await(i % 2 ? processes.reading : processes.spare);
        visitor_assert_goes_on(visitor);
    }
}

static void test_reader_child__a_stopped_one_costs_one_frame(void **state)
{
    struct visitor *visitor = *state;

    kill(visitor_settle(visitor).reading, SIGSTOP);
    visitor_show(visitor, HOSTILE_READ, "");
    assert_int_equal(visitor->reading->count, 0);
    visitor_assert_goes_on(visitor);
}

// A spare that was stopped before it was ready. It may be the faster one: then it is tried with another.
static pid_t stop_one_that_begins(struct visitor *visitor)
{
    for (int i = 0; i < 50; i++) {
        struct visitor_processes before = visitor_settle(visitor);
        kill_and_await(before.spare);
        visitor->is_hasty = true;
        visitor_assert_goes_on(visitor); // starts it
        visitor->is_hasty = false;
        pid_t spare = visitor_other_process(before.reading);
        kill(spare, SIGSTOP);
        if (!visitor_is_caged(spare)) return spare;
        kill_and_await(spare);
    }
    fail_msg("none could be stopped in time");
    return 0;
}

// It is no use as a spare. Another one takes its place.
static void test_reader_child__one_that_never_begins_is_passed_over(void **state)
{
    struct visitor *visitor = *state;
    pid_t stopped = stop_one_that_begins(visitor);

    kill_and_await(visitor_other_process(stopped));
    visitor_show(visitor, HOSTILE_READ, ""); // waits for it in vain
    for (int i = 0; i < 40; i++) visitor_assert_goes_on(visitor);
    assert_int_equal(kill(stopped, 0), -1); // given up by now
}

// A still picture that kills is tried three times, then once a second; the next picture is read.
static void test_reader_child__a_still_killer_is_left_alone(void **state)
{
    enum { SECONDS = 6 };
    struct visitor *visitor = *state;

    visitor_show(visitor, HOSTILE_ABORT, "");
    for (int i = 0; i < 2; i++) visitor_read(visitor);
    assert_int_equal(reader_child_ended(visitor->reader), 3);
    visitor_read(visitor);
    assert_int_equal(reader_child_ended(visitor->reader), 3);
    for (int i = 0; i < SECONDS * 1000 / VISITOR_FRAME_MS; i++) {
        visitor_read(visitor);
        assert_int_equal(visitor->reading->count, 0);
        assert_false(visitor->reading->is_exhausted);
    }
    assert_in_range(reader_child_ended(visitor->reader), 3 + SECONDS / 2, 3 + SECONDS);
    visitor_assert_goes_on(visitor);
}

// Killers at a hundred a second: processes are rationed, and a second later all is well.
static void test_reader_child__starts_are_rationed(void **state)
{
    struct visitor *visitor = *state;

    for (int i = 0; i < 30; i++) {
        visitor_show(visitor, HOSTILE_EXIT, "");
        visitor->clock.now_ms -= VISITOR_FRAME_MS - 10;
    }
    assert_int_equal(visitor_count_processes(), 0);
    visitor->clock.now_ms += 300;
    visitor_assert_goes_on(visitor);
    visitor_assert_goes_on(visitor);
}

static void test_reader_child__one_that_grows_is_replaced_and_no_frame_lost(void **state)
{
    struct visitor *visitor = *state;

    if (CAGE_IS_SANITIZED) skip(); // a sanitizer grows by itself
    struct visitor_processes before = visitor_settle(visitor);
    for (int i = 0; i < 2 * 256 + 1; i++) {
        bool leaks = i > 256 && i < 256 + 20;
        visitor_show(visitor, leaks ? HOSTILE_LEAK : HOSTILE_READ, "");
        assert_true(visitor_has_read(visitor, HOSTILE_FINE));
    }
    assert_int_equal(visitor_settle(visitor).reading, before.spare);
}

#define HOSTILE(test) cmocka_unit_test_setup_teardown(test, visitor_set_up_hostile, visitor_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTILE(test_reader_child__a_thousand_restarts_leave_nothing_behind),
        HOSTILE(test_reader_child__death_between_frames_costs_none),
        HOSTILE(test_reader_child__a_stopped_one_costs_one_frame),
        HOSTILE(test_reader_child__one_that_never_begins_is_passed_over),
        HOSTILE(test_reader_child__a_still_killer_is_left_alone),
        HOSTILE(test_reader_child__starts_are_rationed),
        HOSTILE(test_reader_child__one_that_grows_is_replaced_and_no_frame_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
