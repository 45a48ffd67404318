#define LOG_MODULE "camera"

#include "frame/v4l2_device.h"

#include "base/log.h"
#include "base/text.h"
#include "frame/module.h"
#include "frame/v4l2_modes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/videodev2.h>

enum { DEVICES_MOST = 64, DEFAULT_WIDTH_PX = 1280, DEFAULT_HEIGHT_PX = 720 };

int v4l2_ioctl(int fd, unsigned long request, void *argument)
{
    int result;

    do result = ioctl(fd, request, argument);
    while (result != 0 && errno == EINTR);
    return result;
}

static int most_width(const struct camera_config *config)
{
    return config->most_width_px > 0 ? config->most_width_px : DEFAULT_WIDTH_PX;
}

static int most_height(const struct camera_config *config)
{
    return config->most_height_px > 0 ? config->most_height_px : DEFAULT_HEIGHT_PX;
}

static enum status question(struct v4l2_device *device, const struct camera_config *config)
{
    const uint32_t needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    struct v4l2_capability about = {0};

    if (v4l2_ioctl(device->fd, VIDIOC_QUERYCAP, &about) != 0) return errno == ENODEV ? STATUS_MISSING : STATUS_INVALID;
    about.card[sizeof about.card - 1] = about.driver[sizeof about.driver - 1] = '\0';
    text_make_showable(device->card, sizeof device->card, (const char *)about.card, strlen((const char *)about.card));
    uint32_t can = about.capabilities & V4L2_CAP_DEVICE_CAPS ? about.device_caps : about.capabilities;
    if ((can & needed) != needed || module_is_part((const char *)about.driver)) return STATUS_INVALID;
    v4l2_modes_list(device, most_width(config), most_height(config));
    size_t best = camera_mode_best(device->modes, device->mode_count, most_width(config), most_height(config));
    if (best == device->mode_count) return STATUS_INVALID;
    device->asked = device->modes[best];
    return STATUS_OK;
}

static enum status open_path(struct v4l2_device *device, const struct camera_config *config, const char *path)
{
    enum status status;

    text_copy(device->path, sizeof device->path, path);
    device->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device->fd < 0) return errno == ENOENT || errno == ENODEV || errno == ENXIO ? STATUS_MISSING : STATUS_LATER;
    status = question(device, config);
    if (status != STATUS_OK) v4l2_device_close(device);
    return status;
}

// The first that can be used; else what was in the way of one that can't be opened now.
static enum status open_first(struct v4l2_device *device, const struct camera_config *config)
{
    enum status worst = STATUS_MISSING;

    for (int i = 0; i < DEVICES_MOST; i++) {
        char path[32];
        snprintf(path, sizeof path, "/dev/video%d", i);
        enum status status = open_path(device, config, path);
        if (status == STATUS_OK) return status;
        if (status == STATUS_LATER) worst = status;
    }
    return worst;
}

enum status v4l2_device_find(const struct camera_config *config, struct v4l2_device *out)
{
    bool is_named = config->device[0] != '\0';
    enum status status;

    *out = (struct v4l2_device){.fd = -1};
    status = is_named ? open_path(out, config, config->device) : open_first(out, config);
    if (status == STATUS_OK || config->is_retry) return status;
    const char *path = is_named ? config->device : "/dev/video*";
    if (status == STATUS_MISSING) log_warn("no camera device=%s", path);
    else if (status == STATUS_LATER) log_warn("can't open the camera, busy or forbidden device=%s", path);
    else log_error("can't capture pictures in a format we know device=%s", path);
    return status;
}

enum status v4l2_device_set(struct v4l2_device *device, const struct camera_config *config)
{
    struct camera_mode left[V4L2_DEVICE_MAX_MODES];
    size_t count = device->mode_count;

    memcpy(left, device->modes, sizeof left);
    while (count > 0) {
        size_t best = camera_mode_best(left, count, most_width(config), most_height(config));
        if (best == count) break;
        enum status status = v4l2_modes_set(device, &left[best]);
        if (status != STATUS_INVALID) return status;
        left[best] = left[--count];
    }
    if (!config->is_retry) log_error("the camera agrees to none of its own modes device=%s", device->path);
    return STATUS_INVALID;
}

void v4l2_device_close(struct v4l2_device *device)
{
    if (device->fd >= 0) close(device->fd);
    device->fd = -1;
}
