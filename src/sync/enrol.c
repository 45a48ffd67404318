// enrol.c -- a pairing text becomes a pairing: POST /v1/enroll. Before it is kept nothing of the old one is touched.
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void tell(struct sync *sync, bool is_pairing, enum sync_trouble trouble)
{
    pthread_mutex_lock(&sync->lock);
    sync->state.is_pairing = is_pairing;
    sync->state.pair_trouble = trouble;
    sync_tell_locked(sync);
    pthread_mutex_unlock(&sync->lock);
}

static enum sync_trouble trouble_of(const struct uplink_answer *answer)
{
    if (answer->status == 426) return SYNC_OUTDATED;
    return answer->status == 429 || answer->status >= 500 ? SYNC_BUSY : SYNC_BAD_CODE;
}

static bool is_same_office(const struct pairing *one, const struct pairing *other)
{
    if (one->is_pinned != other->is_pinned) return false;
    if (one->is_pinned) return memcmp(one->pin, other->pin, sizeof one->pin) == 0;
    return strcmp(one->url, other->url) == 0;
}

static enum sync_trouble take_answer(struct sync *sync, const struct pairing_offer *offer,
                                     const struct uplink_answer *answer)
{
    struct pairing pairing;
    int64_t now_ms;
    enum sync_trouble trouble = SYNC_FINE;

    if (answer->status != 200) return trouble_of(answer);
    if (wire_read_paired(answer->body, answer->length, &pairing, &now_ms) != STATUS_OK) return SYNC_NO_OFFICE;
    text_copy(pairing.url, sizeof pairing.url, offer->url);
    pairing.is_pinned = offer->is_pinned;
    memcpy(pairing.pin, offer->pin, sizeof pairing.pin);
    bool is_other = !is_same_office(&sync->pairing, &pairing); // only this thread pairs
    if (sync_pair(sync, &pairing) != STATUS_OK) trouble = SYNC_DISK;
    else {
        log_info("paired device=\"%s\" event=%u", pairing.device, pairing.event);
        if (is_other) sync->sender.acked = 1; // what another one had, this one never lost
        sender_try_again(&sync->sender);
        sender_begin_walk_ins(&sync->sender, 0);
        anchor_take(sync, answer, now_ms);
    }
    sodium_memzero(&pairing, sizeof pairing);
    return trouble;
}

static enum sync_trouble enrol(struct sync *sync, const struct pairing_offer *offer)
{
    struct line *line = &sync->send_line;
    struct wire_enroll enroll = {.version = EINLASS_VERSION};
    struct uplink_request request = {.method = "POST", .path = "/v1/enroll", .type = UPLINK_JSON};
    struct uplink_answer answer;
    struct uplink *uplink;
    enum status status;
    char *json;

    if (sync->config.open_uplink(offer->url, offer->is_pinned ? offer->pin : NULL, sync->config.clock, &uplink) !=
        STATUS_OK)
        return SYNC_BAD_CODE;
    line_set_uplink(sync, line, uplink); // so that close() can end the call
    line->pairing_number = 0;            // what it was before is opened again with the next step
    text_copy(enroll.code, sizeof enroll.code, offer->code);
    text_make_showable(enroll.name, sizeof enroll.name, sync->config.gate, strlen(sync->config.gate));
    memcpy(enroll.device_public_key, sync->config.device_key->public_key, DEVICE_KEY_BYTES);
    json = wire_write_enroll(&enroll);
    request.body = json;
    request.length = strlen(json);
    status = uplink->ops->call(uplink, &request, &answer);
    free(json);
    return status == STATUS_OK ? take_answer(sync, offer, &answer) : line_trouble_of(answer.trouble);
}

void sync_enrol(struct sync *sync, const char *text)
{
    struct pairing_offer offer;
    enum sync_trouble trouble = SYNC_BAD_CODE;

    tell(sync, true, SYNC_FINE);
    if (pairing_read_offer(text, strlen(text), &offer) == STATUS_OK) trouble = enrol(sync, &offer);
    if (trouble != SYNC_FINE) log_warn("pairing came to nothing trouble=%s", sync_trouble_word(trouble));
    tell(sync, false, trouble);
}
