// scan.h -- the thread that reads codes out of frames (worker).
// Takes the newest frame, lets the reader read it, drops what is still the same code in view, gives new
// codes to the desk. Skips a frame whose picture was already read in every way, but keeps its codes "in view".
// When the desk's queue is full the code is not remembered as seen, so the next frame offers it again.
// A code that comes back (`unsaved`) is forgotten likewise, unless it was shown anew since: the next frame
// with it offers it again. A code that the desk puts aside is offered once more, marked has_stayed, when it has stayed
// in view with nothing better beside it (debounce.h). Of several codes the largest in the picture is offered first.
// Threads: start/stop from the assembling thread; the step from the scan thread (or a test).
// A step takes one attempt of the reader: about its budget, without a promise (reader.h). Nobody waits for it.
#ifndef EINLASS_CODE_SCAN_H
#define EINLASS_CODE_SCAN_H

#include "base/mailbox.h"
#include "base/queue.h"
#include "base/worker.h"
#include "code/debounce.h"
#include "code/hint_hold.h"
#include "code/reader.h"

struct scan_config {
    struct reader *reader; // not owned
    struct clock *clock;
    struct watch *watch;       // base/watch.h; NULL: nobody looks
    int64_t quiet_ms;          // see debounce.h; 1500 at a door
    struct queue *codes;       // of struct code, to the desk; not owned
    struct mailbox *sightings; // of struct sighting, to the screen; NULL: nobody looks
    struct queue *unsaved;     // of struct code, from the desk; not owned; NULL: none comes back
    struct queue *aside;       // of struct code, from the desk; not owned; NULL: none is put aside
    struct mailbox *hints;     // of enum hint, to the screen, each change; NULL: nobody looks
};

struct scan;
enum status scan_open(const struct scan_config *config, struct scan **out) MUST_CHECK;
struct mailbox *scan_frames(struct scan *scan); // of struct frame; capture writes into it
int64_t scan_step(void *scan, int64_t mono_ms); // a worker_step
void scan_start(struct scan *scan);
void scan_stop(struct scan *scan);
void scan_close(struct scan *scan); // stops first; NULL is fine

#endif
