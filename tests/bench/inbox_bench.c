// Records that arrive at the office: batches of 500 through inbox_append against a bare loop of the same rows as
// prepared INSERTs in the same batches; and what a batch costs an office with many records against one with few. Each
// time both take turns.
// usage: inbox_bench [--csv FILE]; EINLASS_BENCH_RECORDS (1000000): how many there are to be.
#include "bench/bench.h"
#include "support/check.h"

#include "bench/bare.h"
#include "office/conflict.h"
#include "office/counter.h"
#include "support/studio/dice.h"

#include <stdlib.h>
#include <time.h>

enum { AT_ONCE = 500, KIOSKS = 20, TURNS = 60, FEW = 10000 };

struct kiosk { // a log without end; only its newest batch is kept
    struct scribe *scribe;
    uint8_t hash[CHAIN_HASH_BYTES];
    uint64_t last;
};

struct side { // an office with its kiosks
    struct counter *counter;
    struct kiosk kiosks[KIOSKS];
    int64_t count;          // records
    double batch_ms[TURNS]; // of the batches that are measured
    double bare_ms[TURNS];
};

static struct side few, bare, many;
static struct dice dice = {1};
static char batch[SCRIBE_BATCH_SIZE];
static struct bare_row rows[AT_ONCE];

static bool open_side(struct side *side, int (*open)(void **))
{
    void *state = NULL;

    *side = (struct side){0};
    open(&state);
    side->counter = state;
    for (size_t i = 0; i < KIOSKS && state; i++) {
        side->kiosks[i].scribe = scribe_open((uint8_t)(i + 1));
        memcpy(side->kiosks[i].hash, side->kiosks[i].scribe->hash[0], CHAIN_HASH_BYTES);
    }
    return state != NULL;
}

static void close_side(struct side *side)
{
    void *state = side->counter;

    for (size_t i = 0; i < KIOSKS; i++) free(side->kiosks[i].scribe);
    counter_close(&state);
}

// As at two doors: every second record tells of news from elsewhere.
static void write_row(struct kiosk *kiosk, struct bare_row *row, size_t log)
{
    uint64_t seq = ++kiosk->last;
    struct record *record = &row->record;

    *record = (struct record){.kind = RECORD_KIND_ENTRY,
                              .event = 7,
                              .list = 1,
                              .gate = "Haupteingang Nord",
                              .has_ticket = true,
                              .ticket = dice_next(&dice) >> 16,
                              .person = (uint32_t)(dice_next(&dice) >> 44),
                              .reason = REASON_OK,
                              .boot = 3,
                              .boot_ms = (int64_t)seq * 700,
                              .unix_ms = COUNTER_UNIX_MS + (int64_t)seq * 700,
                              .clock = CLOCK_STATE_NTP,
                              .hlc = COUNTER_UNIX_MS + (int64_t)seq * 700};
    if (seq % 2 == 0) record->seen[record->seen_count++] = (struct seen){0x01010101U * (uint32_t)(log + 2), seq};
    assert_int_equal(record_write_line(record, seq, row->line), STATUS_OK);
    row->seq = seq;
    row->length = strlen(row->line);
    chain_add(kiosk->hash, seq, row->line, row->length);
    memcpy(row->hash, kiosk->hash, CHAIN_HASH_BYTES);
}

static size_t write_batch(struct side *side, size_t log)
{
    struct kiosk *kiosk = &side->kiosks[log];
    struct wire_header header = {.first = kiosk->last + 1, .count = AT_ONCE, .gate = "Haupteingang Nord"};
    size_t length;
    char text[WIRE_HEADER_SIZE];

    memcpy(header.log, kiosk->scribe->log, LOG_ID_BYTES);
    memcpy(header.prev, kiosk->hash, CHAIN_HASH_BYTES);
    for (size_t i = 0; i < AT_ONCE; i++) write_row(kiosk, &rows[i], log);
    memcpy(header.head, kiosk->hash, CHAIN_HASH_BYTES);
    wire_sign(&kiosk->scribe->key, &header);
    assert_int_equal(wire_write_header(&header, text), STATUS_OK);
    length = strlen(text);
    memcpy(batch, text, length);
    for (size_t i = 0; i < AT_ONCE; i++) {
        memcpy(batch + length, rows[i].line, rows[i].length);
        length += rows[i].length;
        batch[length++] = '\n';
    }
    return length;
}

