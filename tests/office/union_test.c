// Whatever happens on the way, the office ends up with the union of all logs, exactly: through a line that loses 15 %
// of calls and of answers, doubles, delays and cuts them, to an office that is killed at any moment. Over both
// databases. A failure prints its seed; EINLASS_TEST_SEED begins with that one. EINLASS_LONG=1: 2,000 seeds, and 50
// logs of 20,000.
#include "office/away.h"

#include "support/studio/dice.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__
enum { SLOWER = 5 };
#else
enum { SLOWER = 1 };
#endif
enum { MOST_KIOSKS = 50, DELAYED = 8, LINE_SIZE = 320 };

struct kiosk {
    uint8_t log[LOG_ID_BYTES];
    struct device_key key;
    char (*lines)[LINE_SIZE];
    uint8_t (*hash)[CHAIN_HASH_BYTES]; // [seq]
    uint64_t last, next, acked;        // next 0: to be asked
};

struct way {
    struct dice dice;
    struct away office;
    struct kiosk kiosks[MOST_KIOSKS];
    size_t count, most; // lines of a batch
    struct {
        char *bytes;
        size_t length;
    } delayed[DELAYED];
    uint64_t lost, killed;
};

static struct way way;
static char bytes[SCRIBE_BATCH_SIZE];

static int roll(int sides)
{
    return dice_below(&way.dice, sides);
}

// ---- kiosks ----

static struct record draw_record(const struct kiosk *kiosk, uint64_t seq)
{
    static const enum record_kind kinds[] = {RECORD_KIND_ENTRY, RECORD_KIND_ENTRY, RECORD_KIND_EXIT,
                                             RECORD_KIND_CLOCK, RECORD_KIND_ANNUL, RECORD_KIND_REFUSED,
                                             RECORD_KIND_BOOT};
    struct record record = {.kind = kinds[roll(7)],
                            .event = 7,
                            .list = (uint16_t)(1 + roll(3)),
                            .gate = "Nord",
                            .boot = 1 + (uint32_t)(seq / 100),
                            .boot_ms = (int64_t)seq * 1000,
                            .unix_ms = COUNTER_UNIX_MS + (int64_t)seq * 1000,
                            .clock = CLOCK_STATE_NTP,
                            .hlc = roll(9) == 0 ? 0 : COUNTER_UNIX_MS + (int64_t)seq * 1000};

    if (record.kind == RECORD_KIND_ENTRY || record.kind == RECORD_KIND_EXIT) {
        record.has_ticket = true;
        record.ticket = (uint64_t)roll(500);
        record.person = (uint32_t)roll(200);
    }
    if (record.kind == RECORD_KIND_ANNUL) record.annuls = 1 + (uint64_t)roll((int)seq);
    if (roll(3) == 0)
        record.seen[record.seen_count++] = (struct seen){(uint32_t)roll((int)way.count) * 0x01010101U, seq};
    (void)kiosk;
    return record;
}

static void open_kiosk(size_t index, uint64_t records)
{
    struct kiosk *kiosk = &way.kiosks[index];
    struct scribe *scribe = scribe_open((uint8_t)(index + 1));
    char line[RECORD_LINE_SIZE];

    *kiosk = (struct kiosk){.key = scribe->key, .last = records};
    memset(kiosk->log, (int)index + 1, sizeof kiosk->log);
    kiosk->lines = calloc(records, sizeof *kiosk->lines);
    kiosk->hash = calloc(records + 1, sizeof *kiosk->hash);
    assert_true(kiosk->lines && kiosk->hash);
    chain_begin(kiosk->log, kiosk->key.public_key, kiosk->hash[0]);
    for (uint64_t seq = 1; seq <= records; seq++) {
        struct record record = draw_record(kiosk, seq);
        assert_int_equal(record_write_line(&record, seq, line), STATUS_OK);
        assert_true(strlen(line) < LINE_SIZE);
        strcpy(kiosk->lines[seq - 1], line);
        memcpy(kiosk->hash[seq], kiosk->hash[seq - 1], CHAIN_HASH_BYTES);
        chain_add(kiosk->hash[seq], seq, line, strlen(line));
    }
    free(scribe);
}

static size_t write_batch(const struct kiosk *kiosk, uint64_t first, size_t count)
{
    struct wire_header header = {.first = first, .count = count, .clock = CLOCK_STATE_NTP, .gate = "Nord"};
    char text[WIRE_HEADER_SIZE];
    size_t length;

    memcpy(header.log, kiosk->log, LOG_ID_BYTES);
    memcpy(header.prev, kiosk->hash[first - 1], CHAIN_HASH_BYTES);
    memcpy(header.head, kiosk->hash[first + count - 1], CHAIN_HASH_BYTES);
    wire_sign(&kiosk->key, &header);
    assert_int_equal(wire_write_header(&header, text), STATUS_OK);
    length = (size_t)sprintf(bytes, "%s", text);
    for (size_t i = 0; i < count; i++) length += (size_t)sprintf(bytes + length, "%s\n", kiosk->lines[first - 1 + i]);
    return length;
}

