#include "model/walk.h"

#include "base/text.h"
#include "model/form.h"
#include "model/model_parts.h"
#include "model/walk_value.h"

#include <string.h>

const struct walk_in_rules *walk_rules(const struct model *model)
{
    return &model->config.event->walk_ins;
}

int walk_most_plus_ones(const struct model *model)
{
    int most = walk_rules(model)->most_plus_ones;

    return most < NOTICE_MOST_TICKETS ? most : NOTICE_MOST_TICKETS - 1;
}

void walk_forget(struct model *model)
{
    memset(&model->walk, 0, sizeof model->walk);
}

bool walk_is_offered(const struct model *model)
{
    const struct walk_in_rules *rules = walk_rules(model);
    const struct list *list = model->config.list;

    return rules->is_welcome && rules->field_count > 0 && list->after == 0 && list_takes_class(list, rules->class_id);
}

enum walk_offer walk_offer(const struct model *model, int64_t mono_ms)
{
    const struct list *list = model->config.list;
    bool has_time = model->readiness && clock_state_is_trusted(model->readiness->clock);
    int64_t unix_ms = mono_ms + model->unix_less_mono_ms;

    if (model_is_used_up(model)) return WALK_OFFER_USED_UP;
    if (model_is_full(model)) return WALK_OFFER_FULL;
    if (!has_time || model->unix_less_mono_ms == 0) return WALK_OFFER_OPEN;
    if (list->opens_ms && unix_ms < list->opens_ms) return WALK_OFFER_TOO_EARLY;
    return list->closes_ms && unix_ms >= list->closes_ms ? WALK_OFFER_TOO_LATE : WALK_OFFER_OPEN;
}

void walk_open(struct model *model, int64_t mono_ms)
{
    if (!walk_is_offered(model) || walk_offer(model, mono_ms) != WALK_OFFER_OPEN) return;
    form_forget(model);
    walk_forget(model);
    model->walk.is_open = true;
    model->walk.opened_ms = mono_ms;
    walk_choose(model, 0);
    model_show(model, PAGE_WALK_IN, mono_ms, 0);
}

// ---- what is wrong ----

static bool is_fine(const struct model *model, int field)
{
    return walk_value_is_fine(&walk_rules(model)->fields[field], model->walk.form.values[field]);
}

static bool complain_about_field(struct model *model, int first, int last)
{
    for (int i = first; i <= last; i++) {
        if (is_fine(model, i)) continue;
        walk_choose(model, i);
        model->walk.complaint = i + 1;
        return true;
    }
    return false;
}

// ---- step by step ----

static void turn_to(struct model *model, enum walk_step step, int64_t mono_ms)
{
    model->walk.step = step;
    model->walk.complaint = 0;
    if (model->page == PAGE_WALK_IN) model_show(model, PAGE_WALK_IN, mono_ms, 0);
}

static void send(struct model *model, int64_t mono_ms)
{
    struct walk *walk = &model->walk;
    struct command *command = form_ask(model, COMMAND_WALK_IN, mono_ms);

    walk->sent_ms = mono_ms;
    command->walk_in = walk->form;
    command->walk_in.event_version = model->config.event->version;
    text_copy(command->walk_in.language, GUEST_LANGUAGE_SIZE, model->language == LANGUAGE_EN ? "en" : "de");
    for (size_t i = 0; i < walk_rules(model)->field_count; i++)
        walk_value_trim(walk->form.values[i], command->walk_in.values[i]);
}

static void leave_form(struct model *model, int64_t mono_ms)
{
    int last = (int)walk_rules(model)->field_count - 1;

    if (complain_about_field(model, model->walk.field, model->walk.field)) return;
    if (model->walk.field < last) {
        walk_choose(model, model->walk.field + 1);
        return;
    }
    if (complain_about_field(model, 0, last)) return;
    model->walk.consent = 0;
    if (walk_rules(model)->consent_count > 0) turn_to(model, WALK_CONSENTS, mono_ms);
    else send(model, mono_ms);
}

static void leave_consents(struct model *model, int64_t mono_ms)
{
    size_t end = walk_consents_end(model);

    if ((model->walk.complaint = walk_missing_consent(model)) != 0) return;
    if (end == walk_rules(model)->consent_count) {
        send(model, mono_ms);
        return;
    }
    model->walk.consent = (int)end;
    turn_to(model, WALK_CONSENTS, mono_ms);
}

// What the desk answered has just come under the finger that asked: a double touch counts once, or a ticket nobody has
// photographed is gone.
static bool is_hasty(const struct model *model, int64_t mono_ms)
{
    bool is_answer = model->walk.step == WALK_NAMESAKE || model->walk.step == WALK_TICKET;

    return is_answer && mono_ms - model->since_ms < MODEL_LOOK_MS;
}

