// errand.c -- what staff have others do. Sync: pairing with an office, writing a USB stick, trying now. The hub:
// pairing another kiosk. How it goes is told by them (struct sync_state, struct hub_state); here it is only asked for.
#include "desk/obey.h"
#include "desk/take_in.h"

#include "base/text.h"
#include "sync/hub_state.h"
#include "sync/sync.h"

#include <string.h>

static enum notice_kind ask_sync(struct desk *desk, enum sync_request_kind kind, const char *text)
{
    struct sync_request request = {.kind = kind};
    struct queue *requests = desk->config.requests;

    text_copy(request.text, sizeof request.text, text);
    return requests && queue_put(requests, &request) == STATUS_OK ? NOTICE_DONE : NOTICE_TOO_LATE;
}

void desk_obey_sync(struct desk *desk, const struct command *command, struct notice *out)
{
    (void)command;
    out->kind = ask_sync(desk, SYNC_REQUEST_NOW, "");
}

void desk_obey_export(struct desk *desk, const struct command *command, struct notice *out)
{
    (void)command;
    out->kind = ask_sync(desk, SYNC_REQUEST_EXPORT, "");
}

void desk_obey_hub(struct desk *desk, const struct command *command, struct notice *out)
{
    struct hub_request request = {.asked_mono_ms = command->mono_ms};
    struct queue *hub = desk->config.hub;
    bool is_offer = command->text[0] != '\0';

    out->kind = is_offer ? NOTICE_TOO_LATE : NOTICE_NONE;
    if (is_offer && !desk_take_text(command->text, request.name, sizeof request.name)) return;
    if (hub && queue_put(hub, &request) == STATUS_OK && is_offer) out->kind = NOTICE_DONE;
}

// ---- pairing ----

static enum notice_kind offer(struct desk *desk, const char *text, size_t length)
{
    struct pairing_offer read;

    if (length >= PAIRING_TEXT_SIZE || pairing_read_offer(text, length, &read) != STATUS_OK) return NOTICE_TOO_LATE;
    session_want_offer(&desk->session, false, desk->now_ms);
    desk->offer_held_until_ms = desk->now_ms + DESK_PAIR_MS;
    return ask_sync(desk, SYNC_REQUEST_PAIR, text);
}

void desk_obey_pair(struct desk *desk, const struct command *command, struct notice *out)
{
    size_t length = strlen(command->text);

    if (length > 0) {
        out->kind = offer(desk, command->text, length);
    } else if (desk->config.requests) {
        session_want_offer(&desk->session, command->number == 1, desk->now_ms);
        if (command->number == 1) desk_offer_again(desk);
    } else {
        out->kind = NOTICE_TOO_LATE;
    }
}

// Whoever paired the kiosk just now may still hold the code before its camera: that is no guest.
static bool is_still_held(struct desk *desk, struct notice *out)
{
    if (desk->now_ms >= desk->offer_held_until_ms) return false;
    desk->offer_held_until_ms = desk->now_ms + DESK_PAIR_MS;
    out->kind = NOTICE_NONE;
    return true;
}

bool desk_take_offer(struct desk *desk, const struct arrival *arrival, struct notice *out)
{
    char text[PAIRING_TEXT_SIZE] = "";

    if (arrival->is_picked || !pairing_is_offer(arrival->text, arrival->length)) return false;
    if (!session_wants_offer(&desk->session, desk->now_ms)) {
        desk_keep_offer(desk, arrival);
        return is_still_held(desk, out);
    }
    if (arrival->length < sizeof text) memcpy(text, arrival->text, arrival->length);
    *out = desk_news(desk, NOTICE_DONE, arrival->mono_ms);
    out->asked = COMMAND_PAIR;
    out->kind = offer(desk, text, arrival->length);
    return true;
}
