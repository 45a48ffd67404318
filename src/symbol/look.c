#include "symbol/look.h"

#include "base/mem.h"
#include "symbol/attempt.h"
#include "symbol/pattern.h"
#include "symbol/third.h"
#include "symbol/trace.h"
#include "symbol/triple.h"

#include <math.h>
#include <stdlib.h>

enum {
    LEAST_SIDE_PX = 40, // of a level's picture: no symbol with modules that can be told apart is smaller (threshold.h)
    MOST_SMEARED = 4,   // triples; in a moving hand there is one symbol, and little else is sharp
    FINDERS_FOR_THIRD = 40, // in a crowd two of them mean nothing
    FINDERS_OF_CROWD = 64,  // the symbols that one frame gives, and as many again by mistake, have fewer
    FLAT_SHARE = 200,       // a picture with fewer edges than one block in so many shows nothing
    ROW_STEP = 2,           // rows between those that are searched; every one finds no more
};

enum { DENSE_SIDE = PATTERN_MOST_SIDE + 8 }; // counted by runs, which may be wrong by a version
#define DENSE_BADNESS 0.9f   // at best 0.6 (triple.c: large ones are a little worse); with a mistaken finder from 1.5
#define SMEARED_BADNESS 1.6f // of a dozen looked at one by one, read or readable, all had less

struct look {
    struct threshold_room *room;
    struct attempt *attempt;
    struct threshold threshold;
    struct finders finders;
    struct triples triples;
    struct grids grids;
    uint8_t level_pixels[FRAME_MAX_PIXELS / 4];
};

// A look under way.
struct glance {
    struct look *look;
    struct grey_picture picture;  // at the level
    float left_px, top_px, scale; // of the picture, to the frame
    struct effort effort;
    struct look_result *out;
};

enum status look_open(struct decoder *decoder, struct look **out)
{
    struct look *look = mem_zero(sizeof *look);
    enum status status;

    if ((status = threshold_room_open(&look->room)) != STATUS_OK) goto fail;
    if ((status = attempt_open(decoder, &look->attempt)) != STATUS_OK) goto fail;
    *out = look;
    return STATUS_OK;
fail:
    look_close(look);
    return status;
}

void look_close(struct look *look)
{
    if (!look) return;
    threshold_room_close(look->room);
    attempt_close(look->attempt);
    free(look);
}

static struct grey_picture level_of(struct look *look, const struct frame *frame, enum look_level level,
                                    const struct box *part)
{
    struct grey_picture whole = {frame->pixels + (ptrdiff_t)part->top_px * frame->width_px + part->left_px,
                                 part->width_px, part->height_px, frame->width_px};
    int width_px = part->width_px / (int)level, height_px = part->height_px / (int)level;

    if (level == LOOK_FULL) return whole;
    if (level == LOOK_HALF) shrink_half(&whole, look->level_pixels);
    else shrink_third(&whole, look->level_pixels);
    return (struct grey_picture){look->level_pixels, width_px, height_px, width_px};
}

static void to_frame(const struct glance *glance, float x_px[4], float y_px[4])
{
    for (int i = 0; i < 4; i++) {
        x_px[i] = glance->left_px + x_px[i] * glance->scale;
        y_px[i] = glance->top_px + y_px[i] * glance->scale;
    }
}

static float distance_px(const struct finder *a, const struct finder *b)
{
    return hypotf(a->x_px - b->x_px, a->y_px - b->y_px);
}

// Of a symbol that was read, clockwise or not.
static bool is_inside(const struct symbol *symbol, float x_px, float y_px)
{
    int left_of = 0;

    for (int i = 0; i < 4; i++) {
        int next = (i + 1) % 4;
        float along_x = symbol->x_px[next] - symbol->x_px[i], along_y = symbol->y_px[next] - symbol->y_px[i];
        left_of += along_x * (y_px - symbol->y_px[i]) > along_y * (x_px - symbol->x_px[i]);
    }
    return left_of == 0 || left_of == 4;
}

