// The renderer: software everywhere but on KMSDRM. Measured at 1080p it paints a frame in 1-3 ms, and a driver that
// says it draws but doesn't (SDL's "opengl" on KMSDRM without libgl1) can't make the screen black. KMSDRM has no
// software path of its own, so there it is OpenGL ES 2, which every Raspberry Pi has. SDL_RENDER_DRIVER overrides.
#define LOG_MODULE "screen"

#include "ui/screen.h"

#include "base/log.h"
#include "base/mem.h"
#include "frame/picture_png.h"
#include "ui/crop.h"
#include "ui/tiles.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

struct screen {
    bool has_video;
    SDL_Window *window;
    SDL_Renderer *renderer;
    int width_px, height_px;
    struct letters *letters;
    struct tiles *tiles;
    SDL_Texture *picture; // NULL: none yet
    bool keeps_frame;     // what was presented is still there to be painted over
    struct input_state input;
};

static bool is_kms(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();

    return driver && !SDL_strcasecmp(driver, "kmsdrm");
}

static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0"); // a touch is one event
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "1");
}

static enum status open_window(struct screen *screen, const struct screen_config *config)
{
    Uint32 flags = SDL_WINDOW_SHOWN | (config->is_fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);

    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO)) return STATUS_MISSING;
    screen->has_video = true;
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, is_kms() ? "opengles2" : "software");
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, is_kms() ? "opengles2" : "0");
    screen->window = SDL_CreateWindow(config->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, config->width_px,
                                      config->height_px, flags);
    if (!screen->window) return STATUS_MISSING;
    screen->renderer = SDL_CreateRenderer(screen->window, -1, 0);
    if (!screen->renderer) return STATUS_MISSING;
    SDL_SetRenderDrawBlendMode(screen->renderer, SDL_BLENDMODE_BLEND);
    if (config->is_fullscreen) SDL_ShowCursor(SDL_DISABLE);
    SDL_StartTextInput();
    return STATUS_OK;
}

static void learn_renderer(struct screen *screen)
{
    SDL_RendererInfo info = {.name = "?"};

    SDL_GetRendererInfo(screen->renderer, &info);
    screen->keeps_frame = (info.flags & SDL_RENDERER_SOFTWARE) != 0;
    log_info("screen open driver=%s renderer=%s size=%dx%d", SDL_GetCurrentVideoDriver(), info.name, screen->width_px,
             screen->height_px);
}

enum status screen_open(const struct screen_config *config, struct letters *letters, struct screen **out)
{
    struct screen *screen = mem_zero(sizeof *screen);
    enum status status;

    screen->letters = letters;
    if ((status = open_window(screen, config)) != STATUS_OK) goto fail;
    screen_resize(screen);
    learn_renderer(screen);
    *out = screen;
    return STATUS_OK;
fail:
    log_error("no screen: %s", SDL_GetError());
    screen_close(screen);
    return status;
}

void screen_close(struct screen *screen)
{
    if (!screen) return;
    screen_drop_picture(screen);
    tiles_close(screen->tiles);
    if (screen->renderer) SDL_DestroyRenderer(screen->renderer);
    if (screen->window) SDL_DestroyWindow(screen->window);
    if (screen->has_video) SDL_QuitSubSystem(SDL_INIT_VIDEO);
    free(screen);
}

void screen_resize(struct screen *screen)
{
    if (SDL_GetRendererOutputSize(screen->renderer, &screen->width_px, &screen->height_px))
        SDL_GetWindowSize(screen->window, &screen->width_px, &screen->height_px);
    tiles_close(screen->tiles);
    // The largest tile is a page of text with its overhang.
    size_t most_px = (size_t)(screen->width_px * 9 / 8) * (size_t)(screen->height_px * 9 / 8);
    screen->tiles = tiles_open(screen->renderer, screen->letters, most_px);
    screen_drop_picture(screen);
}

void screen_size(const struct screen *screen, int *width_out, int *height_out)
{
    *width_out = screen->width_px;
    *height_out = screen->height_px;
}

double screen_inch_px(const struct screen *screen)
{
    float inch_px = 0;
    int display = SDL_GetWindowDisplayIndex(screen->window);

    if (display < 0 || SDL_GetDisplayDPI(display, &inch_px, NULL, NULL)) return 0;
    return inch_px >= 60 && inch_px <= 400 ? (double)inch_px : 0;
}

