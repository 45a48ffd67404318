#define LOG_MODULE "forward"

#include "service/forward_parts.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "sync/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 256, SIGNATURE_DIGITS = 2 * TICKET_SIGNATURE_BYTES };

// ---- what the office has ----

static bool is_newer_than_ours(struct forward *forward, uint32_t event, uint32_t version)
{
    struct inbox_event ours;

    return inbox_event(forward->inbox, event, false, &ours) != STATUS_OK || ours.edition.version < version;
}

static void want(struct forward *forward, uint32_t event)
{
    for (size_t i = 0; i < forward->offered_count; i++)
        if (forward->offered[i] == event) return;
    if (forward->offered_count < FORWARD_MOST_EVENTS) forward->offered[forward->offered_count++] = event;
}

// Records of kiosks that talk to the office themselves aren't for us: they carry no signature here.
static void take_page(struct forward *forward, const struct feed_page *page)
{
    if (page->is_reset) {
        log_warn("the office was put back from a backup: it is asked anew what it has");
        forward_doubt(forward);
    }
    for (size_t i = 0; i < page->count; i++) {
        const struct feed_item *item = &page->items[i];
        if (item->kind == FEED_EVENT && is_newer_than_ours(forward, item->event, item->version))
            want(forward, item->event);
    }
    text_copy(forward->cursor, sizeof forward->cursor, page->cursor);
    forward->has_news = page->has_more;
}

static enum forward_turn ask_feed(struct forward *forward)
{
    char path[PATH_SIZE];
    struct uplink_request request = {.method = "GET", .path = path};
    struct feed_page *page = NULL;
    enum forward_turn turn;

    snprintf(path, sizeof path, "/v1/feed?after=%s&limit=%d", forward->cursor, FEED_MOST_ITEMS);
    if (!forward_call(forward, &request, &turn)) return turn;
    if (forward->answer.status != 200) return forward_judge(forward);
    if (feed_read(forward->answer.body, forward->answer.length, &page) != STATUS_OK) return FORWARD_LATER;
    take_page(forward, page);
    feed_free(page);
    return forward->has_news ? FORWARD_DONE : FORWARD_IDLE;
}

// ---- fetching one ----

// The signature's hexadecimal digits and a newline, then the document (FORMATS: sync).
static enum status read_signature(const struct uplink_answer *answer, uint8_t out[TICKET_SIGNATURE_BYTES])
{
    char hex[SIGNATURE_DIGITS + 1];

    if (answer->length <= SIGNATURE_DIGITS || answer->body[SIGNATURE_DIGITS] != '\n') return STATUS_INVALID;
    memcpy(hex, answer->body, SIGNATURE_DIGITS);
    hex[SIGNATURE_DIGITS] = '\0';
    return text_unhex(hex, out, TICKET_SIGNATURE_BYTES);
}

// Checked before it is handed to any kiosk, and there once more.
static enum status publish(struct forward *forward, struct event *event, struct event_flaw *flaw)
{
    const struct pairing *pairing = &forward->pairing;
    const uint8_t *bytes = (const uint8_t *)forward->answer.body + SIGNATURE_DIGITS + 1;
    size_t length = forward->answer.length - SIGNATURE_DIGITS - 1;
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    struct event_edition edition = {0};
    enum status status;

    if ((status = read_signature(&forward->answer, signature)) != STATUS_OK) return status;
    status = event_file_decode(bytes, length, signature, pairing->root_key, event, NULL, NULL, flaw);
    if (status != STATUS_OK) return status;
    edition = (struct event_edition){.event = event->number, .version = event->version};
    memcpy(edition.organisation, event->keyset.organisation, ORGANISATION_BYTES);
    memcpy(edition.root_key, pairing->root_key, ROOT_KEY_BYTES);
    event_file_digest(bytes, length, edition.digest);
    return inbox_put_event(forward->inbox, &edition, bytes, length, signature);
}

// What can't be taken is said, and not asked for again before the office has another version.
static enum forward_turn fetch(struct forward *forward, uint32_t number)
{
    char path[PATH_SIZE];
    struct uplink_request request = {.method = "GET", .path = path, .most_bytes = EVENT_FILE_MAX_BYTES};
    struct event_flaw flaw = {0};
    enum forward_turn turn;

    snprintf(path, sizeof path, "/v1/events/%u", number);
    if (!forward_call(forward, &request, &turn)) return turn;
    if (forward->answer.status != 200 && forward->answer.status != 404) return forward_judge(forward);
    forward->offered_count--;
    if (forward->answer.status == 404) return FORWARD_DONE;
    struct event *event = mem_zero(sizeof *event);
    enum status status = publish(forward, event, &flaw);
    if (status == STATUS_OK) log_info("published here event=%u version=%u", number, event->version);
    else
        log_warn("an event of the office isn't published here event=%u: %s", number,
                 flaw.words[0] ? flaw.words : status_words(status));
    free(event);
    return FORWARD_DONE;
}

enum forward_turn forward_events(struct forward *forward)
{
    if (forward->offered_count > 0) return fetch(forward, forward->offered[forward->offered_count - 1]);
    return forward->has_news ? ask_feed(forward) : FORWARD_IDLE;
}
