#include "model/form.h"

#include "base/text.h"
#include "model/model_parts.h"

#include <string.h>

bool form_is_shown(enum page page)
{
    return page == PAGE_HAND || page == PAGE_PIN || page == PAGE_STAFF || page == PAGE_WALK_IN;
}

void form_forget(struct model *model)
{
    model->typed[0] = '\0';
    memset(model->pin, 0, sizeof model->pin);
    memset(&model->found, 0, sizeof model->found);
    model->hint = FORM_HINT_NONE;
    model->asked_ms = 0;
}

void form_open(struct model *model, int64_t mono_ms)
{
    form_forget(model);
    model_show(model, PAGE_HAND, mono_ms, 0);
}

bool form_comes_back(enum page page)
{
    return form_is_shown(page) || page == PAGE_PRIVACY || page == PAGE_HELP || page == PAGE_PAIRING ||
           page == PAGE_TROUBLE;
}

enum page form_page(const struct model *model)
{
    return model->page == PAGE_RESULT ? model->back : model->page;
}

static void turn_to(struct model *model, enum page page, int64_t mono_ms)
{
    if (model->page == PAGE_RESULT) model->back = page;
    else model_show(model, page, mono_ms, 0);
}

struct command *form_ask(struct model *model, enum command_kind kind, int64_t mono_ms)
{
    model->asked_ms = mono_ms > 0 ? mono_ms : 1;
    model->hint = FORM_HINT_WAIT;
    return model_command(model, kind, mono_ms);
}

void form_find(struct model *model, int64_t mono_ms)
{
    if (form_page(model) != PAGE_HAND || model->asked_ms != 0 || model->typed[0] == '\0') return;
    text_copy(form_ask(model, COMMAND_FIND, mono_ms)->text, COMMAND_TEXT_SIZE, model->typed);
}

void form_unlock(struct model *model, int64_t mono_ms)
{
    if (form_page(model) != PAGE_PIN || model->asked_ms != 0 || model->pin[0] == '\0') return;
    if (mono_ms < model->pin_wait_until_ms) {
        model->hint = FORM_HINT_PIN_LATER;
        return;
    }
    text_copy(form_ask(model, COMMAND_UNLOCK, mono_ms)->text, COMMAND_TEXT_SIZE, model->pin);
    memset(model->pin, 0, sizeof model->pin);
}

bool form_takes_staff_tickets(const struct model *model)
{
    const struct event *event = model->config.event;

    for (size_t i = 0; i < event->class_count; i++)
        if (event->classes[i].is_staff) return true;
    return false;
}

// While it is open a staff ticket opens the session as well: the desk is told to look for one, and to stop.
static void look_for_ticket(struct model *model, enum command_kind kind, int64_t mono_ms)
{
    bool is_wanted = kind == COMMAND_UNLOCK;

    model_command(model, kind, mono_ms)->number = is_wanted;
    model->pin_looked_ms = !is_wanted ? 0 : mono_ms > 0 ? mono_ms : 1;
}

void form_ask_pin(struct model *model, enum command_kind wanted, uint64_t seq, int64_t mono_ms)
{
    memset(model->pin, 0, sizeof model->pin);
    model->typed[0] = '\0';
    if (wanted != COMMAND_PERSON) memset(&model->found, 0, sizeof model->found);
    model->hint = mono_ms < model->pin_wait_until_ms ? FORM_HINT_PIN_LATER : FORM_HINT_NONE;
    model->asked_ms = 0;
    model->staff.wanted = wanted;
    model->staff.wanted_seq = seq;
    if (form_takes_staff_tickets(model)) look_for_ticket(model, COMMAND_UNLOCK, mono_ms);
    if (wanted == COMMAND_PERSON) { // the answer to a question: it waits under a result
        turn_to(model, PAGE_PIN, mono_ms);
        return;
    }
    memset(&model->result, 0, sizeof model->result);
    model_show(model, PAGE_PIN, mono_ms, 0);
}

