#include "model/tone.h"

#include <math.h>
#include <string.h>

enum { ATTACK_MS = 6 };

void tone_steps(enum tone tone, struct tone_step out[TONE_MOST_NOTES])
{
    static const struct tone_step notes[][TONE_MOST_NOTES] = {
        [TONE_NONE] = {{0, 0}},
        [TONE_WELCOME] = {{659.26, 110}, {830.61, 260}},                                // e'' g sharp''
        [TONE_ALREADY] = {{587.33, 130}, {587.33, 220}},                                // d'' d''
        [TONE_NO] = {{392.00, 160}, {261.63, 320}},                                     // g' c'
        [TONE_GOODBYE] = {{830.61, 110}, {659.26, 260}},                                // g sharp'' e''
        [TONE_ATTENTION] = {{587.33, 110}, {783.99, 110}, {587.33, 240}},               // d'' g'' d''
        [TONE_ALL_HERE] = {{523.25, 100}, {659.26, 100}, {783.99, 100}, {1046.5, 380}}, // c'' e'' g'' c'''
    };

    memcpy(out, notes[tone], sizeof notes[tone]);
}

// Soft at both ends, so that a note neither clicks nor startles; a little of the octave lets small speakers carry it.
static double sample_at(const struct tone_step *note, size_t at, size_t count)
{
    double seconds = (double)at / TONE_RATE_HZ;
    double rise = fmin(1.0, seconds * 1000 / ATTACK_MS);
    double left = 1.0 - (double)at / (double)count;
    double angle = 2 * M_PI * note->hz * seconds;

    return rise * left * (0.8 * sin(angle) + 0.2 * sin(2 * angle));
}

size_t tone_render(enum tone tone, int volume, int16_t out[TONE_MAX_SAMPLES])
{
    struct tone_step notes[TONE_MOST_NOTES];
    double loudness = 28000.0 * (volume / 100.0) * (volume / 100.0); // squared: even steps to the ear
    size_t used = 0;

    tone_steps(tone, notes);
    for (size_t i = 0; i < TONE_MOST_NOTES; i++) {
        size_t count = (size_t)(notes[i].ms * TONE_RATE_HZ / 1000);
        for (size_t at = 0; at < count; at++) out[used++] = (int16_t)lrint(loudness * sample_at(&notes[i], at, count));
    }
    return used;
}
