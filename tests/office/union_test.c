// Whatever happens on the way, the office ends up with the union of all logs, exactly: through a line that loses 15 %
// of calls and of answers, doubles, delays and cuts them, to an office that is killed at any moment. Over both
// databases. A failure prints its seed; EINLASS_TEST_SEED begins with that one. EINLASS_LONG=1: 2,000 seeds, and 50
// logs of 20,000.
#include "office/way.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__
enum { SLOWER = 5 };
#else
enum { SLOWER = 1 };
#endif

static struct way way;

// ---- what must be true ----

static void compare_log(struct inbox *inbox, const struct way_kiosk *kiosk)
{
    uint64_t seq = 1;

    while (seq <= kiosk->last) {
        char *sealed = NULL;
        size_t length = 0;
        assert_int_equal(inbox_sealed(inbox, kiosk->log, seq, &sealed, &length), STATUS_OK);
        for (char *line = strchr(sealed, '\n') + 1; *line; seq++) {
            char *end = strchr(line, '\n');
            *end = '\0';
            assert_true(seq <= kiosk->last);
            assert_string_equal(line, kiosk->lines[seq - 1]);
            line = end + 1;
        }
        free(sealed);
    }
}

static enum status add_up(void *owner, const struct db_value *values, size_t count)
{
    uint64_t *sum = owner;

    for (size_t i = 0; i < count; i++) *sum = dice_mix(*sum ^ (uint64_t)values[i].number);
    return STATUS_OK;
}

// Of everything that is made from the records, but for the order in which they came.
static uint64_t sum_of(struct inbox *inbox)
{
    struct office_db *db = inbox_db(inbox);
    uint64_t sum = 0;

    assert_int_equal(db->ops->query(db,
                                    "SELECT n, event, log, seq, kind, list, ticket, person, hlc, unix_ms, target, "
                                    "is_forced FROM deed ORDER BY n",
                                    NULL, 0, add_up, &sum),
                     STATUS_OK);
    assert_int_equal(
        db->ops->query(db, "SELECT log, other, seq, upto FROM seen ORDER BY log, other, seq", NULL, 0, add_up, &sum),
        STATUS_OK);
    assert_int_equal(db->ops->query(db, "SELECT log, boot, seq, boot_ms, unix_ms FROM anchor ORDER BY log, boot, seq",
                                    NULL, 0, add_up, &sum),
                     STATUS_OK);
    assert_int_equal(db->ops->query(db, "SELECT id, hlc, next FROM log ORDER BY id", NULL, 0, add_up, &sum), STATUS_OK);
    return sum;
}

static void compare_all(const char *where)
{
    int64_t counts[3] = {0}, records = 0;
    struct inbox *inbox = NULL;
    uint64_t before;

    assert_int_equal(inbox_open(where, clock_system(), &inbox), STATUS_OK);
    for (size_t i = 0; i < way.count; i++) {
        compare_log(inbox, &way.kiosks[i]);
        records += (int64_t)way.kiosks[i].last;
    }
    assert_int_equal(
        office_db_numbers(inbox_db(inbox), "SELECT COUNT(*), MIN(n), MAX(n) FROM record", NULL, 0, 3, counts),
        STATUS_OK);
    assert_int_equal(counts[0], records);
    assert_int_equal(counts[1], 1); // numbered without gaps, in the order of commits
    assert_int_equal(counts[2], records);
    before = sum_of(inbox);
    assert_int_equal(inbox_rebuild(inbox), STATUS_OK);
    assert_true(before == sum_of(inbox));
    inbox_close(inbox);
}

static void run(const char *where, uint64_t seed, size_t kiosks, uint64_t records)
{
    printf("seed %llu: ", (unsigned long long)seed);
    way_open(&way, seed, kiosks, records);
    way_send_all(&way, where);
    compare_all(where);
    way_close(&way);
    printf("%llu lost, %llu times killed\n", (unsigned long long)way.lost, (unsigned long long)way.killed);
}

static uint64_t first_seed(void)
{
    const char *chosen = getenv("EINLASS_TEST_SEED");

    return chosen ? strtoull(chosen, NULL, 10) : 1;
}

static bool is_long(void)
{
    return getenv("EINLASS_LONG") != NULL;
}

static void run_seeds(int (*open)(void **), uint64_t count)
{
    for (uint64_t seed = first_seed(); seed < first_seed() + count; seed++) {
        void *state = NULL;
        open(&state);
        if (!state) skip();
        run(((struct counter *)state)->where, seed, 3, 60);
        counter_close(&state);
    }
}

static void test_office__is_the_union_of_all_logs(void **state)
{
    (void)state;
    run_seeds(counter_open_sqlite, is_long() ? 2000 : 200 / SLOWER);
}

static void test_office__is_the_union_of_all_logs_in_postgresql(void **state)
{
    (void)state;
    run_seeds(counter_open_postgresql, is_long() ? 2000 : 40 / SLOWER);
}

static void test_office__is_the_union_of_large_logs(void **state)
{
    struct counter *counter = *state;

    if (!counter) skip();
    if (is_long()) run(counter->where, first_seed(), 50, 20000);
    else run(counter->where, first_seed(), 20, counter->is_postgresql ? 500 : 5000 / SLOWER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_office__is_the_union_of_all_logs),
        cmocka_unit_test(test_office__is_the_union_of_all_logs_in_postgresql),
        COUNTER_TESTS(test_office__is_the_union_of_large_logs),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
