// keyset.h -- the public keys that may sign tickets of one event. Value; pure; any thread.
// There is exactly one key per kid: keyset_add keeps it so, and nothing else should fill `keys`.
#ifndef EINLASS_TICKET_KEYSET_H
#define EINLASS_TICKET_KEYSET_H

#include "ticket/ticket.h"

enum { KEYSET_MAX_KEYS = 64 };

struct ticket_key {
    uint8_t kid;
    uint8_t public_key[TICKET_PUBLIC_KEY_BYTES];
    bool is_walk_in_only;  // a kiosk's device key: signs walk-in tickets, nothing else
    uint8_t walk_in_class; // the class it is limited to, if so
};

struct keyset {
    uint8_t organisation[ORGANISATION_BYTES];
    size_t count;
    struct ticket_key keys[KEYSET_MAX_KEYS];
};

// INVALID: the kid is taken, or the set is full. The set is unchanged then.
enum status keyset_add(struct keyset *keyset, const struct ticket_key *key) MUST_CHECK;

// Whether the ticket's key may only sign walk-ins: then the ticket stands for a walk-in and for nobody else, whatever
// number it carries (a stolen kiosk's key must not speak for the people on the roster). False: no such key, too.
bool keyset_is_walk_in_only(const struct keyset *keyset, const struct ticket *ticket);

// True when exactly the key named by the ticket's kid signed it and that key may sign this class.
bool keyset_vouches_for(const struct keyset *keyset, const struct ticket *ticket);

#endif
