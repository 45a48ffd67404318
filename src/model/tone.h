// tone.h -- the sounds of a door, synthesised: nobody needs to see the screen to know.
// 16-bit mono samples. Pure; any thread.
#ifndef EINLASS_MODEL_TONE_H
#define EINLASS_MODEL_TONE_H

#include <stddef.h>
#include <stdint.h>

enum tone {
    TONE_NONE,
    TONE_WELCOME,   // a rising major third
    TONE_ALREADY,   // twice the same
    TONE_NO,        // a falling fifth
    TONE_GOODBYE,   // a falling major third, as high as the welcome
    TONE_ATTENTION, // up and back again
    TONE_ALL_HERE,  // a chord, note by note
};

enum { TONE_RATE_HZ = 22050, TONE_MAX_SAMPLES = TONE_RATE_HZ * 3 / 4, TONE_MOST_NOTES = 4 };

struct tone_step {
    double hz;
    int ms; // a note's length, its fading included; 0: there are no more
};

void tone_steps(enum tone tone, struct tone_step out[TONE_MOST_NOTES]);
// Writes the samples at `volume` 0 … 100 and answers how many.
size_t tone_render(enum tone tone, int volume, int16_t out[TONE_MAX_SAMPLES]);

#endif
