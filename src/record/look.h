// look.h -- a look into a kiosk's database: whose log it is, and the event a kiosk would serve from it.
// Reads only: no boot record, no lock; the kiosk may be running. Any thread that owns the call.
#ifndef EINLASS_RECORD_LOOK_H
#define EINLASS_RECORD_LOOK_H

#include "record/chain.h"
#include "record/event_file.h"
#include "record/store.h"

struct look {     // as large as an event: never on a stack
    bool has_log; // false: no kiosk has begun one in it yet
    uint8_t log[LOG_ID_BYTES];
    uint8_t device_public_key[DEVICE_KEY_BYTES];
    uint64_t newest_seq; // of its lines; 0: it has none
    bool has_event;
    struct event event;
    struct event_edition edition;
    uint32_t roster_count;
};

// The event of that number; 0: the one installed last. MISSING: no such file; INVALID, CORRUPT as in audit.h; LATER: it
// can't be read now. The log names the reason.
enum status look_sqlite(const char *path, uint32_t number, struct look *out) MUST_CHECK;

// What the kiosk remembers under `key` (store.h). MISSING: nothing, or no such file.
enum status look_setting_sqlite(const char *path, const char *key, char out[STORE_VALUE_SIZE]) MUST_CHECK;

#endif
