// staff.c -- finding and admitting by hand. The same rules hold as for a scan; a PIN of the event opens the way.
#define LOG_MODULE "desk"

#include "desk/desk_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

enum { FREE_TRIES = 3, FIRST_WAIT_MS = 5000, MOST_WAIT_MS = 5 * 60 * 1000 };

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

static void tell_found(struct desk *desk, const struct guest *guest, struct notice *out)
{
    struct store *store = desk->config.store;
    struct history history = {0};

    out->is_found = true;
    out->ticket = guest->ticket;
    out->class_id = guest->class_id;
    out->group = guest->group;
    text_make_showable(out->first_name, sizeof out->first_name, guest->name, strlen(guest->name));
    text_make_showable(out->company, sizeof out->company, guest->company, strlen(guest->company));
    text_make_showable(out->note, sizeof out->note, guest->note, strlen(guest->note));
    if (store->ops->find_history(store, desk->config.event->number, desk->list, guest->ticket, &history) != STATUS_OK)
        return; // only an addition; admitting asks again
    if (!history.is_inside) return;
    out->earlier_unix_ms = history.unix_ms;
    text_copy(out->earlier_gate, sizeof out->earlier_gate, history.gate);
}

static void obey_find(struct desk *desk, const struct command *command, struct notice *out)
{
    struct guest guest;
    enum status status = desk_recover(desk);

    if (status == STATUS_OK) status = find(desk, command->text, &guest);
    if (status == STATUS_OK) tell_found(desk, &guest, out);
    if (status == STATUS_OK || status == STATUS_MISSING) return;
    desk->needs_recovery = true;
    out->kind = NOTICE_NOT_SAVED;
}

// ---- admitting ----

// Every verifier is tried in any case, so that the time taken tells nothing.
static bool is_staff_pin(const struct event *event, const char *pin)
{
    bool is_right = false;

    for (size_t i = 0; i < event->pin_count; i++)
        if (crypto_pwhash_str_verify(event->pins[i], pin, strlen(pin)) == 0) is_right = true;
    return is_right;
}

static int64_t wait_after(uint32_t wrong_count)
{
    int64_t wait_ms = FIRST_WAIT_MS;

    if (wrong_count < FREE_TRIES) return 0;
    for (uint32_t i = FREE_TRIES; i < wrong_count && wait_ms < MOST_WAIT_MS; i++) wait_ms *= 2;
    return wait_ms < MOST_WAIT_MS ? wait_ms : MOST_WAIT_MS;
}

// False: refused, and for how long the next try will be.
static bool check_pin(struct desk *desk, const char *pin, int64_t mono_ms, int64_t *wait_ms_out)
{
    struct patience *patience = &desk->patience;

    if (mono_ms >= patience->until_mono_ms) {
        if (is_staff_pin(desk->config.event, pin)) {
            *patience = (struct patience){0};
            return true;
        }
        patience->wrong_count++;
        patience->until_mono_ms = mono_ms + wait_after(patience->wrong_count);
        log_warn("a wrong staff PIN was entered tries=%u", patience->wrong_count);
    }
    *wait_ms_out = patience->until_mono_ms - mono_ms;
    return false;
}

static void obey_admit(struct desk *desk, const struct command *command, int64_t mono_ms, struct notice *out)
{
    struct arrival arrival = {
        .via = CODE_VIA_HAND, .mono_ms = command->mono_ms, .is_picked = true, .ticket = command->ticket, .text = ""};

    if (check_pin(desk, command->pin, mono_ms, &out->wait_ms)) desk_receive(desk, &arrival, 1, out);
}

static void obey_retry(struct desk *desk, struct notice *out)
{
    if (desk_recover(desk) != STATUS_OK) out->kind = NOTICE_NOT_SAVED;
}

void desk_obey(struct desk *desk, struct command *command, int64_t mono_ms, struct notice *out)
{
    static const enum notice_kind answers[] = {
        [COMMAND_FIND] = NOTICE_FOUND, [COMMAND_ADMIT] = NOTICE_PIN, [COMMAND_RETRY] = NOTICE_COUNT};

    *out = (struct notice){.kind = answers[command->kind], .mono_ms = command->mono_ms};
    switch (command->kind) {
    case COMMAND_FIND:
        obey_find(desk, command, out);
        break;
    case COMMAND_ADMIT:
        obey_admit(desk, command, mono_ms, out);
        break;
    case COMMAND_RETRY:
        obey_retry(desk, out);
        break;
    }
    sodium_memzero(command->pin, sizeof command->pin);
    out->headcount = desk->headcount;
    if (out->kind == NOTICE_NOT_SAVED) out->verdict.reason = REASON_ERROR;
}
