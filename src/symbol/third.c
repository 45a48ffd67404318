#include "symbol/third.h"

#include "symbol/bilinear.h"
#include "symbol/pattern.h"
#include "symbol/reach.h"

#include <math.h>

enum {
    STEPS = 2, // in a module
    MOST_RADIUS = 9,
    PATTERN_WIDTH = 9, // with the light ring around it
    HALF_PATTERN = STEPS * (PATTERN_WIDTH / 2),
    MOST_WIDTH = 2 * STEPS * MOST_RADIUS + 1 + 2 * HALF_PATTERN,
    PLACES = 6, // for the third of a pair
};

#define LEAST_LIKENESS 0.55f
#define FARTHER_COSTS 0.012f // of likeness, a module
#define MOST_DIFFERENCE 1.6f // in size
#define RADIUS_SHARE 0.2f    // of the distance between finders

struct pair {
    const struct finder *one, *other;
    float badness, distance_px;
};

struct pairs {
    size_t count;
    struct pair list[THIRD_MOST_PAIRS];
};

// How surely it is one: 1 if it was met in all its rows.
static float certainty(const struct finder *finder, int row_step)
{
    return fminf(1, (float)(finder->rows_count * row_step) / (3 * finder->module_px));
}

static void insert_pair(struct pairs *pairs, struct pair pair)
{
    size_t at = pairs->count;

    if (at < THIRD_MOST_PAIRS) pairs->count++;
    else if (pairs->list[--at].badness <= pair.badness) return;
    for (; at > 0 && pairs->list[at - 1].badness > pair.badness; at--) pairs->list[at] = pairs->list[at - 1];
    pairs->list[at] = pair;
}

static void choose_pairs(const struct finders *finders, struct pairs *out)
{
    const float nearest = PATTERN_LEAST_SIDE - 7 - 4, farthest = (PATTERN_MOST_SIDE - 7) * 1.5f;

    out->count = 0;
    for (size_t i = 0; i < finders->count; i++) {
        for (size_t j = i + 1; j < finders->count; j++) {
            const struct finder *a = &finders->list[i], *b = &finders->list[j];
            float ratio = fmaxf(a->module_px / b->module_px, b->module_px / a->module_px);
            float distance_px = hypotf(a->x_px - b->x_px, a->y_px - b->y_px);
            float modules = distance_px * 2 / (a->module_px + b->module_px);
            if (a->is_light != b->is_light || ratio > MOST_DIFFERENCE || modules < nearest || modules > farthest)
                continue;
            float badness = 2 * logf(ratio) + 2 - certainty(a, finders->row_step) - certainty(b, finders->row_step);
            insert_pair(out, (struct pair){a, b, badness, distance_px});
        }
    }
}

// Where a finder may be, and the vectors of a module there.
struct place {
    float x_px, y_px;
    struct direction along, down;
    float along_px, down_px, radius_modules;
};

// Correlation with a finder pattern whose light ring begins at `from`.
static float likeness(const float *from, int width, bool is_light)
{
    static const int8_t rows[5][PATTERN_WIDTH] = {
        {1, 1, 1, 1, 1, 1, 1, 1, 1},      {1, -1, -1, -1, -1, -1, -1, -1, 1}, {1, -1, 1, 1, 1, 1, 1, -1, 1},
        {1, -1, 1, -1, -1, -1, 1, -1, 1}, {1, -1, 1, -1, -1, -1, 1, -1, 1},
    };
    float sum = 0, squares = 0, product = 0;
    const float n = PATTERN_WIDTH * PATTERN_WIDTH, mean = (32 + 16 - 33) / n; // two light rings, 33 dark modules

    for (int y = 0; y < PATTERN_WIDTH; y++) {
        const float *row = from + y * STEPS * width;
        const int8_t *expected = rows[y < 5 ? y : PATTERN_WIDTH - 1 - y];
        for (int x = 0; x < PATTERN_WIDTH; x++) {
            float value = row[x * STEPS]; // NOLINT(*-core.uninitialized.Assign): all values were taken
            sum += value;
            squares += value * value;
            product += value * expected[x];
        }
    }
    float variance = squares - sum * sum / n;
    if (variance < 16 * n) return 0; // less than four grey values
    float result = (product - sum * mean) / sqrtf(variance * n * (1 - mean * mean));
    return is_light ? -result : result;
}

// The nearest thing to a finder around the place. Its likeness.
static float search_place(const struct grey_picture *picture, const struct place *place, bool is_light,
                          struct finder *out)
{
    float values[MOST_WIDTH * MOST_WIDTH];
    int radius = (int)(fminf(place->radius_modules, MOST_RADIUS) * STEPS), width = 2 * (radius + HALF_PATTERN) + 1;
    int middle = width / 2;
    float best = 0, best_likeness = 0;

    for (int j = 0; j < width; j++) {
        for (int i = 0; i < width; i++) {
            float along_px = (float)(i - middle) / STEPS * place->along_px;
            float down_px = (float)(j - middle) / STEPS * place->down_px;
            values[j * width + i] = bilinear(picture, place->x_px + along_px * place->along.x + down_px * place->down.x,
                                             place->y_px + along_px * place->along.y + down_px * place->down.y);
        }
    }
    for (int j = 0; j <= 2 * radius; j++) {
        for (int i = 0; i <= 2 * radius; i++) {
            float x = (float)(i - radius) / STEPS, y = (float)(j - radius) / STEPS;
            float found = likeness(values + j * width + i, width, is_light);
            float score = found - FARTHER_COSTS * hypotf(x, y);
            if (score <= best) continue;
            best = score;
            best_likeness = found;
            out->x_px = place->x_px + x * place->along_px * place->along.x + y * place->down_px * place->down.x;
            out->y_px = place->y_px + x * place->along_px * place->along.y + y * place->down_px * place->down.y;
        }
    }
    return best_likeness;
}

