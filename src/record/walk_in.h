// walk_in.h -- somebody who came without a ticket and was registered at the kiosk: what they said about themselves.
// Personal: it never stands in a line of the log. The line holds SHA-256(salt ‖ blob), so that the blob can be erased
// and the chain still be verified (FORMATS: record log).
// The blob is one line of JSON, made once, here, from the fields and consents that the event asks for:
//   {"fields":{"name":"…","company":"…"},"consents":{"newsletter":{"version":"2","given":true}},"language":"de",
//    "plus_one_of":"00a1b2c3d4e5"}
// Every consent that was asked stands in it, given or not, with the version of its text. plus_one_of: only where it is.
// Values; pure; any thread.
#ifndef EINLASS_RECORD_WALK_IN_H
#define EINLASS_RECORD_WALK_IN_H

#include "record/event.h"
#include "verdict/guest.h"

enum { WALK_IN_SALT_BYTES = 16, WALK_IN_HASH_BYTES = 32, WALK_IN_BLOB_SIZE = 4096 };

struct walk_in {
    uint64_t ticket;
    uint64_t plus_one_of;                            // ticket of whom they came with; 0 = by themselves
    char values[EVENT_MAX_FIELDS][EVENT_VALUE_SIZE]; // in the order of event.walk_ins.fields; trimmed UTF-8
    uint32_t consents;                               // bit i: event.walk_ins.consents[i] was given
    char language[GUEST_LANGUAGE_SIZE];
    uint8_t salt[WALK_IN_SALT_BYTES]; // random, made with it
};

// INVALID: a value is not UTF-8, or all together are too long.
enum status walk_in_write_blob(const struct walk_in *walk_in, const struct walk_in_rules *rules,
                               char out[WALK_IN_BLOB_SIZE]) MUST_CHECK;
void walk_in_hash(const char *blob, const uint8_t salt[WALK_IN_SALT_BYTES], uint8_t out[WALK_IN_HASH_BYTES]);

#endif
