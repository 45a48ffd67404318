#define LOG_MODULE "screen"

#include "screen/devices.h"

#include "base/log.h"

#include <stddef.h>

static int begin_brightness(const struct devices *devices, int wanted, const struct dim_config *dim)
{
    struct backlight *backlight = devices->backlight;

    if (!backlight) return 0;
    if (wanted == 0 && dim->after_ms > 0 && backlight->ops->percent(backlight) <= dim->percent + DEVICES_DIM_STEP)
        wanted = 100;
    if (wanted > 0) backlight->ops->set(backlight, wanted);
    return backlight->ops->percent(backlight);
}

void devices_open(struct devices *devices, int volume, int brightness, struct model *model)
{
    sound_open(volume, &devices->sound);
    model->volume = devices->volume = volume;
    model->brightness = devices->brightness = begin_brightness(devices, brightness, &model->config.dim);
}

static void ring(struct devices *devices, const struct model *model, int64_t mono_ms)
{
    bool is_update = model->page == PAGE_STAFF && model->staff.page == STAFF_UPDATE;
    bool is_open = is_update || (model->page == PAGE_STAFF && model->staff.page == STAFF_CHECK);
    int64_t every_ms = is_update ? DEVICES_UPDATE_MS : DEVICES_INSPECT_MS;
    bool is_due = is_open && (!devices->is_inspected || mono_ms - devices->rung_ms >= every_ms);

    devices->is_inspected = is_open;
    if (!devices->inspection || !is_due) return;
    devices->rung_ms = mono_ms;
    doorbell_ring(devices->inspection);
}

// The clock is asked only when nobody has been here for long.
static void dim(struct devices *devices, struct model *model, int64_t mono_ms)
{
    struct clock *clock = devices->clock;

    if (!clock) return;
    bool is_trusted = dim_is_quiet(model, mono_ms) && clock_state_is_trusted(clock->ops->state(clock));
    dim_look(model, is_trusted ? clock->ops->unix_ms(clock) : 0, mono_ms);
    if (model->is_dim != devices->is_dim)
        log_info("%s", model->is_dim ? "dimmed: nobody is here, and no event is near" : "bright again");
    devices->is_dim = model->is_dim;
}

static void set_brightness(struct devices *devices, int percent)
{
    if (devices->backlight && percent != devices->brightness) devices->backlight->ops->set(devices->backlight, percent);
    devices->brightness = percent;
}

void devices_follow(struct devices *devices, struct model *model, int64_t mono_ms)
{
    if (model->volume != devices->volume) sound_set_volume(devices->sound, model->volume);
    sound_look(devices->sound, mono_ms);
    dim(devices, model, mono_ms);
    devices->bright = model->brightness;
    set_brightness(devices, dim_brightness(model));
    devices->volume = model->volume;
    ring(devices, model, mono_ms);
}

void devices_close(struct devices *devices)
{
    if (devices->is_dim) set_brightness(devices, devices->bright);
    devices->is_dim = false;
    sound_close(devices->sound);
    devices->sound = NULL;
}
