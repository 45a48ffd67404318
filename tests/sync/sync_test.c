// The two threads as they run in a kiosk, and what ends them.
#include "support/check.h"

#include "base/text.h"
#include "sync/back_off.h"
#include "sync/booth.h"
#include "sync/discover.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_US = 2000, PATIENCE = 20000 };

static int open_booth(void **state)
{
    struct booth *booth = calloc(1, sizeof *booth);

    assert_non_null(booth);
    booth_open(booth, true);
    booth->door.hand.now_ms = 1000;
    *state = booth;
    return 0;
}

static int close_booth(void **state)
{
    booth_close(*state);
    free(*state);
    return 0;
}

// Serves the desk until the office has all and `others` records of other kiosks are here.
static bool wait_until_all_is_there(struct booth *booth, uint64_t others)
{
    for (int i = 0; i < PATIENCE; i++) {
        struct headcount headcount = {0};
        const struct sync_state *state = mailbox_take(&booth->states);
        if (state) booth->state = *state;
        booth_desk(booth);
        assert_int_equal(booth->store->ops->count(booth->store, DOOR_EVENT, &booth->door.event.lists[0], &headcount),
                         STATUS_OK);
        if (booth->state.synced_unix_ms && booth->state.waiting == 0 && headcount.inside >= others) return true;
        usleep(LOOK_US);
    }
    return false;
}

static void test_sync__brings_records_both_ways_while_the_door_runs(void **state)
{
    struct booth *booth = *state;
    static const char page[] =
        "{\"cursor\":\"1.a\",\"now_ms\":1,\"items\":[{\"log\":\"00112233445566778899aabbccddeeff\",\"seq\":4,"
        "\"line\":\"{\\\"seq\\\":4,\\\"kind\\\":\\\"entry\\\",\\\"event\\\":7,\\\"list\\\":1,\\\"gate\\\":\\\"Süd\\\","
        "\\\"ticket\\\":\\\"00000000abcd\\\",\\\"reason\\\":\\\"ok\\\",\\\"via\\\":\\\"camera\\\",\\\"boot\\\":1,"
        "\\\"boot_ms\\\":5,\\\"unix_ms\\\":1795341152123,\\\"clock\\\":\\\"ntp\\\"}\"}]}";

    strcpy(booth->office->feed, page);
    sync_start(booth->sync);
    for (int i = 0; i < 10; i++) {
        booth_write(booth, 3);
        booth_desk(booth);
        usleep(LOOK_US);
    }
    assert_true(wait_until_all_is_there(booth, 1));
    liar_meet(booth->office->liar);
    assert_int_equal(booth->office->next, booth_last(booth) + 1);
}

static void test_close__does_not_wait_for_the_office(void **state)
{
    struct booth *booth = *state;

    // Both are in calls that would be answered in ten minutes.
    office_lie(booth->office, &(struct lie){.method = "GET",
                                            .part = "/v1",
                                            .times = 99,
                                            .reply = {.status = 200, .wait_ms = 600 * 1000},
                                            .text = "{}"});
    sync_start(booth->sync);
    for (int times = 99; times > 97; usleep(LOOK_US)) {
        pthread_mutex_lock(liar_lock(booth->office->liar));
        times = booth->office->lies[0].times;
        pthread_mutex_unlock(liar_lock(booth->office->liar));
    }
    booth_stop_sync(booth); // the test's own time limit is shorter than that
    booth_start_sync(booth);
}

// ---- another address ----

struct hint {
    struct discover discover;
    char url[PAIRING_URL_SIZE];
    int asked;
};

static bool hint_find(struct discover *self, const uint8_t pin[PAIRING_PIN_BYTES], char out[PAIRING_URL_SIZE])
{
    struct hint *hint = (struct hint *)self;

    (void)pin;
    hint->asked++;
    if (hint->url[0]) strcpy(out, hint->url);
    return hint->url[0] != '\0';
}

static void test_sync__finds_the_office_at_another_address(void **state)
{
    static const struct discover_ops ops = {.find = hint_find};
    struct hint hint = {.discover.ops = &ops};
    struct booth *booth = *state;
    struct pairing pairing = office_pairing(booth->office);
    struct office *liar = office_open(); // says that it is the office, but has another key
    struct pairing wrong = office_pairing(liar);

    booth_stop_sync(booth);
    strcpy(pairing.url, "https://127.0.0.1:9"); // where it was once
    assert_int_equal(pairing_save(booth->pairing, &pairing), STATUS_OK);
    booth->discover = &hint.discover;
    booth_start_sync(booth);
    booth_write(booth, 5);
    booth_send(booth, 5);
    assert_int_equal(booth->state.trouble, SYNC_UNREACHABLE);
    assert_int_equal(hint.asked, 1);
    strcpy(hint.url, wrong.url);
    for (int i = 0; i < 4; i++) {
        booth_move(booth, 60 * 1000);
        booth_send(booth, 5);
        assert_int_not_equal(booth->state.trouble, SYNC_FINE);
    }
    assert_int_equal(liar->call_count, 0);
    strcpy(hint.url, office_pairing(booth->office).url);
    for (int i = 0; i < 3; i++) {
        booth_move(booth, 60 * 1000);
        booth_send(booth, 50);
    }
    booth_is_at_the_office(booth);
    assert_int_equal(booth->state.trouble, SYNC_FINE);
    office_close(liar);
}

