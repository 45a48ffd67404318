// devices.h -- what follows the model besides the window: loudspeaker, brightness, the ready check's bell.
// Value, embedded in the front; main thread.
#ifndef EINLASS_SCREEN_DEVICES_H
#define EINLASS_SCREEN_DEVICES_H

#include "base/clock.h"
#include "base/doorbell.h"
#include "screen/backlight.h"
#include "model/model.h"
#include "screen/sound.h"

enum {
    DEVICES_INSPECT_MS = 5000, // the ready check is filled anew this often while it is open,
    DEVICES_UPDATE_MS = 1000,  // and as often while an update is watched
    DEVICES_DIM_STEP = 5,      // percent: displays have few steps, and round
};

struct devices {
    struct sound *sound;
    struct backlight *backlight; // NULL: this display can't be dimmed
    struct doorbell *inspection; // NULL: nobody fills the ready check
    struct clock *clock;         // says whether it is time for an event; NULL: the screen isn't dimmed
    int volume, brightness;      // as they were set last
    int bright;                  // the brightness when it isn't dim
    bool is_inspected;           // the ready check is open, or the page of updates
    bool is_dim;
    int64_t rung_ms;
};

// Opens the loudspeaker; the others stay yours. `brightness` 0: as it is; but a display as dark as we dim it was left
// so by a kiosk that was ended, and is made bright. Sets the model's volume and brightness.
void devices_open(struct devices *devices, int volume, int brightness, struct model *model);
void devices_follow(struct devices *devices, struct model *model, int64_t mono_ms);
void devices_close(struct devices *devices); // the display is as bright as it was meant to be; twice is fine

#endif
