#include "support/check.h"

#include "office/apart.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { TICKETS_OF_A_HISTORY = 4, TRICKS = 24 };

static int roll(struct apart *apart, int sides)
{
    return dice_below(&apart->dice, sides);
}

void apart_open(struct apart *apart, uint64_t seed)
{
    *apart = (struct apart){.dice = {seed}, .now_ms = DOOR_UNIX_MS};
    door_init(&apart->door, NULL);
    door_add_list(&apart->door, LIST_MODE_IN_OUT, "Saal");
    door_add_list(&apart->door, LIST_MODE_HAND_OUT, "Boxen");
    door_document(&apart->door, 1, 20);
    for (size_t i = 0; i < APART_KIOSKS; i++) {
        struct apart_kiosk *kiosk = &apart->kiosks[i];
        kiosk->scribe = scribe_open((uint8_t)(1 + i));
        randombytes_buf_deterministic(kiosk->scribe->log, LOG_ID_BYTES, (uint8_t[32]){(uint8_t)seed, (uint8_t)i});
        chain_begin(kiosk->scribe->log, kiosk->scribe->key.public_key, kiosk->scribe->hash[0]);
        kiosk->lines = calloc(APART_MOST_DEEDS, sizeof *kiosk->lines);
        assert_non_null(kiosk->lines);
        kiosk->skew_ms = roll(apart, 4) == 0 ? -apart->now_ms : roll(apart, 20000) - 10000; // 1970, or nearly right
    }
}

void apart_close(struct apart *apart)
{
    for (size_t i = 0; i < APART_KIOSKS; i++) {
        for (uint64_t j = 0; j < apart->kiosks[i].count; j++) free(apart->kiosks[i].lines[j]);
        free(apart->kiosks[i].lines);
        free(apart->kiosks[i].scribe);
    }
    door_destroy(&apart->door);
}

static uint32_t short_log(const uint8_t *log)
{
    return (uint32_t)log[0] << 24 | (uint32_t)log[1] << 16 | (uint32_t)log[2] << 8 | log[3];
}

// As a kiosk would: its time and what it newly knows.
static void write_line(struct apart *apart, size_t index, struct record *record)
{
    struct apart_kiosk *kiosk = &apart->kiosks[index];
    char line[RECORD_LINE_SIZE];

    apart->now_ms += roll(apart, 3000);
    record->event = DOOR_EVENT;
    snprintf(record->gate, sizeof record->gate, "Tor %zu", index + 1);
    record->unix_ms = apart->now_ms + kiosk->skew_ms;
    record->boot = 1;
    record->boot_ms = apart->now_ms - DOOR_UNIX_MS;
    record->clock = kiosk->skew_ms < -100000 ? CLOCK_STATE_UNSET : CLOCK_STATE_RTC;
    record->hlc = kiosk->hlc = record->unix_ms > kiosk->hlc ? record->unix_ms : kiosk->hlc + 1;
    for (size_t i = 0; i < APART_KIOSKS; i++) {
        if (i == index || kiosk->known[i] <= kiosk->said[i]) continue;
        record->seen[record->seen_count++] = (struct seen){short_log(apart->kiosks[i].scribe->log), kiosk->known[i]};
        kiosk->said[i] = kiosk->known[i];
    }
    assert_int_equal(record_write_line(record, kiosk->count + 1, line), STATUS_OK);
    assert_non_null(kiosk->lines[kiosk->count] = strdup(line));
    kiosk->count++;
    kiosk->known[index] = kiosk->count;
}

static void note(struct apart *apart, size_t kiosk, const struct record *record)
{
    struct apart_deed *deed = &apart->deeds[apart->count++];

    assert_true(apart->count <= APART_MOST_DEEDS);
    *deed = (struct apart_deed){.kiosk = kiosk,
                                .seq = apart->kiosks[kiosk].count,
                                .ticket = record->ticket,
                                .hlc = record->hlc,
                                .person = record->person,
                                .list = record->list,
                                .is_check_in = record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT,
                                .is_entry = record->kind == RECORD_KIND_ENTRY,
                                .is_forced = record->is_forced};
    memcpy(deed->known, apart->kiosks[kiosk].known, sizeof deed->known);
}

