#include "screen/devices.h"

#include <stddef.h>

void devices_open(struct devices *devices, int volume, int brightness, struct model *model)
{
    struct backlight *backlight = devices->backlight;

    sound_open(volume, &devices->sound);
    if (backlight && brightness > 0) backlight->ops->set(backlight, brightness);
    model->volume = devices->volume = volume;
    model->brightness = devices->brightness = backlight ? backlight->ops->percent(backlight) : 0;
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

void devices_follow(struct devices *devices, const struct model *model, int64_t mono_ms)
{
    if (model->volume != devices->volume) sound_set_volume(devices->sound, model->volume);
    if (devices->backlight && model->brightness != devices->brightness)
        devices->backlight->ops->set(devices->backlight, model->brightness);
    devices->volume = model->volume;
    devices->brightness = model->brightness;
    ring(devices, model, mono_ms);
}

void devices_close(struct devices *devices)
{
    sound_close(devices->sound);
    devices->sound = NULL;
}
