// capture.h -- the thread that owns the camera (worker).
// Reads frames, publishes each to the scan mailbox and (only when its content changed) to the preview
// mailbox; tells the screen when the camera appears or disappears; while there is none, tries to open
// it every 500 ms, so a replugged camera shows within 2 s.
// Threads: start/stop from the assembling thread; the step from the capture thread (or a test).
// A step blocks <= 200 ms (one camera read). Never ends by itself.
#ifndef EINLASS_FRAME_CAPTURE_H
#define EINLASS_FRAME_CAPTURE_H

#include "base/mailbox.h"
#include "base/worker.h"
#include "frame/camera.h"

// What the screen learns about the camera (item of the state mailbox).
struct camera_state {
    bool is_present;         // pictures arrive; a device that opens but stays silent doesn't count
    int width_px, height_px; // of the pictures; 0 while there are none
};

// How well it sees, every CAPTURE_VITALS_MS while pictures arrive (item of the vitals mailbox). Nobody is told that it
// ended: the time of the last one says it.
enum { CAPTURE_VITALS_MS = 2000 };
struct camera_vitals {
    int64_t mono_ms;     // of the last picture that counts
    double frames_per_s; // as they arrived since the last time
    int sharpness;       // of the last picture, see sharpness.h
};

typedef enum status camera_opener(const struct camera_config *config, struct camera **out);

struct capture_config {
    camera_opener *open; // camera_v4l2_open, camera_folder_open or a test's
    struct camera_config camera;
    struct clock *clock;
    struct watch *watch;            // base/watch.h; NULL: nobody looks
    struct mailbox *scan_frames;    // of struct frame; not owned
    struct mailbox *preview_frames; // of struct frame; not owned; NULL: no preview
    struct mailbox *states;         // of struct camera_state; not owned
    struct mailbox *vitals;         // of struct camera_vitals; not owned; NULL: nobody wants to know
};

struct capture;
enum status capture_open(const struct capture_config *config, struct capture **out) MUST_CHECK;
int64_t capture_step(void *capture, int64_t mono_ms); // a worker_step
void capture_start(struct capture *capture);
void capture_stop(struct capture *capture);
void capture_close(struct capture *capture); // stops first; closes the camera; NULL is fine

#endif
