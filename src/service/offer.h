// offer.h -- a pairing offer: a one-time code of the inbox and the way to the office, as a text for a QR code. The way
// is what the running office wrote down last, so that `einlass kiosk pair` needs to be told nothing.
// Threads: one at a time.
#ifndef EINLASS_SERVICE_OFFER_H
#define EINLASS_SERVICE_OFFER_H

#include "office/inbox.h"

enum { OFFER_GOOD_MINUTES = 30 };

struct offer_way {
    char url[PAIRING_URL_SIZE];
    bool is_pinned; // false: the system's authorities
    uint8_t pin[PAIRING_PIN_BYTES];
};
enum status offer_keep_way(struct inbox *inbox, const struct offer_way *way) MUST_CHECK;
// MISSING: no office has run with this database yet. INVALID: the name is another device's, or none.
enum status offer_make(struct inbox *inbox, const char *name, uint32_t event, bool is_hub,
                       char text_out[PAIRING_TEXT_SIZE]) MUST_CHECK;

#endif
