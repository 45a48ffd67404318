// pairing.h -- how a kiosk and an office (or a hub) come to know each other. Values and a file; any thread.
// The office shows a text, as QR code, page or in the terminal; the kiosk scans it or somebody types it:
//   EINLASS-PAIR/1 HTTPS://192.168.1.10:8443 7K3M9-QX2VD 4T0B…26 characters…
// address, one-time code (Crockford base32, 50 random bits), pin: the first 128 bits of SHA-256 of the server's
// SubjectPublicKeyInfo, Crockford base32; "CA" instead: the certificate is checked by the system's authorities and by
// its name. Capitals only, so that QR's alphanumeric mode holds it; read without regard to case, spaces, O = 0, I = L
// = 1. HTTP:// is for loopback only. What the office answers (POST /v1/enroll) is kept in a file of mode 0600.
#ifndef EINLASS_SYNC_PAIRING_H
#define EINLASS_SYNC_PAIRING_H

#include "record/chain.h"
#include "record/event.h"
#include "record/event_file.h"

#include <stdbool.h>

enum {
    PAIRING_TEXT_SIZE = 256,
    PAIRING_URL_SIZE = 128,
    PAIRING_CODE_SIZE = 12, // "7K3M9-QX2VD"
    PAIRING_PIN_BYTES = 16,
    PAIRING_TOKEN_SIZE = 44, // 32 random bytes, base64url
    PAIRING_NAME_SIZE = 64,
};

// A pin, and a one-time code (50 random bits; INBOX makes them), as people see them.
enum { PAIRING_PIN_SIZE = 27, PAIRING_CODE_BYTES = 7 };
void pairing_write_pin(const uint8_t pin[PAIRING_PIN_BYTES], char out[PAIRING_PIN_SIZE]);
enum status pairing_read_pin(const char *text, uint8_t out[PAIRING_PIN_BYTES]) MUST_CHECK;
void pairing_write_code(const uint8_t random[PAIRING_CODE_BYTES], char out[PAIRING_CODE_SIZE]); // its first 50 bits
enum status pairing_read_code(const char *text, char out[PAIRING_CODE_SIZE]) MUST_CHECK; // typed in any way: as printed

struct pairing_offer {
    char url[PAIRING_URL_SIZE]; // lower case, "https://192.168.1.10:8443", no slash behind
    char code[PAIRING_CODE_SIZE];
    bool is_pinned; // false: by the system's authorities
    uint8_t pin[PAIRING_PIN_BYTES];
};

bool pairing_is_url(const char *url); // as an offer may name it
enum status pairing_write_offer(const struct pairing_offer *offer, char out[PAIRING_TEXT_SIZE]) MUST_CHECK;
bool pairing_is_offer(const char *text, size_t length); // begins like one
// INVALID: begins like one, but isn't whole; or no offer.
enum status pairing_read_offer(const char *text, size_t length, struct pairing_offer *out) MUST_CHECK;

struct pairing {
    char url[PAIRING_URL_SIZE];
    bool is_pinned;
    uint8_t pin[PAIRING_PIN_BYTES];
    char token[PAIRING_TOKEN_SIZE]; // secret
    char device[PAIRING_NAME_SIZE]; // what the office calls this kiosk
    uint32_t event;                 // that it is to serve; 0: none was named
    uint8_t organisation[ORGANISATION_BYTES], root_key[ROOT_KEY_BYTES];
    char organisation_name[EVENT_NAME_SIZE]; // "" = unknown
    char event_etag[128];                    // of the event file that was taken last; "" = none
    uint8_t acked_log[LOG_ID_BYTES];         // of this log the office had everything up to acked_seq, when it was
    uint64_t acked_seq;                      // asked last: for showing only
    uint64_t acked_walk_in;                  // and of what walk-ins said all up to this one (outbox.h); 0: none
    bool is_revoked;                         // the office said so; nothing is sent until it is paired again
};

// JSON at `path`. load: MISSING none; INVALID it is none (the log says where). save: 0600, durable.
enum status pairing_load(const char *path, struct pairing *out) MUST_CHECK;
enum status pairing_save(const char *path, const struct pairing *pairing) MUST_CHECK;

#endif
