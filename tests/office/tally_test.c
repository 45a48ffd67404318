// An event in numbers, and when things really were. Over both databases. (That persons are counted, not scans, is
// conflict_test's, against histories.)
#include "office/counter.h"

#include "office/inbox_time.h"
#include "support/door.h"

#include <stdlib.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

static struct tally tally;

// List 1 once, 2 roll_call of group 2, 3 hand_out with 50 for all; twelve guests, two tickets each.
static void publish(struct counter *counter, struct door *door)
{
    struct event_edition edition = {.event = DOOR_EVENT, .version = 1};

    door_init(door, NULL);
    door_add_list(door, LIST_MODE_HAND_OUT, "Boxen")->stock = 50;
    door_welcome_walk_ins(door);
    door->event.class_count = 2;
    door->event.classes[0] = (struct event_label){.id = 1, .name = {"Gast", "Guest"}};
    door->event.classes[1] = (struct event_label){.id = DOOR_CLASS_WALK_IN, .name = {"Spontan", "Walk-in"}};
    door->event.group_count = 1;
    door->event.groups[0] = (struct event_label){.id = 2, .name = {"Bus 2", "Bus 2"}};
    door_document(door, 1, 24);
    event_file_digest(door->document, door->document_length, edition.digest);
    assert_int_equal(inbox_put_event(counter->inbox, &edition, door->document, door->document_length, door->signature),
                     STATUS_OK);
}

static struct record record_of(enum record_kind kind, uint16_t list, size_t guest)
{
    return (struct record){.kind = kind,
                           .event = DOOR_EVENT,
                           .list = list,
                           .gate = "Nord",
                           .has_ticket = true,
                           .ticket = door_ticket(guest),
                           .person = (uint32_t)(guest / 2 + 1),
                           .boot = 1,
                           .boot_ms = 1000,
                           .unix_ms = COUNTER_UNIX_MS,
                           .clock = CLOCK_STATE_NTP};
}

static void tell(struct scribe *scribe, enum record_kind kind, uint16_t list, size_t guest)
{
    struct record record = record_of(kind, list, guest);

    record.unix_ms += (int64_t)scribe->last;
    if (kind == RECORD_KIND_EXIT) strcpy(record.why, "steigt um");
    counter_tell(scribe, &record);
}

static void tell_round(struct scribe *scribe, uint32_t number, const char *stop)
{
    struct record record = record_of(RECORD_KIND_ROUND, 2, 0);

    record.unix_ms += (int64_t)scribe->last;
    record.round = number;
    strcpy(record.stop, stop);
    counter_tell(scribe, &record);
}

static void count(struct counter *counter, struct scribe *scribe, const struct door *door)
{
    struct wire_place place;

    assert_int_equal(counter_send(counter, NULL, scribe, 1, scribe->last, &place), INBOX_TAKEN);
    assert_int_equal(inbox_tally(counter->inbox, &door->event, &tally), STATUS_OK);
}

static void test_tally__counts_persons_by_class_and_group(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct door door;

    publish(counter, &door);
    tell(scribe, RECORD_KIND_ENTRY, 1, 0);
    tell(scribe, RECORD_KIND_ENTRY, 1, 1); // the same person's other ticket
    tell(scribe, RECORD_KIND_ENTRY, 1, 2);
    struct record walk_in = record_of(RECORD_KIND_WALK_IN, 1, 900), entry = record_of(RECORD_KIND_ENTRY, 1, 900);
    walk_in.person = entry.person = 0;
    walk_in.class_id = DOOR_CLASS_WALK_IN;
    counter_tell(scribe, &walk_in);
    counter_tell(scribe, &entry);
    count(counter, scribe, &door);
    assert_int_equal(tally.lists[0].headcount.inside, 3);
    assert_int_equal(tally.lists[0].headcount.expected, 12);
    assert_int_equal(tally.lists[0].headcount.given, 0);
    assert_int_equal(tally.lists[0].classes[0].expected, 12);
    assert_int_equal(tally.lists[0].classes[0].inside, 2);
    assert_int_equal(tally.lists[0].classes[1].inside, 1);
    assert_int_equal(tally.lists[0].groups[0].inside, 1); // by the ticket they came in with last
    assert_string_equal(tally.name[LANGUAGE_DE], door.event.name[LANGUAGE_DE]);
    assert_int_equal(tally.lists[0].arrivals[(COUNTER_UNIX_MS - tally.arrivals_from_ms) / TALLY_BUCKET_MS], 4);
    assert_true(tally.lists[0].last_unix_ms >= COUNTER_UNIX_MS);
    free(scribe);
    door_destroy(&door);
}

