#include "symbol/finder.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    RUNS = 5,
    LEAST_TOTAL_PX = 7,       // of the five runs
    MOST_CROSS_CHECKS = 3000, // carpets of patterns ask for more than a hundred times that
    ROWS_ENOUGH = 4,          // after so many rows the middle of a pattern gets no better
    STRIP_PX = 64,            // of a row, compared at once
    STRIP_BLOCKS = STRIP_PX / THRESHOLD_BLOCK_PX,
    CELL_PX = 8, // columns of pixels that share the memory of what was met last
    MOST_CELLS = FRAME_MAX_PIXELS / 40 / CELL_PX + 1,
};

// How far two neighbouring runs together may be from their true length, in tenths of a module. In a row the pattern is
// met first; across it, noise has had more occasions to cut a ring.
enum { TOLERANCE_ROW = 7, TOLERANCE_ACROSS = 9 };

struct search {
    const struct grey_picture *picture;
    const struct threshold *threshold;
    struct finders *out;
    int cross_checks;
    int16_t met[2][MOST_CELLS]; // which finder was met last in these columns, dark and light ones; -1: none
};

// A row on its way from left to right.
struct row {
    int y, begin;      // of the current run
    bool is_dark;      // it is
    int lengths[RUNS]; // of the last five
    int complete;      // runs that have ended
};

static bool is_near(int px, int modules, int total_px, int tolerance)
{
    return 10 * abs(7 * px - modules * total_px) <= tolerance * total_px;
}

static bool is_finder(const int lengths[RUNS], int tolerance)
{
    if (lengths[2] < lengths[1] || lengths[2] < lengths[3]) return false; // most end here
    int total = lengths[0] + lengths[1] + lengths[2] + lengths[3] + lengths[4];

    return total >= LEAST_TOTAL_PX && is_near(lengths[0] + lengths[1], 2, total, tolerance) &&
           is_near(lengths[1] + lengths[2], 4, total, tolerance) &&
           is_near(lengths[2] + lengths[3], 4, total, tolerance) &&
           is_near(lengths[3] + lengths[4], 2, total, tolerance) && 2 * lengths[2] + 1 >= 3 * lengths[0] &&
           2 * lengths[2] + 1 >= 3 * lengths[4];
}

// A way from a point, one pixel at a time.
struct way {
    int x, y, dx, dy;
};

static bool is_inside(const struct search *search, const struct way *way)
{
    return (unsigned)way->x < (unsigned)search->picture->width_px &&
           (unsigned)way->y < (unsigned)search->picture->height_px;
}

// Goes on as long as pixels are dark (or light); at most `most` and one more. How far it came.
static int follow(const struct search *search, struct way *way, bool is_dark, int most)
{
    int length = 0;

    while (length <= most && is_inside(search, way) &&
           threshold_is_dark(search->threshold, search->picture, way->x, way->y) == is_dark) {
        way->x += way->dx;
        way->y += way->dy;
        length++;
    }
    return length;
}

// Out of the middle: core, light ring, dark ring. False: they are not there, or too long for that.
static bool leave(const struct search *search, struct way way, bool is_dark, int ring_px, int lengths[3])
{
    lengths[0] = follow(search, &way, is_dark, 2 * ring_px);
    if (lengths[0] > 2 * ring_px || !is_inside(search, &way)) return false;
    lengths[1] = follow(search, &way, !is_dark, ring_px);
    if (lengths[1] > ring_px || !is_inside(search, &way)) return false;
    lengths[2] = follow(search, &way, is_dark, ring_px);
    return lengths[2] > 0 && lengths[2] <= ring_px;
}

struct crossing {
    float offset_px; // of the core's middle from the left (upper) edge of the pixel where it began
    int total_px;
};

// Whether a line through (x, y) crosses a pattern there.
static bool cross(const struct search *search, struct way way, bool is_dark, float module_px, struct crossing *out)
{
    struct way back = {way.x, way.y, -way.dx, -way.dy};
    int ahead[3], behind[3], ring_px = (int)(2.2f * module_px) + 2;

    way.x += way.dx;
    way.y += way.dy;
    if (!leave(search, back, is_dark, ring_px, behind) || !leave(search, way, is_dark, ring_px, ahead)) return false;
    int lengths[RUNS] = {behind[2], behind[1], behind[0] + ahead[0], ahead[1], ahead[2]};
    out->offset_px = 1.0f + 0.5f * (float)(ahead[0] - behind[0]);
    out->total_px = lengths[0] + lengths[1] + lengths[2] + lengths[3] + lengths[4];
    return is_finder(lengths, TOLERANCE_ACROSS);
}

