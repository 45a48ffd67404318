// sound.h -- plays the tones; sound_sdl.c holds SDL's audio.
// Without a loudspeaker everything works in silence; one line in the log says so. One that comes later, or comes back,
// is found: at boot its driver may be slower than the kiosk. Main thread.
#ifndef EINLASS_SCREEN_SOUND_H
#define EINLASS_SCREEN_SOUND_H

#include "model/tone.h"

#include <stdint.h>

enum { SOUND_LOOK_MS = 3000, SOUND_MOST_LOOK_MS = 60 * 1000 };

struct sound;
void sound_open(int volume, struct sound **out); // 0 … 100; never fails
void sound_set_volume(struct sound *sound, int volume);
// For a loudspeaker, if there is none: every SOUND_LOOK_MS; for one that can't be opened ever more seldom.
void sound_look(struct sound *sound, int64_t mono_ms);
void sound_play(struct sound *sound, enum tone tone); // cuts off the one that still sounds
void sound_close(struct sound *sound);                // NULL is fine

#endif
