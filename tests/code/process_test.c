#include "support/check.h"

#include "code/process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 60000 }; // looks, a millisecond apart

static volatile int sink;

static pid_t start(bool spins)
{
    pid_t pid = fork();

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (spins) sink++;
        for (;;) pause();
    }
    assert_true(pid > 0);
    return pid;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

// Waits for what the kernel says.
static bool comes_to_be(pid_t pid, bool is_runnable)
{
    for (int i = 0; i < PATIENCE && process_is_runnable(pid) != is_runnable; i++) usleep(1000);
    return process_is_runnable(pid) == is_runnable;
}

static void test_process__one_that_computes_uses_time(void **state)
{
    pid_t pid = start(true);

    (void)state;
    assert_true(comes_to_be(pid, true));
    int64_t before_us = process_cpu_us(pid);
    assert_true(before_us >= 0);
    for (int i = 0; i < PATIENCE && process_cpu_us(pid) - before_us < 5000; i++) usleep(1000);
    assert_true(process_cpu_us(pid) - before_us >= 5000);
    assert_true(process_resident_bytes(pid) > 0);
    end(pid);
}

static void test_process__one_that_sleeps_or_is_stopped_does_not(void **state)
{
    pid_t sleeping = start(false), stopped = start(true);

    (void)state;
    kill(stopped, SIGSTOP);
    assert_true(comes_to_be(sleeping, false));
    assert_true(comes_to_be(stopped, false));
    int64_t before_us = process_cpu_us(sleeping) + process_cpu_us(stopped);
    usleep(20000);
    assert_true(process_cpu_us(sleeping) + process_cpu_us(stopped) - before_us < 5000);
    end(sleeping);
    end(stopped);
}

static void test_process__of_none_nothing_is_known(void **state)
{
    pid_t pid = start(true);

    (void)state;
    end(pid);
    assert_false(process_is_runnable(pid));
    assert_true(process_cpu_us(pid) < 0);
    assert_int_equal(process_resident_bytes(pid), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_process__one_that_computes_uses_time),
        cmocka_unit_test(test_process__one_that_sleeps_or_is_stopped_does_not),
        cmocka_unit_test(test_process__of_none_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