static void go_on(struct model *model, int64_t mono_ms)
{
    if (is_hasty(model, mono_ms)) return;
    switch (model->walk.step) {
    case WALK_FORM:
        leave_form(model, mono_ms);
        break;
    case WALK_CONSENTS:
        leave_consents(model, mono_ms);
        break;
    case WALK_NAMESAKE: // Enter takes no decision here
        break;
    case WALK_TICKET:
        model_show_ready(model, mono_ms);
        break;
    }
}

static void go_back(struct model *model, int64_t mono_ms)
{
    bool is_on_later_page = model->walk.step == WALK_CONSENTS && model->walk.consent > 0;

    if (model->walk.step == WALK_FORM || model->walk.step == WALK_TICKET) {
        model_show_ready(model, mono_ms);
        return;
    }
    model->walk.consent = 0;
    model->walk.form.is_sure = false;
    turn_to(model, is_on_later_page ? WALK_CONSENTS : WALK_FORM, mono_ms);
}

static void count_plus_ones(struct model *model, int step)
{
    int count = model->walk.form.plus_ones + step;

    if (count >= 0 && count <= walk_most_plus_ones(model)) model->walk.form.plus_ones = (uint8_t)count;
}

void walk_act(struct model *model, int key, int64_t mono_ms)
{
    struct walk *walk = &model->walk;
    int row = key % 256;

    if (form_page(model) != PAGE_WALK_IN || model->asked_ms != 0 || is_hasty(model, mono_ms)) return;
    model->hint = FORM_HINT_NONE;
    switch ((enum walk_act)(key / 256)) {
    case WALK_ACT_FIELD:
        if (walk->step == WALK_FORM) walk_choose(model, row);
        break;
    case WALK_ACT_ON:
        go_on(model, mono_ms);
        break;
    case WALK_ACT_BACK:
        go_back(model, mono_ms);
        break;
    case WALK_ACT_CONSENT:
        if (walk->step == WALK_CONSENTS && (size_t)row < walk_rules(model)->consent_count)
            walk->form.consents ^= 1u << row;
        walk->complaint = 0;
        break;
    case WALK_ACT_PLUS:
        count_plus_ones(model, row == 1 ? 1 : -1);
        break;
    case WALK_ACT_SURE:
        if (walk->step != WALK_NAMESAKE) break;
        walk->form.is_sure = true;
        send(model, mono_ms);
        break;
    case WALK_ACT_NEXT_TICKET:
        if (walk->step != WALK_TICKET || walk->tickets.ticket_count == 0) break;
        walk->shown_ticket = (walk->shown_ticket + 1) % (int)walk->tickets.ticket_count;
        turn_to(model, WALK_TICKET, mono_ms);
        break;
    case WALK_ACT_DONE:
        if (walk->step == WALK_TICKET) model_show_ready(model, mono_ms);
        break;
    }
}

// ---- answers ----

static void end_question(struct model *model)
{
    model->walk.sent_ms = 0;
    model->asked_ms = 0;
    model->hint = FORM_HINT_NONE;
}

bool walk_take_refusal(struct model *model, const struct notice *notice)
{
    if (!model->walk.is_open || model->walk.sent_ms == 0 || notice->mono_ms != model->walk.sent_ms) return false;
    end_question(model);
    return true;
}

void walk_notice(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    struct walk *walk = &model->walk;

    if (!walk->is_open || notice->mono_ms < walk->opened_ms || walk->step == WALK_TICKET) return;
    end_question(model);
    if (notice->kind == NOTICE_WALK_IN) {
        memset(&walk->form, 0, sizeof walk->form); // what was typed is written down by now
        walk->tickets = *notice;
        walk->shown_ticket = 0;
        model->touched_ms = mono_ms;
        model->tone = TONE_WELCOME;
    }
    turn_to(model, notice->kind == NOTICE_WALK_IN ? WALK_TICKET : WALK_NAMESAKE, mono_ms);
}

void walk_tick(struct model *model, int64_t mono_ms)
{
    int64_t idle_ms = model->walk.step == WALK_TICKET ? WALK_TICKET_IDLE_MS : MODEL_IDLE_MS;

    if (!model->walk.is_open || mono_ms - model->touched_ms < idle_ms) return;
    walk_forget(model);
    if (model->page == PAGE_WALK_IN) model_show_ready(model, mono_ms);
    else if (model->back == PAGE_WALK_IN) model->back = PAGE_READY;
}
