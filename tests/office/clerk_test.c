#include "support/check.h"

#include "fakes/clock_hand.h"
#include "office/clerk.h"
#include "support/folder.h"

#include <stdio.h>
#include <stdlib.h>

#define PASSWORD "zehn Zeichen und mehr"

struct scene {
    struct folder folder;
    struct clock_hand clock;
    struct inbox *inbox;
};

static int open_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char path[128];

    folder_make(&scene->folder);
    folder_file(&scene->folder, "records", path);
    clock_hand_init(&scene->clock, 1795341152123);
    assert_int_equal(inbox_open(path, &scene->clock.clock, &scene->inbox), STATUS_OK);
    assert_int_equal(clerk_set(scene->inbox, "sommer", PASSWORD), STATUS_OK);
    *state = scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;

    inbox_close(scene->inbox);
    folder_remove(&scene->folder);
    free(scene);
    return 0;
}

static enum status log_in(struct scene *scene, const char *name, const char *password, char token_out[CLERK_TOKEN_SIZE])
{
    int64_t wait_ms;

    return clerk_log_in(scene->inbox, name, password, "192.168.1.9", token_out, &wait_ms);
}

static void test_clerk__is_who_logged_in_until_they_log_out(void **state)
{
    struct scene *scene = *state;
    char token[CLERK_TOKEN_SIZE], other[CLERK_TOKEN_SIZE], name[CLERK_NAME_SIZE];

    assert_int_equal(clerk_of(scene->inbox, "", name), STATUS_MISSING);
    assert_int_equal(log_in(scene, "sommer", "falsch falsch", token), STATUS_MISSING);
    assert_int_equal(log_in(scene, "Sommer", PASSWORD, token), STATUS_MISSING);
    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_OK);
    assert_int_equal(log_in(scene, "sommer", PASSWORD, other), STATUS_OK);
    assert_string_not_equal(token, other);
    assert_int_equal(clerk_of(scene->inbox, token, name), STATUS_OK);
    assert_string_equal(name, "sommer");
    assert_int_equal(clerk_log_out(scene->inbox, token), STATUS_OK);
    assert_int_equal(clerk_of(scene->inbox, token, name), STATUS_MISSING);
    assert_int_equal(clerk_of(scene->inbox, other, name), STATUS_OK);
}

static void test_clerk__is_out_after_a_working_day(void **state)
{
    struct scene *scene = *state;
    char token[CLERK_TOKEN_SIZE], name[CLERK_NAME_SIZE];

    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_OK);
    clock_hand_move(&scene->clock, CLERK_SESSION_MS - 1);
    assert_int_equal(clerk_of(scene->inbox, token, name), STATUS_OK);
    clock_hand_move(&scene->clock, 1);
    assert_int_equal(clerk_of(scene->inbox, token, name), STATUS_MISSING);
}

static void test_clerk_set__again_ends_their_sessions(void **state)
{
    struct scene *scene = *state;
    char token[CLERK_TOKEN_SIZE], name[CLERK_NAME_SIZE];
    size_t count;

    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_OK);
    assert_int_equal(clerk_set(scene->inbox, "sommer", "ein anderes Passwort"), STATUS_OK);
    assert_int_equal(clerk_of(scene->inbox, token, name), STATUS_MISSING);
    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_MISSING);
    assert_int_equal(log_in(scene, "sommer", "ein anderes Passwort", token), STATUS_OK);
    assert_int_equal(clerk_count(scene->inbox, &count), STATUS_OK);
    assert_int_equal(count, 1);
}

static void test_clerk_set__refuses_what_is_no_name_or_too_short(void **state)
{
    struct scene *scene = *state;
    char longer[CLERK_NAME_SIZE + 1];

    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(clerk_set(scene->inbox, "", PASSWORD), STATUS_INVALID);
    assert_int_equal(clerk_set(scene->inbox, longer, PASSWORD), STATUS_INVALID);
    assert_int_equal(clerk_set(scene->inbox, "a\nb", PASSWORD), STATUS_INVALID);
    assert_int_equal(clerk_set(scene->inbox, "winter", "neun Zei."), STATUS_INVALID);
    assert_int_equal(clerk_set(scene->inbox, "winter", "äöüßäöüßä"), STATUS_INVALID); // 18 bytes, 9 characters
    assert_int_equal(clerk_set(scene->inbox, "winter", "äöüßäöüßäö"), STATUS_OK);
}

