#include "screen/hand.h"

static void press_enter(struct model *model, int64_t mono_ms)
{
    struct action chosen = model->chosen;

    model_act(model, chosen.act != ACT_NONE ? chosen : (struct action){ACT_DEFAULT, 0}, mono_ms);
}

// Up and down turn the pages of a text; elsewhere arrows go from button to button.
static void press_arrow(const struct reach *reach, const struct input *input, int64_t mono_ms)
{
    struct model *model = reach->model;

    if (model->page == PAGE_PRIVACY && input->y != 0)
        model_act(model, (struct action){input->y > 0 ? ACT_PAGE_ON : ACT_PAGE_BACK, 0}, mono_ms);
    else model_choose(model, scene_action_toward(reach->drawn, model->chosen, input->x, input->y), mono_ms);
}

static void press_tab(const struct reach *reach, int step, int64_t mono_ms)
{
    struct model *model = reach->model;

    if (walk_step_field(model, step, mono_ms)) return;
    model_choose(model, scene_action_after(reach->drawn, model->chosen, step), mono_ms);
}

// First out of the page, then out of the window.
static enum hand_wish press_escape(struct model *model, int64_t mono_ms)
{
    if (model->page == PAGE_READY || (model->page == PAGE_PAIRING && !model->pairing.has_keys)) return HAND_CLOSE;
    model_act(model, (struct action){model->page == PAGE_RESULT ? ACT_DISMISS : ACT_BACK, 0}, mono_ms);
    return HAND_NOTHING;
}

static void touch(struct hand *hand, const struct reach *reach, const struct input *input, int64_t mono_ms)
{
    const struct layout *layout = reach->layout;
    struct model *model = reach->model;

    bool is_corner = corner_has(input->x, input->y, layout->width_px, layout->touch_px + layout->unit_px);
    corner_touch(&hand->corner, is_corner, mono_ms);
    hand->before_hold = model->language;
    model_choose(model, (struct action){0}, mono_ms);
    model_act(model, scene_action_at(reach->drawn, input->x, input->y), mono_ms);
}

enum hand_wish hand_do(struct hand *hand, const struct reach *reach, const struct input *input, int64_t mono_ms)
{
    struct model *model = reach->model;

    switch (input->kind) {
    case INPUT_TOUCH:
        touch(hand, reach, input, mono_ms);
        break;
    case INPUT_RELEASE:
        corner_release(&hand->corner);
        break;
    case INPUT_STAFF:
        model_act(model, (struct action){ACT_STAFF_DOOR, 0}, mono_ms);
        break;
    case INPUT_TEXT:
        model_type(model, input->text, mono_ms);
        break;
    case INPUT_TAKE_BACK:
        for (int i = 0; i < input->x; i++) model_act(model, (struct action){ACT_ERASE, 0}, mono_ms);
        break;
    case INPUT_ENTER:
        press_enter(model, mono_ms);
        break;
    case INPUT_ERASE:
        model_act(model, (struct action){ACT_ERASE, 0}, mono_ms);
        break;
    case INPUT_STEP:
        press_tab(reach, input->x, mono_ms);
        break;
    case INPUT_ARROW:
        press_arrow(reach, input, mono_ms);
        break;
    case INPUT_ESCAPE:
        return press_escape(model, mono_ms);
    case INPUT_CLOSE:
        return HAND_CLOSE;
    case INPUT_REDRAW:
        return HAND_REDRAW;
    case INPUT_RESET:
        return HAND_RESET;
    }
    return HAND_NOTHING;
}

void hand_hold(struct hand *hand, struct model *model, int64_t mono_ms)
{
    if (!corner_is_open(&hand->corner, mono_ms)) return;
    model->language = hand->before_hold;
    model_act(model, (struct action){ACT_STAFF_DOOR, 0}, mono_ms);
}
