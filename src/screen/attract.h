// attract.h -- pictures of sponsors between guests: a folder of PNG and JPEG files, one after the other (worker).
// Loads and scales on its own thread, at the lowest priority; the screen takes what is ready, so no scan ever waits.
// Files that are no pictures, or larger than ATTRACT_MOST_BYTES or ATTRACT_MOST_DOTS, are skipped; the log names them
// once. An empty folder is tried again every minute: pictures may be put there, or taken away, while the door runs.
// Threads: open/start/close from the assembling one; pictures through a mailbox of struct attract_picture.
// Memory: while a file is read, its bytes and its dots unpacked (at most about 90 MB, for the largest photograph).
#ifndef EINLASS_SCREEN_ATTRACT_H
#define EINLASS_SCREEN_ATTRACT_H

#include "base/mailbox.h"
#include "base/status.h"
#include "base/worker.h"

enum {
    ATTRACT_MOST_PX = 1280 * 720, // of what is shown; larger screens scale up
    ATTRACT_MOST_BYTES = 20 * 1024 * 1024,
    ATTRACT_MOST_DOTS = 16 * 1024 * 1024, // of a file, by its own word: a few kB can claim far more
    ATTRACT_RETRY_MS = 60000,
};

struct attract_picture {
    int width_px, height_px;        // 0: there is none (any more)
    uint32_t number;                // counts on
    uint32_t argb[ATTRACT_MOST_PX]; // rows of width_px, opaque
};

struct attract_config {
    const char *folder;
    int64_t each_ms;         // how long one is shown
    int width_px, height_px; // of the screen: scaled to fit
    struct clock *clock;
    struct watch *watch;      // base/watch.h; NULL: nobody looks
    struct mailbox *pictures; // of struct attract_picture
};

struct attract;
enum status attract_open(const struct attract_config *config, struct attract **out) MUST_CHECK; // never fails yet
int64_t attract_step(void *attract, int64_t mono_ms); // a worker_step: reads at most one file
void attract_start(struct attract *attract);
void attract_close(struct attract *attract); // stops first; NULL is fine

// One file, scaled to fit; attract_sdl.c holds SDL_image. INVALID: no picture, damaged, too large; else as file_read.
enum status attract_read(const char *path, int most_width_px, int most_height_px,
                         struct attract_picture *out) MUST_CHECK;

#endif
