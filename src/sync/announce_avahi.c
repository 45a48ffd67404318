#define LOG_MODULE "mdns"

#include "sync/announce.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/worker.h"
#include "sync/bus_avahi.h"

#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <stdio.h>
#include <stdlib.h>

struct announce {
    struct announce_config config;
    char name[ANNOUNCE_LABEL_SIZE]; // as it is announced
    struct doorbell bell;
    struct worker worker;
    struct bus bus;
    AvahiEntryGroup *group; // the client's
};

static void publish(struct announce *announce, AvahiClient *client);

// Somebody else has that name already.
static void take_another_name(struct announce *announce)
{
    char *other = avahi_alternative_service_name(announce->name);

    if (!other) return;
    text_copy(announce->name, sizeof announce->name, other);
    avahi_free(other);
}

static void on_group(AvahiEntryGroup *group, AvahiEntryGroupState state, void *owner)
{
    struct announce *announce = owner;

    if (state == AVAHI_ENTRY_GROUP_ESTABLISHED)
        log_info("announced in the network name=\"%s\" port=%u", announce->name, announce->config.port);
    if (state == AVAHI_ENTRY_GROUP_COLLISION) {
        take_another_name(announce);
        avahi_entry_group_reset(group);
        publish(announce, avahi_entry_group_get_client(group));
    }
    if (state == AVAHI_ENTRY_GROUP_FAILURE) announce->bus.is_lost = true;
}

static int add_service(struct announce *announce)
{
    char pin[sizeof "pin=" + 2 * PAIRING_PIN_BYTES] = "pin=";

    text_hex(announce->config.pin, PAIRING_PIN_BYTES, pin + sizeof "pin=" - 1);
    return avahi_entry_group_add_service(announce->group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, 0, announce->name,
                                         ANNOUNCE_TYPE, NULL, NULL, announce->config.port, pin, NULL);
}

static void publish(struct announce *announce, AvahiClient *client)
{
    int error;

    if (!announce->group) announce->group = avahi_entry_group_new(client, on_group, announce);
    if (!announce->group) {
        announce->bus.is_lost = true;
        return;
    }
    while ((error = add_service(announce)) == AVAHI_ERR_COLLISION) take_another_name(announce);
    if (error == AVAHI_OK) error = avahi_entry_group_commit(announce->group);
    if (error == AVAHI_OK) return;
    log_warn("not announced in the network: %s", avahi_strerror(error));
    announce->bus.is_lost = true;
}

static void on_client(AvahiClient *client, AvahiClientState state, void *owner)
{
    struct announce *announce = owner;

    if (bus_is_up(&announce->bus, client, state)) publish(announce, client);
    else if (announce->group)
        avahi_entry_group_reset(announce->group); // the machine's own name changes: again after it
}

static int64_t announce_step(void *owner, int64_t mono_ms)
{
    struct announce *announce = owner;
    int64_t next_ms = bus_turn(&announce->bus, on_client, announce, mono_ms);

    if (!announce->bus.client) announce->group = NULL;
    return next_ms;
}

void announce_avahi_open(const struct announce_config *config, struct announce **out)
{
    struct announce *announce = mem_zero(sizeof *announce);

    announce->config = *config;
    text_copy(announce->name, sizeof announce->name, config->name);
    doorbell_init(&announce->bell);
    announce->worker = (struct worker){
        .name = "announce", .step = announce_step, .owner = announce, .bell = &announce->bell, .clock = config->clock};
    worker_start(&announce->worker);
    *out = announce;
}

void announce_close(struct announce *announce)
{
    if (!announce) return;
    worker_stop(&announce->worker);
    bus_close(&announce->bus);
    doorbell_destroy(&announce->bell);
    free(announce);
}
