#include "screen/bidi.h"

#include "base/text.h"

#include <fribidi.h>
#include <stdint.h>

struct points {
    FriBidiChar values[BIDI_MAX_POINTS];
    FriBidiLevel levels[BIDI_MAX_POINTS];
    size_t starts[BIDI_MAX_POINTS + 1]; // byte of each point; one more for the end
    FriBidiStrIndex count;
};

// False when a plain line needs no bidi at all.
static bool read_points(const char *line, size_t length, struct points *out)
{
    const char *at = line;
    bool is_needed = false;

    out->count = 0;
    while ((size_t)(at - line) < length && out->count < BIDI_MAX_POINTS) {
        out->starts[out->count] = (size_t)(at - line);
        uint32_t point = text_next(&at);
        is_needed = is_needed || point >= 0x0590;
        out->values[out->count++] = point;
    }
    out->starts[out->count] = (size_t)(at - line);
    return is_needed;
}

static bool find_levels(struct points *points)
{
    FriBidiCharType types[BIDI_MAX_POINTS];
    FriBidiBracketType brackets[BIDI_MAX_POINTS];
    FriBidiParType base = FRIBIDI_PAR_ON;

    fribidi_get_bidi_types(points->values, points->count, types);
    fribidi_get_bracket_types(points->values, points->count, types, brackets);
    return fribidi_get_par_embedding_levels_ex(types, brackets, points->count, &base, points->levels) > 0;
}

static void reverse(struct bidi_run *runs, FriBidiLevel *levels, size_t from, size_t to)
{
    for (; from + 1 < to; from++, to--) {
        struct bidi_run run = runs[from];
        FriBidiLevel level = levels[from];
        runs[from] = runs[to - 1];
        levels[from] = levels[to - 1];
        runs[to - 1] = run;
        levels[to - 1] = level;
    }
}

// Rule L2: from the highest level down to 1, turn every stretch of that level or higher.
static void order_runs(struct bidi_run *runs, FriBidiLevel *levels, size_t count)
{
    FriBidiLevel highest = 0;

    for (size_t i = 0; i < count; i++) highest = levels[i] > highest ? levels[i] : highest;
    for (FriBidiLevel level = highest; level > 0; level--)
        for (size_t from = 0; from < count; from++) {
            size_t to = from;
            while (to < count && levels[to] >= level) to++;
            if (to == from) continue;
            reverse(runs, levels, from, to);
            from = to - 1;
        }
}

size_t bidi_runs(const char *line, size_t length, struct bidi_run out[BIDI_MAX_RUNS])
{
    struct points points;
    FriBidiLevel levels[BIDI_MAX_RUNS];
    size_t count = 0;

    out[0] = (struct bidi_run){0, length, false};
    if (!read_points(line, length, &points) || !find_levels(&points)) return 1;
    for (FriBidiStrIndex i = 0; i < points.count; i++) {
        bool is_new = i == 0 || points.levels[i] != points.levels[i - 1];
        if (is_new && count == BIDI_MAX_RUNS) break;
        if (is_new) {
            levels[count] = points.levels[i];
            out[count++] = (struct bidi_run){points.starts[i], 0, FRIBIDI_LEVEL_IS_RTL(points.levels[i])};
        }
        out[count - 1].length = points.starts[i + 1] - out[count - 1].start;
    }
    struct bidi_run *last = &out[count - 1];
    if (last->start + last->length < length) last->length = length - last->start;
    order_runs(out, levels, count);
    return count;
}
