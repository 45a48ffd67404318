// announce.h -- tells the local network where this office or hub is (mDNS by avahi), for discover.h.
// Service "_einlass._tcp" with TXT "pin=<32 hexadecimal digits>". A name that is taken gets a number behind it.
// Ownership: open() hands it to you and copies the config; borrowed is the clock. Threads: one of its own, "announce".
// Failure: without avahi or D-Bus nobody hears it, said once in the log; it goes on trying until closed.
#ifndef EINLASS_SYNC_ANNOUNCE_H
#define EINLASS_SYNC_ANNOUNCE_H

#include "base/clock.h"
#include "sync/pairing.h"

#define ANNOUNCE_TYPE "_einlass._tcp"
enum { ANNOUNCE_LABEL_SIZE = 64 }; // a name in DNS, with NUL

struct announce_config {
    char name[PAIRING_NAME_SIZE]; // that people see when they browse: "Einlass Nord"
    uint16_t port;
    uint8_t pin[PAIRING_PIN_BYTES];
    struct clock *clock;
};

struct announce;
void announce_avahi_open(const struct announce_config *config, struct announce **out);
void announce_close(struct announce *announce); // says goodbye; NULL is fine

#endif
