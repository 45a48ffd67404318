#include "verdict/modes.h"

const struct past *question_earlier(const struct question *question)
{
    const struct history *history = &question->history;

    return question->list.mode == LIST_MODE_ONCE ? &history->ticket : &history->person;
}

// A clock that was set back between the two scans makes the first one later than now: nothing is known then.
static bool is_a_moment_ago(const struct question *question)
{
    const struct past *last = &question->history.person;

    if (!last->is_known || last->unix_ms > question->unix_ms) return false;
    return (uint64_t)question->unix_ms - (uint64_t)last->unix_ms < DECIDE_TOGGLE_MS; // no overflow, however far apart
}

bool mode_is_same_scan(const struct question *question)
{
    if (question->list.mode != LIST_MODE_IN_OUT || question->is_forced) return false;
    return question->direction == DIRECTION_AUTO && is_a_moment_ago(question);
}

bool mode_is_exit(const struct question *question)
{
    if (question->list.mode != LIST_MODE_IN_OUT || question->is_forced) return false;
    if (question->direction == DIRECTION_AUTO) return question->history.person.is_entry;
    return question->direction == DIRECTION_EXIT;
}

bool mode_is_bound(const struct question *question)
{
    bool travels = question->list.mode == LIST_MODE_ROLL_CALL && question->history.is_aboard;

    return !question->is_forced && !travels;
}

// Who was signed off is no longer aboard, whatever this round says: with a scan they are back.
static bool is_in_already(const struct question *question)
{
    const struct history *history = &question->history;

    if (question->list.mode == LIST_MODE_ONCE) return history->ticket.is_entry;
    // Whom the roster gave the ticket since then is still missing: "already here" would leave no record of them.
    if (question->list.mode == LIST_MODE_ROLL_CALL && (history->is_signed_off || history->is_of_another)) return false;
    return history->person.is_entry;
}

static bool is_friendly(const struct question *question)
{
    if (question->list.mode == LIST_MODE_ROLL_CALL) return true;
    return question->list.mode == LIST_MODE_IN_OUT && is_a_moment_ago(question);
}

// Who is counted already (once: by another ticket of theirs) takes no further place.
static bool is_full(const struct question *question)
{
    const struct list *list = &question->list;

    return list->capacity > 0 && question->inside >= list->capacity && !question->history.person.is_entry;
}

enum reason mode_judge_entry(const struct question *question, struct verdict *out)
{
    bool is_hand_out = question->list.mode == LIST_MODE_HAND_OUT;

    if (is_in_already(question) && !(is_hand_out && question->is_forced)) {
        out->is_friendly = is_friendly(question);
        return REASON_ALREADY_REDEEMED;
    }
    if (!mode_is_bound(question)) return REASON_OK;
    if (is_hand_out && question->is_stock_limited && question->left <= 0) return REASON_EXHAUSTED;
    return is_full(question) ? REASON_FULL : REASON_OK;
}
