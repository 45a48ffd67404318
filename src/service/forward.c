#define LOG_MODULE "forward"

#include "service/forward_parts.h"

#include "base/log.h"
#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST_WAIT_MS = 1000,
    SILENT_WAIT_MS = 15 * 1000,
    MOST_WAIT_MS = 60 * 1000,
    UNPAIRED_MS = 2000,
    REVOKED_MS = 60 * 1000
};

static enum status open_curl(void *owner, const struct pairing *pairing, struct uplink **out)
{
    struct forward *forward = owner;
    return uplink_curl_open(pairing->url, pairing->is_pinned ? pairing->pin : NULL, forward->config.clock, out);
}

// ---- one call ----

enum forward_turn forward_judge(struct forward *forward)
{
    const struct uplink_answer *answer = &forward->answer;

    if (answer->status == 401 || answer->status == 403) return FORWARD_STOP;
    if (answer->retry_after_s > 0 && answer->retry_after_s * INT64_C(1000) > forward->wait_ms)
        forward->wait_ms = answer->retry_after_s * INT64_C(1000);
    return answer->status / 100 == 2 ? FORWARD_DONE : FORWARD_LATER;
}

bool forward_call(struct forward *forward, struct uplink_request *request, enum forward_turn *turn_out)
{
    request->token = forward->pairing.token;
    if (forward->uplink->ops->call(forward->uplink, request, &forward->answer) == STATUS_OK) return true;
    *turn_out = FORWARD_LATER;
    return false;
}

// ---- the pairing ----

// NULL: none any more.
static void change_uplink(struct forward *forward, struct uplink *uplink)
{
    pthread_mutex_lock(&forward->lock);
    struct uplink *before = forward->uplink;
    forward->uplink = uplink;
    if (uplink && forward->is_closing) uplink->ops->cancel(uplink);
    pthread_mutex_unlock(&forward->lock);
    if (before) before->ops->close(before);
}

static bool is_same(const struct pairing *one, const struct pairing *other)
{
    return strcmp(one->token, other->token) == 0 && strcmp(one->url, other->url) == 0 &&
           one->is_revoked == other->is_revoked;
}

// A pairing that is new, or was made again, is taken up: whoever stands at the hub may pair it at any time.
static bool is_paired(struct forward *forward)
{
    struct uplink *uplink = NULL;
    struct pairing pairing;

    if (pairing_load(forward->config.pairing, &pairing) != STATUS_OK) return false;
    if (forward->is_paired && is_same(&pairing, &forward->pairing)) return true;
    change_uplink(forward, NULL);
    forward->pairing = pairing;
    forward->is_paired = true;
    forward->log_count = 0; // this office may have less than the one before
    forward->blob = 0;
    forward->cursor[0] = '\0';
    forward->has_news = true;
    if (forward->config.open_uplink(forward->config.owner, &forward->pairing, &uplink) != STATUS_OK) return false;
    change_uplink(forward, uplink);
    log_info("all that comes here goes on to the office url=%s device=\"%s\"", pairing.url, pairing.device);
    return true;
}

static void note_revoked(struct forward *forward)
{
    if (forward->pairing.is_revoked) return;
    forward->pairing.is_revoked = true;
    log_error("the office takes nothing more from this hub, everything is kept: pair it again");
    if (pairing_save(forward->config.pairing, &forward->pairing) != STATUS_OK)
        log_warn("can't write the pairing file=%s", forward->config.pairing);
}

// ---- turns ----

static enum forward_turn take_turn(struct forward *forward)
{
    static enum forward_turn (*const turns[])(struct forward *) = {forward_events, forward_records, forward_blobs};
    enum forward_turn turn = FORWARD_IDLE;

    for (size_t i = 0; i < sizeof turns / sizeof *turns && turn == FORWARD_IDLE; i++) turn = turns[i](forward);
    return turn;
}

static int64_t back_off_ms(struct forward *forward)
{
    int64_t wait_ms = forward->wait_ms > LEAST_WAIT_MS ? forward->wait_ms : LEAST_WAIT_MS;

    int64_t most_ms = forward->answer.status == 0 ? SILENT_WAIT_MS : MOST_WAIT_MS; // nobody is held up by a try
    if (wait_ms > most_ms) wait_ms = most_ms;
    if (!forward->is_waiting)
        log_warn("%s, all is kept here url=%s status=%d",
                 forward->answer.status == 426 ? "the office asks for an update of this hub"
                                               : "the office doesn't take anything now",
                 forward->pairing.url, forward->answer.status);
    forward->is_waiting = true;
    forward->wait_ms = 2 * wait_ms;
    return wait_ms / 2 + randombytes_uniform((uint32_t)(wait_ms / 2)); // others were cut off at the same moment
}

static void look_again(struct forward *forward)
{
    if (forward->now_ms - forward->looked_ms < FORWARD_LOOK_MS) return;
    forward->looked_ms = forward->now_ms;
    forward->has_news = true;
    forward_find_logs(forward);
}

int64_t forward_step(void *owner, int64_t mono_ms)
{
    struct forward *forward = owner;

    forward->now_ms = mono_ms;
    if (!is_paired(forward)) return UNPAIRED_MS;
    if (forward->pairing.is_revoked) return REVOKED_MS;
    look_again(forward);
    switch (take_turn(forward)) {
    case FORWARD_IDLE:
        return FORWARD_LOOK_MS;
    case FORWARD_LATER:
        return back_off_ms(forward);
    case FORWARD_STOP:
        note_revoked(forward);
        return REVOKED_MS;
    case FORWARD_DONE:
        break;
    }
    if (forward->is_waiting) log_info("the office answers again");
    forward->is_waiting = false;
    forward->wait_ms = 0;
    return 0;
}

enum status forward_open(const struct forward_config *config, struct forward **out)
{
    struct forward *forward = mem_zero(sizeof *forward);
    enum status status;

    forward->config = *config;
    if (!config->open_uplink) {
        forward->config.open_uplink = open_curl;
        forward->config.owner = forward;
    }
    doorbell_init(&forward->bell);
    pthread_mutex_init(&forward->lock, NULL);
    forward->worker = (struct worker){
        .name = "forward", .step = forward_step, .owner = forward, .bell = &forward->bell, .clock = config->clock};
    forward->looked_ms = -FORWARD_LOOK_MS;
    if ((status = inbox_open(config->database, config->clock, &forward->inbox)) != STATUS_OK) goto fail;
    *out = forward;
    return STATUS_OK;
fail:
    forward_close(forward);
    return status;
}

void forward_start(struct forward *forward)
{
    worker_start(&forward->worker);
}

static void cancel_call(struct forward *forward)
{
    pthread_mutex_lock(&forward->lock);
    forward->is_closing = true;
    if (forward->uplink) forward->uplink->ops->cancel(forward->uplink);
    pthread_mutex_unlock(&forward->lock);
}

void forward_close(struct forward *forward)
{
    if (!forward) return;
    cancel_call(forward);
    worker_stop(&forward->worker);
    change_uplink(forward, NULL);
    inbox_close(forward->inbox);
    pthread_mutex_destroy(&forward->lock);
    doorbell_destroy(&forward->bell);
    free(forward);
}
