// quiet.c -- the part of the model that knows whether a guest is there: sponsors' pictures, and larger type for one
// guest.
#include "model/model_parts.h"

void model_stir(struct model *model, int64_t mono_ms)
{
    model->stirred_ms = mono_ms;
    (void)dim_wake(model);
    if (model->page == PAGE_ATTRACT) model_show_ready(model, mono_ms);
}

void model_sponsor(struct model *model, bool is_there)
{
    model->has_sponsor = is_there;
}

static int64_t later(int64_t a_ms, int64_t b_ms)
{
    return a_ms > b_ms ? a_ms : b_ms;
}

// The last sign of anybody, or of anything that the team should see on Ready.
static int64_t last_sign(const struct model *model, int64_t mono_ms)
{
    bool is_quiet = model->has_sponsor && model->advice == HINT_NONE && !model_has_no_camera(model);

    if (!is_quiet) return mono_ms;
    return later(later(model->touched_ms, model->stirred_ms), model->sighting.mono_ms);
}

void model_attract(struct model *model, int64_t mono_ms)
{
    int64_t after_ms = model->config.attract_after_ms, sign_ms = last_sign(model, mono_ms);

    if (model->page == PAGE_ATTRACT && sign_ms > model->since_ms) model_show_ready(model, mono_ms);
    if (after_ms <= 0 || model->page != PAGE_READY || mono_ms - later(sign_ms, model->since_ms) < after_ms) return;
    model_show(model, PAGE_ATTRACT, mono_ms, 0);
}

void model_enlarge(struct model *model)
{
    model->is_large_text = !model->is_large_text;
    model->is_large_by_guest = !model->is_large_by_guest;
}
