#include "frame/v4l2_modes.h"

#include <errno.h>
#include <stdbool.h>

#include <linux/videodev2.h>

enum { LIST_MOST = 1000, WANTED_FRAMES_PER_S = 30 }; // a driver that never ends its list is cut short

static const struct {
    uint32_t code;
    enum pixel_format format;
} formats[] = {
    {V4L2_PIX_FMT_GREY, PIXEL_FORMAT_GREY},  {V4L2_PIX_FMT_NV12, PIXEL_FORMAT_NV12},
    {V4L2_PIX_FMT_YUYV, PIXEL_FORMAT_YUYV},  {V4L2_PIX_FMT_MJPEG, PIXEL_FORMAT_MJPEG},
    {V4L2_PIX_FMT_JPEG, PIXEL_FORMAT_MJPEG},
};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

static enum pixel_format format_of(uint32_t code)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (formats[i].code == code) return formats[i].format;
    return PIXEL_FORMAT_COUNT;
}

static double rate(const struct v4l2_fract *interval)
{
    return interval->numerator > 0 ? (double)interval->denominator / interval->numerator : 0;
}

static double fastest(const struct v4l2_device *device, uint32_t code, uint32_t width, uint32_t height)
{
    struct v4l2_frmivalenum interval = {.pixel_format = code, .width = width, .height = height};
    double best = 0;

    for (; interval.index < LIST_MOST; interval.index++) {
        if (v4l2_ioctl(device->fd, VIDIOC_ENUM_FRAMEINTERVALS, &interval) != 0) break;
        bool is_list = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE;
        double found = rate(is_list ? &interval.discrete : &interval.stepwise.min);
        if (found > best) best = found;
        if (!is_list) break;
    }
    return best;
}

static void add(struct v4l2_device *device, uint32_t code, uint32_t width, uint32_t height)
{
    if (device->mode_count == V4L2_DEVICE_MAX_MODES || width > INT16_MAX || height > INT16_MAX) return;
    device->modes[device->mode_count++] = (struct camera_mode){
        .format = format_of(code),
        .width_px = (int)width,
        .height_px = (int)height,
        .frames_per_s = fastest(device, code, width, height),
    };
}

static uint32_t largest_step(uint32_t least, uint32_t most, uint32_t step, uint32_t limit)
{
    if (most > limit) most = limit;
    if (most <= least) return least;
    return step > 1 ? least + (most - least) / step * step : most;
}

// A range of sizes: the largest within the limits, and the old standard in case that is slow.
static void add_range(struct v4l2_device *device, uint32_t code, const struct v4l2_frmsize_stepwise *range,
                      int most_width_px, int most_height_px)
{
    const uint32_t limits[][2] = {{(uint32_t)most_width_px, (uint32_t)most_height_px}, {640, 480}};

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        add(device, code, largest_step(range->min_width, range->max_width, range->step_width, limits[i][0]),
            largest_step(range->min_height, range->max_height, range->step_height, limits[i][1]));
}

static void list_sizes(struct v4l2_device *device, uint32_t code, int most_width_px, int most_height_px)
{
    struct v4l2_frmsizeenum size = {.pixel_format = code};
    size_t before = device->mode_count;

    for (; size.index < LIST_MOST; size.index++) {
        if (v4l2_ioctl(device->fd, VIDIOC_ENUM_FRAMESIZES, &size) != 0) break;
        if (size.type != V4L2_FRMSIZE_TYPE_DISCRETE) {
            add_range(device, code, &size.stepwise, most_width_px, most_height_px);
            break;
        }
        add(device, code, size.discrete.width, size.discrete.height);
    }
    if (device->mode_count == before) add(device, code, (uint32_t)most_width_px, (uint32_t)most_height_px);
}

void v4l2_modes_list(struct v4l2_device *device, int most_width_px, int most_height_px)
{
    struct v4l2_fmtdesc description = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};

    device->mode_count = 0;
    for (; description.index < LIST_MOST; description.index++) {
        if (v4l2_ioctl(device->fd, VIDIOC_ENUM_FMT, &description) != 0) break;
        if (format_of(description.pixelformat) != PIXEL_FORMAT_COUNT)
            list_sizes(device, description.pixelformat, most_width_px, most_height_px);
    }
    if (description.index > 0) return;
    for (size_t i = 0; i < FORMAT_COUNT; i++) list_sizes(device, formats[i].code, most_width_px, most_height_px);
}

// Nothing depends on it: many drivers have one speed.
static void ask_for_speed(const struct v4l2_device *device)
{
    struct v4l2_streamparm parameters = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};

    parameters.parm.capture.timeperframe = (struct v4l2_fract){1, WANTED_FRAMES_PER_S};
    (void)v4l2_ioctl(device->fd, VIDIOC_S_PARM, &parameters);
}

static bool try_code(struct v4l2_device *device, uint32_t code, const struct camera_mode *mode)
{
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    struct v4l2_pix_format *pix = &format.fmt.pix;

    pix->width = (uint32_t)mode->width_px;
    pix->height = (uint32_t)mode->height_px;
    pix->pixelformat = code;
    pix->field = V4L2_FIELD_ANY;
    if (v4l2_ioctl(device->fd, VIDIOC_S_FMT, &format) != 0) return false;
    enum pixel_format actual = format_of(pix->pixelformat);
    if (actual == PIXEL_FORMAT_COUNT || pix->width == 0 || pix->height == 0) return false;
    if (pix->width > FRAME_MAX_PIXELS || pix->height > FRAME_MAX_PIXELS / pix->width) return false;
    device->actual = *mode;
    device->actual.format = actual;
    device->actual.width_px = (int)pix->width;
    device->actual.height_px = (int)pix->height;
    device->stride_bytes = pix->bytesperline;
    return true;
}

enum status v4l2_modes_set(struct v4l2_device *device, const struct camera_mode *mode)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (formats[i].format != mode->format) continue;
        if (try_code(device, formats[i].code, mode)) {
            ask_for_speed(device);
            return STATUS_OK;
        }
        if (errno == ENODEV) return STATUS_GONE;
    }
    return STATUS_INVALID;
}
