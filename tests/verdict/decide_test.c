// What must be true of every answer, tried with random questions: each reason is true, nobody is admitted whom a
// rule refuses, and nobody is refused whom none does.
#include "support/check.h"
#include "verdict/second_opinion.h"

enum { ROUNDS = 400000 };

static uint64_t next_random(uint64_t *state) // xorshift64*, Vigna 2016
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(next_random(state) >> 32) % limit;
}

static bool rarely(uint64_t *state)
{
    return below(state, 6) == 0;
}

// Now is 1000: a moment ago, long ago, in a future that a clock which was set back makes, or farther than 64 bits.
static struct past random_past(uint64_t *state)
{
    static const int64_t times[] = {1000, 1001, 1000 - DECIDE_TOGGLE_MS, 1001 - DECIDE_TOGGLE_MS, INT64_MIN, INT64_MAX};
    struct past past = {.is_known = below(state, 2) == 0};

    past.is_entry = past.is_known && below(state, 2) == 0;
    if (past.is_known) past.unix_ms = times[below(state, sizeof times / sizeof *times)];
    return past;
}

// Small numbers, so that they meet; most rules pass most of the time, so that the late ones are reached.
static struct question random_question(uint64_t *state)
{
    struct question question = {.event = 7, .today = 100, .unix_ms = 1000};

    question.claim = rarely(state) ? (enum claim)below(state, 4) : CLAIM_TICKET;
    question.ticket.event = rarely(state) ? 8 : 7;
    question.ticket.is_practice = rarely(state);
    question.ticket.generation = (uint8_t)below(state, 3);
    question.ticket.class_id = (uint8_t)below(state, 3);
    question.ticket.group = (uint8_t)below(state, 3);
    question.ticket.from_day = (uint16_t)(rarely(state) ? 101 : 98 + below(state, 3));
    question.ticket.until_day = (uint16_t)(rarely(state) ? 99 : 100 + below(state, 3));
    question.is_genuine = !rarely(state);
    question.is_walk_in_only = rarely(state);
    question.guest.is_listed = !rarely(state);
    question.guest.class_id = (uint8_t)below(state, 3);
    question.guest.group = (uint8_t)below(state, 3);
    question.guest.least_generation = (uint16_t)(rarely(state) ? GUEST_WITHDRAWN : below(state, 2));
    question.guest.status = rarely(state) ? (enum guest_status)below(state, 4) : GUEST_STATUS_OK;
    question.list.mode = (enum list_mode)below(state, 4 + (below(state, 20) == 0)); // 4: of a later version
    if (rarely(state)) id_set_add(&question.list.classes, (uint8_t)below(state, 3));
    if (rarely(state)) id_set_add(&question.list.groups, (uint8_t)(1 + below(state, 2)));
    question.list.opens_ms = rarely(state) ? 999 + below(state, 3) : 0;
    question.list.closes_ms = rarely(state) ? 999 + below(state, 3) : 0;
    question.list.capacity = below(state, 4);
    question.list.after = rarely(state) ? 3 : 0;
    question.history.ticket = random_past(state);
    question.history.person = random_past(state);
    question.history.has_passed_after = !rarely(state);
    question.history.is_aboard = rarely(state);
    question.history.is_signed_off = rarely(state);
    question.history.is_of_another = rarely(state);
    question.inside = below(state, 4);
    question.direction = (enum direction)below(state, 3);
    question.is_stock_limited = !rarely(state);
    question.left = (int64_t)below(state, 8) - 1;
    question.is_forced = rarely(state);
    question.is_clock_trusted = !rarely(state);
    return question;
}

static void test_decide__says_ok_exactly_when_no_rule_refuses(void **state)
{
    uint64_t random = 20260101;
    size_t seen_count[REASON_EXHAUSTED + 1] = {0};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct question question = random_question(&random);
        struct verdict verdict;

        decide(&question, &verdict);
        if ((verdict.reason == REASON_OK) == opinion_is_refused(&question))
            fail_msg("round %d: %s", i, reason_word(verdict.reason));
        if (verdict.reason != REASON_OK && !opinion_is_true(verdict.reason, &question))
            fail_msg("round %d: %s is not true", i, reason_word(verdict.reason));
        seen_count[verdict.reason]++;
    }
    for (int reason = 0; reason <= REASON_EXHAUSTED; reason++) // each was reached often enough to mean something
        if (seen_count[reason] < 50)
            fail_msg("%s: only %zu times", reason_word((enum reason)reason), seen_count[reason]);
}

