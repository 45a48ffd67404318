#include "app/front_settings.h"

static struct dim_config dim_settings(const struct settings *settings)
{
    return (struct dim_config){.after_ms = settings->is_dimming ? (int64_t)(settings->dim_minutes * 60000) : 0,
                               .percent = settings->dim_percent};
}

struct front_config front_settings(const struct settings *settings)
{
    return (struct front_config){
        .brightness = settings->brightness,
        .dim = dim_settings(settings),
        .is_large_text = settings->is_large_text,
        .is_high_contrast = settings->is_high_contrast,
        .width_px = settings->width_px,
        .height_px = settings->height_px,
        .is_fullscreen = settings->is_fullscreen,
        .inch_px = settings->pixels_per_inch,
        .language = settings->language,
        .result_ms = (int64_t)(settings->result_s * 1000),
        .volume = settings->volume,
        .is_mirrored = settings->is_mirrored,
        .fonts = settings->fonts,
        .locale_folder = settings->texts,
        .screenshots = settings_screenshots(settings),
    };
}
