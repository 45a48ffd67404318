#include "symbol/threshold.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// Loops over pixels run over strips of a fixed length, a multiple of every SIMD register: so gcc 12 turns them into
// vectors at -O2 too, where it takes no loop that needs a remainder. The last strip begins earlier instead.
enum { STRIP_PX = 32, MOST_WIDTH_PX = FRAME_MAX_PIXELS / 40, BLOCK_AREA_PX = THRESHOLD_BLOCK_PX * THRESHOLD_BLOCK_PX };

enum {
    REACH = 2,         // blocks to each side whose contrast counts; a module of 12 px still has an edge in view
    MOST_NOISE = 48,   // more is texture, not noise
    MOST_WEIGHT = 100, // of one block: a glare must not decide for all around it
    MARGIN = 6,        // grey values a block needs beyond the noise to count as an edge
    MOST_COLUMNS = MOST_WIDTH_PX / THRESHOLD_BLOCK_PX + 1,
};

struct threshold_room {
    uint8_t darkest_of_columns[MOST_WIDTH_PX], lightest_of_columns[MOST_WIDTH_PX];
    uint16_t sum_of_columns[MOST_WIDTH_PX];
    uint8_t darkest[THRESHOLD_MAX_BLOCKS], lightest[THRESHOLD_MAX_BLOCKS], mean[THRESHOLD_MAX_BLOCKS];
    // over the blocks of REACH rows up and down, by column
    int weights[MOST_COLUMNS], weighted[MOST_COLUMNS], means[MOST_COLUMNS];
};

enum status threshold_room_open(struct threshold_room **out)
{
    *out = mem_zero(sizeof **out);
    return STATUS_OK;
}

