#include "support/studio/dice.h"

uint64_t dice_mix(uint64_t number)
{
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9U;
    number = (number ^ number >> 27) * 0x94D049BB133111EBU;
    return number ^ number >> 31;
}

uint64_t dice_next(struct dice *dice)
{
    dice->state += 0x9E3779B97F4A7C15U;
    return dice_mix(dice->state);
}

double dice_between(struct dice *dice, double least, double most)
{
    return least + (most - least) * (double)(dice_next(dice) >> 11) / (double)(UINT64_C(1) << 53);
}

int dice_below(struct dice *dice, int count)
{
    return (int)(dice_next(dice) % (uint64_t)count);
}

bool dice_is(struct dice *dice, double share)
{
    return dice_between(dice, 0, 1) < share;
}

// The sum of four even numbers is near enough to a bell for a camera's noise, and costs one draw.
double dice_normal(struct dice *dice)
{
    uint64_t bits = dice_next(dice);
    int sum = 0;

    for (int i = 0; i < 4; i++) sum += (int)(bits >> 16 * i & 0xFFFF);
    return (sum / 65536.0 - 2) * 1.7320508; // the deviation of four is the root of 4/12
}
