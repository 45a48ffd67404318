// model_act.c -- the part of the model that knows what touches and keys mean.
#include "ui/form.h"
#include "ui/result.h"

static void turn_page(struct model *model, int step)
{
    int leaf = model->leaf + step;

    if (leaf >= 0 && leaf < model->leaf_count) model->leaf = leaf;
}

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
    case PAGE_STAFF:
        if (staff_default_key(model) >= 0) return (struct action){ACT_STAFF, staff_default_key(model)};
        break;
    case PAGE_WALK_IN:
        return (struct action){ACT_WALK, walk_key(WALK_ACT_ON, 0)};
    case PAGE_HELP:
    case PAGE_ATTRACT:
        break;
    }
    return (struct action){0};
}

// A guest's own language gives way to the one that was touched.
static void choose_language(struct model *model, enum language language)
{
    model->language = language;
    model->result.language[0] = '\0';
}

static void leave_practice(struct model *model, int64_t mono_ms)
{
    if (!model->stance.is_practising || model->has_command) return;
    model->has_command = true;
    model->command = (struct command){.kind = COMMAND_PRACTISE, .mono_ms = mono_ms, .session = model->staff.session};
}

static void type(struct model *model, const char *text, int64_t mono_ms)
{
    if (form_page(model) == PAGE_WALK_IN) walk_type(model, text, mono_ms);
    else if (form_page(model) == PAGE_STAFF) staff_type(model, text, mono_ms);
    else form_append(model, text);
}

static void erase(struct model *model, int64_t mono_ms)
{
    if (form_page(model) == PAGE_WALK_IN) walk_erase(model, mono_ms);
    else if (form_page(model) == PAGE_STAFF) staff_erase(model, mono_ms);
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

void model_act(struct model *model, struct action action, int64_t mono_ms)
{
    bool was_attract = model->page == PAGE_ATTRACT;
    char key[8] = "";

    model->touched_ms = mono_ms;
    model_stir(model, mono_ms);
    if (was_attract && !is_of_attract(action)) return;
    if (action.act == ACT_DEFAULT) action = default_action(model);
    switch (action.act) {
    case ACT_NONE:
    case ACT_DEFAULT:
        break;
    case ACT_GERMAN:
        choose_language(model, LANGUAGE_DE);
        break;
    case ACT_ENGLISH:
        choose_language(model, LANGUAGE_EN);
        break;
    case ACT_PRIVACY:
        model->leaf = 0;
        model_show(model, PAGE_PRIVACY, mono_ms, 0);
        break;
    case ACT_HAND:
        form_open(model, mono_ms);
        break;
    case ACT_BACK:
        go_back(model, mono_ms);
        break;
    case ACT_KEY:
        if (form_page(model) == PAGE_STAFF) staff_point(model, action.key, mono_ms);
        else if (field_append_point(key, sizeof key, action.key)) type(model, key, mono_ms);
        break;
    case ACT_ERASE:
        erase(model, mono_ms);
        break;
    case ACT_LAYER:
        if (model->page == PAGE_WALK_IN) model->walk.keys.layer = (enum keys_layer)action.key;
        if (model->page == PAGE_STAFF) model->staff.keys.layer = (enum keys_layer)action.key;
        break;
    case ACT_HELP:
        open_help(model, mono_ms);
        break;
    case ACT_WALK_IN:
        walk_open(model, mono_ms);
        break;
    case ACT_WALK:
        walk_act(model, action.key, mono_ms);
        break;
    case ACT_LARGE:
        model_enlarge(model);
        break;
    case ACT_FIND:
        if (form_page(model) == PAGE_HAND) form_find(model, mono_ms);
        break;
    case ACT_UNLOCK:
        if (form_page(model) == PAGE_PIN) form_unlock(model, mono_ms);
        break;
    case ACT_RETRY:
        if (model->page == PAGE_NOT_SAVED) form_retry(model, mono_ms);
        break;
    case ACT_PAGE_BACK:
        turn_page(model, -1);
        break;
    case ACT_PAGE_ON:
        turn_page(model, 1);
        break;
    case ACT_STAFF_DOOR:
        staff_door(model, mono_ms);
        break;
    case ACT_STAFF:
        staff_act(model, action.key, mono_ms);
        break;
    case ACT_UNDO:
        result_undo(model, mono_ms);
        break;
    case ACT_NOTE:
        result_ask_note(model, mono_ms);
        break;
    case ACT_LEAVE_PRACTICE:
        leave_practice(model, mono_ms);
        break;
    case ACT_DISMISS:
        if (model->page == PAGE_RESULT) result_leave(model, mono_ms);
        break;
    }
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
