// walk_type.c -- the part of walk.h that knows which field is chosen, and types into it.
#include "model/form.h"
#include "model/model_parts.h"

static const struct walk_in_field *chosen_field(const struct model *model)
{
    return &walk_rules(model)->fields[model->walk.field];
}

static char *chosen_value(struct model *model)
{
    return model->walk.form.values[model->walk.field];
}

static void follow(struct model *model)
{
    keys_follow(&model->walk.keys, chosen_value(model), chosen_field(model)->kind != FIELD_EMAIL);
}

void walk_choose(struct model *model, int field)
{
    struct walk *walk = &model->walk;

    if (field < 0 || (size_t)field >= walk_rules(model)->field_count) return;
    walk->field = field;
    walk->keys.kind = chosen_field(model)->kind == FIELD_EMAIL ? KEYS_EMAIL : KEYS_TEXT;
    walk->keys.layer = KEYS_SMALL;
    follow(model);
}

// ---- typing ----

static bool is_typing(const struct model *model)
{
    return model->walk.is_open && model->walk.step == WALK_FORM && model->asked_ms == 0;
}

static void note_change(struct model *model, int64_t mono_ms)
{
    if (model->walk.complaint == model->walk.field + 1) model->walk.complaint = 0;
    model->hint = FORM_HINT_NONE;
    model->touched_ms = mono_ms;
    follow(model);
    form_hurry_result(model);
}

// A blank ticks the box that Tab has chosen, as on every computer.
static void press_blank(struct model *model, int64_t mono_ms)
{
    struct action chosen = model->chosen;

    if (model->walk.step == WALK_CONSENTS && chosen.act == ACT_WALK && chosen.key / 256 == WALK_ACT_CONSENT)
        walk_act(model, chosen.key, mono_ms);
}

void walk_type(struct model *model, const char *text, int64_t mono_ms)
{
    if (text[0] == ' ' && text[1] == '\0') press_blank(model, mono_ms);
    if (!is_typing(model)) return;
    field_append(chosen_value(model), EVENT_VALUE_SIZE, text);
    note_change(model, mono_ms);
}

void walk_erase(struct model *model, int64_t mono_ms)
{
    if (!is_typing(model)) return;
    field_erase(chosen_value(model));
    note_change(model, mono_ms);
}

bool walk_step_field(struct model *model, int step, int64_t mono_ms)
{
    int count = (int)walk_rules(model)->field_count;

    if (model->page != PAGE_WALK_IN || !is_typing(model)) return false;
    walk_choose(model, (model->walk.field + count + step) % count);
    model->chosen = (struct action){0};
    model->touched_ms = mono_ms;
    return true;
}
