#include "symbol/fallback.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_WIDTH_PX = FRAME_MAX_PIXELS / 8,
    LEAST_SIDE_PX = 8,
    SAUVOLA_REACH_PX = 15, // to each side: five modules of a symbol that is easy to see
    UNSHARP_REACH_PX = 2,
};
#define SAUVOLA_K 0.3f
#define SAUVOLA_R 128.0f
#define UNSHARP_AMOUNT 1.5f

struct fallback_room {
    uint8_t pixels[FRAME_MAX_PIXELS]; // what comes out
    uint8_t made[FRAME_MAX_PIXELS], half[FRAME_MAX_PIXELS / 4];
    // of the rows around one, by column
    uint32_t sums[MOST_WIDTH_PX], squares[MOST_WIDTH_PX];
};

enum status fallback_room_open(struct fallback_room **out)
{
    *out = mem_zero(sizeof **out);
    return STATUS_OK;
}

void fallback_room_close(struct fallback_room *room)
{
    free(room);
}

static uint8_t to_grey(float value)
{
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value + 0.5f);
}

static struct grey_picture part_of(const struct frame *frame, const struct box *part)
{
    return (struct grey_picture){frame->pixels + (ptrdiff_t)part->top_px * frame->width_px + part->left_px,
                                 part->width_px, part->height_px, frame->width_px};
}

static void copy(const struct grey_picture *from, uint8_t *to)
{
    for (int y = 0; y < from->height_px; y++)
        memcpy(to + (ptrdiff_t)y * from->width_px, from->pixels + (ptrdiff_t)y * from->stride_bytes,
               (size_t)from->width_px);
}

// What lies around a pixel: window sums, kept up by rows and columns that enter and leave.
struct window {
    const struct grey_picture *picture;
    uint32_t *sums, *squares;
    int reach_px, rows;
};

static void add_row(struct window *window, int y, bool is_leaving)
{
    const struct grey_picture *picture = window->picture;
    const uint8_t *pixels = picture->pixels + (ptrdiff_t)y * picture->stride_bytes;
    uint32_t sign = is_leaving ? UINT32_MAX : 1; // minus one: unsigned sums come round again

    if (y < 0 || y >= picture->height_px) return;
    window->rows += is_leaving ? -1 : 1;
    for (int x = 0; x < picture->width_px; x++) {
        window->sums[x] += sign * pixels[x];
        window->squares[x] += sign * pixels[x] * pixels[x];
    }
}

static void start_window(struct window *window)
{
    memset(window->sums, 0, (size_t)window->picture->width_px * sizeof *window->sums);
    memset(window->squares, 0, (size_t)window->picture->width_px * sizeof *window->squares);
    for (int y = 0; y < window->reach_px; y++) add_row(window, y, false);
}

static void move_window(struct window *window, int y)
{
    add_row(window, y + window->reach_px, false);
    add_row(window, y - window->reach_px - 1, true);
}

struct moments {
    float mean, variance;
};

// Along one row: calls for x = 0, 1, 2 …
struct slider {
    uint32_t sum, squares;
    int columns;
};

static struct moments slide(const struct window *window, struct slider *slider, int x)
{
    int width = window->picture->width_px, enters = x + window->reach_px, leaves = x - window->reach_px - 1;

    for (int i = x == 0 ? 0 : enters; i <= enters && i < width; i++) {
        slider->sum += window->sums[i];
        slider->squares += window->squares[i];
        slider->columns++;
    }
    if (leaves >= 0) {
        slider->sum -= window->sums[leaves];
        slider->squares -= window->squares[leaves];
        slider->columns--;
    }
    float count = (float)(slider->columns * window->rows), mean = (float)slider->sum / count;
    return (struct moments){mean, (float)slider->squares / count - mean * mean};
}

// Dark is what is less than mean * (1 + k * (deviation / R - 1)); without the root.
static bool is_dark(float grey, struct moments around)
{
    float over = (grey - around.mean * (1 - SAUVOLA_K)) * SAUVOLA_R / (SAUVOLA_K * (around.mean + 1));

    return over < 0 || over * over < around.variance;
}

static void binarise(struct fallback_room *room, const struct grey_picture *from, uint8_t *to)
{
    struct window window = {from, room->sums, room->squares, SAUVOLA_REACH_PX, 0};

    start_window(&window);
    for (int y = 0; y < from->height_px; y++) {
        const uint8_t *pixels = from->pixels + (ptrdiff_t)y * from->stride_bytes;
        struct slider slider = {0};
        move_window(&window, y);
        for (int x = 0; x < from->width_px; x++) *to++ = is_dark(pixels[x], slide(&window, &slider, x)) ? 0 : 255;
    }
}

static void sharpen(struct fallback_room *room, const struct grey_picture *from, uint8_t *to)
{
    struct window window = {from, room->sums, room->squares, UNSHARP_REACH_PX, 0};

    start_window(&window);
    for (int y = 0; y < from->height_px; y++) {
        const uint8_t *pixels = from->pixels + (ptrdiff_t)y * from->stride_bytes;
        struct slider slider = {0};
        move_window(&window, y);
        for (int x = 0; x < from->width_px; x++) {
            float grey = pixels[x];
            *to++ = to_grey(grey + UNSHARP_AMOUNT * (grey - slide(&window, &slider, x).mean));
        }
    }
}

