// What must be true of every answer, tried with random questions: each reason is true, nobody is admitted whom a
// rule refuses, and nobody is refused whom none does.
#include "support/check.h"

#include "verdict/decide.h"

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
    question.list.mode = rarely(state) ? (enum list_mode)below(state, 4) : LIST_MODE_ONCE;
    if (rarely(state)) id_set_add(&question.list.classes, (uint8_t)below(state, 3));
    if (rarely(state)) id_set_add(&question.list.groups, (uint8_t)(1 + below(state, 2)));
    question.list.opens_ms = rarely(state) ? 999 + below(state, 3) : 0;
    question.list.closes_ms = rarely(state) ? 999 + below(state, 3) : 0;
    question.list.capacity = below(state, 4);
    question.list.after = rarely(state) ? 3 : 0;
    question.history.ticket.is_entry = rarely(state);
    question.history.has_passed_after = !rarely(state);
    question.inside = below(state, 4);
    question.history.person.is_entry = rarely(state);
    question.is_clock_trusted = !rarely(state);
    return question;
}

static bool is_of_ours(const struct question *question)
{
    const struct guest *guest = &question->guest;

    if (question->claim == CLAIM_TICKET) {
        bool is_beyond_its_key =
            question->is_walk_in_only && guest->is_listed && guest->class_id != question->ticket.class_id;
        return question->ticket.event == question->event && question->is_genuine && !is_beyond_its_key;
    }
    return question->claim == CLAIM_ROSTER && question->guest.is_listed;
}

static bool breaks_a_time_rule(const struct question *question)
{
    const struct ticket *ticket = &question->ticket;
    bool is_wrong_day =
        question->claim == CLAIM_TICKET && (ticket->from_day > question->today || ticket->until_day < question->today);

    return is_wrong_day || question->unix_ms < question->list.opens_ms ||
           (question->list.closes_ms > 0 && question->list.closes_ms <= question->unix_ms);
}

static bool is_of_another_kind(const struct question *question)
{
    const struct guest *guest = &question->guest;
    uint8_t class_id = guest->is_listed ? guest->class_id : question->ticket.class_id;
    uint8_t group = guest->is_listed ? guest->group : question->ticket.group;
    const struct list *list = &question->list;

    return (!id_set_is_empty(&list->classes) && !id_set_has(&list->classes, class_id)) ||
           (!id_set_is_empty(&list->groups) && group != 0 && !id_set_has(&list->groups, group));
}

// Whether the reason, taken alone, is true of the question. Order doesn't matter here.
static bool is_true(enum reason reason, const struct question *question)
{
    const struct guest *guest = &question->guest;
    bool is_ticket = question->claim == CLAIM_TICKET;
    int generation = is_ticket ? question->ticket.generation : GUEST_WITHDRAWN - 1;

    switch (reason) {
    case REASON_ERROR:
        return question->list.mode != LIST_MODE_ONCE;
    case REASON_AMBIGUOUS:
        return question->claim == CLAIM_AMBIGUOUS;
    case REASON_WRONG_EVENT:
        return is_ticket && question->ticket.event != question->event;
    case REASON_INVALID:
        return !is_of_ours(question);
    case REASON_REVOKED:
        return guest->is_listed && guest->least_generation > generation;
    case REASON_UNPAID:
        return guest->is_listed && guest->status == GUEST_STATUS_UNPAID;
    case REASON_BLOCKED:
        return guest->is_listed && guest->status == GUEST_STATUS_BLOCKED;
    case REASON_CANCELED:
        return guest->is_listed && guest->status == GUEST_STATUS_CANCELED;
    case REASON_PRODUCT:
        return is_of_another_kind(question);
    case REASON_INVALID_TIME:
        return question->is_clock_trusted && breaks_a_time_rule(question);
    case REASON_RULES:
        return (is_ticket && question->ticket.is_practice) ||
               (question->list.after && !question->history.has_passed_after);
    case REASON_ALREADY_REDEEMED:
        return question->history.ticket.is_entry;
    case REASON_FULL:
        return question->list.capacity > 0 &&
               question->inside + !question->history.person.is_entry > question->list.capacity &&
               !question->history.person.is_entry;
    case REASON_OK:
    case REASON_EXHAUSTED:
        return false;
    }
    return false;
}

static void test_decide__says_ok_exactly_when_no_rule_refuses(void **state)
{
    uint64_t random = 20260101;
    size_t seen_count[REASON_EXHAUSTED + 1] = {0};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct question question = random_question(&random);
        struct verdict verdict;
        bool is_refused = false;

        decide(&question, &verdict);
        for (int reason = 0; reason <= REASON_EXHAUSTED; reason++)
            is_refused = is_refused || is_true((enum reason)reason, &question);
        if ((verdict.reason == REASON_OK) == is_refused) fail_msg("round %d: %s", i, reason_word(verdict.reason));
        if (verdict.reason != REASON_OK && !is_true(verdict.reason, &question))
            fail_msg("round %d: %s is not true", i, reason_word(verdict.reason));
        seen_count[verdict.reason]++;
    }
    for (int reason = 0; reason < REASON_EXHAUSTED; reason++) // each was reached often enough to mean something
        if (seen_count[reason] < 50)
            fail_msg("%s: only %zu times", reason_word((enum reason)reason), seen_count[reason]);
    assert_int_equal(seen_count[REASON_EXHAUSTED], 0);
}

static void test_decide__never_refuses_because_of_our_clock(void **state)
{
    uint64_t random = 20260102;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct question question = random_question(&random), later;
        struct verdict verdict, verdict_later;

        question.is_clock_trusted = false;
        later = question;
        later.today += (int)below(&random, 1000) - 500;
        later.unix_ms += (int64_t)below(&random, 1000) - 500;
        decide(&question, &verdict);
        decide(&later, &verdict_later);
        assert_int_not_equal(verdict.reason, REASON_INVALID_TIME);
        assert_int_equal(verdict.reason, verdict_later.reason);
        if (verdict.reason == REASON_OK) assert_int_equal(verdict.is_clock_doubtful, breaks_a_time_rule(&question));
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
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decide__says_ok_exactly_when_no_rule_refuses),
        cmocka_unit_test(test_decide__never_refuses_because_of_our_clock),
        cmocka_unit_test(test_decide__never_counts_a_practice_ticket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
