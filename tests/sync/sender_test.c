#include "support/check.h"

#include "sync/booth.h"
#include "sync/sync_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static int open_booth(void **state)
{
    struct booth *booth = calloc(1, sizeof *booth);

    assert_non_null(booth);
    booth_open(booth, true);
    *state = booth;
    return 0;
}

static int open_unpaired(void **state)
{
    struct booth *booth = calloc(1, sizeof *booth);

    assert_non_null(booth);
    booth_open(booth, false);
    *state = booth;
    return 0;
}

static int close_booth(void **state)
{
    booth_close(*state);
    free(*state);
    return 0;
}

static void test_sender__brings_each_record_once(void **state)
{
    struct booth *booth = *state;

    booth_write(booth, 1200);
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_int_equal(booth->office->batch_count, 3);
    assert_int_equal(booth->office->sizes[0], 500);
    assert_int_equal(booth->state.trouble, SYNC_FINE);
    assert_true(booth->state.is_paired);
    assert_false(booth->state.is_sending);
    assert_int_equal(booth->state.synced_unix_ms, DOOR_UNIX_MS);
    booth_write(booth, 1);
    booth_send(booth, 5);
    booth_is_at_the_office(booth);
    assert_int_equal(booth->office->batch_count, 4);
    assert_int_equal(booth->office->sizes[3], 1);
}

static void test_sender__goes_on_where_the_office_is(void **state)
{
    struct booth *booth = *state;

    booth_write(booth, 700);
    booth_send(booth, 2); // its place, and one batch
    assert_int_equal(booth->office->next, 501);
    booth_stop_sync(booth); // power is gone
    booth_start_sync(booth);
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_int_equal(booth->office->batch_count, 2);
}

// Also for who has no office at all, or none just now.
static void test_sender__says_what_waits(void **state)
{
    struct booth *booth = *state;

    booth_write(booth, 8);
    booth_send(booth, 50);
    booth_write(booth, 3);
    booth_send(booth, 50);
    booth_stop_sync(booth);
    office_lie(booth->office,
               &(struct lie){.method = "GET", .part = "/v1/logs", .times = 9, .reply = {.status = 503}, .text = "{}"});
    booth_start_sync(booth);
    booth_write(booth, 2);
    booth_send(booth, 50);
    assert_int_equal(booth->state.trouble, SYNC_BUSY);
    assert_int_equal(booth->state.waiting, 2); // what was there before is remembered
    booth_write(booth, 5);
    booth_send(booth, 50); // it isn't tried yet
    assert_int_equal(booth->state.waiting, 7);
    assert_false(booth->state.is_sending);
}

// The office's answer is the truth, also after it was put back from a backup.
static void test_sender__sends_again_what_the_office_lost(void **state)
{
    struct booth *booth = *state;

    booth_write(booth, 700);
    booth_send(booth, 50);
    assert_false(booth->state.was_refilled);
    office_forget(booth->office, 123);
    booth_write(booth, 1); // found by the next batch
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_true(booth->state.was_refilled);
    office_forget(booth->office, 1);
    booth_move(booth, 10 * 60 * 1000); // found by asking now and then
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
}

// ---- every answer ----

static const struct {
    const char *name, *method, *part;
    struct liar_reply reply;
    const char *text;
    int times;
    enum sync_trouble trouble;
    int64_t least_ms, most_ms; // until the next try
} answers[] = {
    {"400", "POST", "/records", {.status = 400}, "{\"error\":\"line 3\"}", 1, SYNC_NOT_TAKEN, 60000, 60000},
    {"426", "POST", "/records", {.status = 426}, "{\"error\":\"old\"}", 1, SYNC_OUTDATED, 60000, 60000},
    {"429", "POST", "/records", {.status = 429, .headers = "Retry-After: 7\r\n"}, "{}", 1, SYNC_BUSY, 7000, 8750},
    {"429 for ever",
     "POST",
     "/records",
     {.status = 429, .headers = "Retry-After: 86400\r\n"},
     "{}",
     1,
     SYNC_BUSY,
     60000,
     60000},
    {"503", "POST", "/records", {.status = 503}, "{}", 1, SYNC_BUSY, 1000, 2000},
    {"502 of a proxy", "POST", "/records", {.status = 502, .type = "text/html"}, "<html>", 1, SYNC_BUSY, 1000, 2000},
    {"500", "GET", "/v1/logs", {.status = 500}, "{}", 1, SYNC_BUSY, 1000, 2000},
    {"404", "POST", "/records", {.status = 404}, "{}", 1, SYNC_NO_OFFICE, 1000, 2000},
    {"captive portal",
     "POST",
     "/records",
     {.status = 200, .type = "text/html"},
     "<html>WLAN</html>",
     1,
     SYNC_NO_OFFICE,
     1000,
     2000},
    {"captive portal, first",
     "GET",
     "/v1/logs",
     {.status = 200, .type = "text/html"},
     "<html>",
     1,
     SYNC_NO_OFFICE,
     1000,
     2000},
    {"JSON of somebody", "POST", "/records", {.status = 200}, "{\"ok\":true}", 1, SYNC_NO_OFFICE, 1000, 2000},
    {"409 without words", "POST", "/records", {.status = 409}, "{}", 1, SYNC_NO_OFFICE, 1000, 2000},
    {"redirect", "POST", "/records", {.status = 302}, "{}", 1, SYNC_NO_OFFICE, 1000, 2000},
    {"cut off", "POST", "/records", {.status = 200, .cut_after = 72}, "{}", 1, SYNC_UNREACHABLE, 1000, 2000},
    {"silent", "POST", "/records", {.is_silent = true}, "", 2, SYNC_UNREACHABLE, 1000, 2000},
};

