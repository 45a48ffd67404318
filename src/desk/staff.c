// staff.c -- finding and admitting by hand. The same rules hold as for a scan; a PIN of the event opens the way.
// Checking one is made slow against guessing (argon2id), and no ticket is to wait for it: one verifier a step.
#define LOG_MODULE "desk"

#include "desk/desk_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

enum { FREE_TRIES = 3, FIRST_WAIT_MS = 5000, MOST_WAIT_MS = 60 * 1000 };

// ---- finding ----

static enum status find_by_code(struct desk *desk, const char *text, uint64_t *ticket_out)
{
    struct store *store = desk->config.store;
    size_t length = strlen(text), count = 0;
    uint64_t tickets[2];
    enum status status;

    if (length == 0 || length > FOREIGN_CODE_MAX_BYTES || !text_is_utf8(text, length)) return STATUS_MISSING;
    status = store->ops->find_foreign(store, desk->config.event->number, text, length, tickets, &count);
    if (status != STATUS_OK) return status;
    if (count != 1) return STATUS_MISSING; // nobody, or not one person
    *ticket_out = tickets[0];
    return STATUS_OK;
}

static enum status find(struct desk *desk, const char *text, struct guest *out)
{
    struct store *store = desk->config.store;
    uint32_t event = desk->config.event->number;
    uint64_t ticket = 0;
    enum status status = STATUS_MISSING;

    if (ticket_number_parse(text, &ticket) == STATUS_OK) status = store->ops->find_guest(store, event, ticket, out);
    if (status != STATUS_MISSING) return status;
    if ((status = find_by_code(desk, text, &ticket)) != STATUS_OK) return status;
    return store->ops->find_guest(store, event, ticket, out);
}

// Before a PIN anybody may stand here: no more than the screen shows to everybody.
static void tell_found(struct desk *desk, const struct guest *guest, struct notice *out)
{
    out->is_found = true;
    out->ticket = guest->ticket;
    out->group = guest->group;
    if (desk->config.event->shows_names) desk_tell_first_name(out->first_name, guest->name);
}

static void tell_unlocked(struct desk *desk, const struct guest *guest, struct notice *out)
{
    struct store *store = desk->config.store;
    struct history history = {0};

    out->is_unlocked = true;
    out->class_id = guest->class_id;
    text_make_showable(out->full_name, sizeof out->full_name, guest->name, strlen(guest->name));
    text_make_showable(out->company, sizeof out->company, guest->company, strlen(guest->company));
    text_make_showable(out->note, sizeof out->note, guest->note, strlen(guest->note));
    if (store->ops->find_history(store, desk->config.event->number, desk->list, guest, &history) != STATUS_OK)
        return; // only an addition; admitting asks again
    if (!history.ticket.is_entry) return;
    out->earlier_unix_ms = history.ticket.unix_ms;
    text_copy(out->earlier_gate, sizeof out->earlier_gate, history.ticket.gate);
}

static void obey_find(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    bool is_staff = command->kind == COMMAND_PERSON;
    struct guest guest;
    enum status status = desk_recover(desk);

    if (status == STATUS_OK && !is_staff) status = find(desk, command->text, &guest);
    if (status == STATUS_OK && is_staff)
        status = store->ops->find_guest(store, desk->config.event->number, command->ticket, &guest);
    if (status == STATUS_OK) tell_found(desk, &guest, out);
    if (status == STATUS_OK && is_staff) tell_unlocked(desk, &guest, out);
    if (status == STATUS_OK || status == STATUS_MISSING) return;
    desk->needs_recovery = true;
    out->kind = NOTICE_NOT_SAVED;
}

// ---- the PIN ----

static int64_t wait_after(uint32_t wrong_count)
{
    int64_t wait_ms = FIRST_WAIT_MS;

    if (wrong_count < FREE_TRIES) return 0;
    for (uint32_t i = FREE_TRIES; i < wrong_count && wait_ms < MOST_WAIT_MS; i++) wait_ms *= 2;
    return wait_ms < MOST_WAIT_MS ? wait_ms : MOST_WAIT_MS;
}

