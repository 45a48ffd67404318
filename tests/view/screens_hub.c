// A hub's staff: who was paired, a name for the next kiosk, its code, and that it has come.
#include "view/screens.h"

#include "base/text.h"

#include <stdio.h>

enum { MINUTE_MS = 60000 };
static const char offer[] = "EINLASS-PAIR/1 HTTPS://192.168.178.24:8443 7K3M9-QX2VD 4T0BK9ZWH2RJ6N8D1E5GQMXVYP";

static void press(struct stage *stage, struct model *model, enum staff_act what, int row)
{
    stage->mono_ms += MODEL_LOOK_MS;
    screen_act(stage, model, ACT_STAFF, staff_key(what, row));
    model_drop_command(model);
}

static void tell(struct stage *stage, struct model *model, enum hub_offer what, size_t kiosk_count)
{
    struct hub_state state = {.offer = what, .asked_mono_ms = model->staff.hub_asked_ms, .kiosk_count = kiosk_count};

    text_copy(state.name, sizeof state.name, model->staff.text);
    if (what == HUB_OFFER_OPEN) text_copy(state.text, sizeof state.text, offer);
    state.until_mono_ms = stage->mono_ms + 29 * MINUTE_MS + MINUTE_MS / 2;
    for (size_t i = 0; i < kiosk_count; i++) {
        snprintf(state.kiosks[i].name, sizeof state.kiosks[i].name, i == 0 ? "Kiosk Nord" : "Kiosk %zu", i + 1);
        state.kiosks[i].heard_mono_ms = stage->mono_ms - (int64_t)(i * i) * 2 * MINUTE_MS;
    }
    staff_hub(model, &state, stage->mono_ms);
}

static void open_with(struct stage *stage, struct model *model, size_t kiosk_count)
{
    struct sync_state state = {.is_paired = true,
                               .is_hub = true,
                               .office = "https://127.0.0.1:8443",
                               .device = "Kiosk Nord",
                               .synced_unix_ms = stage->unix_ms - 4 * MINUTE_MS};

    screen_act(stage, model, ACT_STAFF_DOOR, 0);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_UNLOCKED, .session = 77});
    model_sync(model, &state, stage->mono_ms);
    press(stage, model, STAFF_ACT_OPEN, STAFF_SYNC);
    tell(stage, model, HUB_OFFER_NONE, kiosk_count);
}

static void alone(struct stage *stage, struct model *model)
{
    open_with(stage, model, 1);
}

static void three(struct stage *stage, struct model *model)
{
    open_with(stage, model, 4);
}

static void many(struct stage *stage, struct model *model)
{
    open_with(stage, model, 12);
}

// Many kiosks, something waits, and the stick is in: all there is to say at once.
static void busy(struct stage *stage, struct model *model)
{
    struct sync_state state;

    open_with(stage, model, 12);
    state = model->sync;
    state.trouble = SYNC_NO_OFFICE;
    state.waiting = 12043;
    state.retry_mono_ms = stage->mono_ms + 43000;
    state.stick = STICK_THERE;
    model_sync(model, &state, stage->mono_ms);
}

static void name(struct stage *stage, struct model *model)
{
    open_with(stage, model, 2);
    press(stage, model, STAFF_ACT_OPEN, STAFF_HUB);
}

static void typed(struct stage *stage, struct model *model)
{
    name(stage, model);
    press(stage, model, STAFF_ACT_CLEAR, 0);
    screen_type(stage, model, "Eingang Süd");
}

static void ask(struct stage *stage, struct model *model)
{
    name(stage, model);
    press(stage, model, STAFF_ACT_CONFIRM, 0);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_DONE, .asked = COMMAND_HUB});
}

static void taken(struct stage *stage, struct model *model)
{
    ask(stage, model);
    tell(stage, model, HUB_OFFER_NAME_TAKEN, 3);
}

static void typed_again(struct stage *stage, struct model *model)
{
    taken(stage, model);
    press(stage, model, STAFF_ACT_TYPE, 0);
}

static void failed(struct stage *stage, struct model *model)
{
    ask(stage, model);
    tell(stage, model, HUB_OFFER_FAILED, 0);
}

static void code(struct stage *stage, struct model *model)
{
    ask(stage, model);
    tell(stage, model, HUB_OFFER_OPEN, 2);
}

static void cut_off(struct stage *stage, struct model *model)
{
    code(stage, model);
    model->staff.hub.is_cut_off = true;
}

static void over(struct stage *stage, struct model *model)
{
    code(stage, model);
    tell(stage, model, HUB_OFFER_OVER, 2);
}

static void come(struct stage *stage, struct model *model)
{
    code(stage, model);
    text_copy(model->staff.text, sizeof model->staff.text, "Kiosk 3");
    tell(stage, model, HUB_OFFER_TAKEN, 3);
}

struct screen_table screens_hub(void)
{
    static const struct screen_case cases[] = {
        {"hub-alone", alone},   {"hub-three", three},      {"hub-many", many},
        {"hub-busy", busy},     {"hub-name", name},        {"hub-typed", typed},
        {"hub-asking", ask},    {"hub-name-taken", taken}, {"hub-typed-again", typed_again},
        {"hub-failed", failed}, {"hub-code", code},        {"hub-cut_off", cut_off},
        {"hub-over", over},     {"hub-come", come},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
