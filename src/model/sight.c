// sight.c -- the part of the model that knows what the camera sees.
#include "model/model.h"

void model_sighting(struct model *model, const struct sighting *sighting)
{
    model->sighting = *sighting;
    (void)dim_wake(model);
}

void model_hint(struct model *model, enum hint hint)
{
    model->advice = hint;
}

bool model_is_sighted(const struct model *model, int64_t mono_ms)
{
    return model->sighting.mono_ms > 0 && mono_ms - model->sighting.mono_ms < MODEL_SIGHTING_MS;
}

bool model_has_no_camera(const struct model *model)
{
    return model->is_camera_known && !model->camera.is_present;
}

enum hint model_advice(const struct model *model)
{
    return model->page == PAGE_READY && !model_has_no_camera(model) ? model->advice : HINT_NONE;
}
