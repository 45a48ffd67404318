// attract.h -- pictures of sponsors between guests: a folder of PNG and JPEG files, one after the other (worker).
// Loads and scales on its own thread, at the lowest priority; the screen takes what is ready, so no scan ever waits.
// Files that are no pictures, or larger than ATTRACT_MOST_BYTES, are skipped; the log names them once. An empty folder
// is tried again every minute: pictures may be put there while the door runs.
// Threads: start/stop from the assembling one; pictures through a mailbox of struct attract_picture.
#ifndef EINLASS_UI_ATTRACT_H
#define EINLASS_UI_ATTRACT_H

#include "base/mailbox.h"
#include "base/status.h"
#include "base/worker.h"

enum { ATTRACT_MOST_PX = 1280 * 720, ATTRACT_MOST_BYTES = 20 * 1024 * 1024 }; // larger screens scale up

struct attract_picture {
    int width_px, height_px;
    uint32_t number;                // counts on
    uint32_t argb[ATTRACT_MOST_PX]; // rows of width_px
};

struct attract_config {
    const char *folder;
    int64_t each_ms;         // how long one is shown
    int width_px, height_px; // of the screen: scaled to fit
    struct clock *clock;
    struct mailbox *pictures; // of struct attract_picture
};

struct attract;
enum status attract_open(const struct attract_config *config, struct attract **out) MUST_CHECK;
int64_t attract_step(void *attract, int64_t mono_ms); // a worker_step
void attract_start(struct attract *attract);
void attract_close(struct attract *attract); // stops first; NULL is fine

#endif