// Whether one of the triple's finders lies in a symbol that was read: then it is part of that one's, or of its data.
static bool is_read(const struct glance *glance, const struct triple *triple)
{
    const struct finder *finders[3] = {&triple->corner, &triple->right, &triple->below};

    for (size_t i = 0; i < 3 * glance->out->read.count; i++) {
        const struct finder *finder = finders[i % 3];
        float x_px = glance->left_px + finder->x_px * glance->scale;
        float y_px = glance->top_px + finder->y_px * glance->scale;
        if (is_inside(&glance->out->read.symbols[i / 3], x_px, y_px)) return true;
    }
    return false;
}

static void keep_located(struct glance *glance, const struct triple *triple, const struct attempt_result *result)
{
    struct located *located = &glance->out->located;
    const struct grid *grid = &result->grid;
    float far = (float)grid->side;

    if (located->is_there && located->fit >= grid->fit) return;
    *located =
        (struct located){.is_there = true, .is_light = grid->is_light, .contrast = result->contrast, .fit = grid->fit};
    located->module_px = (distance_px(&triple->corner, &triple->right) + distance_px(&triple->corner, &triple->below)) /
                         2 / (far - 7) * glance->scale;
    for (int i = 0; i < 4; i++)
        plane_map(&grid->plane, i == 1 || i == 2 ? far : 0, i >= 2 ? far : 0, &located->x_px[i], &located->y_px[i]);
    to_frame(glance, located->x_px, located->y_px);
}

static void keep_read(struct glance *glance, const struct symbol *text)
{
    struct decoding *read = &glance->out->read;
    struct symbol *symbol = &read->symbols[read->count++];

    *symbol = *text;
    to_frame(glance, symbol->x_px, symbol->y_px);
}

static void follow(struct glance *glance, const struct triple *triple)
{
    struct look *look = glance->look;
    struct attempt_result result;

    if (!effort_spend(&glance->effort, EFFORT_TRIPLE_US)) return;
    grid_fit(&glance->picture, &look->threshold, triple, &look->grids);
    if (look->grids.count == 0 || !effort_spend(&glance->effort, EFFORT_GRID_US)) return;
    switch (attempt_read(look->attempt, &glance->picture, &look->grids, &glance->effort, &result)) {
    case ATTEMPT_READ:
        keep_read(glance, result.text);
        break;
    case ATTEMPT_UNREAD:
        keep_located(glance, triple, &result);
        break;
    case ATTEMPT_NOTHING:
    case ATTEMPT_REFUSED:
        break;
    }
}

// A symbol with more modules than we sample, by its corners alone.
static bool is_dense(const struct look *look, const struct grey_picture *picture, const struct triple *triple)
{
    float module_px = (triple->corner.module_px + triple->right.module_px + triple->below.module_px) / 3;
    float side_px = (distance_px(&triple->corner, &triple->right) + distance_px(&triple->corner, &triple->below)) / 2;

    return side_px / module_px + 7 > DENSE_SIDE && triple->badness < DENSE_BADNESS &&
           finder_is_solid(picture, &look->threshold, &triple->corner) &&
           finder_is_solid(picture, &look->threshold, &triple->right) &&
           finder_is_solid(picture, &look->threshold, &triple->below);
}

// From the middles of its finders to its corners, as a parallelogram.
static void keep_dense(struct glance *glance, const struct triple *triple)
{
    struct located *located = &glance->out->located;
    const struct finder *corner = &triple->corner, *right = &triple->right, *below = &triple->below;
    float share = 3.5f * corner->module_px / distance_px(corner, right);

    *located = (struct located){.is_there = true, .is_dense = true, .is_light = corner->is_light, .fit = 0};
    located->module_px = corner->module_px * glance->scale;
    for (int i = 0; i < 4; i++) {
        float along = i == 1 || i == 2 ? 1 + share : -share, down = i >= 2 ? 1 + share : -share;
        located->x_px[i] = corner->x_px + along * (right->x_px - corner->x_px) + down * (below->x_px - corner->x_px);
        located->y_px[i] = corner->y_px + along * (right->y_px - corner->y_px) + down * (below->y_px - corner->y_px);
    }
    to_frame(glance, located->x_px, located->y_px);
}

