// An event's numbers, and its conflicts, are kept up while records arrive: after every batch of random histories they
// are what a recount from the beginning says, by other means (abacus.h) and by an inbox that knows nothing yet.
// EINLASS_TEST_SEED makes other histories.
#include "office/abacus.h"

#include "office/conflict.h"
#include "support/studio/dice.h"

#include <stdio.h>
#include <stdlib.h>

enum { KIOSKS = 3, WORLDS = 25, STEPS = 60, MOST_AT_ONCE = 5, GUESTS = 16, STRANGERS = 4, FRESH_EACH = 5 };

struct world {
    struct dice dice;
    struct counter *counter;
    struct door door;
    bool is_published;
    struct scribe *kiosks[KIOSKS];
    int64_t hlc[KIOSKS];
    uint32_t version, round;
    size_t conflicts; // seen
    struct abacus abacus;
};

static struct world world;

static int roll(int sides)
{
    return dice_below(&world.dice, sides);
}

// The guests may be fewer in the next version.
static void publish(void)
{
    struct event_edition edition = {.event = DOOR_EVENT, .version = ++world.version};

    door_document(&world.door, world.version, GUESTS - (size_t)roll(4));
    event_file_digest(world.door.document, world.door.document_length, edition.digest);
    assert_int_equal(inbox_put_event(world.counter->inbox, &edition, world.door.document, world.door.document_length,
                                     world.door.signature),
                     STATUS_OK);
    world.is_published = true;
}

static void open_world(struct counter *counter, uint64_t seed)
{
    static const struct event_label classes[] = {{.id = 1, .name = {"Gast", "Guest"}},
                                                 {.id = DOOR_CLASS_WALK_IN, .name = {"Spontan", "Walk-in"}}};
    static const struct event_label groups[] = {{.id = 1, .name = {"Bus 1", "Bus 1"}},
                                                {.id = 2, .name = {"Bus 2", "Bus 2"}},
                                                {.id = 3, .name = {"Bus 3", "Bus 3"}}};

    world = (struct world){.dice = {seed}, .counter = counter};
    door_init(&world.door, NULL);
    door_add_list(&world.door, LIST_MODE_IN_OUT, "Saal");
    door_add_list(&world.door, LIST_MODE_HAND_OUT, "Boxen")->stock = 300;
    door_welcome_walk_ins(&world.door);
    world.door.event.class_count = sizeof classes / sizeof *classes;
    memcpy(world.door.event.classes, classes, sizeof classes);
    world.door.event.group_count = sizeof groups / sizeof *groups;
    memcpy(world.door.event.groups, groups, sizeof groups);
    for (size_t i = 0; i < KIOSKS; i++) world.kiosks[i] = scribe_open((uint8_t)(i + 1));
}

static void close_world(void)
{
    for (size_t i = 0; i < KIOSKS; i++) free(world.kiosks[i]);
    door_destroy(&world.door);
}

static uint64_t draw_ticket(void)
{
    return door_ticket((size_t)roll(GUESTS + STRANGERS));
}

// Whatever was written there so far, or will be.
static void draw_annul(size_t kiosk, struct record *record)
{
    size_t other = (size_t)roll(KIOSKS);

    record->kind = RECORD_KIND_ANNUL;
    record->annuls_other_log = other != kiosk;
    if (record->annuls_other_log) memcpy(record->annulled_log, world.kiosks[other]->log, LOG_ID_BYTES);
    record->annuls = 1 + (uint64_t)roll((int)world.kiosks[other]->last + 3);
    if (roll(2) == 0 && world.kiosks[other]->last > 0) record->annuls = world.kiosks[other]->last; // the newest
}

static struct record draw(size_t kiosk)
{
    static const int64_t clocks_ms[] = {0, 0, 0, 0, -COUNTER_UNIX_MS + 5000, -9 * 60 * 60 * 1000, 20 * 60 * 1000};
    struct record record = {.kind = RECORD_KIND_ENTRY, .event = DOOR_EVENT, .gate = "Nord", .boot = 1, .boot_ms = 1000};
    int what = roll(20);

