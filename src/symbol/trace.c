#include "symbol/trace.h"

#include <math.h>

enum {
    CELLS = 5,        // a side, between the middles of the finders; each has several modules of any version
    CELL_SAMPLES = 6, // a side
    MOST_ODD = 3,     // cells that may be unlike the others: a glare, a logo, the middle of a finder
    BORDER_SAMPLES = 24,
    FINDER_MODULES = 7,
    WAY_SAMPLES = 4,   // for a module, on the way around a large finder
    WAY_HALF_SIDE = 7, // modules from the finder's middle: two outside its light border
    LEAST_CHANGES = 6, // on that way
};

#define MOST_BADNESS 2.0f
#define LEAST_DEVIATION 1.6f   // grey values: what noise leaves at the levels
#define LEAST_SHARE 0.5f       // of the deviation of all cells, in one
#define MOST_LEAN 0.9f         // of a cell's mean from that of all, in deviations
#define MOST_BORDER_SHARE 0.6f // of that deviation, in the border
#define LEAST_BORDER_LIGHT 0.4f
#define LEAST_LARGE_SHARE 0.15f // a finder of that share of the picture's height is large
#define LEAST_MATCH 0.8f        // of a large finder

struct spread {
    int count;
    float sum, squares;
};

static void spread_add(struct spread *spread, float grey)
{
    spread->count++;
    spread->sum += grey;
    spread->squares += grey * grey;
}

static float mean_of(const struct spread *spread)
{
    return spread->sum / (float)spread->count;
}

static float deviation_of(const struct spread *spread)
{
    float mean = mean_of(spread), square = spread->squares / (float)spread->count - mean * mean;

    return square > 0 ? sqrtf(square) : 0;
}

// A parallelogram: (0, 0) is the middle of the corner's finder, (1, 0) and (0, 1) those of the others.
struct span {
    const struct grey_picture *picture;
    const struct triple *triple;
};

// False: outside the picture.
static bool sample(const struct span *span, float along, float down, float *grey_out)
{
    const struct finder *corner = &span->triple->corner, *right = &span->triple->right, *below = &span->triple->below;
    float x = corner->x_px + along * (right->x_px - corner->x_px) + down * (below->x_px - corner->x_px);
    float y = corner->y_px + along * (right->y_px - corner->y_px) + down * (below->y_px - corner->y_px);

    if (x < 0 || y < 0 || x >= (float)span->picture->width_px || y >= (float)span->picture->height_px) return false;
    *grey_out = span->picture->pixels[(int)y * (long)span->picture->stride_bytes + (int)x];
    return true;
}

static void spread_of_cell(const struct span *span, int column, int row, struct spread *out)
{
    *out = (struct spread){0};
    for (int i = 0; i < CELL_SAMPLES * CELL_SAMPLES; i++) {
        int x = i % CELL_SAMPLES, y = i / CELL_SAMPLES;
        float along = ((float)column + ((float)x + 0.5f) / CELL_SAMPLES) / CELLS, grey;
        float down = ((float)row + ((float)y + 0.5f) / CELL_SAMPLES) / CELLS;
        if (sample(span, along, down, &grey)) spread_add(out, grey);
    }
}

struct fill {
    float mean, deviation; // of the cells' means; the mean of their deviations
};

// Whether all cells are alike: as busy, and as grey.
static bool is_even(const struct span *span, struct fill *out)
{
    float means[CELLS * CELLS], deviations[CELLS * CELLS];
    int odd = 0;

    *out = (struct fill){0};
    for (int i = 0; i < CELLS * CELLS; i++) {
        struct spread spread;
        spread_of_cell(span, i % CELLS, i / CELLS, &spread);
        if (spread.count < CELL_SAMPLES * CELL_SAMPLES / 2) return false;
        out->mean += (means[i] = mean_of(&spread)) / (CELLS * CELLS);
        out->deviation += (deviations[i] = deviation_of(&spread)) / (CELLS * CELLS);
    }
    for (int i = 0; i < CELLS * CELLS; i++)
        odd += deviations[i] < LEAST_SHARE * out->deviation || fabsf(means[i] - out->mean) > MOST_LEAN * out->deviation;
    return odd <= MOST_ODD && out->deviation >= LEAST_DEVIATION;
}

