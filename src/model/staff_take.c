#include "model/form.h"
#include "model/staff_parts.h"

#include "base/text.h"

#include <string.h>

static bool is_shown(const struct model *model)
{
    return form_page(model) == PAGE_STAFF && model->staff.session != 0;
}

// Of the question that is open, and not of one that was given up or of another screen's.
static bool is_answer(const struct model *model, enum command_kind asked)
{
    return is_shown(model) && model->asked_ms != 0 && model->staff.asked == asked;
}

static void settle(struct model *model, enum staff_done done, uint64_t seq)
{
    model->asked_ms = 0;
    model->staff.done = done;
    model->staff.done_seq = seq;
    staff_refresh(model);
}

static void take_person(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (!is_answer(model, COMMAND_PERSON)) return;
    settle(model, STAFF_DONE_NOTHING, 0);
    if (notice->is_found && notice->is_unlocked) {
        staff->person = *notice;
        if (notice->seq != 0) staff->person_seq = notice->seq;
        return;
    }
    // A new roster came meanwhile.
    staff->done = STAFF_DONE_NOBODY;
    staff_turn(model, staff->back, mono_ms);
}

// Shown as it was when they registered, to be photographed: that takes a while.
static void take_ticket(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    if (!is_answer(model, COMMAND_TICKET)) return;
    settle(model, STAFF_DONE_NOTHING, 0);
    if (notice->ticket_count == 0 || model->staff.page != STAFF_PERSON) return;
    staff_turn(model, STAFF_TICKET, mono_ms);
    text_copy(model->staff.ticket, sizeof model->staff.ticket, notice->tickets[0]);
    model->touched_ms = mono_ms;
}

static enum staff_done done_of(const struct model *model, const struct notice *notice)
{
    switch (notice->asked) {
    case COMMAND_EXIT:
        return model->config.list->mode == LIST_MODE_ROLL_CALL ? STAFF_DONE_SIGNED_OFF : STAFF_DONE_OUT;
    case COMMAND_UNDO:
        return STAFF_DONE_UNDONE;
    case COMMAND_ROUND:
        return STAFF_DONE_ROUND;
    case COMMAND_STOCK:
        return STAFF_DONE_STOCK;
    case COMMAND_SERVE:
        return STAFF_DONE_SERVE;
    case COMMAND_PRACTISE:
        return STAFF_DONE_PRACTISE;
    case COMMAND_SCHEDULE:
    case COMMAND_FIND:
    case COMMAND_RETRY:
    case COMMAND_UNLOCK:
    case COMMAND_LOCK:
    case COMMAND_WALK_IN:
    case COMMAND_TOUCH:
    case COMMAND_PERSON:
    case COMMAND_TICKET:
    case COMMAND_ADMIT:
    case COMMAND_FORCE:
    case COMMAND_REMEMBER:
    case COMMAND_SEARCH:
    case COMMAND_MISSING:
    case COMMAND_RECENT:
    case COMMAND_CENSUS:
    case COMMAND_PAIR:
    case COMMAND_EXPORT:
    case COMMAND_SYNC:
    case COMMAND_HUB:
        break; // sync's and the hub's state tell
    }
    return STAFF_DONE_NOTHING;
}

// Where it goes on after something was done on a page.
static void go_on(struct model *model, enum command_kind asked, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    enum staff_page from = staff->page == STAFF_REASON ? staff->reason_back : staff->page;

    if (asked == COMMAND_ROUND) staff_turn(model, STAFF_MISSING, mono_ms); // who is to be read out now
    else if (asked == COMMAND_STOCK) staff_turn(model, STAFF_STOCK, mono_ms);
    else if (from == STAFF_PERSON && asked == COMMAND_UNDO) {
        staff_turn(model, STAFF_PERSON, mono_ms); // they may be let in anew
        staff->person_seq = 0;
        staff_ask_person(model, staff->person.ticket, mono_ms);
    } else if (from == STAFF_PERSON && staff->is_for_one) staff_lock(model, mono_ms);
    else if (from == STAFF_PERSON) staff_turn(model, staff->back, mono_ms);
    else if (staff->page == STAFF_REASON) staff_turn(model, from, mono_ms);
}