// Milliseconds.
static double take_batch(struct side *side)
{
    size_t length = write_batch(side, (size_t)dice_below(&dice, KIOSKS));
    struct wire_place place;
    uint64_t new_count;
    int64_t begun_ns = bench_now_ns();

    assert_int_equal(counter_append(side->counter, NULL, batch, length, &place, &new_count), INBOX_TAKEN);
    begun_ns = bench_now_ns() - begun_ns;
    assert_int_equal(new_count, AT_ONCE);
    side->count += AT_ONCE;
    return (double)begun_ns / 1e6;
}

static double take_bare(struct side *side)
{
    size_t log = (size_t)dice_below(&dice, KIOSKS);
    int64_t begun_ns;

    (void)write_batch(side, log);
    begun_ns = bench_now_ns();
    bare_append(inbox_db(side->counter->inbox), (int64_t)log + 1, side->count + 1, rows, AT_ONCE);
    side->count += AT_ONCE;
    return (double)(bench_now_ns() - begun_ns) / 1e6;
}

// Also the processor's own time, which other programs don't make longer.
static double read_pages(const struct side *side, double *cpu_ms_out)
{
    clock_t begun = clock();
    static struct tally tally;
    static struct event event = {.number = 7, .list_count = 1, .lists[0] = {.id = 1}};
    int64_t begun_ns = bench_now_ns();
    uint64_t total = 0;

    assert_int_equal(inbox_conflicts(side->counter->inbox, 7, 0, 0, &total, NULL, NULL), STATUS_OK);
    assert_int_equal(inbox_tally(side->counter->inbox, &event, &tally), STATUS_OK);
    *cpu_ms_out = (double)(clock() - begun) * 1e3 / CLOCKS_PER_SEC;
    return (double)(bench_now_ns() - begun_ns) / 1e6;
}

// Medians of batches that take turns: what else the machine does meets both.
static void compare_with_bare(const struct bench *bench, const char *name)
{
    char what[64];

    while (few.count < FEW) (void)take_batch(&few);
    while (bare.count < FEW) (void)take_bare(&bare);
    for (int i = 0; i < TURNS; i++) {
        few.batch_ms[i] = take_batch(&few);
        bare.bare_ms[i] = take_bare(&bare);
    }
    snprintf(what, sizeof what, "%s few", name);
    bench_compare(bench, what, "records_per_s", AT_ONCE * 1e3 / bench_percentile(few.batch_ms, TURNS, 50),
                  AT_ONCE * 1e3 / bench_percentile(bare.bare_ms, TURNS, 50));
}

static void compare_with_many(const struct bench *bench, const char *name)
{
    const char *chosen = getenv("EINLASS_BENCH_RECORDS");
    int64_t most = chosen ? strtoll(chosen, NULL, 10) : 1000000;
    double cpu_ms = 0;
    char what[64];

    while (many.count < most) (void)take_batch(&many);
    for (int i = 0; i < TURNS; i++) {
        many.batch_ms[i] = take_batch(&many);
        few.batch_ms[i] = take_batch(&few);
    }
    snprintf(what, sizeof what, "%s many", name);
    bench_compare(bench, what, "ms_per_batch", bench_percentile(many.batch_ms, TURNS, 50),
                  bench_percentile(few.batch_ms, TURNS, 50));
    bench_report(bench, what, "first_pages_ms", read_pages(&many, &cpu_ms)); // all is read into memory
    bench_report(bench, what, "first_pages_cpu_ms", cpu_ms);
    (void)take_batch(&many);
    bench_report(bench, what, "pages_ms", read_pages(&many, &cpu_ms));
    bench_report(bench, what, "pages_cpu_ms", cpu_ms);
}

static void compare(const struct bench *bench, const char *name, int (*open)(void **))
{
    if (!open_side(&few, open)) return;
    assert_true(open_side(&bare, open) && open_side(&many, open));
    compare_with_bare(bench, name);
    compare_with_many(bench, name);
    close_side(&few);
    close_side(&bare);
    close_side(&many);
}

int main(int count, char **arguments)
{
    struct bench bench;

    bench_begin(&bench, "inbox", count, arguments);
    compare(&bench, "SQLite", counter_open_disk);
    compare(&bench, "PostgreSQL", counter_open_postgresql);
    counter_end(NULL);
    bench_end(&bench);
    return 0;
}
