// assemble_parts.h -- what the files of the assembly share; everyone else sees assemble.h.
//   assemble.c        the kiosk's parts, their order, the main loop
//   assemble_event.c  which event and list are served, and what staff chose before
//   assemble_schedule.c  entry or exit by the clock
//   assemble_sync.c   the way to the office, and what a new pairing changes
//   assemble_board.c  the headcount page
//   assemble_update.c  what staff want of the machine's updater
#ifndef EINLASS_APP_ASSEMBLE_PARTS_H
#define EINLASS_APP_ASSEMBLE_PARTS_H

#include "app/assemble.h"
#include "app/eyes.h"
#include "app/hands.h"
#include "app/hub.h"
#include "app/inspect.h"
#include "app/live.h"
#include "app/schedule.h"
#include "base/mailbox.h"
#include "base/queue.h"
#include "desk/desk.h"
#include "record/device_key.h"
#include "record/store.h"
#include "sync/discover.h"
#include "sync/hub_state.h"
#include "sync/sync.h"
#include "screen/attract.h"
#include "screen/backlight.h"
#include "screen/front.h"

struct pairing_watch {
    char path[SETTING_PATH_SIZE];
    bool is_hub; // this kiosk runs one, and belongs to it
    char hub_url[HUB_URL_SIZE];
    int64_t looked_mono_ms;
};

struct kiosk {
    struct settings settings; // the given ones, under what staff chose
    struct clock_anchored anchored;
    struct clock *clock; // that one
    struct lifesign *lifesign;
    struct watch *watch; // of the lifesign
    char status[LIFESIGN_STATUS_SIZE];
    struct event *event;
    const struct list *list;
    struct device_key device_key;

    // Channels to the main thread.
    bool has_channels;
    struct doorbell bell;
    struct queue notices;     // of struct notice
    struct mailbox previews;  // of struct frame
    struct mailbox cameras;   // of struct camera_state
    struct mailbox sightings; // of struct sighting
    struct mailbox hints;     // of enum hint
    struct mailbox rows;      // of struct rows
    struct mailbox readiness; // of struct readiness
    struct mailbox states;    // of struct sync_state
    struct mailbox hubs;      // of struct hub_state
    // To the one that fills the ready check.
    struct mailbox vitals;   // of struct camera_vitals
    struct mailbox scanners; // of struct present

    struct store *store;
    struct desk *desk;
    struct discover *discover;
    struct sync *sync; // NULL: nothing leaves this kiosk
    struct hub *hub;   // NULL: it is none (yet)
    struct pairing_watch pairing;
    struct live *live; // NULL: no headcount page
    struct eyes *eyes;
    struct hands *hands;
    struct inspect *inspect;
    struct backlight *backlight; // NULL: this display can't be dimmed
    struct front *front;
    bool has_sponsors;       // their mailbox: 11 MB
    struct mailbox sponsors; // of struct attract_picture
    struct attract *attract; // NULL: nobody's pictures are shown

    int64_t began_mono_ms; // running
    size_t trimmed_count;
    struct schedule schedule;
    int64_t scheduled_ms; // when the clock was looked at
    bool has_turn;        // `turn` waits for the desk
    enum direction turn;
};

// The event file, or what is stored. The log says what is wrong.
enum status kiosk_load_event(struct kiosk *kiosk, const struct settings *settings) MUST_CHECK;
// After the event: puts what staff chose over kiosk->settings.
void kiosk_recall(struct kiosk *kiosk);
enum status kiosk_choose_list(struct kiosk *kiosk, int id) MUST_CHECK; // 0: the event's first

// At a start the clock decides the direction, whatever was chosen before: what was, may have been the schedule's own.
// Where it isn't trusted, what was chosen holds. `otherwise`: as configured.
void kiosk_begin_schedule(struct kiosk *kiosk, enum direction otherwise);
void kiosk_follow_schedule(struct kiosk *kiosk, int64_t mono_ms);

void kiosk_follow_wishes(struct kiosk *kiosk); // assemble_update.c

// ---- assemble_sync.c ----
// Never keeps the door shut: without it the kiosk decides and writes as ever, and the log says why.
void kiosk_open_sync(struct kiosk *kiosk);
void kiosk_start_sync(struct kiosk *kiosk);
void kiosk_close_sync(struct kiosk *kiosk);
// Now and then: whether a pairing names another event than is served, and it is here; or makes a hub of this kiosk.
bool kiosk_wants_again(struct kiosk *kiosk, int64_t mono_ms);

// ---- assemble_board.c ----
// The headcount page, if it is wanted. Never keeps the door shut either.
void kiosk_open_board(struct kiosk *kiosk);

#endif
