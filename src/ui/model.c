#include "ui/model.h"

#include "ui/answer.h"
#include "ui/form.h"

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
    model->language = config->language;
    model->touched_ms = mono_ms;
    model->leaf_count = 1;
    model_show_ready(model, mono_ms);
}

static enum tone tone_of(enum answer_kind kind)
{
    switch (kind) {
    case ANSWER_WELCOME:
        return TONE_WELCOME;
    case ANSWER_ALREADY:
    case ANSWER_PRACTICE:
        return TONE_ALREADY;
    case ANSWER_NO:
        break;
    }
    return TONE_NO;
}

// Where a result returns to. A form that somebody is filling in stays, unless this is its answer; "not saved"
// stays unless this very record was saved.
static enum page page_under(const struct model *model, const struct notice *notice)
{
    enum page under = form_page(model);
    bool is_answer = under == PAGE_PERSON && model->asked_ms != 0;

    if (under == PAGE_NOT_SAVED && notice->seq == 0) return PAGE_NOT_SAVED;
    if (model->walk.is_open) return PAGE_WALK_IN; // also while its privacy notice is read
    if (under == PAGE_NOT_SAVED) return PAGE_READY;
    return form_is_shown(under) && !is_answer ? under : PAGE_READY;
}

static void take_verdict(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms)
{
    enum answer_kind kind = answer_kind_of(&notice->verdict);
    int64_t stay_ms = model->config.result_ms;

    bool is_own = walk_take_refusal(model, notice);

    model->back = page_under(model, notice);
    if (!form_is_shown(model->back)) form_forget(model);
    else if (!is_own && stay_ms > MODEL_OVER_FORM_MS) stay_ms = MODEL_OVER_FORM_MS;
    if (kind != ANSWER_WELCOME) stay_ms *= 2;
    model->result = *notice;
    model->result_unix_ms = unix_ms;
    model->tone = tone_of(kind);
    model_show(model, PAGE_RESULT, mono_ms, stay_ms);
}

