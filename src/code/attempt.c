#include "code/attempt.h"

#include "base/digest.h"
#include "base/mem.h"
#include "code/pattern.h"
#include "code/redraw.h"
#include "code/sample.h"

#include <stdlib.h>

// Ways to tell dark from light: two before the climb, as most symbols need no more, then all of them.
enum { WAYS_AT_FIRST = 2, WAYS_OF_SECOND_GRID = 2 };

#define FIT_AFTER_CLIMB 0.55f // a symbol that can be read fits better than this in the end
#define FIT_NEAR_BEST 0.30f   // the second grid is tried if it is no farther behind

struct attempt {
    struct decoder *decoder;
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
};

enum status attempt_open(struct decoder *decoder, struct attempt **out)
{
    struct attempt *attempt = mem_zero(sizeof *attempt);

    attempt->decoder = decoder;
    *out = attempt;
    return STATUS_OK;
}

void attempt_close(struct attempt *attempt)
{
    free(attempt);
}

// The known patterns drawn in, if the modules' format word can be told, straight or mirrored.
static bool complete(struct trial *trial, int side)
{
    uint8_t *modules = trial->attempt->modules;
    int format, format_mirrored;
    int errors = pattern_read_format(modules, side, false, &format);
    int errors_mirrored = pattern_read_format(modules, side, true, &format_mirrored);
    bool is_mirrored = errors_mirrored < errors;

    if (errors > PATTERN_MOST_FORMAT_ERRORS && errors_mirrored > PATTERN_MOST_FORMAT_ERRORS) return false;
    if (is_mirrored) format = format_mirrored;
    int mode = pattern_read_mode(modules, side, is_mirrored, format);
    if (mode == PATTERN_MODE_STRUCTURED_APPEND || mode == PATTERN_MODE_ECI) {
        trial->is_refused = true;
        return false;
    }
    pattern_stamp(modules, side, is_mirrored, format);
    return true;
}

static bool is_new(struct effort *effort, const uint8_t modules[], int side)
{
    uint64_t digest = digest_of(modules, (size_t)(side * side));

    for (size_t i = 0; i < effort->tried_count; i++)
        if (effort->tried[i] == digest) return false;
    effort->tried[effort->tried_count++] = digest;
    return true;
}

static bool decode(struct trial *trial, const struct grid *grid)
{
    struct attempt *attempt = trial->attempt;
    struct symbol *symbol = &attempt->decoding.symbols[0];
    struct grey_picture drawn = redraw(attempt->modules, grid->side, attempt->drawn);
    float far = (float)grid->side;

    trial->effort->decodes--;
    attempt->decoder->ops->decode(attempt->decoder, &drawn, &attempt->decoding);
    if (attempt->decoding.count == 0) return false;
    for (int i = 0; i < 4; i++)
        plane_map(&grid->plane, i == 1 || i == 2 ? far : 0, i >= 2 ? far : 0, &symbol->x_px[i], &symbol->y_px[i]);
    return true;
}

static bool try_grid(struct trial *trial, const struct grid *grid, int ways)
{
    struct attempt *attempt = trial->attempt;

    sample_take(trial->picture, grid, &attempt->samples);
    for (int way = 0; way < ways && trial->effort->decodes > 0; way++) {
        sample_split(&attempt->samples, way, attempt->modules);
        if (complete(trial, grid->side) && is_new(trial->effort, attempt->modules, grid->side) && decode(trial, grid))
            return true;
    }
    return false;
}

static bool climb(struct trial *trial, struct grid *grid)
{
    if (trial->effort->climbs == 0 || trial->effort->decodes == 0) return false;
    trial->effort->climbs--;
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
    if (try_grid(trial, best, SAMPLE_WAY_COUNT)) return true;
    if (grids->count < 2 || grids->list[1].fit < best->fit - FIT_NEAR_BEST) return false;
    struct grid second = grids->list[1];
    if (!climb(trial, &second) || !try_grid(trial, &second, WAYS_OF_SECOND_GRID)) return false;
    *best = second;
    return true;
}

enum attempt_end attempt_read(struct attempt *attempt, const struct grey_picture *picture, const struct grids *grids,
                              struct effort *effort, struct attempt_result *out)
{
    struct trial trial = {attempt, picture, effort, false};

    if (grids->count == 0 || grids->list[0].fit < GRID_LEAST_FIT || effort->decodes == 0) return ATTEMPT_NOTHING;
    out->grid = grids->list[0];
    bool is_read = try_all(&trial, grids, &out->grid);
    out->text = is_read ? &attempt->decoding.symbols[0] : NULL;
    out->contrast = measure_contrast(&attempt->samples);
    if (is_read) return ATTEMPT_READ;
    return trial.is_refused ? ATTEMPT_REFUSED : ATTEMPT_UNREAD;
}
