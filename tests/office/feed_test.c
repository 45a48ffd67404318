// What the office tells kiosks of each other, and which events it published. Over both databases.
#include "office/counter.h"

#include "support/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

struct reader {
    char cursor[STORE_CURSOR_SIZE];
    uint64_t records, editions, resets, newest_seq;
    uint32_t version;
};

static bool read_page(struct counter *counter, struct reader *reader, const uint8_t *without, size_t limit)
{
    struct feed_page *page = NULL;
    bool has_more;

    assert_int_equal(inbox_feed(counter->inbox, reader->cursor, 7, without, limit, &page), STATUS_OK);
    assert_true(page->count <= limit);
    for (size_t i = 0; i < page->count; i++) {
        const struct feed_item *item = &page->items[i];
        if (item->kind == FEED_EVENT) {
            reader->editions++;
            reader->version = item->version;
            continue;
        }
        assert_int_equal(strlen(item->record.line), item->record.length);
        if (without) assert_memory_not_equal(item->record.log, without, LOG_ID_BYTES);
        reader->records++;
        reader->newest_seq = item->record.seq;
    }
    reader->resets += page->is_reset;
    strcpy(reader->cursor, page->cursor);
    has_more = page->has_more;
    feed_free(page);
    return has_more;
}

static void read_all(struct counter *counter, struct reader *reader, const uint8_t *without, size_t limit)
{
    while (read_page(counter, reader, without, limit)) {}
}

static void publish(struct counter *counter, struct door *door, uint32_t version, enum status expected)
{
    struct event_edition edition = {.event = DOOR_EVENT, .version = version};

    door_document(door, version, 10);
    memcpy(edition.root_key, door->root_key, sizeof edition.root_key);
    event_file_digest(door->document, door->document_length, edition.digest);
    assert_int_equal(inbox_put_event(counter->inbox, &edition, door->document, door->document_length, door->signature),
                     expected);
}

static void test_feed__tells_each_kiosk_of_the_others_once(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *north = scribe_open(3), *south = scribe_open(4);
    struct reader of_north = {.cursor = ""}, of_nobody = {.cursor = ""};
    struct wire_place place = {0};

    scribe_write(north, 60);
    scribe_write(south, 60);
    for (uint64_t first = 1; first <= 60; first += 10) {
        assert_int_equal(counter_send(counter, NULL, north, first, 10, &place), INBOX_TAKEN);
        assert_int_equal(counter_send(counter, NULL, south, first, 10, &place), INBOX_TAKEN);
        read_all(counter, &of_north, north->log, 7);
        assert_int_equal(of_north.records, first + 9);
        assert_int_equal(of_north.newest_seq, first + 9);
    }
    read_all(counter, &of_nobody, NULL, 500);
    assert_int_equal(of_nobody.records, 120);
    assert_string_equal(of_nobody.cursor, of_north.cursor); // both are at its end
    assert_string_equal(of_nobody.cursor, place.feed);
    assert_int_equal(of_north.resets + of_nobody.resets, 0);
    free(north);
    free(south);
}

static void test_feed__holds_publications_in_their_place(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *north = scribe_open(3);
    struct wire_place place = {0};
    struct door door;

    door_init(&door, NULL);
    scribe_write(north, 30);
    assert_int_equal(counter_send(counter, NULL, north, 1, 10, &place), INBOX_TAKEN);
    publish(counter, &door, 1, STATUS_OK);
    assert_int_equal(counter_send(counter, NULL, north, 11, 10, &place), INBOX_TAKEN);
    publish(counter, &door, 2, STATUS_OK);
    publish(counter, &door, 2, STATUS_OK); // the same again is no news
    assert_int_equal(counter_send(counter, NULL, north, 21, 10, &place), INBOX_TAKEN);
    publish(counter, &door, 3, STATUS_OK);
    for (size_t limit = 1; limit < 40; limit++) {
        struct reader reader = {.cursor = ""};
        read_all(counter, &reader, NULL, limit);
        assert_int_equal(reader.records, 30);
        assert_int_equal(reader.editions, 3);
        assert_int_equal(reader.version, 3);
    }
    free(north);
    door_destroy(&door);
}

static void test_feed__begins_anew_where_the_office_is_not_what_it_was(void **state)
{
    static const char *const wrong[] = {
        "x", "1", "-1.00000000", "99.00000000", "10.00000000", "999999999999999999999.0", "10.", "010.00000000"};
    struct counter *counter = counter_of(state);
    struct scribe *north = scribe_open(3), *south = scribe_open(4);
    struct wire_place place = {0};

    scribe_write(north, 20);
    assert_int_equal(counter_send(counter, NULL, north, 1, 20, &place), INBOX_TAKEN);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct reader reader = {.cursor = ""};
        strcpy(reader.cursor, wrong[i]);
        read_all(counter, &reader, NULL, 500);
        assert_int_equal(reader.resets, 1);
        assert_int_equal(reader.records, 20);
    }
    // Put back from a backup, and then as many other records came: the number is there, but means something else.
    struct reader reader = {.cursor = ""};
    read_all(counter, &reader, NULL, 500);
    struct office_db *db = inbox_db(counter->inbox);
    assert_int_equal(db->ops->script(db, "DELETE FROM record; DELETE FROM deed; DELETE FROM log; DELETE FROM batch;"
                                         "UPDATE counter SET newest = 0"),
                     STATUS_OK);
    counter_reopen(counter);
    scribe_write(south, 20);
    assert_int_equal(counter_send(counter, NULL, south, 1, 20, &place), INBOX_TAKEN);
    reader.records = 0;
    read_all(counter, &reader, NULL, 500);
    assert_int_equal(reader.resets, 1);
    assert_int_equal(reader.records, 20);
    free(north);
    free(south);
}

