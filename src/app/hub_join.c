#define LOG_MODULE "hub"

#include "app/hub_parts.h"

#include "base/log.h"
#include "base/text.h"
#include "sync/sync.h"

#include <stdio.h>
#include <string.h>

enum { LOOK_AFTER_MS = 2000, ASK_AFTER_MS = 30 * 1000 };

// ---- whether it is there ----

static bool is_joined(struct hub *hub)
{
    struct certificate *certificate = NULL;
    struct pairing pairing;
    bool is_own = false;

    if (pairing_load(hub->own, &pairing) != STATUS_OK || pairing.is_revoked) return false;
    if (certificate_keep(hub->database, &certificate) == STATUS_OK)
        is_own = pairing.is_pinned && memcmp(pairing.pin, certificate->pin, PAIRING_PIN_BYTES) == 0;
    certificate_close(certificate);
    return is_own;
}

// ---- asking the hub for a code, as somebody at its keyboard would ----

static void begin_tool(struct hub *hub, const struct pairing *upstream)
{
    char name[PAIRING_NAME_SIZE], event[16];
    char *revoke[] = {hub->program, "kiosk",      "revoke", "--database", hub->database,
                      "--book",     hub->no_book, "--",     name,         NULL};
    char *pair[] = {hub->program, "kiosk",   "pair", "--database", hub->database, "--book",
                    hub->no_book, "--event", event,  "--",         name,          NULL};

    text_copy(name, sizeof name, upstream->device);
    snprintf(event, sizeof event, "%u", hub_event(hub, upstream));
    hub->is_revoking = hub->is_name_taken;
    if (!hub_tool_begin(&hub->join, hub->is_revoking ? revoke : pair, hub->now_ms))
        log_info("asks for its own hub later");
}

// Over loopback, whatever address the others reach the hub at: it may change.
static void ask_sync(struct hub *hub)
{
    struct sync_request request = {.kind = SYNC_REQUEST_PAIR};
    const char *text = strstr(hub->join.said, "EINLASS-PAIR/");
    struct pairing_offer offer;

    if (!text || pairing_read_offer(text, strcspn(text, "\r\n"), &offer) != STATUS_OK) return;
    text_copy(offer.url, sizeof offer.url, hub->url);
    if (pairing_write_offer(&offer, request.text) != STATUS_OK) return;
    if (queue_put(hub->requests, &request) != STATUS_OK) log_info("asks for its own hub later");
}

static void take_what_it_said(struct hub *hub)
{
    bool is_done;

    if (!hub_tool_take(&hub->join, hub->now_ms, &is_done)) return;
    if (!hub->is_revoking && is_done) ask_sync(hub);
    if (hub->is_revoking || !is_done) hub->ask_ms = hub->now_ms + LOOK_AFTER_MS;
    hub->is_name_taken = !hub->is_revoking && !is_done; // most likely; a hub that is only slow loses nothing by it
}

void hub_join(struct hub *hub)
{
    struct pairing upstream;

    if (hub->join.pid) {
        take_what_it_said(hub);
        return;
    }
    if (hub->now_ms < hub->look_ms) return;
    hub->look_ms = hub->now_ms + LOOK_AFTER_MS;
    if (is_joined(hub) || hub->now_ms < hub->ask_ms) return;
    hub->ask_ms = hub->now_ms + ASK_AFTER_MS;
    if (pairing_load(hub->upstream, &upstream) == STATUS_OK) begin_tool(hub, &upstream);
}