static void test_sender__keeps_everything_on_any_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        for (int is_after = 0; is_after < 2; is_after++) { // refused, or taken and the answer is lost
            struct booth *booth = calloc(1, sizeof *booth);
            struct lie lie = {.method = answers[i].method,
                              .part = answers[i].part,
                              .times = answers[i].times,
                              .reply = answers[i].reply,
                              .text = answers[i].text,
                              .is_after = is_after > 0};
            booth_open(booth, true);
            booth_write(booth, 30);
            office_lie(booth->office, &lie);
            booth_send(booth, 50);
            if (booth->state.trouble != answers[i].trouble)
                fail_msg("%s: trouble %d, not %d", answers[i].name, (int)booth->state.trouble, (int)answers[i].trouble);
            int64_t wait_ms = booth->state.retry_mono_ms - booth->door.hand.now_ms;
            if (wait_ms < answers[i].least_ms || wait_ms > answers[i].most_ms)
                fail_msg("%s: tries again in %lld ms", answers[i].name, (long long)wait_ms);
            assert_int_equal(booth->state.waiting, 32);
            size_t calls = booth->office->call_count;
            booth_move(booth, wait_ms - 1);
            booth_send(booth, 5);
            assert_int_equal(booth->office->call_count, calls);
            booth_move(booth, 1);
            booth_send(booth, 50);
            booth_is_at_the_office(booth);
            assert_int_equal(booth->state.trouble, SYNC_FINE);
            booth_close(booth);
            free(booth);
        }
}

static void test_sender__is_tried_at_once_when_somebody_asks(void **state)
{
    struct booth *booth = *state;

    office_lie(booth->office,
               &(struct lie){.method = "POST", .part = "/records", .times = 1, .reply = {.status = 400}, .text = "{}"});
    booth_write(booth, 3);
    booth_send(booth, 50);
    assert_int_equal(booth->state.trouble, SYNC_NOT_TAKEN);
    booth_ask(booth, SYNC_REQUEST_NOW, "");
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
}

static void refuse_device(struct booth *booth, int status)
{
    struct pairing pairing;

    booth_write(booth, 3);
    office_lie(booth->office, &(struct lie){.method = "POST",
                                            .part = "/records",
                                            .times = 1,
                                            .reply = {.status = status},
                                            .text = "{\"error\":\"revoked\"}"});
    booth_send(booth, 50);
    assert_int_equal(booth->state.trouble, SYNC_REVOKED);
    assert_true(booth->state.waiting >= 3);
    assert_int_equal(booth->send_due_ms, DOORBELL_FOREVER);
    size_t calls = booth->office->call_count;
    booth_move(booth, 3600 * 1000);
    booth_ask(booth, SYNC_REQUEST_NOW, "");
    booth_send(booth, 5);
    booth_feed(booth, 5);
    booth_stop_sync(booth); // and after the next start too
    booth_start_sync(booth);
    booth_send(booth, 5);
    assert_int_equal(booth->state.trouble, SYNC_REVOKED);
    assert_int_equal(booth->office->call_count, calls);
    assert_int_equal(pairing_load(booth->pairing, &pairing), STATUS_OK);
    assert_true(pairing.is_revoked);
}

