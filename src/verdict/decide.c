#include "verdict/decide.h"

#include "verdict/modes.h"

bool question_is_vouched_for(const struct question *question)
{
    const struct guest *guest = &question->guest;

    if (question->claim == CLAIM_ROSTER) return guest->is_listed;
    if (question->claim != CLAIM_TICKET || !question->is_genuine) return false;
    return !question->is_walk_in_only || !guest->is_listed || guest->class_id == question->ticket.class_id;
}

// Whether it is a ticket of ours at all. The keys of another event are unknown here, so "wrong event" is said before
// anything is known about the signature: it costs nothing, since neither answer opens the door.
static enum reason judge_claim(const struct question *question)
{
    if (question->claim == CLAIM_AMBIGUOUS) return REASON_AMBIGUOUS;
    if (question->claim == CLAIM_TICKET && question->ticket.event != question->event) return REASON_WRONG_EVENT;
    return question_is_vouched_for(question) ? REASON_OK : REASON_INVALID;
}

// A code without a generation of its own is revoked only where all generations are.
static bool is_revoked(const struct question *question)
{
    unsigned least = question->guest.least_generation;

    if (question->claim == CLAIM_TICKET) return question->ticket.generation < least;
    return least >= GUEST_WITHDRAWN;
}

static enum reason judge_guest(const struct question *question)
{
    if (!question->guest.is_listed) return REASON_OK; // a genuine signature is enough
    if (is_revoked(question)) return REASON_REVOKED;
    switch (question->guest.status) {
    case GUEST_STATUS_OK:
        return REASON_OK;
    case GUEST_STATUS_UNPAID:
        return REASON_UNPAID;
    case GUEST_STATUS_BLOCKED:
        return REASON_BLOCKED;
    case GUEST_STATUS_CANCELED:
        return REASON_CANCELED;
    }
    return REASON_ERROR;
}

// The roster is newer than the paper, so its class and group win over the ticket's.
static bool is_for_list(const struct question *question)
{
    const struct guest *guest = &question->guest;
    const struct ticket *ticket = &question->ticket;

    if (guest->is_listed) return list_takes(&question->list, guest->class_id, guest->group);
    return list_takes(&question->list, ticket->class_id, ticket->group);
}

static bool is_in_time(const struct question *question)
{
    const struct list *list = &question->list;
    const struct ticket *ticket = &question->ticket;

    if (question->claim == CLAIM_TICKET && (question->today < ticket->from_day || question->today > ticket->until_day))
        return false;
    if (list->opens_ms && question->unix_ms < list->opens_ms) return false;
    return !list->closes_ms || question->unix_ms < list->closes_ms;
}

// What the office ruled for this list: none of it binds staff who force somebody in.
static enum reason judge_rules(const struct question *question, struct verdict *out)
{
    enum reason reason;

    if ((reason = judge_guest(question)) != REASON_OK) return reason;
    if (!is_for_list(question)) return REASON_PRODUCT;
    if (!is_in_time(question)) {
        if (question->is_clock_trusted) return REASON_INVALID_TIME;
        out->is_clock_doubtful = true;
    }
    return question->list.after && !question->history.has_passed_after ? REASON_RULES : REASON_OK;
}

static enum reason judge_same_scan(const struct question *question, struct verdict *out)
{
    out->is_friendly = true;
    out->is_exit = !question->history.person.is_entry;
    return REASON_ALREADY_REDEEMED;
}

// Somebody whose ticket is ours. An exit is never refused: nobody is held inside.
static enum reason judge_guest_of_ours(const struct question *question, struct verdict *out)
{
    enum reason reason;

    if (mode_is_same_scan(question)) return judge_same_scan(question, out);
    if (mode_is_exit(question)) {
        out->is_exit = true;
        return REASON_OK;
    }
    if (mode_is_bound(question) && (reason = judge_rules(question, out)) != REASON_OK) return reason;
    return mode_judge_entry(question, out);
}

static bool is_known_mode(enum list_mode mode)
{
    switch (mode) {
    case LIST_MODE_ONCE:
    case LIST_MODE_IN_OUT:
    case LIST_MODE_ROLL_CALL:
    case LIST_MODE_HAND_OUT:
        return true;
    }
    return false;
}

static enum reason judge(const struct question *question, struct verdict *out)
{
    enum reason reason;

    if (!is_known_mode(question->list.mode)) return REASON_ERROR;
    if ((reason = judge_claim(question)) != REASON_OK) return reason;
    if (question->claim == CLAIM_TICKET && question->ticket.is_practice) {
        out->is_practice = true;
        return REASON_RULES;
    }
    return judge_guest_of_ours(question, out);
}

void decide(const struct question *question, struct verdict *out)
{
    struct verdict verdict = {0};

    verdict.reason = judge(question, &verdict);
    *out = verdict;
}