bool screen_next_input(struct screen *screen, struct input *out)
{
    return input_next(&screen->input, screen->width_px, screen->height_px, out);
}

void screen_drop_picture(struct screen *screen)
{
    if (screen->picture) SDL_DestroyTexture(screen->picture);
    screen->picture = NULL;
}

static bool has_picture_of(const struct screen *screen, const struct box *box)
{
    int width, height;

    return screen->picture && !SDL_QueryTexture(screen->picture, NULL, NULL, &width, &height) && width == box->w &&
           height == box->h;
}

void screen_take_picture(struct screen *screen, const struct frame *frame, const struct mark *mark)
{
    struct crop crop = crop_of(frame->width_px, frame->height_px, mark->box.w, mark->box.h);
    void *pixels;
    int pitch;

    if (frame->width_px <= 0 || frame->height_px <= 0) return;
    if (!has_picture_of(screen, &mark->box)) {
        screen_drop_picture(screen);
        screen->picture = SDL_CreateTexture(screen->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING,
                                            mark->box.w, mark->box.h);
    }
    if (!screen->picture || SDL_LockTexture(screen->picture, NULL, &pixels, &pitch)) return; // the next one may do
    crop_paint(&crop, frame, mark->is_mirrored, pixels, pitch / 4);
    SDL_UnlockTexture(screen->picture);
}

static SDL_Rect rect_of(const struct box *box)
{
    return (SDL_Rect){box->x, box->y, box->w, box->h};
}

static void set_colour(struct screen *screen, uint32_t rgb, uint32_t opacity)
{
    SDL_SetRenderDrawColor(screen->renderer, (Uint8)(rgb >> 16), (Uint8)(rgb >> 8), (Uint8)rgb, (Uint8)opacity);
}

static void tint(SDL_Texture *texture, const struct mark *mark)
{
    SDL_SetTextureColorMod(texture, (Uint8)(mark->rgb >> 16), (Uint8)(mark->rgb >> 8), (Uint8)mark->rgb);
    SDL_SetTextureAlphaMod(texture, (Uint8)mark->opacity);
}

static void paint_fill(struct screen *screen, const struct mark *mark)
{
    SDL_Rect rect = rect_of(&mark->box);

    set_colour(screen, mark->rgb, mark->opacity);
    SDL_RenderFillRect(screen->renderer, &rect);
}

// Three bars, and a quarter of a disc in each corner.
static void paint_round(struct screen *screen, const struct mark *mark)
{
    const struct box *b = &mark->box;
    int least = b->w < b->h ? b->w : b->h, r = mark->radius_px * 2 > least ? least / 2 : mark->radius_px;
    SDL_Rect bars[] = {{b->x + r, b->y, b->w - 2 * r, r},
                       {b->x, b->y + r, b->w, b->h - 2 * r},
                       {b->x + r, b->y + b->h - r, b->w - 2 * r, r}};
    const struct tile *disc = tiles_icon(screen->tiles, ICON_DISC, 2 * r);

    set_colour(screen, mark->rgb, mark->opacity);
    SDL_RenderFillRects(screen->renderer, bars, 3);
    if (!disc->texture) return;
    tint(disc->texture, mark);
    for (int corner = 0; corner < 4; corner++) {
        int right = corner & 1, below = corner >> 1;
        SDL_Rect from = {right * r, below * r, r, r};
        SDL_Rect to = {right ? b->x + b->w - r : b->x, below ? b->y + b->h - r : b->y, r, r};
        SDL_RenderCopy(screen->renderer, disc->texture, &from, &to);
    }
}

static void paint_icon(struct screen *screen, const struct mark *mark)
{
    const struct tile *tile = tiles_icon(screen->tiles, mark->icon, mark->box.w);
    SDL_Rect to = rect_of(&mark->box);

    if (!tile->texture) return;
    tint(tile->texture, mark);
    SDL_RenderCopy(screen->renderer, tile->texture, NULL, &to);
}

// Where texts stand: where the last one ended, and how far down their column is moved.
struct flow {
    int end_px, shift_px;
};

