#include "symbol/restore.h"

#include "symbol/equations.h"
#include "symbol/mean.h"

#include <string.h>

enum {
    REACH = 2, // of a module's light, in modules
    ACROSS = 2 * REACH + 1,
    TAPS = ACROSS * ACROSS,
    PADDED = (TAPS + 3) / 4 * 4,
    MOST_WIDTH = PATTERN_MOST_SIDE + 2 * REACH,
    ROUNDS = 3,
    SWEEPS = 4, // in a round
    MEAN_RADIUS = 8,
};

#define WEIGHT_KNOWN 4.0f // of a module of a known pattern in the least squares; a guessed one's is 1
#define RIDGE 0.02f       // keeps the mixture small where the modules don't tell

// Around the symbol stand REACH more rows and columns: the quiet zone, light.
struct restoration {
    int side, width;
    bool is_known[PATTERN_MAX_MODULES];
    float seen[PATTERN_MAX_MODULES];      // darkness in the picture against the mean around
    float drawn[MOST_WIDTH * MOST_WIDTH]; // 1 dark, -1 light, against the mean around
    float left[MOST_WIDTH * MOST_WIDTH];  // what of the seen the drawn don't explain; 0 in the quiet zone
    float mixture[TAPS];
};

static int offset_of(const struct restoration *r, int tap)
{
    return (tap / ACROSS - REACH) * r->width + tap % ACROSS - REACH;
}

static int place_of(const struct restoration *r, int x, int y)
{
    return (y + REACH) * r->width + x + REACH;
}

// Known is what stamping gives whatever was there before.
static void find_known(bool is_mirrored, int format, struct restoration *r)
{
    uint8_t dark[PATTERN_MAX_MODULES], light[PATTERN_MAX_MODULES];
    int count = r->side * r->side;

    memset(dark, 1, (size_t)count);
    memset(light, 0, (size_t)count);
    pattern_stamp(dark, r->side, is_mirrored, format);
    pattern_stamp(light, r->side, is_mirrored, format);
    for (int i = 0; i < count; i++) r->is_known[i] = dark[i] == light[i];
}

static void take_seen(const struct samples *samples, struct restoration *r)
{
    float means[PATTERN_MAX_MODULES];
    float sign = samples->is_light ? 1 : -1;

    mean_around(samples->values, r->side, MEAN_RADIUS, means);
    for (int i = 0; i < r->side * r->side; i++) r->seen[i] = sign * (samples->values[i] - means[i]);
}

static void take_drawn(const uint8_t modules[], struct restoration *r)
{
    float values[PATTERN_MAX_MODULES], means[PATTERN_MAX_MODULES];
    int side = r->side;

    for (int i = 0; i < side * side; i++) values[i] = modules[i] ? 1 : -1;
    mean_around(values, side, MEAN_RADIUS, means);
    for (int y = -REACH; y < side + REACH; y++) {
        for (int x = -REACH; x < side + REACH; x++) {
            int near_x = x < 0 ? 0 : x < side ? x : side - 1, near_y = y < 0 ? 0 : y < side ? y : side - 1;
            bool is_inside = near_x == x && near_y == y;
            float value = is_inside ? values[y * side + x] : -1;
            r->drawn[place_of(r, x, y)] = value - means[near_y * side + near_x];
        }
    }
}

// Rows are padded, so that a compiler sees whole SIMD registers.
struct sums {
    float left[TAPS][PADDED], right[TAPS];
};

// One module's value as a sum of those around it, weighted: a row of the least squares.
static void add_row(const struct restoration *r, int x, int y, float weight, struct sums *sums)
{
    const float *drawn = r->drawn + place_of(r, x - REACH, y - REACH);
    float row[PADDED] = {0}, seen = r->seen[y * r->side + x];

    for (int tap = 0; tap < TAPS; tap++) row[tap] = drawn[tap / ACROSS * r->width + tap % ACROSS];
    for (int i = 0; i < TAPS; i++) {
        float factor = weight * row[i];
        for (int j = 0; j < PADDED; j++) sums->left[i][j] += factor * row[j];
        sums->right[i] += factor * seen;
    }
}