// ---- the way ----

// Something that was sent long ago arrives now; nobody waits for its answer.
static void deliver_late(void)
{
    size_t at = (size_t)roll(DELAYED);
    struct away_answer answer;

    if (!way.delayed[at].bytes) return;
    (void)away_call(&way.office, way.delayed[at].bytes, way.delayed[at].length, -1, &answer);
    free(way.delayed[at].bytes);
    way.delayed[at].bytes = NULL;
}

static void delay(size_t length)
{
    size_t at = (size_t)roll(DELAYED);

    free(way.delayed[at].bytes);
    assert_non_null(way.delayed[at].bytes = malloc(length));
    memcpy(way.delayed[at].bytes, bytes, length);
    way.delayed[at].length = length;
}

static bool is_lost(void)
{
    bool lost = roll(100) < 15;

    way.lost += lost;
    return lost;
}

// What `bytes` holds. False: no answer came, whatever happened there.
static bool call(size_t length, struct away_answer *answer)
{
    int kill_after_us = roll(100) < 3 ? roll(3000) : -1;

    if (roll(100) < 10) deliver_late();
    if (is_lost()) return false;
    if (roll(100) < 10) delay(length);
    if (roll(100) < 10) (void)away_call(&way.office, bytes, length, -1, answer); // doubled
    if (roll(100) < 5) { // cut: what arrives is not whole, and its answer finds nobody
        (void)away_call(&way.office, bytes, 1 + (size_t)roll((int)length), -1, answer);
        return false;
    }
    way.killed += kill_after_us >= 0;
    return away_call(&way.office, bytes, length, kill_after_us, answer) && !is_lost();
}

static void take_turn(struct kiosk *kiosk)
{
    struct away_answer answer;
    uint64_t left = kiosk->last + 1 - kiosk->next;

    if (kiosk->next == 0) {
        memcpy(bytes, kiosk->log, LOG_ID_BYTES);
        if (!call(LOG_ID_BYTES, &answer) || answer.status != STATUS_OK) return;
        if (answer.next < kiosk->acked) fail_msg("the office forgot what it had said is durable");
        kiosk->next = answer.next;
        return;
    }
    size_t most = left < way.most ? (size_t)left : way.most, count = 1 + (size_t)roll((int)most),
           length = write_batch(kiosk, kiosk->next, count);
    if (!call(length, &answer) || answer.status != STATUS_OK) {
        if (roll(2) == 0) kiosk->next = 0;
        return;
    }
    if (answer.answer != INBOX_TAKEN && answer.answer != INBOX_GAP) fail_msg("answer %d", (int)answer.answer);
    if (answer.next < kiosk->acked) fail_msg("the office forgot what it had said is durable");
    kiosk->next = kiosk->acked = answer.next;
}

static bool is_done(const struct kiosk *kiosk)
{
    return kiosk->acked == kiosk->last + 1;
}

static void send_all(void)
{
    for (size_t done = 0; done < way.count;) {
        struct kiosk *kiosk = &way.kiosks[roll((int)way.count)];
        if (is_done(kiosk)) {
            done = 0;
            for (size_t i = 0; i < way.count; i++) done += is_done(&way.kiosks[i]);
            continue;
        }
        if (kiosk->next == kiosk->last + 1) kiosk->next = 0; // its answer was lost: ask
        take_turn(kiosk);
        if (kiosk->next == kiosk->last + 1) kiosk->acked = kiosk->next; // it asked, and all is there
    }
}

// ---- what must be true ----

static void compare_log(struct inbox *inbox, const struct kiosk *kiosk)
{
    uint64_t seq = 1;

    while (seq <= kiosk->last) {
        char *sealed = NULL;
        size_t length = 0;
        assert_int_equal(inbox_sealed(inbox, kiosk->log, seq, &sealed, &length), STATUS_OK);
        for (char *line = strchr(sealed, '\n') + 1; *line; seq++) {
            char *end = strchr(line, '\n');
            *end = '\0';
            assert_true(seq <= kiosk->last);
            assert_string_equal(line, kiosk->lines[seq - 1]);
            line = end + 1;
        }
        free(sealed);
    }
}

