// The device: what it was told to play, the buffers, and time. Frames are made when the program asks for them (as many
// as are due since the stream began), so no thread is needed; the descriptor the program polls is a timer that fires
// when the next frame is due. State is at file scope, since the C library's calls it stands in for carry none.
#include "fakes/v4l2_standin.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <linux/videodev2.h>

enum { SLOT_BYTES = 4 << 20 }; // whole pages, enough for 1920x1080 at two bytes a pixel

enum slot_state { SLOT_IDLE, SLOT_QUEUED, SLOT_FILLED };

static struct {
    pthread_mutex_t lock; // recursive: what is done under it may come back through mmap()
    bool is_open, is_dead, is_streaming, has_been_unplugged; // dead: this descriptor, even if the device is back
    int timer_fd, memory_fd;
    uint8_t *memory;
    struct standin_picture picture;
    struct standin_play play;
    struct standin_image image;
    int frames_per_s;
    uint32_t buffer_count;
    enum slot_state slots[STANDIN_MAX_BUFFERS];
    uint64_t order[STANDIN_MAX_BUFFERS]; // of queueing, then of filling
    int used_bytes[STANDIN_MAX_BUFFERS];
    uint64_t next_order, frames; // frames due so far
    int64_t stream_ns, unplugged_ns;
} device = {.lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP, .timer_fd = -1, .memory_fd = -1};

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool is_pulled(void)
{
    if (standin_is_unplugged(&device.play)) return true;
    if (!device.unplugged_ns) return false;
    if (device.play.replug_ms < 0 || now_ns() - device.unplugged_ns < device.play.replug_ms * 1000000) return true;
    device.unplugged_ns = 0;
    return false;
}

static bool is_fault(enum standin_fault fault)
{
    return device.play.fault == fault && device.frames <= device.play.fault_frames;
}

static void arm_timer(int64_t at_ns)
{
    struct itimerspec when = {
        .it_value = {.tv_sec = (time_t)(at_ns / 1000000000), .tv_nsec = (long)(at_ns % 1000000000)}};
    timerfd_settime(device.timer_fd, TFD_TIMER_ABSTIME, &when, NULL);
}

static uint8_t *buffer_at(uint32_t index)
{
    return device.memory + (size_t)index * SLOT_BYTES;
}

static int find_slot(enum slot_state state) // the first of this state in order, or -1
{
    int first = -1;

    for (int i = 0; i < (int)device.buffer_count; i++)
        if (device.slots[i] == state && (first < 0 || device.order[i] < device.order[first])) first = i;
    return first;
}

static void fill(int slot)
{
    uint8_t *to = buffer_at((uint32_t)slot);
    device.image.light_percent = standin_controls_light();
    int used = standin_image_draw(&device.image, &device.picture, to);

    if (device.image.code != V4L2_PIX_FMT_MJPEG) to[0] = (uint8_t)device.frames; // no two frames of a camera are equal
    if (is_fault(STANDIN_FAULT_GARBAGE)) {
        for (int i = used / 100; i < used; i++) to[i] = (uint8_t)(i * 7919 >> 3);
    }
    device.used_bytes[slot] = is_fault(STANDIN_FAULT_SHORT) ? used / 3 : used;
    device.slots[slot] = SLOT_FILLED;
    device.order[slot] = device.next_order++;
}

// Makes the frames that are due by now; a frame for which no buffer waits is lost, as in a real driver.
static void run_until_now(void)
{
    int64_t interval_ns = 1000000000 / device.frames_per_s;
    uint64_t due = (uint64_t)((now_ns() - device.stream_ns) / interval_ns);

    if (!device.is_streaming || is_fault(STANDIN_FAULT_SILENT)) return;
    while (device.frames < due) {
        device.frames++;
        if (device.frames == device.play.forgets_at) standin_controls_reset(&device.play);
        bool is_due = !device.has_been_unplugged && device.frames > device.play.unplug_after;
        if (is_due || standin_is_unplugged(&device.play)) {
            device.has_been_unplugged = device.is_dead = true;
            if (is_due) device.unplugged_ns = now_ns();
            arm_timer(1); // wakes whoever polls
            return;
        }
        int slot = find_slot(SLOT_QUEUED);
        if (slot >= 0) fill(slot);
    }
    arm_timer(find_slot(SLOT_FILLED) >= 0 ? 1 : device.stream_ns + (int64_t)(device.frames + 1) * interval_ns);
}

static int refuse(int error)
{
    errno = error;
    return -1;
}

// Takes what it is asked for if it can, else what it has: drivers don't refuse.
static int set_format(struct v4l2_format *format)
{
    struct v4l2_pix_format *pix = &format->fmt.pix;
    const struct standin_mode *mode = standin_find_mode(&device.play, pix->width, pix->height);
    uint32_t code = device.play.formats[0];

    for (int i = 0; i < device.play.format_count; i++)
        if (device.play.formats[i] == pix->pixelformat) code = pix->pixelformat;
    device.image = (struct standin_image){.code = code, .width_px = (int)pix->width, .height_px = (int)pix->height};
    if (mode) {
        device.image.width_px = mode->width_px;
        device.image.height_px = mode->height_px;
    }
    device.frames_per_s = mode ? mode->frames_per_s : 30;
    device.image.stride_bytes = device.image.width_px * (code == V4L2_PIX_FMT_YUYV ? 2 : 1) + device.play.padding_bytes;
    if (standin_image_bytes(&device.image) > SLOT_BYTES) return refuse(EINVAL);
    pix->width = (uint32_t)device.image.width_px;
    pix->height = (uint32_t)device.image.height_px;
    pix->pixelformat = code;
    pix->bytesperline = is_fault(STANDIN_FAULT_STRIDE) ? 3 : (uint32_t)device.image.stride_bytes;
    if (code == V4L2_PIX_FMT_MJPEG) pix->bytesperline = 0;
    pix->sizeimage = (uint32_t)standin_image_bytes(&device.image);
    pix->field = V4L2_FIELD_NONE;
    return 0;
}

