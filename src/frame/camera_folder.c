// camera_folder.c -- a folder of pictures that behaves like a camera: for the demo, for tests, and for finding out
// why a ticket is not read. Files may be added, replaced and removed while it runs: the listing is read again at
// each round, and a file again when its size or time changed. Unlike the other adapters it takes memory while it runs
// (unpacking), but a picture that stays costs one stat(2) a frame.
#define LOG_MODULE "camera"

#include "frame/camera.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "frame/folder_list.h"
#include "frame/picture_jpeg.h"
#include "frame/picture_png.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

enum { READ_MOST_MS = 200, DEFAULT_FRAMES_PER_S = 15 };

struct folder_camera {
    struct camera camera;
    struct camera_config config;
    struct folder_list list;
    size_t at;            // the entry shown
    int frames_shown;     // of it
    double next_frame_ms; // a fraction, so that 15 frames are one second
    struct picture_jpeg *jpeg;
    char path[PATH_MAX];         // of the picture unpacked; "" if none
    struct file_version version; // of it
    struct frame picture;
};

static void sleep_ms(int64_t ms)
{
    struct timespec left = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}

// Sleeps until the next frame is due; false when that is more than one read may take.
static bool wait_for_frame(struct folder_camera *folder)
{
    struct clock *clock = folder->config.clock;
    double frame_ms = 1000 / folder->config.frames_per_s;
    double wait_ms = folder->next_frame_ms - (double)clock->ops->mono_ms(clock);

    if (wait_ms > READ_MOST_MS) {
        sleep_ms(READ_MOST_MS);
        return false;
    }
    if (wait_ms > 0) sleep_ms((int64_t)(wait_ms + 1));
    if (wait_ms < -frame_ms) folder->next_frame_ms -= wait_ms; // late or the first: start counting from now
    folder->next_frame_ms += frame_ms;
    return true;
}

static bool unpack(struct folder_camera *folder, const char *path)
{
    const char *ending = strrchr(path, '.');
    enum status status;

    folder->path[0] = '\0';
    if (strcasecmp(ending, ".png") == 0) status = picture_png_read(path, &folder->picture);
    else status = picture_jpeg_read(folder->jpeg, path, &folder->picture);
    if (status != STATUS_OK) return false;
    frame_seal(&folder->picture);
    text_copy(folder->path, sizeof folder->path, path);
    return true;
}

// Makes folder->picture the content of the entry; false when there is nothing to show.
static bool load(struct folder_camera *folder, struct folder_entry *entry)
{
    struct file_version version;
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s", folder->config.folder, entry->name);

    if (length < 0 || (size_t)length >= sizeof path || !file_version_read(path, &version)) return false;
    if (file_version_equals(&version, &entry->version)) {
        if (entry->is_damaged) return false;
        if (strcmp(folder->path, path) == 0 && file_version_equals(&version, &folder->version)) return true;
    }
    entry->version = folder->version = version;
    entry->is_damaged = !unpack(folder, path);
    return !entry->is_damaged;
}

// To the next entry; after the last one the folder is listed again, or (is_once) the last one stays.
static enum status advance(struct folder_camera *folder)
{
    if (folder->at + 1 < folder->list.count) {
        folder->at++;
    } else if (!folder->config.is_once || folder->list.count == 0) {
        folder->at = 0;
        if (folder_list_read(&folder->list, folder->config.folder) != STATUS_OK) return STATUS_GONE;
    }
    folder->frames_shown = 0;
    return STATUS_OK;
}

// Finds the picture to show now; passes over files that can't be read, but over each only once a frame.
static enum status choose(struct folder_camera *folder)
{
    enum status status;

    if (folder->list.count == 0 || folder->frames_shown >= folder->config.frames_per_picture)
        if ((status = advance(folder)) != STATUS_OK) return status;
    for (size_t tried = 0; tried < folder->list.count; tried++) {
        if (load(folder, &folder->list.entries[folder->at])) return STATUS_OK;
        if ((status = advance(folder)) != STATUS_OK) return status;
    }
    return STATUS_LATER;
}

static enum status folder_read(struct camera *self, struct frame *out)
{
    struct folder_camera *folder = (struct folder_camera *)self;
    struct clock *clock = folder->config.clock;
    const struct frame *picture = &folder->picture;
    enum status status;

    if (!wait_for_frame(folder)) return STATUS_LATER;
    if ((status = choose(folder)) != STATUS_OK) return status;
    if (folder->frames_shown < INT_MAX) folder->frames_shown++;
    // Mailboxes hand the same three frames round, so mostly the picture is there already.
    if (out->digest != picture->digest || out->width_px != picture->width_px || out->height_px != picture->height_px)
        frame_copy(out, picture);
    out->mono_ms = clock->ops->mono_ms(clock);
    return STATUS_OK;
}

static void folder_close(struct camera *self)
{
    struct folder_camera *folder = (struct folder_camera *)self;

    picture_jpeg_close(folder->jpeg);
    folder_list_destroy(&folder->list);
    free(folder);
}

static enum status check(const struct camera_config *config)
{
    struct stat facts;

    if (stat(config->folder, &facts) != 0) {
        if (!config->is_retry) log_warn("can't open the picture folder=%s: %s", config->folder, strerror(errno));
        return STATUS_MISSING;
    }
    if (S_ISDIR(facts.st_mode)) return STATUS_OK;
    if (!config->is_retry) log_error("not a folder folder=%s", config->folder);
    return STATUS_INVALID;
}

enum status camera_folder_open(const struct camera_config *config, struct camera **out)
{
    static const struct camera_ops ops = {.read = folder_read, .close = folder_close};
    struct folder_camera *folder = mem_zero(sizeof *folder);
    enum status status;

    folder->camera.ops = &ops;
    folder->config = *config;
    if (!(config->frames_per_s > 0)) folder->config.frames_per_s = DEFAULT_FRAMES_PER_S;
    if (config->frames_per_picture < 1) folder->config.frames_per_picture = 1;
    if ((status = check(config)) != STATUS_OK) goto fail;
    if ((status = folder_list_read(&folder->list, config->folder)) != STATUS_OK) goto fail;
    if ((status = picture_jpeg_open(&folder->jpeg)) != STATUS_OK) goto fail;
    log_info("pictures from a folder folder=%s files=%zu", config->folder, folder->list.count);
    *out = &folder->camera;
    return STATUS_OK;
fail:
    folder_close(&folder->camera);
    return status;
}
