// Whose time a read may take: the reading process's own. One that hangs is cut off at its budget; one that waits for a
// core is not.
#include "support/check.h"
#include "code/visitor.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    BUDGET_MS = VISITOR_BUDGET_MS * CAGE_SLOWNESS,
    MOST_MS = 100 * CAGE_SLOWNESS,
    TRIALS = 20,
    LOOPS = CAGE_IS_SANITIZED ? 2 : 5,
    SPINNERS = 8
};

static int64_t now_ms(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t children_cpu_ms(void)
{
    struct rusage used;

    getrusage(RUSAGE_CHILDREN, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

// How long the frame took that shows this: the first that is quick enough, else the shortest of all, as this process
// may wait for a core, too.
static int64_t measure_shortest_ms(struct visitor *visitor, enum hostile_act act, bool stops)
{
    int64_t shortest_ms = INT64_MAX;
    unsigned trials = 0;

    for (; trials < TRIALS && shortest_ms > MOST_MS; trials++) {
        struct visitor_processes processes = visitor_settle(visitor);
        if (stops) kill(processes.reading, SIGSTOP);
        int64_t began_ms = now_ms(CLOCK_MONOTONIC);
        visitor->is_hasty = true;
        visitor_show(visitor, act, "");
        int64_t took_ms = now_ms(CLOCK_MONOTONIC) - began_ms;
        visitor->is_hasty = false;
        assert_int_equal(visitor->reading->count, 0);
        if (took_ms < shortest_ms) shortest_ms = took_ms;
    }
    assert_int_equal(reader_child_ended(visitor->reader), trials);
    return shortest_ms;
}

static void test_reader_child__a_stopped_one_costs_its_budget(void **state)
{
    assert_in_range(measure_shortest_ms(*state, HOSTILE_READ, true), BUDGET_MS - 1, MOST_MS);
}

static void test_reader_child__a_sleeping_one_costs_its_budget(void **state)
{
    assert_in_range(measure_shortest_ms(*state, HOSTILE_SLEEP, false), BUDGET_MS - 1, MOST_MS);
}

// However busy the machine is. What a process takes to begin counts, too.
static void test_reader_child__a_looping_one_costs_its_budget_of_a_core(void **state)
{
    struct visitor *visitor = *state;
    int64_t before_ms = children_cpu_ms();

    for (int i = 0; i < LOOPS; i++) {
        visitor_show(visitor, HOSTILE_SPIN, "");
        assert_int_equal(visitor->reading->count, 0);
    }
    reader_close(visitor->reader);
    visitor->reader = NULL;
    int64_t used_ms = (children_cpu_ms() - before_ms) / LOOPS;
    assert_in_range(used_ms, BUDGET_MS / 2, MOST_MS);
}

static void start_spinners(pid_t pids[SPINNERS])
{
    static volatile int sink;

    for (int i = 0; i < SPINNERS; i++) {
        if ((pids[i] = fork()) > 0) continue;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) sink++;
    }
}

static void end_spinners(const pid_t pids[SPINNERS])
{
    for (int i = 0; i < SPINNERS; i++) kill(pids[i], SIGKILL);
    for (int i = 0; i < SPINNERS; i++) waitpid(pids[i], NULL, 0);
}

// All on one core, whatever the machine has: what a read takes of it, it takes nine times as long for.
static void test_reader_child__one_that_waits_for_a_core_reads_every_frame(void **state)
{
    enum { FRAMES = 20 };
    struct visitor *visitor = *state;
    pid_t pids[SPINNERS];
    cpu_set_t before, one;
    int read_count = 0, late_count = 0;

    sched_getaffinity(0, sizeof before, &before);
    CPU_ZERO(&one);
    CPU_SET((unsigned)sched_getcpu(), &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    visitor_open(visitor, HOSTILE_PROGRAM);
    start_spinners(pids);
    visitor->is_hasty = true;
    for (int i = 0; i < FRAMES; i++) {
        int64_t began_ms = now_ms(CLOCK_MONOTONIC);
        visitor_show(visitor, HOSTILE_WORK, "");
        read_count += visitor_has_read(visitor, HOSTILE_FINE);
        late_count += now_ms(CLOCK_MONOTONIC) - began_ms > VISITOR_BUDGET_MS;
    }
    end_spinners(pids);
    sched_setaffinity(0, sizeof before, &before);
    assert_int_equal(read_count, FRAMES);
    assert_int_equal(reader_child_ended(visitor->reader), 0);
    assert_true(late_count > 0); // it was busy indeed
}

#define HOSTILE(test) cmocka_unit_test_setup_teardown(test, visitor_set_up_hostile, visitor_tear_down)
#define PLAIN(test) cmocka_unit_test_setup_teardown(test, visitor_set_up, visitor_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTILE(test_reader_child__a_stopped_one_costs_its_budget),
        HOSTILE(test_reader_child__a_sleeping_one_costs_its_budget),
        HOSTILE(test_reader_child__a_looping_one_costs_its_budget_of_a_core),
        PLAIN(test_reader_child__one_that_waits_for_a_core_reads_every_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
