// What the stand-in is told to play, from the environment.
#include "fakes/v4l2_standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/videodev2.h>

static const char *setting(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value ? value : otherwise;
}

bool standin_is_device(const char *path)
{
    return path && strcmp(path, setting("V4L2_STANDIN_DEVICE", "/dev/video0")) == 0;
}

bool standin_is_unplugged(const struct standin_play *play)
{
    return play->unplugged && access(play->unplugged, F_OK) == 0;
}

static void read_formats(struct standin_play *play)
{
    const char *at = setting("V4L2_STANDIN_FORMATS", "YUYV");

    play->format_count = 0;
    while (strlen(at) >= 4 && play->format_count < STANDIN_MAX_MODES) {
        uint32_t letters[4] = {(uint8_t)at[0], (uint8_t)at[1], (uint8_t)at[2], (uint8_t)at[3]};
        play->formats[play->format_count++] = v4l2_fourcc(letters[0], letters[1], letters[2], letters[3]);
        at += at[4] == ',' ? 5 : 4;
    }
}

static void read_modes(struct standin_play *play)
{
    const char *at = setting("V4L2_STANDIN_SIZES", "640x480,1280x720");
    struct standin_mode mode;
    int length;

    play->lists_nothing = strcmp(at, "none") == 0;
    play->mode_count = 0;
    while (play->mode_count < STANDIN_MAX_MODES &&
           sscanf(at, "%dx%d%n", &mode.width_px, &mode.height_px, &length) == 2) {
        at += length;
        mode.frames_per_s = 30;
        if (sscanf(at, "@%d%n", &mode.frames_per_s, &length) == 1) at += length;
        play->modes[play->mode_count++] = mode;
        at += *at == ',';
    }
}

static enum standin_fault fault_named(const char *name)
{
    static const char *const names[] = {
        [STANDIN_FAULT_NONE] = "",         [STANDIN_FAULT_SHORT] = "short", [STANDIN_FAULT_GARBAGE] = "garbage",
        [STANDIN_FAULT_FLAG] = "flag",     [STANDIN_FAULT_INDEX] = "index", [STANDIN_FAULT_STRIDE] = "stride",
        [STANDIN_FAULT_SILENT] = "silent", [STANDIN_FAULT_IO] = "io",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) return (enum standin_fault)i;
    fprintf(stderr, "v4l2_standin: unknown fault %s\n", name);
    abort();
}

void standin_play_read(struct standin_play *out)
{
    *out = (struct standin_play){
        .picture = getenv("V4L2_STANDIN_PICTURE"),
        .padding_bytes = atoi(setting("V4L2_STANDIN_PADDING", "0")),
        .unplug_after = strtoull(setting("V4L2_STANDIN_UNPLUG_AFTER", "1000000000"), NULL, 10),
        .controls = setting("V4L2_STANDIN_CONTROLS", ""),
        .refuses = setting("V4L2_STANDIN_REFUSES", ""),
        .journal = getenv("V4L2_STANDIN_JOURNAL"),
        .forgets_at = strtoull(setting("V4L2_STANDIN_FORGETS", "0"), NULL, 10),
        .light_percent = atoi(setting("V4L2_STANDIN_LIGHT", "0")),
        .delay_frames = atoi(setting("V4L2_STANDIN_DELAY", "3")),
        .most_exposure = atoi(setting("V4L2_STANDIN_MOST_EXPOSURE", "0")),
        .unplugged = getenv("V4L2_STANDIN_UNPLUGGED"),
        .replug_ms = strtoll(setting("V4L2_STANDIN_REPLUG_MS", "-1"), NULL, 10),
        .fault = fault_named(setting("V4L2_STANDIN_FAULT", "")),
        .fault_frames = strtoull(setting("V4L2_STANDIN_FAULT_FRAMES", "1000000000"), NULL, 10),
    };
    read_formats(out);
    read_modes(out);
}