static void look_for_dense(struct glance *glance)
{
    const struct triples *triples = &glance->look->triples;

    for (size_t i = 0; i < triples->count && !glance->out->located.is_there; i++)
        if (is_dense(glance->look, &glance->picture, &triples->list[i])) keep_dense(glance, &triples->list[i]);
}

// For words that say why nothing is read.
static void look_for_trace(struct glance *glance)
{
    struct look *look = glance->look;
    struct trace *trace = &glance->out->trace;

    if (trace->is_there) return;
    trace_find(&glance->picture, &look->threshold, &look->finders, &look->triples, trace);
    if (!trace->is_there) return; // its lengths are an older look's
    trace->module_px *= glance->scale;
    trace->side_px *= glance->scale;
}

static void follow_all(struct glance *glance)
{
    const struct triples *triples = &glance->look->triples;

    for (size_t i = 0; i < triples->count && glance->out->read.count < DECODER_MAX_SYMBOLS; i++)
        if (!is_read(glance, &triples->list[i])) follow(glance, &triples->list[i]);
}

// Symbols in motion: some of their finders only rows show.
static void follow_smeared(struct glance *glance)
{
    struct look *look = glance->look;
    size_t count = look->finders.count;

    finder_add_streaks(&look->finders);
    if (look->finders.count == count || look->finders.count > FINDERS_FOR_THIRD) return;
    triple_choose(&look->finders, &look->triples);
    glance->out->is_suspect = look->triples.count > 0 && look->triples.list[0].badness < SMEARED_BADNESS;
    for (size_t i = 0; i < look->triples.count && i < MOST_SMEARED && glance->out->read.count == 0; i++) {
        const struct triple *triple = &look->triples.list[i];
        struct attempt_result result;
        if (triple->badness > SMEARED_BADNESS || !effort_spend(&glance->effort, EFFORT_TRIPLE_US)) return;
        grid_fit(&glance->picture, &look->threshold, triple, &look->grids);
        if (look->grids.count == 0) continue;
        if (!effort_spend(&glance->effort, EFFORT_GRID_US)) return;
        enum attempt_end end =
            attempt_read_smeared(look->attempt, &glance->picture, &look->grids, &glance->effort, &result);
        if (end == ATTEMPT_READ) keep_read(glance, result.text);
        else if (end == ATTEMPT_UNREAD) glance->out->is_smeared = true;
    }
}

static void search(struct glance *glance)
{
    struct look *look = glance->look;

    threshold_make(&glance->picture, look->room, &look->threshold);
    finder_search(&glance->picture, &look->threshold, ROW_STEP, &look->finders);
    glance->out->is_flat = look->threshold.edge_count * FLAT_SHARE < look->threshold.columns * look->threshold.rows;
    glance->out->finder_count = look->finders.count;
    glance->out->is_crowded = look->finders.is_cut_short;
    if (look->finders.count > FINDERS_OF_CROWD) glance->effort.left_us = EFFORT_CROWD_US;
    triple_choose(&look->finders, &look->triples);
    follow_all(glance);
    if (glance->out->read.count > 0) return;
    look_for_dense(glance);
    look_for_trace(glance);
    if (look->finders.count > FINDERS_FOR_THIRD) return;
    if (!effort_spend(&glance->effort, EFFORT_THIRD_US)) return;
    third_search(&glance->picture, &look->threshold, &look->finders, &look->triples);
    follow_all(glance);
    if (glance->out->read.count == 0) look_for_trace(glance);
    if (glance->out->read.count == 0) follow_smeared(glance);
}

void look_at(struct look *look, const struct frame *frame, enum look_level level, const struct box *part,
             struct look_result *out)
{
    struct glance glance = {.look = look, .effort = effort_whole(), .out = out};

    out->read.count = 0;
    out->located.is_there = out->trace.is_there = false;
    out->finder_count = 0;
    out->is_crowded = out->is_flat = out->is_smeared = out->is_suspect = false;
    if (part->width_px < LEAST_SIDE_PX * (int)level || part->height_px < LEAST_SIDE_PX * (int)level) return;
    glance.picture = level_of(look, frame, level, part);
    glance.left_px = (float)part->left_px;
    glance.top_px = (float)part->top_px;
    glance.scale = (float)level;
    search(&glance);
}
