// event_file.h -- the event file between office and kiosk: JSON plus a detached Ed25519 signature of the office's
// root key over its exact bytes (FORMATS: event file). One encoder and one decoder, used by both sides.
// On disk: NAME.event.json and NAME.event.json.sig (128 hex digits and a newline).
// Pure but for the log; any thread.
#ifndef EINLASS_RECORD_EVENT_FILE_H
#define EINLASS_RECORD_EVENT_FILE_H

#include "record/event.h"
#include "verdict/guest.h"

enum {
    EVENT_FILE_MAX_BYTES = 128 * 1024 * 1024,
    ROOT_KEY_BYTES = 32,
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
                    // 'onec'"
    char words[200];
};

// Checks the signature first. INVALID: refused as a whole, flaw_out says where. `event_out` and the visitor see
// only checked values; the visitor is called after the whole document was checked.
enum status event_file_decode(const uint8_t *bytes, size_t length, const uint8_t signature[TICKET_SIGNATURE_BYTES],
                              const uint8_t root_key[ROOT_KEY_BYTES], struct event *event_out, roster_visitor *visit,
                              void *owner, struct event_flaw *flaw_out) MUST_CHECK;

// The same document for the office: begin, one add per roster entry, then finish. `bytes_out` is yours (free()).
// Equal content gives equal bytes.
struct event_writer;
enum status event_writer_open(const struct event *event, struct event_writer **out) MUST_CHECK;
enum status event_writer_add(struct event_writer *writer, const struct roster_entry *entry) MUST_CHECK;
enum status event_writer_finish(struct event_writer *writer, uint8_t **bytes_out, size_t *length_out) MUST_CHECK;
void event_writer_close(struct event_writer *writer); // NULL is fine

#endif