static void take_not_saved(struct model *model, int64_t mono_ms)
{
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

bool model_must_wait(const struct model *model, const struct notice *notice, size_t waiting_count, int64_t mono_ms)
{
    const struct notice *shown = &model->result;
    int64_t shown_ms = mono_ms - model->since_ms;

    if (model->page != PAGE_RESULT || shown_ms >= MODEL_READ_MS) return false;
    if (notice->kind != NOTICE_VERDICT || notice->mono_ms > model->since_ms) return false;
    // Nobody could react to the first answer yet. From another frame, a second one of its colour may follow soon, or at
    // once when many wait: people who walk by quickly keep the pace of the camera.
    if (notice->mono_ms == shown->mono_ms || answer_kind_of(&notice->verdict) != answer_kind_of(&shown->verdict))
        return true;
    return shown_ms < MODEL_GLANCE_MS && waiting_count <= MODEL_MOST_WAITING;
}

void model_notice(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms)
{
    model_stir(model, mono_ms);
    // Found people and refused PINs carry no count; everything else does.
    if (notice->kind == NOTICE_VERDICT || notice->kind == NOTICE_COUNT || notice->kind == NOTICE_WALK_IN) {
        model->headcount = notice->headcount;
        model->has_headcount = true;
    }
    switch (notice->kind) {
    case NOTICE_NONE:
        break;
    case NOTICE_VERDICT:
        take_verdict(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_NOT_SAVED:
        take_not_saved(model, mono_ms);
        break;
    case NOTICE_FOUND:
        form_take_found(model, notice, unix_ms, mono_ms);
        break;
    case NOTICE_PIN:
        form_take_pin_refusal(model, notice, mono_ms);
        break;
    case NOTICE_UNLOCKED:
        form_take_unlocked(model, notice, mono_ms);
        break;
    case NOTICE_LOCKED:
    case NOTICE_DONE:
    case NOTICE_TOO_LATE:
    case NOTICE_CENSUS:
        break;
    case NOTICE_WALK_IN:
    case NOTICE_NAMESAKE:
        walk_notice(model, notice, mono_ms);
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

static void leave_result(struct model *model, int64_t mono_ms)
{
    if (model->back == PAGE_READY) model_show_ready(model, mono_ms);
    else model_show(model, model->back, mono_ms, 0);
}

static void turn_page(struct model *model, int step)
{
    int leaf = model->leaf + step;

    if (leaf >= 0 && leaf < model->leaf_count) model->leaf = leaf;
}

static struct action default_action(const struct model *model)
{
    switch (model->is_hurried ? model->back : model->page) {
    case PAGE_READY:
        break;
    case PAGE_RESULT:
        return (struct action){ACT_DISMISS, 0};
    case PAGE_NOT_SAVED:
        return (struct action){ACT_RETRY, 0};
    case PAGE_PRIVACY:
        return (struct action){ACT_BACK, 0};
    case PAGE_HAND:
        return (struct action){ACT_FIND, 0};
    case PAGE_PIN:
        return (struct action){ACT_UNLOCK, 0};
    case PAGE_PERSON:
        return (struct action){ACT_ADMIT, 0};
    case PAGE_WALK_IN:
        return (struct action){ACT_WALK, walk_key(WALK_ACT_ON, 0)};
    case PAGE_HELP:
    case PAGE_STAFF:
    case PAGE_ATTRACT:
        break;
    }
    return (struct action){0};
}

static void type(struct model *model, const char *text, int64_t mono_ms)
{
    if (form_page(model) == PAGE_WALK_IN) walk_type(model, text, mono_ms);
    else form_append(model, text);
}

static void erase(struct model *model, int64_t mono_ms)
{
    if (form_page(model) == PAGE_WALK_IN) walk_erase(model, mono_ms);
    else form_erase(model);
}

// A touch lands on what was seen: only the language and the staff's corner mean something over a sponsor's picture.
static bool is_of_attract(struct action action)
{
    return action.act == ACT_GERMAN || action.act == ACT_ENGLISH || action.act == ACT_STAFF_DOOR;
}

static void go_back(struct model *model, int64_t mono_ms)
{
    if (model->page == PAGE_PIN || model->page == PAGE_PERSON) form_open(model, mono_ms);
    else if (model->page == PAGE_WALK_IN) walk_act(model, walk_key(WALK_ACT_BACK, 0), mono_ms);
    else if (model->page == PAGE_PRIVACY && model->walk.is_open) model_show(model, PAGE_WALK_IN, mono_ms, 0);
    else if (model->page == PAGE_HAND || model->page == PAGE_PRIVACY || model->page == PAGE_HELP)
        model_show_ready(model, mono_ms);
}

static void open_help(struct model *model, int64_t mono_ms)
{
    if (walk_rules(model)->is_welcome) model_show(model, PAGE_HELP, mono_ms, 0);
    else form_open(model, mono_ms); // there is nothing to choose
}

void model_act(struct model *model, struct action action, int64_t mono_ms)
{
    bool was_attract = model->page == PAGE_ATTRACT;
    char key[8] = "";

    model->touched_ms = mono_ms;
    model_stir(model, mono_ms);
    if (was_attract && !is_of_attract(action)) return;
    if (action.act == ACT_DEFAULT) action = default_action(model);
    switch (action.act) {
    case ACT_NONE:
    case ACT_DEFAULT:
        break;
    case ACT_GERMAN:
        model->language = LANGUAGE_DE;
        break;
    case ACT_ENGLISH:
        model->language = LANGUAGE_EN;
        break;
    case ACT_PRIVACY:
        model->leaf = 0;
        model_show(model, PAGE_PRIVACY, mono_ms, 0);
        break;
    case ACT_HAND:
        form_open(model, mono_ms);
        break;
    case ACT_BACK:
        go_back(model, mono_ms);
        break;
    case ACT_KEY:
        if (field_append_point(key, sizeof key, action.key)) type(model, key, mono_ms);
        break;
    case ACT_ERASE:
        erase(model, mono_ms);
        break;
    case ACT_LAYER:
        if (model->page == PAGE_WALK_IN) model->walk.keys.layer = (enum keys_layer)action.key;
        break;
    case ACT_HELP:
        open_help(model, mono_ms);
        break;
    case ACT_WALK_IN:
        walk_open(model, mono_ms);
        break;
    case ACT_WALK:
        walk_act(model, action.key, mono_ms);
        break;
    case ACT_LARGE:
        model_enlarge(model);
        break;
    case ACT_FIND:
        if (form_page(model) == PAGE_HAND) form_find(model, mono_ms);
        break;
    case ACT_UNLOCK:
        if (form_page(model) == PAGE_PIN) form_unlock(model, mono_ms);
        break;
    case ACT_ADMIT:
        if (model->page == PAGE_PERSON) form_admit(model, mono_ms);
        break;
    case ACT_RETRY:
        if (model->page == PAGE_NOT_SAVED) form_retry(model, mono_ms);
        break;
    case ACT_PAGE_BACK:
        turn_page(model, -1);
        break;
    case ACT_PAGE_ON:
        turn_page(model, 1);
        break;
    case ACT_STAFF_DOOR:
    case ACT_STAFF:
    case ACT_UNDO:
    case ACT_LEAVE_PRACTICE:
        break;
    case ACT_DISMISS:
        if (model->page == PAGE_RESULT) leave_result(model, mono_ms);
        break;
    }
}

void model_type(struct model *model, const char *text, int64_t mono_ms)
{
    model->touched_ms = mono_ms;
    model_stir(model, mono_ms);
    type(model, text, mono_ms);
}

void model_choose(struct model *model, struct action action, int64_t mono_ms)
{
    model->touched_ms = mono_ms;
    model->chosen = action;
}

// A question the desk hasn't answered in time. After a failed save a person has confirmed it by then: Ready, and
// the next ticket tells whether the disk works.
static void give_up_question(struct model *model, int64_t mono_ms)
{
    model->asked_ms = 0;
    model->hint = FORM_HINT_NO_ANSWER;
    if (model->page == PAGE_NOT_SAVED) leave_not_saved(model, mono_ms);
}

void model_tick(struct model *model, int64_t mono_ms)
{
    bool is_idle = mono_ms - model->touched_ms >= MODEL_IDLE_MS;

    if (model->asked_ms != 0 && mono_ms - model->asked_ms >= MODEL_ANSWER_MS) give_up_question(model, mono_ms);
    if (model->hint == FORM_HINT_PIN_LATER && mono_ms >= model->pin_wait_until_ms) model->hint = FORM_HINT_NONE;
    if (mono_ms >= model->until_ms) leave_result(model, mono_ms);
    walk_tick(model, mono_ms);
    model_attract(model, mono_ms);
    if (!is_idle || model->walk.is_open) return;
    if (model->page == PAGE_RESULT && form_is_shown(model->back)) { // a PIN doesn't wait under a stream of results
        model->back = PAGE_READY;
        form_forget(model);
    }
    if (model->page == PAGE_PRIVACY || model->page == PAGE_HELP || form_is_shown(model->page))
        model_show_ready(model, mono_ms);
    if (model->page == PAGE_READY) {
        if (model->is_large_by_guest) model_enlarge(model);
        model->language = model->config.language;
        model->chosen = (struct action){0};
    }
}

enum tone model_take_tone(struct model *model)
{
    enum tone tone = model->tone;

    model->tone = TONE_NONE;
    return tone;
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