static void pair_again(struct booth *booth)
{
    char offer[PAIRING_TEXT_SIZE];

    booth_offer(booth, booth->office->code, offer);
    booth_ask(booth, SYNC_REQUEST_PAIR, offer);
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_int_equal(booth->state.trouble, SYNC_FINE);
}

static void test_sender__stops_when_revoked_until_paired_again(void **state)
{
    refuse_device(*state, 401);
    pair_again(*state);
    refuse_device(*state, 403);
    pair_again(*state);
}

static void test_sender__sends_less_at_once_when_it_is_too_much(void **state)
{
    struct booth *booth = *state;
    static const int statuses[] = {413, 408};

    booth_write(booth, 998);
    for (size_t i = 0; i < 2; i++) {
        office_lie(booth->office, &(struct lie){.method = "POST",
                                                .part = "/records",
                                                .times = 3,
                                                .reply = {.status = statuses[i], .type = "text/html"},
                                                .text = "<html>"});
        booth_send(booth, 6); // its place, three lies, two batches
        assert_int_equal(booth->office->sizes[0], 62);
        assert_int_equal(booth->office->sizes[1], 124); // and more again
        booth_send(booth, 50);
        booth_is_at_the_office(booth);
        office_forget(booth->office, 1);
        booth->office->batch_count = 0;
        booth_stop_sync(booth);
        booth_start_sync(booth);
    }
    // Even a single record is too much: it is kept, and tried again later.
    office_lie(
        booth->office,
        &(struct lie){.method = "POST", .part = "/records", .times = 50, .reply = {.status = 413}, .text = "{}"});
    booth_send(booth, 60);
    assert_int_equal(booth->state.trouble, SYNC_NOT_TAKEN);
    booth->office->lies[2].times = 0;
    booth_move(booth, 60000);
    booth_send(booth, 60);
    booth_is_at_the_office(booth);
}

static void test_sender__stops_when_the_chain_is_refused_twice(void **state)
{
    struct booth *booth = *state;
    struct lie lie = {.method = "POST",
                      .part = "/records",
                      .times = 1,
                      .reply = {.status = 422},
                      .text = "{\"error\":\"chain\",\"next\":1,\"head\":\"00\",\"now_ms\":1}"};

    booth_write(booth, 5);
    office_lie(booth->office, &lie);
    booth_send(booth, 50);
    booth_is_at_the_office(booth); // once: it was sent again
    booth_write(booth, 5);
    lie.times = 2;
    office_lie(booth->office, &lie);
    booth_send(booth, 50);
    assert_int_equal(booth->state.trouble, SYNC_BAD_CHAIN);
    assert_int_equal(booth->state.waiting, 5);
    size_t calls = booth->office->call_count;
    booth_move(booth, 3600 * 1000);
    booth_send(booth, 5);
    assert_int_equal(booth->office->call_count, calls);
    booth_ask(booth, SYNC_REQUEST_NOW, "");
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
}

static void test_sender__takes_nothing_for_safe_that_is_not_durable(void **state)
{
    struct booth *booth = *state;

    booth->office->is_not_durable = true;
    booth_write(booth, 5);
    booth_send(booth, 50);
    assert_int_equal(booth->state.synced_unix_ms, 0);
    booth->office->is_not_durable = false;
    booth_move(booth, 2000);
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_true(booth->state.synced_unix_ms > 0);
}

// ---- forks ----

static void test_sender__finds_the_first_record_that_differs(void **state)
{
    static const struct {
        uint64_t from, to; // the office has others there; and none behind
    } forks[] = {{1201, 1201}, {1150, 1201}, {1000, 1201}, {702, 1201}, {701, 900},   {3, 1201},   {1, 1201},
                 {1203, 1203}, {1203, 1900}, {501, 501},   {500, 1000}, {1202, 1202}, {1100, 1202}}; // as many as ours

    (void)state;
    for (size_t i = 0; i < sizeof forks / sizeof *forks; i++) {
        struct booth *booth = calloc(1, sizeof *booth);
        booth_open(booth, true);
        booth_write(booth, 1200); // 1202 records
        booth_send(booth, 50);
        booth_is_at_the_office(booth);
        office_replace(booth->office, forks[i].from, forks[i].to);
        booth_stop_sync(booth);
        booth_start_sync(booth);
        booth->refusal = STATUS_LATER; // the desk begins no new log here: that is store's, and tested there
        for (int step = 0; step < 20 && booth->forks == 0; step++) booth_send(booth, 1);
        assert_int_equal(booth->forks, 1);
        assert_int_equal(booth->last_fork.seq, forks[i].from);
        booth_close(booth);
        free(booth);
    }
}

