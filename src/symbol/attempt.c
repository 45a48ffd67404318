#include "symbol/attempt.h"

#include "base/digest.h"
#include "base/mem.h"
#include "symbol/equalise.h"
#include "symbol/pattern.h"
#include "symbol/redraw.h"
#include "symbol/restore.h"
#include "symbol/sample.h"

#include <math.h>
#include <stdlib.h>

// Ways to tell dark from light: two before the climb, as most symbols need no more; then the one that reads the most,
// and restoring. More of them read nothing that these don't.
enum { WAYS_AT_FIRST = 2, WAYS_AFTER_CLIMB = 1 };

#define FIT_AFTER_CLIMB 0.55f   // a symbol that can be read fits better than this in the end
#define LEAST_CLIMB_PX 1.2f     // a module: what is smaller is read on a larger level, if at all
#define LEAST_SMEARED_PX 1.4f   // a module: its two samples must differ by more than noise
#define LEAST_SMEARED_FIT 0.35f // smear takes half of a fit: with 0.45 presentations were read later
#define FIT_NEAR_BEST 0.30f     // the second grid is tried if it is no farther behind

// Of two timing patterns, 1 each at best. Of 2,682 symbols that were read none had less than 1.4 in the end.
#define LEAST_TIMING 0.8f

struct attempt {
    struct decoder *decoder;
    struct equaliser *equaliser;
    struct samples samples;
    uint8_t modules[PATTERN_MAX_MODULES];
    uint8_t drawn[REDRAW_MAX_PIXELS];
    struct decoding decoding;
};

// One attempt under way.
struct trial {
    struct attempt *attempt;
    const struct grey_picture *picture;
    struct effort *effort;
    bool is_refused;
    bool has_format, is_mirrored; // of the samples at hand
    int format;
};

enum status attempt_open(struct decoder *decoder, struct attempt **out)
{
    struct attempt *attempt = mem_zero(sizeof *attempt);
    enum status status;

    attempt->decoder = decoder;
    if ((status = equaliser_open(&attempt->equaliser)) != STATUS_OK) goto fail;
    *out = attempt;
    return STATUS_OK;
fail:
    attempt_close(attempt);
    return status;
}

void attempt_close(struct attempt *attempt)
{
    if (!attempt) return;
    equaliser_close(attempt->equaliser);
    free(attempt);
}

// Finds the format word, straight or mirrored, and draws the known patterns in. False: there is none, or the symbol is
// of a kind that is refused.
static bool complete(struct trial *trial, int side)
{
    uint8_t *modules = trial->attempt->modules;
    int format, format_mirrored;
    int errors = pattern_read_format(modules, side, false, &format);
    int errors_mirrored = pattern_read_format(modules, side, true, &format_mirrored);

    if (errors > PATTERN_MOST_FORMAT_ERRORS && errors_mirrored > PATTERN_MOST_FORMAT_ERRORS) return false;
    trial->has_format = true;
    trial->is_mirrored = errors_mirrored < errors;
    trial->format = trial->is_mirrored ? format_mirrored : format;
    int mode = pattern_read_mode(modules, side, trial->is_mirrored, trial->format);
    if (mode == PATTERN_MODE_STRUCTURED_APPEND || mode == PATTERN_MODE_ECI) {
        trial->is_refused = true;
        return false;
    }
    pattern_stamp(modules, side, trial->is_mirrored, trial->format);
    return true;
}

// By the modules it has to scan.
static bool pay_decode(struct effort *effort, int side)
{
    if (effort->decodes == 0 || !effort_spend(effort, 5 * side * side / 8)) return false;
    effort->decodes--;
    return true;
}

static bool is_new(struct effort *effort, const uint8_t modules[], int side)
{
    uint64_t digest = digest_of(modules, (size_t)side * (size_t)side);

    for (size_t i = 0; i < effort->tried_count; i++)
        if (effort->tried[i] == digest) return false;
    if (effort->tried_count < EFFORT_DECODES) effort->tried[effort->tried_count++] = digest;
    return true;
}