// ---- several offices over one database ----

enum { WRITERS = 3, BATCHES = 40, OF_A_BATCH = 5 };

// A process of its own, which takes what one kiosk sends.
static pid_t start_writer(const struct counter *counter, uint8_t number)
{
    static char bytes[SCRIBE_BATCH_SIZE];
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid > 0) return pid;
    struct scribe *scribe = scribe_open(number);
    struct inbox *inbox = NULL;
    scribe_write(scribe, BATCHES * OF_A_BATCH);
    if (inbox_open(counter->where, clock_system(), &inbox) != STATUS_OK) _exit(2);
    for (uint64_t first = 1; first <= scribe->last;) {
        enum inbox_answer answer = INBOX_REFUSED;
        size_t length = scribe_batch(scribe, first, OF_A_BATCH, bytes);
        struct wire_place place;
        struct wire_flaw flaw;
        uint64_t new_count;
        enum status status = inbox_append(inbox, NULL, bytes, length, &answer, &place, &new_count, &flaw);
        if (status == STATUS_LATER) continue; // busy: it sends again
        if (status != STATUS_OK || answer != INBOX_TAKEN) _exit(3);
        first += OF_A_BATCH;
    }
    inbox_close(inbox);
    _exit(0);
}

// All of them to their ends, while the feed is read.
static void read_while_they_write(struct counter *counter, const uint8_t numbers[WRITERS], struct reader *reader)
{
    pid_t pids[WRITERS];
    int outcome = 0;

    for (size_t i = 0; i < WRITERS; i++) pids[i] = start_writer(counter, numbers[i]);
    for (size_t i = 0; i < WRITERS; i++) {
        while (waitpid(pids[i], &outcome, WNOHANG) == 0) read_all(counter, reader, NULL, 7);
        assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
    }
    read_all(counter, reader, NULL, 7);
}

static void test_feed__skips_nothing_while_several_write(void **state)
{
    struct reader reader = {.cursor = ""};

    read_while_they_write(counter_of(state), (const uint8_t[WRITERS]){10, 11, 12}, &reader);
    assert_int_equal(reader.records, WRITERS * BATCHES * OF_A_BATCH);
    assert_int_equal(reader.resets, 0);
}

// A kiosk whose answers come late sends again, and another process of the office takes it: each record is stored once.
static void test_feed__has_a_log_once_that_several_take_at_once(void **state)
{
    struct reader reader = {.cursor = ""};

    read_while_they_write(counter_of(state), (const uint8_t[WRITERS]){20, 20, 20}, &reader);
    assert_int_equal(reader.records, BATCHES * OF_A_BATCH);
    assert_int_equal(reader.newest_seq, BATCHES * OF_A_BATCH);
    assert_int_equal(reader.resets, 0);
}

static void test_event__only_grows(void **state)
{
    struct counter *counter = counter_of(state);
    struct inbox_event event;
    struct door door;
    uint32_t number = 0;

    door_init(&door, NULL);
    assert_int_equal(inbox_event(counter->inbox, DOOR_EVENT, false, &event), STATUS_MISSING);
    assert_int_equal(inbox_next_event(counter->inbox, 0, &number), STATUS_MISSING);
    publish(counter, &door, 2, STATUS_OK);
    publish(counter, &door, 1, STATUS_INVALID);
    door.event.shows_names = !door.event.shows_names;
    publish(counter, &door, 2, STATUS_INVALID); // other bytes of the same version
    publish(counter, &door, 3, STATUS_OK);
    counter_reopen(counter);
    assert_int_equal(inbox_event(counter->inbox, DOOR_EVENT, true, &event), STATUS_OK);
    assert_int_equal(event.edition.version, 3);
    assert_int_equal(event.length, door.document_length);
    assert_memory_equal(event.bytes, door.document, event.length);
    assert_memory_equal(event.signature, door.signature, sizeof event.signature);
    assert_int_equal(inbox_next_event(counter->inbox, 0, &number), STATUS_OK);
    assert_int_equal(number, DOOR_EVENT);
    assert_int_equal(inbox_next_event(counter->inbox, number, &number), STATUS_MISSING);
    free(event.bytes);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TESTS(test_feed__tells_each_kiosk_of_the_others_once),
        COUNTER_TESTS(test_feed__holds_publications_in_their_place),
        COUNTER_TESTS(test_feed__begins_anew_where_the_office_is_not_what_it_was),
        COUNTER_TESTS(test_feed__skips_nothing_while_several_write),
        COUNTER_TESTS(test_feed__has_a_log_once_that_several_take_at_once),
        COUNTER_TESTS(test_event__only_grows),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