// Slightly above the middle, where the eye expects the middle.
static int column_shift(struct screen *screen, const struct scene *scene, size_t first)
{
    const struct mark *mark = &scene->marks[first];
    int bottom_px = mark->box.y + mark->box.h, end_px = 0;

    if (!mark->style.is_centred) return 0;
    for (size_t i = first; i < scene->mark_count; i++) {
        const struct mark *at = &scene->marks[i];
        if (at->kind != MARK_TEXT) continue;
        if (i > first && !at->style.is_flowing) break;
        end_px = tiles_text(screen->tiles, at, scene_text(scene, at), end_px)->end_px;
    }
    return end_px < bottom_px ? (bottom_px - end_px) * 2 / 5 : 0;
}

static void paint_text(struct screen *screen, const struct scene *scene, size_t at, struct flow *flow)
{
    const struct mark *mark = &scene->marks[at];

    if (!mark->style.is_flowing) flow->shift_px = column_shift(screen, scene, at);
    const struct tile *tile = tiles_text(screen->tiles, mark, scene_text(scene, mark), flow->end_px);
    SDL_Rect to = rect_of(&tile->box);
    flow->end_px = tile->end_px;
    to.y += flow->shift_px;
    if (!tile->texture) return;
    tint(tile->texture, mark);
    SDL_RenderCopy(screen->renderer, tile->texture, NULL, &to);
}

static void paint_picture(struct screen *screen, const struct mark *mark)
{
    SDL_Rect to = rect_of(&mark->box);

    if (screen->picture) SDL_RenderCopy(screen->renderer, screen->picture, NULL, &to);
}

static void paint_marks(struct screen *screen, const struct scene *scene)
{
    struct flow flow = {0};

    for (size_t i = 0; i < scene->mark_count; i++) {
        const struct mark *mark = &scene->marks[i];
        switch (mark->kind) {
        case MARK_FILL:
            paint_fill(screen, mark);
            break;
        case MARK_ROUND:
            paint_round(screen, mark);
            break;
        case MARK_ICON:
            paint_icon(screen, mark);
            break;
        case MARK_TEXT:
            paint_text(screen, scene, i, &flow);
            break;
        case MARK_PICTURE:
            paint_picture(screen, mark);
            break;
        }
    }
}

static void save_shot(struct screen *screen, const char *path)
{
    int stride_bytes = screen->width_px * 3;
    uint8_t *rgb = mem_zero_array((size_t)stride_bytes, (size_t)screen->height_px);

    if (SDL_RenderReadPixels(screen->renderer, NULL, SDL_PIXELFORMAT_RGB24, rgb, stride_bytes))
        log_warn("no screenshot: %s", SDL_GetError());
    else if (picture_png_write(path, rgb, screen->width_px, screen->height_px, stride_bytes) != STATUS_OK)
        log_warn("no screenshot path=%s", path);
    free(rgb);
}

void screen_paint(struct screen *screen, const struct scene *scene, const char *shot)
{
    set_colour(screen, scene->ground, 255);
    SDL_RenderClear(screen->renderer);
    paint_marks(screen, scene);
    if (shot) save_shot(screen, shot);
    SDL_RenderPresent(screen->renderer);
}

static bool meets(const struct box *left, const struct box *right)
{
    return left->x < right->x + right->w && right->x < left->x + left->w && left->y < right->y + right->h &&
           right->y < left->y + left->h;
}

// The picture and what lies over it. No text does (view_ready.c), so the flow of texts doesn't matter here.
static void repaint_picture(struct screen *screen, const struct scene *scene, size_t at)
{
    const struct box *box = &scene->marks[at].box;
    SDL_Rect clip = rect_of(box);

    SDL_RenderSetClipRect(screen->renderer, &clip);
    paint_picture(screen, &scene->marks[at]);
    for (size_t i = at + 1; i < scene->mark_count; i++)
        if (scene->marks[i].kind == MARK_FILL && meets(&scene->marks[i].box, box)) paint_fill(screen, &scene->marks[i]);
    SDL_RenderSetClipRect(screen->renderer, NULL);
    SDL_RenderPresent(screen->renderer);
}

void screen_paint_picture(struct screen *screen, const struct scene *scene)
{
    for (size_t i = 0; screen->keeps_frame && i < scene->mark_count; i++) {
        if (scene->marks[i].kind != MARK_PICTURE) continue;
        repaint_picture(screen, scene, i);
        return;
    }
    screen_paint(screen, scene, NULL);
}
