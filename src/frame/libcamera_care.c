#include "frame/libcamera_care.h"

#include "base/text.h"

#include <assert.h>
#include <stdio.h>

static void set(struct libcamera_care *care, const char *property, const char *value)
{
    struct libcamera_setting *setting = &care->settings[care->count++];

    assert(care->count <= LIBCAMERA_CARE_MOST);
    setting->property = property;
    text_copy(setting->value, sizeof setting->value, value);
}

static void set_number(struct libcamera_care *care, const char *property, int value)
{
    char text[LIBCAMERA_VALUE_SIZE];

    snprintf(text, sizeof text, "%d", value);
    set(care, property, text);
}

// Exposure and gain have a mode each since 0.5; before, a value alone held it.
static void plan_exposure(const struct care_want *want, struct libcamera_care *out)
{
    if (want->way == CARE_VALUE) {
        set(out, "exposure-time-mode", "manual");
        set_number(out, "exposure-time", want->value);
    } else set(out, "ae-exposure-mode", want->way == CARE_OURS ? "short" : "normal");
}

static void plan_gain(const struct care_want *want, struct libcamera_care *out)
{
    if (want->way != CARE_VALUE) return;
    set(out, "analogue-gain-mode", "manual");
    set_number(out, "analogue-gain", want->value);
}

// Lamps make stripes unless the shutter stays open for whole beats of their light.
static void plan_mains(enum care_mains mains, struct libcamera_care *out)
{
    set(out, "ae-flicker-mode", mains == CARE_MAINS_OFF ? "off" : "manual");
    if (mains != CARE_MAINS_OFF) set_number(out, "ae-flicker-period", mains == CARE_MAINS_50 ? 10000 : 8333);
}

// In dioptres: 3.3 is 30 cm.
static void plan_focus(const struct care_want *want, struct libcamera_care *out)
{
    if (want->way == CARE_CAMERA) {
        set(out, "af-mode", "continuous");
        return;
    }
    set(out, "af-mode", "manual");
    if (want->way == CARE_VALUE) set_number(out, "lens-position", want->value);
    else set(out, "lens-position", "3.3");
}

// "Fixed" leaves it to the camera: without an automatic it has no gains for its colours, and a Pi's wavers little.
static void plan_white_balance(const struct care_want *want, struct libcamera_care *out)
{
    if (want->way != CARE_VALUE) return;
    set(out, "awb-enable", "false");
    set_number(out, "colour-temperature", want->value);
}

void libcamera_care_make(const struct care_wish *wish, struct libcamera_care *out)
{
    *out = (struct libcamera_care){0};
    plan_mains(wish->mains, out);
    plan_exposure(&wish->exposure, out);
    plan_gain(&wish->gain, out);
    plan_white_balance(&wish->white_balance, out);
    plan_focus(&wish->focus, out);
}
