// ask.c -- what the rules need to know about an arrival.
#define LOG_MODULE "desk"

#include "desk/desk_parts.h"

#include "base/text.h"

// A genuine ticket the roster doesn't know is a guest too: its signature admits it.
static enum status ask_guest(struct desk *desk, uint64_t ticket, struct guest *out)
{
    struct store *store = desk->config.store;
    enum status status = store->ops->find_guest(store, desk->config.event->number, ticket, out);

    if (status != STATUS_MISSING) return status;
    *out = (struct guest){.ticket = ticket};
    return STATUS_OK;
}

static const struct stranger *find_stranger(const struct desk *desk, uint64_t ticket)
{
    for (size_t i = 0; i < DESK_MOST_STRANGERS && i < desk->stranger_count; i++)
        if (desk->strangers[i].ticket == ticket) return &desk->strangers[i];
    return NULL;
}

static void remember_stranger(struct desk *desk, const struct ticket *ticket)
{
    if (ticket->is_practice || find_stranger(desk, ticket->number)) return;
    desk->strangers[desk->stranger_count++ % DESK_MOST_STRANGERS] =
        (struct stranger){.ticket = ticket->number, .class_id = ticket->class_id, .group = ticket->group};
}

static enum status claim_ticket(struct desk *desk, struct question *question)
{
    const struct event *event = desk->config.event;

    question->claim = CLAIM_TICKET;
    if (question->ticket.event != event->number) return STATUS_OK;
    question->is_genuine = keyset_vouches_for(&event->keyset, &question->ticket);
    question->is_walk_in_only = keyset_is_walk_in_only(&event->keyset, &question->ticket);
    if (!question->is_genuine) return STATUS_OK;
    enum status status = ask_guest(desk, question->ticket.number, &question->guest);
    if (status == STATUS_OK && !question->guest.is_listed) remember_stranger(desk, &question->ticket);
    return status;
}

static enum status claim_roster(struct desk *desk, uint64_t ticket, struct question *question)
{
    enum status status = ask_guest(desk, ticket, &question->guest);

    if (status == STATUS_OK) question->claim = question->guest.is_listed ? CLAIM_ROSTER : CLAIM_NOTHING;
    return status;
}

static enum status claim_foreign(struct desk *desk, const struct arrival *arrival, struct question *question)
{
    struct store *store = desk->config.store;
    uint64_t tickets[2];
    size_t count = 0;
    enum status status;

    question->claim = CLAIM_NOTHING;
    if (arrival->length == 0 || arrival->length > FOREIGN_CODE_MAX_BYTES) return STATUS_OK;
    if (!text_is_utf8(arrival->text, arrival->length)) return STATUS_OK;
    status =
        store->ops->find_foreign(store, desk->config.event->number, arrival->text, arrival->length, tickets, &count);
    if (status != STATUS_OK) return status;
    if (count == 1) return claim_roster(desk, tickets[0], question);
    if (count > 1) question->claim = CLAIM_AMBIGUOUS;
    return STATUS_OK;
}

// Staff pick from what the log knows, too, and who was shown lately: a ticket the roster never heard of had a genuine
// signature when it came.
enum status desk_find_picked(struct desk *desk, uint64_t ticket, struct guest *out)
{
    const struct stranger *stranger = find_stranger(desk, ticket);
    struct history history = {0};
    struct guest guest;
    enum status status = ask_guest(desk, ticket, &guest);

    if (status == STATUS_OK && !guest.is_listed) status = desk_history_ever(desk, desk->list, &guest, &history);
    if (status != STATUS_OK) return status;
    if (!guest.is_listed && !history.ticket.is_known && !stranger) return STATUS_MISSING;
    if (!guest.is_listed && stranger) {
        guest.class_id = stranger->class_id;
        guest.group = stranger->group;
    }
    guest.is_listed = true;
    *out = guest;
    return STATUS_OK;
}

static enum status claim_picked(struct desk *desk, uint64_t ticket, struct question *question)
{
    enum status status = desk_find_picked(desk, ticket, &question->guest);

    question->claim = status == STATUS_OK ? CLAIM_ROSTER : CLAIM_NOTHING;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status ask_claim(struct desk *desk, const struct arrival *arrival, struct question *question)
{
    struct ticket_flaw flaw = {.what = TICKET_FAULT_NONE};

    if (arrival->is_picked) return claim_picked(desk, arrival->ticket, question);
    if (ticket_parse(arrival->text, arrival->length, &question->ticket, &flaw) == STATUS_OK)
        return claim_ticket(desk, question);
    // A text of a ticket's shape that is none is nobody's foreign code either.
    if (flaw.what == TICKET_FAULT_LENGTH || flaw.what == TICKET_FAULT_DIGITS)
        return claim_foreign(desk, arrival, question);
    question->claim = CLAIM_NOTHING;
    return STATUS_OK;
}

bool desk_is_stray(const struct arrival *arrival, const struct question *question)
{
    struct ticket ticket;
    struct ticket_flaw flaw = {.what = TICKET_FAULT_NONE};

    if (arrival->is_picked || question->claim != CLAIM_NOTHING) return false;
    if (ticket_parse(arrival->text, arrival->length, &ticket, &flaw) == STATUS_OK) return false;
    return flaw.what == TICKET_FAULT_LENGTH || flaw.what == TICKET_FAULT_DIGITS;
}

struct question desk_question(const struct desk *desk)
{
    struct clock *clock = desk->config.clock;
    const struct headcount *headcount = desk_headcount(desk);
    struct question question = {
        .event = desk->config.event->number,
        .list = *desk->list,
        .inside = headcount->inside,
        .is_stock_limited = headcount->is_limited,
        .left = headcount->left,
        .unix_ms = clock->ops->unix_ms(clock),
        .is_clock_trusted = clock_state_is_trusted(clock->ops->state(clock)),
    };

    question.today = clock_local_day(question.unix_ms);
    return question;
}

enum status desk_ask(struct desk *desk, const struct arrival *arrival, struct question *out)
{
    enum status status;

    *out = desk_question(desk);
    out->direction = arrival->direction;
    out->is_forced = arrival->is_forced;
    if ((status = ask_claim(desk, arrival, out)) != STATUS_OK) return status;
    return question_is_vouched_for(out) ? desk_history(desk, desk->list, &out->guest, &out->history) : STATUS_OK;
}

// Current is what would be let in at a door without limits of its own.
static bool is_current(const struct question *question)
{
    struct question plain = *question;
    struct verdict verdict;

    plain.list = (struct list){.id = question->list.id, .mode = LIST_MODE_ONCE};
    plain.history = (struct history){0};
    decide(&plain, &verdict);
    return verdict.reason == REASON_OK;
}

bool desk_is_staff_ticket(const struct desk *desk, const struct question *question)
{
    const struct guest *guest = &question->guest;
    const struct event_label *class;

    if (!session_wants_ticket(&desk->session, desk->now_ms)) return false;
    if (question->claim != CLAIM_TICKET || question->is_walk_in_only || !question_is_vouched_for(question))
        return false;
    class = event_class(desk->config.event, guest->is_listed ? guest->class_id : question->ticket.class_id);
    return class && class->is_staff && is_current(question);
}
