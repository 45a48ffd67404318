#include "support/check.h"

#include "base/mem.h"
#include "base/text.h"
#include "support/scribe.h"
#include "sync/booth.h"

#include <stdio.h>
#include <stdlib.h>

struct stage {
    struct booth booth;
    struct scribe *other; // another kiosk
};

static int open_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);

    assert_non_null(stage);
    booth_open(&stage->booth, true);
    stage->other = scribe_open(77);
    scribe_write(stage->other, FEED_MOST_ITEMS);
    *state = stage;
    return 0;
}

static int close_stage(void **state)
{
    struct stage *stage = *state;

    booth_close(&stage->booth);
    free(stage->other);
    free(stage);
    return 0;
}

struct wish { // of the feed's next page
    uint64_t first;
    size_t count;
    const char *cursor;
    bool is_reset;
    uint32_t version; // > 0: and the event has it
};

static void put_page(struct stage *stage, const struct wish *wish)
{
    struct feed_page *page = mem_zero(sizeof *page);
    char *json;

    text_copy(page->cursor, sizeof page->cursor, wish->cursor);
    page->is_reset = wish->is_reset;
    page->now_ms = DOOR_UNIX_MS;
    for (; page->count < wish->count; page->count++) {
        struct foreign_line *record = &page->items[page->count].record;
        memcpy(record->log, stage->other->log, LOG_ID_BYTES);
        record->seq = wish->first + page->count;
        record->line = stage->other->lines[record->seq - 1];
        record->length = strlen(record->line);
    }
    if (wish->version)
        page->items[page->count++] =
            (struct feed_item){.kind = FEED_EVENT, .event = DOOR_EVENT, .version = wish->version};
    json = feed_write(page);
    text_copy(stage->booth.office->feed, sizeof stage->booth.office->feed, json);
    free(json);
    feed_free(page);
}

static void put_event(struct stage *stage, uint32_t version, const char *etag)
{
    struct booth *booth = &stage->booth;
    struct office *office = booth->office;
    char hex[2 * TICKET_SIGNATURE_BYTES + 1];

    door_document(&booth->door, version, 12);
    free(office->event_file);
    text_hex(booth->door.signature, TICKET_SIGNATURE_BYTES, hex);
    office->event_length = sizeof hex + booth->door.document_length;
    office->event_file = malloc(office->event_length);
    memcpy(office->event_file, hex, sizeof hex);
    office->event_file[sizeof hex - 1] = '\n';
    memcpy(office->event_file + sizeof hex, booth->door.document, booth->door.document_length);
    text_copy(office->event_etag, sizeof office->event_etag, etag);
}

static uint64_t foreign_count(struct stage *stage)
{
    struct headcount headcount = {0};
    struct store *store = stage->booth.store;

    assert_int_equal(store->ops->count(store, DOOR_EVENT, &stage->booth.door.event.lists[0], &headcount), STATUS_OK);
    return headcount.inside;
}

static void cursor_is(struct stage *stage, const char *expected)
{
    char cursor[STORE_CURSOR_SIZE];

    assert_int_equal(stage->booth.store->ops->feed_cursor(stage->booth.store, cursor), STATUS_OK);
    assert_string_equal(cursor, expected);
}

static void test_receiver__hands_over_what_others_did_in_pieces(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    put_page(stage, &(struct wish){.first = 1, .count = FEED_MOST_ITEMS, .cursor = "500.abc"});
    booth_feed(booth, 50);
    assert_int_equal(foreign_count(stage), FEED_MOST_ITEMS);
    assert_int_equal(booth->record_pieces, (FEED_MOST_ITEMS + DELIVERY_MOST_LINES - 1) / DELIVERY_MOST_LINES);
    cursor_is(stage, "500.abc");
    char expected[128], log[2 * LOG_ID_BYTES + 1];
    text_hex(booth->store->ops->identity(booth->store)->log, LOG_ID_BYTES, log);
    snprintf(expected, sizeof expected, "after=500.abc&event=7&log=%s&limit=500&wait=25", log);
    assert_non_null(strstr(booth->office->last_feed, expected));
    assert_true(booth->state.was_filled);
}

// Only what was there before it came is said: what others do from now on is every day's news.
static void test_receiver__that_comes_first_was_not_filled(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    put_page(stage, &(struct wish){.first = 1, .count = 0, .cursor = "0.abc"});
    booth_feed(booth, 50);
    put_page(stage, &(struct wish){.first = 1, .count = 3, .cursor = "3.abc"});
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(foreign_count(stage), 3);
    assert_false(booth->state.was_filled);
}

