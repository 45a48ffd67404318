#include "model/model.h"

#include "model/form.h"
#include "model/model_parts.h"
#include "model/result.h"

#include <string.h>

// What a walk-in's form survives: what covers it, and what belongs to it.
static bool keeps_walk_in(enum page page)
{
    return page == PAGE_WALK_IN || page == PAGE_RESULT || page == PAGE_NOT_SAVED || page == PAGE_PRIVACY;
}

void model_show(struct model *model, enum page page, int64_t mono_ms, int64_t stay_ms)
{
    if (!keeps_walk_in(page)) walk_forget(model); // names stay no longer than they are needed
    model->page = page;
    model->turn++;
    model->since_ms = mono_ms;
    model->until_ms = stay_ms > 0 ? mono_ms + stay_ms : INT64_MAX;
    model->chosen = (struct action){0};
    model->is_hurried = false;
}

void model_show_ready(struct model *model, int64_t mono_ms)
{
    form_forget(model);
    memset(&model->result, 0, sizeof model->result); // names stay no longer than they are shown
    model_show(model, PAGE_READY, mono_ms, 0);
}

void model_init(struct model *model, const struct model_config *config, int64_t mono_ms)
{
    memset(model, 0, sizeof *model);
    model->config = *config;
    if (!config->event) {
        model->config.event = &model_no_event;
        model->config.list = &model_no_list;
    }
    model->language = config->language;
    model->touched_ms = mono_ms;
    model->leaf_count = 1;
    model_show_ready(model, mono_ms);
    if (config->trouble != TROUBLE_NONE) model_show(model, PAGE_TROUBLE, mono_ms, 0);
    if (config->event || config->trouble != TROUBLE_NONE) return;
    model_show(model, PAGE_PAIRING, mono_ms, 0);
    pairing_page_open(model, mono_ms);
}

static void take_not_saved(struct model *model, int64_t mono_ms)
{
    staff_lock(model, mono_ms);
    form_forget(model); // but a walk-in's form is filled in only once
    model->tone = TONE_NO;
    model_show(model, PAGE_NOT_SAVED, mono_ms, 0);
}

// Whoever was registering goes on where they were.
static void leave_not_saved(struct model *model, int64_t mono_ms)
{
    model->asked_ms = 0;
    model->hint = FORM_HINT_NONE;
    if (model->walk.is_open) model_show(model, PAGE_WALK_IN, mono_ms, 0);
    else model_show_ready(model, mono_ms);
}

// The list that is served, and whether anything counts, is the desk's to say.
static void take_stance(struct model *model, const struct stance *stance)
{
    const struct list *list = event_list(model->config.event, stance->list);

    if (stance->list == 0 || !list) return;
    model->stance = *stance;
    model->config.list = list;
}

static bool carries_headcount(enum notice_kind kind)
{
    return kind == NOTICE_VERDICT || kind == NOTICE_COUNT || kind == NOTICE_DONE || kind == NOTICE_WALK_IN ||
           kind == NOTICE_NEWS || kind == NOTICE_EVENT;
}