// 1 2 1 in both directions; the border repeats.
static void smooth(const struct grey_picture *from, uint8_t *to)
{
    for (int y = 0; y < from->height_px; y++) {
        const uint8_t *row = from->pixels + (ptrdiff_t)y * from->stride_bytes;
        const uint8_t *above = y > 0 ? row - from->stride_bytes : row;
        const uint8_t *below = y + 1 < from->height_px ? row + from->stride_bytes : row;
        for (int x = 0; x < from->width_px; x++) {
            int l = x > 0 ? x - 1 : x, r = x + 1 < from->width_px ? x + 1 : x;
            int sum = above[l] + 2 * above[x] + above[r] + 2 * (row[l] + 2 * row[x] + row[r]) + below[l] +
                      2 * below[x] + below[r];
            *to++ = (uint8_t)((sum + 8) / 16);
        }
    }
}

// Bilinear: new pixels lie a quarter of an old one beside its middle.
static void enlarge(const struct grey_picture *from, uint8_t *to)
{
    for (int y = 0; y < 2 * from->height_px; y++) {
        int near_y = y / 2, far_y = y % 2 ? near_y + 1 : near_y - 1;
        if (far_y < 0 || far_y >= from->height_px) far_y = near_y;
        const uint8_t *near = from->pixels + (ptrdiff_t)near_y * from->stride_bytes;
        const uint8_t *far = from->pixels + (ptrdiff_t)far_y * from->stride_bytes;
        for (int x = 0; x < 2 * from->width_px; x++) {
            int near_x = x / 2, far_x = x % 2 ? near_x + 1 : near_x - 1;
            if (far_x < 0 || far_x >= from->width_px) far_x = near_x;
            *to++ = (uint8_t)((9 * near[near_x] + 3 * near[far_x] + 3 * far[near_x] + far[far_x] + 8) / 16);
        }
    }
}

static void draw(struct fallback_room *room, const struct grey_picture *from, enum fallback fallback)
{
    struct grey_picture half = {room->half, from->width_px / 2, from->height_px / 2, from->width_px / 2};

    switch (fallback) {
    case FALLBACK_PLAIN:
        copy(from, room->made);
        break;
    case FALLBACK_SAUVOLA:
        binarise(room, from, room->made);
        break;
    case FALLBACK_DOUBLE:
        enlarge(from, room->made);
        break;
    case FALLBACK_SHARP:
        shrink_half(from, room->half);
        sharpen(room, &half, room->made);
        break;
    case FALLBACK_BLUR:
        smooth(from, room->made);
        break;
    case FALLBACK_COUNT:
        abort(); // no fallback
    }
}

// With a light margin, for a symbol at the end of the part; without, where that would be too large.
static int margin_for(int width_px, int height_px)
{
    int64_t width = width_px + 2 * FALLBACK_MARGIN_PX, height = height_px + 2 * FALLBACK_MARGIN_PX;

    return width * height <= FRAME_MAX_PIXELS ? FALLBACK_MARGIN_PX : 0;
}

static void mount(struct fallback_room *room, bool is_light, const struct grey_picture *shown, int margin_px)
{
    int width_px = shown->width_px - 2 * margin_px, height_px = shown->height_px - 2 * margin_px;
    const uint8_t *made = room->made;
    uint8_t flip = is_light ? 255 : 0;

    memset(room->pixels, 255, (size_t)shown->width_px * (size_t)shown->height_px);
    for (int y = 0; y < height_px; y++) {
        uint8_t *row = room->pixels + (ptrdiff_t)(y + margin_px) * shown->width_px + margin_px;
        for (int x = 0; x < width_px; x++) row[x] = *made++ ^ flip;
    }
}

bool fallback_make(struct fallback_room *room, const struct frame *frame, const struct fallback_order *order,
                   struct fallback_picture *out)
{
    struct grey_picture from = part_of(frame, &order->part);
    enum fallback fallback = order->fallback;
    float scale = fallback == FALLBACK_DOUBLE ? 0.5f : fallback == FALLBACK_SHARP ? 2 : 1;
    int width_px = (int)((float)from.width_px / scale), height_px = (int)((float)from.height_px / scale);

    if (width_px < LEAST_SIDE_PX || height_px < LEAST_SIDE_PX) return false;
    if ((int64_t)width_px * height_px > FRAME_MAX_PIXELS) return false;
    int margin_px = margin_for(width_px, height_px);
    int shown_width_px = width_px + 2 * margin_px, shown_height_px = height_px + 2 * margin_px;
    draw(room, &from, fallback);
    out->picture = (struct grey_picture){room->pixels, shown_width_px, shown_height_px, shown_width_px};
    out->left_px = (float)order->part.left_px - (float)margin_px * scale;
    out->top_px = (float)order->part.top_px - (float)margin_px * scale;
    out->scale = scale;
    mount(room, order->is_light, &out->picture, margin_px);
    return true;
}
