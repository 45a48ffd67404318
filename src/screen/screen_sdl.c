// The renderer: software everywhere but on KMSDRM. Measured at 1080p it paints a frame in 1-3 ms, and a driver that
// says it draws but doesn't (SDL's "opengl" on KMSDRM without libgl1) can't make the screen black. On KMSDRM it is
// OpenGL ES 2, which every Raspberry Pi has; but where that is computed by the processor too (Mesa's llvmpipe: a
// virtual machine, a board without a driver) we paint ourselves, and it has one texture to show. SDL_RENDER_DRIVER
// overrides.
#define LOG_MODULE "screen"

#include "screen/screen.h"

#include "base/log.h"
#include "base/mem.h"
#include "frame/picture_png.h"
#include "view/crop.h"
#include "screen/painter.h"

#include <SDL.h>
#include <SDL_opengles2.h>
#include <stdlib.h>
#include <string.h>

struct screen {
    bool has_video;
    SDL_Window *window;
    struct painter painter; // its parts are owned here
    int width_px, height_px;
    struct letters *letters;
    bool keeps_frame; // what was presented is still there to be painted over
    bool is_fullscreen;
    bool had_keys; // the keyboard was ours before
    int64_t held_ms;
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
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_ALLOW_ALT_TAB_WHILE_GRABBED, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0"); // a touch is one event
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "1");
}

// A whole screen is the people's at the door: chords that a window manager would take come to us, and mean nothing.
static void take_display(struct screen *screen)
{
    SDL_SetWindowKeyboardGrab(screen->window, SDL_TRUE);
    SDL_ShowCursor(SDL_DISABLE);
    SDL_DisableScreenSaver();
    screen->is_fullscreen = true;
}

// Each of Mesa's names for painting without a graphics chip.
static bool is_computed(SDL_Renderer *renderer)
{
    const GLubyte *(*get_string)(GLenum) = NULL;
    SDL_RendererInfo info;
    const char *name;

    if (SDL_GetRendererInfo(renderer, &info) || strncmp(info.name, "opengles2", 9) != 0) return false;
    *(void **)&get_string = SDL_GL_GetProcAddress("glGetString");
    name = get_string ? (const char *)get_string(GL_RENDERER) : NULL;
    return name && (strstr(name, "llvmpipe") || strstr(name, "softpipe") || strstr(name, "Software Rasterizer"));
}

static SDL_Renderer *open_renderer(SDL_Window *window)
{
    SDL_Renderer *renderer;

    SDL_SetHint(SDL_HINT_RENDER_DRIVER, is_kms() ? "opengles2" : "software");
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, is_kms() ? "opengles2" : "0");
    renderer = SDL_CreateRenderer(window, -1, 0);
    if (!renderer || !is_kms() || SDL_getenv("SDL_RENDER_DRIVER") || !is_computed(renderer)) return renderer;
    SDL_DestroyRenderer(renderer);
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
    return SDL_CreateRenderer(window, -1, 0);
}

static enum status open_window(struct screen *screen, const struct screen_config *config)
{
    Uint32 whole = SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_ALWAYS_ON_TOP;
    Uint32 flags = SDL_WINDOW_SHOWN | (config->is_fullscreen ? whole : 0);

    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO)) return STATUS_MISSING;
    screen->has_video = true;
    screen->window = SDL_CreateWindow(config->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, config->width_px,
                                      config->height_px, flags);
    if (!screen->window) return STATUS_MISSING;
    screen->painter.renderer = open_renderer(screen->window);
    if (!screen->painter.renderer) return STATUS_MISSING;
    SDL_SetRenderDrawBlendMode(screen->painter.renderer, SDL_BLENDMODE_BLEND);
    input_refuse();
    if (config->is_fullscreen) take_display(screen);
    SDL_StartTextInput();
    return STATUS_OK;
}

static void learn_renderer(struct screen *screen)
{
    SDL_RendererInfo info = {.name = "?"};

    SDL_GetRendererInfo(screen->painter.renderer, &info);
    screen->keeps_frame = (info.flags & SDL_RENDERER_SOFTWARE) != 0;
    log_info("screen open driver=%s renderer=%s size=%dx%d", SDL_GetCurrentVideoDriver(), info.name, screen->width_px,
             screen->height_px);
}

// What is presented first is never seen on KMSDRM (in QEMU): a page that doesn't change stayed black.
static void present_nothing(struct screen *screen)
{
    SDL_SetRenderDrawColor(screen->painter.renderer, 0, 0, 0, SDL_ALPHA_OPAQUE);
    SDL_RenderClear(screen->painter.renderer);
    SDL_RenderPresent(screen->painter.renderer);
}

enum status screen_open(const struct screen_config *config, struct letters *letters, struct screen **out)
{
    struct screen *screen = mem_zero(sizeof *screen);
    enum status status;

    screen->letters = letters;
    if ((status = open_window(screen, config)) != STATUS_OK) goto fail;
    screen_reset(screen);
    learn_renderer(screen);
    present_nothing(screen);
    *out = screen;
    return STATUS_OK;
fail:
    log_error("no display to draw on: %s; connect one and switch it on", SDL_GetError());
    screen_close(screen);
    return status;
}

static void drop_sponsor(struct screen *screen)
{
    if (screen->painter.sponsor) SDL_DestroyTexture(screen->painter.sponsor);
    screen->painter.sponsor = NULL;
}

