// camera_v4l2.c -- a camera through V4L2: memory-mapped buffers, always the newest picture.
// Drivers are not trusted: what they answer is checked, and a camera that sends nothing usable is opened anew.
#define LOG_MODULE "camera"

#include "frame/camera.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "frame/picture_jpeg.h"
#include "frame/v4l2_care.h"
#include "frame/v4l2_controls.h"
#include "frame/v4l2_device.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <linux/videodev2.h>

enum { BUFFERS_WANTED = 4, BUFFERS_MOST = 8, READ_MOST_MS = 200, PAUSE_MS = 10, SILENCE_MOST_MS = 2000 };

struct v4l2_camera {
    struct camera camera;
    struct camera_config config;
    struct v4l2_device device;
    struct picture_jpeg *jpeg;
    struct v4l2_care care;
    uint32_t buffer_count;
    struct {
        uint8_t *bytes;
        size_t length;
    } buffers[BUFFERS_MOST];
    bool is_streaming;
    bool is_bad; // the last picture could not be used
    int64_t good_ms;
};

static int64_t now_ms(const struct v4l2_camera *v4l2)
{
    return v4l2->config.clock->ops->mono_ms(v4l2->config.clock);
}

static struct v4l2_buffer buffer_request(uint32_t index)
{
    return (struct v4l2_buffer){.index = index, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
}

static bool map_buffer(struct v4l2_camera *v4l2, uint32_t index)
{
    struct v4l2_buffer buffer = buffer_request(index);
    void *bytes;

    if (v4l2_ioctl(v4l2->device.fd, VIDIOC_QUERYBUF, &buffer) != 0 || buffer.length == 0) return false;
    bytes = mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, v4l2->device.fd, (off_t)buffer.m.offset);
    if (bytes == MAP_FAILED) return false;
    v4l2->buffers[index].bytes = bytes;
    v4l2->buffers[index].length = buffer.length;
    return v4l2_ioctl(v4l2->device.fd, VIDIOC_QBUF, &buffer) == 0;
}

static enum status stream(struct v4l2_camera *v4l2)
{
    struct v4l2_requestbuffers request = {
        .count = BUFFERS_WANTED, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

    if (v4l2_ioctl(v4l2->device.fd, VIDIOC_REQBUFS, &request) != 0 || request.count < 2) goto fail;
    v4l2->buffer_count = request.count < BUFFERS_MOST ? request.count : BUFFERS_MOST;
    for (uint32_t i = 0; i < v4l2->buffer_count; i++)
        if (!map_buffer(v4l2, i)) goto fail;
    if (v4l2_ioctl(v4l2->device.fd, VIDIOC_STREAMON, &type) != 0) goto fail;
    v4l2->is_streaming = true;
    v4l2->good_ms = now_ms(v4l2);
    return STATUS_OK;
fail:
    if (!v4l2->config.is_retry) log_warn("the camera does not start device=%s: %s", v4l2->device.path, strerror(errno));
    return STATUS_LATER;
}

static enum status dequeue(struct v4l2_camera *v4l2, struct v4l2_buffer *out)
{
    struct v4l2_buffer buffer = buffer_request(0);

    if (v4l2_ioctl(v4l2->device.fd, VIDIOC_DQBUF, &buffer) != 0)
        return errno == EAGAIN || errno == EIO ? STATUS_LATER
                                               : STATUS_GONE; // EIO: the picture was lost, not the camera
    if (buffer.index >= v4l2->buffer_count) {
        log_error("the driver gave a buffer that does not exist index=%u", buffer.index);
        return STATUS_GONE;
    }
    *out = buffer;
    return STATUS_OK;
}

static enum status give_back(struct v4l2_camera *v4l2, uint32_t index)
{
    struct v4l2_buffer buffer = buffer_request(index);

    return v4l2_ioctl(v4l2->device.fd, VIDIOC_QBUF, &buffer) == 0 ? STATUS_OK : STATUS_GONE;
}

// Older pictures that wait go straight back. A reader that is late must not live in the past.
static enum status newest(struct v4l2_camera *v4l2, struct v4l2_buffer *out)
{
    enum status status = dequeue(v4l2, out);

    for (uint32_t i = 1; status == STATUS_OK && i < v4l2->buffer_count; i++) {
        struct v4l2_buffer newer;
        enum status more = dequeue(v4l2, &newer);
        if (more == STATUS_LATER) break;
        if (more != STATUS_OK) return more;
        status = give_back(v4l2, out->index);
        *out = newer;
    }
    return status;
}

static enum status convert(struct v4l2_camera *v4l2, const struct v4l2_buffer *buffer, struct frame *out)
{
    const struct camera_mode *mode = &v4l2->device.actual;
    struct raw_picture raw = {
        .format = mode->format,
        .width_px = mode->width_px,
        .height_px = mode->height_px,
        .stride_bytes = v4l2->device.stride_bytes,
        .bytes = v4l2->buffers[buffer->index].bytes,
        .length = buffer->bytesused,
    };

