// pairing_page.h -- making this kiosk known to an office. Pure; part of the model.
// On the first start there is no event yet, and PAGE_PAIRING is all there is; later the staff's page STAFF_PAIR. In
// both the offer is held before the camera or typed; what was typed goes out as COMMAND_PAIR. Whoever takes commands
// (the desk; on the first start the program) answers by a notice with `asked` PAIR: DONE, is_found: it was whole and
// sync has it; TOO_LATE: it wasn't. An offer that was scanned is told by the same notice. From then on sync's states
// say how it goes (model_sync).
#ifndef EINLASS_MODEL_PAIRING_PAGE_H
#define EINLASS_MODEL_PAIRING_PAGE_H

#include "model/keys.h"
#include "sync/sync.h"

#include <stdint.h>

struct model;
struct notice;

enum pairing_step {
    PAIRING_WAITING,    // for an offer
    PAIRING_CHECKING,   // it was typed; is it whole?
    PAIRING_CONNECTING, // the office is asked
    PAIRING_LOADING,    // first start: paired, its event is on the way
    PAIRING_DONE,       // first start: NOTICE_EVENT came; later: paired
    PAIRING_FAILED,     // `trouble` says why; another offer may be held up or typed at once
};

enum pairing_act {    // action {ACT_PAIRING, …}
    PAIRING_ACT_TYPE, // the keyboard comes or goes
    PAIRING_ACT_CLEAR,
    PAIRING_ACT_SEND, // what was typed
};

enum {
    PAIRING_GRACE_MS = 5000,    // sync should have begun by then
    PAIRING_PATIENCE_MS = 8000, // after so long without an event it is said what may be missing
};

struct pairing_page {
    enum pairing_step step;
    enum sync_trouble trouble; // FAILED; LOADING: what keeps the event away, FINE: nothing
    bool is_broken;            // the last offer wasn't whole
    bool is_stray;             // the last code was something else, e.g. a ticket
    bool has_begun;            // sync was seen at it
    int64_t since_ms;          // this step began
    bool is_late;              // LOADING has taken PAIRING_PATIENCE_MS
    char typed[PAIRING_TEXT_SIZE];
    struct keys keys;
    bool has_keys;
};

// ---- for the model ----

void pairing_page_open(struct model *model, int64_t mono_ms); // WAITING, nothing typed
void pairing_page_notice(struct model *model, const struct notice *notice, int64_t mono_ms);
void pairing_page_sync(struct model *model, int64_t mono_ms); // model->sync is new
void pairing_page_tick(struct model *model, int64_t mono_ms);
void pairing_page_act(struct model *model, int key, int64_t mono_ms);
void pairing_page_type(struct model *model, const char *text);
void pairing_page_erase(struct model *model);
bool pairing_page_is_shown(const struct model *model);

// ---- for the view: German, to be translated ----

const char *pairing_page_title(const struct model *model);
const char *pairing_page_line(const struct model *model); // what to do next

#endif
