// line.c -- one thread's way to the office: which pairing, when to try again, and what its failures mean.
#define LOG_MODULE "sync"

#include "sync/sync_parts.h"

#include "base/log.h"
#include "base/text.h"
#include "sync/discover.h"
#include "sync/network.h"

#include <string.h>

enum { MOST_CAREFUL_MS = 60 * 1000 }; // where trying often helps nobody

void line_set_uplink(struct sync *sync, struct line *line, struct uplink *uplink)
{
    struct uplink *before;

    pthread_mutex_lock(&sync->lock);
    before = line->uplink;
    line->uplink = uplink;
    if (uplink) uplink->mark = line == &sync->send_line ? &sync->send_worker.mark : &sync->feed_worker.mark;
    if (uplink && sync->is_closing) uplink->ops->cancel(uplink);
    pthread_mutex_unlock(&sync->lock);
    if (before) before->ops->close(before);
}

static bool open_at(struct sync *sync, struct line *line, const char *url)
{
    const uint8_t *pin = line->pairing.is_pinned ? line->pairing.pin : NULL;
    struct uplink *uplink;

    if (sync->config.open_uplink(url, pin, sync->config.clock, &uplink) != STATUS_OK) return false;
    line_set_uplink(sync, line, uplink);
    text_copy(line->url, sizeof line->url, url);
    return true;
}

static bool open_where_paired(struct sync *sync, struct line *line)
{
    const char *hub = sync->config.hub;

    line->is_elsewhere = false;
    return open_at(sync, line, hub && hub[0] ? hub : line->pairing.url);
}

// Nobody of ours answers there: perhaps it has another address now. Only the key counts, so a wrong hint costs a try.
static void look_elsewhere(struct sync *sync, struct line *line)
{
    struct discover *discover = sync->config.discover;
    char url[PAIRING_URL_SIZE];

    if (!discover || !line->pairing.is_pinned) return;
    if (line->is_elsewhere) {
        if (!open_where_paired(sync, line)) line->pairing_number = 0;
    } else if (discover->ops->find(discover, line->pairing.pin, url) && strcmp(url, line->url) != 0)
        line->is_elsewhere = open_at(sync, line, url);
}

bool line_open(struct sync *sync, struct line *line)
{
    bool is_usable, is_new;

    pthread_mutex_lock(&sync->lock);
    is_usable = sync->pairing_number > 0 && !sync->pairing.is_revoked && !sync->is_closing;
    is_new = is_usable && line->pairing_number != sync->pairing_number;
    if (is_usable) line->pairing = sync->pairing;
    if (is_new) {
        line->pairing_number = sync->pairing_number;
        line->retry_mono_ms = 0;
        line->trouble = SYNC_FINE;
        line->words[0] = '\0';
        back_off_end(&line->back_off);
    }
    pthread_mutex_unlock(&sync->lock);
    if (is_new && !open_where_paired(sync, line)) line->pairing_number = 0;
    return is_usable && line->pairing_number > 0;
}

int64_t line_due_ms(struct sync *sync, struct line *line, int64_t mono_ms)
{
    int64_t retry_mono_ms, left_ms;

    pthread_mutex_lock(&sync->lock);
    retry_mono_ms = line->retry_mono_ms;
    pthread_mutex_unlock(&sync->lock);
    left_ms = retry_mono_ms - mono_ms;
    if (retry_mono_ms == 0 || left_ms <= 0) return 0;
    if (network_print() != line->network) return 0; // it came back, or there is another one
    return left_ms < LOOK_MS ? left_ms : LOOK_MS;
}

static bool is_nobody_there(enum sync_trouble trouble)
{
    return trouble >= SYNC_NO_NETWORK && trouble <= SYNC_NO_OFFICE;
}

// Nobody of ours answered, and now somebody does: the other thread need not wait until its time is over.
static void wake_other_locked(struct sync *sync, struct line *line)
{
    bool is_sender = line == &sync->send_line;
    struct line *other = is_sender ? &sync->feed_line : &sync->send_line;

    if (!is_nobody_there(other->trouble)) return; // it was told when to come again
    other->retry_mono_ms = 0;
    doorbell_ring(is_sender ? &sync->feed_bell : &sync->bell);
}

