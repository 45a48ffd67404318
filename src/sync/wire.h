// wire.h -- what travels between kiosk and office, written and read in one place, used by both (FORMATS: sync).
// A batch is NDJSON: one header line, then `count` lines of the log, byte for byte:
//   {"log":"<32 hex>","first":1201,"count":500,"prev":"<64 hex>","head":"<64 hex>","sig":"<128 hex>","clock":"ntp",
//    "device":"<64 hex: its public key>","gate":"Nord"}
// sig: Ed25519 by the device's key over "einlass-head/1" ‖ 0x00 ‖ log ‖ last seq as u64be ‖ head. It proves who wrote
// all up to there, whoever carries the batch (a hub, a USB stick). A *.einlass-log file is batches one after another,
// and walk-ins: {"walk_in":"<64 hex: its hash>","salt":"<32 hex>","blob":"…"} between them. Pure; any thread. Failure:
// INVALID with words that name what is wrong ("line 3: seq 9 follows 7").
#ifndef EINLASS_SYNC_WIRE_H
#define EINLASS_SYNC_WIRE_H

#include "record/outbox.h"
#include "record/store.h"
#include "sync/feed.h"
#include "sync/pairing.h"

enum { WIRE_SIGNATURE_BYTES = 64, WIRE_HEADER_SIZE = 1024, WIRE_WORDS_SIZE = 200 };

struct wire_flaw {
    char words[WIRE_WORDS_SIZE]; // English, for logs; never quotes a person's values
};

struct wire_header {
    uint8_t log[LOG_ID_BYTES], device_public_key[DEVICE_KEY_BYTES];
    uint64_t first;
    size_t count;
    uint8_t prev[CHAIN_HASH_BYTES], head[CHAIN_HASH_BYTES];
    uint8_t signature[WIRE_SIGNATURE_BYTES];
    enum clock_state clock;
    char gate[GATE_SIZE];
};

struct device_key;
void wire_sign(const struct device_key *key, struct wire_header *header); // log, first, count, head are there
bool wire_is_signed(const struct wire_header *header);
enum status wire_write_header(const struct wire_header *header, char out[WIRE_HEADER_SIZE]) MUST_CHECK; // with newline
enum status wire_read_header(const char *line, size_t length, struct wire_header *out,
                             struct wire_flaw *flaw_out) MUST_CHECK;

// The lines of a batch: each one of the right seq, all of them together lead from prev to head. All are checked before
// `visit` (may be NULL) sees the first; anything but OK from it ends the reading with that status. Whether a line makes
// sense is not asked: a newer kiosk may know more kinds. INVALID: these are no such lines (400). CORRUPT: they are, but
// don't lead to head (422).
struct wire_line {
    uint64_t seq;
    const char *text; // [length], borrowed
    size_t length;
    const uint8_t *hash; // the chain's, after it; for the call only
};
typedef enum status wire_visitor(void *owner, const struct wire_line *line);
enum status wire_read_lines(const struct wire_header *header, const char *lines, size_t length, wire_visitor *visit,
                            void *owner, struct wire_flaw *flaw_out) MUST_CHECK;

enum status wire_gzip(const void *bytes, size_t length, uint8_t **out, size_t *length_out) MUST_CHECK; // out: free()
// INVALID: not gzip, damaged, or larger than `most_bytes` once unpacked (a bomb).
enum status wire_gunzip(const void *bytes, size_t length, size_t most_bytes, uint8_t **out,
                        size_t *length_out) MUST_CHECK; // a NUL behind it

// The answers of the office, JSON.
void wire_read_error(const char *json, size_t length, char out[WIRE_WORDS_SIZE]); // its {"error": "…"}; "" = none
struct wire_place {                 // GET /v1/logs/{log}, and 200 and 409 of POST …/records
    uint64_t next;                  // the seq it waits for: 1 = it has nothing
    uint8_t head[CHAIN_HASH_BYTES]; // after next - 1
    bool is_durable;
    int64_t now_ms; // the office's clock, unix
    bool has_fork;  // 409: {"error":"fork","at":…}
    uint64_t fork_at;
    char feed[STORE_CURSOR_SIZE]; // its newest cursor
    char error[32];               // "gap", "fork", "chain", "revoked", …; "" = none
};
char *wire_write_place(const struct wire_place *place); // free()
enum status wire_read_place(const char *json, size_t length, struct wire_place *out) MUST_CHECK;

struct wire_enroll { // POST /v1/enroll
    char code[PAIRING_CODE_SIZE], name[PAIRING_NAME_SIZE], version[32];
    uint8_t device_public_key[DEVICE_KEY_BYTES];
};
char *wire_write_enroll(const struct wire_enroll *enroll); // free()
enum status wire_read_enroll(const char *json, size_t length, struct wire_enroll *out) MUST_CHECK;
// Its answer: all of struct pairing but url, pin, is_revoked; and now_ms.
char *wire_write_paired(const struct pairing *pairing, int64_t now_ms); // free()
enum status wire_read_paired(const char *json, size_t length, struct pairing *out, int64_t *now_ms_out) MUST_CHECK;

// A walk-in's blob on its way: PUT /v1/blobs/{sha256}: {"salt":"…","blob":"…"}
char *wire_write_blob(const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob); // free()
enum status wire_read_blob(const char *json, size_t length, uint8_t salt_out[WALK_IN_SALT_BYTES],
                           char blob_out[WALK_IN_BLOB_SIZE]) MUST_CHECK;

#endif
