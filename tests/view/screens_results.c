// What a scan is answered, by the list's mode; and what may follow.
#include "view/screens.h"

#include "base/text.h"

static struct notice verdict_of(struct stage *stage, enum list_mode mode, enum reason reason)
{
    struct notice notice;

    stage->list.mode = mode;
    stage_notice(reason, &notice);
    if (mode == LIST_MODE_ROLL_CALL) notice.headcount.round = 3;
    if (mode == LIST_MODE_HAND_OUT) {
        text_copy(stage->event.kind, sizeof stage->event.kind, "boxes");
        notice.headcount = (struct headcount){.given = 83, .is_limited = true, .left = 37};
    }
    return notice;
}

static void answer(struct stage *stage, struct model *model, enum list_mode mode, enum reason reason)
{
    struct notice notice = verdict_of(stage, mode, reason);

    screen_tell(stage, model, &notice);
}

static void welcome(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_OK);
}

static void welcome_doubtful(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ONCE, REASON_OK);

    notice.verdict.is_clock_doubtful = true;
    screen_tell(stage, model, &notice);
}

static void welcome_forced(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ONCE, REASON_OK);

    notice.asked = COMMAND_FORCE;
    screen_tell(stage, model, &notice);
}

// In the other language than the screen's.
static void welcome_guest_s_language(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ONCE, REASON_OK);

    text_copy(notice.language, sizeof notice.language, model->language == LANGUAGE_DE ? "en" : "de");
    screen_tell(stage, model, &notice);
}

static void entry(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_IN_OUT, REASON_OK);
}

static void leave(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_IN_OUT, REASON_OK);

    notice.verdict.is_exit = true;
    screen_tell(stage, model, &notice);
}

static void again(struct stage *stage, struct model *model, bool is_exit)
{
    struct notice notice = verdict_of(stage, LIST_MODE_IN_OUT, REASON_ALREADY_REDEEMED);

    notice.verdict.is_friendly = true;
    notice.verdict.is_exit = is_exit;
    screen_tell(stage, model, &notice);
}

static void entry_again(struct stage *stage, struct model *model)
{
    again(stage, model, false);
}

static void leave_again(struct stage *stage, struct model *model)
{
    again(stage, model, true);
}

static void aboard(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ROLL_CALL, REASON_OK);
}

static void aboard_back(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ROLL_CALL, REASON_OK);

    notice.is_signed_off = true;
    screen_tell(stage, model, &notice);
}

static void aboard_again(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ROLL_CALL, REASON_ALREADY_REDEEMED);

    notice.verdict.is_friendly = true;
    screen_tell(stage, model, &notice);
}

static void all_here(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ROLL_CALL, REASON_OK);

    notice.headcount.inside = notice.headcount.expected;
    screen_tell(stage, model, &notice);
}

static void box(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_HAND_OUT, REASON_OK);
}

static void box_already(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_HAND_OUT, REASON_ALREADY_REDEEMED);
}

static void thing(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_HAND_OUT, REASON_OK);

    stage->event.kind[0] = '\0';
    screen_tell(stage, model, &notice);
}

static void thing_already(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_HAND_OUT, REASON_ALREADY_REDEEMED);

    stage->event.kind[0] = '\0';
    screen_tell(stage, model, &notice);
}

static void attention(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ONCE, REASON_OK);

    notice.has_note = true;
    notice.ticket = 5;
    screen_tell(stage, model, &notice);
}

static void attention_unread(struct stage *stage, struct model *model)
{
    model->staff.session = 9;
    attention(stage, model);
}

static void attention_read(struct stage *stage, struct model *model)
{
    struct notice person;

    attention_unread(stage, model);
    screen_act(stage, model, ACT_NOTE, 0);
    stage_person(&person);
    person.ticket = 5;
    screen_tell(stage, model, &person);
}

static void practice_ticket(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ONCE, REASON_RULES);

    notice.verdict.is_practice = true;
    screen_tell(stage, model, &notice);
}

static void undo(struct stage *stage, struct model *model, enum notice_kind kind)
{
    model->staff.session = 9;
    welcome(stage, model);
    screen_act(stage, model, ACT_UNDO, 0);
    screen_tell(stage, model, &(struct notice){.kind = kind, .asked = COMMAND_UNDO});
}

