#include "frame/servo.h"

#include <math.h>

static const double GAIN_STOPS = 4, NEAR = 0.25, FAR = 0.6, MOST_STOPS = 1.5;

static bool is_steered(const struct servo_range *range)
{
    return range->step > 0 && range->most > range->least;
}

bool servo_is_needed(const struct servo_config *config)
{
    return is_steered(&config->exposure) || is_steered(&config->gain);
}

// A range may lie below nothing altogether: there are no stops in it.
static double stops_between(int low, int high)
{
    int from = low > 0 ? low : 1;

    return high > from ? log2((double)high / from) : 0;
}

static double limited(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

// A range may be as wide as an int has numbers: it is what a camera says of itself.
static double width_of(const struct servo_range *range)
{
    return (double)range->most - range->least;
}

static int nearest(const struct servo_range *range, double value)
{
    double steps = round((value - range->least) / range->step);

    return (int)limited(range->least + steps * range->step, range->least, range->most);
}

// The three parts of the ladder, in stops; 0 where there is nothing to set.
struct ladder {
    double below, gain, above;
};

static struct ladder ladder_of(const struct servo_config *config)
{
    struct ladder ladder = {0};

    if (is_steered(&config->exposure)) {
        ladder.below = stops_between(config->exposure.least, config->exposure_short);
        ladder.above = stops_between(config->exposure_short, config->exposure_long);
    }
    if (is_steered(&config->gain)) ladder.gain = GAIN_STOPS;
    return ladder;
}

static double level_of(const struct servo_config *config, struct servo_setting setting)
{
    struct ladder ladder = ladder_of(config);
    const struct servo_range *gain = &config->gain;
    double level = 0;

    if (is_steered(&config->exposure)) level = stops_between(config->exposure.least, setting.exposure);
    if (level > ladder.below) return level + ladder.gain;
    if (ladder.gain > 0) level += ladder.gain * ((double)setting.gain - gain->least) / width_of(gain);
    return level;
}

static struct servo_setting setting_of(const struct servo_config *config, struct servo_setting now, double level)
{
    struct ladder ladder = ladder_of(config);
    const struct servo_range *exposure = &config->exposure, *gain = &config->gain;
    double below = limited(level, 0, ladder.below),
           above = limited(level - ladder.below - ladder.gain, 0, ladder.above);

    if (is_steered(exposure))
        now.exposure = nearest(exposure, (exposure->least > 0 ? exposure->least : 1) * exp2(below + above));
    if (is_steered(gain))
        now.gain =
            nearest(gain, gain->least + limited(level - ladder.below, 0, ladder.gain) / ladder.gain * width_of(gain));
    return now;
}

// How many stops more light is wanted.
static double stops_wanted(const struct brightness *brightness)
{
    double wanted = log2((double)SERVO_TARGET / (brightness->mean > 1 ? brightness->mean : 1));

    if (brightness->burnt_percent > 50 && wanted > -2) wanted = -2; // nobody knows how far
    return wanted;
}

void servo_init(struct servo *servo, const struct servo_config *config, struct servo_setting now, int64_t mono_ms)
{
    *servo = (struct servo){.config = *config, .now = now, .level = level_of(config, now), .moved_ms = mono_ms};
}

static double top_of(const struct ladder *ladder)
{
    return ladder->below + ladder->gain + ladder->above;
}

bool servo_is_at_top(const struct servo *servo)
{
    struct ladder ladder = ladder_of(&servo->config);
    struct servo_setting top = setting_of(&servo->config, servo->now, top_of(&ladder));

    return servo->is_settled && servo->now.exposure == top.exposure && servo->now.gain == top.gain;
}

// Far off for long enough, or at the start: time to move.
static bool is_time(struct servo *servo, const struct brightness *brightness, double wanted, int64_t mono_ms)
{
    bool is_blind = brightness->mean < 20 || brightness->burnt_percent > 60;
    bool was_off = servo->is_off;

    servo->is_off = fabs(wanted) >= FAR;
    if (servo->is_off && !was_off) servo->off_ms = mono_ms;
    return servo->is_off && mono_ms - servo->off_ms >= (is_blind ? SERVO_BLIND_MS : SERVO_PATIENCE_MS);
}

static void settle(struct servo *servo)
{
    servo->is_settled = true;
    servo->is_off = false;
    servo->direction = 0;
}

bool servo_step(struct servo *servo, const struct brightness *brightness, int64_t mono_ms, struct servo_setting *out)
{
    double wanted = stops_wanted(brightness);
    int direction = wanted > 0 ? 1 : -1;
    struct ladder ladder = ladder_of(&servo->config);
    struct servo_setting next;

    servo->frames++;
    if (servo->frames < SERVO_WAIT_FRAMES || mono_ms - servo->moved_ms < SERVO_WAIT_MS) return false;
    if (servo->is_settled && !is_time(servo, brightness, wanted, mono_ms)) return false;
    bool has_passed = servo->direction != 0 && direction != servo->direction && fabs(wanted) < FAR;
    double level = limited(servo->level + limited(wanted / 2, -MOST_STOPS, MOST_STOPS), 0, top_of(&ladder));
    next = setting_of(&servo->config, servo->now, level);
    bool is_same = next.exposure == servo->now.exposure && next.gain == servo->now.gain;
    if (fabs(wanted) < NEAR || has_passed || is_same) {
        settle(servo);
        return false;
    }
    servo->is_settled = false;
    servo->direction = direction;
    servo->level = level;
    servo->now = *out = next;
    servo->moved_ms = mono_ms;
    servo->frames = 0;
    return true;
}
