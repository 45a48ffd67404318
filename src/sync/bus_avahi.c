#define LOG_MODULE "mdns"

#include "sync/bus_avahi.h"

#include "base/log.h"

#include <avahi-common/error.h>
#include <stddef.h>

static void complain(struct bus *bus, int error)
{
    if (!bus->has_complained)
        log_info("no avahi here: offices and hubs are neither found nor announced: %s", avahi_strerror(error));
    bus->has_complained = true;
}

// Without AVAHI_CLIENT_NO_FAIL the daemon would have to be there first, whichever boots faster.
static bool connect_to_daemon(struct bus *bus, AvahiClientCallback callback, void *owner)
{
    int error = AVAHI_ERR_NO_MEMORY;

    bus->is_lost = false;
    bus->poll = avahi_simple_poll_new();
    if (bus->poll)
        bus->client = avahi_client_new(avahi_simple_poll_get(bus->poll), AVAHI_CLIENT_NO_FAIL, callback, owner, &error);
    if (!bus->client) complain(bus, error);
    return bus->client != NULL;
}

int64_t bus_turn(struct bus *bus, AvahiClientCallback callback, void *owner, int64_t mono_ms)
{
    if (!bus->client) {
        if (mono_ms < bus->retry_mono_ms) return bus->retry_mono_ms - mono_ms;
        bus->retry_mono_ms = mono_ms + BUS_RETRY_MS;
        if (!connect_to_daemon(bus, callback, owner)) {
            bus_close(bus);
            return BUS_RETRY_MS;
        }
    }
    if (avahi_simple_poll_iterate(bus->poll, BUS_TURN_MS) == 0 && !bus->is_lost) return 0;
    bus_close(bus);
    return BUS_RETRY_MS;
}

bool bus_is_up(struct bus *bus, AvahiClient *client, AvahiClientState state)
{
    if (state == AVAHI_CLIENT_FAILURE) {
        complain(bus, avahi_client_errno(client));
        bus->is_lost = true;
    }
    if (state == AVAHI_CLIENT_CONNECTING) complain(bus, AVAHI_ERR_NO_DAEMON);
    return state == AVAHI_CLIENT_S_RUNNING;
}

void bus_close(struct bus *bus)
{
    if (bus->client) avahi_client_free(bus->client);
    if (bus->poll) avahi_simple_poll_free(bus->poll);
    bus->client = NULL;
    bus->poll = NULL;
}
