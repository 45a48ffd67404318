// eyes.h -- how the kiosk sees: camera, scan and reader, as the settings want them.
// A camera that is missing is waited for, and never keeps the door shut; a reader that can't begin does.
// Ownership: open() hands you the eyes and borrows all channels; close() them before those, and before the desk whose
// queues they use. Threads: those of capture.h and scan.h.
#ifndef EINLASS_APP_EYES_H
#define EINLASS_APP_EYES_H

#include "app/settings.h"
#include "base/clock.h"
#include "base/mailbox.h"
#include "base/queue.h"

struct eyes_config {
    struct clock *clock;
    struct watch *watch;       // base/watch.h; NULL: nobody looks
    struct queue *codes;       // of struct code: what is read
    struct queue *unsaved;     // of struct code: to be read once more
    struct queue *aside;       // of struct code: to be offered again if they stay
    struct mailbox *previews;  // of struct frame
    struct mailbox *cameras;   // of struct camera_state
    struct mailbox *sightings; // of struct sighting
    struct mailbox *hints;     // of enum hint
    struct mailbox *vitals;    // of struct camera_vitals
};

struct eyes;
enum status eyes_open(const struct settings *settings, const struct eyes_config *config, struct eyes **out) MUST_CHECK;
void eyes_start(struct eyes *eyes);
void eyes_close(struct eyes *eyes); // stops first; NULL is fine

#endif