static void check_in(struct apart *apart, size_t history, size_t kiosk)
{
    size_t guest = history * TICKETS_OF_A_HISTORY + (size_t)roll(apart, TICKETS_OF_A_HISTORY);
    struct record record = {.kind = RECORD_KIND_ENTRY, .has_ticket = true, .ticket = door_ticket(guest)};

    record.list = (uint16_t)(1 + roll(apart, APART_LISTS));
    record.person = roll(apart, 5) == 0 ? 0 : (uint32_t)(guest / 2 + 1);
    if (record.list == 3 && roll(apart, 5) < 2) record.kind = RECORD_KIND_EXIT;
    record.is_forced = record.kind == RECORD_KIND_ENTRY && roll(apart, 6) == 0;
    if (record.is_forced) strcpy(record.why, "Bändchen gerissen");
    write_line(apart, kiosk, &record);
    note(apart, kiosk, &record);
}

// Of its own, or of what it knows of another.
static void take_back(struct apart *apart, size_t kiosk, size_t from)
{
    struct record record = {.kind = RECORD_KIND_ANNUL};
    struct apart_deed *deed;

    if (apart->count == from) return;
    deed = &apart->deeds[from + (size_t)roll(apart, (int)(apart->count - from))];
    if (apart->kiosks[kiosk].known[deed->kiosk] < deed->seq) return;
    record.annuls = deed->seq;
    record.list = deed->list;
    record.annuls_other_log = deed->kiosk != kiosk;
    if (record.annuls_other_log) memcpy(record.annulled_log, apart->kiosks[deed->kiosk].scribe->log, LOG_ID_BYTES);
    write_line(apart, kiosk, &record);
    deed->is_annulled = true;
}

// A feed page: what the other has written so far, or some of it.
static void learn(struct apart *apart, size_t kiosk, size_t other)
{
    struct apart_kiosk *to = &apart->kiosks[kiosk];
    const struct apart_kiosk *of = &apart->kiosks[other];
    uint64_t upto = to->known[other] + (uint64_t)roll(apart, (int)(of->count - to->known[other]) + 1);

    if (kiosk == other) return;
    for (size_t i = 0; i < apart->count; i++) {
        const struct apart_deed *deed = &apart->deeds[i];
        if (deed->kiosk == other && deed->seq <= upto && deed->hlc > to->hlc) to->hlc = deed->hlc;
    }
    to->known[other] = upto;
}

void apart_happen(struct apart *apart, size_t history)
{
    size_t from = apart->count;

    for (int i = 0; i < TRICKS; i++) {
        size_t kiosk = (size_t)roll(apart, APART_KIOSKS);
        int what = roll(apart, 10);
        if (what < 7) check_in(apart, history, kiosk);
        else if (what < 8) take_back(apart, kiosk, from);
        else learn(apart, kiosk, (size_t)roll(apart, APART_KIOSKS));
    }
}

size_t apart_batch(const struct apart *apart, size_t index, uint64_t first, size_t count, char out[SCRIBE_BATCH_SIZE])
{
    const struct apart_kiosk *kiosk = &apart->kiosks[index];
    struct wire_header header = {.first = first, .count = count, .clock = CLOCK_STATE_NTP, .gate = "Tor"};
    char text[WIRE_HEADER_SIZE];
    uint8_t hash[CHAIN_HASH_BYTES];
    size_t length;

    memcpy(header.log, kiosk->scribe->log, LOG_ID_BYTES);
    memcpy(hash, kiosk->scribe->hash[0], sizeof hash);
    for (uint64_t seq = 1; seq < first + count; seq++) {
        if (seq == first) memcpy(header.prev, hash, sizeof hash);
        chain_add(hash, seq, kiosk->lines[seq - 1], strlen(kiosk->lines[seq - 1]));
    }
    memcpy(header.head, hash, sizeof hash);
    wire_sign(&kiosk->scribe->key, &header);
    assert_int_equal(wire_write_header(&header, text), STATUS_OK);
    length = (size_t)sprintf(out, "%s", text);
    for (size_t i = 0; i < count; i++) length += (size_t)sprintf(out + length, "%s\n", kiosk->lines[first - 1 + i]);
    return length;
}