void form_tick(struct model *model, int64_t mono_ms)
{
    bool is_open = form_page(model) == PAGE_PIN && form_takes_staff_tickets(model);

    if (model->hint == FORM_HINT_PIN_LATER && mono_ms >= model->pin_wait_until_ms) model->hint = FORM_HINT_NONE;
    if (model->has_command) return;
    // Whatever took the page away: at the door a staff ticket is a ticket like any other.
    if (!is_open && model->pin_looked_ms != 0) look_for_ticket(model, COMMAND_LOCK, mono_ms);
    if (!is_open || mono_ms - model->pin_looked_ms < DESK_STAFF_TICKET_MS / 2) return;
    look_for_ticket(model, COMMAND_UNLOCK, mono_ms);
}

void form_leave_pin(struct model *model, int64_t mono_ms)
{
    bool is_for_found = model->staff.wanted == COMMAND_PERSON;

    if (form_takes_staff_tickets(model)) look_for_ticket(model, COMMAND_LOCK, mono_ms);
    if (is_for_found) form_open(model, mono_ms);
    else model_show_ready(model, mono_ms);
}

void form_take_unlocked(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    if (form_page(model) != PAGE_PIN) { // whoever asked has left
        look_for_ticket(model, COMMAND_LOCK, mono_ms);
        return;
    }
    model->asked_ms = 0;
    model->hint = FORM_HINT_NONE;
    model->pin_looked_ms = 0; // it was shown, or isn't needed any more
    model->staff.session = notice->session;
    staff_open(model, mono_ms);
    memset(&model->found, 0, sizeof model->found);
    memset(model->pin, 0, sizeof model->pin);
}

void form_retry(struct model *model, int64_t mono_ms)
{
    if (model->page == PAGE_NOT_SAVED && model->asked_ms == 0) form_ask(model, COMMAND_RETRY, mono_ms);
}

// The field that typing goes to; NULL: none, or the desk is reading it.
static char *field(struct model *model, size_t *size_out)
{
    enum page page = form_page(model);
    bool is_pin = page == PAGE_PIN && model->config.event->pin_count > 0;

    if (model->asked_ms != 0 || (page != PAGE_HAND && !is_pin)) return NULL;
    *size_out = is_pin ? sizeof model->pin : sizeof model->typed;
    return is_pin ? model->pin : model->typed;
}

void form_hurry_result(struct model *model)
{
    if (model->page != PAGE_RESULT) return;
    model->is_hurried = true;
    if (model->until_ms > model->since_ms + MODEL_READ_MS) model->until_ms = model->since_ms + MODEL_READ_MS;
}

void form_append(struct model *model, const char *text)
{
    size_t size, used;
    char *to = field(model, &size);

    if (!to) return;
    used = strlen(to);
    text_make_showable(to + used, size - used, text, strlen(text));
    if (model->hint != FORM_HINT_PIN_LATER) model->hint = FORM_HINT_NONE;
    form_hurry_result(model);
}

void form_erase(struct model *model)
{
    size_t size, used;
    char *from = field(model, &size);

    if (!from) return;
    used = strlen(from);
    while (used > 0 && ((unsigned char)from[used - 1] & 0xC0) == 0x80) used--; // the rest of a code point
    if (used > 0) from[used - 1] = '\0';
    form_hurry_result(model);
}

void form_take_found(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    if (form_page(model) != PAGE_HAND || model->asked_ms == 0) return; // asked by somebody who has left
    if (notice->is_unlocked) return;
    model->asked_ms = 0;
    model->hint = notice->is_found ? FORM_HINT_NONE : FORM_HINT_NOBODY;
    if (!notice->is_found) return;
    model->found = *notice;
    form_ask_pin(model, COMMAND_PERSON, 0, mono_ms);
}

void form_take_pin_refusal(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    if (form_page(model) != PAGE_PIN) return;
    model->asked_ms = 0;
    memset(model->pin, 0, sizeof model->pin);
    model->hint = notice->wait_ms > 0 ? FORM_HINT_PIN_LATER : FORM_HINT_PIN_WRONG;
    model->pin_wait_until_ms = mono_ms + notice->wait_ms;
}
