// receiver.c -- what other kiosks did: a page of the feed at a time, handed to the desk in pieces, each when the one
// before is on disk. So the desk has time for people between them, and a crash loses no piece.
#define LOG_MODULE "feed"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 256, BUSY_MS = 1000, ANSWER_MS = 10 * 1000, LEAST_POLL_MS = 1000 };

void receiver_close(struct receiver *receiver)
{
    feed_free(receiver->page);
}

static uint32_t wanted_event(const struct sync *sync)
{
    return sync->feed_line.pairing.event ? sync->feed_line.pairing.event : sync->config.event;
}

// ---- handing over ----

static void turn_page(struct receiver *receiver)
{
    feed_free(receiver->page);
    receiver->page = NULL;
}

static int64_t hand_over(struct sync *sync, int64_t mono_ms)
{
    struct receiver *receiver = &sync->receiver;
    struct delivery delivery = {.kind = DELIVERY_RECORDS};
    bool is_last;

    delivery.page = feed_part(receiver->page, receiver->at, DELIVERY_MOST_LINES, &receiver->next);
    delivery.count = delivery.page->count;
    is_last = receiver->next == receiver->page->count;
    // Only with the last piece the feed has been read that far.
    text_copy(delivery.cursor, sizeof delivery.cursor, is_last ? receiver->page->cursor : receiver->cursor);
    if (sync_deliver(sync, &delivery, &receiver->serial) != STATUS_OK) {
        delivery_free(&delivery);
        return FULL_QUEUE_MS;
    }
    receiver->handed_mono_ms = mono_ms;
    return RECEIPT_MOST_MS;
}

static void take_receipt(struct sync *sync, const struct receipt *receipt)
{
    struct receiver *receiver = &sync->receiver;

    receiver->serial = 0;
    if (receipt->status != STATUS_OK && receipt->status != STATUS_INVALID) {
        line_fail(sync, &sync->feed_line, SYNC_DISK, "", 0); // the same piece again
        return;
    }
    if (receipt->status == STATUS_INVALID) log_error("other kiosks' records are refused here; left out");
    receiver->at = receiver->next;
    if (receiver->at < receiver->page->count) return;
    text_copy(receiver->cursor, sizeof receiver->cursor, receiver->page->cursor);
    turn_page(receiver);
}

static int64_t await_receipt(struct sync *sync, int64_t mono_ms)
{
    struct receiver *receiver = &sync->receiver;
    int64_t left_ms = receiver->handed_mono_ms + RECEIPT_MOST_MS - mono_ms;
    struct receipt receipt;

    if (sync_receipt(sync, &sync->feed_receipt, receiver->serial, &receipt)) {
        take_receipt(sync, &receipt);
        return 0;
    }
    if (left_ms > 0) return left_ms;
    receiver->serial = 0; // lost: the piece goes again, and known records are skipped
    return 0;
}

// ---- asking ----

// A kiosk that joins while the doors are open, or whose database was lost: what happened before comes with the first
// page.
static void tell_filled(struct sync *sync, const struct feed_page *page)
{
    bool has_records = false;

    if (!sync->receiver.is_new) return;
    sync->receiver.is_new = false;
    for (size_t i = 0; i < page->count; i++) has_records = has_records || page->items[i].kind == FEED_RECORD;
    if (!has_records) return;
    pthread_mutex_lock(&sync->lock);
    sync->state.was_filled = true;
    sync_tell_locked(sync);
    pthread_mutex_unlock(&sync->lock);
}

static void take_page(struct sync *sync, struct feed_page *page, int64_t mono_ms)
{
    struct receiver *receiver = &sync->receiver;

    if (page->is_reset) {
        log_warn("the office was put back from a backup: its feed is read from the beginning");
        pthread_mutex_lock(&sync->lock);
        sync->is_put_back = true;
        sync_doubt_locked(sync);
        pthread_mutex_unlock(&sync->lock);
    }
    tell_filled(sync, page);
    for (size_t i = 0; i < page->count; i++)
        if (page->items[i].kind == FEED_EVENT && page->items[i].event == wanted_event(sync))
            receiver->wants_event = true;
    if (page->count == 0 && strcmp(page->cursor, receiver->cursor) == 0) {
        feed_free(page);
        return;
    }
    receiver->page = page;
    receiver->at = 0;
    receiver->polled_mono_ms = mono_ms - LEAST_POLL_MS; // there was something: no need to wait
}

