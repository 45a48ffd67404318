// live: a kiosk's own headcount page, over a real database and server; steps by hand, and once as a thread.
#include "support/check.h"

#include "app/live.h"
#include "sync/sync.h"
#include "support/door.h"
#include "support/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GUESTS = 30, STEPS = 20 };

struct room {
    struct door door;
    struct store *store;
    struct live_config config;
    struct live *live;
    int64_t mono_ms; // as steps are told; the server's thread has the real clock
    struct web *web;
    char cookie[300];
};

static void open_live(struct room *room)
{
    assert_int_equal(live_open(&room->config, &room->live), STATUS_OK);
}

static void begin(struct room *room)
{
    memset(room, 0, sizeof *room);
    door_init(&room->door, NULL);
    room->store = door_store(&room->door, GUESTS);
    room->config = (struct live_config){
        .clock = clock_system(), .address = "127.0.0.1", .event = DOOR_EVENT, .list = DOOR_LIST, .gate = "Nord"};
    snprintf(room->config.database, sizeof room->config.database, "%s", room->door.path);
    snprintf(room->config.secret, sizeof room->config.secret, "%s/board.secret", room->door.folder);
    open_live(room);
}

static void end(struct room *room)
{
    web_close(room->web);
    live_close(room->live);
    store_close(room->store);
    unlink(room->config.secret);
    door_destroy(&room->door);
}

static void read_link(const struct room *room, unsigned *port, char token[BOARD_TOKEN_SIZE])
{
    char link[BOARD_LINK_SIZE];

    live_link(room->live, link);
    assert_int_equal(sscanf(link, "http://127.0.0.1:%u/#%32s", port, token), 2);
}

// Scans the code: the page's first request.
static void visit(struct room *room)
{
    char token[BOARD_TOKEN_SIZE], body[64], cookie[256];
    struct web_answer answer;
    unsigned port;

    read_link(room, &port, token);
    web_close(room->web);
    room->web = web_open((uint16_t)port, false);
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", token);
    web_ask(room->web, "POST /session", "", body, &answer);
    assert_int_equal(answer.status, 204);
    assert_non_null(web_answer_header(&answer, "Set-Cookie", cookie));
    cookie[strcspn(cookie, ";")] = '\0';
    snprintf(room->cookie, sizeof room->cookie, "Cookie: %s\r\n", cookie);
    web_answer_free(&answer);
}

static void step(struct room *room, int64_t later_ms)
{
    room->mono_ms += later_ms;
    assert_int_equal(live_step(room->live, room->mono_ms), LIVE_LOOK_MS);
}

static void assert_page_says(struct room *room, const char *words)
{
    struct web_answer answer;

    web_ask(room->web, "GET /numbers", room->cookie, NULL, &answer);
    assert_int_equal(answer.status, 200);
    if (!strstr(answer.body, words)) fail_msg("no %s in %s", words, answer.body);
    web_answer_free(&answer);
}

static void watch(struct room *room)
{
    char request[400];

    snprintf(request, sizeof request, "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", room->cookie);
    web_says(room->web, request);
}

static void admit(struct room *room, size_t guest)
{
    struct record entry = door_entry(&room->door, guest);
    uint64_t seq;

    assert_int_equal(room->store->ops->append(room->store, &entry, &seq), STATUS_OK);
}

static void test_live__who_is_admitted_is_on_the_page_within_a_second(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    visit(&room);
    step(&room, 0);
    assert_page_says(&room, "\"inside\":0,\"expected\":15,");
    admit(&room, 0);
    int64_t waited_ms = 0;
    for (; waited_ms < 1000 - LIVE_LOOK_MS; waited_ms += LIVE_LOOK_MS) step(&room, LIVE_LOOK_MS);
    assert_page_says(&room, "\"inside\":1,\"expected\":15,");
    assert_page_says(&room, "\"gate\":\"Nord\",\"is_this\":true");
    end(&room);
}

static void test_live__an_idle_kiosk_says_that_it_is_there(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    visit(&room);
    step(&room, 0);
    watch(&room);
    assert_true(web_waits_for(room.web, "event: made"));
    for (int waited_ms = 0; waited_ms < BOARD_FRESH_MS; waited_ms += LIVE_LOOK_MS) step(&room, LIVE_LOOK_MS);
    assert_true(web_waits_for(room.web, "event: made")); // once more, with nothing new
    end(&room);
}

static void test_live__shows_the_list_that_staff_chose(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    visit(&room);
    step(&room, 0);
    assert_page_says(&room, "\"list\":1,");
    assert_int_equal(room.store->ops->remember(room.store, "list", "2"), STATUS_OK);
    assert_int_equal(room.store->ops->remember(room.store, "event", "8"), STATUS_OK);
    step(&room, LIVE_COUNT_MS);
    assert_page_says(&room, "\"list\":1,"); // of another event
    assert_int_equal(room.store->ops->remember(room.store, "event", "7"), STATUS_OK);
    step(&room, LIVE_COUNT_MS);
    assert_page_says(&room, "\"list\":2,");
    assert_int_equal(room.store->ops->remember(room.store, "list", "99"), STATUS_OK);
    step(&room, LIVE_COUNT_MS);
    assert_page_says(&room, "\"list\":1,"); // there is none
    end(&room);
}

static void test_live__a_new_version_of_the_event_is_followed(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    visit(&room);
    step(&room, 0);
    assert_page_says(&room, "\"version\":1,");
    door_document(&room.door, 2, 2 * GUESTS);
    assert_int_equal(door_install(&room.door, room.store), STATUS_OK);
    step(&room, LIVE_EVENT_MS);
    assert_page_says(&room, "\"version\":2,");
    assert_page_says(&room, "\"expected\":30,");
    end(&room);
}