static enum status add_up(void *owner, const struct db_value *values, size_t count)
{
    uint64_t *sum = owner;

    for (size_t i = 0; i < count; i++) *sum = dice_mix(*sum ^ (uint64_t)values[i].number);
    return STATUS_OK;
}

// Of everything that is made from the records, but for the order in which they came.
static uint64_t sum_of(struct inbox *inbox)
{
    struct office_db *db = inbox_db(inbox);
    uint64_t sum = 0;

    assert_int_equal(db->ops->query(db,
                                    "SELECT n, event, log, seq, kind, list, ticket, person, hlc, unix_ms, target, "
                                    "is_forced FROM deed ORDER BY n",
                                    NULL, 0, add_up, &sum),
                     STATUS_OK);
    assert_int_equal(
        db->ops->query(db, "SELECT log, other, seq, upto FROM seen ORDER BY log, other, seq", NULL, 0, add_up, &sum),
        STATUS_OK);
    assert_int_equal(db->ops->query(db, "SELECT log, boot, seq, boot_ms, unix_ms FROM anchor ORDER BY log, boot, seq",
                                    NULL, 0, add_up, &sum),
                     STATUS_OK);
    assert_int_equal(db->ops->query(db, "SELECT id, hlc, next FROM log ORDER BY id", NULL, 0, add_up, &sum), STATUS_OK);
    return sum;
}

static void compare_all(const char *where)
{
    int64_t counts[3] = {0}, records = 0;
    struct inbox *inbox = NULL;
    uint64_t before;

    assert_int_equal(inbox_open(where, clock_system(), &inbox), STATUS_OK);
    for (size_t i = 0; i < way.count; i++) {
        compare_log(inbox, &way.kiosks[i]);
        records += (int64_t)way.kiosks[i].last;
    }
    assert_int_equal(
        office_db_numbers(inbox_db(inbox), "SELECT COUNT(*), MIN(n), MAX(n) FROM record", NULL, 0, 3, counts),
        STATUS_OK);
    assert_int_equal(counts[0], records);
    assert_int_equal(counts[1], 1); // numbered without gaps, in the order of commits
    assert_int_equal(counts[2], records);
    before = sum_of(inbox);
    assert_int_equal(inbox_rebuild(inbox), STATUS_OK);
    assert_true(before == sum_of(inbox));
    inbox_close(inbox);
}

static void run(const char *where, uint64_t seed, size_t kiosks, uint64_t records)
{
    printf("seed %llu: ", (unsigned long long)seed);
    way = (struct way){.dice = {seed}, .count = kiosks, .most = records < 500 ? 12 : 500};
    for (size_t i = 0; i < kiosks; i++) open_kiosk(i, records);
    away_start(&way.office, where);
    send_all();
    away_kill(&way.office);
    compare_all(where);
    for (size_t i = 0; i < DELAYED; i++) free(way.delayed[i].bytes);
    for (size_t i = 0; i < kiosks; i++) {
        free(way.kiosks[i].lines);
        free(way.kiosks[i].hash);
    }
    printf("%llu lost, %llu times killed\n", (unsigned long long)way.lost, (unsigned long long)way.killed);
}

static uint64_t first_seed(void)
{
    const char *chosen = getenv("EINLASS_TEST_SEED");

    return chosen ? strtoull(chosen, NULL, 10) : 1;
}

static bool is_long(void)
{
    return getenv("EINLASS_LONG") != NULL;
}

static void run_seeds(int (*open)(void **), uint64_t count)
{
    for (uint64_t seed = first_seed(); seed < first_seed() + count; seed++) {
        void *state = NULL;
        open(&state);
        if (!state) skip();
        run(((struct counter *)state)->where, seed, 3, 60);
        counter_close(&state);
    }
}

static void test_office__is_the_union_of_all_logs(void **state)
{
    (void)state;
    run_seeds(counter_open_sqlite, is_long() ? 2000 : 200 / SLOWER);
}

static void test_office__is_the_union_of_all_logs_in_postgresql(void **state)
{
    (void)state;
    run_seeds(counter_open_postgresql, is_long() ? 2000 : 40 / SLOWER);
}

static void test_office__is_the_union_of_large_logs(void **state)
{
    struct counter *counter = *state;

    if (!counter) skip();
    if (is_long()) run(counter->where, first_seed(), 50, 20000);
    else run(counter->where, first_seed(), 20, counter->is_postgresql ? 500 : 5000 / SLOWER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_office__is_the_union_of_all_logs),
        cmocka_unit_test(test_office__is_the_union_of_all_logs_in_postgresql),
        COUNTER_TESTS(test_office__is_the_union_of_large_logs),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
