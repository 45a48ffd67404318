#include "support/scribe.h"

#include "support/check.h"

#include "base/mem.h"

#include <sodium.h>
#include <stdio.h>

struct scribe *scribe_open(uint8_t number)
{
    struct scribe *scribe = mem_zero(sizeof *scribe);
    uint8_t seed[crypto_sign_SEEDBYTES] = {number};

    assert_true(sodium_init() >= 0);
    assert_int_equal(crypto_sign_seed_keypair(scribe->key.public_key, scribe->key.secret_key, seed), 0);
    memset(scribe->log, number, sizeof scribe->log);
    chain_begin(scribe->log, scribe->key.public_key, scribe->hash[0]);
    return scribe;
}

void scribe_write(struct scribe *scribe, size_t count)
{
    for (; count > 0; count--) {
        uint64_t seq = ++scribe->last;
        struct record record = {.kind = RECORD_KIND_ENTRY,
                                .event = 7,
                                .list = 1,
                                .gate = "Nord",
                                .has_ticket = true,
                                .ticket = seq * 31,
                                .reason = REASON_OK,
                                .boot = 1,
                                .boot_ms = (int64_t)seq * 1000,
                                .unix_ms = INT64_C(1795341152123) + (int64_t)seq,
                                .clock = CLOCK_STATE_NTP};
        char line[RECORD_LINE_SIZE];
        assert_true(seq <= SCRIBE_MOST_LINES);
        assert_int_equal(record_write_line(&record, seq, line), STATUS_OK);
        assert_true(strlen(line) < SCRIBE_LINE_SIZE);
        strcpy(scribe->lines[seq - 1], line);
        memcpy(scribe->hash[seq], scribe->hash[seq - 1], CHAIN_HASH_BYTES);
        chain_add(scribe->hash[seq], seq, line, strlen(line));
    }
}

struct wire_header scribe_header(const struct scribe *scribe, uint64_t first, size_t count)
{
    struct wire_header header = {.first = first, .count = count, .clock = CLOCK_STATE_NTP, .gate = "Nord"};

    memcpy(header.log, scribe->log, LOG_ID_BYTES);
    memcpy(header.prev, scribe->hash[first - 1], CHAIN_HASH_BYTES);
    memcpy(header.head, scribe->hash[first + count - 1], CHAIN_HASH_BYTES);
    wire_sign(&scribe->key, &header);
    return header;
}

size_t scribe_lines(const struct scribe *scribe, uint64_t first, size_t count, char *out)
{
    size_t length = 0;

    for (size_t i = 0; i < count; i++) length += (size_t)sprintf(out + length, "%s\n", scribe->lines[first - 1 + i]);
    return length;
}

size_t scribe_batch(const struct scribe *scribe, uint64_t first, size_t count, char out[SCRIBE_BATCH_SIZE])
{
    struct wire_header header = scribe_header(scribe, first, count);
    char line[WIRE_HEADER_SIZE];

    assert_int_equal(wire_write_header(&header, line), STATUS_OK);
    strcpy(out, line);
    return strlen(line) + scribe_lines(scribe, first, count, out + strlen(line));
}