static int cell_of(const struct search *search, float x_px)
{
    int cell = (int)x_px / CELL_PX, most = search->picture->width_px / CELL_PX;

    return cell < 0 ? 0 : cell > most ? most : cell;
}

// The finder at this place, if it was met before.
static struct finder *find_met(const struct search *search, const struct finder *seen)
{
    float reach_px = 1.5f * seen->module_px;
    int last = cell_of(search, seen->x_px + reach_px);

    for (int cell = cell_of(search, seen->x_px - reach_px); cell <= last; cell++) {
        int at = search->met[seen->is_light][cell];
        if (at < 0) continue;
        struct finder *finder = &search->out->list[at];
        if (fabsf(finder->x_px - seen->x_px) < 1.5f * finder->module_px &&
            fabsf(finder->y_px - seen->y_px) < 1.8f * finder->module_px)
            return finder;
    }
    return NULL;
}

// Looks across at what a row seems to have shown: down through its middle, then across again through the middle of
// that.
static bool confirm(struct search *search, struct finder *seen)
{
    struct way down = {(int)seen->x_px, (int)seen->y_px, 0, 1}, across = {down.x, 0, 1, 0};
    struct crossing vertical, horizontal;
    float row_px = 7.0f * seen->module_px;

    if (!cross(search, down, !seen->is_light, seen->module_px, &vertical)) return false;
    if ((float)vertical.total_px < 0.4f * row_px || (float)vertical.total_px > 2.5f * row_px) return false;
    seen->y_px = (float)down.y + vertical.offset_px;
    across.y = (int)seen->y_px;
    if (!cross(search, across, !seen->is_light, seen->module_px, &horizontal)) return false;
    seen->x_px = (float)across.x + horizontal.offset_px;
    seen->module_px = (float)(vertical.total_px + horizontal.total_px) / 14.0f;
    return true;
}

static void keep(struct search *search, const struct finder *seen)
{
    struct finders *out = search->out;
    struct finder *known = find_met(search, seen);

    if (known) {
        float share = 1.0f / (float)++known->rows_count;
        known->x_px += (seen->x_px - known->x_px) * share;
        known->y_px += (seen->y_px - known->y_px) * share;
        known->module_px += (seen->module_px - known->module_px) * share;
        return;
    }
    if (out->count == FINDER_MAX) {
        out->is_cut_short = true;
        return;
    }
    search->met[seen->is_light][cell_of(search, seen->x_px)] = (int16_t)out->count;
    out->list[out->count] = *seen;
    out->list[out->count++].rows_count = 1;
}

// What its column doesn't confirm may still be a finder that is smeared.
static void follow_up(struct search *search, struct finder seen)
{
    struct streak_hit hit = {seen.x_px, seen.y_px, seen.module_px, seen.is_light};

    search->cross_checks++;
    if (confirm(search, &seen)) keep(search, &seen);
    else streaks_add(&search->out->streaks, &hit, search->out->row_step);
}

static void meet(struct search *search, struct finder seen)
{
    struct finder *known = find_met(search, &seen);

    if (known && known->rows_count >= ROWS_ENOUGH) {
        known->rows_count++;
        return;
    }
    if (search->cross_checks == MOST_CROSS_CHECKS) search->out->is_cut_short = true;
    else follow_up(search, seen);
}

// A run has ended before the pixel x.
static void end_run(struct search *search, struct row *row, int x)
{
    int *lengths = row->lengths;

    for (int i = 0; i < RUNS - 1; i++) lengths[i] = lengths[i + 1];
    lengths[RUNS - 1] = x - row->begin;
    row->begin = x;
    if (row->complete++ < RUNS || !is_finder(lengths, TOLERANCE_ROW)) return; // the row's first run is cut
    struct finder seen = {
        .x_px = (float)(x - lengths[4] - lengths[3]) - 0.5f * (float)lengths[2],
        .y_px = (float)row->y + 0.5f,
        .module_px = (float)(lengths[0] + lengths[1] + lengths[2] + lengths[3] + lengths[4]) / 7.0f,
        .is_light = !row->is_dark,
    };
    meet(search, seen);
}