// After a trouble the office is to answer at once: else it would be told until the first news.
static int wait_s(struct sync *sync)
{
    pthread_mutex_lock(&sync->lock);
    bool is_back = sync->feed_line.trouble != SYNC_FINE && !sync->receiver.has_event_trouble;
    pthread_mutex_unlock(&sync->lock);
    return is_back ? 0 : FEED_MOST_WAIT_S;
}

static void name_feed(struct sync *sync, const struct outbox_head *head, char out[PATH_SIZE])
{
    char log[2 * LOG_ID_BYTES + 1];

    text_hex(head->log, LOG_ID_BYTES, log);
    snprintf(out, PATH_SIZE, "/v1/feed?after=%s&event=%u&log=%s&limit=%d&wait=%d", sync->receiver.cursor,
             wanted_event(sync), log, FEED_MOST_ITEMS, wait_s(sync));
}

static void take_answer(struct sync *sync, const struct uplink_answer *answer, int64_t mono_ms)
{
    struct line *line = &sync->feed_line;
    struct feed_page *page;

    if (answer->status != 200) {
        line_refused(sync, line, answer);
        return;
    }
    if (feed_read(answer->body, answer->length, &page) != STATUS_OK) {
        line_fail(sync, line, SYNC_NO_OFFICE, "", 0);
        return;
    }
    if (!sync->receiver.has_event_trouble) line_fine(sync, line);
    take_page(sync, page, mono_ms);
}

static int64_t ask_feed(struct sync *sync, int64_t mono_ms)
{
    struct receiver *receiver = &sync->receiver;
    struct uplink_request request = {.method = "GET", .most_ms = FEED_MOST_WAIT_S * 1000 + ANSWER_MS};
    int64_t early_ms = receiver->polled_mono_ms + LEAST_POLL_MS - mono_ms;
    struct outbox_head head;
    struct uplink_answer answer;
    char path[PATH_SIZE];
    enum status status;

    if (receiver->polled_mono_ms && early_ms > 0) return early_ms; // an office that doesn't let us wait
    if (outbox_head(sync->feed_outbox, &head) != STATUS_OK) return BUSY_MS;
    name_feed(sync, &head, path);
    request.path = path;
    receiver->polled_mono_ms = mono_ms;
    status = line_call(sync, &sync->feed_line, &request, &answer);
    if (status == STATUS_GONE) return DOORBELL_FOREVER;
    if (status == STATUS_OK) take_answer(sync, &answer, mono_ms);
    return 0;
}

// ---- the step ----

// A new pairing: the event first, so that there is something to count by. Again only if it isn't here already.
static void begin_pairing(struct sync *sync)
{
    struct receiver *receiver = &sync->receiver;

    if (receiver->pairing_number == sync->feed_line.pairing_number) return;
    receiver->pairing_number = sync->feed_line.pairing_number;
    receiver->wants_event = true;
    receiver->refused_etag[0] = '\0';
    receiver->knows_cursor = false;
    receiver->polled_mono_ms = 0;
    turn_page(receiver);
    receiver->serial = 0;
}

int64_t receiver_work(struct sync *sync, int64_t mono_ms)
{
    struct receiver *receiver = &sync->receiver;

    begin_pairing(sync);
    if (!wanted_event(sync)) return DOORBELL_FOREVER; // until it is paired for one
    if (receiver->event_serial) receiver_take_event_receipt(sync);
    if (receiver->serial) return await_receipt(sync, mono_ms);
    if (receiver->wants_event && !receiver->event_serial) return receiver_fetch_event(sync) ? 0 : FULL_QUEUE_MS;
    if (receiver->page) return hand_over(sync, mono_ms);
    if (!receiver->knows_cursor) {
        if (outbox_cursor(sync->feed_outbox, receiver->cursor) != STATUS_OK) return BUSY_MS;
        receiver->knows_cursor = true;
        receiver->is_new = receiver->cursor[0] == '\0';
    }
    return ask_feed(sync, mono_ms);
}
