// doorbell, mailbox, queue and worker: the only ways in which threads meet.
#include "support/check.h"

#include "base/mailbox.h"
#include "base/queue.h"
#include "base/worker.h"

static void test_doorbell__remembers_a_ring(void **state)
{
    struct doorbell bell;

    (void)state;
    doorbell_init(&bell);
    doorbell_ring(&bell);
    doorbell_ring(&bell);
    assert_true(doorbell_wait(&bell, DOORBELL_FOREVER)); // would hang if the ring were lost
    assert_true(doorbell_wait(&bell, 1));
    doorbell_close(&bell);
    assert_false(doorbell_wait(&bell, DOORBELL_FOREVER));
    doorbell_destroy(&bell);
}

static void test_mailbox__gives_the_newest_once(void **state)
{
    struct mailbox box;

    (void)state;
    mailbox_init(&box, sizeof(int), NULL);
    assert_null(mailbox_take(&box));
    for (int i = 1; i <= 3; i++) {
        *(int *)mailbox_writable(&box) = i;
        mailbox_put(&box);
    }
    const int *newest = mailbox_take(&box);
    assert_int_equal(*newest, 3);
    *(int *)mailbox_writable(&box) = 4;
    mailbox_put(&box);
    assert_int_equal(*newest, 3); // the reader's until its next take
    assert_int_equal(*(const int *)mailbox_take(&box), 4);
    assert_null(mailbox_take(&box));
    mailbox_destroy(&box);
}

static void test_queue__keeps_order_and_refuses_when_full(void **state)
{
    struct queue queue;
    int value;

    (void)state;
    queue_init(&queue, sizeof(int), 3, NULL);
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 3; i++) assert_int_equal(queue_put(&queue, &i), STATUS_OK);
        assert_int_equal(queue_put(&queue, &round), STATUS_LATER);
        for (int i = 0; i < 3; i++) {
            assert_true(queue_take(&queue, &value));
            assert_int_equal(value, i);
        }
        assert_false(queue_take(&queue, &value));
        assert_int_equal(queue_put(&queue, &round), STATUS_OK); // moves the ring's start
        assert_true(queue_take(&queue, &value));
    }
    queue_destroy(&queue);
}

struct adder {
    struct queue in, out;
    int sum;
};

static int64_t add(void *owner, int64_t mono_ms)
{
    struct adder *adder = owner;
    int value;

    (void)mono_ms;
    while (queue_take(&adder->in, &value)) adder->sum += value;
    if (adder->sum == 500500 && queue_put(&adder->out, &adder->sum) != STATUS_OK) return 1;
    return DOORBELL_FOREVER;
}

static void test_worker__sees_everything_and_stops_twice(void **state)
{
    struct doorbell in_bell, out_bell;
    struct adder adder = {0};
    struct worker worker = {.name = "adder", .step = add, .owner = &adder, .bell = &in_bell, .clock = clock_system()};
    int sum = 0;

    (void)state;
    doorbell_init(&in_bell);
    doorbell_init(&out_bell);
    queue_init(&adder.in, sizeof(int), 8, &in_bell);
    queue_init(&adder.out, sizeof(int), 1, &out_bell);
    worker_start(&worker);
    for (int i = 1; i <= 1000; i++)
        while (queue_put(&adder.in, &i) == STATUS_LATER) continue;
    while (!queue_take(&adder.out, &sum)) assert_true(doorbell_wait(&out_bell, DOORBELL_FOREVER));
    assert_int_equal(sum, 500500);
    worker_stop(&worker);
    worker_stop(&worker);
    queue_destroy(&adder.in);
    queue_destroy(&adder.out);
    doorbell_destroy(&in_bell);
    doorbell_destroy(&out_bell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_doorbell__remembers_a_ring),
        cmocka_unit_test(test_mailbox__gives_the_newest_once),
        cmocka_unit_test(test_queue__keeps_order_and_refuses_when_full),
        cmocka_unit_test(test_worker__sees_everything_and_stops_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
