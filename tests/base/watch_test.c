// watch, and a worker that is watched: who hangs is late, by name.
#include "support/check.h"

#include "base/watch.h"
#include "base/worker.h"

#include <stdatomic.h>
#include <stdbool.h>

static void test_watch__names_who_is_late(void **state)
{
    struct watch watch;
    struct watch_mark desk = {0}, scan = {0}, sync = {0};
    char names[WATCH_NAMES_SIZE];

    (void)state;
    watch_init(&watch);
    watch_join(&watch, &desk, "desk", 100);
    watch_join(&watch, &scan, "scan", 50);
    watch_join(&watch, &sync, "sync", 1000);
    assert_false(watch_late(&watch, 50, names));
    assert_string_equal(names, "");
    assert_true(watch_late(&watch, 51, names));
    assert_string_equal(names, "scan");
    assert_true(watch_late(&watch, 101, names));
    assert_string_equal(names, "desk scan");
    watch_promise(&scan, 500);
    assert_true(watch_late(&watch, 101, names));
    assert_string_equal(names, "desk");
    watch_leave(&watch, &desk);
    watch_leave(&watch, &desk); // twice is fine
    assert_false(watch_late(&watch, 101, names));
    watch_leave(&watch, &scan);
    watch_leave(&watch, &sync);
    assert_false(watch_late(&watch, INT64_MAX, names));
    watch_destroy(&watch);
}

static void test_watch__has_room_for_every_name(void **state)
{
    struct watch watch;
    struct watch_mark marks[WATCH_MOST];
    char names[WATCH_NAMES_SIZE];

    (void)state;
    watch_init(&watch);
    for (size_t i = 0; i < WATCH_MOST; i++) watch_join(&watch, &marks[i], "fifteen letters", 0);
    assert_true(watch_late(&watch, 1, names));
    assert_int_equal(strlen(names), WATCH_MOST * 16 - 1);
    for (size_t i = 0; i < WATCH_MOST; i++) watch_leave(&watch, &marks[i]);
    watch_destroy(&watch);
}

// ---- a worker ----

// Moved by the test's thread, looked at by the worker's.
struct shared_clock {
    struct clock clock; // first
    atomic_llong now_ms;
};

static int64_t shared_now(struct clock *self)
{
    return atomic_load(&((struct shared_clock *)self)->now_ms);
}

// Its step tells that it has begun, and ends when the test lets it.
struct sleeper {
    struct doorbell bell, begun, may_end;
    bool has_hung;
};

static int64_t hang_once(void *owner, int64_t mono_ms)
{
    struct sleeper *sleeper = owner;

    (void)mono_ms;
    doorbell_ring(&sleeper->begun);
    if (sleeper->has_hung) return DOORBELL_FOREVER;
    doorbell_wait(&sleeper->may_end, DOORBELL_FOREVER);
    sleeper->has_hung = true;
    doorbell_ring(&sleeper->bell);
    return DOORBELL_FOREVER;
}

static void test_worker__is_late_while_a_step_hangs(void **state)
{
    static const struct clock_ops ops = {.mono_ms = shared_now};
    struct shared_clock clock = {.clock = {&ops}};
    struct sleeper sleeper = {0};
    struct watch watch;
    struct worker worker = {.name = "sleeper",
                            .step = hang_once,
                            .owner = &sleeper,
                            .bell = &sleeper.bell,
                            .clock = &clock.clock,
                            .watch = &watch,
                            .patience_ms = 700};
    char names[WATCH_NAMES_SIZE];

    (void)state;
    atomic_store(&clock.now_ms, 1000);
    watch_init(&watch);
    doorbell_init(&sleeper.bell);
    doorbell_init(&sleeper.begun);
    doorbell_init(&sleeper.may_end);
    worker_start(&worker);
    assert_true(doorbell_wait(&sleeper.begun, DOORBELL_FOREVER));
    assert_false(watch_late(&watch, 1700, names));
    assert_true(watch_late(&watch, 1701, names));
    assert_string_equal(names, "sleeper");
    atomic_store(&clock.now_ms, 2000);
    assert_true(watch_late(&watch, 2000, names)); // time alone heals nothing
    doorbell_ring(&sleeper.may_end);
    assert_true(doorbell_wait(&sleeper.begun, DOORBELL_FOREVER)); // the next step
    assert_false(watch_late(&watch, 2700, names));
    assert_true(watch_late(&watch, 2701 + WATCH_BEAT_MS, names)); // asleep, it would have to say so
    worker_stop(&worker);
    assert_false(watch_late(&watch, INT64_MAX, names)); // who has gone is not waited for
    doorbell_destroy(&sleeper.bell);
    doorbell_destroy(&sleeper.begun);
    doorbell_destroy(&sleeper.may_end);
    watch_destroy(&watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_watch__names_who_is_late),
        cmocka_unit_test(test_watch__has_room_for_every_name),
        cmocka_unit_test(test_worker__is_late_while_a_step_hangs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