// One verifier; every one is tried in any case, so that the time taken tells nothing. True: it was the last.
static bool try_verifier(const struct event *event, const char *pin, struct trial *trial)
{
    if (trial->tried_count < event->pin_count) {
        const char *verifier = event->pins[trial->tried_count++];
        if (crypto_pwhash_str_verify(verifier, pin, strlen(pin)) == 0) trial->is_right = true;
    }
    return trial->tried_count >= event->pin_count;
}

// LATER: not all verifiers were tried. INVALID: refused, and for how long the next try will be.
static enum status check_pin(struct desk *desk, const char *pin, int64_t mono_ms, int64_t *wait_ms_out)
{
    struct patience *patience = &desk->patience;
    struct trial *trial = &desk->trial;

    if (trial->tried_count > 0 || mono_ms >= patience->until_mono_ms) {
        if (!try_verifier(desk->config.event, pin, trial)) return STATUS_LATER;
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

// ---- obeying ----

static void obey_admit(struct desk *desk, const struct command *command, struct notice *out)
{
    struct arrival arrival = {
        .via = CODE_VIA_HAND, .mono_ms = command->mono_ms, .is_picked = true, .ticket = command->ticket, .text = ""};

    desk_receive(desk, &arrival, 1, out);
}

// That the database opens and can be read says nothing about a full disk: a real record has to reach it.
static enum status prove_disk(struct desk *desk)
{
    struct store *store = desk->config.store;
    struct record proof = desk_note_count_check(desk);
    uint64_t seq = 0;
    enum status status = desk_recover(desk);

    if (status == STATUS_OK) status = store->ops->append(store, &proof, &seq);
    if (status != STATUS_OK) desk->needs_recovery = true;
    return status;
}

static void obey_retry(struct desk *desk, struct notice *out)
{
    enum status status = prove_disk(desk);

    if (status == STATUS_OK) desk_offer_lost(desk);
    if (status == STATUS_OK) return;
    log_error("the disk still keeps nothing: %s", status_words(status));
    out->kind = NOTICE_NOT_SAVED;
}

static void open_session(struct desk *desk, int64_t mono_ms, struct notice *out)
{
    randombytes_buf(&desk->session, sizeof desk->session);
    desk->session |= 1; // never 0
    desk->session_until_ms = mono_ms + DESK_SESSION_MS;
    *out = (struct notice){.kind = NOTICE_UNLOCKED, .mono_ms = out->mono_ms, .session = desk->session};
}

static bool has_session(struct desk *desk, const struct command *command, int64_t mono_ms)
{
    if (desk->session == 0 || command->session != desk->session || mono_ms >= desk->session_until_ms) return false;
    desk->session_until_ms = mono_ms + DESK_SESSION_MS;
    return true;
}

static void obey(struct desk *desk, const struct command *command, int64_t mono_ms, struct notice *out)
{
    bool is_anybodys = command->kind == COMMAND_FIND || command->kind == COMMAND_RETRY;

    out->kind = NOTICE_LOCKED;
    if (!is_anybodys && !has_session(desk, command, mono_ms)) return;
    if (command->kind == COMMAND_FIND || command->kind == COMMAND_PERSON) {
        out->kind = NOTICE_FOUND;
        obey_find(desk, command, out);
    } else if (command->kind == COMMAND_ADMIT) {
        obey_admit(desk, command, out);
    } else if (command->kind == COMMAND_RETRY) {
        out->kind = NOTICE_COUNT;
        obey_retry(desk, out);
    }
}

bool desk_obey(struct desk *desk, struct command *command, int64_t mono_ms, struct notice *out)
{
    enum status pin;

    *out = (struct notice){.kind = NOTICE_PIN, .mono_ms = command->mono_ms};
    if (command->kind == COMMAND_UNLOCK) {
        pin = check_pin(desk, command->text, mono_ms, &out->wait_ms);
        if (pin == STATUS_LATER) return false;
        if (pin == STATUS_OK) open_session(desk, mono_ms, out);
        sodium_memzero(command->text, sizeof command->text);
    } else {
        obey(desk, command, mono_ms, out);
    }
    out->headcount = desk->headcount;
    if (out->kind == NOTICE_NOT_SAVED) out->verdict.reason = REASON_ERROR;
    return true;
}