void model_notice(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms)
{
    bool is_from_away = notice->kind == NOTICE_NEWS || notice->kind == NOTICE_EVENT; // nobody is here for that

    if (!is_from_away) model_stir(model, mono_ms);
    if (unix_ms > 0) model->unix_less_mono_ms = unix_ms - mono_ms;
    if (notice->kind == NOTICE_EVENT) model_take_event(model, notice->event, mono_ms);
    take_stance(model, &notice->stance);
    if (carries_headcount(notice->kind)) {
        model->headcount = notice->headcount;
        model->has_headcount = true;
    }
    switch (notice->kind) {
    case NOTICE_NONE:
    case NOTICE_NEWS:
        break;
    case NOTICE_EVENT:
        pairing_page_notice(model, notice, mono_ms);
        break;
    case NOTICE_VERDICT:
        result_take(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_NOT_SAVED:
        take_not_saved(model, mono_ms);
        break;
    case NOTICE_FOUND:
        if (result_take_note(model, notice)) break;
        form_take_found(model, notice, mono_ms);
        staff_notice(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_PIN:
        form_take_pin_refusal(model, notice, mono_ms);
        break;
    case NOTICE_UNLOCKED:
        form_take_unlocked(model, notice, mono_ms);
        staff_notice(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_DONE:
    case NOTICE_TOO_LATE:
        pairing_page_notice(model, notice, mono_ms);
        result_take_undone(model, notice, unix_ms, mono_ms);
        staff_notice(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_LOCKED:
        model->undo_seq = 0;
        staff_notice(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_CENSUS:
        staff_notice(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_WALK_IN:
    case NOTICE_NAMESAKE:
        if (notice->asked == COMMAND_TICKET) staff_notice(model, notice, unix_ms, mono_ms);
        else walk_notice(model, notice, mono_ms);
        break;
    case NOTICE_COUNT: // after COMMAND_RETRY: the disk works again
        if (model->page == PAGE_NOT_SAVED && model->asked_ms != 0) leave_not_saved(model, mono_ms);
        break;
    }
}

void model_camera(struct model *model, const struct camera_state *camera, int64_t mono_ms)
{
    bool was_missing = model_has_no_camera(model);

    model->is_camera_known = true;
    model->camera = *camera;
    model_stir(model, mono_ms);
    if (was_missing != model_has_no_camera(model) && model->page == PAGE_READY) model_show_ready(model, mono_ms);
}

void model_leaves(struct model *model, int count)
{
    model->leaf_count = count > 0 ? count : 1;
    if (model->leaf >= model->leaf_count) model->leaf = model->leaf_count - 1;
}

// A question the desk hasn't answered in time. After a failed save a person has confirmed it by then: Ready, and
// the next ticket tells whether the disk works.
static void give_up_question(struct model *model, int64_t mono_ms)
{
    model->asked_ms = 0;
    model->hint = FORM_HINT_NO_ANSWER;
    if (form_page(model) == PAGE_STAFF) model->staff.done = STAFF_DONE_NO_ANSWER;
    if (model->page == PAGE_NOT_SAVED) leave_not_saved(model, mono_ms);
}

void model_tick(struct model *model, int64_t mono_ms)
{
    bool is_idle = mono_ms - model->touched_ms >= MODEL_IDLE_MS;

    if (model->asked_ms != 0 && mono_ms - model->asked_ms >= MODEL_ANSWER_MS) give_up_question(model, mono_ms);
    form_tick(model, mono_ms);
    if (mono_ms >= model->until_ms) result_leave(model, mono_ms);
    walk_tick(model, mono_ms);
    pairing_page_tick(model, mono_ms);
    staff_tick(model, mono_ms);
    model_attract(model, mono_ms);
    if (form_page(model) == PAGE_PAIRING && is_idle) model->language = model->config.language;
    if (!is_idle || model->walk.is_open || form_page(model) == PAGE_STAFF || form_page(model) == PAGE_PAIRING) return;
    if (model->page == PAGE_RESULT && form_comes_back(model->back)) { // a PIN doesn't wait under a stream of results
        model->back = PAGE_READY;
        form_forget(model);
    }
    if (model->page == PAGE_PIN) form_leave_pin(model, mono_ms);
    if (model->page == PAGE_PRIVACY || model->page == PAGE_HELP || form_is_shown(model->page))
        model_show_ready(model, mono_ms);
    if (model->page == PAGE_READY) {
        if (model->is_large_by_guest) model_enlarge(model);
        model->language = model->config.language;
        model->chosen = (struct action){0};
    }
}

bool model_is_full(const struct model *model)
{
    const struct list *list = model->config.list;

    return list->capacity > 0 && model->has_headcount && model->headcount.inside >= list->capacity;
}

bool model_is_used_up(const struct model *model)
{
    const struct headcount *count = &model->headcount;

    return model->config.list->mode == LIST_MODE_HAND_OUT && model->has_headcount && count->is_limited &&
           count->left <= 0;
}

enum tone model_take_tone(struct model *model)
{
    enum tone tone = model->tone;

    model->tone = TONE_NONE;
    return tone;
}

struct command *model_command(struct model *model, enum command_kind kind, int64_t mono_ms)
{
    if (model->has_command && model->command.kind == COMMAND_REMEMBER)
        model->staff.unremembered |= model->staff.remembering;
    memset(&model->command, 0, sizeof model->command);
    model->has_command = true;
    model->command.kind = kind;
    model->command.mono_ms = mono_ms;
    return &model->command;
}

bool model_peek_command(const struct model *model, struct command *out)
{
    if (model->has_command) *out = model->command;
    return model->has_command;
}

void model_drop_command(struct model *model)
{
    model->has_command = false;
    memset(&model->command, 0, sizeof model->command); // it may hold a PIN
}
