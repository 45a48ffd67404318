// Who may look at the office's pages. Over both databases.
#include "office/counter.h"

#include "office/clerk.h"

#include <stdio.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

static enum status log_in(struct counter *counter, const char *name, const char *password, char token[CLERK_TOKEN_SIZE])
{
    int64_t wait_ms = 0;

    return clerk_log_in(counter->inbox, name, password, "192.0.2.1", token, &wait_ms);
}

static void test_clerk__comes_in_by_the_right_password_only(void **state)
{
    struct counter *counter = counter_of(state);
    char token[CLERK_TOKEN_SIZE], name[CLERK_NAME_SIZE];
    size_t count = 9;

    assert_int_equal(clerk_count(counter->inbox, &count), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(clerk_set(counter->inbox, "Jörg", "zu kurz"), STATUS_INVALID);
    assert_int_equal(clerk_set(counter->inbox, "", "lang genug ist das"), STATUS_INVALID);
    assert_int_equal(clerk_set(counter->inbox, "Jörg\x1B[2J", "lang genug ist das"), STATUS_INVALID);
    assert_int_equal(clerk_set(counter->inbox, "Jörg", "lang genug ist das"), STATUS_OK);
    assert_int_equal(clerk_count(counter->inbox, &count), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(log_in(counter, "Jörg", "lang genug ist dass", token), STATUS_MISSING);
    assert_int_equal(log_in(counter, "jörg", "lang genug ist das", token), STATUS_MISSING);
    assert_int_equal(log_in(counter, "Jörg", "lang genug ist das", token), STATUS_OK);
    counter_reopen(counter);
    assert_int_equal(clerk_of(counter->inbox, token, name), STATUS_OK);
    assert_string_equal(name, "Jörg");
    assert_int_equal(clerk_log_out(counter->inbox, token), STATUS_OK);
    assert_int_equal(clerk_of(counter->inbox, token, name), STATUS_MISSING);
}

static void test_session__ends_with_time_and_with_the_password(void **state)
{
    struct counter *counter = counter_of(state);
    char token[CLERK_TOKEN_SIZE], name[CLERK_NAME_SIZE];

    assert_int_equal(clerk_set(counter->inbox, "Anna", "lang genug ist das"), STATUS_OK);
    assert_int_equal(log_in(counter, "Anna", "lang genug ist das", token), STATUS_OK);
    clock_hand_move(&counter->hand, CLERK_SESSION_MS);
    assert_int_equal(clerk_of(counter->inbox, token, name), STATUS_MISSING);
    assert_int_equal(log_in(counter, "Anna", "lang genug ist das", token), STATUS_OK);
    assert_int_equal(clerk_set(counter->inbox, "Anna", "etwas anderes jetzt"), STATUS_OK);
    assert_int_equal(clerk_of(counter->inbox, token, name), STATUS_MISSING);
    assert_int_equal(log_in(counter, "Anna", "etwas anderes jetzt", token), STATUS_OK);
    assert_int_equal(clerk_remove(counter->inbox, "Anna"), STATUS_OK);
    assert_int_equal(clerk_remove(counter->inbox, "Anna"), STATUS_MISSING);
    assert_int_equal(clerk_of(counter->inbox, token, name), STATUS_MISSING);
    assert_int_equal(clerk_of(counter->inbox, "", name), STATUS_MISSING);
}

static void test_clerk__is_not_found_by_trying(void **state)
{
    struct counter *counter = counter_of(state);
    char token[CLERK_TOKEN_SIZE];
    int64_t wait_ms = 0;

    assert_int_equal(clerk_set(counter->inbox, "Anna", "lang genug ist das"), STATUS_OK);
    for (int i = 0; i < 5; i++) assert_int_equal(log_in(counter, "Anna", "falsch", token), STATUS_MISSING);
    assert_int_equal(log_in(counter, "Anna", "falsch", token), STATUS_LATER);
    clock_hand_move(&counter->hand, 1000);
    assert_int_equal(log_in(counter, "Anna", "falsch", token), STATUS_MISSING);
    clock_hand_move(&counter->hand, 1000);
    assert_int_equal(clerk_log_in(counter->inbox, "Anna", "lang genug ist das", "192.0.2.1", token, &wait_ms),
                     STATUS_LATER);
    assert_in_range(wait_ms, 1, 1000); // of two seconds now
    clock_hand_move(&counter->hand, 1000);
    assert_int_equal(log_in(counter, "Anna", "lang genug ist das", token), STATUS_OK);
}

static void test_clerk__is_locked_out_by_nobody_elsewhere(void **state)
{
    struct counter *counter = counter_of(state);
    char token[CLERK_TOKEN_SIZE];
    int64_t wait_ms = 0;

    assert_int_equal(clerk_set(counter->inbox, "Anna", "lang genug ist das"), STATUS_OK);
    for (int i = 0; i < 6; i++) (void)!log_in(counter, "Anna", "falsch", token);
    assert_int_equal(log_in(counter, "Anna", "lang genug ist das", token), STATUS_LATER);
    assert_int_equal(clerk_log_in(counter->inbox, "Anna", "lang genug ist das", "192.0.2.9", token, &wait_ms),
                     STATUS_OK);
    assert_int_equal(wait_ms, 0);
    // Nor does who came in from there give those here more tries.
    assert_int_equal(log_in(counter, "Anna", "falsch", token), STATUS_LATER);
}

static void test_clerk__names_are_not_tried_in_turn(void **state)
{
    struct counter *counter = counter_of(state);
    char token[CLERK_TOKEN_SIZE], name[24];

    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "Name %d", i);
        assert_int_equal(log_in(counter, name, "falsch", token), STATUS_MISSING);
    }
    assert_int_equal(log_in(counter, "Name 20", "falsch", token), STATUS_LATER);
}

static enum status add_name(void *owner, const char *name)
{
    char *names = owner;

    strcat(strcat(names, name), ";");
    return STATUS_OK;
}

static void test_clerk__can_be_listed(void **state)
{
    struct counter *counter = counter_of(state);
    char names[64] = "";

    assert_int_equal(clerk_set(counter->inbox, "Bert", "lang genug ist das"), STATUS_OK);
    assert_int_equal(clerk_set(counter->inbox, "Anna", "lang genug ist das"), STATUS_OK);
    assert_int_equal(clerk_each(counter->inbox, add_name, names), STATUS_OK);
    assert_string_equal(names, "Anna;Bert;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TESTS(test_clerk__comes_in_by_the_right_password_only),
        COUNTER_TESTS(test_session__ends_with_time_and_with_the_password),
        COUNTER_TESTS(test_clerk__is_not_found_by_trying),
        COUNTER_TESTS(test_clerk__is_locked_out_by_nobody_elsewhere),
        COUNTER_TESTS(test_clerk__names_are_not_tried_in_turn),
        COUNTER_TESTS(test_clerk__can_be_listed),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