static void test_decide__says_which_way_they_go(void **state)
{
    uint64_t random = 20260104;
    size_t exit_count = 0, friendly_count = 0;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct question question = random_question(&random);
        const struct past *person = &question.history.person;
        enum meaning meaning = opinion_meaning(&question);
        struct verdict verdict;
        bool is_repeat, is_friendly, is_exit;

        decide(&question, &verdict);
        is_repeat = verdict.reason == REASON_ALREADY_REDEEMED;
        is_friendly = is_repeat && (question.list.mode == LIST_MODE_ROLL_CALL ||
                                    (question.list.mode == LIST_MODE_IN_OUT && opinion_is_fresh(person)));
        is_exit = (verdict.reason == REASON_OK && meaning == GOING) ||
                  (is_repeat && meaning == SAME_AGAIN && !person->is_entry);
        if (verdict.is_friendly != is_friendly || verdict.is_exit != is_exit)
            fail_msg("round %d: %s", i, reason_word(verdict.reason));
        if (is_repeat) assert_true(question_earlier(&question)->is_known);
        exit_count += verdict.is_exit;
        friendly_count += verdict.is_friendly;
    }
    assert_true(exit_count > 1000 && friendly_count > 1000);
}

static void test_decide__never_holds_anybody_inside(void **state)
{
    uint64_t random = 20260105;
    size_t exit_count = 0;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct question question = random_question(&random);
        struct verdict verdict;
        bool is_practice = question.claim == CLAIM_TICKET && question.ticket.is_practice;

        question.list.mode = LIST_MODE_IN_OUT;
        question.direction = DIRECTION_EXIT;
        question.is_forced = false;
        decide(&question, &verdict);
        if (!opinion_is_of_ours(&question) || is_practice) {
            assert_int_not_equal(verdict.reason, REASON_OK);
            continue;
        }
        assert_int_equal(verdict.reason, REASON_OK);
        assert_true(verdict.is_exit);
        exit_count++;
    }
    assert_true(exit_count > 1000);
}

static void test_decide__never_refuses_because_of_our_clock(void **state)
{
    uint64_t random = 20260102;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct question question = random_question(&random), later;
        struct verdict verdict, verdict_later;

        question.is_clock_trusted = false;
        question.history.person.is_known = false; // how long ago it was decides which way they go, never whether
        later = question;
        later.today += (int)below(&random, 1000) - 500;
        later.unix_ms += (int64_t)below(&random, 1000) - 500;
        decide(&question, &verdict);
        decide(&later, &verdict_later);
        assert_int_not_equal(verdict.reason, REASON_INVALID_TIME);
        assert_int_equal(verdict.reason, verdict_later.reason);
        if (verdict.reason == REASON_OK)
            assert_int_equal(verdict.is_clock_doubtful,
                             opinion_is_bound(&question) && opinion_breaks_a_time_rule(&question));
    }
}

static void test_decide__never_counts_a_practice_ticket(void **state)
{
    uint64_t random = 20260103;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct question question = random_question(&random);
        struct verdict verdict;

        question.claim = CLAIM_TICKET;
        question.ticket.is_practice = true;
        decide(&question, &verdict);
        assert_int_not_equal(verdict.reason, REASON_OK);
        assert_int_equal(verdict.is_practice, verdict.reason == REASON_RULES);
        assert_false(verdict.is_exit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decide__says_ok_exactly_when_no_rule_refuses),
        cmocka_unit_test(test_decide__says_which_way_they_go),
        cmocka_unit_test(test_decide__never_holds_anybody_inside),
        cmocka_unit_test(test_decide__never_refuses_because_of_our_clock),
        cmocka_unit_test(test_decide__never_counts_a_practice_ticket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
