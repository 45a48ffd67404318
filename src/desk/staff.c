// staff.c -- finding people, and admitting, forcing and letting them out by hand. The same rules hold as for a scan.
#include "desk/obey.h"

#include "base/text.h"

#include <string.h>

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

    if (ticket_number_parse(text, &ticket) == STATUS_OK) status = desk_find_picked(desk, ticket, out);
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
    struct history history = {0};

    out->is_unlocked = true;
    out->class_id = guest->class_id;
    out->status = guest->status;
    out->has_note = guest->note[0] != '\0';
    out->has_ticket_here = desk_has_ticket(desk, guest);
    text_make_showable(out->full_name, sizeof out->full_name, guest->name, strlen(guest->name));
    text_make_showable(out->company, sizeof out->company, guest->company, strlen(guest->company));
    text_make_showable(out->note, sizeof out->note, guest->note, strlen(guest->note));
    if (desk_history(desk, desk->list, guest, &history) != STATUS_OK) return; // only an addition; admitting asks again
    out->is_signed_off = history.is_signed_off;
    if (history.ticket.is_known) out->seq = history.ticket.seq; // may be taken back
    if (!history.person.is_entry) return;
    out->earlier_unix_ms = history.person.unix_ms;
    text_copy(out->earlier_gate, sizeof out->earlier_gate, history.person.gate);
}

// MISSING is an answer: nobody.
static void answer(struct desk *desk, enum status status, struct notice *out)
{
    if (status == STATUS_OK || status == STATUS_MISSING) return;
    desk->needs_recovery = true;
    out->kind = NOTICE_NOT_SAVED;
}

void desk_obey_find(struct desk *desk, const struct command *command, struct notice *out)
{
    struct guest guest;
    enum status status = desk_recover(desk);

    if (status == STATUS_OK) status = find(desk, command->text, &guest);
    if (status == STATUS_OK) tell_found(desk, &guest, out);
    answer(desk, status, out);
}

void desk_obey_person(struct desk *desk, const struct command *command, struct notice *out)
{
    struct guest guest;
    enum status status = desk_recover(desk);

    if (status == STATUS_OK) status = desk_find_picked(desk, command->ticket, &guest);
    if (status == STATUS_OK) tell_found(desk, &guest, out);
    if (status == STATUS_OK) tell_unlocked(desk, &guest, out);
    answer(desk, status, out);
}

// ---- in and out ----

static struct arrival picked(const struct command *command, enum direction direction)
{
    return (struct arrival){.via = CODE_VIA_HAND,
                            .mono_ms = command->mono_ms,
                            .is_picked = true,
                            .ticket = command->ticket,
                            .text = "",
                            .direction = direction};
}

void desk_obey_admit(struct desk *desk, const struct command *command, struct notice *out)
{
    struct arrival arrival = picked(command, desk->stance.direction);

    desk_receive(desk, &arrival, 1, out);
}

void desk_obey_force(struct desk *desk, const struct command *command, struct notice *out)
{
    struct arrival arrival = picked(command, DIRECTION_ENTRY);
    char why[RECORD_WHY_SIZE];

    out->kind = NOTICE_TOO_LATE; // without a reason
    if (!desk_take_text(command->text, why, sizeof why)) return;
    arrival.is_forced = true;
    arrival.why = why;
    desk_receive(desk, &arrival, 1, out);
}

// Out of the house, or off the bus for good. Who came to a list without exits stays on it.
void desk_obey_exit(struct desk *desk, const struct command *command, struct notice *out)
{
    struct arrival arrival = picked(command, DIRECTION_EXIT);
    char why[RECORD_WHY_SIZE];
    bool has_why = desk_take_text(command->text, why, sizeof why);

    arrival.is_signed_off = desk->list->mode == LIST_MODE_ROLL_CALL;
    arrival.why = has_why ? why : NULL;
    out->kind = NOTICE_TOO_LATE;
    if (arrival.is_signed_off ? !has_why : desk->list->mode != LIST_MODE_IN_OUT) return;
    desk_receive(desk, &arrival, 1, out);
    if (out->kind == NOTICE_VERDICT && out->verdict.reason == REASON_OK) out->kind = NOTICE_DONE;
}
