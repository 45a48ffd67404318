#define LOG_MODULE "office"

#include "service/parts.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "http/address.h"
#include "office/inbox_secret.h"
#include "service/memo.h"
#include "service/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What the server calls for every route.
static void answer(void *owner, const struct http_request *request, struct http_reply *reply)
{
    struct doorway *doorway = owner;
    struct call call = {.service = doorway->service, .path = doorway->route->path, .request = request, .reply = reply};

    if (!atomic_load(&doorway->service->is_open)) call_refuse(&call, STATUS_LATER, "not yet");
    else if (call_is_allowed(&call, doorway->route)) doorway->route->answer(&call);
}

// Nobody we don't know makes us read a body; but before all is open nobody can be asked: the records' connection is the
// main thread's until then. So it is read (bounded), and `answer` asks; without its body a batch would be judged as
// none.
static bool may_send(void *owner, const struct http_request *request)
{
    struct doorway *doorway = owner;
    struct http_reply unsaid = {0};
    struct call call = {
        .service = doorway->service, .path = doorway->route->path, .request = request, .reply = &unsaid};
    bool may = !atomic_load(&doorway->service->is_open) || call_is_allowed(&call, doorway->route);

    free(unsaid.body);
    return may;
}

static enum status open_server(struct service *service)
{
    const struct service_config *config = &service->config;
    struct http_route *routes = mem_zero_array(service_route_count, sizeof *routes);
    char host[SERVICE_ORIGIN_SIZE];
    struct http_config http = {
        .address = config->address,
        .port = config->port,
        .certificate = config->certificate,
        .routes = routes,
        .route_count = service_route_count,
        .clock = config->clock,
    };

    service->doorways = mem_zero_array(service_route_count, sizeof *service->doorways);
    for (size_t i = 0; i < service_route_count; i++) {
        const struct service_route *route = &service_routes[i];
        service->doorways[i] = (struct doorway){service, route};
        routes[i] = (struct http_route){.method = route->method,
                                        .path = route->path,
                                        .answer = answer,
                                        .owner = &service->doorways[i],
                                        .most_body_bytes = route->most_body_bytes,
                                        .may_send = may_send};
    }
    if (config->url && address_host(config->url, host, sizeof host)) http.hosts[http.host_count++] = host;
    service->routes = routes; // borrowed by the server
    return http_open(&http, &service->server);
}

// Written down for pairing texts, also those of `einlass kiosk pair`.
static enum status keep_way(struct service *service)
{
    const struct service_config *config = &service->config;
    struct offer_way way = {.is_pinned = config->is_pinned && config->certificate};

    if (config->url) text_copy(service->url, sizeof service->url, config->url);
    else address_guess(config->address, http_port(service->server), config->certificate, service->url);
    text_copy(way.url, sizeof way.url, service->url);
    if (way.is_pinned) memcpy(way.pin, config->certificate->pin, sizeof way.pin);
    return offer_keep_way(service->inbox, &way);
}

// A hub hands on what comes.
static enum status open_forward(struct service *service)
{
    const struct service_config *config = &service->config;
    struct forward_config forward = {.database = config->database, .pairing = config->upstream, .clock = config->clock};

    return config->upstream ? forward_open(&forward, &service->forward) : STATUS_OK;
}

// By the key that kiosks pinned they find us again, whatever address the router gives us tomorrow.
static void announce(struct service *service)
{
    const struct service_config *config = &service->config;
    struct announce_config announce = {.port = http_port(service->server), .clock = config->clock};
    char machine[PAIRING_NAME_SIZE - sizeof "Einlass "] = "";

    if (!config->is_pinned || !config->certificate) return;
    (void)gethostname(machine, sizeof machine - 1);
    snprintf(announce.name, sizeof announce.name, "Einlass %s", machine);
    memcpy(announce.pin, config->certificate->pin, sizeof announce.pin);
    announce_avahi_open(&announce, &service->announce);
}

static enum status prepare_setup(struct service *service)
{
    size_t count = 0;
    enum status status = clerk_count(service->inbox, &count);

    if (status == STATUS_OK && count == 0) inbox_make_code(service->setup_code);
    memcpy(service->shown_code, service->setup_code, sizeof service->shown_code);
    return status;
}

enum status service_open(const struct service_config *config, struct service **out)
{
    struct service *service = mem_zero(sizeof *service);
    enum status status;

    service->config = *config;
    if (config->book && (status = book_open(config->book, &service->book)) != STATUS_OK) goto fail;
    if ((status = inbox_open(config->database, config->clock, &service->inbox)) != STATUS_OK) goto fail;
    if ((status = memo_prepare(service->inbox)) != STATUS_OK) goto fail;
    if ((status = prepare_setup(service)) != STATUS_OK) goto fail;
    if ((status = boards_open(config->database, config->clock, &service->boards)) != STATUS_OK) goto fail;
    if ((status = reports_open(config->database, config->clock, &service->reports)) != STATUS_OK) goto fail;
    if (config->book &&
        (status = press_open(config->book, config->database, config->clock, &service->press)) != STATUS_OK)
        goto fail;
    if ((status = open_server(service)) != STATUS_OK) goto fail;
    if ((status = keep_way(service)) != STATUS_OK) goto fail;
    if ((status = open_forward(service)) != STATUS_OK) goto fail;
    boards_start(service->boards, service->server);
    reports_start(service->reports, service->server);
    if (service->press) press_start(service->press, service->server);
    if (service->forward) forward_start(service->forward);
    announce(service);
    atomic_store(&service->is_open, true);
    *out = service;
    return STATUS_OK;
fail:
    service_close(service);
    return status;
}

uint16_t service_port(const struct service *service)
{
    return http_port(service->server);
}

const char *service_url(const struct service *service)
{
    return service->url;
}

const char *service_setup_code(const struct service *service)
{
    return service->shown_code;
}

void service_close(struct service *service)
{
    if (!service) return;
    announce_close(service->announce);
    forward_close(service->forward);
    boards_stop(service->boards); // it rings the server, and so do the others
    reports_stop(service->reports);
    press_stop(service->press);
    http_close(service->server);
    press_close(service->press);
    reports_close(service->reports);
    boards_close(service->boards);
    inbox_close(service->inbox);
    book_close(service->book);
    free(service->routes);
    free(service->doorways);
    free(service);
}
