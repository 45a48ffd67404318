#include "verdict/second_opinion.h"

bool opinion_is_of_ours(const struct question *question)
{
    const struct guest *guest = &question->guest;

    if (question->claim == CLAIM_TICKET) {
        bool is_beyond_its_key =
            question->is_walk_in_only && guest->is_listed && guest->class_id != question->ticket.class_id;
        return question->ticket.event == question->event && question->is_genuine && !is_beyond_its_key;
    }
    return question->claim == CLAIM_ROSTER && question->guest.is_listed;
}

bool opinion_breaks_a_time_rule(const struct question *question)
{
    const struct ticket *ticket = &question->ticket;
    bool is_wrong_day =
        question->claim == CLAIM_TICKET && (ticket->from_day > question->today || ticket->until_day < question->today);

    return is_wrong_day || question->unix_ms < question->list.opens_ms ||
           (question->list.closes_ms > 0 && question->list.closes_ms <= question->unix_ms);
}

static bool is_of_another_kind(const struct question *question)
{
    const struct guest *guest = &question->guest;
    uint8_t class_id = guest->is_listed ? guest->class_id : question->ticket.class_id;
    uint8_t group = guest->is_listed ? guest->group : question->ticket.group;
    const struct list *list = &question->list;

    return (!id_set_is_empty(&list->classes) && !id_set_has(&list->classes, class_id)) ||
           (!id_set_is_empty(&list->groups) && group != 0 && !id_set_has(&list->groups, group));
}

bool opinion_is_fresh(const struct past *past)
{
    return past->is_known && past->unix_ms <= 1000 && past->unix_ms > 1000 - DECIDE_TOGGLE_MS;
}

enum meaning opinion_meaning(const struct question *question)
{
    const struct past *person = &question->history.person;

    if (question->is_forced || question->list.mode != LIST_MODE_IN_OUT) return COMING;
    switch (question->direction) {
    case DIRECTION_ENTRY:
        return COMING;
    case DIRECTION_EXIT:
        return GOING;
    case DIRECTION_AUTO:
        break;
    }
    if (opinion_is_fresh(person)) return SAME_AGAIN;
    return person->is_entry ? GOING : COMING;
}

// Whether what a list gives once was given: its own definition of whom it looks at.
static bool has_it(const struct question *question)
{
    const struct history *history = &question->history;

    switch (question->list.mode) {
    case LIST_MODE_ONCE:
        return history->ticket.is_entry;
    case LIST_MODE_IN_OUT:
        return history->person.is_entry || opinion_meaning(question) == SAME_AGAIN;
    case LIST_MODE_ROLL_CALL:
        return history->person.is_entry && !history->is_signed_off && !history->is_of_another;
    case LIST_MODE_HAND_OUT:
        return history->person.is_entry && !question->is_forced;
    }
    return false;
}

// Whether the office's rules are asked at all: of those who come in, and whom nobody forces in.
bool opinion_is_bound(const struct question *question)
{
    bool travels = question->list.mode == LIST_MODE_ROLL_CALL && question->history.is_aboard;

    return opinion_meaning(question) == COMING && !question->is_forced && !travels;
}

// Whether the reason, taken alone, is true of the question. Order doesn't matter here.
bool opinion_is_true(enum reason reason, const struct question *question)
{
    const struct guest *guest = &question->guest;
    bool is_ticket = question->claim == CLAIM_TICKET;
    int generation = is_ticket ? question->ticket.generation : GUEST_WITHDRAWN - 1;
    bool is_checked = opinion_is_bound(question), is_on_roster = is_checked && guest->is_listed;

    switch (reason) {
    case REASON_ERROR:
        return (int)question->list.mode > LIST_MODE_HAND_OUT;
    case REASON_AMBIGUOUS:
        return question->claim == CLAIM_AMBIGUOUS;
    case REASON_WRONG_EVENT:
        return is_ticket && question->ticket.event != question->event;
    case REASON_INVALID:
        return !opinion_is_of_ours(question);
    case REASON_REVOKED:
        return is_on_roster && guest->least_generation > generation;
    case REASON_UNPAID:
        return is_on_roster && guest->status == GUEST_STATUS_UNPAID;
    case REASON_BLOCKED:
        return is_on_roster && guest->status == GUEST_STATUS_BLOCKED;
    case REASON_CANCELED:
        return is_on_roster && guest->status == GUEST_STATUS_CANCELED;
    case REASON_PRODUCT:
        return is_checked && is_of_another_kind(question);
    case REASON_INVALID_TIME:
        return is_checked && question->is_clock_trusted && opinion_breaks_a_time_rule(question);
    case REASON_RULES:
        return (is_ticket && question->ticket.is_practice) ||
               (is_checked && question->list.after && !question->history.has_passed_after);
    case REASON_ALREADY_REDEEMED:
        return opinion_meaning(question) != GOING && has_it(question);
    case REASON_FULL:
        return is_checked && question->list.capacity > 0 && question->inside + 1 > question->list.capacity &&
               !question->history.person.is_entry;
    case REASON_EXHAUSTED:
        return is_checked && question->list.mode == LIST_MODE_HAND_OUT && question->is_stock_limited &&
               question->left < 1;
    case REASON_OK:
        return false;
    }
    return false;
}

bool opinion_is_refused(const struct question *question)
{
    for (int reason = 0; reason <= REASON_EXHAUSTED; reason++)
        if (opinion_is_true((enum reason)reason, question)) return true;
    return false;
}
