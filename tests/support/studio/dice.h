// dice.h -- chance that repeats itself: the same seed gives the same numbers on every machine.
// Source: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014). A value; pure.
#ifndef EINLASS_TESTS_SUPPORT_STUDIO_DICE_H
#define EINLASS_TESTS_SUPPORT_STUDIO_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

uint64_t dice_mix(uint64_t number); // well stirred; the same for the same
uint64_t dice_next(struct dice *dice);
int dice_below(struct dice *dice, int count);                      // 0 … count - 1
double dice_between(struct dice *dice, double least, double most); // evenly
bool dice_is(struct dice *dice, double share);                     // true that often
double dice_normal(struct dice *dice);                             // mean 0, deviation 1

#endif
