// device_key.h -- the kiosk's own Ed25519 key pair: it names the log's owner and signs its head at each upload.
// Made at the first start beside the database ("device.key", mode 0600, 128 hex digits); never leaves the machine.
// Threads: the assembling one, at start. Failure: INVALID the file is there but is no key (never overwritten:
// the log says so); LATER it can't be read or written; MISSING there is none although the database was begun with one.
#ifndef EINLASS_RECORD_DEVICE_KEY_H
#define EINLASS_RECORD_DEVICE_KEY_H

#include "record/chain.h"

#include "base/status.h"

struct device_key {
    uint8_t public_key[DEVICE_KEY_BYTES];
    uint8_t secret_key[2 * DEVICE_KEY_BYTES]; // libsodium's form: seed and public key
};

// Without making one. MISSING: there is none.
enum status device_key_read(const char *database_path, struct device_key *out) MUST_CHECK;
enum status device_key_load(const char *database_path,
                            struct device_key *out) MUST_CHECK; // makes one for a new database

#endif
