// bus_avahi.h -- one client of avahi over D-Bus, connected anew whenever either went away. For announce_avahi.c and
// discover_avahi.c, each with a thread of its own: every call from that one.
#ifndef EINLASS_SYNC_BUS_AVAHI_H
#define EINLASS_SYNC_BUS_AVAHI_H

#include <avahi-client/client.h>
#include <avahi-common/simple-watch.h>
#include <stdbool.h>
#include <stdint.h>

enum { BUS_RETRY_MS = 15 * 1000, BUS_TURN_MS = 200 };

struct bus {
    AvahiSimplePoll *poll;
    AvahiClient *client;
    int64_t retry_mono_ms;
    bool is_lost; // set by the owner's callback: closed at the next turn
    bool has_complained;
};

// One turn of its loop, at most BUS_TURN_MS: connects if it isn't, and calls back. In how many ms the next one is due.
// bus_close() drops what was made with the client, too (avahi frees browsers and groups with it).
int64_t bus_turn(struct bus *bus, AvahiClientCallback callback, void *owner, int64_t mono_ms);
// What every callback of the client does first. False: it is lost, or about to be.
bool bus_is_up(struct bus *bus, AvahiClient *client, AvahiClientState state);
void bus_close(struct bus *bus); // twice is fine

#endif
