// model_act.c -- the part of the model that knows what touches and keys mean.
#include "model/form.h"
#include "model/model_parts.h"
#include "model/result.h"

#include <stddef.h>

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
    case PAGE_PAIRING:
        return (struct action){ACT_PAIRING, PAIRING_ACT_SEND};
    case PAGE_STAFF:
        if (model->staff.page == STAFF_PAIR) return (struct action){ACT_PAIRING, PAIRING_ACT_SEND};
        if (staff_default_key(model) >= 0) return (struct action){ACT_STAFF, staff_default_key(model)};
        break;
    case PAGE_WALK_IN:
        return (struct action){ACT_WALK, walk_key(WALK_ACT_ON, 0)};
    case PAGE_HELP:
    case PAGE_ATTRACT:
    case PAGE_TROUBLE:
        break;
    }
    return (struct action){0};
}

static void leave_practice(struct model *model, int64_t mono_ms)
{
    if (!model->stance.is_practising || model->has_command) return;
    model_command(model, COMMAND_PRACTISE, mono_ms)->session = model->staff.session;
}

static void type(struct model *model, const char *text, int64_t mono_ms)
{
    if (form_page(model) == PAGE_WALK_IN) walk_type(model, text, mono_ms);
    else if (form_page(model) == PAGE_STAFF) staff_type(model, text, mono_ms);
    else if (form_page(model) == PAGE_PAIRING) pairing_page_type(model, text);
    else form_append(model, text);
}

static void erase(struct model *model, int64_t mono_ms)
{
    if (form_page(model) == PAGE_WALK_IN) walk_erase(model, mono_ms);
    else if (form_page(model) == PAGE_STAFF) staff_erase(model, mono_ms);
    else if (form_page(model) == PAGE_PAIRING) pairing_page_erase(model);
    else form_erase(model);
}

// A touch lands on what was seen: only the language and the staff's corner mean something over a sponsor's picture.
static bool is_of_attract(struct action action)
{
    return action.act == ACT_GERMAN || action.act == ACT_ENGLISH || action.act == ACT_STAFF_DOOR;
}

static void go_back(struct model *model, int64_t mono_ms)
{
    if (model->page == PAGE_PIN) form_leave_pin(model, mono_ms);
    else if (model->page == PAGE_PAIRING) model->pairing.has_keys = false;
    else if (model->page == PAGE_STAFF) staff_act(model, staff_key(STAFF_ACT_BACK, 0), mono_ms);
    else if (model->page == PAGE_WALK_IN) walk_act(model, walk_key(WALK_ACT_BACK, 0), mono_ms);
    else if (model->page == PAGE_PRIVACY && model->walk.is_open) model_show(model, PAGE_WALK_IN, mono_ms, 0);
    else if (model->page == PAGE_HAND || model->page == PAGE_PRIVACY || model->page == PAGE_HELP)
        model_show_ready(model, mono_ms);
}

static void open_help(struct model *model, int64_t mono_ms)
{
    if (walk_is_offered(model)) model_show(model, PAGE_HELP, mono_ms, 0);
    else form_open(model, mono_ms); // there is nothing to choose
}

// ---- what each act does ----

// A guest's own language gives way to the one that was touched.
static void choose_language(struct model *model, enum language language)
{
    model->language = language;
    model->result.language[0] = '\0';
}

static void speak_german(struct model *model, int64_t mono_ms)
{
    (void)mono_ms;
    choose_language(model, LANGUAGE_DE);
}

static void speak_english(struct model *model, int64_t mono_ms)
{
    (void)mono_ms;
    choose_language(model, LANGUAGE_EN);
}

static void open_privacy(struct model *model, int64_t mono_ms)
{
    model->leaf = 0;
    model_show(model, PAGE_PRIVACY, mono_ms, 0);
}

static void turn_page_back(struct model *model, int64_t mono_ms)
{
    (void)mono_ms;
    if (model->leaf > 0) model->leaf--;
}

static void turn_page_on(struct model *model, int64_t mono_ms)
{
    (void)mono_ms;
    if (model->leaf + 1 < model->leaf_count) model->leaf++;
}

static void enlarge(struct model *model, int64_t mono_ms)
{
    (void)mono_ms;
    model_enlarge(model);
}

static void dismiss(struct model *model, int64_t mono_ms)
{
    if (model->page == PAGE_RESULT) result_leave(model, mono_ms);
}

static void press_key(struct model *model, int point, int64_t mono_ms)
{
    char text[8] = "";

    if (form_page(model) == PAGE_STAFF) staff_point(model, point, mono_ms);
    else if (field_append_point(text, sizeof text, point)) type(model, text, mono_ms);
}

static void choose_layer(struct model *model, int layer, int64_t mono_ms)
{
    (void)mono_ms;
    if (model->page == PAGE_WALK_IN) model->walk.keys.layer = (enum keys_layer)layer;
    if (model->page == PAGE_STAFF) model->staff.keys.layer = (enum keys_layer)layer;
    if (pairing_page_is_shown(model)) model->pairing.keys.layer = (enum keys_layer)layer;
}

// One of the two, or nothing.
static const struct {
    void (*act)(struct model *model, int64_t mono_ms);
    void (*act_on)(struct model *model, int key, int64_t mono_ms);
} deeds[] = {
    [ACT_NONE] = {NULL, NULL},
    [ACT_GERMAN] = {.act = speak_german},
    [ACT_ENGLISH] = {.act = speak_english},
    [ACT_PRIVACY] = {.act = open_privacy},
    [ACT_HAND] = {.act = form_open},
    [ACT_BACK] = {.act = go_back},
    [ACT_KEY] = {.act_on = press_key},
    [ACT_ERASE] = {.act = erase},
    [ACT_FIND] = {.act = form_find},
    [ACT_UNLOCK] = {.act = form_unlock},
    [ACT_RETRY] = {.act = form_retry},
    [ACT_PAGE_BACK] = {.act = turn_page_back},
    [ACT_PAGE_ON] = {.act = turn_page_on},
    [ACT_DISMISS] = {.act = dismiss},
    [ACT_HELP] = {.act = open_help},
    [ACT_WALK_IN] = {.act = walk_open},
    [ACT_WALK] = {.act_on = walk_act},
    [ACT_STAFF_DOOR] = {.act = staff_door},
    [ACT_STAFF] = {.act_on = staff_act},
    [ACT_LAYER] = {.act_on = choose_layer},
    [ACT_LARGE] = {.act = enlarge},
    [ACT_UNDO] = {.act = result_undo},
    [ACT_NOTE] = {.act = result_ask_note},
    [ACT_LEAVE_PRACTICE] = {.act = leave_practice},
    [ACT_PAIRING] = {.act_on = pairing_page_act},
    [ACT_STAFF_SYNC] = {.act = model_open_sync},
    [ACT_DEFAULT] = {NULL, NULL}, // where there is nothing to confirm
};

void model_act(struct model *model, struct action action, int64_t mono_ms)
{
    bool was_attract = model->page == PAGE_ATTRACT, was_dim = dim_wake(model);

    model->touched_ms = mono_ms;
    model_stir(model, mono_ms);
    if (was_attract && !is_of_attract(action)) return;
    if (was_dim && action.act != ACT_STAFF_DOOR) return;
    if (action.act == ACT_DEFAULT) action = default_action(model);
    if (deeds[action.act].act) deeds[action.act].act(model, mono_ms);
    if (deeds[action.act].act_on) deeds[action.act].act_on(model, action.key, mono_ms);
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
