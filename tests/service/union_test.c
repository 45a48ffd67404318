// Whatever happens on the way, the office ends up with the union of all kiosks' logs, and each kiosk with what the
// others wrote: the program `einlass office` over TLS, killed at any moment; kiosks with their databases and their
// sync; a line between them that loses 15 % of requests and of answers, doubles, delays and cuts them
// (support/lossy.h). What the office called durable is there after each kill. A failure prints its seed;
// EINLASS_TEST_SEED begins with that one: it throws the same dice, though a kill may hit another instruction.
// EINLASS_LONG=1: more of it.
#include "service/gates.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_TURNS = 200000, MOST_ROUNDS = 50, LOOK_EVERY = 16 };

static struct gates gates;

static int roll(int sides)
{
    return dice_below(&gates.dice, sides);
}

// ---- a day ----

static void begin_office_again(void)
{
    if (roll(2) == 0) gates_check_promises(&gates); // else the office itself is the first who finds what was left
    premises_start(&gates.office);
}

static void take_turn(void)
{
    size_t at = (size_t)roll((int)gates.count);
    struct booth *booth = &gates.kiosks[at];
    int kind = roll(100), steps = 1 + roll(4);

    if (!premises_stands(&gates.office) && roll(4) == 0) begin_office_again();
    if (gates.left[at] > 0) gates_write(&gates, at);
    if (kind < 2) { // its program begins again
        booth_stop_sync(booth);
        booth_start_sync(booth);
    }
    if (roll(2) == 0) booth_send(booth, steps);
    else booth_feed(booth, steps);
    booth_move(booth, roll(2) == 0 ? 3000 : 200);
}

static bool is_written(void)
{
    for (size_t i = 0; i < gates.count; i++)
        if (gates.left[i] > 0) return false;
    return true;
}

// All that was held back arrives, and everybody hears all there is.
static void come_to_rest(void)
{
    lossy_be_calm(gates.line);
    if (!premises_stands(&gates.office)) premises_start(&gates.office);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        struct booth *booth = &gates.kiosks[(size_t)round % gates.count];
        booth_move(booth, 60 * 1000);
        booth_send(booth, 1000);
        booth_feed(booth, 1000);
    }
}

static void run(const struct counter *counter, uint64_t seed, size_t kiosks, size_t records)
{
    struct lossy_counts counts;

    printf("seed %llu: ", (unsigned long long)seed);
    (void)fflush(stdout);
    gates_open(&gates, counter, seed, kiosks, records);
    for (int turn = 1;; turn++) {
        if (turn == MOST_TURNS) fail_msg("they never come to an end");
        take_turn();
        if (turn % LOOK_EVERY == 0 && is_written() && gates_know_all(&gates)) break;
    }
    come_to_rest();
    premises_end(&gates.office);
    gates_compare(&gates);
    counts = lossy_counts(gates.line);
    gates_close(&gates);
    printf("%u calls: %u + %u lost, %u doubled, %u overtaken, %u + %u cut; %u times killed\n", counts.calls,
           counts.lost_requests, counts.lost_answers, counts.doubled, counts.overtaken, counts.cut_requests,
           counts.cut_answers, counts.struck);
    assert_true(counts.lost_requests > 0 && counts.lost_answers > 0 && counts.doubled > 0 && counts.overtaken > 0);
    assert_true(counts.cut_requests + counts.cut_answers > 0 && counts.struck > 0);
}

// ---- seeds ----

static void run_seeds(int (*open)(void **), uint64_t count, size_t kiosks, size_t records)
{
    const char *chosen = getenv("EINLASS_TEST_SEED");
    uint64_t first = chosen ? strtoull(chosen, NULL, 10) : 1;

    for (uint64_t seed = first; seed < first + count; seed++) {
        void *state = NULL;
        open(&state);
        if (!state) skip();
        run(state, seed, kiosks, records);
        counter_close(&state);
    }
}

static bool is_long(void)
{
    return getenv("EINLASS_LONG") != NULL;
}

static void test_office_and_kiosks__have_the_union_of_all_logs(void **state)
{
    (void)state;
    run_seeds(counter_open_sqlite, is_long() ? 200 : 2, 3, 300);
    if (is_long()) run_seeds(counter_open_sqlite, 3, GATES_MOST, 3000);
}

static void test_office_and_kiosks__have_the_union_of_all_logs_over_postgresql(void **state)
{
    (void)state;
    run_seeds(counter_open_postgresql, is_long() ? 50 : 1, 3, 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_office_and_kiosks__have_the_union_of_all_logs),
        cmocka_unit_test(test_office_and_kiosks__have_the_union_of_all_logs_over_postgresql),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