static void test_sender__asks_for_one_new_log_only(void **state)
{
    struct booth *booth = *state;

    booth_write(booth, 20);
    booth_send(booth, 50);
    office_replace(booth->office, 5, 25);
    booth_write(booth, 10);
    booth->is_away = true; // the desk has much to do
    for (int i = 0; i < 20; i++) {
        booth_send(booth, 3);
        booth_move(booth, 60 * 1000);
    }
    assert_int_equal(booth->state.trouble, SYNC_FORKED);
    booth->is_away = false;
    booth->refusal = STATUS_LATER; // a full disk
    booth_desk(booth);
    assert_int_equal(booth->forks, 1);
    booth_send(booth, 10);
    assert_int_equal(booth->state.trouble, SYNC_DISK);
    booth_move(booth, 60 * 1000);
    for (int step = 0; step < 20 && booth->forks == 1; step++) booth_send(booth, 1);
    assert_int_equal(booth->forks, 2); // it was refused: so it is asked for again
    assert_int_equal(booth->last_fork.seq, 5);
}

// With the store's own new log: the old one stays at the office as far as it was the same, the rest comes in the new.
static void test_sender__loses_nothing_when_its_database_was_cloned(void **state)
{
    struct booth *booth = *state;
    uint8_t old_log[LOG_ID_BYTES];
    uint64_t before;

    booth_write(booth, 600);
    booth_send(booth, 50);
    memcpy(old_log, booth->office->log, sizeof old_log);
    office_replace(booth->office, 400, 700); // what the clone wrote
    booth_write(booth, 50);
    before = booth_last(booth);
    booth_send(booth, 50);
    assert_int_equal(booth->forks, 1);
    assert_int_equal(booth->last_fork.seq, 400);
    assert_memory_not_equal(booth->office->log, old_log, sizeof old_log);
    assert_int_equal(booth_last(booth), before - 400 + 1 + 1); // and that it was begun is a start (boot)
    booth_is_at_the_office(booth);                             // the new log, all of it
    assert_true(booth->state.was_forked);
    assert_int_equal(booth->state.trouble, SYNC_FINE);
    booth_write(booth, 3);
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_int_equal(booth->forks, 1);
}

// ---- walk-ins, time, pairing ----

static void register_somebody(struct booth *booth, size_t i)
{
    struct record record = door_entry(&booth->door, 100 + i);
    struct walk_in walk_in = {.ticket = door_ticket(100 + i), .language = "de"};
    uint64_t seq;

    snprintf(walk_in.values[0], sizeof walk_in.values[0], "Zoë Nummer %zu", i);
    memset(walk_in.salt, (int)i + 1, sizeof walk_in.salt);
    record.kind = RECORD_KIND_WALK_IN;
    record.ticket = walk_in.ticket;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    assert_int_equal(booth->store->ops->begin(booth->store), STATUS_OK);
    assert_int_equal(
        booth->store->ops->append_walk_in(booth->store, &record, &walk_in, &booth->door.event.walk_ins, &seq),
        STATUS_OK);
    assert_int_equal(booth->store->ops->end(booth->store, STATUS_OK), STATUS_OK);
}

static void test_sender__brings_what_walk_ins_said_beside_the_records(void **state)
{
    struct booth *booth = *state;

    door_welcome_walk_ins(&booth->door);
    for (size_t i = 0; i < 5; i++) register_somebody(booth, i);
    office_lie(booth->office,
               &(struct lie){.method = "PUT", .part = "/v1/blobs", .times = 1, .reply = {.status = 503}, .text = "{}"});
    booth_send(booth, 50);
    assert_int_equal(booth->state.waiting, 0); // records don't wait for blobs
    assert_int_equal(booth->office->blob_count, 0);
    booth_move(booth, 2000);
    booth_send(booth, 50);
    assert_int_equal(booth->office->blob_count, 5);
    booth_send(booth, 50);
    assert_int_equal(booth->office->blob_count, 5);
    office_lie(booth->office, &(struct lie){.method = "PUT",
                                            .part = "/v1/blobs",
                                            .times = 1,
                                            .reply = {.status = 400},
                                            .text = "{\"error\":\"not the blob of that hash\"}"});
    register_somebody(booth, 5); // refused: said, and no reason to stop
    register_somebody(booth, 6);
    booth_send(booth, 50);
    assert_int_equal(booth->office->blob_count, 6);
    booth_stop_sync(booth); // it stays here, and is tried again after each start; those before it need not be
    booth_start_sync(booth);
    booth_send(booth, 50);
    assert_int_equal(booth->office->blob_count, 8);
    booth_stop_sync(booth);
    booth_start_sync(booth);
    booth_send(booth, 50);
    assert_int_equal(booth->office->blob_count, 8); // all are there
    booth_stop_sync(booth);
    office_forget(booth->office, 3); // put back from a backup: what they said may be gone with the records
    booth_start_sync(booth);
    booth_send(booth, 50);
    assert_int_equal(booth->office->blob_count, 15);
}