static void take_done(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    bool can_be_undone = notice->asked == COMMAND_EXIT;

    if (!is_answer(model, notice->asked)) return;
    settle(model, done_of(model, notice), can_be_undone ? notice->seq : 0);
    go_on(model, notice->asked, mono_ms);
}

// Without a reason: one is asked for. With one: it doesn't stand any more.
static void take_too_late(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (!is_answer(model, notice->asked)) return;
    if (notice->asked == COMMAND_HUB) staff->hub_asked_ms = 0;
    if (notice->asked != COMMAND_UNDO) { // STOCK: more than there is; else the desk serves another list by now
        settle(model, notice->asked == COMMAND_STOCK ? STAFF_DONE_TOO_FEW : STAFF_DONE_NO_ANSWER, 0);
        return;
    }
    bool had_reason = staff->page == STAFF_REASON;
    settle(model, had_reason ? STAFF_DONE_TOO_LATE : STAFF_DONE_NOTHING, 0);
    if (had_reason) go_on(model, COMMAND_UNDO, mono_ms);
    else staff_ask_reason(model, COMMAND_UNDO, staff->wanted_ticket, staff->wanted_seq, staff->wanted_name, mono_ms);
}

// By the desk: the time was over, or its program started anew.
static void take_locked(struct model *model, int64_t mono_ms)
{
    bool was_asked = is_shown(model) && model->asked_ms != 0;

    if (model->staff.session == 0) return;
    model->staff.session = 0;
    staff_lock(model, mono_ms);
    if (was_asked) form_ask_pin(model, COMMAND_FIND, 0, mono_ms);
}

void staff_notice(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (unix_ms > 0) staff->unix_ms = unix_ms;
    if (notice->kind == NOTICE_WALK_IN) take_ticket(model, notice, mono_ms);
    if (notice->kind == NOTICE_FOUND) take_person(model, notice, mono_ms);
    if (notice->kind == NOTICE_DONE) take_done(model, notice, mono_ms);
    if (notice->kind == NOTICE_TOO_LATE) take_too_late(model, notice, mono_ms);
    if (notice->kind == NOTICE_LOCKED) take_locked(model, mono_ms);
    if (notice->kind == NOTICE_CENSUS && is_shown(model)) {
        staff->census = notice->census;
        staff->has_census = true;
        staff->listing_ms = 0;
    }
}

bool staff_takes_verdict(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    bool is_ok = notice->verdict.reason == REASON_OK;

    if (!is_shown(model)) return false;
    staff_refresh(model); // somebody more is here, or gone
    bool is_of_staff =
        notice->asked == COMMAND_ADMIT || notice->asked == COMMAND_FORCE || notice->asked == COMMAND_EXIT;
    if (!is_of_staff) return false; // a scan
    if (!is_answer(model, notice->asked)) return false;
    settle(model, is_ok ? STAFF_DONE_ADMITTED : STAFF_DONE_NOTHING, is_ok ? notice->seq : 0);
    if (!is_ok) {
        if (staff->page == STAFF_REASON) staff_turn(model, staff->reason_back, mono_ms);
        return false;
    }
    if (staff->page == STAFF_MISSING) {
        model->tone = TONE_WELCOME;
        return true;
    }
    go_on(model, COMMAND_ADMIT, mono_ms);
    return false;
}

void staff_rows(struct model *model, const struct rows *rows, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    bool is_ours = (rows->kind == ROWS_FOUND && staff->page == STAFF_SEARCH) ||
                   (rows->kind == ROWS_MISSING && staff->page == STAFF_MISSING) ||
                   (rows->kind == ROWS_RECENT && staff->page == STAFF_RECENT);

    staff->rows = NULL; // the one before is the mailbox's again
    staff->listing_ms = 0;
    if (!is_shown(model) || !is_ours) return;
    staff->rows = rows;
    staff->rows_ms = mono_ms;
    // They have become fewer.
    if (staff->first < rows->from || (staff->first > 0 && staff->first >= rows->from + rows->count)) {
        staff->first = 0;
        if (rows->from > 0) staff_refresh(model);
    }
}