void threshold_room_close(struct threshold_room *room)
{
    free(room);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

// Darkest, lightest and sum of THRESHOLD_BLOCK_PX pixels, one above the other, for STRIP_PX columns.
static void measure_strip(const uint8_t *restrict pixels, ptrdiff_t stride, uint8_t *restrict darkest,
                          uint8_t *restrict lightest, uint16_t *restrict sum)
{
    for (int x = 0; x < STRIP_PX; x++) {
        darkest[x] = lightest[x] = pixels[x];
        sum[x] = pixels[x];
    }
    for (int y = 1; y < THRESHOLD_BLOCK_PX; y++) {
        pixels += stride;
        for (int x = 0; x < STRIP_PX; x++) darkest[x] = pixels[x] < darkest[x] ? pixels[x] : darkest[x];
        for (int x = 0; x < STRIP_PX; x++) lightest[x] = pixels[x] > lightest[x] ? pixels[x] : lightest[x];
        for (int x = 0; x < STRIP_PX; x++) sum[x] = (uint16_t)(sum[x] + pixels[x]);
    }
}

static void join_columns(struct threshold_room *room, int x, int block)
{
    int darkest = 255, lightest = 0, sum = 0;

    for (int i = x; i < x + THRESHOLD_BLOCK_PX; i++) {
        if (room->darkest_of_columns[i] < darkest) darkest = room->darkest_of_columns[i];
        if (room->lightest_of_columns[i] > lightest) lightest = room->lightest_of_columns[i];
        sum += room->sum_of_columns[i];
    }
    room->darkest[block] = (uint8_t)darkest;
    room->lightest[block] = (uint8_t)lightest;
    room->mean[block] = (uint8_t)(sum / BLOCK_AREA_PX);
}

// A block that the picture's end would cut begins earlier.
static void measure_row(const struct grey_picture *picture, struct threshold_room *room, int columns, int row)
{
    int y = least(row * THRESHOLD_BLOCK_PX, picture->height_px - THRESHOLD_BLOCK_PX);
    const uint8_t *pixels = picture->pixels + (ptrdiff_t)y * picture->stride_bytes;

    for (int strip = 0; strip < picture->width_px; strip += STRIP_PX) {
        int x = least(strip, picture->width_px - STRIP_PX);
        measure_strip(pixels + x, picture->stride_bytes, room->darkest_of_columns + x, room->lightest_of_columns + x,
                      room->sum_of_columns + x);
    }
    for (int column = 0; column < columns; column++)
        join_columns(room, least(column * THRESHOLD_BLOCK_PX, picture->width_px - THRESHOLD_BLOCK_PX),
                     row * columns + column);
}

// The contrast that four fifths of the blocks exceed: paper, walls and clothes are flat almost everywhere.
static int measure_noise(const struct threshold_room *room, int count)
{
    int with_contrast[256] = {0}, flat = 0, noise = 0;

    for (int i = 0; i < count; i++) with_contrast[room->lightest[i] - room->darkest[i]]++;
    while (noise < MOST_NOISE && (flat += with_contrast[noise]) < count / 5) noise++;
    return noise;
}

static int count_edges(const struct threshold_room *room, int count, int cut)
{
    int edges = 0;

    for (int i = 0; i < count; i++) edges += room->lightest[i] - room->darkest[i] > cut;
    return edges;
}

// Adds a row of blocks to the sums by column, or takes it away again.
static void add_row(struct threshold_room *room, int columns, int row, int cut, int sign)
{
    const uint8_t *darkest = room->darkest + row * columns, *lightest = room->lightest + row * columns;
    const uint8_t *mean = room->mean + row * columns;

    for (int i = 0; i < columns; i++) {
        int weight = lightest[i] - darkest[i] - cut;
        weight = weight < 0 ? 0 : weight > MOST_WEIGHT ? MOST_WEIGHT : weight;
        room->weights[i] += sign * weight;
        room->weighted[i] += sign * weight * ((lightest[i] + darkest[i]) / 2);
        room->means[i] += sign * mean[i];
    }
}

// What the columns around sum up to: midway between dark and light where there are edges; else just below the mean, so
// that flat areas are light.
struct around {
    int weight, weighted, mean, columns;
};

static void add_column(struct around *around, const struct threshold_room *room, int column, int sign)
{
    around->weight += sign * room->weights[column];
    around->weighted += sign * room->weighted[column];
    around->mean += sign * room->means[column];
    around->columns += sign;
}

static uint8_t value_of(const struct around *around, int rows, int noise)
{
    int count = around->columns * rows, mean = around->mean / count;
    int value = mean - noise / 2 - 4;

    if (around->weight > count) value = around->weighted / around->weight;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void fill_row(const struct threshold_room *room, struct threshold *out, int row, int rows)
{
    struct around around = {0};

    for (int column = 0; column < least(REACH, out->columns); column++) add_column(&around, room, column, 1);
    for (int column = 0; column < out->columns; column++) {
        if (column + REACH < out->columns) add_column(&around, room, column + REACH, 1);
        if (column > REACH) add_column(&around, room, column - REACH - 1, -1);
        out->values[row * out->columns + column] = value_of(&around, rows, out->noise);
    }
}

void threshold_make(const struct grey_picture *picture, struct threshold_room *room, struct threshold *out)
{
    int cut, rows = 0;

    out->columns = (picture->width_px + THRESHOLD_BLOCK_PX - 1) / THRESHOLD_BLOCK_PX;
    out->rows = (picture->height_px + THRESHOLD_BLOCK_PX - 1) / THRESHOLD_BLOCK_PX;
    for (int row = 0; row < out->rows; row++) measure_row(picture, room, out->columns, row);
    out->noise = measure_noise(room, out->columns * out->rows);
    cut = out->noise + out->noise / 3 + MARGIN;
    out->edge_count = count_edges(room, out->columns * out->rows, cut);
    memset(room->weights, 0, sizeof room->weights);
    memset(room->weighted, 0, sizeof room->weighted);
    memset(room->means, 0, sizeof room->means);
    for (int row = 0; row < least(REACH, out->rows); row++, rows++) add_row(room, out->columns, row, cut, 1);
    for (int row = 0; row < out->rows; row++) {
        if (row + REACH < out->rows) add_row(room, out->columns, row + REACH, cut, 1), rows++;
        if (row > REACH) add_row(room, out->columns, row - REACH - 1, cut, -1), rows--;
        fill_row(room, out, row, rows);
    }
}