static void test_sender__tells_the_desk_what_time_the_office_has(void **state)
{
    struct booth *booth = *state;

    booth->office->now_ms = DOOR_UNIX_MS + 86400000;
    booth_send(booth, 5);
    assert_int_equal(booth->clocks, 1);
    assert_int_equal(booth->last_clock.unix_ms, DOOR_UNIX_MS + 86400000);
    assert_true(booth->last_clock.uncertainty_ms >= 1 && booth->last_clock.uncertainty_ms <= 5000);
    assert_true(booth->last_clock.boot_ms >= 1000 && booth->last_clock.boot_ms <= 1000 + 5000);
    booth_write(booth, 5);
    booth_send(booth, 5);
    assert_int_equal(booth->clocks, 1);
    booth_move(booth, 2 * 3600 * 1000);
    booth_send(booth, 5);
    assert_int_equal(booth->clocks, 2);
}

// Half of the way there and back lies between what the office said and when it was heard.
static void test_sender__takes_the_middle_of_the_way_for_the_offices_moment(void **state)
{
    enum { WAY_MS = 300 };
    struct booth *booth = *state;

    office_lie(booth->office,
               &(struct lie){.method = "GET",
                             .part = "/v1/logs/",
                             .times = 1,
                             .reply = {.status = 200, .wait_ms = WAY_MS},
                             .text = "{\"next\":1,\"head\":\"0000000000000000000000000000000000000000000000000000000000"
                                     "000000\",\"durable\":true,\"now_ms\":1795341152123}"});
    booth_send(booth, 1);
    booth_desk(booth);
    assert_int_equal(booth->clocks, 1);
    assert_true(booth->last_clock.uncertainty_ms >= WAY_MS / 2);
    // The test's clock stands still meanwhile, so what was reckoned is all there is: half the way, and what a busy
    // machine takes to look at its clock. The whole way would be twice that.
    int64_t boot_ms = booth->door.hand.clock.ops->boot_ms(&booth->door.hand.clock);
    assert_in_range(booth->last_clock.boot_ms - boot_ms, WAY_MS / 2, booth->last_clock.uncertainty_ms + WAY_MS / 4);
}

// What is written between the look at the log and the reading of a batch goes with that batch. It is no copy's.
static void test_sender__knows_what_was_written_while_it_read(void **state)
{
    struct booth *booth = *state;
    struct wire_place place = {.is_durable = true};

    booth_write(booth, 3);
    booth_send(booth, 5);
    uint64_t last = booth->sync->sender.last;
    booth_write(booth, 1);
    place.next = last + 2;
    assert_int_equal(outbox_hash(booth->sync->outbox, last + 1, place.head), STATUS_OK);
    assert_true(sender_place(booth->sync, &place));
    assert_false(booth->sync->sender.is_probing);
    assert_int_equal(booth->sync->sender.next, last + 2);
}