static void test_live__a_link_outlives_the_kiosk_but_not_the_event(void **state)
{
    struct room room;
    char token[BOARD_TOKEN_SIZE], again[BOARD_TOKEN_SIZE];
    struct stat facts;
    unsigned port;

    (void)state;
    begin(&room);
    read_link(&room, &port, token);
    assert_int_equal(stat(room.config.secret, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    live_close(room.live);
    open_live(&room);
    read_link(&room, &port, again);
    assert_string_equal(token, again);
    live_close(room.live);
    room.config.event = DOOR_EVENT + 1;
    open_live(&room);
    read_link(&room, &port, again);
    assert_string_not_equal(token, again);
    end(&room);
}

static void test_live__a_secret_that_is_none_is_never_written_over(void **state)
{
    struct room room;
    FILE *file;
    char kept[32] = "";

    (void)state;
    begin(&room);
    live_close(room.live);
    room.live = NULL;
    file = fopen(room.config.secret, "w");
    assert_non_null(file);
    fputs("something else", file);
    fclose(file);
    assert_int_equal(live_open(&room.config, &room.live), STATUS_INVALID);
    file = fopen(room.config.secret, "r");
    assert_non_null(file);
    assert_non_null(fgets(kept, sizeof kept, file));
    fclose(file);
    assert_string_equal(kept, "something else");
    end(&room);
}

static void test_live__a_port_that_is_taken_is_tried_again(void **state)
{
    struct room room;
    struct live *second = NULL;
    char token[BOARD_TOKEN_SIZE], link[BOARD_LINK_SIZE];
    unsigned port, again;

    (void)state;
    begin(&room);
    read_link(&room, &port, token);
    room.config.port = (uint16_t)port;
    assert_int_equal(live_open(&room.config, &second), STATUS_OK); // the door opens all the same
    live_link(second, link);
    assert_string_equal(link, "");
    assert_int_equal(live_step(second, LIVE_PORT_MS), LIVE_LOOK_MS);
    live_close(room.live);
    room.live = second;
    assert_int_equal(live_step(second, LIVE_PORT_MS + LIVE_LOOK_MS), LIVE_LOOK_MS);
    live_link(second, link);
    assert_string_equal(link, ""); // not all the time
    assert_int_equal(live_step(second, 2 * LIVE_PORT_MS), LIVE_LOOK_MS);
    read_link(&room, &again, token);
    assert_int_equal(again, port);
    visit(&room);
    assert_page_says(&room, "\"inside\":0,");
    end(&room);
}

static enum status open_nothing(const char *url, const uint8_t *pin, struct clock *clock, struct uplink **out)
{
    (void)url, (void)pin, (void)clock, (void)out;
    return STATUS_LATER;
}

static void test_live__says_how_many_records_wait_for_the_office(void **state)
{
    struct pairing pairing = {.url = "https://127.0.0.1:1", .token = "secret", .device = "Nord", .event = DOOR_EVENT};
    struct device_key key = {{0}, {0}};
    struct room room;
    char path[128];

    (void)state;
    begin(&room);
    snprintf(path, sizeof path, "%s/pairing.json", room.door.folder);
    assert_int_equal(pairing_save(path, &pairing), STATUS_OK);
    struct sync_config config = {.database = room.config.database,
                                 .pairing = path,
                                 .device_key = &key,
                                 .gate = "Nord",
                                 .event = DOOR_EVENT,
                                 .clock = clock_system(),
                                 .open_uplink = open_nothing};
    assert_int_equal(sync_open(&config, &room.config.sync), STATUS_OK);
    live_close(room.live);
    open_live(&room);
    visit(&room);
    for (size_t i = 0; i < 3; i++) admit(&room, i);
    (void)sync_send_step(room.config.sync, 0);
    uint64_t waiting = sync_waiting(room.config.sync);
    assert_in_range(waiting, 3, 5); // and what the store wrote itself
    step(&room, 0);
    char words[64];
    snprintf(words, sizeof words, "\"waiting\":%llu", (unsigned long long)waiting);
    assert_page_says(&room, words);
    admit(&room, 3);
    (void)sync_send_step(room.config.sync, 0);
    step(&room, LIVE_LOOK_MS); // too early to count again, but not for this
    snprintf(words, sizeof words, "\"waiting\":%llu", (unsigned long long)waiting + 1);
    assert_page_says(&room, words);
    live_close(room.live);
    room.live = NULL;
    sync_close(room.config.sync);
    unlink(path);
    end(&room);
}

static void test_live__runs_as_a_thread_beside_the_desk(void **state)
{
    struct room room;
    char wanted[32];

    (void)state;
    begin(&room);
    visit(&room);
    live_start(room.live);
    watch(&room);
    assert_true(web_waits_for(room.web, "\"inside\":0,"));
    for (size_t i = 0; i < STEPS; i += 2) admit(&room, i); // two tickets each
    snprintf(wanted, sizeof wanted, "\"inside\":%d,", STEPS / 2);
    assert_true(web_waits_for(room.web, wanted));
    end(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_live__who_is_admitted_is_on_the_page_within_a_second),
        cmocka_unit_test(test_live__an_idle_kiosk_says_that_it_is_there),
        cmocka_unit_test(test_live__shows_the_list_that_staff_chose),
        cmocka_unit_test(test_live__a_new_version_of_the_event_is_followed),
        cmocka_unit_test(test_live__a_link_outlives_the_kiosk_but_not_the_event),
        cmocka_unit_test(test_live__a_secret_that_is_none_is_never_written_over),
        cmocka_unit_test(test_live__a_port_that_is_taken_is_tried_again),
        cmocka_unit_test(test_live__says_how_many_records_wait_for_the_office),
        cmocka_unit_test(test_live__runs_as_a_thread_beside_the_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
