// sound.h -- plays the tones; sound_sdl.c holds SDL's audio.
// Without a loudspeaker everything works in silence; one line in the log says so. Main thread.
#ifndef EINLASS_SCREEN_SOUND_H
#define EINLASS_SCREEN_SOUND_H

#include "model/tone.h"

struct sound;
void sound_open(int volume, struct sound **out); // 0 … 100; never fails
void sound_set_volume(struct sound *sound, int volume);
void sound_play(struct sound *sound, enum tone tone); // cuts off the one that still sounds
void sound_close(struct sound *sound);                // NULL is fine

#endif
