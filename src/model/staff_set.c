#include "model/staff_parts.h"

enum { STEP_PERCENT = 10, LEAST_BRIGHTNESS = 10 }; // a black screen can't be touched back to light

static int stepped(int value, bool is_more, int least)
{
    value += is_more ? STEP_PERCENT : -STEP_PERCENT;
    if (value < least) return least;
    return value > 100 ? 100 : value;
}

static void serve(struct model *model, enum staff_act act, int row, int64_t mono_ms)
{
    const struct event *event = model->config.event;

    if (act == STAFF_ACT_LIST && row < (int)event->list_count)
        staff_ask_serve(model, event->lists[row].id, model->stance.direction, mono_ms);
    if (act == STAFF_ACT_DIRECTION && row <= DIRECTION_EXIT)
        staff_ask_serve(model, model->config.list->id, (enum direction)row, mono_ms);
}

static void set_language(struct model *model, int row)
{
    if (row >= LANGUAGE_COUNT) return;
    model->language = model->config.language = (enum language)row;
    model->staff.unremembered |= STAFF_SETTING_LANGUAGE;
}

static void set_volume(struct model *model, bool is_more)
{
    model->volume = stepped(model->volume, is_more, 0);
    model->tone = TONE_WELCOME; // to be judged by ear
    model->staff.unremembered |= STAFF_SETTING_VOLUME;
}

static void set_brightness(struct model *model, bool is_more)
{
    if (model->brightness == 0) return; // this display can't
    model->brightness = stepped(model->brightness, is_more, LEAST_BRIGHTNESS);
    model->staff.unremembered |= STAFF_SETTING_BRIGHTNESS;
}

void staff_set(struct model *model, enum staff_act act, int row, int64_t mono_ms)
{
    unsigned *unremembered = &model->staff.unremembered;

    if (act == STAFF_ACT_LIST || act == STAFF_ACT_DIRECTION) serve(model, act, row, mono_ms);
    if (act == STAFF_ACT_LANGUAGE) set_language(model, row);
    if (act == STAFF_ACT_VOLUME) set_volume(model, row == 1);
    if (act == STAFF_ACT_BRIGHTNESS) set_brightness(model, row == 1);
    if (act == STAFF_ACT_LARGE) {
        model->is_large_text = !model->is_large_text;
        model->is_large_by_guest = false; // for good, whatever the last guest wanted
        *unremembered |= STAFF_SETTING_LARGE_TEXT;
    }
    if (act == STAFF_ACT_CONTRAST) {
        model->is_high_contrast = !model->is_high_contrast;
        *unremembered |= STAFF_SETTING_HIGH_CONTRAST;
    }
    if (act == STAFF_ACT_PRACTISE) staff_ask_practise(model, !model->stance.is_practising, mono_ms);
    if (act == STAFF_ACT_UPDATE) staff_want_update(model, (enum update_wish)row, mono_ms);
    if (act == STAFF_ACT_SHUT_DOWN && model->staff.page == STAFF_SHUT_DOWN) model->wants_shut_down = true;
}

bool staff_is_left_here(const struct model *model)
{
    const struct headcount *count = &model->headcount;
    int64_t for_all = (int64_t)model->config.list->stock - count->given;

    return count->is_stocked && (model->config.list->stock == 0 || count->left < for_all);
}
