// The log: one line is one line, whatever is quoted in it.
#include "support/check.h"

#include "base/log.h"

#include <unistd.h>

// What log_write wrote of `name`.
static size_t write_and_read(const char *name, char *out, size_t size)
{
    int ends[2], before = dup(STDERR_FILENO);

    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_write(LOG_WARN, "office", "a kiosk came name=%s", name);
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[1]);
    ssize_t length = read(ends[0], out, size - 1);
    close(ends[0]);
    assert_true(length > 0);
    out[length] = '\0';
    return (size_t)length;
}

static void test_log__stays_one_line_whatever_something_calls_itself(void **state)
{
    char line[256], twice[256];

    (void)state;
    log_set_plain();
    write_and_read("N\nord\r\x1B[2J\x7F\tTür", line, sizeof line);
    assert_string_equal(line, "office: a kiosk came name=N ord  [2J  Tür\n");
    write_and_read("", twice, sizeof twice);
    assert_string_equal(twice, "office: a kiosk came name=\n");
}

static void test_log__cuts_what_is_too_long(void **state)
{
    char name[3000], line[4096];

    (void)state;
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    size_t length = write_and_read(name, line, sizeof line);
    assert_true(length <= 1024);
    assert_int_equal(line[length - 1], '\n');
    assert_int_equal(strcspn(line, "\n"), length - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log__stays_one_line_whatever_something_calls_itself),
        cmocka_unit_test(test_log__cuts_what_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
