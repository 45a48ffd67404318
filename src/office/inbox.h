// inbox.h -- where records arrive: devices, their logs byte for byte, and what is made of them (check-ins, conflicts,
// feed, numbers). Over db.h. The office has one, a hub has one.
// Promise: of each log a gapless prefix, always; what was answered as durable is; the same batch any number of times
// is stored once. Raw lines are kept forever as received; everything else can be made again from them (inbox_rebuild).
// A line that makes no sense to this version is kept all the same, and counted as nothing.
// Threads: one at a time. Failure: as db.h.
#ifndef EINLASS_OFFICE_INBOX_H
#define EINLASS_OFFICE_INBOX_H

#include "base/clock.h"
#include "office/db.h"
#include "record/walk_in.h"
#include "sync/feed.h"
#include "sync/wire.h"

struct inbox;
enum status inbox_open(const char *where, struct clock *clock, struct inbox **out) MUST_CHECK;
void inbox_close(struct inbox *inbox); // NULL is fine
struct office_db *inbox_db(struct inbox *inbox);
// Changes whenever anything was written, by whatever process: what has not changed need not be read again.
enum status inbox_stamp(struct inbox *inbox, uint64_t *out) MUST_CHECK;

// ---- devices: kiosks that were paired, and hubs ----
struct device {
    int64_t id;
    char name[PAIRING_NAME_SIZE];
    uint8_t public_key[DEVICE_KEY_BYTES];
    uint32_t event; // that it is to serve; 0: none
    bool is_hub;    // may bring other devices' logs
    bool is_revoked;
    int64_t paired_ms, heard_ms; // unix
    char version[32];
    uint64_t record_count; // of its logs, here
    uint64_t alarm_count;  // forks, bad chains, requests kept aside: see inbox_alarms
};
// A one-time code for a device of that name; good for `good_ms`. INVALID: the name is taken by a device that is not
// revoked. A device that is paired again under its name keeps its id.
enum status inbox_offer(struct inbox *inbox, const char *name, uint32_t event, bool is_hub, int64_t good_ms,
                        char code_out[PAIRING_CODE_SIZE]) MUST_CHECK;
// MISSING: no such code, too old, or used, but by the same kiosk, which was not heard of since (our answer was lost).
enum { INBOX_MOST_GUESSES = 20 }; // wrong codes within a minute; then LATER for all
enum status inbox_enroll(struct inbox *inbox, const struct wire_enroll *enroll, struct device *out,
                         char token_out[PAIRING_TOKEN_SIZE]) MUST_CHECK;
// Tokens are stored hashed. MISSING: nobody's. A revoked device is found, with is_revoked.
enum status inbox_device_of(struct inbox *inbox, const char *token, struct device *out) MUST_CHECK;
enum status inbox_revoke(struct inbox *inbox, const char *name) MUST_CHECK; // MISSING: no such device
typedef enum status device_visitor(void *owner, const struct device *device);
enum status inbox_each_device(struct inbox *inbox, device_visitor *visit, void *owner) MUST_CHECK;
enum status inbox_heard(struct inbox *inbox, int64_t device, const char *version) MUST_CHECK; // at most once a minute

// ---- logs ----
enum inbox_answer { INBOX_TAKEN, INBOX_GAP, INBOX_FORK, INBOX_CHAIN, INBOX_REFUSED };
// One batch of `device` (NULL, or id 0: from a USB stick; who wrote it proves itself by the header's signature). OK:
// `answer`, with `place` for all but REFUSED. LATER: nothing was stored.
//   TAKEN    committed; new_count_out: records that were not here (0: all were)
//   GAP      send from place->next on
//   FORK     place->fork_at: seq of the first record that differs from ours. If it is the batch's first, those before
//            it may differ too: found by sending them. An alarm
//   CHAIN    the lines do not lead to the signed head: something changed them on the way. An alarm
//   REFUSED  no batch, a wrong signature, or another device's log without is_hub; kept aside, `flaw` says why. An alarm
enum status inbox_append(struct inbox *inbox, const struct device *device, const char *bytes, size_t length,
                         enum inbox_answer *answer_out, struct wire_place *place, uint64_t *new_count_out,
                         struct wire_flaw *flaw) MUST_CHECK;
// place: next 1 and hash_0 of `device` if nothing is here.
enum status inbox_place(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], const struct device *device,
                        struct wire_place *out) MUST_CHECK;
// INVALID: not of that hash. Idempotent. A blob may come before its record.
enum status inbox_put_blob(struct inbox *inbox, const uint8_t hash[WALK_IN_HASH_BYTES],
                           const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob) MUST_CHECK;
// For forwarding: the next sealed batch of a log (the boundaries and signatures it came with) from `first` on.
struct inbox_log {
    uint8_t log[LOG_ID_BYTES], device_public_key[DEVICE_KEY_BYTES];
    char device[PAIRING_NAME_SIZE];
    uint64_t next;
};
typedef enum status inbox_log_visitor(void *owner, const struct inbox_log *log);
enum status inbox_each_log(struct inbox *inbox, inbox_log_visitor *visit, void *owner) MUST_CHECK;
enum status inbox_sealed(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], uint64_t first, char **bytes_out,
                         size_t *length_out) MUST_CHECK; // MISSING: nothing from there on; free()
typedef enum status inbox_blob_visitor(void *owner, int64_t id, const uint8_t hash[WALK_IN_HASH_BYTES],
                                       const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob);
enum status inbox_each_blob(struct inbox *inbox, int64_t after_id, inbox_blob_visitor *visit, void *owner) MUST_CHECK;

// ---- feed, events ----
// `log`: left out; NULL: none. `page` is yours (feed_free).
enum status inbox_feed(struct inbox *inbox, const char *cursor, uint32_t event, const uint8_t *log, size_t limit,
                       struct feed_page **page) MUST_CHECK;
// A published event file: stored with its signature, and announced in the feed. INVALID: an older version, or other
// bytes of the same. It must have been checked.
enum status inbox_put_event(struct inbox *inbox, const struct event_edition *edition, const uint8_t *bytes,
                            size_t length, const uint8_t signature[TICKET_SIGNATURE_BYTES]) MUST_CHECK;
struct inbox_event {
    struct event_edition edition;
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    uint8_t *bytes; // free(); NULL where only the edition was asked for
    size_t length;
};
enum status inbox_event(struct inbox *inbox, uint32_t number, bool with_bytes, struct inbox_event *out) MUST_CHECK;
enum status inbox_next_event(struct inbox *inbox, uint32_t after, uint32_t *out) MUST_CHECK; // MISSING: no more

// ---- what goes wrong ----
struct inbox_alarm {
    int64_t id, unix_ms;
    char kind[16]; // "fork", "chain", "refused"
    char device[PAIRING_NAME_SIZE];
    uint8_t log[LOG_ID_BYTES];
    uint64_t seq;
    char words[WIRE_WORDS_SIZE];
};
enum status inbox_keep_aside(struct inbox *inbox, const struct device *device, const char *kind, const char *words,
                             const void *request, size_t length) MUST_CHECK; // NULL: no request is kept
typedef enum status alarm_visitor(void *owner, const struct inbox_alarm *alarm);
enum status inbox_alarms(struct inbox *inbox, alarm_visitor *visit, void *owner) MUST_CHECK; // newest first

enum status inbox_rebuild(struct inbox *inbox) MUST_CHECK; // every projection, from the raw lines

#endif
