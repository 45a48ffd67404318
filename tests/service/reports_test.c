// Reports are written by a thread of their own: whoever asks is never held up, and nobody else is.
#include "service/bureau.h"

#include "service/parts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct report_order attendance = {BUREAU_EVENT, REPORT_ATTENDANCE, REPORT_CSV};

static struct reports *open_reports(struct bureau *bureau)
{
    struct reports *reports;

    assert_int_equal(reports_open(bureau->records_path, clock_system(), &reports), STATUS_OK);
    return reports;
}

static enum status wait_for(struct reports *reports, const struct report_order *order, char **text_out)
{
    enum status status;
    size_t length;

    for (int i = 0; i < 6000; i++) {
        if (reports_take(reports, order, &status, text_out, &length)) {
            if (status == STATUS_OK) assert_int_equal(strlen(*text_out), length);
            return status;
        }
        usleep(10 * 1000);
    }
    fail_msg("not written in 60 s");
    return STATUS_LATER;
}

static void test_reports__are_written_by_their_own_thread_only(void **state)
{
    struct bureau *bureau = *state;
    struct reports *reports = open_reports(bureau);
    char *text = NULL;
    enum status status;
    size_t length;

    assert_int_equal(reports_ask(reports, &attendance), STATUS_OK);
    assert_false(reports_take(reports, &attendance, &status, &text, &length)); // nobody wrote it on the way
    reports_start(reports, bureau->service->server);
    assert_int_equal(wait_for(reports, &attendance, &text), STATUS_OK);
    assert_memory_equal(text, "\xef\xbb\xbf\"Liste\"", 10);
    free(text);
    reports_close(reports);
}

static void test_reports__of_no_event_are_missing(void **state)
{
    struct bureau *bureau = *state;
    struct reports *reports = open_reports(bureau);
    struct report_order order = {BUREAU_EVENT + 9, REPORT_HEADCOUNT, REPORT_TEXT};
    char *text = NULL;

    reports_start(reports, bureau->service->server);
    assert_int_equal(reports_ask(reports, &order), STATUS_OK);
    assert_int_equal(wait_for(reports, &order, &text), STATUS_MISSING);
    assert_null(text);
    reports_close(reports);
}

static void test_reports__take_so_many_at_once(void **state)
{
    struct reports *reports = open_reports(*state);
    struct report_order order = attendance;

    for (order.event = 1; order.event <= REPORTS_MOST; order.event++)
        assert_int_equal(reports_ask(reports, &order), STATUS_OK);
    assert_int_equal(reports_ask(reports, &order), STATUS_LATER);
    order.event = 1; // the same again is no further one
    assert_int_equal(reports_ask(reports, &order), STATUS_OK);
    reports_close(reports);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(test_reports__are_written_by_their_own_thread_only),
        bureau_test(test_reports__of_no_event_are_missing),
        bureau_test(test_reports__take_so_many_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
