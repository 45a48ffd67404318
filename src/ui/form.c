#include "ui/form.h"

#include "base/text.h"

#include <string.h>

bool form_is_shown(enum page page)
{
    return page == PAGE_HAND || page == PAGE_FOUND;
}

void form_forget(struct model *model)
{
    model->typed[0] = '\0';
    memset(model->pin, 0, sizeof model->pin);
    model->hint = FORM_HINT_NONE;
    model->asked_ms = 0;
}

static struct command *ask(struct model *model, enum command_kind kind, int64_t mono_ms)
{
    model->asked_ms = mono_ms > 0 ? mono_ms : 1;
    model->has_command = true;
    memset(&model->command, 0, sizeof model->command);
    model->command.kind = kind;
    model->command.mono_ms = mono_ms;
    model->hint = FORM_HINT_WAIT;
    return &model->command;
}

void form_find(struct model *model, int64_t mono_ms)
{
    if (model->asked_ms != 0 || model->typed[0] == '\0') return;
    text_copy(ask(model, COMMAND_FIND, mono_ms)->text, COMMAND_TEXT_SIZE, model->typed);
}

void form_admit(struct model *model, int64_t mono_ms)
{
    if (model->asked_ms != 0 || model->pin[0] == '\0') return;
    if (mono_ms < model->pin_wait_until_ms) {
        model->hint = FORM_HINT_PIN_LATER;
        return;
    }
    struct command *command = ask(model, COMMAND_ADMIT, mono_ms);
    command->ticket = model->found.ticket;
    text_copy(command->pin, sizeof command->pin, model->pin);
}

void form_retry(struct model *model, int64_t mono_ms)
{
    if (model->asked_ms == 0) ask(model, COMMAND_RETRY, mono_ms);
}

// The field that typing goes to; NULL: none, or the desk is reading it.
static char *field(struct model *model, size_t *size_out)
{
    if (model->asked_ms != 0 || !form_is_shown(model->page)) return NULL;
    *size_out = model->page == PAGE_HAND ? sizeof model->typed : sizeof model->pin;
    return model->page == PAGE_HAND ? model->typed : model->pin;
}

void form_append(struct model *model, const char *text)
{
    size_t size, used;
    char *to = field(model, &size);

    if (!to) return;
    used = strlen(to);
    text_make_showable(to + used, size - used, text, strlen(text));
    if (model->hint != FORM_HINT_PIN_LATER) model->hint = FORM_HINT_NONE;
}

void form_erase(struct model *model)
{
    size_t size, used;
    char *from = field(model, &size);

    if (!from) return;
    used = strlen(from);
    while (used > 0 && ((unsigned char)from[used - 1] & 0xC0) == 0x80) used--; // the rest of a code point
    if (used > 0) from[used - 1] = '\0';
}

void form_take_pin_refusal(struct model *model, const struct notice *notice, int64_t mono_ms)
{
    if (model->page != PAGE_FOUND) return;
    model->asked_ms = 0;
    memset(model->pin, 0, sizeof model->pin);
    model->hint = notice->wait_ms > 0 ? FORM_HINT_PIN_LATER : FORM_HINT_PIN_WRONG;
    model->pin_wait_until_ms = mono_ms + notice->wait_ms;
}
