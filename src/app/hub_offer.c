// hub_offer.c -- other kiosks: a pairing offer for the next one, who has come, and when they were last heard.
#define LOG_MODULE "hub"

#include "app/hub_parts.h"

#include "base/log.h"
#include "base/text.h"
#include "http/address.h"
#include "service/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIST_MS = 3000,         // while somebody looks
    WATCH_MS = 15 * 1000,   // after they last said so
    OFFER_ROUND_MS = 60000, // an offer is said to be over a little early rather than late
};

uint32_t hub_event(const struct hub *hub, const struct pairing *upstream)
{
    return upstream->event ? upstream->event : hub->event;
}

static void tell(struct hub *hub)
{
    memcpy(mailbox_writable(hub->states), &hub->state, sizeof hub->state);
    mailbox_put(hub->states);
}

// ---- who is there: "17 Kiosk 2", s and name ----

static const char *take_line(struct hub *hub, const char *line, const char *end)
{
    struct hub_state *state = &hub->state;
    char *name;
    long long heard_s = strtoll(line, &name, 10);
    size_t length = *name == ' ' ? (size_t)(end - ++name) : 0;

    if (length > 0 && length < PAIRING_NAME_SIZE && state->kiosk_count < HUB_MOST_KIOSKS) {
        struct hub_kiosk *kiosk = &state->kiosks[state->kiosk_count++];
        *kiosk = (struct hub_kiosk){.heard_mono_ms = hub->now_ms - heard_s * 1000};
        memcpy(kiosk->name, name, length);
    }
    return length > 0 ? name : "";
}

// True: somebody is called as the offer says.
static bool take_list(struct hub *hub)
{
    size_t name_length = strlen(hub->state.name);
    bool is_there = false;

    hub->state.kiosk_count = 0;
    for (const char *line = hub->tool.said, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        const char *name = take_line(hub, line, end);
        is_there = is_there || ((size_t)(end - name) == name_length && !memcmp(name, hub->state.name, name_length));
    }
    return is_there && name_length > 0;
}

static void begin_list(struct hub *hub)
{
    char *words[] = {hub->program,  "kiosk",  "list",       "--brief", "--database",
                     hub->database, "--book", hub->no_book, NULL};

    hub->is_making = hub->wants_list = false;
    hub->listed_ms = hub->now_ms;
    if (!hub_tool_begin(&hub->tool, words, hub->now_ms)) log_info("can't see which kiosks are paired");
}

static void follow_list(struct hub *hub, bool is_well)
{
    struct hub_state *state = &hub->state;
    bool is_there = is_well && take_list(hub);

    if (hub->wants_offer && is_there) {
        hub->wants_offer = false;
        state->offer = HUB_OFFER_NAME_TAKEN;
    } else if (state->offer == HUB_OFFER_OPEN && is_there) {
        state->offer = HUB_OFFER_TAKEN;
        state->text[0] = '\0';
        log_info("another kiosk was paired with this hub");
    }
}

// ---- an offer ----

static void begin_offer(struct hub *hub)
{
    char event[16];
    struct pairing upstream;
    char *words[] = {hub->program, "kiosk",   "pair", "--database", hub->database,   "--book",
                     hub->no_book, "--event", event,  "--",         hub->state.name, NULL};

    hub->is_making = true;
    hub->wants_offer = false;
    bool is_known = pairing_load(hub->upstream, &upstream) == STATUS_OK;
    snprintf(event, sizeof event, "%u", is_known ? hub_event(hub, &upstream) : hub->event);
    if (hub_tool_begin(&hub->tool, words, hub->now_ms)) return;
    hub->state.offer = HUB_OFFER_FAILED;
    tell(hub);
}

// At the address this machine has now: the hub wrote down the one it had when it began, perhaps before there was a
// network.
static enum status write_offer(const struct hub *hub, struct pairing_offer *offer, struct hub_state *out)
{
    address_guess(NULL, (uint16_t)strtoul(hub->listen + 1, NULL, 10), true, offer->url);
    out->is_cut_off = strstr(offer->url, "//127.") || strstr(offer->url, "[::1]");
    return pairing_write_offer(offer, out->text);
}

static void follow_offer(struct hub *hub, bool is_well)
{
    struct hub_state *state = &hub->state;
    const char *text = strstr(hub->tool.said, "EINLASS-PAIR/");
    size_t length = text ? strcspn(text, "\r\n") : 0;
    struct pairing_offer offer;

    state->offer = HUB_OFFER_FAILED;
    if (!is_well || length == 0) return;
    if (pairing_read_offer(text, length, &offer) != STATUS_OK) return;
    if (write_offer(hub, &offer, state) != STATUS_OK) return;
    state->offer = HUB_OFFER_OPEN;
    state->until_mono_ms = hub->tool.since_ms + OFFER_GOOD_MINUTES * 60 * 1000 - OFFER_ROUND_MS;
    log_info("shows a pairing code for another kiosk");
}

// ---- what staff asked for ----

// A new offer takes the place of the one before, which stays good for as long as was said.
static void take_request(struct hub *hub, const struct hub_request *request)
{
    struct hub_state *state = &hub->state;

    hub->watched_until_ms = hub->now_ms + WATCH_MS;
    if (!request->name[0]) return;
    state->offer = HUB_OFFER_MAKING;
    state->asked_mono_ms = request->asked_mono_ms;
    state->text[0] = '\0';
    text_copy(state->name, sizeof state->name, request->name);
    hub->wants_list = hub->wants_offer = true;
}

static void follow_tool(struct hub *hub)
{
    bool is_well;

    if (hub->tool.pid == 0 || !hub_tool_take(&hub->tool, hub->now_ms, &is_well)) return;
    if (hub->is_making) follow_offer(hub, is_well);
    else follow_list(hub, is_well);
    tell(hub);
}

void hub_serve(struct hub *hub)
{
    struct hub_request request;

    while (hub->tool.pid == 0 && queue_take(&hub->staff, &request)) {
        take_request(hub, &request);
        tell(hub);
    }
    follow_tool(hub);
    if (hub->state.offer == HUB_OFFER_OPEN && hub->now_ms >= hub->state.until_mono_ms) {
        hub->state.offer = HUB_OFFER_OVER;
        hub->state.text[0] = '\0';
        tell(hub);
    }
    if (hub->tool.pid != 0) return;
    bool is_watched = hub->now_ms < hub->watched_until_ms;
    if (hub->wants_list || (is_watched && hub->now_ms - hub->listed_ms >= LIST_MS)) begin_list(hub);
    else if (hub->wants_offer) begin_offer(hub);
}