// Half the width of a pair's patterns in a direction, there and back; 0: neither has an edge there.
static float half_width(const struct grey_picture *picture, const struct threshold *threshold, const struct pair *pair,
                        struct direction direction)
{
    struct direction back = {-direction.x, -direction.y};
    float sum = 0;
    int count = 0;

    for (int i = 0; i < 2; i++) {
        const struct finder *finder = i ? pair->other : pair->one;
        float there = reach_of(picture, threshold, finder, direction);
        float here = reach_of(picture, threshold, finder, back);
        if (there < 0 || here < 0) continue;
        sum += (there + here) / 2;
        count++;
    }
    return count ? sum / (float)count : 0;
}

static void add_triple(struct triples *out, const struct finder *corner, const struct finder *one,
                       const struct finder *other, float badness)
{
    float turn = (one->x_px - corner->x_px) * (other->y_px - corner->y_px) -
                 (one->y_px - corner->y_px) * (other->x_px - corner->x_px);
    struct triple triple = {*corner, turn > 0 ? *one : *other, turn > 0 ? *other : *one, badness};
    size_t at = out->count;

    if (at < TRIPLE_MAX) out->count++;
    else if (out->list[--at].badness <= badness) return;
    for (; at > 0 && out->list[at - 1].badness > badness; at--) out->list[at] = out->list[at - 1];
    out->list[at] = triple;
}

// One of the same kind that was not found by its runs.
static struct finder unmeasured(const struct finder *like)
{
    struct finder finder = *like;

    finder.rows_count = 0;
    return finder;
}

// Neighbours: the third stands beside one of them, to the left or right of their line.
static void try_neighbours(const struct grey_picture *picture, const struct pair *pair, struct place place,
                           struct triples *out)
{
    float modules = pair->distance_px / place.along_px, far_px = modules * place.down_px;

    place.radius_modules = RADIUS_SHARE * modules;
    for (int i = 0; i < 4; i++) {
        const struct finder *corner = i & 1 ? pair->one : pair->other, *neighbour = i & 1 ? pair->other : pair->one;
        float sign = i & 2 ? 1 : -1;
        struct finder third = unmeasured(corner);
        place.x_px = corner->x_px + sign * far_px * place.down.x;
        place.y_px = corner->y_px + sign * far_px * place.down.y;
        float found = search_place(picture, &place, corner->is_light, &third);
        if (found > LEAST_LIKENESS) add_triple(out, corner, neighbour, &third, 1 - found);
    }
}

// Across from each other: the third is the corner, on one side or the other of their line.
static void try_across(const struct grey_picture *picture, const struct pair *pair, struct place place,
                       struct triples *out)
{
    const struct finder *a = pair->one, *b = pair->other;
    float x = (b->x_px - a->x_px) / 2, y = (b->y_px - a->y_px) / 2;

    place.radius_modules = RADIUS_SHARE * pair->distance_px / (place.along_px + place.down_px);
    for (int sign = -1; sign <= 1; sign += 2) {
        struct finder third = unmeasured(a);
        place.x_px = a->x_px + x - (float)sign * y;
        place.y_px = a->y_px + y + (float)sign * x;
        float found = search_place(picture, &place, a->is_light, &third);
        if (found > LEAST_LIKENESS) add_triple(out, &third, a, b, 1 - found);
    }
}

// A pair's patterns seen along these axes: the vectors of a module, and how alike both are to a finder that lies so.
static float look_along(const struct grey_picture *picture, const struct threshold *threshold, const struct pair *pair,
                        struct direction along, struct place *out)
{
    float least = 1;

    out->along = along;
    out->down = (struct direction){-along.y, along.x};
    out->along_px = half_width(picture, threshold, pair, out->along) / 3.5f;
    out->down_px = half_width(picture, threshold, pair, out->down) / 3.5f;
    out->radius_modules = 0;
    if (!(out->along_px > 0 && out->down_px > 0)) return 0;
    for (int i = 0; i < 2; i++) {
        const struct finder *finder = i ? pair->other : pair->one;
        struct finder found;
        out->x_px = finder->x_px;
        out->y_px = finder->y_px;
        least = fminf(least, search_place(picture, out, finder->is_light, &found));
    }
    return least;
}

static void try_pair(const struct grey_picture *picture, const struct threshold *threshold, const struct pair *pair,
                     struct triples *out)
{
    const float turn = 0.70710678f;
    float x = (pair->other->x_px - pair->one->x_px) / pair->distance_px;
    float y = (pair->other->y_px - pair->one->y_px) / pair->distance_px;
    struct place straight, aslant;
    float straight_likeness = look_along(picture, threshold, pair, (struct direction){x, y}, &straight);
    float aslant_likeness =
        look_along(picture, threshold, pair, (struct direction){turn * (x - y), turn * (x + y)}, &aslant);

    if (fmaxf(straight_likeness, aslant_likeness) < LEAST_LIKENESS) return;
    if (straight_likeness > aslant_likeness) try_neighbours(picture, pair, straight, out);
    else try_across(picture, pair, aslant, out);
}

void third_search(const struct grey_picture *picture, const struct threshold *threshold, const struct finders *finders,
                  struct triples *out)
{
    struct pairs pairs;

    out->count = 0;
    choose_pairs(finders, &pairs);
    for (size_t i = 0; i < pairs.count; i++) try_pair(picture, threshold, &pairs.list[i], out);
}
