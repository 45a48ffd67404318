#include "frame/v4l2_controls.h"

#include "frame/v4l2_device.h"

#include <linux/videodev2.h>

static const uint32_t ids[] = {
    [CAMERA_CONTROL_MAINS] = V4L2_CID_POWER_LINE_FREQUENCY,
    [CAMERA_CONTROL_SLOW_FRAMES] = V4L2_CID_EXPOSURE_AUTO_PRIORITY,
    [CAMERA_CONTROL_WHITE_BALANCE_AUTO] = V4L2_CID_AUTO_WHITE_BALANCE,
    [CAMERA_CONTROL_WHITE_BALANCE] = V4L2_CID_WHITE_BALANCE_TEMPERATURE,
    [CAMERA_CONTROL_EXPOSURE_AUTO] = V4L2_CID_EXPOSURE_AUTO,
    [CAMERA_CONTROL_EXPOSURE] = V4L2_CID_EXPOSURE_ABSOLUTE,
    [CAMERA_CONTROL_GAIN_AUTO] = V4L2_CID_AUTOGAIN,
    [CAMERA_CONTROL_GAIN] = V4L2_CID_GAIN,
    [CAMERA_CONTROL_FOCUS_AUTO] = V4L2_CID_FOCUS_AUTO,
    [CAMERA_CONTROL_FOCUS] = V4L2_CID_FOCUS_ABSOLUTE,
};

// Menus have gaps: what an index means is the same for all cameras, which ones there are is not.
static uint32_t choices_of(int fd, const struct v4l2_queryctrl *query)
{
    uint32_t choices = 0;

    for (int at = query->minimum > 0 ? query->minimum : 0; at <= query->maximum && at < 32; at++) {
        struct v4l2_querymenu item = {.id = query->id, .index = (uint32_t)at};
        if (v4l2_ioctl(fd, VIDIOC_QUERYMENU, &item) == 0) choices |= UINT32_C(1) << at;
    }
    return choices;
}

static void query_one(int fd, enum camera_control_kind kind, struct camera_control *out)
{
    struct v4l2_queryctrl query = {.id = ids[kind]};

    if (v4l2_ioctl(fd, VIDIOC_QUERYCTRL, &query) != 0 || query.flags & V4L2_CTRL_FLAG_DISABLED) return;
    if (query.minimum > query.maximum) return; // a driver's nonsense
    *out = (struct camera_control){
        .is_present = true,
        .is_locked = query.flags & (V4L2_CTRL_FLAG_READ_ONLY | V4L2_CTRL_FLAG_GRABBED),
        .least = query.minimum,
        .most = query.maximum,
        .step = query.step > 0 ? query.step : 1,
        .now = query.default_value,
        .choices = query.type == V4L2_CTRL_TYPE_MENU ? choices_of(fd, &query) : 0,
    };
    if (v4l2_control_get(fd, kind, &out->now) != STATUS_OK) out->now = query.default_value;
}

void v4l2_controls_query(int fd, struct camera_controls *out)
{
    *out = (struct camera_controls){0};
    for (int kind = 0; kind < CAMERA_CONTROL_COUNT; kind++)
        query_one(fd, (enum camera_control_kind)kind, &out->of[kind]);
}

enum status v4l2_control_set(int fd, enum camera_control_kind kind, int value)
{
    struct v4l2_control control = {.id = ids[kind], .value = value};
    return v4l2_ioctl(fd, VIDIOC_S_CTRL, &control) == 0 ? STATUS_OK : STATUS_LATER;
}

enum status v4l2_control_get(int fd, enum camera_control_kind kind, int *out)
{
    struct v4l2_control control = {.id = ids[kind]};

    if (v4l2_ioctl(fd, VIDIOC_G_CTRL, &control) != 0) return STATUS_LATER;
    *out = control.value;
    return STATUS_OK;
}
