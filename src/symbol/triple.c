#include "symbol/triple.h"

#include <math.h>

// A symbol seen aslant: how much its finders may differ.
#define MOST_SIZE_RATIO 1.9f // of their modules
#define MOST_SIDE_RATIO 2.2f // of the two sides at the corner
#define MOST_COSINE 0.62f    // of the angle at the corner

enum {
    LEAST_SIDE_MODULES = 9,  // from middle to middle: 14 in version 1, aslant
    MOST_SIDE_MODULES = 220, // 170 in version 40, aslant
    MOST_OF_A_KIND = 48,     // finders of one polarity, those met in most rows
};

struct kind {
    size_t count;
    const struct finder *finders[MOST_OF_A_KIND];
    float presence[MOST_OF_A_KIND]; // falling
};

// Of the rows in which a pattern of that size is met, the share in which it was. 1 at most.
static float presence_of(const struct finder *finder, int row_step)
{
    float share = (float)(finder->rows_count * row_step) / (3.0f * finder->module_px);

    return share < 1.0f ? share : 1.0f;
}

static void add_finder(struct kind *kind, const struct finder *finder, float presence)
{
    size_t at = kind->count;

    if (at == MOST_OF_A_KIND && kind->presence[--at] >= presence) return;
    if (at == kind->count) kind->count++;
    for (; at > 0 && kind->presence[at - 1] < presence; at--) {
        kind->finders[at] = kind->finders[at - 1];
        kind->presence[at] = kind->presence[at - 1];
    }
    kind->finders[at] = finder;
    kind->presence[at] = presence;
}

static void add_triple(struct triples *triples, const struct triple *triple)
{
    size_t at = triples->count;

    if (at == TRIPLE_MAX && triples->list[--at].badness <= triple->badness) return;
    if (at == triples->count) triples->count++;
    for (; at > 0 && triples->list[at - 1].badness > triple->badness; at--) triples->list[at] = triples->list[at - 1];
    triples->list[at] = *triple;
}

static float distance_squared(const struct finder *a, const struct finder *b)
{
    float x = a->x_px - b->x_px, y = a->y_px - b->y_px;

    return x * x + y * y;
}

// Three finders of a kind; the corner is known after order(). Lengths are squared, in px.
struct three {
    const struct finder *corner, *one, *other;
    float one_side, other_side, across;
};

// The corner lies opposite the longest side.
static void order(struct three *three)
{
    const struct finder *a = three->corner, *b = three->one, *c = three->other;
    float ab = three->one_side, ac = three->other_side, bc = three->across;

    if (ab >= ac && ab >= bc) *three = (struct three){c, a, b, ac, bc, ab};
    else if (ac >= ab && ac >= bc) *three = (struct three){b, a, c, ab, bc, ac};
}

static bool is_right_angled(const struct three *three)
{
    float one = three->one_side, other = three->other_side, excess = one + other - three->across;

    if (excess * excess > 4 * MOST_COSINE * MOST_COSINE * one * other) return false;
    return one <= MOST_SIDE_RATIO * MOST_SIDE_RATIO * other && other <= MOST_SIDE_RATIO * MOST_SIDE_RATIO * one;
}

// Logarithm of the largest to the smallest module; negative: they are no corners of one symbol.
static float differ_in_size(const struct three *three)
{
    float a = three->corner->module_px, b = three->one->module_px, c = three->other->module_px;
    float largest = fmaxf(a, fmaxf(b, c)), smallest = fminf(a, fminf(b, c)), mean = (a + b + c) / 3;
    float least_side = LEAST_SIDE_MODULES * mean, most_side = MOST_SIDE_MODULES * mean;

    if (largest > MOST_SIZE_RATIO * smallest) return -1;
    if (fminf(three->one_side, three->other_side) < least_side * least_side) return -1;
    if (fmaxf(three->one_side, three->other_side) > most_side * most_side) return -1;
    return logf(largest / smallest);
}

// What makes it unlike a symbol seen from the front, and how surely its finders were met. Small ones are a little
// better: where symbols stand side by side, finders of two of them make large ones.
static float rate(const struct three *three, float size_difference, float presence)
{
    float sides = three->one_side * three->other_side, module_px = three->corner->module_px;
    float cosine = fabsf(three->one_side + three->other_side - three->across) / (2 * sqrtf(sides));
    float side_difference = fabsf(logf(three->one_side / three->other_side)) / 2;

    return 1.2f * cosine + 1.2f * side_difference + size_difference + 0.5f * (3 - presence) +
           0.025f * logf(sides / (module_px * module_px * module_px * module_px));
}

static struct triple clockwise(const struct three *three, float badness)
{
    const struct finder *corner = three->corner, *right = three->one, *below = three->other;
    float turn = (right->x_px - corner->x_px) * (below->y_px - corner->y_px) -
                 (right->y_px - corner->y_px) * (below->x_px - corner->x_px);

    if (turn < 0) return (struct triple){*corner, *below, *right, badness};
    return (struct triple){*corner, *right, *below, badness};
}

static bool may_belong_together(const struct finder *a, const struct finder *b)
{
    return a->module_px <= MOST_SIZE_RATIO * b->module_px && b->module_px <= MOST_SIZE_RATIO * a->module_px;
}

static void follow_pair(const struct kind *kind, size_t i, size_t j, struct triples *out)
{
    const struct finder *a = kind->finders[i], *b = kind->finders[j];
    float side = distance_squared(a, b);

    for (size_t k = j + 1; k < kind->count; k++) {
        const struct finder *c = kind->finders[k];
        struct three three = {a, b, c, side, distance_squared(a, c), distance_squared(b, c)};
        order(&three);
        if (!is_right_angled(&three)) continue;
        float size_difference = differ_in_size(&three);
        if (size_difference < 0) continue;
        float presence = kind->presence[i] + kind->presence[j] + kind->presence[k];
        struct triple triple = clockwise(&three, rate(&three, size_difference, presence));
        add_triple(out, &triple);
    }
}

static void choose_of_a_kind(const struct finders *finders, bool is_light, struct triples *out)
{
    struct kind kind = {0};

    for (size_t i = 0; i < finders->count; i++)
        if (finders->list[i].is_light == is_light)
            add_finder(&kind, &finders->list[i], presence_of(&finders->list[i], finders->row_step));
    out->count = 0;
    for (size_t i = 0; i < kind.count; i++)
        for (size_t j = i + 1; j < kind.count; j++)
            if (may_belong_together(kind.finders[i], kind.finders[j])) follow_pair(&kind, i, j, out);
}

void triple_choose(const struct finders *finders, struct triples *out)
{
    struct triples dark, light;

    choose_of_a_kind(finders, false, &dark);
    choose_of_a_kind(finders, true, &light);
    out->count = 0;
    for (size_t i = 0; i < TRIPLE_MAX; i++) {
        if (i < dark.count && out->count < TRIPLE_MAX) out->list[out->count++] = dark.list[i];
        if (i < light.count && out->count < TRIPLE_MAX) out->list[out->count++] = light.list[i];
    }
}