static bool decode(struct trial *trial, const struct grid *grid)
{
    struct attempt *attempt = trial->attempt;
    struct symbol *symbol = &attempt->decoding.symbols[0];
    struct grey_picture drawn = redraw(attempt->modules, grid->side, attempt->drawn);
    float far = (float)grid->side;

    attempt->decoder->ops->decode(attempt->decoder, &drawn, &attempt->decoding);
    if (attempt->decoding.count == 0) return false;
    for (int i = 0; i < 4; i++)
        plane_map(&grid->plane, i == 1 || i == 2 ? far : 0, i >= 2 ? far : 0, &symbol->x_px[i], &symbol->y_px[i]);
    return true;
}

// How far the modules between the finders are dark and light by turns: steps in the right direction less those in the
// wrong one, over all; of the row and the column together.
static float measure_timing(const struct samples *samples)
{
    int side = samples->side;
    float timing = 0;

    for (int line = 0; line < 2; line++) {
        const float *first = samples->values + (line == 0 ? 6 * side : 6);
        float right = 0, all = 0.001f;
        for (int i = 9; i < side - 8; i++) { // even ones are dark
            float step = first[i * (line == 0 ? 1 : side)] - first[(i - 1) * (line == 0 ? 1 : side)];
            right += (i % 2 == 1) == !samples->is_light ? step : -step;
            all += fabsf(step);
        }
        timing += right / all;
    }
    return timing;
}

static bool try_modules(struct trial *trial, const struct grid *grid)
{
    return complete(trial, grid->side) && is_new(trial->effort, trial->attempt->modules, grid->side) &&
           pay_decode(trial->effort, grid->side) && decode(trial, grid);
}

// False too if the timing patterns, which only a symbol has between its finders, aren't there.
static bool take_samples(struct trial *trial, const struct grid *grid)
{
    struct samples *samples = &trial->attempt->samples;

    if (!effort_spend(trial->effort, EFFORT_SAMPLES_US)) return false;
    sample_take(trial->picture, grid, samples);
    trial->has_format = false;
    return measure_timing(samples) >= LEAST_TIMING;
}

static bool try_grid(struct trial *trial, const struct grid *grid, int ways)
{
    struct attempt *attempt = trial->attempt;

    if (!take_samples(trial, grid)) return false;
    for (int way = 0; way < ways; way++) {
        sample_split(&attempt->samples, way, attempt->modules);
        if (try_modules(trial, grid)) return true;
    }
    return false;
}

// Once more with the samples at hand, for blur that no sharpening undoes.
static bool try_restored(struct trial *trial, const struct grid *grid)
{
    struct attempt *attempt = trial->attempt;

    if (!trial->has_format || !effort_spend(trial->effort, EFFORT_RESTORE_US)) return false;
    sample_split(&attempt->samples, SAMPLE_WAY_VERY_SHARP, attempt->modules);
    pattern_stamp(attempt->modules, grid->side, trial->is_mirrored, trial->format);
    restore(&attempt->samples, trial->is_mirrored, trial->format, attempt->modules);
    return try_modules(trial, grid);
}

static bool climb(struct trial *trial, struct grid *grid)
{
    if (grid_module_px(grid) < LEAST_CLIMB_PX || !effort_spend(trial->effort, EFFORT_CLIMB_US)) return false;
    grid_climb(trial->picture, grid);
    return grid->fit > FIT_AFTER_CLIMB;
}

// The mean of the light modules less that of the dark ones.
static float measure_contrast(const struct samples *samples)
{
    int count = samples->side * samples->side, light_count = 0;
    float mean = 0, light = 0, dark = 0;

    for (int i = 0; i < count; i++) mean += samples->values[i] / (float)count;
    for (int i = 0; i < count; i++) {
        bool is_light = samples->values[i] > mean;
        light_count += is_light;
        if (is_light) light += samples->values[i];
        else dark += samples->values[i];
    }
    if (light_count == 0 || light_count == count) return 0;
    return light / (float)light_count - dark / (float)(count - light_count);
}

