// ticket.h -- KT1: the ticket an attendee shows. 83 signed bytes as 202 decimal digits.
//
//   off len  field        (big-endian, fixed offsets, no name inside)
//     0   1  high nibble version 1; bit 0 practice; bits 1-3 zero
//     1   1  kid          which key of the event signed it (a hint)
//     2   4  event
//     6   6  ticket       u48, random, unique in the event: the identity everywhere
//    12   2  from         first valid day, days since 2025-01-01 in the event's zone
//    14   2  until        last valid day, inclusive
//    16   1  class
//    17   1  generation   re-issue counter
//    18   1  group        0 = any
//    19  64  Ed25519 over "einlass-ticket/1" 00, organisation uuid (16 bytes), bytes 0..18
//
// Text: each 7 bytes are 17 decimal digits, the last 6 bytes 15 digits: a ticket has exactly one text.
// Pure; any thread. Parsing allocates nothing. Vectors: tests/fixtures/kt1.
#ifndef EINLASS_TICKET_TICKET_H
#define EINLASS_TICKET_TICKET_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TICKET_BODY_BYTES = 19,
    TICKET_SIGNATURE_BYTES = 64,
    TICKET_BYTES = 83,
    TICKET_TEXT_DIGITS = 202,
    TICKET_TEXT_SIZE = TICKET_TEXT_DIGITS + 1, // with NUL
    TICKET_NUMBER_TEXT_SIZE = 12,              // 10 characters, a check character, NUL
    ORGANISATION_BYTES = 16,
    TICKET_PUBLIC_KEY_BYTES = 32,
    TICKET_SECRET_KEY_BYTES = 64, // libsodium's form: seed and public key
};

struct ticket {
    bool is_practice;
    uint8_t kid;
    uint32_t event;
    uint64_t number; // < 2^48
    uint16_t from_day, until_day;
    uint8_t class_id, generation, group;
    uint8_t signature[TICKET_SIGNATURE_BYTES];
};

// What is wrong with a text, and where: an offset in the text without escape and line end, for LENGTH its length.
// Found in this order.
enum ticket_fault {
    TICKET_FAULT_NONE,
    TICKET_FAULT_LENGTH, // not 202 characters
    TICKET_FAULT_DIGITS, // one of them is no digit
    TICKET_FAULT_GROUP,  // a group of digits says more than its bytes can hold
    TICKET_FAULT_FLAGS   // another version, or bits that mean nothing yet
};
struct ticket_flaw {
    enum ticket_fault what;
    size_t at;
};

// Reads one text. Tolerates a leading ECI escape "\000026" and one trailing CR, LF or CRLF; nothing else.
// The signature is not checked here (ticket_is_genuine). `flaw_out` may be NULL; it is written on INVALID too.
enum status ticket_parse(const char *text, size_t length, struct ticket *out, struct ticket_flaw *flaw_out) MUST_CHECK;

void ticket_write(const struct ticket *ticket, char out[TICKET_TEXT_SIZE]);

// Fills in ticket->signature.
void ticket_sign(struct ticket *ticket, const uint8_t organisation[ORGANISATION_BYTES],
                 const uint8_t secret_key[TICKET_SECRET_KEY_BYTES]);
bool ticket_is_genuine(const struct ticket *ticket, const uint8_t organisation[ORGANISATION_BYTES],
                       const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES]);

// The number as printed under the code, for the help desk: Crockford base32, 10 characters and a check
// character. Reading accepts lower case, O for 0, I and L for 1, spaces and hyphens.
// Source: Crockford, "Base 32" (check symbol modulo 37).
void ticket_number_write(uint64_t number, char out[TICKET_NUMBER_TEXT_SIZE]);
enum status ticket_number_parse(const char *text, uint64_t *out) MUST_CHECK;

#endif
