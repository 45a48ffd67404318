#include "model/dim.h"

#include "model/model_parts.h"

// Forms and results go by themselves; what stays until a person comes must be seen.
static bool can_rest(enum page page)
{
    return page == PAGE_READY || page == PAGE_ATTRACT || page == PAGE_PAIRING;
}

static int64_t last_sign_ms(const struct model *model)
{
    int64_t sign_ms = model->touched_ms;

    if (model->stirred_ms > sign_ms) sign_ms = model->stirred_ms;
    return model->sighting.mono_ms > sign_ms ? model->sighting.mono_ms : sign_ms;
}

// A kiosk that isn't paired yet has no event to disturb.
static bool is_event_far(const struct event *event, int64_t unix_ms)
{
    if (event == &model_no_event) return true;
    return unix_ms > 0 && (unix_ms < event->starts_ms - DIM_MARGIN_MS || unix_ms > event->ends_ms + DIM_MARGIN_MS);
}

bool dim_is_quiet(const struct model *model, int64_t mono_ms)
{
    int64_t after_ms = model->config.dim.after_ms;

    return after_ms > 0 && can_rest(model->page) && mono_ms - last_sign_ms(model) >= after_ms;
}

void dim_look(struct model *model, int64_t unix_ms, int64_t mono_ms)
{
    model->is_dim = dim_is_quiet(model, mono_ms) && is_event_far(model->config.event, unix_ms);
}

bool dim_wake(struct model *model)
{
    bool was_dim = model->is_dim;

    model->is_dim = false;
    return was_dim;
}

int dim_brightness(const struct model *model)
{
    int percent = model->config.dim.percent;

    return model->is_dim && percent < model->brightness ? percent : model->brightness;
}

int dim_opacity(const struct model *model)
{
    return model->is_dim && model->brightness == 0 ? 255 * (100 - model->config.dim.percent) / 100 : 0;
}
