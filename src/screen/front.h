// front.h -- the front of house: window, pictures, touch and sound. What the main thread runs.
// Notices come in, commands go out; model.c decides what is shown (pure), view.c turns it into a draw list
// (pure), screen_sdl.c paints it when it differs from the one before.
// Ownership: open() hands you the front; queues, mailboxes, event and clock stay yours and must outlive it.
// Threads: every call from the main thread (SDL's law). A step takes at most one notice, draws at most one frame and
// never waits. Failure: MISSING no display or no font; without a loudspeaker it works in silence.
// Log: right after a result was presented, "welcome shown seq=17", "already shown seq=…", "no shown reason=… seq=…",
// "not saved shown", "ready shown", "no camera shown" (view.h); tests of crashes rely on these words.
#ifndef EINLASS_SCREEN_FRONT_H
#define EINLASS_SCREEN_FRONT_H

#include "base/mailbox.h"
#include "base/queue.h"
#include "code/code.h"
#include "desk/command.h"
#include "desk/notice.h"
#include "frame/capture.h"
#include "model/model.h"

struct front_config {
    const struct event *event; // NULL: there is none yet, the screen shows how to pair (model/pairing_page.h)
    const struct list *list;
    struct clock *clock;
    struct queue *notices;       // of struct notice
    struct queue *commands;      // of struct command, the desk's
    struct mailbox *frames;      // of struct frame, preview
    struct mailbox *cameras;     // of struct camera_state
    struct mailbox *sightings;   // of struct sighting
    struct mailbox *hints;       // of enum hint
    struct mailbox *rows;        // of struct rows, the desk's
    struct mailbox *readiness;   // of struct readiness
    struct mailbox *states;      // of struct sync_state; NULL: nothing is synced
    struct mailbox *hubs;        // of struct hub_state; NULL: this is no hub
    struct mailbox *sponsors;    // of struct attract_picture; NULL: none are shown
    struct backlight *backlight; // NULL: this display can't be dimmed
    struct doorbell *inspection; // rung while the ready check is open: fill it, please; NULL: nobody would

    int width_px, height_px;  // of the window; in fullscreen the display's size wins
    bool is_fullscreen;       // kiosk mode: Esc and closing the window do nothing
    double inch_px;           // pixels per inch of the display, for touch targets (0: taken from the display)
    enum language language;   // at start, and again after 30 s without a touch
    int64_t result_ms;        // how long a result stays (welcome); other results stay longer, see model.c
    enum trouble trouble;     // not NONE: the screen says why the kiosk can't begin, and nothing else
    struct dim_config dim;    // when the screen is dimmed, and how much
    int64_t attract_after_ms; // without a guest, Ready gives way to sponsors' pictures; 0: never
    int volume;               // 0 … 100
    int brightness;           // percent; 0: as it is
    bool is_large_text, is_high_contrast;
    bool is_mirrored;          // camera picture shown mirrored
    const char *fonts;         // path of assets/fonts.conf, see letters.h
    const char *locale_folder; // of gettext catalogues: LOCALE_FOLDER/en/LC_MESSAGES/einlass.mo, see words.h
    const char
        *screenshots; // folder for a PNG of each kind of screen when first shown, e.g. 02-welcome.png; NULL: none
};

struct front;
enum status front_open(const struct front_config *config, struct front **out) MUST_CHECK;
// In how many ms it wants to be called again at the latest; also call it when the bell of its queues rings.
int64_t front_step(struct front *front, int64_t mono_ms);
bool front_is_over(const struct front *front); // the window was closed (never in fullscreen)
// What staff want of the machine's updater, once. NONE: nothing.
enum update_wish front_take_wish(struct front *front, char version_out[UPDATE_VERSION_SIZE]);
bool front_wants_shut_down(const struct front *front);                       // staff asked to switch the machine off
void front_size(const struct front *front, int *width_out, int *height_out); // px
enum page front_page(const struct front *front);                             // what is shown
// How many records the office hasn't confirmed, and what staff read about it and the USB stick, in German: title and
// what to do next; for the state that SIGUSR1 asks for.
void front_tell(const struct front *front, char *out, size_t out_size);
uint64_t front_drawn_count(const struct front *front); // frames painted so far
void front_close(struct front *front);                 // NULL is fine

#endif