static void test_sync__comes_again_soon_where_nobody_answers(void **state)
{
    struct booth *booth = *state;
    struct pairing pairing = office_pairing(booth->office);

    booth_stop_sync(booth);
    strcpy(pairing.url, "https://127.0.0.1:9"); // the office is off for hours
    assert_int_equal(pairing_save(booth->pairing, &pairing), STATUS_OK);
    booth_start_sync(booth);
    booth_write(booth, 5);
    int64_t wait_ms = 0;
    for (int i = 0; i < 12; i++) {
        booth_move(booth, wait_ms);
        booth_send(booth, 5);
        wait_ms = booth->state.retry_mono_ms - booth->door.hand.now_ms;
        assert_in_range(wait_ms, BACK_OFF_LEAST_MS, BACK_OFF_AWAY_MS);
    }
    assert_true(wait_ms >= BACK_OFF_AWAY_MS / 2);
}

// ---- power cuts ----

// The kiosk's sync in a process of its own, until it is killed: this program with a database, a pairing and a key.
static int be_a_kiosk(char **arguments)
{
    struct device_key key;
    struct queue deliveries;
    struct sync_config config = {.database = arguments[1],
                                 .pairing = arguments[2],
                                 .device_key = &key,
                                 .gate = "Nord",
                                 .event = DOOR_EVENT,
                                 .clock = clock_system(),
                                 .deliveries = &deliveries};
    struct delivery delivery;
    struct sync *sync;

    if (text_unhex(arguments[3], key.secret_key, sizeof key.secret_key) != STATUS_OK) return 1;
    memcpy(key.public_key, key.secret_key + DEVICE_KEY_BYTES, DEVICE_KEY_BYTES); // libsodium's form
    queue_init(&deliveries, sizeof delivery, 4, NULL);
    if (sync_open(&config, &sync) != STATUS_OK) return 1;
    sync_start(sync);
    for (;; usleep(LOOK_US))
        while (queue_take(&deliveries, &delivery)) delivery_free(&delivery);
}

static pid_t start_kiosk(struct booth *booth)
{
    char key[4 * DEVICE_KEY_BYTES + 1], path[512] = "";
    char *arguments[] = {path, booth->door.path, booth->pairing, key, NULL};
    pid_t kiosk;

    text_hex(booth->key.secret_key, sizeof booth->key.secret_key, key);
    assert_true(readlink("/proc/self/exe", path, sizeof path - 1) > 0);
    assert_int_equal(posix_spawn(&kiosk, path, NULL, NULL, arguments, environ), 0);
    return kiosk;
}

static uint64_t wait_for_more(struct office *office, uint64_t before)
{
    uint64_t next = before;

    while (next == before) {
        pthread_mutex_t *lock = liar_lock(office->liar);
        pthread_mutex_lock(lock);
        next = office->next;
        pthread_mutex_unlock(lock);
        usleep(100);
    }
    return next;
}

static void test_sync__goes_on_after_it_was_killed(void **state)
{
    struct booth *booth = *state;
    uint64_t before = 1;
    int kills = 0;

    booth_write(booth, 3000);
    booth_stop_sync(booth);
    while (before <= booth_last(booth) && kills < 100) {
        pid_t kiosk = start_kiosk(booth);
        before = wait_for_more(booth->office, before);
        kill(kiosk, SIGKILL);
        assert_int_equal(waitpid(kiosk, NULL, 0), kiosk);
        kills++;
    }
    booth_start_sync(booth);
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_true(kills > 0);
}

int main(int count, char **arguments)
{
    if (count == 4) return be_a_kiosk(arguments);
#define booth_test(test) cmocka_unit_test_setup_teardown(test, open_booth, close_booth)
    const struct CMUnitTest tests[] = {
        booth_test(test_sync__brings_records_both_ways_while_the_door_runs),
        booth_test(test_close__does_not_wait_for_the_office),
        booth_test(test_sync__comes_again_soon_where_nobody_answers),
        booth_test(test_sync__finds_the_office_at_another_address),
        booth_test(test_sync__goes_on_after_it_was_killed),
    };

    return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
