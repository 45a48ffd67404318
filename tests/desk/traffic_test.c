// The desk's own thread between three others: codes come, sync delivers, the screen takes. Everybody is counted once.
#include "support/check.h"

#include "desk/parcel.h"

#include <pthread.h>

enum { PEOPLE = 60, LOOK_MS = 20, MOST_LOOKS = 3000 };

struct traffic {
    struct scene scene;
    struct doorbell screen_bell, sync_bell; // of who takes notices and receipts
    struct neighbour south;
    size_t receipts, refused;
};

// Also again while there is no room.
static void put(struct queue *queue, const void *item)
{
    while (queue_put(queue, item) != STATUS_OK) sched_yield();
}

static void *scan(void *owner)
{
    struct traffic *traffic = owner;

    for (size_t guest = 0; guest < PEOPLE; guest += 2) {
        struct code code = door_code(&traffic->scene.door, guest * 2);
        put(desk_codes(traffic->scene.desk), &code);
    }
    return NULL;
}

static void take_receipts(struct traffic *traffic)
{
    struct receipt receipt;

    while (queue_take(&traffic->scene.receipts, &receipt)) {
        traffic->receipts++;
        traffic->refused += receipt.status != STATUS_OK;
    }
}

static void *sync_others(void *owner)
{
    struct traffic *traffic = owner;

    for (size_t guest = 1; guest < PEOPLE; guest += 2) {
        struct record record = neighbour_record(&traffic->scene, &traffic->south, RECORD_KIND_ENTRY, guest * 2);
        struct delivery delivery = parcel_records(&traffic->south, &record, 1, "1.00000000");
        put(desk_deliveries(traffic->scene.desk), &delivery);
        take_receipts(traffic);
    }
    for (int look = 0; look < MOST_LOOKS && traffic->receipts < PEOPLE / 2; look++) {
        doorbell_wait(&traffic->sync_bell, LOOK_MS);
        take_receipts(traffic);
    }
    return NULL;
}

static size_t take_verdicts(struct traffic *traffic)
{
    size_t welcome = 0;

    while (queue_take(&traffic->scene.notices, &traffic->scene.notice)) {
        const struct notice *notice = &traffic->scene.notice;
        welcome += notice->kind == NOTICE_VERDICT && notice->verdict.reason == REASON_OK;
    }
    return welcome;
}

static void begin(struct traffic *traffic)
{
    struct scene *scene = &traffic->scene;

    scene_begin(scene, 2 * PEOPLE, DOOR_LIST);
    doorbell_init(&traffic->screen_bell);
    doorbell_init(&traffic->sync_bell);
    scene->notices.bell = &traffic->screen_bell;
    scene->receipts.bell = &traffic->sync_bell;
    traffic->south = neighbour_of(0x51, "Süd");
}

static void test_traffic__everybody_is_counted_once_whoever_comes_first(void **state)
{
    static struct traffic traffic; // too large for a stack
    pthread_t scanning, syncing;
    size_t welcome = 0;

    (void)state;
    begin(&traffic);
    desk_start(traffic.scene.desk);
    assert_int_equal(pthread_create(&scanning, NULL, scan, &traffic), 0);
    assert_int_equal(pthread_create(&syncing, NULL, sync_others, &traffic), 0);
    for (int look = 0; look < MOST_LOOKS && welcome < PEOPLE / 2; look++) {
        doorbell_wait(&traffic.screen_bell, LOOK_MS);
        welcome += take_verdicts(&traffic);
    }
    pthread_join(scanning, NULL);
    pthread_join(syncing, NULL);
    desk_stop(traffic.scene.desk);
    assert_int_equal(welcome, PEOPLE / 2);
    assert_int_equal(traffic.receipts, PEOPLE / 2);
    assert_int_equal(traffic.refused, 0);
    assert_int_equal(scene_scan(&traffic.scene, 0)->headcount.inside, PEOPLE);
    scene_end(&traffic.scene);
    doorbell_destroy(&traffic.screen_bell);
    doorbell_destroy(&traffic.sync_bell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_traffic__everybody_is_counted_once_whoever_comes_first),
    };

    return cmocka_run_group_tests_name("desk/traffic", tests, NULL, NULL);
}