// The cursor moves with the last piece only: what a power cut takes away comes again.
static void test_receiver__goes_on_where_it_was_stored(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    put_page(stage, &(struct wish){.first = 1, .count = 200, .cursor = "200.abc"});
    booth_feed(booth, 4); // the event (there is none), the page, two pieces
    assert_true(booth->record_pieces >= 1 && booth->record_pieces <= 3);
    cursor_is(stage, "");
    booth_stop_sync(booth);
    booth_start_sync(booth);
    put_page(stage, &(struct wish){.first = 1, .count = 200, .cursor = "200.abc"});
    booth_feed(booth, 50);
    assert_int_equal(foreign_count(stage), 200);
    cursor_is(stage, "200.abc");
}

static void test_receiver__waits_until_it_is_on_disk(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    put_page(stage, &(struct wish){.first = 1, .count = 100, .cursor = "100.abc"});
    booth->is_away = true;
    booth_feed(booth, 50);
    size_t feeds = booth->office->feed_count;
    booth_move(booth, 30 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(booth->office->feed_count, feeds);
    assert_int_equal(queue_count(&booth->deliveries), 1);
    booth->is_away = false;
    booth->refusal = STATUS_LATER; // a full disk
    booth_desk(booth);
    booth_feed(booth, 50);
    assert_int_equal(booth->state.feed_trouble, SYNC_DISK);
    cursor_is(stage, "");
    booth->refusal = STATUS_OK;
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(foreign_count(stage), 100);
    assert_int_equal(booth->state.feed_trouble, SYNC_FINE);
    cursor_is(stage, "100.abc");
}

static void test_receiver__reads_from_the_beginning_after_a_reset(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    put_page(stage, &(struct wish){.first = 1, .count = 50, .cursor = "50.abc"});
    booth_feed(booth, 50);
    put_page(stage, &(struct wish){.first = 1, .count = 60, .cursor = "60.def", .is_reset = true});
    booth_move(booth, 2000);
    booth_feed(booth, 50);
    assert_int_equal(foreign_count(stage), 60);
    cursor_is(stage, "60.def");
}

// An office that doesn't keep the call until there is news is not asked without end.
static void test_receiver__does_not_hammer(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    booth_feed(booth, 500);
    assert_true(booth->office->feed_count <= 2);
    assert_true(booth->feed_due_ms > 0);
}

// ---- events ----

static void test_event__is_fetched_when_the_feed_names_it(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;
    struct pairing pairing;

    put_event(stage, 2, "\"2-b\"");
    put_page(stage, &(struct wish){.first = 1, .count = 3, .cursor = "4.abc", .version = 2});
    booth_feed(booth, 50);
    assert_int_equal(booth->last_event.status, STATUS_OK);
    assert_int_equal(booth->last_event.event, DOOR_EVENT);
    assert_int_equal(foreign_count(stage), 3);
    assert_int_equal(booth->events, 1);
    assert_int_equal(pairing_load(booth->pairing, &pairing), STATUS_OK);
    assert_string_equal(pairing.event_etag, "\"2-b\"");

    booth_stop_sync(booth); // it is here: not fetched again, but a newer one is
    booth_start_sync(booth);
    booth_feed(booth, 50);
    assert_int_equal(booth->events, 1);
    put_event(stage, 3, "\"3-c\"");
    booth_stop_sync(booth);
    booth_start_sync(booth);
    booth_feed(booth, 50);
    assert_int_equal(booth->events, 2);
    assert_int_equal(booth->last_event.status, STATUS_OK);
}

static void test_event__that_is_refused_is_said_and_not_fetched_for_ever(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    put_event(stage, 5, "\"5\"");
    booth_feed(booth, 50);
    assert_int_equal(booth->last_event.status, STATUS_OK);
    put_event(stage, 4, "\"4\""); // the office was put back from a backup
    put_page(stage, &(struct wish){.first = 1, .count = 3, .cursor = "4.abc", .version = 4});
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(booth->last_event.status, STATUS_INVALID);
    assert_int_equal(booth->state.feed_trouble, SYNC_OLDER_EVENT);
    assert_string_equal(booth->state.words, booth->last_event.flaw.words);
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(foreign_count(stage), 3); // records go on all the same
    size_t events = booth->events;
    put_page(stage, &(struct wish){.first = 4, .count = 1, .cursor = "5.abc", .version = 4});
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(booth->events, events);
    assert_int_equal(foreign_count(stage), 4);

    put_event(stage, 6, "\"6\""); // and damaged
    booth->office->event_file[200] ^= 1;
    put_page(stage, &(struct wish){.first = 5, .count = 1, .cursor = "6.abc", .version = 6});
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(booth->state.feed_trouble, SYNC_BAD_EVENT);
    put_event(stage, 7, "\"7\"");
    put_page(stage, &(struct wish){.first = 6, .count = 1, .cursor = "7.abc", .version = 7});
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 50);
    assert_int_equal(booth->last_event.status, STATUS_OK);
    assert_int_equal(booth->state.feed_trouble, SYNC_FINE);
}

