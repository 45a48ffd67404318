#define LOG_MODULE "mdns"

#include "sync/discover.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/worker.h"
#include "sync/announce.h"
#include "sync/bus_avahi.h"

#include <avahi-client/lookup.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 60000 }; // D-Bus waits 25 s for a daemon that doesn't answer

struct heard {                      // one announcement on one interface
    AvahiServiceResolver *resolver; // tells when its address changes; NULL: this place is free
    char name[ANNOUNCE_LABEL_SIZE];
    AvahiIfIndex interface;
    AvahiProtocol protocol;
    uint8_t pin[PAIRING_PIN_BYTES];
    char url[PAIRING_URL_SIZE]; // "" = not known (any more)
};

struct discover_avahi {
    struct discover base;
    struct clock *clock;
    struct doorbell bell;
    struct worker worker;
    struct bus bus;
    AvahiServiceBrowser *browser; // the client's
    pthread_mutex_t lock;         // of what follows
    int64_t wanted_mono_ms;       // when it was last asked for; 0: never
    struct heard heard[DISCOVER_MOST_HEARD];
    size_t turn; // where the next search begins
};

// NULL: it isn't there.
static struct heard *find_heard(struct discover_avahi *self, const char *name, AvahiIfIndex interface,
                                AvahiProtocol protocol)
{
    for (size_t i = 0; i < DISCOVER_MOST_HEARD; i++) {
        struct heard *heard = &self->heard[i];
        if (heard->resolver && heard->interface == interface && heard->protocol == protocol &&
            strcmp(heard->name, name) == 0)
            return heard;
    }
    return NULL;
}

static void note(struct discover_avahi *self, struct heard *heard, const uint8_t pin[PAIRING_PIN_BYTES],
                 const char *url)
{
    bool is_new = url[0] && strcmp(url, heard->url) != 0;

    pthread_mutex_lock(&self->lock);
    memcpy(heard->pin, pin, PAIRING_PIN_BYTES);
    text_copy(heard->url, sizeof heard->url, url);
    pthread_mutex_unlock(&self->lock);
    if (is_new) log_info("heard of an office in the network url=%s", url);
}

static bool read_pin(AvahiStringList *txt, uint8_t out[PAIRING_PIN_BYTES])
{
    AvahiStringList *entry = avahi_string_list_find(txt, "pin");
    char *key = NULL, *value = NULL;
    bool is_read = false;

    if (!entry || avahi_string_list_get_pair(entry, &key, &value, NULL) != 0) return false;
    if (value) is_read = text_unhex(value, out, PAIRING_PIN_BYTES) == STATUS_OK;
    avahi_free(key);
    avahi_free(value);
    return is_read;
}

// An address of IPv6 that is good on one link only can't stand in a URL.
static bool is_reachable(const AvahiAddress *address)
{
    const uint8_t *bytes = address->data.ipv6.address;

    return address->proto == AVAHI_PROTO_INET || !(bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80);
}

static void write_url(const AvahiAddress *address, uint16_t port, char out[PAIRING_URL_SIZE])
{
    char figures[AVAHI_ADDRESS_STR_MAX];
    bool is_6 = address->proto == AVAHI_PROTO_INET6;

    avahi_address_snprint(figures, sizeof figures, address);
    snprintf(out, PAIRING_URL_SIZE, is_6 ? "https://[%s]:%u" : "https://%s:%u", figures, port);
}

static void begin_resolving(struct discover_avahi *self, struct heard *heard, AvahiClient *client);

static void on_resolved(AvahiServiceResolver *resolver, AvahiIfIndex interface, AvahiProtocol protocol,
                        AvahiResolverEvent event, const char *name, const char *type, const char *domain,
                        const char *host, const AvahiAddress *address, uint16_t port, AvahiStringList *txt,
                        AvahiLookupResultFlags flags, void *owner)
{
    struct discover_avahi *self = owner;
    struct heard *heard = find_heard(self, name, interface, protocol);
    AvahiClient *client = avahi_service_resolver_get_client(resolver);
    uint8_t pin[PAIRING_PIN_BYTES] = {0};
    char url[PAIRING_URL_SIZE] = "";

    (void)type, (void)domain, (void)host, (void)flags;
    if (!heard) return;
    if (event == AVAHI_RESOLVER_FOUND && is_reachable(address) && read_pin(txt, pin)) write_url(address, port, url);
    note(self, heard, pin, url);
    if (event != AVAHI_RESOLVER_FAILURE) return;
    avahi_service_resolver_free(resolver); // after 5 s without an answer it asks no more
    begin_resolving(self, heard, client);
}

static void begin_resolving(struct discover_avahi *self, struct heard *heard, AvahiClient *client)
{
    heard->resolver = avahi_service_resolver_new(client, heard->interface, heard->protocol, heard->name, ANNOUNCE_TYPE,
                                                 NULL, AVAHI_PROTO_UNSPEC, 0, on_resolved, self);
}

