// screen.h -- the window: paints scenes, hears touches. screen_sdl.c holds SDL.
// Ownership: open() hands you the screen; the letters stay yours and must outlive it. Threads: main (SDL's law).
// Memory: textures of texts and icons in a bounded cache, one texture for the camera's picture.
#ifndef EINLASS_SCREEN_SCREEN_H
#define EINLASS_SCREEN_SCREEN_H

#include "frame/frame.h"
#include "screen/input.h"
#include "screen/attract.h"
#include "screen/letters.h"

struct screen_config {
    const char *title;
    int width_px, height_px;
    bool is_fullscreen;
};

struct screen;
// MISSING: no display, or no way to draw on it; the log says why.
enum status screen_open(const struct screen_config *config, struct letters *letters, struct screen **out) MUST_CHECK;
void screen_size(const struct screen *screen, int *width_out, int *height_out);
double screen_inch_px(const struct screen *screen); // 0: the display doesn't say, or nothing credible
// In fullscreen: a window that was hidden, made smaller, minimised or lost the keyboard is brought back, looked at
// every SCREEN_HOLD_MS. Keyboard grabbed, pointer hidden, no screen saver. A program can't stop what the kernel or the
// display server does by itself (SysRq, Ctrl-Alt-F1 under X11): the session around it must.
enum { SCREEN_HOLD_MS = 250 };
void screen_hold(struct screen *screen, int64_t mono_ms);
bool screen_next_input(struct screen *screen, struct input *out);
void screen_reset(struct screen *screen); // after INPUT_RESET: reads the size anew, forgets all textures

// What every MARK_PICTURE shows from now on, cropped for the mark's box. `frame` is borrowed for the call.
void screen_take_picture(struct screen *screen, const struct frame *frame, const struct mark *mark);
// What every MARK_SPONSOR shows from now on; borrowed for the call.
void screen_take_sponsor(struct screen *screen, const struct attract_picture *picture);
void screen_drop_picture(struct screen *screen);
// Paints and presents; `shot` is the path of a PNG of it, or NULL.
void screen_paint(struct screen *screen, const struct scene *scene, const char *shot);
// The same scene as last time, but with a new picture: paints only where the picture stands, if the renderer keeps
// the rest.
void screen_paint_picture(struct screen *screen, const struct scene *scene);
void screen_close(struct screen *screen); // NULL is fine

#endif
