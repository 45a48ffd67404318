// shut_down: what is no command doesn't end us. (That a command takes our place: tests/flow/whole_screen_test.py.)
#include "support/check.h"

#include "app/shut_down.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_shut_down__without_a_command_is_nothing_to_do(void **state)
{
    (void)state;
    assert_int_equal(shut_down_become(""), STATUS_OK);
    assert_int_equal(shut_down_become("   "), STATUS_OK);
}

static void test_shut_down__that_can_not_be_is_a_failure(void **state)
{
    (void)state;
    assert_int_equal(shut_down_become("/nowhere/poweroff now"), STATUS_MISSING);
    assert_int_equal(shut_down_become("true 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"), STATUS_INVALID);
}

// The words arrive one by one, no shell reads them, and signals are as a program expects them.
static void test_shut_down__is_a_program_of_its_own(void **state)
{
    int code = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        sigset_t held;
        sigfillset(&held);
        sigprocmask(SIG_SETMASK, &held, NULL);
        signal(SIGPIPE, SIG_IGN);
        if (shut_down_become("test  $HOME;exit = $HOME;exit") != STATUS_OK) _exit(9);
        _exit(8);
    }
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_true(WIFEXITED(code));
    assert_int_equal(WEXITSTATUS(code), 0);
    child = fork();
    if (child == 0) {
        sigset_t held;
        sigfillset(&held);
        sigprocmask(SIG_SETMASK, &held, NULL);
        _exit(shut_down_become("sleep 60") == STATUS_OK ? 8 : 9);
    }
    usleep(100 * 1000);
    kill(child, SIGTERM);
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_true(WIFSIGNALED(code) && WTERMSIG(code) == SIGTERM); // held back by us, but not by it
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shut_down__without_a_command_is_nothing_to_do),
        cmocka_unit_test(test_shut_down__that_can_not_be_is_a_failure),
        cmocka_unit_test(test_shut_down__is_a_program_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
