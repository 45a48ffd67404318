// sync_tell.c -- what both threads tell: the desk by deliveries, the screen by a state; and what they keep of a
// pairing.
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <string.h>

void sync_tell_locked(struct sync *sync)
{
    struct sync_state *state = &sync->state;
    const struct line *send_line = &sync->send_line, *feed_line = &sync->feed_line;

    state->is_paired = sync->pairing_number > 0;
    state->is_hub = sync->config.is_hub;
    text_copy(state->office, sizeof state->office, state->is_paired ? sync->pairing.url : "");
    text_copy(state->device, sizeof state->device, state->is_paired ? sync->pairing.device : "");
    state->trouble = send_line->trouble;
    state->feed_trouble = feed_line->trouble;
    text_copy(state->words, sizeof state->words, send_line->words[0] ? send_line->words : feed_line->words);
    state->retry_mono_ms = send_line->retry_mono_ms;
    if (!state->is_paired) {
        state->trouble = state->pair_trouble ? state->pair_trouble : SYNC_NOT_PAIRED;
        state->feed_trouble = SYNC_FINE;
        state->retry_mono_ms = 0;
    } else if (sync->pairing.is_revoked) {
        state->trouble = SYNC_REVOKED;
        state->feed_trouble = SYNC_FINE;
        state->retry_mono_ms = 0;
    }
    // Both are zeroed at first, and copied whole.
    if (!sync->config.states || memcmp(state, &sync->told, sizeof *state) == 0) return; // NOLINT(*-memory-comparison)
    memcpy(&sync->told, state, sizeof *state);
    memcpy(mailbox_writable(sync->config.states), state, sizeof *state);
    mailbox_put(sync->config.states);
}

void sync_doubt_locked(struct sync *sync)
{
    sync->is_in_doubt = true;
    doorbell_ring(&sync->bell);
}

void sync_tell(struct sync *sync)
{
    pthread_mutex_lock(&sync->lock);
    sync_tell_locked(sync);
    pthread_mutex_unlock(&sync->lock);
}

enum status sync_deliver(struct sync *sync, struct delivery *delivery, uint64_t *serial_out)
{
    enum status status;

    pthread_mutex_lock(&sync->lock);
    delivery->serial = ++sync->serial;
    status = queue_put(sync->config.deliveries, delivery);
    pthread_mutex_unlock(&sync->lock);
    if (status == STATUS_OK && serial_out) *serial_out = delivery->serial;
    return status;
}

// Either thread may be in a long call when the other's receipt comes; so each sorts for both.
void sync_take_receipts(struct sync *sync)
{
    struct receipt receipt;
    bool is_senders = false, is_receivers = false;

    pthread_mutex_lock(&sync->lock);
    while (queue_take(&sync->receipts, &receipt)) {
        if (receipt.kind == DELIVERY_FORK) sync->sent_receipt = receipt;
        if (receipt.kind == DELIVERY_RECORDS) sync->feed_receipt = receipt;
        if (receipt.kind == DELIVERY_EVENT) sync->event_receipt = receipt;
        is_senders = is_senders || receipt.kind == DELIVERY_FORK;
        is_receivers = is_receivers || receipt.kind == DELIVERY_RECORDS || receipt.kind == DELIVERY_EVENT;
    }
    pthread_mutex_unlock(&sync->lock);
    if (is_senders) doorbell_ring(&sync->bell);
    if (is_receivers) doorbell_ring(&sync->feed_bell);
}

bool sync_receipt(struct sync *sync, struct receipt *slot, uint64_t serial, struct receipt *out)
{
    bool is_there;

    sync_take_receipts(sync);
    pthread_mutex_lock(&sync->lock);
    is_there = slot->serial == serial;
    if (is_there) *out = *slot;
    pthread_mutex_unlock(&sync->lock);
    return is_there;
}

enum status sync_pair(struct sync *sync, const struct pairing *pairing)
{
    enum status status = pairing_save(sync->config.pairing, pairing);

    if (status != STATUS_OK) return status;
    pthread_mutex_lock(&sync->lock);
    sync->pairing = *pairing;
    sync->pairing_number++;
    sync->anchor = (struct anchor){0};
    sync->state.was_forked = sync->state.was_refilled = sync->state.was_filled = false;
    sync_tell_locked(sync);
    pthread_mutex_unlock(&sync->lock);
    doorbell_ring(&sync->bell);
    doorbell_ring(&sync->feed_bell);
    return STATUS_OK;
}

static void save_locked(struct sync *sync)
{
    if (pairing_save(sync->config.pairing, &sync->pairing) != STATUS_OK)
        log_warn("what changed in the pairing is known only until the next start");
    sync_tell_locked(sync);
}

void sync_be_revoked(struct sync *sync, const char *token)
{
    pthread_mutex_lock(&sync->lock);
    if (strcmp(sync->pairing.token, token) == 0 && !sync->pairing.is_revoked) {
        log_warn("the office doesn't know this device, or not any more: all is kept until it is paired again");
        sync->pairing.is_revoked = true;
        save_locked(sync);
    }
    pthread_mutex_unlock(&sync->lock);
}

void sync_keep_acked(struct sync *sync, const char *token, const struct sender *sender)
{
    pthread_mutex_lock(&sync->lock);
    if (strcmp(sync->pairing.token, token) == 0) {
        memcpy(sync->pairing.acked_log, sender->log, LOG_ID_BYTES);
        sync->pairing.acked_seq = sender->acked - 1;
        sync->pairing.acked_walk_in = sender->there_walk_in;
        save_locked(sync);
    }
    pthread_mutex_unlock(&sync->lock);
}

void sync_keep_etag(struct sync *sync, const char *token, const char *etag)
{
    pthread_mutex_lock(&sync->lock);
    if (strcmp(sync->pairing.token, token) == 0 && strcmp(sync->pairing.event_etag, etag) != 0) {
        text_copy(sync->pairing.event_etag, sizeof sync->pairing.event_etag, etag);
        save_locked(sync);
    }
    pthread_mutex_unlock(&sync->lock);
}