static void test_pairing__is_asked_for_by_a_text(void **state)
{
    struct booth *booth = *state;
    char offer[PAIRING_TEXT_SIZE];
    struct pairing pairing;
    struct stat facts;

    booth_write(booth, 3);
    booth_send(booth, 5);
    assert_false(booth->state.is_paired);
    assert_int_equal(booth->state.trouble, SYNC_NOT_PAIRED);
    assert_int_equal(booth->office->call_count, 0);

    booth_offer(booth, "00000-00000", offer);
    booth_ask(booth, SYNC_REQUEST_PAIR, offer);
    booth_send(booth, 5);
    assert_int_equal(booth->state.trouble, SYNC_BAD_CODE);
    assert_int_equal(pairing_load(booth->pairing, &pairing), STATUS_MISSING);

    booth_offer(booth, booth->office->code, offer);
    booth_ask(booth, SYNC_REQUEST_PAIR, offer);
    booth_send(booth, 50);
    booth_is_at_the_office(booth);
    assert_true(booth->state.is_paired);
    assert_false(booth->state.is_pairing);
    assert_int_equal(booth->state.trouble, SYNC_FINE);
    assert_int_equal(booth->state.pair_trouble, SYNC_FINE);
    assert_string_equal(booth->state.device, "Nord (Büro)");
    assert_string_equal(booth->office->last_name, "Nord");
    assert_int_equal(stat(booth->pairing, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(pairing_load(booth->pairing, &pairing), STATUS_OK);
    assert_int_equal(pairing.event, DOOR_EVENT);
}

static void test_pairing__that_fails_leaves_the_old_one(void **state)
{
    static const struct {
        const char *text;
        struct liar_reply reply;
        const char *words;
        enum sync_trouble trouble;
    } failures[] = {
        {"EINLASS-PAIR/1 HTTPS://", {0}, NULL, SYNC_BAD_CODE},
        {NULL, {.status = 404}, "{\"error\":\"code\"}", SYNC_BAD_CODE},
        {NULL, {.status = 400}, "{\"error\":\"no enrolment\"}", SYNC_BAD_CODE},
        {NULL, {.status = 429}, "{}", SYNC_BUSY},
        {NULL, {.status = 426}, "{}", SYNC_OUTDATED},
        {NULL, {.status = 200}, "{\"token\":\"x\"}", SYNC_NO_OFFICE},
        {NULL, {.status = 200, .type = "text/html"}, "<html>", SYNC_NO_OFFICE},
        {NULL, {.is_silent = true}, "", SYNC_UNREACHABLE},
        {"EINLASS-PAIR/1 HTTPS://OFFICE.INVALID 7K3M9-QX2VD CA", {0}, NULL, SYNC_NO_NETWORK},
    };
    struct booth *booth = *state;
    char offer[PAIRING_TEXT_SIZE], wrong_pin[PAIRING_TEXT_SIZE];

    booth_offer(booth, booth->office->code, offer);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        if (failures[i].words)
            office_lie(booth->office, &(struct lie){.method = "POST",
                                                    .part = "/enroll",
                                                    .times = 1,
                                                    .reply = failures[i].reply,
                                                    .text = failures[i].words});
        booth_ask(booth, SYNC_REQUEST_PAIR, failures[i].text ? failures[i].text : offer);
        booth_write(booth, 1);
        booth_send(booth, 50);
        assert_int_equal(booth->state.pair_trouble, failures[i].trouble);
        assert_true(booth->state.is_paired);
        booth_is_at_the_office(booth); // by the pairing that was
    }
    strcpy(wrong_pin, offer);
    char *pin = strrchr(wrong_pin, ' ') + 1;
    *pin = *pin == 'A' ? 'B' : 'A';
    booth_ask(booth, SYNC_REQUEST_PAIR, wrong_pin);
    booth_send(booth, 50);
    assert_int_equal(booth->state.pair_trouble, SYNC_WRONG_KEY);
}

int main(void)
{
#define booth_test(test) cmocka_unit_test_setup_teardown(test, open_booth, close_booth)
    const struct CMUnitTest tests[] = {
        booth_test(test_sender__brings_each_record_once),
        booth_test(test_sender__goes_on_where_the_office_is),
        booth_test(test_sender__says_what_waits),
        booth_test(test_sender__sends_again_what_the_office_lost),
        cmocka_unit_test(test_sender__keeps_everything_on_any_answer),
        booth_test(test_sender__is_tried_at_once_when_somebody_asks),
        booth_test(test_sender__stops_when_revoked_until_paired_again),
        booth_test(test_sender__sends_less_at_once_when_it_is_too_much),
        booth_test(test_sender__stops_when_the_chain_is_refused_twice),
        booth_test(test_sender__takes_nothing_for_safe_that_is_not_durable),
        cmocka_unit_test(test_sender__finds_the_first_record_that_differs),
        booth_test(test_sender__asks_for_one_new_log_only),
        booth_test(test_sender__loses_nothing_when_its_database_was_cloned),
        booth_test(test_sender__brings_what_walk_ins_said_beside_the_records),
        booth_test(test_sender__tells_the_desk_what_time_the_office_has),
        booth_test(test_sender__takes_the_middle_of_the_way_for_the_offices_moment),
        booth_test(test_sender__knows_what_was_written_while_it_read),
        cmocka_unit_test_setup_teardown(test_pairing__is_asked_for_by_a_text, open_unpaired, close_booth),
        booth_test(test_pairing__that_fails_leaves_the_old_one),
    };

    return cmocka_run_group_tests_name("sender", tests, NULL, NULL);
}