// ---- what is true ----

static bool is_before(const struct apart *apart, const struct apart_deed *one, const struct apart_deed *other)
{
    int logs = memcmp(apart->kiosks[one->kiosk].scribe->log, apart->kiosks[other->kiosk].scribe->log, LOG_ID_BYTES);

    if (one->hlc != other->hlc) return one->hlc < other->hlc;
    return logs != 0 ? logs < 0 : one->seq < other->seq;
}

static bool is_of_one_owner(const struct apart_deed *one, const struct apart_deed *other)
{
    if (one->list != other->list) return false;
    if (one->list != 4) return one->ticket == other->ticket;
    if (one->person != 0 || other->person != 0) return one->person == other->person;
    return one->ticket == other->ticket;
}

bool apart_is_conflict(const struct apart *apart, size_t index, enum conflict_kind *kind_out, size_t *first_out)
{
    const struct apart_deed *deed = &apart->deeds[index], *first = NULL, *last = NULL;
    bool knew_one = false;

    if (deed->is_annulled || !deed->is_entry || deed->list == 2) return false;
    for (size_t i = 0; i < apart->count; i++) {
        const struct apart_deed *other = &apart->deeds[i];
        if (other->is_annulled || !is_of_one_owner(deed, other) || !is_before(apart, other, deed)) continue;
        if (!last || is_before(apart, last, other)) last = other;
        if (!other->is_entry) continue;
        if (!first || is_before(apart, other, first)) first = other;
        if (deed->known[other->kiosk] >= other->seq) knew_one = true;
    }
    if (deed->list == 3) {
        if (!last || !last->is_entry || deed->known[last->kiosk] >= last->seq) return false;
        *kind_out = deed->is_forced ? CONFLICT_KIND_FORCED : CONFLICT_KIND_CONCURRENT;
        *first_out = (size_t)(last - apart->deeds);
        return true;
    }
    if (!first) return false;
    *kind_out = deed->is_forced ? CONFLICT_KIND_FORCED : knew_one ? CONFLICT_KIND_IGNORED : CONFLICT_KIND_CONCURRENT;
    *first_out = (size_t)(first - apart->deeds);
    return true;
}

// Each ticket's last check-in says whose it is; of each person's tickets the last one counts.
static bool is_last_of_ticket(const struct apart *apart, const struct apart_deed *deed)
{
    for (size_t i = 0; i < apart->count; i++) {
        const struct apart_deed *other = &apart->deeds[i];
        if (!other->is_annulled && other->list == deed->list && other->ticket == deed->ticket &&
            is_before(apart, deed, other))
            return false;
    }
    return true;
}

uint32_t apart_inside(const struct apart *apart, uint16_t list)
{
    uint32_t inside = 0;

    for (size_t i = 0; i < apart->count; i++) {
        const struct apart_deed *deed = &apart->deeds[i];
        bool is_last = deed->list == list && !deed->is_annulled && is_last_of_ticket(apart, deed);
        for (size_t j = 0; j < apart->count && is_last && deed->person != 0; j++) {
            const struct apart_deed *other = &apart->deeds[j];
            if (other->list == list && !other->is_annulled && other->person == deed->person &&
                is_before(apart, deed, other) && is_last_of_ticket(apart, other))
                is_last = false;
        }
        inside += is_last && deed->is_entry;
    }
    return inside;
}
