// Whatever comes from the other side of the network, or on a USB stick: it is refused, or what was read of it is
// written and read again as the same. The first byte chooses what it is taken for.
#include "sync/feed.h"
#include "sync/log_file.h"
#include "sync/server_key.h"
#include "sync/uplink_answer.h"
#include "sync/wire.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void try_file(const char *text, size_t length)
{
    struct log_piece *piece = malloc(sizeof *piece);
    struct wire_flaw flaw;
    size_t at = 0, before = 0;

    assert(piece);
    while (log_file_next(text, length, &at, piece, &flaw) == STATUS_OK) {
        assert(at > before && at <= length);
        before = at;
        if (piece->kind == LOG_PIECE_WALK_IN) continue;
        const char *end = memchr(piece->bytes, '\n', piece->length);
        struct wire_header header, again;
        char line[WIRE_HEADER_SIZE];
        if (wire_read_header(piece->bytes, (size_t)(end - piece->bytes), &header, &flaw) != STATUS_OK) abort();
        (void)!wire_read_lines(&header, end + 1, piece->length - (size_t)(end + 1 - piece->bytes), NULL, NULL, &flaw);
        (void)wire_is_signed(&header);
        if (wire_write_header(&header, line) != STATUS_OK) continue; // a gate of control characters may grow
        if (wire_read_header(line, strlen(line) - 1, &again, &flaw) != STATUS_OK) abort();
        assert(again.first == header.first && again.count == header.count && strcmp(again.gate, header.gate) == 0);
    }
    free(piece);
}

static void try_feed(const char *text, size_t length)
{
    struct feed_page *page, *again;
    char *json;

    if (feed_read(text, length, &page) != STATUS_OK) return;
    json = feed_write(page);
    if (feed_read(json, strlen(json), &again) != STATUS_OK) abort();
    assert(again->count == page->count && strcmp(again->cursor, page->cursor) == 0);
    for (size_t i = 0; i < page->count; i++)
        assert(page->items[i].kind == FEED_EVENT || page->items[i].record.length == again->items[i].record.length);
    free(json);
    feed_free(again);
    feed_free(page);
}

static void try_answers(const char *text, size_t length)
{
    struct wire_place place, place_again;
    struct wire_enroll enroll;
    struct pairing pairing;
    uint8_t salt[WALK_IN_SALT_BYTES];
    char blob[WALK_IN_BLOB_SIZE], words[WIRE_WORDS_SIZE];
    int64_t now_ms;

    wire_read_error(text, length, words);
    if (wire_read_place(text, length, &place) == STATUS_OK) {
        char *json = wire_write_place(&place);
        if (wire_read_place(json, strlen(json), &place_again) != STATUS_OK) abort();
        assert(place_again.next == place.next && place_again.fork_at == place.fork_at);
        free(json);
    }
    if (wire_read_enroll(text, length, &enroll) == STATUS_OK) free(wire_write_enroll(&enroll));
    if (wire_read_paired(text, length, &pairing, &now_ms) == STATUS_OK) free(wire_write_paired(&pairing, now_ms));
    if (wire_read_blob(text, length, salt, blob) == STATUS_OK) free(wire_write_blob(salt, blob));
}

static void try_offer(const char *text, size_t length)
{
    struct pairing_offer offer, again;
    char written[PAIRING_TEXT_SIZE];

    if (pairing_read_offer(text, length, &offer) != STATUS_OK) return;
    if (pairing_write_offer(&offer, written) != STATUS_OK) abort();
    if (pairing_read_offer(written, strlen(written), &again) != STATUS_OK) abort();
    assert(strcmp(again.url, offer.url) == 0 && strcmp(again.code, offer.code) == 0);
    assert(again.is_pinned == offer.is_pinned && memcmp(again.pin, offer.pin, PAIRING_PIN_BYTES) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes + 1;
    uint8_t key[SERVER_KEY_BYTES], *unpacked = NULL;
    struct uplink_answer answer = {0};

    if (length == 0) return 0;
    length--;
    if (bytes[0] == 'b') try_file(text, length);
    else if (bytes[0] == 'f') try_feed(text, length);
    else if (bytes[0] == 'a') try_answers(text, length);
    else if (bytes[0] == 'o') try_offer(text, length);
    else if (bytes[0] == 'c') (void)!server_key_of_der((const uint8_t *)text, length, key);
    else if (bytes[0] == 'h') uplink_answer_header(&answer, text, length);
    else if (bytes[0] == 'g' && wire_gunzip(text, length, 4096, &unpacked, &length) == STATUS_OK) {
        assert(length <= 4096 && unpacked[length] == '\0');
        free(unpacked);
    }
    return 0;
}