// Above and on the left of the finders, where all symbols end. What lies outside the picture is taken for calm.
static bool has_border(const struct span *span, float side_modules, const struct fill *fill)
{
    float out = -5.2f / (side_modules - FINDER_MODULES), grey;
    struct spread above = {0}, left = {0};

    for (int i = 0; i < BORDER_SAMPLES; i++) {
        float at = ((float)i + 0.5f) / BORDER_SAMPLES;
        if (sample(span, at, out, &grey)) spread_add(&above, grey);
        if (sample(span, out, at, &grey)) spread_add(&left, grey);
    }
    const struct spread *sides[] = {&above, &left};
    for (int i = 0; i < 2; i++) {
        if (sides[i]->count == 0) continue;
        float lighter = (mean_of(sides[i]) - fill->mean) * (span->triple->corner.is_light ? -1 : 1);
        if (deviation_of(sides[i]) > MOST_BORDER_SHARE * fill->deviation) return false;
        if (lighter < LEAST_BORDER_LIGHT * fill->deviation) return false;
    }
    return true;
}

static bool is_outside(const struct span *span, float along, float down)
{
    float grey;

    return !sample(span, along, down, &grey);
}

static bool look_at_triple(const struct grey_picture *picture, const struct triple *triple, struct trace *out)
{
    const struct finder *corner = &triple->corner, *right = &triple->right, *below = &triple->below;
    struct span span = {picture, triple};
    struct fill fill;
    float module_px = (corner->module_px + right->module_px + below->module_px) / 3;
    float middles_px = (hypotf(right->x_px - corner->x_px, right->y_px - corner->y_px) +
                        hypotf(below->x_px - corner->x_px, below->y_px - corner->y_px)) /
                       2;
    float side = middles_px / module_px + FINDER_MODULES, rest = 3.5f / (side - FINDER_MODULES);

    if (triple->badness > MOST_BADNESS || side > 60 || !is_even(&span, &fill) || !has_border(&span, side, &fill))
        return false;
    *out = (struct trace){.is_there = true, .module_px = module_px, .side_px = side * module_px};
    out->contrast = 2 * fill.deviation;
    out->is_cut = is_outside(&span, -rest, -rest) || is_outside(&span, 1 + rest, -rest) ||
                  is_outside(&span, -rest, 1 + rest) || is_outside(&span, 1 + rest, 1 + rest);
    return true;
}

// What a finder is, with its light border: 1 dark, -1 light; from its middle, in modules.
static float ideal_at(float x, float y)
{
    float ring = fmaxf(fabsf(x), fabsf(y));

    return ring < 1.5f ? 1 : ring < 2.5f ? -1 : ring < 3.5f ? 1 : -1;
}

// How alike the picture is to a finder turned by an angle: the coefficient of correlation, -1 ... 1.
static float match_turned(const struct grey_picture *picture, const struct finder *finder, float angle)
{
    enum { SIDE = 9, SAMPLES = 2 * SIDE };
    float module_px = finder->module_px * cosf(angle), across = cosf(angle) * module_px, up = sinf(angle) * module_px;
    float products = 0, ideals = 0;
    int count = 0;
    struct spread greys = {0};

    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        int column = i % SAMPLES, row = i / SAMPLES;
        float x = ((float)column + 0.5f) / 2 - SIDE / 2.0f, y = ((float)row + 0.5f) / 2 - SIDE / 2.0f;
        int at_x = (int)(finder->x_px + across * x - up * y), at_y = (int)(finder->y_px + up * x + across * y);
        if (at_x < 0 || at_y < 0 || at_x >= picture->width_px || at_y >= picture->height_px) continue;
        float grey = picture->pixels[at_y * (long)picture->stride_bytes + at_x], ideal = ideal_at(x, y);
        spread_add(&greys, grey);
        products += grey * ideal;
        ideals += ideal;
        count++;
    }
    if (count < SAMPLES * SAMPLES * 3 / 4) return 0;
    float ideal = ideals / (float)count, of_ideal = sqrtf(1 - ideal * ideal), of_greys = deviation_of(&greys);
    if (of_greys < LEAST_DEVIATION) return 0;
    float match = (products / (float)count - mean_of(&greys) * ideal) / (of_ideal * of_greys);
    return finder->is_light ? match : -match;
}