    world.hlc[kiosk] += 1 + roll(3);
    record.hlc = world.hlc[kiosk];
    record.unix_ms = COUNTER_UNIX_MS - roll(9 * 60) * 60000 + clocks_ms[roll(7)];
    if (record.unix_ms < 0) record.unix_ms = 0;
    record.clock = CLOCK_STATE_NTP;
    record.list = (uint16_t)(1 + roll(5)); // the fifth is nowhere
    record.has_ticket = true;
    record.ticket = draw_ticket();
    record.person = roll(4) == 0 ? 0 : 1 + (uint32_t)roll(GUESTS / 2);
    if (what < 4) record.kind = RECORD_KIND_EXIT;
    else if (what < 8) draw_annul(kiosk, &record);
    else if (what == 8) {
        record.kind = RECORD_KIND_ROUND;
        record.list = 2;
        record.round = ++world.round;
    } else if (what == 9) {
        record.kind = RECORD_KIND_STOCK;
        record.list = 4;
        record.stock = roll(30);
    } else if (what < 12) {
        record.kind = RECORD_KIND_WALK_IN;
        record.ticket = door_ticket(GUESTS + (size_t)roll(STRANGERS));
        record.person = 0;
        record.class_id = roll(2) ? DOOR_CLASS_WALK_IN : 1;
        record.group = (uint8_t)roll(4);
    }
    if (record.kind == RECORD_KIND_EXIT) strcpy(record.why, "steigt um");
    return record;
}

static void arrive(void)
{
    size_t kiosk = (size_t)roll(KIOSKS), count = 1 + (size_t)roll(MOST_AT_ONCE);
    struct scribe *scribe = world.kiosks[kiosk];
    struct wire_place place;

    for (size_t i = 0; i < count; i++) {
        struct record record = draw(kiosk);
        counter_tell(scribe, &record);
        abacus_add(&world.abacus, scribe, scribe->last, &record);
    }
    assert_int_equal(counter_send(world.counter, NULL, scribe, scribe->last - count + 1, count, &place), INBOX_TAKEN);
}

// ---- conflicts ----

struct conflicts {
    struct conflict all[ABACUS_MOST];
    size_t count;
};

static enum status add_conflict(void *owner, const struct conflict *conflict)
{
    struct conflicts *conflicts = owner;

    conflicts->all[conflicts->count++] = *conflict;
    return STATUS_OK;
}

static void read_conflicts(struct inbox *inbox, struct conflicts *out)
{
    uint64_t total = 0;

    out->count = 0;
    assert_int_equal(inbox_conflicts(inbox, DOOR_EVENT, 0, ABACUS_MOST, &total, add_conflict, out), STATUS_OK);
    assert_int_equal(out->count, total);
}

static bool is_same_entry(const struct conflict_entry *one, const struct conflict_entry *other)
{
    return one->seq == other->seq && memcmp(one->log, other->log, LOG_ID_BYTES) == 0;
}

static void compare_conflicts(struct inbox *fresh)
{
    static struct conflicts kept, made;

    read_conflicts(world.counter->inbox, &kept);
    read_conflicts(fresh, &made);
    assert_int_equal(kept.count, made.count);
    world.conflicts += kept.count;
    for (size_t i = 0; i < kept.count; i++) {
        assert_int_equal(kept.all[i].kind, made.all[i].kind);
        assert_true(is_same_entry(&kept.all[i].first, &made.all[i].first));
        assert_true(is_same_entry(&kept.all[i].further, &made.all[i].further));
    }
}

// ---- each step ----

static void compare_fresh(const struct tally *expected)
{
    static struct tally tally;
    struct inbox *fresh = NULL;

    assert_int_equal(inbox_open(world.counter->where, &world.counter->hand.clock, &fresh), STATUS_OK);
    assert_int_equal(inbox_tally(fresh, &world.door.event, &tally), STATUS_OK);
    abacus_compare(expected, &tally);
    compare_conflicts(fresh);
    inbox_close(fresh);
}

static void step(int at)
{
    static struct tally expected, tally;

    arrive();
    if (at == STEPS / 3 || roll(15) == 0) publish();
    abacus_tally(&world.abacus, &world.door.event, world.is_published ? &world.door : NULL, COUNTER_UNIX_MS, &expected);
    assert_int_equal(inbox_tally(world.counter->inbox, &world.door.event, &tally), STATUS_OK);
    abacus_compare(&expected, &tally);
    if (at % FRESH_EACH == 0) compare_fresh(&expected);
}

static void test_sums__are_a_recount_after_every_batch(void **state)
{
    const char *chosen = getenv("EINLASS_TEST_SEED");
    uint64_t seed = chosen ? strtoull(chosen, NULL, 10) : 1;

    (void)state;
    for (uint64_t i = 0; i < WORLDS; i++) {
        void *counter = NULL;
        printf("seed %llu\n", (unsigned long long)(seed + i));
        assert_int_equal(counter_open_sqlite(&counter), 0);
        open_world(counter, seed + i);
        for (int at = 1; at <= STEPS; at++) step(at);
        assert_true(world.conflicts > 0); // else nothing was asked
        close_world();
        counter_close(&counter);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums__are_a_recount_after_every_batch),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
