// model.h -- what the door shows and how it answers people: screens, timeouts, typing. Pure: no clock, no SDL.
// Inputs: notices of the desk, the camera's state, touches (as actions), typed text, time. Output: what to show
// (read by view.c), a tone to play, a command for the desk.
// Value (about 24 kB: lives in a resource). One thread. Times: mono_ms.
#ifndef EINLASS_MODEL_MODEL_H
#define EINLASS_MODEL_MODEL_H

#include "code/code.h"
#include "code/hint.h"
#include "desk/command.h"
#include "desk/notice.h"
#include "frame/capture.h"
#include "model/action.h"
#include "model/dim.h"
#include "model/page.h"
#include "model/pairing_page.h"
#include "model/readiness.h"
#include "model/staff.h"
#include "model/tone.h"
#include "model/trouble.h"
#include "model/walk.h"

enum {
    MODEL_PIN_SIZE = 33,
    MODEL_IDLE_MS = 30000,  // forms and pages go back to Ready, the language to the configured one
    MODEL_ANSWER_MS = 5000, // the desk should have answered by then
    MODEL_SIGHTING_MS = 400,
    MODEL_FADE_MS = 120,
    MODEL_LOOK_MS = 400,       // a person is looked at before they are let in: a hasty double touch counts once
    MODEL_OVER_FORM_MS = 1500, // the most a welcome covers a form; every other result twice that
    MODEL_READ_MS = 800,       // to see and hear one's own answer, before that of who came along
    MODEL_GLANCE_MS = 300,     // the same, if the next answer is of the same colour and from another picture
    MODEL_MOST_WAITING = 8,    // answers; with more, nobody gets that glance: the door keeps the camera's pace
};

struct model_config {
    const struct event *event; // NULL: none is there yet, the kiosk is to be paired
    const struct list *list;
    enum language language;
    int64_t result_ms; // welcome, goodbye; other results stay twice as long, and what staff must see until confirmed
    bool is_mirrored;
    int64_t attract_after_ms; // without a guest, Ready gives way to a sponsor's picture; 0: never
    struct dim_config dim;
    enum trouble trouble; // NONE: all is well
};

struct model {
    struct model_config config;
    enum language language;
    enum page page;
    enum page back;     // under a result: where it returns to
    uint64_t turn;      // counts what was shown: each turn is presented at least once
    int64_t since_ms;   // of this turn
    int64_t until_ms;   // when it goes by itself; INT64_MAX: never
    int64_t touched_ms; // last touch or key

    struct notice result; // PAGE_RESULT
    int64_t result_unix_ms;
    uint64_t undo_seq;   // PAGE_RESULT: this check-in is being taken back; 0: none
    struct notice found; // PAGE_PIN, after a typed number
    struct headcount headcount;
    int64_t stirred_ms; // last sign of a guest: a notice, a sighting, a hint
    bool is_hurried;    // PAGE_RESULT: somebody typed into the form under it
    bool has_headcount, is_camera_known, has_command;
    bool has_sponsor, is_dim; // a picture is ready to be shown; dim.h
    struct camera_state camera;
    struct sighting sighting; // mono_ms 0: none yet
    enum hint advice;         // why nothing is read
    char typed[COMMAND_TEXT_SIZE], pin[MODEL_PIN_SIZE];
    enum form_hint hint;
    int64_t pin_wait_until_ms, pin_looked_ms; // staff tickets are looked for since; 0: they aren't
    int64_t asked_ms;                         // 0: no question is open
    int leaf, leaf_count;                     // of the privacy notice
    struct action chosen;                     // by Tab and arrows; ACT_NONE: nothing
    struct staff staff;
    struct walk walk;
    struct pairing_page pairing;
    bool has_sync; // sync tells how it is:
    struct sync_state sync;
    struct stance stance;              // as the desk last said
    const struct readiness *readiness; // borrowed from the front's mailbox; NULL: none yet
    bool is_large_text, is_high_contrast, wants_shut_down;
    bool is_large_by_guest; // large text was switched by a touch on Ready, and not for good
    int volume, brightness; // 0 … 100; brightness 0: this display can't
    enum tone tone;         // taken by model_take_tone
    struct staff_update update;
    int64_t unix_less_mono_ms; // as of the last notice; 0: none came
    struct command command;
};

void model_init(struct model *model, const struct model_config *config, int64_t mono_ms);

// True: offer the notice later. Two who hold up their phones together are answered one after the other, so that a No
// is not wiped away by the next one's green. A result gives way at once to what came later in front of the camera.
bool model_must_wait(const struct model *model, const struct notice *notice, size_t waiting_count, int64_t mono_ms);
void model_notice(struct model *model, const struct notice *notice, int64_t unix_ms, int64_t mono_ms);
void model_camera(struct model *model, const struct camera_state *camera, int64_t mono_ms);
void model_sighting(struct model *model, const struct sighting *sighting);
void model_hint(struct model *model, enum hint hint);
void model_sync(struct model *model, const struct sync_state *state, int64_t mono_ms);
void model_sponsor(struct model *model, bool is_there);
void model_leaves(struct model *model, int count); // how many the paged text has, as measured when painted

void model_act(struct model *model, struct action action, int64_t mono_ms);
void model_type(struct model *model, const char *text, int64_t mono_ms); // UTF-8 from a keyboard
void model_choose(struct model *model, struct action action, int64_t mono_ms);
void model_tick(struct model *model, int64_t mono_ms);
enum language model_language(const struct model *model); // of what is shown: a result's is the guest's, if known
bool model_is_sighted(const struct model *model, int64_t mono_ms);
bool model_is_full(const struct model *model);    // as the headcount says: nobody more is let in
bool model_is_used_up(const struct model *model); // hand_out: nothing is left
bool model_has_no_camera(const struct model *model);
bool model_wants_staff(const struct model *model); // something between kiosk and office needs a person; guests don't
enum hint model_advice(const struct model *model); // to be shown: on Ready, while there is a camera
enum tone model_take_tone(struct model *model);
bool model_peek_command(const struct model *model, struct command *out); // stays until model_drop_command
void model_drop_command(struct model *model);

#endif
