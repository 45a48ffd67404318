// devices.h -- what follows the model besides the window: loudspeaker, brightness, the ready check's bell.
// Value, embedded in the front; main thread.
#ifndef EINLASS_SCREEN_DEVICES_H
#define EINLASS_SCREEN_DEVICES_H

#include "base/doorbell.h"
#include "screen/backlight.h"
#include "model/model.h"
#include "screen/sound.h"

enum {
    DEVICES_INSPECT_MS = 5000, // the ready check is filled anew this often while it is open,
    DEVICES_UPDATE_MS = 1000,  // and as often while an update is watched
};

struct devices {
    struct sound *sound;
    struct backlight *backlight; // NULL: this display can't be dimmed
    struct doorbell *inspection; // NULL: nobody fills the ready check
    int volume, brightness;      // as they were set last
    bool is_inspected;           // the ready check is open, or the page of updates
    int64_t rung_ms;
};

// Opens the loudspeaker; the others stay yours. `brightness` 0: as it is. Sets the model's volume and brightness.
void devices_open(struct devices *devices, int volume, int brightness, struct model *model);
void devices_follow(struct devices *devices, const struct model *model, int64_t mono_ms);
void devices_close(struct devices *devices); // twice is fine

#endif
