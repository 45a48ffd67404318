// receiver_event.c -- event files: fetched when the feed names a new one, and after a start or pairing if it isn't the
// one that was taken last. What becomes of it the desk decides; its answer may take minutes (a quiet moment).
#define LOG_MODULE "feed"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 64, HEAD_BYTES = 2 * TICKET_SIGNATURE_BYTES + 1, FETCH_MS = 10 * 60 * 1000 };

// The signature's hex digits, a newline, the document.
static enum status read_event(const struct uplink_answer *answer, struct delivery *out)
{
    char hex[HEAD_BYTES];

    if (answer->length <= HEAD_BYTES || answer->body[HEAD_BYTES - 1] != '\n') return STATUS_INVALID;
    memcpy(hex, answer->body, HEAD_BYTES - 1);
    hex[HEAD_BYTES - 1] = '\0';
    if (text_unhex(hex, out->signature, TICKET_SIGNATURE_BYTES) != STATUS_OK) return STATUS_INVALID;
    out->length = answer->length - HEAD_BYTES;
    out->bytes = malloc(out->length + 1);
    if (!out->bytes) return STATUS_LATER;
    memcpy(out->bytes, answer->body + HEAD_BYTES, out->length);
    out->bytes[out->length] = '\0';
    return STATUS_OK;
}

static bool hand_over(struct sync *sync, const struct uplink_answer *answer)
{
    struct receiver *receiver = &sync->receiver;
    struct delivery delivery = {.kind = DELIVERY_EVENT};

    if (read_event(answer, &delivery) != STATUS_OK) {
        line_fail(sync, &sync->feed_line, SYNC_NO_OFFICE, "no event file", 0);
        return true;
    }
    memcpy(delivery.root_key, sync->feed_line.pairing.root_key, ROOT_KEY_BYTES);
    text_copy(receiver->event_etag, sizeof receiver->event_etag, answer->etag);
    if (sync_deliver(sync, &delivery, &receiver->event_serial) != STATUS_OK) {
        delivery_free(&delivery);
        return false;
    }
    receiver->wants_event = false;
    return true;
}

// What is here, or was refused, need not come again.
static const char *known_etag(const struct sync *sync)
{
    const struct pairing *pairing = &sync->feed_line.pairing;

    if (sync->receiver.refused_etag[0]) return sync->receiver.refused_etag;
    return sync->config.event == pairing->event && pairing->event_etag[0] ? pairing->event_etag : NULL;
}

bool receiver_fetch_event(struct sync *sync)
{
    struct line *line = &sync->feed_line;
    uint32_t event = line->pairing.event ? line->pairing.event : sync->config.event;
    struct uplink_request request = {.method = "GET",
                                     .if_none_match = known_etag(sync),
                                     .most_ms = FETCH_MS,
                                     .most_bytes = EVENT_FILE_MAX_BYTES + HEAD_BYTES};
    struct uplink_answer answer;
    char path[PATH_SIZE];
    enum status status;

    snprintf(path, sizeof path, "/v1/events/%u", event);
    request.path = path;
    status = line_call(sync, line, &request, &answer);
    if (status != STATUS_OK) return true; // back-off is set, or it is being closed
    if (answer.status == 200) return hand_over(sync, &answer);
    if (answer.status == 304 || answer.status == 404) {
        if (answer.status == 404) log_warn("the office has no event file event=%u", event);
        sync->receiver.wants_event = false; // until the feed names one
        return true;
    }
    line_refused(sync, line, &answer);
    return true;
}

void receiver_take_event_receipt(struct sync *sync)
{
    struct receiver *receiver = &sync->receiver;
    struct line *line = &sync->feed_line;
    struct receipt receipt;

    if (!sync_receipt(sync, &sync->event_receipt, receiver->event_serial, &receipt)) return;
    receiver->event_serial = 0;
    receiver->has_event_trouble = receipt.status != STATUS_OK;
    if (receipt.status == STATUS_OK) {
        receiver->refused_etag[0] = '\0';
        sync_keep_etag(sync, line->pairing.token, receiver->event_etag);
        line_fine(sync, line);
    } else if (receipt.status == STATUS_INVALID) {
        text_copy(receiver->refused_etag, sizeof receiver->refused_etag, receiver->event_etag);
        line_fail(sync, line, receipt.is_older ? SYNC_OLDER_EVENT : SYNC_BAD_EVENT, receipt.flaw.words, 0);
    } else {
        receiver->wants_event = true; // it is fetched again: the desk has let go of it
        line_fail(sync, line, SYNC_DISK, receipt.flaw.words, 0);
    }
}
