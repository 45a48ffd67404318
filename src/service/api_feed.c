// The sync API: what other kiosks did, and event files.
#include "service/parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "sync/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Other programs publish and revoke in the database itself: who waits looks again this often, and at each ring.
enum { LOOK_AGAIN_MS = 1000 };

static uint32_t bounded(const char *text, uint32_t most, uint32_t usual)
{
    uint32_t number = call_number(text);

    if (number == 0) return usual;
    return number < most ? number : most;
}

void api_feed(struct call *call)
{
    const struct http_request *request = call->request;
    const char *after = http_query(request, "after"), *log_hex = http_query(request, "log");
    int64_t left_ms = (int64_t)bounded(http_query(request, "wait"), FEED_MOST_WAIT_S, 0) * 1000 - request->waited_ms;
    uint32_t event = bounded(http_query(request, "event"), UINT32_MAX, 0);
    size_t limit = bounded(http_query(request, "limit"), FEED_MOST_ITEMS, FEED_MOST_ITEMS);
    struct feed_page *page = NULL;
    uint8_t log[LOG_ID_BYTES];
    enum status status;

    if (log_hex && text_unhex(log_hex, log, sizeof log) != STATUS_OK) {
        http_error(call->reply, 400, "log is no log's name");
        return;
    }
    if (!call_may_have(call, event)) {
        http_error(call->reply, 404, "this kiosk was paired for another event");
        return;
    }
    status = inbox_feed(call->service->inbox, after ? after : "", event, log_hex ? log : NULL, limit, &page);
    if (status != STATUS_OK) call_refuse(call, status, "busy");
    else if (page->count || page->is_reset || page->has_more || left_ms <= 0)
        http_json(call->reply, 200, feed_write(page));
    else call->reply->wait_ms = left_ms < LOOK_AGAIN_MS ? left_ms : LOOK_AGAIN_MS;
    feed_free(page);
}

static void name_edition(const struct inbox_event *found, char out[HTTP_HEADER_SIZE])
{
    char digest[2 * 16 + 1];

    text_hex(found->edition.digest, 16, digest);
    snprintf(out, HTTP_HEADER_SIZE, "\"%u-%s\"", found->edition.version, digest);
}

// The signature's 128 hex digits and a newline, as in NAME.event.json.sig, then the document.
static void answer_event(struct call *call, const struct inbox_event *found)
{
    size_t head = 2 * TICKET_SIGNATURE_BYTES + 1;
    char *body = mem_zero(head + found->length + 1);

    text_hex(found->signature, TICKET_SIGNATURE_BYTES, body);
    body[head - 1] = '\n';
    memcpy(body + head, found->bytes, found->length);
    call->reply->status = 200;
    call->reply->type = "application/vnd.einlass.event";
    call->reply->body = body;
    call->reply->length = head + found->length;
}

void api_event(struct call *call)
{
    const char *known = http_header(call->request, "If-None-Match");
    uint32_t number = call_number(call->request->parts[0]);
    struct inbox_event found = {0};
    enum status status = number && call_may_have(call, number)
                             ? inbox_event(call->service->inbox, number, false, &found)
                             : STATUS_MISSING;

    if (status == STATUS_OK) {
        name_edition(&found, call->reply->etag);
        if (known && strcmp(known, call->reply->etag) == 0) {
            call->reply->status = 304;
            return;
        }
        status = inbox_event(call->service->inbox, number, true, &found);
    }
    if (status == STATUS_OK) {
        name_edition(&found, call->reply->etag); // it may have been published anew in between
        answer_event(call, &found);
    } else {
        call->reply->etag[0] = '\0';
        call_refuse(call, status, "no such event was published");
    }
    free(found.bytes);
}