// The desk keeps a large event for a quiet moment; others' records don't wait for that.
static void test_event__that_waits_at_the_desk_holds_up_nothing(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;
    struct delivery event;

    put_event(stage, 2, "\"2\"");
    booth->is_away = true;
    booth_feed(booth, 1);
    assert_true(queue_take(&booth->deliveries, &event));
    assert_int_equal(event.kind, DELIVERY_EVENT);
    booth->is_away = false;
    put_page(stage, &(struct wish){.first = 1, .count = 70, .cursor = "70.abc"});
    booth_feed(booth, 50);
    assert_int_equal(foreign_count(stage), 70);
    struct receipt receipt = {.serial = event.serial, .kind = DELIVERY_EVENT, .event = DOOR_EVENT};
    assert_int_equal(queue_put(sync_receipts(booth->sync), &receipt), STATUS_OK);
    booth_move(booth, 2000);
    booth_feed(booth, 5);
    struct pairing pairing;
    assert_int_equal(pairing_load(booth->pairing, &pairing), STATUS_OK);
    assert_string_equal(pairing.event_etag, "\"2\"");
    delivery_free(&event);
}

// ---- every answer ----

static const struct {
    const char *name, *part;
    struct liar_reply reply;
    const char *text;
    enum sync_trouble trouble;
    int64_t least_ms;
} answers[] = {
    {"400", "/v1/feed", {.status = 400}, "{\"error\":\"x\"}", SYNC_NOT_TAKEN, 60000},
    {"404", "/v1/feed", {.status = 404}, "{}", SYNC_NO_OFFICE, 1000},
    {"426", "/v1/feed", {.status = 426}, "{}", SYNC_OUTDATED, 60000},
    {"429", "/v1/feed", {.status = 429, .headers = "Retry-After: 9\r\n"}, "{}", SYNC_BUSY, 9000},
    {"503", "/v1/feed", {.status = 503}, "{}", SYNC_BUSY, 1000},
    {"captive portal", "/v1/feed", {.status = 200, .type = "text/html"}, "<html>", SYNC_NO_OFFICE, 1000},
    {"no page", "/v1/feed", {.status = 200}, "{\"cursor\":7}", SYNC_NO_OFFICE, 1000},
    {"half a page",
     "/v1/feed",
     {.status = 200},
     "{\"cursor\":\"1\",\"now_ms\":1,\"items\":[{\"log\"",
     SYNC_NO_OFFICE,
     1000},
    {"cut off", "/v1/feed", {.status = 200, .cut_after = 72}, "{}", SYNC_UNREACHABLE, 1000},
    {"event: captive portal", "/v1/events", {.status = 200, .type = "text/html"}, "<html>", SYNC_NO_OFFICE, 1000},
    {"event: none", "/v1/events", {.status = 200}, "{}", SYNC_NO_OFFICE, 1000},
    {"event: 500", "/v1/events", {.status = 500}, "{}", SYNC_BUSY, 1000},
};