static void taken_back(struct stage *stage, struct model *model)
{
    undo(stage, model, NOTICE_DONE);
}

static void too_late(struct stage *stage, struct model *model)
{
    undo(stage, model, NOTICE_TOO_LATE);
}

static void already(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_ALREADY_REDEEMED);
}

static void invalid(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_INVALID);
}

static void unpaid(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_UNPAID);
}

static void blocked(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_BLOCKED);
}

static void canceled(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_CANCELED);
}

static void revoked(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_REVOKED);
}

static void other_day(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_INVALID_TIME);
}

static void hours(struct stage *stage, struct model *model, int64_t opens_in_ms)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ONCE, REASON_INVALID_TIME);

    notice.from_day = notice.until_day = 0;
    notice.opens_ms = stage->unix_ms + opens_in_ms;
    notice.closes_ms = notice.opens_ms + 3600000;
    screen_tell(stage, model, &notice);
}

static void too_early(struct stage *stage, struct model *model)
{
    hours(stage, model, 1800000);
}

static void over(struct stage *stage, struct model *model)
{
    hours(stage, model, -7200000);
}

static void other_bus(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ROLL_CALL, REASON_PRODUCT);
}

static void other_class(struct stage *stage, struct model *model)
{
    id_set_add(&stage->list.classes, 9);
    stage->event.classes[0].id = 0;
    answer(stage, model, LIST_MODE_ONCE, REASON_PRODUCT);
}

static void first_elsewhere(struct stage *stage, struct model *model)
{
    struct notice notice = verdict_of(stage, LIST_MODE_ONCE, REASON_RULES);

    notice.after = 2;
    screen_tell(stage, model, &notice);
}

static void ambiguous(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_AMBIGUOUS);
}

static void unchecked(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_ERROR);
}

static void other_event(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_WRONG_EVENT);
}

static void full(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_ONCE, REASON_FULL);
}

static void full_in_out(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_IN_OUT, REASON_FULL);
}

static void exhausted(struct stage *stage, struct model *model)
{
    answer(stage, model, LIST_MODE_HAND_OUT, REASON_EXHAUSTED);
}

static void not_saved(struct stage *stage, struct model *model)
{
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_NOT_SAVED});
}

static void not_saved_asking(struct stage *stage, struct model *model)
{
    not_saved(stage, model);
    screen_act(stage, model, ACT_RETRY, 0);
}

struct screen_table screens_results(void)
{
    static const struct screen_case cases[] = {
        {"welcome", welcome},
        {"welcome-clock", welcome_doubtful},
        {"welcome-forced", welcome_forced},
        {"welcome-guest-language", welcome_guest_s_language},
        {"in_out-entry", entry},
        {"in_out-exit", leave},
        {"in_out-entry-again", entry_again},
        {"in_out-exit-again", leave_again},
        {"roll_call-aboard", aboard},
        {"roll_call-back-again", aboard_back},
        {"roll_call-again", aboard_again},
        {"roll_call-all-here", all_here},
        {"hand_out-box", box},
        {"hand_out-box-already", box_already},
        {"hand_out-thing", thing},
        {"hand_out-thing-already", thing_already},
        {"attention", attention},
        {"attention-unread", attention_unread},
        {"attention-read", attention_read},
        {"undo-done", taken_back},
        {"undo-too-late", too_late},
        {"already", already},
        {"practice-ticket", practice_ticket},
        {"no-invalid", invalid},
        {"no-unpaid", unpaid},
        {"no-blocked", blocked},
        {"no-canceled", canceled},
        {"no-revoked", revoked},
        {"no-other-day", other_day},
        {"no-too-early", too_early},
        {"no-over", over},
        {"no-other-bus", other_bus},
        {"no-other-class", other_class},
        {"no-first-elsewhere", first_elsewhere},
        {"no-ambiguous", ambiguous},
        {"no-error", unchecked},
        {"no-other-event", other_event},
        {"no-full", full},
        {"no-full-in_out", full_in_out},
        {"no-exhausted", exhausted},
        {"not-saved", not_saved},
        {"not-saved-asking", not_saved_asking},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