// Which pixels of a strip are dark: 1 each. All of one length, so that the compiler makes vectors of it (threshold.c).
static void compare_strip(const uint8_t *restrict pixels, const uint8_t *restrict values, uint8_t *restrict dark)
{
    uint8_t spread[STRIP_PX];

    for (int i = 0; i < STRIP_BLOCKS; i++) memset(spread + i * THRESHOLD_BLOCK_PX, values[i], THRESHOLD_BLOCK_PX);
    for (int i = 0; i < STRIP_PX; i++) dark[i] = pixels[i] < spread[i];
}

// The same for the `count` pixels that are left of a row; the rest of the strip is like the last of them.
static void compare_rest(const uint8_t *pixels, const uint8_t *values, int count, uint8_t *dark)
{
    for (int i = 0; i < STRIP_PX; i++) {
        int at = i < count ? i : count - 1;
        dark[i] = pixels[at] < values[at / THRESHOLD_BLOCK_PX];
    }
}

// Where a pixel differs from the one before, eight at a time: most of a picture stays dark or light for long.
static void find_edges(struct search *search, struct row *row, const uint8_t *dark, int left)
{
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first pixel is the lowest byte");

    for (int i = 0; i < STRIP_PX; i += 8) {
        uint64_t eight, changes;
        memcpy(&eight, dark + i, sizeof eight);
        changes = eight ^ (eight << 8 | row->is_dark);
        for (; changes; changes &= changes - 1) {
            end_run(search, row, left + i + __builtin_ctzll(changes) / 8);
            row->is_dark = !row->is_dark;
        }
    }
}

static void search_row(struct search *search, int y)
{
    const uint8_t *pixels = search->picture->pixels + (ptrdiff_t)y * search->picture->stride_bytes;
    const uint8_t *values = search->threshold->values + y / THRESHOLD_BLOCK_PX * search->threshold->columns;
    struct row row = {.y = y};
    uint8_t dark[STRIP_PX];

    for (int left = 0; left < search->picture->width_px; left += STRIP_PX) {
        int count = search->picture->width_px - left;
        if (count >= STRIP_PX) compare_strip(pixels + left, values + left / THRESHOLD_BLOCK_PX, dark);
        else compare_rest(pixels + left, values + left / THRESHOLD_BLOCK_PX, count, dark);
        find_edges(search, &row, dark, left);
    }
}

void finder_search(const struct grey_picture *picture, const struct threshold *threshold, int row_step,
                   struct finders *out)
{
    struct search search = {picture, threshold, out, 0, {{0}}};

    memset(search.met, -1, sizeof search.met);
    out->count = 0;
    out->is_cut_short = false;
    out->row_step = row_step;
    out->streaks.count = 0;
    out->streaks.hits_count = 0;
    for (int y = row_step / 2; y < picture->height_px; y += row_step) search_row(&search, y);
}

bool finder_is_solid(const struct grey_picture *picture, const struct threshold *threshold, const struct finder *finder)
{
    struct search search = {.picture = picture, .threshold = threshold};
    struct way falling = {(int)finder->x_px, (int)finder->y_px, 1, 1}, rising = {falling.x, falling.y, 1, -1};
    struct crossing crossing;

    return cross(&search, falling, !finder->is_light, finder->module_px, &crossing) &&
           cross(&search, rising, !finder->is_light, finder->module_px, &crossing);
}

void finder_add_streaks(struct finders *finders)
{
    for (size_t i = 0; i < finders->streaks.count && finders->count < FINDER_MAX; i++) {
        const struct streak *streak = &finders->streaks.list[i];
        float rows = (float)streak->rows_count;
        if (!streak_is_finder(streak, finders->row_step)) continue;
        finders->list[finders->count++] = (struct finder){
            streak->x_px / rows, streak->y_px / rows, streak->module_px / rows, streak->is_light, streak->rows_count};
    }
}
