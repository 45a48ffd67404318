#include "model/result.h"

#include "base/text.h"
#include "model/form.h"
#include "model/model_parts.h"

#include <string.h>

enum answer_kind result_kind(const struct model *model)
{
    return answer_kind_of(&model->result, model->config.list);
}

static enum tone tone_of(enum answer_kind kind)
{
    switch (kind) {
    case ANSWER_WELCOME:
        return TONE_WELCOME;
    case ANSWER_GOODBYE:
        return TONE_GOODBYE;
    case ANSWER_ALL_HERE:
        return TONE_ALL_HERE;
    case ANSWER_ATTENTION:
        return TONE_ATTENTION;
    case ANSWER_ALREADY:
    case ANSWER_PRACTICE:
        return TONE_ALREADY;
    case ANSWER_TAKEN_BACK:
        return TONE_NONE;
    case ANSWER_NO:
        break;
    }
    return TONE_NO;
}

// How long by itself; 0: until somebody confirms it. What has more to read stays twice as long.
static int64_t stay_ms(const struct model *model, enum answer_kind kind, bool is_own)
{
    bool is_brief = kind == ANSWER_WELCOME || kind == ANSWER_GOODBYE || kind == ANSWER_TAKEN_BACK;
    int64_t base_ms = model->config.result_ms;

    if (kind == ANSWER_ATTENTION) return 0;
    if (form_comes_back(model->back) && !is_own && base_ms > MODEL_OVER_FORM_MS) base_ms = MODEL_OVER_FORM_MS;
    return is_brief ? base_ms : 2 * base_ms;
}

// Where a result returns to. A form that somebody is filling in, or what they are reading, stays; "not saved" stays
// unless this very record was saved.
static enum page page_under(const struct model *model, const struct notice *notice, bool is_own)
{
    enum page under = form_page(model);

    if (under == PAGE_NOT_SAVED && notice->seq == 0) return PAGE_NOT_SAVED;
    if (model->walk.is_open && (is_own || under != PAGE_PRIVACY)) return PAGE_WALK_IN;
    if (under == PAGE_NOT_SAVED) return PAGE_READY;
    return form_comes_back(under) ? under : PAGE_READY;
}

// is_own: it answers whoever fills in the form under it.
static void show(struct model *model, const struct notice *notice, bool is_own, int64_t unix_ms, int64_t mono_ms)
{
    model->result = *notice;
    model->result.note[0] = '\0'; // only a touch of staff shows it: others may be reading
    model->result_unix_ms = unix_ms;
    model->undo_seq = 0;
    enum answer_kind kind = result_kind(model);
    model->tone = tone_of(kind);
    model_show(model, PAGE_RESULT, mono_ms, stay_ms(model, kind, is_own));
}

void result_take(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms)
{
    if (staff_takes_verdict(model, notice, mono_ms)) return;
    bool is_own = walk_take_refusal(model, notice);

    model->back = page_under(model, notice, is_own);
    if (!form_comes_back(model->back)) form_forget(model);
    show(model, notice, is_own, unix_ms, mono_ms);
}

void result_take_undone(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms)
{
    bool is_asked_here = model->page == PAGE_RESULT && model->undo_seq != 0;

    model->undo_seq = 0;
    if (is_asked_here && notice->asked == COMMAND_UNDO) show(model, notice, false, unix_ms, mono_ms);
}

void result_leave(struct model *model, int64_t mono_ms)
{
    model->undo_seq = 0;
    if (model->back == PAGE_READY) model_show_ready(model, mono_ms);
    else model_show(model, model->back, mono_ms, 0);
}

bool result_can_be_undone(const struct model *model)
{
    const struct notice *result = &model->result;

    return model->page == PAGE_RESULT && result->kind == NOTICE_VERDICT && result->verdict.reason == REASON_OK &&
           result->seq > 0;
}

void result_undo(struct model *model, int64_t mono_ms)
{
    uint64_t seq = model->result.seq, ticket = model->result.ticket;
    struct command *command;

    if (!result_can_be_undone(model) || model->undo_seq != 0 || model->has_command) return;
    if (model->staff.session == 0) {
        form_ask_pin(model, COMMAND_UNDO, seq, mono_ms);
        model->staff.wanted_ticket = ticket;
        return;
    }
    model->undo_seq = seq;
    command = model_command(model, COMMAND_UNDO, mono_ms);
    command->session = model->staff.session;
    command->ticket = ticket;
    command->seq = seq;
}

void result_ask_note(struct model *model, int64_t mono_ms)
{
    struct command *command;

    if (model->page != PAGE_RESULT || model->staff.session == 0 || model->has_command) return;
    command = model_command(model, COMMAND_PERSON, mono_ms);
    command->session = model->staff.session;
    command->ticket = model->result.ticket;
}

bool result_take_note(struct model *model, const struct notice *notice)
{
    bool is_for_this = model->page == PAGE_RESULT && result_kind(model) == ANSWER_ATTENTION && notice->is_unlocked &&
                       notice->ticket == model->result.ticket;

    if (is_for_this) text_copy(model->result.note, sizeof model->result.note, notice->note);
    return is_for_this;
}

enum language model_language(const struct model *model)
{
    const char *guest_s = model->result.language;

    if (model->page != PAGE_RESULT) return model->language;
    if (!strcmp(guest_s, "de")) return LANGUAGE_DE;
    return !strcmp(guest_s, "en") ? LANGUAGE_EN : model->language;
}

bool model_must_wait(const struct model *model, const struct notice *notice, size_t waiting_count, int64_t mono_ms)
{
    const struct notice *shown = &model->result;
    int64_t shown_ms = mono_ms - model->since_ms;

    if (model->page != PAGE_RESULT || shown_ms >= MODEL_READ_MS) return false;
    if (notice->kind != NOTICE_VERDICT || notice->mono_ms > model->since_ms) return false;
    // Nobody could react to the first answer yet. From another frame, a second one of its colour may follow soon, or at
    // once when many wait: people who walk by quickly keep the pace of the camera.
    if (notice->mono_ms == shown->mono_ms || answer_kind_of(notice, model->config.list) != result_kind(model))
        return true;
    return shown_ms < MODEL_GLANCE_MS && waiting_count <= MODEL_MOST_WAITING;
}