static void test_tally__counts_a_tour_round_by_round(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    uint32_t expected;
    struct door door;

    publish(counter, &door);
    count(counter, (tell(scribe, RECORD_KIND_ENTRY, 1, 0), scribe), &door);
    expected = tally.lists[1].headcount.expected; // the roster of group 2: guests 1, 4, 7 …
    assert_in_range(expected, 1, 12);
    tell(scribe, RECORD_KIND_ENTRY, 2, 1);
    tell(scribe, RECORD_KIND_ENTRY, 2, 4);
    count(counter, scribe, &door);
    assert_int_equal(tally.lists[1].headcount.inside, 2);
    assert_int_equal(tally.lists[1].headcount.round, 0);
    tell_round(scribe, 1, "Arnsberg");
    tell(scribe, RECORD_KIND_ENTRY, 2, 4);
    count(counter, scribe, &door);
    assert_int_equal(tally.lists[1].headcount.inside, 1); // aboard again, of two
    assert_int_equal(tally.lists[1].headcount.expected, expected);
    assert_int_equal(tally.lists[1].headcount.round, 1);
    assert_string_equal(tally.lists[1].headcount.stop, "Arnsberg");
    tell(scribe, RECORD_KIND_EXIT, 2, 1);                          // signed off
    struct record stranger = record_of(RECORD_KIND_ENTRY, 2, 800); // joined from another bus
    stranger.person = 0;
    stranger.unix_ms += (int64_t)scribe->last;
    counter_tell(scribe, &stranger);
    count(counter, scribe, &door);
    assert_int_equal(tally.lists[1].headcount.inside, 2);
    assert_int_equal(tally.lists[1].headcount.signed_off, 1);
    assert_int_equal(tally.lists[1].headcount.expected, expected - 1 + 1);
    free(scribe);
    door_destroy(&door);
}

static void test_tally__counts_what_is_left_of_all_stations(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *north = scribe_open(3), *south = scribe_open(4);
    struct record stock = record_of(RECORD_KIND_STOCK, 3, 0);
    struct door door;

    publish(counter, &door);
    tell(north, RECORD_KIND_ENTRY, 3, 0);
    tell(north, RECORD_KIND_ENTRY, 3, 2);
    count(counter, north, &door);
    assert_int_equal(tally.lists[2].headcount.given, 2);
    assert_true(tally.lists[2].headcount.is_limited && !tally.lists[2].headcount.is_stocked);
    assert_int_equal(tally.lists[2].headcount.left, 48);
    stock.stock = 10;
    counter_tell(south, &stock);
    tell(south, RECORD_KIND_ENTRY, 3, 4);
    count(counter, south, &door);
    assert_int_equal(tally.lists[2].headcount.given, 3);
    assert_int_equal(tally.lists[2].headcount.left_here, 9); // of those that came to a station that was counted
    assert_int_equal(tally.lists[2].headcount.left, 9);
    free(north);
    free(south);
    door_destroy(&door);
}

static void test_tally__names_the_kiosks_of_the_event(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *north = scribe_open(3), *south = scribe_open(4);
    struct door door;

    publish(counter, &door);
    counter_pair(counter, "Pi 1", DOOR_EVENT, north);
    counter_pair(counter, "Pi 2", 99, south);
    assert_int_equal(inbox_tally(counter->inbox, &door.event, &tally), STATUS_OK);
    assert_int_equal(tally.kiosk_count, 1);
    assert_string_equal(tally.kiosks[0].gate, "Pi 1");
    tell(north, RECORD_KIND_ENTRY, 1, 0);
    count(counter, north, &door);
    assert_string_equal(tally.kiosks[0].gate, "Nord"); // as its batches say
    assert_int_equal(tally.kiosks[0].heard_unix_ms, COUNTER_UNIX_MS);
    free(north);
    free(south);
    door_destroy(&door);
}

// ---- time ----