    if (buffer->flags & V4L2_BUF_FLAG_ERROR) return STATUS_INVALID;
    if (raw.length > v4l2->buffers[buffer->index].length) return STATUS_INVALID;
    if (mode->format == PIXEL_FORMAT_MJPEG) return picture_jpeg_decode(v4l2->jpeg, raw.bytes, raw.length, out);
    return pixel_format_to_frame(&raw, out);
}

// No usable picture this time; after a while of that the camera is worth opening anew.
static enum status miss(struct v4l2_camera *v4l2)
{
    return now_ms(v4l2) - v4l2->good_ms >= SILENCE_MOST_MS ? STATUS_GONE : STATUS_LATER;
}

static enum status take(struct v4l2_camera *v4l2, const struct v4l2_buffer *buffer, struct frame *out)
{
    bool is_bad = convert(v4l2, buffer, out) != STATUS_OK;

    if (is_bad && !v4l2->is_bad) log_warn("the camera sends damaged pictures bytes=%u", buffer->bytesused);
    v4l2->is_bad = is_bad;
    if (give_back(v4l2, buffer->index) != STATUS_OK) return STATUS_GONE;
    if (is_bad) return miss(v4l2);
    v4l2->good_ms = out->mono_ms = now_ms(v4l2);
    frame_seal(out);
    v4l2_care_step(&v4l2->care, out, out->mono_ms);
    return STATUS_OK;
}

// Woken, but there is no picture: an error on the descriptor means it is over, else we must not spin on it.
static enum status woken_for_nothing(struct v4l2_camera *v4l2, short events)
{
    if (events & (POLLERR | POLLHUP | POLLNVAL)) return STATUS_GONE;
    (void)poll(NULL, 0, PAUSE_MS);
    return miss(v4l2);
}

static enum status v4l2_read(struct camera *self, struct frame *out)
{
    struct v4l2_camera *v4l2 = (struct v4l2_camera *)self;
    struct pollfd wait = {.fd = v4l2->device.fd, .events = POLLIN};
    struct v4l2_buffer buffer;

    if (poll(&wait, 1, READ_MOST_MS) <= 0) return miss(v4l2);
    enum status status = newest(v4l2, &buffer);
    if (status == STATUS_OK) return take(v4l2, &buffer, out);
    return status == STATUS_LATER ? woken_for_nothing(v4l2, wait.revents) : STATUS_GONE;
}

static void v4l2_close(struct camera *self)
{
    struct v4l2_camera *v4l2 = (struct v4l2_camera *)self;
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

    v4l2_care_end(&v4l2->care);
    if (v4l2->is_streaming) (void)v4l2_ioctl(v4l2->device.fd, VIDIOC_STREAMOFF, &type);
    for (uint32_t i = 0; i < BUFFERS_MOST; i++)
        if (v4l2->buffers[i].bytes) munmap(v4l2->buffers[i].bytes, v4l2->buffers[i].length);
    v4l2_device_close(&v4l2->device);
    picture_jpeg_close(v4l2->jpeg);
    free(v4l2);
}

static void log_mode(const struct v4l2_device *device)
{
    const struct camera_mode *mode = &device->actual;

    log_info("camera device=%s card=\"%s\" format=%s size=%dx%d", device->path, device->card,
             pixel_format_name(mode->format), mode->width_px, mode->height_px);
}

enum status camera_v4l2_open(const struct camera_config *config, struct camera **out)
{
    static const struct camera_ops ops = {.read = v4l2_read, .close = v4l2_close};
    struct v4l2_camera *v4l2 = mem_zero(sizeof *v4l2);
    enum status status;

    v4l2->camera.ops = &ops;
    v4l2->config = *config;
    if ((status = v4l2_device_find(config, &v4l2->device)) != STATUS_OK) goto fail;
    if ((status = v4l2_device_set(&v4l2->device, config)) != STATUS_OK) goto fail;
    if ((status = picture_jpeg_open(&v4l2->jpeg)) != STATUS_OK) goto fail;
    if ((status = stream(v4l2)) != STATUS_OK) goto fail;
    if (!config->is_retry) log_mode(&v4l2->device);
    v4l2_care_start(&v4l2->care, v4l2->device.fd, config, now_ms(v4l2));
    *out = &v4l2->camera;
    return STATUS_OK;
fail:
    v4l2_close(&v4l2->camera);
    return status;
}

enum status camera_v4l2_describe(const struct camera_config *config, struct camera_description *out)
{
    struct v4l2_device *device = mem_zero(sizeof *device);
    enum status status = v4l2_device_find(config, device);

    if (status == STATUS_OK) {
        *out = (struct camera_description){
            .width_px = device->asked.width_px,
            .height_px = device->asked.height_px,
            .frames_per_s = device->asked.frames_per_s,
        };
        v4l2_controls_query(device->fd, &out->controls);
        care_plan_make(&out->controls, &config->care, &out->plan);
        text_copy(out->path, sizeof out->path, device->path);
        text_copy(out->card, sizeof out->card, device->card);
        text_copy(out->format, sizeof out->format, pixel_format_name(device->asked.format));
        v4l2_device_close(device);
    }
    free(device);
    return status;
}
