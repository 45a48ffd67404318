#include "support/check.h"

#include "office/way.h"

#include <stdio.h>
#include <stdlib.h>

static char bytes[SCRIBE_BATCH_SIZE];

static int roll(struct way *way, int sides)
{
    return dice_below(&way->dice, sides);
}

// ---- kiosks ----

static struct record draw_record(struct way *way, uint64_t seq)
{
    static const enum record_kind kinds[] = {RECORD_KIND_ENTRY, RECORD_KIND_ENTRY, RECORD_KIND_EXIT,
                                             RECORD_KIND_CLOCK, RECORD_KIND_ANNUL, RECORD_KIND_REFUSED,
                                             RECORD_KIND_BOOT};
    struct record record = {.kind = kinds[roll(way, 7)],
                            .event = 7,
                            .list = (uint16_t)(1 + roll(way, 3)),
                            .gate = "Nord",
                            .boot = 1 + (uint32_t)(seq / 100),
                            .boot_ms = (int64_t)seq * 1000,
                            .unix_ms = COUNTER_UNIX_MS + (int64_t)seq * 1000,
                            .clock = CLOCK_STATE_NTP,
                            .hlc = roll(way, 9) == 0 ? 0 : COUNTER_UNIX_MS + (int64_t)seq * 1000};

    if (record.kind == RECORD_KIND_ENTRY || record.kind == RECORD_KIND_EXIT) {
        record.has_ticket = true;
        record.ticket = (uint64_t)roll(way, 500);
        record.person = (uint32_t)roll(way, 200);
    }
    if (record.kind == RECORD_KIND_ANNUL) record.annuls = 1 + (uint64_t)roll(way, (int)seq);
    if (roll(way, 3) == 0)
        record.seen[record.seen_count++] = (struct seen){(uint32_t)roll(way, (int)way->count) * 0x01010101U, seq};
    return record;
}

static void open_kiosk(struct way *way, size_t index, uint64_t records)
{
    struct way_kiosk *kiosk = &way->kiosks[index];
    struct scribe *scribe = scribe_open((uint8_t)(index + 1));
    char line[RECORD_LINE_SIZE];

    *kiosk = (struct way_kiosk){.key = scribe->key, .last = records};
    memset(kiosk->log, (int)index + 1, sizeof kiosk->log);
    kiosk->lines = calloc(records, sizeof *kiosk->lines);
    kiosk->hash = calloc(records + 1, sizeof *kiosk->hash);
    assert_true(kiosk->lines && kiosk->hash);
    chain_begin(kiosk->log, kiosk->key.public_key, kiosk->hash[0]);
    for (uint64_t seq = 1; seq <= records; seq++) {
        struct record record = draw_record(way, seq);
        assert_int_equal(record_write_line(&record, seq, line), STATUS_OK);
        assert_true(strlen(line) < WAY_LINE_SIZE);
        strcpy(kiosk->lines[seq - 1], line);
        memcpy(kiosk->hash[seq], kiosk->hash[seq - 1], CHAIN_HASH_BYTES);
        chain_add(kiosk->hash[seq], seq, line, strlen(line));
    }
    free(scribe);
}

static size_t write_batch(const struct way_kiosk *kiosk, uint64_t first, size_t count)
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
static void deliver_late(struct way *way)
{
    size_t at = (size_t)roll(way, WAY_DELAYED);
    struct away_answer answer;

    if (!way->delayed[at].bytes) return;
    (void)away_call(&way->office, way->delayed[at].bytes, way->delayed[at].length, -1, &answer);
    free(way->delayed[at].bytes);
    way->delayed[at].bytes = NULL;
}

static void delay(struct way *way, size_t length)
{
    size_t at = (size_t)roll(way, WAY_DELAYED);

    free(way->delayed[at].bytes);
    assert_non_null(way->delayed[at].bytes = malloc(length));
    memcpy(way->delayed[at].bytes, bytes, length);
    way->delayed[at].length = length;
}

static bool is_lost(struct way *way)
{
    bool lost = roll(way, 100) < 15;

    way->lost += lost;
    return lost;
}

// What `bytes` holds. False: no answer came, whatever happened there.
static bool call(struct way *way, size_t length, struct away_answer *answer)
{
    int kill_after_us = roll(way, 100) < 3 ? roll(way, 3000) : -1;

    if (roll(way, 100) < 10) deliver_late(way);
    if (is_lost(way)) return false;
    if (roll(way, 100) < 10) delay(way, length);
    if (roll(way, 100) < 10) (void)away_call(&way->office, bytes, length, -1, answer); // doubled
    if (roll(way, 100) < 5) { // cut: what arrives is not whole, and its answer finds nobody
        (void)away_call(&way->office, bytes, 1 + (size_t)roll(way, (int)length), -1, answer);
        return false;
    }
    way->killed += kill_after_us >= 0;
    return away_call(&way->office, bytes, length, kill_after_us, answer) && !is_lost(way);
}

static void take_turn(struct way *way, struct way_kiosk *kiosk)
{
    struct away_answer answer;
    uint64_t left = kiosk->last + 1 - kiosk->next;

    if (kiosk->next == 0) {
        memcpy(bytes, kiosk->log, LOG_ID_BYTES);
        if (!call(way, LOG_ID_BYTES, &answer) || answer.status != STATUS_OK) return;
        if (answer.next < kiosk->acked) fail_msg("the office forgot what it had said is durable");
        kiosk->next = answer.next;
        return;
    }
    size_t most = left < way->most ? (size_t)left : way->most, count = 1 + (size_t)roll(way, (int)most),
           length = write_batch(kiosk, kiosk->next, count);
    if (!call(way, length, &answer) || answer.status != STATUS_OK) {
        if (roll(way, 2) == 0) kiosk->next = 0;
        return;
    }
    if (answer.answer != INBOX_TAKEN && answer.answer != INBOX_GAP) fail_msg("answer %d", (int)answer.answer);
    if (answer.next < kiosk->acked) fail_msg("the office forgot what it had said is durable");
    kiosk->next = kiosk->acked = answer.next;
}

static bool is_done(const struct way_kiosk *kiosk)
{
    return kiosk->acked == kiosk->last + 1;
}

void way_send_all(struct way *way, const char *where)
{
    away_start(&way->office, where);
    for (size_t done = 0; done < way->count;) {
        struct way_kiosk *kiosk = &way->kiosks[roll(way, (int)way->count)];
        if (is_done(kiosk)) {
            done = 0;
            for (size_t i = 0; i < way->count; i++) done += is_done(&way->kiosks[i]);
            continue;
        }
        if (kiosk->next == kiosk->last + 1) kiosk->next = 0; // its answer was lost: ask
        take_turn(way, kiosk);
        if (kiosk->next == kiosk->last + 1) kiosk->acked = kiosk->next; // it asked, and all is there
    }
    away_kill(&way->office);
}

void way_open(struct way *way, uint64_t seed, size_t kiosks, uint64_t records)
{
    *way = (struct way){.dice = {seed}, .count = kiosks, .most = records < 500 ? 12 : 500};
    for (size_t i = 0; i < kiosks; i++) open_kiosk(way, i, records);
}

void way_close(struct way *way)
{
    for (size_t i = 0; i < WAY_DELAYED; i++) free(way->delayed[i].bytes);
    for (size_t i = 0; i < way->count; i++) {
        free(way->kiosks[i].lines);
        free(way->kiosks[i].hash);
    }
}