static bool is_whole(const struct grey_picture *picture, const struct finder *finder)
{
    float best = 0;

    for (int tenth = -4; tenth <= 4; tenth++)
        best = fmaxf(best, match_turned(picture, finder, 0.17453f * (float)tenth));
    return best >= LEAST_MATCH;
}

// Changes between dark and light on a square way around the finder, as far as it is in the picture.
static int count_changes(const struct grey_picture *picture, const struct threshold *threshold,
                         const struct finder *finder)
{
    enum { SIDE_SAMPLES = 2 * WAY_HALF_SIDE * WAY_SAMPLES };
    static const int starts[4][4] = {{-1, -1, 1, 0}, {1, -1, 0, 1}, {1, 1, -1, 0}, {-1, 1, 0, -1}};
    int changes = 0, same = 0;
    bool was_dark = false;

    for (int i = 0; i < 4 * SIDE_SAMPLES; i++) {
        const int *start = starts[i / SIDE_SAMPLES];
        float step = (float)(i % SIDE_SAMPLES) / WAY_SAMPLES;
        int x = (int)(finder->x_px + ((float)(start[0] * WAY_HALF_SIDE) + step * (float)start[2]) * finder->module_px);
        int y = (int)(finder->y_px + ((float)(start[1] * WAY_HALF_SIDE) + step * (float)start[3]) * finder->module_px);
        if (x < 0 || y < 0 || x >= picture->width_px || y >= picture->height_px) continue;
        bool is_dark = threshold_is_dark(threshold, picture, x, y);
        changes += is_dark != was_dark && same >= WAY_SAMPLES / 2; // shorter ones are noise
        same = is_dark == was_dark ? same + 1 : 1;
        was_dark = is_dark;
    }
    return changes;
}

static bool look_at_finder(const struct grey_picture *picture, const struct threshold *threshold,
                           const struct finder *finder, struct trace *out)
{
    float side_px = FINDER_MODULES * finder->module_px;

    if (side_px < LEAST_LARGE_SHARE * (float)picture->height_px) return false;
    if (!is_whole(picture, finder)) return false;
    if (count_changes(picture, threshold, finder) < LEAST_CHANGES) return false;
    *out = (struct trace){.is_there = true, .is_cut = true, .module_px = finder->module_px, .contrast = 255};
    return true;
}

void trace_find(const struct grey_picture *picture, const struct threshold *threshold, const struct finders *finders,
                const struct triples *triples, struct trace *out)
{
    out->is_there = false;
    for (size_t i = 0; i < triples->count; i++)
        if (look_at_triple(picture, &triples->list[i], out)) return;
    for (size_t i = 0; i < finders->count; i++)
        if (look_at_finder(picture, threshold, &finders->list[i], out)) return;
}

bool trace_is_filled(const struct grey_picture *picture, float left_px, float top_px, float width_px, float height_px)
{
    // What would be the middles of finders lies farther in, so that a square that is a little turned has it too; the
    // border is asked for just outside the box then.
    enum { SIDE = 27 };
    float inset = 0.17f, right_px = left_px + (1 - inset) * width_px, below_px = top_px + (1 - inset) * height_px;
    struct triple upper = {.corner = {.x_px = left_px + inset * width_px, .y_px = top_px + inset * height_px}};
    struct triple lower = {.corner = {.x_px = right_px, .y_px = below_px}};
    struct fill fill;

    upper.right = lower.below = (struct finder){.x_px = right_px, .y_px = upper.corner.y_px};
    upper.below = lower.right = (struct finder){.x_px = upper.corner.x_px, .y_px = below_px};
    struct span first = {picture, &upper}, second = {picture, &lower};
    if (!is_even(&first, &fill)) return false;
    bool is_dark = has_border(&first, SIDE, &fill) && has_border(&second, SIDE, &fill);
    upper.corner.is_light = lower.corner.is_light = true;
    return is_dark || (has_border(&first, SIDE, &fill) && has_border(&second, SIDE, &fill));
}
