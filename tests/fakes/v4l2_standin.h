// v4l2_standin.h -- a camera where there is none: answers the calls a program makes on one video device.
// As a preloaded library (LD_PRELOAD=libv4l2_standin.so program …) or linked into a test; either way its open, close,
// ioctl and mmap stand in front of the C library's. It proves the program's logic, not that a kernel likes its calls.
// What it plays is read from the environment at each open of the device:
//   V4L2_STANDIN_DEVICE        path (/dev/video0)
//   V4L2_STANDIN_PICTURE       PGM file (P5) shown in the middle of every frame; required
//   V4L2_STANDIN_FORMATS       GREY, NV12, YUYV, MJPG, BA81 (one the program can't use), separated by commas (YUYV)
//   V4L2_STANDIN_SIZES         640x480,1280x720@10 … (@: frames per second, else 30) | range | none (lists nothing)
//   V4L2_STANDIN_PADDING       bytes behind each row (0)
//   V4L2_STANDIN_UNPLUG_AFTER  frames until the device vanishes, once (never)
//   V4L2_STANDIN_REPLUG_MS     … and this long after that it is back (never)
//   V4L2_STANDIN_UNPLUGGED     … or the device is away while there is a file of this name (never)
//   V4L2_STANDIN_FAULT         short (too few bytes) | garbage | flag (marked damaged) | index | stride | silent | io
//   V4L2_STANDIN_FAULT_FRAMES  how many frames are so, before good ones come (all)
//   V4L2_STANDIN_CONTROLS      power_line, exposure, gain, focus, white_balance, separated by commas; uvc: all (none)
//   V4L2_STANDIN_REFUSES       names of controls (v4l2_standin_controls.c) that can't be set, separated by commas
//   V4L2_STANDIN_MOST_EXPOSURE longer ones are taken as this, whatever the control says (its own)
//   V4L2_STANDIN_FORGETS       so many frames into a stream, all controls are the camera's own again (never)
//   V4L2_STANDIN_LIGHT         percent; the picture is as bright as its file with 100, an exposure of 10 ms and no
//   gain,
//                              or when the camera exposes by itself (as the file, always)
//   V4L2_STANDIN_DELAY         frames until a control shows in the picture (3)
//   V4L2_STANDIN_JOURNAL       file that gets a line for each control set: name=value, or name!value when refused
#ifndef EINLASS_TESTS_FAKES_V4L2_STANDIN_H
#define EINLASS_TESTS_FAKES_V4L2_STANDIN_H

#include <stdbool.h>
#include <stdint.h>

enum { STANDIN_MAX_MODES = 8, STANDIN_MAX_BUFFERS = 8 };

enum standin_fault {
    STANDIN_FAULT_NONE,
    STANDIN_FAULT_SHORT,
    STANDIN_FAULT_GARBAGE,
    STANDIN_FAULT_FLAG,
    STANDIN_FAULT_INDEX,
    STANDIN_FAULT_STRIDE,
    STANDIN_FAULT_SILENT,
    STANDIN_FAULT_IO,
};

struct standin_mode {
    int width_px, height_px, frames_per_s;
};

struct standin_play {
    const char *picture;          // path; the environment's memory
    int format_count, mode_count; // no mode: a range
    uint32_t formats[STANDIN_MAX_MODES];
    struct standin_mode modes[STANDIN_MAX_MODES];
    bool lists_nothing;
    int padding_bytes;
    uint64_t unplug_after, fault_frames;
    int64_t replug_ms;     // -1: never
    const char *unplugged; // path; NULL: never
    const char *controls, *refuses, *journal;
    uint64_t forgets_at;                            // 0: never
    int light_percent, delay_frames, most_exposure; // 0: as it is
    enum standin_fault fault;
};

void standin_play_read(struct standin_play *out);
bool standin_is_unplugged(const struct standin_play *play); // by V4L2_STANDIN_UNPLUGGED
bool standin_is_device(const char *path);

// Answers as of ioctl(2) (v4l2_standin_lists.c).
struct v4l2_capability;
struct v4l2_fmtdesc;
struct v4l2_frmsizeenum;
struct v4l2_frmivalenum;
int standin_query_capabilities(struct v4l2_capability *about);
int standin_list_format(const struct standin_play *play, struct v4l2_fmtdesc *format);
int standin_list_size(const struct standin_play *play, struct v4l2_frmsizeenum *size);
int standin_list_interval(const struct standin_play *play, struct v4l2_frmivalenum *interval);
const struct standin_mode *standin_find_mode(const struct standin_play *play, uint32_t width, uint32_t height);

// The controls (v4l2_standin_controls.c). Answers as of ioctl(2).
void standin_controls_reset(const struct standin_play *play);
int standin_controls_answer(unsigned long request, void *argument); // VIDIOC_…CTRL, VIDIOC_QUERYMENU
int standin_controls_light(void);                                   // of the next frame, in percent

// The picture as the camera sees it: grey, one byte a pixel.
struct standin_picture {
    int width_px, height_px;
    uint8_t *pixels;
};

struct standin_image {
    uint32_t code; // V4L2_PIX_FMT_…
    int width_px, height_px;
    int stride_bytes;
    int light_percent;
};

int standin_picture_read(const char *path, struct standin_picture *out); // 0, or -1: no P5 file
int standin_image_bytes(const struct standin_image *image);              // room one frame takes

// Draws the picture as a frame of this kind; answers the bytes used.
int standin_image_draw(const struct standin_image *image, const struct standin_picture *picture, uint8_t *to);

// The device (v4l2_standin_device.c), called by the C library's calls it stands in for (v4l2_standin.c).
int standin_open(void); // the descriptor, or -1 with errno
bool standin_owns(int fd);
void standin_closing(void);
int standin_ioctl(unsigned long request, void *argument); // as ioctl(2)
int standin_memory_fd(void);                              // what buffers are mapped from

#endif
