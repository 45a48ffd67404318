#include "frame/camera_control.h"

#include <stdio.h>

const char *camera_control_words(enum camera_control_kind kind)
{
    static const char *const words[] = {
#define X(name, words) words,
        CAMERA_CONTROL_LIST(X)
#undef X
    };
    return words[kind];
}

int camera_control_fit(const struct camera_control *control, int value)
{
    int64_t step = control->step > 0 ? control->step : 1, steps;

    if (value <= control->least) return control->least;
    if (value >= control->most) value = control->most;
    steps = ((int64_t)value - control->least + step / 2) / step;
    if (control->least + steps * step > control->most) steps--;
    return (int)(control->least + steps * step);
}

static const char *mains_words(int value)
{
    static const char *const words[] = {"off", "50 Hz", "60 Hz", "automatic"};
    return value >= 0 && value < 4 ? words[value] : "unknown";
}

void camera_control_text(enum camera_control_kind kind, const struct camera_control *control, int value,
                         char out[CAMERA_CONTROL_TEXT_SIZE])
{
    switch (kind) {
    case CAMERA_CONTROL_MAINS:
        snprintf(out, CAMERA_CONTROL_TEXT_SIZE, "%s", mains_words(value));
        break;
    case CAMERA_CONTROL_EXPOSURE_AUTO:
        snprintf(out, CAMERA_CONTROL_TEXT_SIZE, "%s", value == EXPOSURE_AUTO_NONE ? "off" : "on");
        break;
    case CAMERA_CONTROL_SLOW_FRAMES:
    case CAMERA_CONTROL_WHITE_BALANCE_AUTO:
    case CAMERA_CONTROL_GAIN_AUTO:
    case CAMERA_CONTROL_FOCUS_AUTO:
        snprintf(out, CAMERA_CONTROL_TEXT_SIZE, "%s", value ? "on" : "off");
        break;
    case CAMERA_CONTROL_EXPOSURE:
        snprintf(out, CAMERA_CONTROL_TEXT_SIZE, "%.1f ms", value / 10.0);
        break;
    case CAMERA_CONTROL_WHITE_BALANCE:
        snprintf(out, CAMERA_CONTROL_TEXT_SIZE, "%d K", value);
        break;
    case CAMERA_CONTROL_GAIN:
    case CAMERA_CONTROL_FOCUS:
    case CAMERA_CONTROL_COUNT:
        snprintf(out, CAMERA_CONTROL_TEXT_SIZE, "%d of %d-%d", value, control->least, control->most);
        break;
    }
}
