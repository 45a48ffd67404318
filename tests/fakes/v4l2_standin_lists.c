// What the stand-in says about itself and its modes.
#include "fakes/v4l2_standin.h"

#include <errno.h>
#include <string.h>

#include <linux/videodev2.h>

static int refuse(int error)
{
    errno = error;
    return -1;
}

int standin_query_capabilities(struct v4l2_capability *about)
{
    memset(about, 0, sizeof *about);
    strcpy((char *)about->driver, "standin");
    strcpy((char *)about->card, "Stand-in camera");
    about->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    about->capabilities = about->device_caps | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

int standin_list_format(const struct standin_play *play, struct v4l2_fmtdesc *format)
{
    if (play->lists_nothing || format->index >= (uint32_t)play->format_count) return refuse(EINVAL);
    format->pixelformat = play->formats[format->index];
    return 0;
}

int standin_list_size(const struct standin_play *play, struct v4l2_frmsizeenum *size)
{
    if (play->mode_count == 0) { // a range
        if (play->lists_nothing || size->index > 0) return refuse(EINVAL);
        size->type = V4L2_FRMSIZE_TYPE_STEPWISE;
        size->stepwise = (struct v4l2_frmsize_stepwise){160, 1920, 16, 120, 1080, 8};
        return 0;
    }
    if (size->index >= (uint32_t)play->mode_count) return refuse(EINVAL);
    size->type = V4L2_FRMSIZE_TYPE_DISCRETE;
    size->discrete.width = (uint32_t)play->modes[size->index].width_px;
    size->discrete.height = (uint32_t)play->modes[size->index].height_px;
    return 0;
}

const struct standin_mode *standin_find_mode(const struct standin_play *play, uint32_t width, uint32_t height)
{
    for (int i = 0; i < play->mode_count; i++)
        if ((uint32_t)play->modes[i].width_px == width && (uint32_t)play->modes[i].height_px == height)
            return &play->modes[i];
    return play->mode_count > 0 ? &play->modes[0] : NULL;
}

int standin_list_interval(const struct standin_play *play, struct v4l2_frmivalenum *interval)
{
    const struct standin_mode *mode = standin_find_mode(play, interval->width, interval->height);

    if (!mode || interval->index > 0) return refuse(EINVAL);
    interval->type = V4L2_FRMIVAL_TYPE_DISCRETE;
    interval->discrete = (struct v4l2_fract){1, (uint32_t)mode->frames_per_s};
    return 0;
}