static int request_buffers(struct v4l2_requestbuffers *request)
{
    if (request->count > STANDIN_MAX_BUFFERS) request->count = STANDIN_MAX_BUFFERS;
    device.buffer_count = request->count;
    for (uint32_t i = 0; i < STANDIN_MAX_BUFFERS; i++) device.slots[i] = SLOT_IDLE;
    return 0;
}

static int describe_buffer(struct v4l2_buffer *buffer)
{
    if (buffer->index >= device.buffer_count) return refuse(EINVAL);
    buffer->length = (uint32_t)standin_image_bytes(&device.image);
    buffer->m.offset = buffer->index * SLOT_BYTES;
    return 0;
}

static int queue_buffer(const struct v4l2_buffer *buffer)
{
    if (buffer->index >= device.buffer_count || device.slots[buffer->index] != SLOT_IDLE) return refuse(EINVAL);
    device.slots[buffer->index] = SLOT_QUEUED;
    device.order[buffer->index] = device.next_order++;
    return 0;
}

static int dequeue_buffer(struct v4l2_buffer *buffer)
{
    uint64_t ticks;
    int slot;

    if (read(device.timer_fd, &ticks, sizeof ticks) < 0) errno = 0; // it only wakes; time is looked up
    run_until_now();
    if (device.is_dead) return refuse(ENODEV);
    slot = find_slot(SLOT_FILLED);
    if (slot < 0) return refuse(EAGAIN);
    device.slots[slot] = SLOT_IDLE;
    if (is_fault(STANDIN_FAULT_IO)) {
        device.slots[slot] = SLOT_QUEUED;
        run_until_now();
        return refuse(EIO);
    }
    buffer->index = is_fault(STANDIN_FAULT_INDEX) ? 99 : (uint32_t)slot;
    buffer->bytesused = (uint32_t)device.used_bytes[slot];
    buffer->flags = is_fault(STANDIN_FAULT_FLAG) ? V4L2_BUF_FLAG_ERROR : 0;
    run_until_now();
    return 0;
}

static int start_stream(void)
{
    device.is_streaming = true;
    device.stream_ns = now_ns();
    device.frames = 0;
    run_until_now();
    return 0;
}

static int answer(unsigned long request, void *argument)
{
    if (device.is_dead) return refuse(ENODEV);
    switch (request) {
    case VIDIOC_QUERYCAP:
        return standin_query_capabilities(argument);
    case VIDIOC_ENUM_FMT:
        return standin_list_format(&device.play, argument);
    case VIDIOC_ENUM_FRAMESIZES:
        return standin_list_size(&device.play, argument);
    case VIDIOC_ENUM_FRAMEINTERVALS:
        return standin_list_interval(&device.play, argument);
    case VIDIOC_S_FMT:
        return device.is_streaming ? refuse(EBUSY) : set_format(argument);
    case VIDIOC_REQBUFS:
        return request_buffers(argument);
    case VIDIOC_QUERYBUF:
        return describe_buffer(argument);
    case VIDIOC_QBUF:
        return queue_buffer(argument);
    case VIDIOC_DQBUF:
        return dequeue_buffer(argument);
    case VIDIOC_STREAMON:
        return start_stream();
    case VIDIOC_STREAMOFF:
        device.is_streaming = false;
        return 0;
    default:
        return standin_controls_answer(request, argument);
    }
}

static void take_memory(void)
{
    const size_t bytes = (size_t)STANDIN_MAX_BUFFERS * SLOT_BYTES;

    if (device.memory) return;
    device.memory_fd = memfd_create("v4l2-standin", MFD_CLOEXEC);
    if (ftruncate(device.memory_fd, (off_t)bytes) != 0) abort();
    device.memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, device.memory_fd, 0);
}

int standin_open(void)
{
    int fd = -1;

    pthread_mutex_lock(&device.lock);
    standin_play_read(&device.play);
    if (is_pulled() || standin_picture_read(device.play.picture, &device.picture) != 0) {
        errno = ENOENT;
    } else if (device.is_open) {
        errno = EBUSY; // a second program may open a real device, but not stream from it
    } else {
        take_memory();
        standin_controls_reset(&device.play);
        device.is_open = true;
        device.is_dead = device.is_streaming = false;
        fd = device.timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    }
    pthread_mutex_unlock(&device.lock);
    return fd;
}

bool standin_owns(int fd)
{
    pthread_mutex_lock(&device.lock);
    bool is_ours = device.is_open && fd == device.timer_fd;
    pthread_mutex_unlock(&device.lock);
    return is_ours;
}

void standin_closing(void)
{
    pthread_mutex_lock(&device.lock);
    device.is_open = device.is_streaming = false;
    device.timer_fd = -1;
    pthread_mutex_unlock(&device.lock);
}

int standin_ioctl(unsigned long request, void *argument)
{
    pthread_mutex_lock(&device.lock);
    int result = answer(request, argument);
    pthread_mutex_unlock(&device.lock);
    return result;
}

int standin_memory_fd(void)
{
    return device.memory_fd;
}