static bool try_all(struct trial *trial, const struct grids *grids, struct grid *best)
{
    if (try_grid(trial, best, WAYS_AT_FIRST)) return true;
    if (!climb(trial, best)) return false;
    if (try_grid(trial, best, WAYS_AFTER_CLIMB) || try_restored(trial, best)) return true;
    if (grids->count < 2 || grids->list[1].fit < best->fit - FIT_NEAR_BEST) return false;
    struct grid second = grids->list[1];
    if (!climb(trial, &second) || !try_grid(trial, &second, WAYS_AFTER_CLIMB)) return false;
    *best = second;
    return true;
}

enum attempt_end attempt_read(struct attempt *attempt, const struct grey_picture *picture, const struct grids *grids,
                              struct effort *effort, struct attempt_result *out)
{
    struct trial trial = {.attempt = attempt, .picture = picture, .effort = effort};

    if (grids->count == 0 || grids->list[0].fit < GRID_LEAST_FIT) return ATTEMPT_NOTHING;
    out->grid = grids->list[0];
    bool is_read = try_all(&trial, grids, &out->grid);
    out->text = is_read ? &attempt->decoding.symbols[0] : NULL;
    out->contrast = measure_contrast(&attempt->samples);
    if (is_read) return ATTEMPT_READ;
    return trial.is_refused ? ATTEMPT_REFUSED : ATTEMPT_UNREAD;
}

// The filter reaches farthest along the symbol's axis that is nearest to the picture's columns.
static bool is_upright(const struct grid *grid)
{
    float x_px, y_px, below_x_px, below_y_px, middle = (float)grid->side / 2;

    grid_map(grid, middle, middle, &x_px, &y_px);
    grid_map(grid, middle, middle + 1, &below_x_px, &below_y_px);
    return fabsf(below_y_px - y_px) > fabsf(below_x_px - x_px);
}

// Whether it is a symbol at all: its known modules can be told.
static bool is_told(struct trial *trial, const struct grid *grid)
{
    struct attempt *attempt = trial->attempt;

    return effort_spend(trial->effort, EFFORT_EQUALISE_US) &&
           equaliser_train(attempt->equaliser, trial->picture, grid, is_upright(grid), attempt->modules);
}

static bool try_equalised(struct trial *trial, const struct grid *grid)
{
    trial->has_format = false;
    if (try_modules(trial, grid)) return true;
    if (!trial->has_format || !effort_spend(trial->effort, EFFORT_EQUALISE_AGAIN_US)) return false;
    equaliser_train_again(trial->attempt->equaliser, trial->attempt->modules);
    return try_modules(trial, grid);
}

// The climb is misled by smear, which turns dark and light round in fine patterns: only what it makes of a grid that
// didn't read is worth a look.
enum attempt_end attempt_read_smeared(struct attempt *attempt, const struct grey_picture *picture,
                                      const struct grids *grids, struct effort *effort, struct attempt_result *out)
{
    struct trial trial = {.attempt = attempt, .picture = picture, .effort = effort};

    if (grids->count == 0 || grids->list[0].fit < LEAST_SMEARED_FIT) return ATTEMPT_NOTHING;
    out->grid = grids->list[0];
    if (grid_module_px(&out->grid) < LEAST_SMEARED_PX) return ATTEMPT_NOTHING;
    if (!is_told(&trial, &out->grid)) return ATTEMPT_NOTHING;
    bool is_read = try_equalised(&trial, &out->grid);
    if (!is_read && effort_spend(effort, EFFORT_CLIMB_US)) {
        grid_climb(picture, &out->grid);
        is_read = is_told(&trial, &out->grid) && try_equalised(&trial, &out->grid);
    }
    out->text = is_read ? &attempt->decoding.symbols[0] : NULL;
    out->contrast = 0;
    if (is_read) return ATTEMPT_READ;
    return trial.is_refused ? ATTEMPT_REFUSED : ATTEMPT_UNREAD;
}
