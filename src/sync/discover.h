// discover.h -- where in the local network the office or hub of a known key is (port; mDNS by avahi).
// Offices and hubs announce themselves (announce.h) as _einlass._tcp with the pin of their key, as in pairing texts.
// What is heard is a hint, never a proof: whoever answers there must have that key (uplink.h), so that a liar costs a
// try, and no record. Nothing is asked of the network before the first find(), and no longer than
// DISCOVER_MS after the last one.
// Ownership: open() hands it to you. Threads: one of its own, "discover"; find() from any, it never blocks.
// Failure: without avahi or D-Bus nothing is ever found, said once in the log; it goes on trying meanwhile.
#ifndef EINLASS_SYNC_DISCOVER_H
#define EINLASS_SYNC_DISCOVER_H

#include "base/clock.h"
#include "base/watch.h"
#include "sync/pairing.h"

enum { DISCOVER_MS = 120 * 1000, DISCOVER_MOST_HEARD = 32 };

struct discover {
    const struct discover_ops *ops;
};
struct discover_ops {
    // An address heard for that pin, "https://192.168.1.20:8443"; where there are several, each in turn. False: none
    // yet, ask again later.
    bool (*find)(struct discover *self, const uint8_t pin[PAIRING_PIN_BYTES], char out[PAIRING_URL_SIZE]);
    void (*close)(struct discover *self); // stops, frees self
};

void discover_avahi_open(struct clock *clock, struct watch *watch, struct discover **out); // watch: may be NULL

#endif