static bool fit_mixture(struct restoration *r)
{
    struct sums sums = {0};
    struct equations equations;
    double mixture[TAPS];

    for (int y = 0; y < r->side; y++)
        for (int x = 0; x < r->side; x++) add_row(r, x, y, r->is_known[y * r->side + x] ? WEIGHT_KNOWN : 1, &sums);
    equations_begin(&equations, TAPS);
    for (int i = 0; i < TAPS; i++) {
        for (int j = i; j < TAPS; j++) equations.rows[i][j] = (double)sums.left[i][j];
        equations.rows[i][i] += (double)(RIDGE * (float)(r->side * r->side));
        equations.rows[i][TAPS] = (double)sums.right[i];
    }
    if (!equations_solve(&equations, mixture)) return false;
    for (int i = 0; i < TAPS; i++) r->mixture[i] = (float)mixture[i];
    return true;
}

static void take_left(struct restoration *r)
{
    memset(r->left, 0, sizeof r->left);
    for (int y = 0; y < r->side; y++) {
        float *left = r->left + place_of(r, 0, y);
        for (int x = 0; x < r->side; x++) left[x] = r->seen[y * r->side + x];
        for (int tap = 0; tap < TAPS; tap++) {
            const float *drawn = r->drawn + place_of(r, 0, y) + offset_of(r, tap);
            for (int x = 0; x < r->side; x++) left[x] -= r->mixture[tap] * drawn[x];
        }
    }
}

// The taps that reach from a module to others of the symbol: first and last row and column of the mixture.
struct span {
    int left, right, top, bottom;
};

static struct span span_at(const struct restoration *r, int x, int y)
{
    int right = r->side - 1 - x, bottom = r->side - 1 - y;

    return (struct span){x < REACH ? -x : -REACH, right < REACH ? right : REACH, y < REACH ? -y : -REACH,
                         bottom < REACH ? bottom : REACH};
}

// How much less is left of the picture, squared, if the module changes by `change`.
static float gain_of(const struct restoration *r, int place, struct span span, float change)
{
    float gain = 0;

    for (int y = span.top; y <= span.bottom; y++) {
        const float *left = r->left + place + y * r->width, *mixture = r->mixture + (REACH - y) * ACROSS + REACH;
        for (int x = span.left; x <= span.right; x++) gain += mixture[-x] * (2 * left[x] - change * mixture[-x]);
    }
    return gain * change;
}

static void apply(struct restoration *r, int place, struct span span, float change)
{
    for (int y = span.top; y <= span.bottom; y++) {
        float *left = r->left + place + y * r->width;
        const float *mixture = r->mixture + (REACH - y) * ACROSS + REACH;
        for (int x = span.left; x <= span.right; x++) left[x] -= change * mixture[-x];
    }
}

// Each module in turn, flipped if less is left then. False: none was.
static bool sweep(struct restoration *r, uint8_t modules[])
{
    bool has_flipped = false;

    for (int y = 0, i = 0; y < r->side; y++) {
        for (int x = 0; x < r->side; x++, i++) {
            if (r->is_known[i]) continue;
            struct span span = span_at(r, x, y);
            float change = modules[i] ? -2 : 2;
            if (gain_of(r, place_of(r, x, y), span, change) <= 0) continue;
            apply(r, place_of(r, x, y), span, change);
            modules[i] ^= 1;
            has_flipped = true;
        }
    }
    return has_flipped;
}

void restore(const struct samples *samples, bool is_mirrored, int format, uint8_t modules[PATTERN_MAX_MODULES])
{
    struct restoration r = {.side = samples->side, .width = samples->side + 2 * REACH};

    find_known(is_mirrored, format, &r);
    take_seen(samples, &r);
    for (int round = 0; round < ROUNDS; round++) {
        take_drawn(modules, &r);
        if (!fit_mixture(&r)) return;
        take_left(&r);
        int sweeps = 0;
        while (sweeps < SWEEPS && sweep(&r, modules)) sweeps++;
        if (sweeps == 0) return;
    }
}
