// The stand-in's controls, as the kernel's uvcvideo driver behaves: values out of range are taken as the nearest, an
// exposure time or a focus is refused while the camera does it by itself, menus have gaps.
#include "fakes/v4l2_standin.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <linux/videodev2.h>

enum { DELAY_MOST = 16, LIGHT_EXPOSURE = 100, GAIN_STOPS = 4 };

static const struct trait {
    const char *name;
    uint32_t id, type;
    int least, most, step, initial;
    uint32_t choices; // of a menu
    const char *group;
} traits[] = {
    {"power_line", V4L2_CID_POWER_LINE_FREQUENCY, V4L2_CTRL_TYPE_MENU, 0, 2, 1, 2, 7, "power_line"},
    {"exposure_auto", V4L2_CID_EXPOSURE_AUTO, V4L2_CTRL_TYPE_MENU, 0, 3, 1, 3, 1 << 1 | 1 << 3, "exposure"},
    {"exposure", V4L2_CID_EXPOSURE_ABSOLUTE, V4L2_CTRL_TYPE_INTEGER, 3, 2047, 1, 250, 0, "exposure"},
    {"slow_frames", V4L2_CID_EXPOSURE_AUTO_PRIORITY, V4L2_CTRL_TYPE_BOOLEAN, 0, 1, 1, 1, 0, "exposure"},
    {"gain", V4L2_CID_GAIN, V4L2_CTRL_TYPE_INTEGER, 0, 255, 1, 0, 0, "gain"},
    {"focus_auto", V4L2_CID_FOCUS_AUTO, V4L2_CTRL_TYPE_BOOLEAN, 0, 1, 1, 1, 0, "focus"},
    {"focus", V4L2_CID_FOCUS_ABSOLUTE, V4L2_CTRL_TYPE_INTEGER, 0, 250, 5, 0, 0, "focus"},
    {"white_balance", V4L2_CID_AUTO_WHITE_BALANCE, V4L2_CTRL_TYPE_BOOLEAN, 0, 1, 1, 1, 0, "white_balance"},
};
enum { POWER_LINE, EXPOSURE_AUTO, EXPOSURE, SLOW_FRAMES, GAIN, FOCUS_AUTO, FOCUS, WHITE_BALANCE, COUNT };

static struct { // under the device's lock
    const struct standin_play *play;
    int values[COUNT];
    int light[DELAY_MOST]; // percent; of the frames in the pipeline, newest first
} state;

static int refuse(int error)
{
    errno = error;
    return -1;
}

static bool is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == length && strncmp(at, name, length) == 0) return true;
    return false;
}

static int find(uint32_t id) // -1: this camera hasn't it
{
    for (int i = 0; i < COUNT; i++)
        if (traits[i].id == id &&
            (is_listed(state.play->controls, traits[i].group) || is_listed(state.play->controls, "uvc")))
            return i;
    return -1;
}

static int light_percent(void)
{
    bool is_auto = find(traits[EXPOSURE_AUTO].id) >= 0 && state.values[EXPOSURE_AUTO] != 1;
    double stops = GAIN_STOPS * (double)state.values[GAIN] / traits[GAIN].most;

    if (state.play->light_percent == 0 || is_auto) return 100; // the camera exposes well by itself
    return (int)(state.play->light_percent * (double)state.values[EXPOSURE] / LIGHT_EXPOSURE * exp2(stops));
}

void standin_controls_reset(const struct standin_play *play)
{
    state.play = play;
    for (int i = 0; i < COUNT; i++) state.values[i] = traits[i].initial;
    for (int i = 0; i < DELAY_MOST; i++) state.light[i] = light_percent();
}

int standin_controls_light(void)
{
    memmove(&state.light[1], &state.light[0], (DELAY_MOST - 1) * sizeof state.light[0]);
    state.light[0] = light_percent();
    return state.light[state.play->delay_frames < DELAY_MOST ? state.play->delay_frames : DELAY_MOST - 1];
}

static int describe(struct v4l2_queryctrl *query)
{
    int at = find(query->id);

    if (at < 0) return refuse(EINVAL);
    bool is_inactive =
        (at == EXPOSURE && state.values[EXPOSURE_AUTO] != 1) || (at == FOCUS && state.values[FOCUS_AUTO]);
    query->type = traits[at].type;
    snprintf((char *)query->name, sizeof query->name, "%s", traits[at].name);
    query->minimum = traits[at].least;
    query->maximum = traits[at].most;
    query->step = traits[at].step;
    query->default_value = traits[at].initial;
    query->flags = is_inactive ? V4L2_CTRL_FLAG_INACTIVE : 0;
    return 0;
}

static int describe_choice(struct v4l2_querymenu *item)
{
    int at = find(item->id);

    return at >= 0 && item->index < 32 && (traits[at].choices >> item->index & 1) ? 0 : refuse(EINVAL);
}

static int get(struct v4l2_control *control)
{
    int at = find(control->id);

    if (at < 0) return refuse(EINVAL);
    control->value = state.values[at];
    return 0;
}

static void note(const char *name, const char *how, int value)
{
    FILE *journal = state.play->journal ? fopen(state.play->journal, "a") : NULL;

    if (!journal) return;
    fprintf(journal, "%s%s%d\n", name, how, value);
    fclose(journal);
}

static int set(struct v4l2_control *control)
{
    int at = find(control->id), value = control->value;

    if (at < 0) return refuse(EINVAL);
    const struct trait *trait = &traits[at];
    bool is_held = (at == EXPOSURE && state.values[EXPOSURE_AUTO] != 1) || (at == FOCUS && state.values[FOCUS_AUTO]);
    bool is_gap = trait->choices && (value < 0 || value > 31 || !(trait->choices >> value & 1));
    if (is_held || is_gap || is_listed(state.play->refuses, trait->name)) {
        note(trait->name, "!", value);
        return refuse(is_gap ? EINVAL : is_held ? EACCES : EIO);
    }
    int most = at == EXPOSURE && state.play->most_exposure > 0 ? state.play->most_exposure : trait->most;
    if (value > most) value = most;
    if (value < trait->least) value = trait->least;
    state.values[at] = control->value = trait->least + (value - trait->least) / trait->step * trait->step;
    note(trait->name, "=", state.values[at]);
    return 0;
}

int standin_controls_answer(unsigned long request, void *argument)
{
    switch (request) {
    case VIDIOC_QUERYCTRL:
        return describe(argument);
    case VIDIOC_QUERYMENU:
        return describe_choice(argument);
    case VIDIOC_G_CTRL:
        return get(argument);
    case VIDIOC_S_CTRL:
        return set(argument);
    default:
        return refuse(ENOTTY);
    }
}