static void set_trouble(struct sync *sync, struct line *line, enum sync_trouble trouble, const char *words,
                        int64_t retry_mono_ms)
{
    pthread_mutex_lock(&sync->lock);
    if (trouble != line->trouble && trouble != SYNC_FINE)
        log_warn("records wait trouble=%s office=%s words=\"%s\"", sync_trouble_word(trouble), line->url, words);
    else if (trouble != line->trouble) {
        log_info("the office answers again");
        sync_doubt_locked(sync);
        wake_other_locked(sync, line);
    }
    line->trouble = trouble;
    text_copy(line->words, sizeof line->words, words);
    line->retry_mono_ms = retry_mono_ms;
    sync_tell_locked(sync);
    pthread_mutex_unlock(&sync->lock);
}

void line_fine(struct sync *sync, struct line *line)
{
    back_off_end(&line->back_off);
    set_trouble(sync, line, SYNC_FINE, "", 0);
}

void line_fail(struct sync *sync, struct line *line, enum sync_trouble trouble, const char *words, int64_t least_ms)
{
    struct clock *clock = sync->config.clock;

    int64_t most_ms = is_nobody_there(trouble) ? BACK_OFF_AWAY_MS : BACK_OFF_MOST_MS;
    int64_t wait_ms = back_off_ms(&line->back_off, least_ms, most_ms);

    line->network = network_print();
    set_trouble(sync, line, trouble, words, clock->ops->mono_ms(clock) + wait_ms);
}

void line_stop(struct sync *sync, struct line *line, enum sync_trouble trouble, const char *words)
{
    set_trouble(sync, line, trouble, words, 0);
}

enum sync_trouble line_trouble_of(enum uplink_trouble trouble)
{
    switch (trouble) {
    case UPLINK_NO_NETWORK:
        return SYNC_NO_NETWORK;
    case UPLINK_TOO_SLOW:
        return SYNC_TOO_SLOW;
    case UPLINK_WRONG_KEY:
        return SYNC_WRONG_KEY;
    case UPLINK_EXPIRED:
        return SYNC_EXPIRED;
    case UPLINK_NOT_YET:
        return SYNC_NOT_YET;
    case UPLINK_WRONG_NAME:
        return SYNC_WRONG_NAME;
    case UPLINK_NO_OFFICE:
        return SYNC_NO_OFFICE;
    case UPLINK_FINE:
    case UPLINK_UNREACHABLE:
    case UPLINK_CUT_OFF:
        break;
    }
    return SYNC_UNREACHABLE;
}

enum status line_call(struct sync *sync, struct line *line, const struct uplink_request *request,
                      struct uplink_answer *out)
{
    struct uplink_request complete = *request;
    enum status status;

    complete.token = line->pairing.token;
    status = line->uplink->ops->call(line->uplink, &complete, out);
    if (status == STATUS_LATER || status == STATUS_INVALID) {
        bool is_elsewhere =
            out->trouble == UPLINK_NO_NETWORK || out->trouble == UPLINK_UNREACHABLE || out->trouble == UPLINK_WRONG_KEY;
        line_fail(sync, line, line_trouble_of(out->trouble), "", 0);
        if (is_elsewhere) look_elsewhere(sync, line);
        return STATUS_LATER;
    }
    return status;
}

void line_refused(struct sync *sync, struct line *line, const struct uplink_answer *answer)
{
    int64_t asked_ms = answer->retry_after_s > 0 ? (int64_t)answer->retry_after_s * 1000 : 0;
    char words[WIRE_WORDS_SIZE];

    wire_read_error(answer->body, answer->length, words);
    if (answer->status == 401 || answer->status == 403) {
        line_stop(sync, line, SYNC_REVOKED, words);
        sync_be_revoked(sync, line->pairing.token);
        return;
    }
    if (answer->status == 426) line_fail(sync, line, SYNC_OUTDATED, words, MOST_CAREFUL_MS);
    else if (answer->status == 400 || answer->status == 413)
        line_fail(sync, line, SYNC_NOT_TAKEN, words, MOST_CAREFUL_MS);
    else if (answer->status == 429 || answer->status >= 500) line_fail(sync, line, SYNC_BUSY, words, asked_ms);
    else if (answer->status == 408) line_fail(sync, line, SYNC_TOO_SLOW, words, asked_ms);
    else line_fail(sync, line, SYNC_NO_OFFICE, words, 0);
}