// Where there is no room for it, it isn't heard: nobody has so many offices, and whoever floods us gains nothing.
static void take_new(struct discover_avahi *self, AvahiClient *client, const struct heard *found)
{
    for (size_t i = 0; i < DISCOVER_MOST_HEARD; i++) {
        if (self->heard[i].resolver) continue;
        pthread_mutex_lock(&self->lock);
        self->heard[i] = *found;
        pthread_mutex_unlock(&self->lock);
        begin_resolving(self, &self->heard[i], client);
        return;
    }
}

static void on_browsed(AvahiServiceBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
                       AvahiBrowserEvent event, const char *name, const char *type, const char *domain,
                       AvahiLookupResultFlags flags, void *owner)
{
    static const uint8_t no_pin[PAIRING_PIN_BYTES] = {0};
    struct discover_avahi *self = owner;
    struct heard found = {.interface = interface, .protocol = protocol};
    struct heard *heard = name ? find_heard(self, name, interface, protocol) : NULL;

    (void)type, (void)domain, (void)flags;
    if (event == AVAHI_BROWSER_FAILURE) self->bus.is_lost = true;
    if (event == AVAHI_BROWSER_REMOVE && heard) {
        avahi_service_resolver_free(heard->resolver);
        heard->resolver = NULL;
        note(self, heard, no_pin, "");
    }
    if (event != AVAHI_BROWSER_NEW || heard) return;
    text_copy(found.name, sizeof found.name, name);
    take_new(self, avahi_service_browser_get_client(browser), &found);
}

static void on_client(AvahiClient *client, AvahiClientState state, void *owner)
{
    struct discover_avahi *self = owner;

    if (!bus_is_up(&self->bus, client, state) || self->browser) return;
    self->browser = avahi_service_browser_new(client, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, ANNOUNCE_TYPE, NULL, 0,
                                              on_browsed, self);
    if (!self->browser) self->bus.is_lost = true;
}

static bool is_wanted(struct discover_avahi *self, int64_t mono_ms)
{
    pthread_mutex_lock(&self->lock);
    bool is_so = self->wanted_mono_ms > 0 && mono_ms - self->wanted_mono_ms < DISCOVER_MS;
    pthread_mutex_unlock(&self->lock);
    return is_so;
}

// Nobody tells us any more what goes. The resolvers went with the client.
static void forget_all(struct discover_avahi *self)
{
    self->browser = NULL;
    pthread_mutex_lock(&self->lock);
    memset(self->heard, 0, sizeof self->heard);
    pthread_mutex_unlock(&self->lock);
}

static int64_t discover_step(void *owner, int64_t mono_ms)
{
    struct discover_avahi *self = owner;
    int64_t next_ms = DOORBELL_FOREVER;

    if (is_wanted(self, mono_ms)) next_ms = bus_turn(&self->bus, on_client, self, mono_ms);
    else bus_close(&self->bus);
    if (!self->bus.client) forget_all(self);
    return next_ms;
}

static bool discover_find(struct discover *base, const uint8_t pin[PAIRING_PIN_BYTES], char out[PAIRING_URL_SIZE])
{
    struct discover_avahi *self = (struct discover_avahi *)base;
    bool is_found = false;

    pthread_mutex_lock(&self->lock);
    self->wanted_mono_ms = self->clock->ops->mono_ms(self->clock);
    for (size_t i = 0; i < DISCOVER_MOST_HEARD && !is_found; i++) {
        size_t at = (self->turn + i) % DISCOVER_MOST_HEARD;
        const struct heard *heard = &self->heard[at];
        if (!heard->url[0] || memcmp(heard->pin, pin, PAIRING_PIN_BYTES) != 0) continue;
        is_found = true;
        text_copy(out, PAIRING_URL_SIZE, heard->url);
        self->turn = at + 1;
    }
    pthread_mutex_unlock(&self->lock);
    doorbell_ring(&self->bell);
    return is_found;
}

static void discover_close(struct discover *base)
{
    struct discover_avahi *self = (struct discover_avahi *)base;

    worker_stop(&self->worker);
    bus_close(&self->bus);
    doorbell_destroy(&self->bell);
    pthread_mutex_destroy(&self->lock);
    free(self);
}

void discover_avahi_open(struct clock *clock, struct watch *watch, struct discover **out)
{
    static const struct discover_ops ops = {.find = discover_find, .close = discover_close};
    struct discover_avahi *self = mem_zero(sizeof *self);

    self->base.ops = &ops;
    self->clock = clock;
    doorbell_init(&self->bell);
    pthread_mutex_init(&self->lock, NULL);
    self->worker = (struct worker){.name = "discover",
                                   .step = discover_step,
                                   .owner = self,
                                   .bell = &self->bell,
                                   .clock = clock,
                                   .watch = watch,
                                   .patience_ms = PATIENCE_MS};
    worker_start(&self->worker);
    *out = &self->base;
}
