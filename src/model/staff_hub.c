// staff_hub.c -- this kiosk as the hub of others: a name for the next one, its code, and that it has come.
#include "model/form.h"
#include "model/staff_parts.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    LOOK_MS = 4000,     // the least time between two looks at who has come
    PATIENCE_MS = 60000 // with a code that is being made
};

bool staff_is_of_hub(const struct model *model)
{
    enum staff_page page = model->staff.page;

    return model->sync.is_hub && (page == STAFF_SYNC || page == STAFF_HUB || page == STAFF_HUB_CODE);
}

static bool is_known(const struct model *model, const char *name)
{
    const struct hub_state *hub = &model->staff.hub;

    for (size_t i = 0; i < hub->kiosk_count; i++)
        if (!strcmp(hub->kiosks[i].name, name)) return true;
    return !strcmp(model->sync.device, name);
}

// "Kiosk 2": the hub itself is the first, whatever it is called.
void staff_name_kiosk(struct model *model)
{
    struct staff *staff = &model->staff;

    for (int number = 2; number < 2 + HUB_MOST_KIOSKS + 1; number++) {
        snprintf(staff->text, PAIRING_NAME_SIZE, "Kiosk %d", number);
        if (!is_known(model, staff->text)) return;
    }
}

void staff_confirm_hub(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (staff->hub_asked_ms != 0 || model->asked_ms != 0 || staff->text[strspn(staff->text, " ")] == '\0') return;
    staff_ask_hub(model, staff->text, mono_ms);
    staff->hub_asked_ms = model->asked_ms;
    staff->has_keys = false;
    staff->hub.offer = HUB_OFFER_MAKING;
    model->command.mono_ms = model->asked_ms; // by which the answer is known
}

// It was made, or that failed. A failure is said where the name is.
static void conclude(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (staff->hub.offer == HUB_OFFER_MAKING || staff->hub.asked_mono_ms != staff->hub_asked_ms) return;
    staff->hub_asked_ms = 0;
    if (staff->page != STAFF_HUB) return;
    if (staff->hub.offer == HUB_OFFER_OPEN) staff_turn(model, STAFF_HUB_CODE, mono_ms);
    else model->tone = TONE_NO;
}

static void take_kiosk(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    staff_turn(model, STAFF_SYNC, mono_ms);
    staff->done = STAFF_DONE_KIOSK;
    staff->done_seq = 0;
    text_make_showable(staff->done_name, sizeof staff->done_name, staff->hub.name, strlen(staff->hub.name));
    model->tone = TONE_WELCOME;
}

void staff_hub(struct model *model, const struct hub_state *state, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (form_page(model) != PAGE_STAFF || staff->session == 0) return; // a code is nobody else's business
    staff->hub = *state;
    staff->has_hub = true;
    if (staff->hub_asked_ms != 0) conclude(model, mono_ms);
    else if (staff->page == STAFF_HUB_CODE && state->offer == HUB_OFFER_TAKEN) take_kiosk(model, mono_ms);
}

void staff_tick_hub(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (staff->session == 0) return;
    if (staff_is_of_hub(model) && mono_ms - staff->hub_looked_ms >= LOOK_MS) staff->is_stale = true;
    if (staff->hub_asked_ms == 0 || mono_ms - staff->hub_asked_ms < PATIENCE_MS) return;
    staff->hub_asked_ms = 0;
    staff->hub.offer = HUB_OFFER_FAILED;
}
