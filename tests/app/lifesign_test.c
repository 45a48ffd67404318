// lifesign: what the service manager hears, and when it hears nothing.
#include "support/check.h"

#include "app/lifesign.h"
#include "base/log.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

enum { WATCHDOG_MS = 30000, TURN_MS = 1000 };

// Keeps what was said.
struct ear {
    struct notify notify; // first
    int64_t watchdog_ms, allowed_ms;
    int ready_count, feed_count, stopping_count;
    char status[LIFESIGN_STATUS_SIZE];
    bool is_deaf, is_closed;
};

static bool hear(struct notify *self, const char *lines)
{
    struct ear *ear = (struct ear *)self;

    if (ear->is_deaf) return false;
    if (strcmp(lines, "READY=1") == 0) ear->ready_count++;
    else if (strcmp(lines, "WATCHDOG=1") == 0) ear->feed_count++;
    else if (strcmp(lines, "STOPPING=1") == 0) ear->stopping_count++;
    else if (strncmp(lines, "STATUS=", 7) == 0) snprintf(ear->status, sizeof ear->status, "%s", lines + 7);
    else if (sscanf(lines, "WATCHDOG_USEC=%" SCNd64, &ear->allowed_ms) == 1) ear->allowed_ms /= 1000;
    else fail_msg("said: %s", lines);
    return true;
}

static int64_t watchdog_ms(struct notify *self)
{
    return ((struct ear *)self)->watchdog_ms;
}

static void close_ear(struct notify *self)
{
    ((struct ear *)self)->is_closed = true;
}

struct scene {
    struct ear ear;
    struct lifesign *lifesign;
    struct watch_mark desk;
    int64_t now_ms;
};

static void begin(struct scene *scene, int64_t watched_ms)
{
    static const struct notify_ops ops = {.say = hear, .watchdog_ms = watchdog_ms, .close = close_ear};

    *scene = (struct scene){.ear = {.notify = {&ops}, .watchdog_ms = watched_ms}, .now_ms = 5000};
    lifesign_open(&scene->ear.notify, &scene->lifesign);
    watch_join(lifesign_watch(scene->lifesign), &scene->desk, "desk", INT64_MAX);
}

static void end(struct scene *scene)
{
    watch_leave(lifesign_watch(scene->lifesign), &scene->desk);
    lifesign_close(scene->lifesign);
    assert_true(scene->ear.is_closed);
}

static void turn(struct scene *scene, bool is_shown, int64_t for_ms)
{
    for (int64_t until_ms = scene->now_ms + for_ms; scene->now_ms < until_ms; scene->now_ms += TURN_MS)
        lifesign_step(scene->lifesign, is_shown, "serving event 7", scene->now_ms);
}

static void test_lifesign__is_ready_once_with_the_first_picture(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, WATCHDOG_MS);
    turn(&scene, false, 10000);
    assert_int_equal(scene.ear.ready_count, 0);
    turn(&scene, true, 10000);
    turn(&scene, false, 1000);
    turn(&scene, true, 10000);
    assert_int_equal(scene.ear.ready_count, 1);
    assert_string_equal(scene.ear.status, "serving event 7");
    end(&scene);
}

static void test_lifesign__feeds_well_within_the_time(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, WATCHDOG_MS);
    turn(&scene, true, 10 * WATCHDOG_MS);
    assert_in_range(scene.ear.feed_count, 3 * 10, LIFESIGN_PER_WATCHDOG * 10 + 1);
    end(&scene);
    begin(&scene, 0); // nobody watches
    turn(&scene, true, 10 * WATCHDOG_MS);
    assert_int_equal(scene.ear.feed_count, 0);
    assert_int_equal(scene.ear.ready_count, 1);
    end(&scene);
}

static void test_lifesign__says_nothing_while_a_thread_hangs(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, WATCHDOG_MS);
    turn(&scene, true, WATCHDOG_MS);
    watch_promise(&scene.desk, scene.now_ms - 1);
    int fed = scene.ear.feed_count;
    turn(&scene, true, 10 * WATCHDOG_MS);
    assert_int_equal(scene.ear.feed_count, fed);
    assert_string_equal(scene.ear.status, "hangs: desk");
    lifesign_rest(scene.lifesign, false); // nor because it is closed
    assert_int_equal(scene.ear.allowed_ms, 0);
    watch_promise(&scene.desk, INT64_MAX);
    turn(&scene, true, TURN_MS); // at once, it is long overdue
    assert_int_equal(scene.ear.feed_count, fed + 1);
    assert_string_equal(scene.ear.status, "serving event 7");
    end(&scene);
}

static void test_lifesign__is_not_ready_while_a_thread_hangs(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, WATCHDOG_MS);
    watch_promise(&scene.desk, 0);
    turn(&scene, true, 10000);
    assert_int_equal(scene.ear.ready_count, 0);
    end(&scene);
}

static void test_lifesign__says_again_what_was_not_heard(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, WATCHDOG_MS);
    scene.ear.is_deaf = true; // it is busy
    turn(&scene, true, 3 * TURN_MS);
    scene.ear.is_deaf = false;
    turn(&scene, true, TURN_MS);
    assert_int_equal(scene.ear.ready_count, 1);
    assert_int_equal(scene.ear.feed_count, 1);
    assert_string_equal(scene.ear.status, "serving event 7");
    end(&scene);
}

static void test_lifesign__asks_for_time_to_rest(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, WATCHDOG_MS);
    turn(&scene, true, TURN_MS);
    assert_int_equal(scene.ear.allowed_ms, 0); // as it was configured
    lifesign_rest(scene.lifesign, false);
    assert_int_equal(scene.ear.allowed_ms, LIFESIGN_REST_MS);
    turn(&scene, true, TURN_MS);
    assert_int_equal(scene.ear.allowed_ms, WATCHDOG_MS); // and back
    assert_int_equal(scene.ear.stopping_count, 0);
    lifesign_rest(scene.lifesign, true);
    assert_int_equal(scene.ear.stopping_count, 1);
    end(&scene);
    begin(&scene, 0); // nobody watches
    lifesign_rest(scene.lifesign, false);
    assert_int_equal(scene.ear.allowed_ms, 0);
    end(&scene);
}

static void test_lifesign__cuts_a_long_status_between_letters(void **state)
{
    struct scene scene;
    char status[3 * LIFESIGN_STATUS_SIZE] = "";

    (void)state;
    begin(&scene, WATCHDOG_MS);
    for (size_t i = 0; i + 1 < LIFESIGN_STATUS_SIZE; i++) strcat(status, "ß");
    lifesign_step(scene.lifesign, true, status, scene.now_ms);
    size_t length = strlen(scene.ear.status);
    assert_in_range(length, LIFESIGN_STATUS_SIZE / 2, LIFESIGN_STATUS_SIZE - 1);
    assert_int_equal(length % 2, 0);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lifesign__is_ready_once_with_the_first_picture),
        cmocka_unit_test(test_lifesign__feeds_well_within_the_time),
        cmocka_unit_test(test_lifesign__says_nothing_while_a_thread_hangs),
        cmocka_unit_test(test_lifesign__is_not_ready_while_a_thread_hangs),
        cmocka_unit_test(test_lifesign__says_again_what_was_not_heard),
        cmocka_unit_test(test_lifesign__asks_for_time_to_rest),
        cmocka_unit_test(test_lifesign__cuts_a_long_status_between_letters),
    };
    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