static void test_receiver__loses_nothing_on_any_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct stage *stage;
        void *owner = NULL;
        open_stage(&owner);
        stage = owner;
        struct booth *booth = &stage->booth;
        put_event(stage, 2, "\"2\"");
        office_lie(booth->office, &(struct lie){.method = "GET",
                                                .part = answers[i].part,
                                                .times = 1,
                                                .reply = answers[i].reply,
                                                .text = answers[i].text});
        put_page(stage, &(struct wish){.first = 1, .count = 70, .cursor = "70.abc"});
        booth_feed(booth, 50);
        booth_send(booth, 1); // for the state
        if (booth->state.feed_trouble != answers[i].trouble)
            fail_msg("%s: trouble %d, not %d", answers[i].name, (int)booth->state.feed_trouble,
                     (int)answers[i].trouble);
        size_t calls = booth->office->call_count;
        booth_move(booth, answers[i].least_ms - 1);
        booth_feed(booth, 5);
        assert_int_equal(booth->office->call_count, calls);
        booth_move(booth, answers[i].least_ms + 1500);
        booth_feed(booth, 50);
        assert_int_equal(foreign_count(stage), 70);
        assert_int_equal(booth->last_event.status, STATUS_OK);
        assert_int_equal(booth->state.feed_trouble, SYNC_FINE);
        close_stage(&owner);
    }
}

static void test_receiver__knows_at_once_that_a_trouble_is_over(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    booth_feed(booth, 50);
    office_lie(booth->office,
               &(struct lie){.method = "GET", .part = "/v1/feed", .times = 1, .reply = {.status = 503}, .text = "{}"});
    for (int i = 0; booth->office->lies[0].times > 0 && i < 50; i++) {
        booth_move(booth, 2000);
        booth_feed(booth, 1);
    }
    booth_move(booth, 5000);
    size_t calls = booth->office->call_count;
    for (int i = 0; booth->office->call_count == calls && i < 50; i++) booth_feed(booth, 1);
    assert_non_null(strstr(booth->office->last_feed, "&wait=0"));
    booth_move(booth, 2000);
    booth_feed(booth, 2);
    assert_non_null(strstr(booth->office->last_feed, "&wait=25"));
}

static void test_receiver__that_is_answered_again_wakes_the_sender(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    office_lie(booth->office,
               &(struct lie){.method = "GET", .part = "/v1", .times = 4, .reply = {.is_silent = true}, .text = ""});
    booth_write(booth, 3);
    booth_send(booth, 5);
    assert_int_equal(booth->state.trouble, SYNC_UNREACHABLE);
    int64_t calls = 0;
    while (booth->office->lies[0].times > 0 && calls++ < 50) { // only the feed's thread tries
        booth_move(booth, 100);
        booth_feed(booth, 5);
    }
    size_t batches = booth->office->batch_count;
    assert_int_equal(batches, 0);
    booth_move(booth, 60 * 1000);
    booth_feed(booth, 5);
    clock_hand_move(&booth->door.hand, -60 * 1000); // the sender's own time isn't over yet
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
}

static void test_receiver__that_is_revoked_stops_both_ways(void **state)
{
    struct stage *stage = *state;
    struct booth *booth = &stage->booth;

    booth_write(booth, 3);
    office_lie(booth->office, &(struct lie){.method = "GET",
                                            .part = "/v1/feed",
                                            .times = 1,
                                            .reply = {.status = 401},
                                            .text = "{\"error\":\"revoked\"}"});
    booth_feed(booth, 50);
    assert_int_equal(booth->state.trouble, SYNC_REVOKED);
    size_t calls = booth->office->call_count;
    booth_send(booth, 5);
    assert_int_equal(booth->office->call_count, calls);
    assert_int_equal(booth->send_due_ms, DOORBELL_FOREVER);
}

int main(void)
{
#define stage_test(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)
    const struct CMUnitTest tests[] = {
        stage_test(test_receiver__hands_over_what_others_did_in_pieces),
        stage_test(test_receiver__that_comes_first_was_not_filled),
        stage_test(test_receiver__goes_on_where_it_was_stored),
        stage_test(test_receiver__waits_until_it_is_on_disk),
        stage_test(test_receiver__reads_from_the_beginning_after_a_reset),
        stage_test(test_receiver__does_not_hammer),
        stage_test(test_event__is_fetched_when_the_feed_names_it),
        stage_test(test_event__that_is_refused_is_said_and_not_fetched_for_ever),
        stage_test(test_event__that_waits_at_the_desk_holds_up_nothing),
        cmocka_unit_test(test_receiver__loses_nothing_on_any_answer),
        stage_test(test_receiver__knows_at_once_that_a_trouble_is_over),
        stage_test(test_receiver__that_is_answered_again_wakes_the_sender),
        stage_test(test_receiver__that_is_revoked_stops_both_ways),
    };

    return cmocka_run_group_tests_name("receiver", tests, NULL, NULL);
}
