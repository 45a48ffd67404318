// event_file.h -- the event file between office and kiosk: JSON plus a detached Ed25519 signature of the office's
// root key over its exact bytes (FORMATS: event file). One encoder and one decoder, used by both sides.
// On disk: NAME.event.json and NAME.event.json.sig (128 hex digits and a newline).
// Pure but for the log and the two calls that name a path; any thread.
//
// The document (? = may be absent; then empty, 0, false, or what is said behind it):
//   format        "einlass-event/1"
//   organisation  UUID, lower case
//   version       1 …, only grows
//   event         number 1 … · kind a-z0-9_ · name {de, en?} · zone (IANA) · starts_ms, ends_ms (unix)
//                 · welcome? {de, en?} · privacy? {de, en?} · shows_names? · shows_headcount?
//   keys?         [kid · public_key (64 hex) · walk_in_class?: present = a kiosk's key, good for this class only]
//   classes?      [id · name {de, en?} · hint? {de, en?} · staff?]
//   groups?       [id 1 … · name · hint?]         group 0 means "any" and has no name
//   lists         [id 1 … · mode · name · classes? [id] · groups? [id] · opens_ms? · closes_ms? · capacity? · stock?
//                  · after? (a list's id)]        at least one; no or empty classes/groups: all; stock: hand_out only
//   pins?         [verifier (argon2id, crypto_pwhash_str)]
//   stops?        [name {de, en?}]                at most 24, in the order of the tour
//   walk_ins?     class · plus_ones? (0 … 9) · fields [key · kind: text | name | email · label {de, en?} · required?]
//                 · consents? [key · version · text {de, en?} · required?]   one field is the name, and required
//   roster        [ticket (12 hex) · class · group? · status?: "ok" · least_generation? (256: withdrawn)
//                  · person? · name? · company? · note? · code? (a ticket text sold elsewhere)
//                  · language? (two letters a-z)]
// Where English is missing or empty, German is shown. Times are unix milliseconds, as in records. Hex is lower case. A
// revocation is a roster entry with a least_generation. Labels are only names: classes and groups without one are
// allowed. Unknown keys are ignored at the top level (a newer office may add sections) and refused inside: a rule this
// version doesn't know must not be dropped silently. Ids, kids and roster tickets occur once; codes may repeat (they
// are then ambiguous at the door). Neither walk-ins nor kiosks' keys may be of a class of staff: whoever types a name,
// or steals a kiosk, would open the staff pages.
#ifndef EINLASS_RECORD_EVENT_FILE_H
#define EINLASS_RECORD_EVENT_FILE_H

#include "record/event.h"
#include "verdict/guest.h"

enum {
    EVENT_FILE_MAX_BYTES = 128 * 1024 * 1024,
    ROOT_KEY_BYTES = 32,
    ROOT_SECRET_KEY_BYTES = 64,    // libsodium's form: seed and public key
    FOREIGN_CODE_MAX_BYTES = 4096, // ticket texts sold elsewhere: any UTF-8 without NUL
};

struct roster_entry {
    struct guest guest;
    const char *foreign_code; // NULL: none
};

// Called once per roster entry, in the file's order; what `entry` points at is borrowed for the call.
// Anything but OK ends the visit with that status.
typedef enum status roster_visitor(void *owner, const struct roster_entry *entry);

struct event_flaw { // why a file was refused, in English for the log and the tools, e.g. "lists[2].mode: unknown word
                    // 'onec'"; never quotes a person's values
    char words[200];
    bool is_other_office; // its event's number belongs to another office here: nothing of either may be served
};

// What tells the documents of one event number apart. Which of two a kiosk keeps is decided here, for installing and
// --check. Each office counts its events from 1, and check-ins go by that number: two offices' events never share one.
enum { EVENT_DIGEST_BYTES = 32 };
struct event_edition {
    uint32_t event, version;
    uint8_t organisation[ORGANISATION_BYTES], root_key[ROOT_KEY_BYTES]; // the office
    uint8_t digest[EVENT_DIGEST_BYTES];                                 // SHA-256 of the document
};
void event_file_digest(const uint8_t *bytes, size_t length, uint8_t out[EVENT_DIGEST_BYTES]);
// INVALID: a kiosk that has `kept` refuses `offered`, for it is neither newer nor the very same.
enum status event_edition_follows(const struct event_edition *offered, const struct event_edition *kept,
                                  struct event_flaw *flaw_out) MUST_CHECK;

// Checks the signature first. INVALID: refused as a whole, flaw_out says where. `event_out` and the visitor see
// only checked values; event_out is written after the whole document was checked and before the first visit.
// `visit` may be NULL. 100,000 roster entries: about 0.5 s of a desktop core, and 120 MB that are given back.
enum status event_file_decode(const uint8_t *bytes, size_t length, const uint8_t signature[TICKET_SIGNATURE_BYTES],
                              const uint8_t root_key[ROOT_KEY_BYTES], struct event *event_out, roster_visitor *visit,
                              void *owner, struct event_flaw *flaw_out) MUST_CHECK;

// The same without the signature: for what decode, the writer's own check and the fuzz target have in common. A
// kiosk never installs what only this has seen.
enum status event_file_decode_unsigned(const uint8_t *bytes, size_t length, struct event *event_out,
                                       roster_visitor *visit, void *owner, struct event_flaw *flaw_out) MUST_CHECK;

// The same document for the office: open, one add per roster entry, then finish. `bytes_out` is yours (free()).
// Equal content gives equal bytes. INVALID: the content is none a kiosk would accept (finish decodes what it wrote);
// the log says why. After finish (whatever it answers) or a failed add only close is left.
struct event_writer;
enum status event_writer_open(const struct event *event, struct event_writer **out) MUST_CHECK;
enum status event_writer_add(struct event_writer *writer, const struct roster_entry *entry) MUST_CHECK;
enum status event_writer_finish(struct event_writer *writer, uint8_t **bytes_out, size_t *length_out) MUST_CHECK;
void event_writer_close(struct event_writer *writer); // NULL is fine

void event_file_sign(const uint8_t *bytes, size_t length, const uint8_t secret_key[ROOT_SECRET_KEY_BYTES],
                     uint8_t signature_out[TICKET_SIGNATURE_BYTES]);

// The pair on disk. load reads without checking the signature (decode does); `bytes_out` is yours (free()). Status
// as file_read; INVALID too where the signature's file holds none. save signs; a power cut between its two files
// leaves a pair that decode refuses.
enum status event_file_load(const char *path, uint8_t **bytes_out, size_t *length_out,
                            uint8_t signature_out[TICKET_SIGNATURE_BYTES]) MUST_CHECK;
// What a person can do about a load that failed.
void event_file_explain(const char *path, enum status failure, struct event_flaw *flaw_out);
enum status event_file_save(const char *path, const uint8_t *bytes, size_t length,
                            const uint8_t secret_key[ROOT_SECRET_KEY_BYTES]) MUST_CHECK;

#endif