void screen_close(struct screen *screen)
{
    if (!screen) return;
    screen_drop_picture(screen);
    drop_sponsor(screen);
    tiles_close(screen->painter.tiles);
    if (screen->painter.renderer) SDL_DestroyRenderer(screen->painter.renderer);
    if (screen->window) SDL_DestroyWindow(screen->window);
    if (screen->has_video) SDL_QuitSubSystem(SDL_INIT_VIDEO);
    free(screen);
}

void screen_reset(struct screen *screen)
{
    if (SDL_GetRendererOutputSize(screen->painter.renderer, &screen->width_px, &screen->height_px))
        SDL_GetWindowSize(screen->window, &screen->width_px, &screen->height_px);
    tiles_close(screen->painter.tiles);
    // The largest tile is a page of text with its overhang.
    size_t most_px = (size_t)(screen->width_px * 9 / 8) * (size_t)(screen->height_px * 9 / 8);
    screen->painter.tiles = tiles_open(screen->painter.renderer, screen->letters, most_px);
    screen_drop_picture(screen);
    drop_sponsor(screen);
}

void screen_size(const struct screen *screen, int *width_out, int *height_out)
{
    *width_out = screen->width_px;
    *height_out = screen->height_px;
}

// Flags, not events: whatever took the window away, and however often it said so.
void screen_hold(struct screen *screen, int64_t mono_ms)
{
    Uint32 flags = SDL_GetWindowFlags(screen->window);
    bool has_keys = (flags & SDL_WINDOW_INPUT_FOCUS) != 0;
    bool is_small = (flags & SDL_WINDOW_FULLSCREEN_DESKTOP) != SDL_WINDOW_FULLSCREEN_DESKTOP;
    bool is_away = (flags & SDL_WINDOW_SHOWN) == 0 || (flags & SDL_WINDOW_MINIMIZED) != 0;

    if (!screen->is_fullscreen || mono_ms - screen->held_ms < SCREEN_HOLD_MS) return;
    screen->held_ms = mono_ms;
    if (is_away) {
        SDL_ShowWindow(screen->window);
        SDL_RestoreWindow(screen->window);
    }
    if (is_small) SDL_SetWindowFullscreen(screen->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
    if (is_away || (screen->had_keys && !has_keys)) SDL_RaiseWindow(screen->window);
    if (has_keys) screen->had_keys = true;
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
    if (screen->painter.picture) SDL_DestroyTexture(screen->painter.picture);
    screen->painter.picture = NULL;
}

static bool has_picture_of(const struct screen *screen, const struct box *box)
{
    int width, height;

    return screen->painter.picture && !SDL_QueryTexture(screen->painter.picture, NULL, NULL, &width, &height) &&
           width == box->w && height == box->h;
}

void screen_take_picture(struct screen *screen, const struct frame *frame, const struct mark *mark)
{
    struct crop crop = crop_of(frame->width_px, frame->height_px, mark->box.w, mark->box.h);
    void *pixels;
    int pitch;

    if (frame->width_px <= 0 || frame->height_px <= 0) return;
    if (!has_picture_of(screen, &mark->box)) {
        screen_drop_picture(screen);
        screen->painter.picture = SDL_CreateTexture(screen->painter.renderer, SDL_PIXELFORMAT_ARGB8888,
                                                    SDL_TEXTUREACCESS_STREAMING, mark->box.w, mark->box.h);
    }
    if (!screen->painter.picture || SDL_LockTexture(screen->painter.picture, NULL, &pixels, &pitch))
        return; // the next one may do
    crop_paint(&crop, frame, mark->is_mirrored, pixels, pitch / 4);
    SDL_UnlockTexture(screen->painter.picture);
}

void screen_take_sponsor(struct screen *screen, const struct attract_picture *picture)
{
    drop_sponsor(screen);
    if (picture->width_px <= 0 || picture->height_px <= 0) return;
    screen->painter.sponsor = SDL_CreateTexture(screen->painter.renderer, SDL_PIXELFORMAT_ARGB8888,
                                                SDL_TEXTUREACCESS_STATIC, picture->width_px, picture->height_px);
    if (!screen->painter.sponsor) return;
    SDL_UpdateTexture(screen->painter.sponsor, NULL, picture->argb, picture->width_px * 4);
}

static void save_shot(struct screen *screen, const char *path)
{
    int stride_bytes = screen->width_px * 3;
    uint8_t *rgb = mem_zero_array((size_t)stride_bytes, (size_t)screen->height_px);

    if (SDL_RenderReadPixels(screen->painter.renderer, NULL, SDL_PIXELFORMAT_RGB24, rgb, stride_bytes))
        log_warn("no screenshot: %s", SDL_GetError());
    else if (picture_png_write(path, rgb, screen->width_px, screen->height_px, stride_bytes) != STATUS_OK)
        log_warn("no screenshot path=%s", path);
    free(rgb);
}

void screen_paint(struct screen *screen, const struct scene *scene, const char *shot)
{
    painter_paint(&screen->painter, scene);
    if (shot) save_shot(screen, shot);
    SDL_RenderPresent(screen->painter.renderer);
}

void screen_paint_picture(struct screen *screen, const struct scene *scene)
{
    for (size_t i = 0; screen->keeps_frame && i < scene->mark_count; i++) {
        if (scene->marks[i].kind != MARK_PICTURE) continue;
        painter_repaint_picture(&screen->painter, scene, i);
        SDL_RenderPresent(screen->painter.renderer);
        return;
    }
    screen_paint(screen, scene, NULL);
}
