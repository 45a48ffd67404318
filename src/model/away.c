// away.c -- the part of the model that knows of the office: how sync is, and a new version of the event.
#include "model/form.h"
#include "model/staff_parts.h"
#include "model/sync_words.h"

#include <string.h>

const struct event model_no_event = {.list_count = 1};
const struct list model_no_list = {.mode = LIST_MODE_ONCE};

void model_sync(struct model *model, const struct sync_state *state, int64_t mono_ms)
{
    model->sync = *state;
    model->has_sync = true;
    pairing_page_sync(model, mono_ms);
    if (!pairing_page_is_shown(model) || model->pairing.step != PAIRING_DONE || form_page(model) != PAGE_STAFF) return;
    staff_turn(model, STAFF_SYNC, mono_ms);
    model->staff.done = STAFF_DONE_PAIRED;
}

// Who isn't paired may well want to be so; and a code that was no good is said where it was shown.
bool model_wants_staff(const struct model *model)
{
    enum sync_trouble trouble = sync_words_trouble(&model->sync);

    return model->has_sync && model->sync.is_paired && trouble != SYNC_BAD_CODE &&
           sync_words_of(trouble)->mood == MOOD_STAFF;
}

void model_open_sync(struct model *model, int64_t mono_ms)
{
    if (model->page == PAGE_READY) form_ask_pin(model, COMMAND_SYNC, 0, mono_ms);
}

// Whoever is registering was asked by the old version: its fields, texts and consents. They begin anew if it asks
// something else now.
void model_take_event(struct model *model, const struct event *event, int64_t mono_ms)
{
    bool is_filling_in = model->walk.is_open && model->walk.step != WALK_TICKET && model->walk.sent_ms == 0;
    bool is_interrupted = is_filling_in && !walk_in_rules_are_same(&model->config.event->walk_ins, &event->walk_ins);

    if (form_page(model) == PAGE_PAIRING) return; // the program begins anew, with it: pairing_page.h
    model->config.event = event;
    model->staff.stop = 0;
    model->staff.first = 0;
    staff_refresh(model);
    if (!is_interrupted) return;
    walk_forget(model);
    if (form_page(model) != PAGE_WALK_IN && form_page(model) != PAGE_PRIVACY) return;
    if (model->page == PAGE_RESULT) model->back = PAGE_READY;
    else model_show_ready(model, mono_ms);
}