static void test_clerk_remove__ends_it_at_once(void **state)
{
    struct scene *scene = *state;
    char token[CLERK_TOKEN_SIZE], name[CLERK_NAME_SIZE];
    size_t count;

    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_OK);
    assert_int_equal(clerk_remove(scene->inbox, "winter"), STATUS_MISSING);
    assert_int_equal(clerk_remove(scene->inbox, "sommer"), STATUS_OK);
    assert_int_equal(clerk_of(scene->inbox, token, name), STATUS_MISSING);
    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_MISSING);
    assert_int_equal(clerk_count(scene->inbox, &count), STATUS_OK);
    assert_int_equal(count, 0);
}

// Tries until it has to wait; how often that was.
static int try_wrong(struct scene *scene, const char *name, const char *peer, int64_t *wait_ms)
{
    char token[CLERK_TOKEN_SIZE];
    int count = 0;

    while (count < 100 && clerk_log_in(scene->inbox, name, "falsch falsch", peer, token, wait_ms) == STATUS_MISSING)
        count++;
    return count;
}

static void test_clerk_log_in__is_slowed_down_for_that_name_and_peer(void **state)
{
    struct scene *scene = *state;
    char token[CLERK_TOKEN_SIZE];
    int64_t wait_ms = 0, before_ms = 0;

    assert_int_equal(try_wrong(scene, "sommer", "10.0.0.66", &wait_ms), 3);
    assert_int_equal(wait_ms, 1000);
    // The right password has to wait as well; but it is another peer's right to come in.
    assert_int_equal(clerk_log_in(scene->inbox, "sommer", PASSWORD, "10.0.0.66", token, &wait_ms), STATUS_LATER);
    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_OK);
    for (int i = 0; i < 10; i++) {
        clock_hand_move(&scene->clock, wait_ms);
        assert_int_equal(try_wrong(scene, "sommer", "10.0.0.66", &wait_ms), 1);
        assert_true(wait_ms >= before_ms && wait_ms <= 60 * 1000);
        before_ms = wait_ms;
    }
    assert_int_equal(wait_ms, 60 * 1000);
    clock_hand_move(&scene->clock, wait_ms);
    assert_int_equal(clerk_log_in(scene->inbox, "sommer", PASSWORD, "10.0.0.66", token, &wait_ms), STATUS_OK);
    assert_int_equal(try_wrong(scene, "sommer", "10.0.0.66", &wait_ms), 3); // the right one has wiped it out
}

static void test_clerk_log_in__with_many_names_slows_down_the_peer(void **state)
{
    struct scene *scene = *state;
    char name[CLERK_NAME_SIZE], token[CLERK_TOKEN_SIZE];
    int64_t wait_ms = 0;
    int count = 0;

    for (; count < 100 && wait_ms == 0; count++) {
        snprintf(name, sizeof name, "clerk%d", count);
        (void)!clerk_log_in(scene->inbox, name, "falsch falsch", "10.0.0.66", token, &wait_ms);
    }
    assert_int_equal(count, 21);
    assert_int_equal(log_in(scene, "sommer", PASSWORD, token), STATUS_OK);
}

#define scene_test(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)

int main(void)
{
    const struct CMUnitTest tests[] = {
        scene_test(test_clerk__is_who_logged_in_until_they_log_out),
        scene_test(test_clerk__is_out_after_a_working_day),
        scene_test(test_clerk_set__again_ends_their_sessions),
        scene_test(test_clerk_set__refuses_what_is_no_name_or_too_short),
        scene_test(test_clerk_remove__ends_it_at_once),
        scene_test(test_clerk_log_in__is_slowed_down_for_that_name_and_peer),
        scene_test(test_clerk_log_in__with_many_names_slows_down_the_peer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
