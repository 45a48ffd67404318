#define LOG_MODULE "desk"

#include "desk/session.h"

#include "base/doorbell.h"
#include "base/log.h"
#include "desk/command.h"

#include <sodium.h>
#include <string.h>

enum { FREE_TRIES = 3, FIRST_WAIT_MS = 5000, MOST_WAIT_MS = 60 * 1000 };

// ---- the PIN: checking one is made slow against guessing (argon2id), and no ticket is to wait for it ----

static int64_t wait_after(uint32_t wrong_count)
{
    int64_t wait_ms = FIRST_WAIT_MS;

    if (wrong_count < FREE_TRIES) return 0;
    for (uint32_t i = FREE_TRIES; i < wrong_count && wait_ms < MOST_WAIT_MS; i++) wait_ms *= 2;
    return wait_ms < MOST_WAIT_MS ? wait_ms : MOST_WAIT_MS;
}

// True: it was the last one.
static bool try_verifier(const struct event *event, const char *pin, struct trial *trial)
{
    if (trial->tried_count < event->pin_count) {
        const char *verifier = event->pins[trial->tried_count++];
        if (crypto_pwhash_str_verify(verifier, pin, strlen(pin)) == 0) trial->is_right = true;
    }
    return trial->tried_count >= event->pin_count;
}

enum status session_try_pin(struct session *session, const struct event *event, const char *pin, int64_t mono_ms,
                            int64_t *wait_ms_out)
{
    struct patience *patience = &session->patience;
    struct trial *trial = &session->trial;

    if (trial->tried_count > 0 || mono_ms >= patience->until_mono_ms) {
        if (!try_verifier(event, pin, trial)) return STATUS_LATER;
        bool is_right = trial->is_right;
        *trial = (struct trial){0};
        if (is_right) *patience = (struct patience){0};
        if (is_right) return STATUS_OK;
        patience->wrong_count++;
        patience->until_mono_ms = mono_ms + wait_after(patience->wrong_count);
        log_warn("a wrong staff PIN was entered tries=%u", patience->wrong_count);
    }
    *wait_ms_out = patience->until_mono_ms - mono_ms;
    return STATUS_INVALID;
}

// ---- the session ----

void session_begin(struct session *session, int64_t mono_ms)
{
    do randombytes_buf(&session->number, sizeof session->number);
    while (session->number == 0);
    session->until_ms = mono_ms + DESK_SESSION_MS;
    session->ticket_until_ms = 0;
}

void session_end(struct session *session)
{
    session->number = 0;
    session->ticket_until_ms = session->offer_until_ms = 0;
}

bool session_is_open(const struct session *session, int64_t mono_ms)
{
    return session->number != 0 && mono_ms < session->until_ms;
}

bool session_take(struct session *session, uint64_t number, int64_t mono_ms)
{
    if (!session_is_open(session, mono_ms) || number != session->number) return false;
    session->until_ms = mono_ms + DESK_SESSION_MS;
    return true;
}

bool session_expire(struct session *session, int64_t mono_ms)
{
    if (session->number == 0 || session_is_open(session, mono_ms)) return false;
    session_end(session);
    return true;
}

int64_t session_rest_ms(const struct session *session, int64_t mono_ms)
{
    if (session->number == 0) return DOORBELL_FOREVER;
    return session->until_ms > mono_ms ? session->until_ms - mono_ms : 0;
}

void session_want_ticket(struct session *session, bool is_wanted, int64_t mono_ms)
{
    session->ticket_until_ms = is_wanted ? mono_ms + DESK_STAFF_TICKET_MS : 0;
}

bool session_wants_ticket(const struct session *session, int64_t mono_ms)
{
    return session->ticket_until_ms != 0 && mono_ms < session->ticket_until_ms;
}

void session_want_offer(struct session *session, bool is_wanted, int64_t mono_ms)
{
    session->offer_until_ms = is_wanted ? mono_ms + DESK_PAIR_MS : 0;
}

bool session_wants_offer(const struct session *session, int64_t mono_ms)
{
    return session_is_open(session, mono_ms) && session->offer_until_ms != 0 && mono_ms < session->offer_until_ms;
}
