// Records that arrive at the office: batches of 500 through inbox_append against a bare loop of the same rows as
// prepared INSERTs in the same batches, taking turns in the same run; and what a batch costs when there are many.
// usage: inbox_bench [--csv FILE]; EINLASS_BENCH_RECORDS (1000000): how many there are to be.
#include "bench/bench.h"
#include "support/check.h"

#include "bench/bare.h"
#include "office/conflict.h"
#include "office/counter.h"
#include "support/studio/dice.h"

#include <stdlib.h>

enum { AT_ONCE = 500, KIOSKS = 20, TURNS = 60, FEW = 10000 };

struct kiosk { // a log without end; only its newest batch is kept
    struct scribe *scribe;
    uint8_t hash[CHAIN_HASH_BYTES];
    uint64_t last;
};

static struct kiosk kiosks[KIOSKS];
static struct dice dice = {1};
static char batch[SCRIBE_BATCH_SIZE];
static struct bare_row rows[AT_ONCE];
static int64_t bare_count; // batches

static void open_kiosks(void)
{
    for (size_t i = 0; i < KIOSKS; i++) {
        kiosks[i].scribe = scribe_open((uint8_t)(i + 1));
        memcpy(kiosks[i].hash, kiosks[i].scribe->hash[0], CHAIN_HASH_BYTES);
        kiosks[i].last = 0;
    }
}

static void close_kiosks(void)
{
    for (size_t i = 0; i < KIOSKS; i++) free(kiosks[i].scribe);
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

static size_t write_batch(size_t log)
{
    struct kiosk *kiosk = &kiosks[log];
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

// bare: may be NULL.
static double take_batch(struct counter *counter, struct counter *bare, double *bare_s)
{
    size_t log = (size_t)dice_below(&dice, KIOSKS), length = write_batch(log);
    struct wire_place place;
    uint64_t new_count;
    int64_t begun_ns = bench_now_ns(), between_ns;

    assert_int_equal(counter_append(counter, NULL, batch, length, &place, &new_count), INBOX_TAKEN);
    between_ns = bench_now_ns();
    assert_int_equal(new_count, AT_ONCE);
    if (bare) bare_append(inbox_db(bare->inbox), (int64_t)log + 1, 1 + AT_ONCE * bare_count++, rows, AT_ONCE);
    if (bare) *bare_s += (double)(bench_now_ns() - between_ns) / 1e9;
    return (double)(between_ns - begun_ns) / 1e9;
}

static double read_pages(struct counter *counter)
{
    static struct tally tally;
    static struct event event = {.number = 7, .list_count = 1, .lists[0] = {.id = 1}};
    int64_t begun_ns = bench_now_ns();
    uint64_t total = 0;

    assert_int_equal(inbox_conflicts(counter->inbox, 7, 0, 0, &total, NULL, NULL), STATUS_OK);
    assert_int_equal(inbox_tally(counter->inbox, &event, &tally), STATUS_OK);
    return (double)(bench_now_ns() - begun_ns) / 1e6;
}

static void compare(const struct bench *bench, const char *name, int (*open)(void **))
{
    const char *chosen = getenv("EINLASS_BENCH_RECORDS");
    int64_t many = chosen ? strtoll(chosen, NULL, 10) : 1000000, count = 0;
    double few_s = 0, bare_s = 0, many_s = 0, unused = 0;
    void *counter = NULL, *bare = NULL;
    char what[64];

    open(&counter);
    open(&bare);
    if (!counter || !bare) return;
    open_kiosks();
    bare_count = 0;
    for (; count < FEW; count += AT_ONCE) take_batch(counter, bare, &unused);
    for (int i = 0; i < TURNS; i++, count += AT_ONCE) few_s += take_batch(counter, bare, &bare_s);
    snprintf(what, sizeof what, "%s few", name);
    bench_compare(bench, what, "records_per_s", TURNS * AT_ONCE / few_s, TURNS * AT_ONCE / bare_s);
    for (; count < many; count += AT_ONCE) take_batch(counter, NULL, NULL);
    for (int i = 0; i < TURNS; i++) many_s += take_batch(counter, NULL, NULL);
    snprintf(what, sizeof what, "%s many", name);
    bench_compare(bench, what, "ms_per_batch", many_s * 1e3 / TURNS, few_s * 1e3 / TURNS);
    bench_report(bench, what, "first_pages_ms", read_pages(counter));
    take_batch(counter, NULL, NULL);
    bench_report(bench, what, "pages_ms", read_pages(counter));
    close_kiosks();
    counter_close(&bare);
    counter_close(&counter);
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