static void tell_at(struct scribe *scribe, uint32_t boot, int64_t boot_ms, int64_t unix_ms, enum clock_state clock)
{
    struct record record = record_of(RECORD_KIND_ENTRY, 1, 0);

    record.boot = boot;
    record.boot_ms = boot_ms;
    record.unix_ms = unix_ms;
    record.clock = clock;
    counter_tell(scribe, &record);
}

static void tell_anchor(struct scribe *scribe, uint32_t boot, int64_t boot_ms, int64_t unix_ms, int64_t uncertainty_ms)
{
    struct record record = {.kind = RECORD_KIND_CLOCK,
                            .boot = boot,
                            .boot_ms = boot_ms,
                            .unix_ms = unix_ms,
                            .clock = CLOCK_STATE_OFFICE,
                            .uncertainty_ms = uncertainty_ms};

    counter_tell(scribe, &record);
}

static struct inbox_time time_of(struct counter *counter, const struct scribe *scribe, uint64_t seq)
{
    struct inbox_time time = {0}, of_many;
    struct inbox_anchors *anchors;
    struct record record;

    assert_int_equal(record_parse_line(scribe->lines[seq - 1], strlen(scribe->lines[seq - 1]), &record, &seq),
                     STATUS_OK);
    assert_int_equal(inbox_correct(counter->inbox, scribe->log, &record, &time), STATUS_OK);
    assert_int_equal(inbox_anchors_read(counter->inbox, &anchors), STATUS_OK);
    inbox_anchors_correct(anchors, scribe->log, &record, &of_many);
    inbox_anchors_free(anchors);
    assert_int_equal(of_many.unix_ms, time.unix_ms);
    assert_int_equal(of_many.uncertainty_ms, time.uncertainty_ms);
    return time;
}

static void test_time__is_corrected_from_the_nearest_anchor_of_its_boot(void **state)
{
    enum { HOUR_MS = 60 * 60 * 1000 };
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct wire_place place;
    struct inbox_time time;

    tell_at(scribe, 1, 10000, 5000, CLOCK_STATE_UNSET);                     // 1: 1970
    tell_at(scribe, 2, 10000, 7000, CLOCK_STATE_RESTORED);                  // 2: another start, no anchor there
    tell_anchor(scribe, 1, 20000, COUNTER_UNIX_MS, 40);                     // 3
    tell_anchor(scribe, 1, 20000 + HOUR_MS, COUNTER_UNIX_MS + HOUR_MS, 40); // 4
    tell_at(scribe, 1, 20000 + HOUR_MS - 60000, 9000, CLOCK_STATE_UNSET);   // 5: a minute before that
    tell_at(scribe, 1, 30000, COUNTER_UNIX_MS + 9999, CLOCK_STATE_NTP);     // 6: its anchor is still better
    tell_at(scribe, 3, 30000, COUNTER_UNIX_MS + 5, CLOCK_STATE_MANUAL);     // 7
    assert_int_equal(counter_send(counter, NULL, scribe, 1, 7, &place), INBOX_TAKEN);
    time = time_of(counter, scribe, 1);
    assert_int_equal(time.unix_ms, COUNTER_UNIX_MS - 10000);
    assert_int_equal(time.uncertainty_ms, 41); // 1 ms of drift in ten seconds
    time = time_of(counter, scribe, 2);
    assert_int_equal(time.unix_ms, 7000);
    assert_true(time.uncertainty_ms < 0);
    time = time_of(counter, scribe, 5);
    assert_int_equal(time.unix_ms, COUNTER_UNIX_MS + HOUR_MS - 60000);
    assert_int_equal(time.uncertainty_ms, 46);
    time = time_of(counter, scribe, 6);
    assert_int_equal(time.unix_ms, COUNTER_UNIX_MS + 10000);
    time = time_of(counter, scribe, 7);
    assert_int_equal(time.unix_ms, COUNTER_UNIX_MS + 5);
    assert_int_equal(time.uncertainty_ms, 60000);
    free(scribe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TESTS(test_tally__counts_persons_by_class_and_group),
        COUNTER_TESTS(test_tally__counts_a_tour_round_by_round),
        COUNTER_TESTS(test_tally__counts_what_is_left_of_all_stations),
        COUNTER_TESTS(test_tally__names_the_kiosks_of_the_event),
        COUNTER_TESTS(test_time__is_corrected_from_the_nearest_anchor_of_its_boot),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
