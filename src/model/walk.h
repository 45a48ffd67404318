// walk.h -- somebody without a ticket registers: fields, plus-ones, consents, and the ticket to photograph.
// Pure; part of the model. In at most 15 seconds: the first field is chosen, Enter goes on, capitals come by
// themselves. Steps: FORM (all fields) -> CONSENTS (where the event asks any; never ticked beforehand) -> TICKET; while
// the desk is asked (model.asked_ms) the step rests. A namesake asks once more. Nothing typed is lost by a scan that is
// answered meanwhile, by a refusal or by a disk that fails; it is forgotten by itself after MODEL_IDLE_MS, and as soon
// as it was registered.
#ifndef EINLASS_MODEL_WALK_H
#define EINLASS_MODEL_WALK_H

#include "desk/command.h"
#include "desk/notice.h"
#include "model/keys.h"

struct model;

enum walk_step { WALK_FORM, WALK_CONSENTS, WALK_NAMESAKE, WALK_TICKET };

enum walk_offer { // why nobody who fills in the form would be let in now
    WALK_OFFER_OPEN,
    WALK_OFFER_FULL,
    WALK_OFFER_USED_UP,   // hand_out: nothing is left to give
    WALK_OFFER_TOO_EARLY, // before list.opens_ms
    WALK_OFFER_TOO_LATE,  // after list.closes_ms
};

// What a touch means there: action {ACT_WALK, walk_key(act, row)}.
enum walk_act {
    WALK_ACT_FIELD,       // choose field `row`
    WALK_ACT_ON,          // Enter: the next field, the next step, or done
    WALK_ACT_BACK,        // the step before; from the first: Ready
    WALK_ACT_CONSENT,     // tick or untick `row`
    WALK_ACT_PLUS,        // one more (`row` 1) or less (0)
    WALK_ACT_SURE,        // a namesake: register anyhow
    WALK_ACT_NEXT_TICKET, // TICKET: a plus-one's
    WALK_ACT_DONE,
};

enum { WALK_TICKET_IDLE_MS = 60000 }; // a telephone is to be found, unlocked and pointed at the screen

static inline int walk_key(enum walk_act act, int row)
{
    return (int)act * 256 + row;
}

struct walk {
    bool is_open; // from the first field to the last ticket, whatever covers it meanwhile
    enum walk_step step;
    struct walk_in_form form;
    int field;     // chosen
    int consent;   // the first of this page of consents
    int complaint; // 1 + the field (or consent) that is missing or wrong; 0: none
    struct keys keys;
    int64_t opened_ms;     // whatever was asked since then was asked by this person
    int64_t sent_ms;       // of the command that wasn't answered yet; 0: none
    struct notice tickets; // WALK_TICKET
    int shown_ticket;
};

void walk_open(struct model *model, int64_t mono_ms);
void walk_forget(struct model *model);
void walk_act(struct model *model, int key, int64_t mono_ms);
void walk_type(struct model *model, const char *text, int64_t mono_ms);
void walk_choose(struct model *model, int field); // what is typed goes there; no such field: nothing changes
// Tab: the field after (1) or before (-1); false where there is no field to choose.
bool walk_step_field(struct model *model, int step, int64_t mono_ms);
void walk_erase(struct model *model, int64_t mono_ms);
// WALK_IN, NAMESAKE. Answers that somebody asked for who has left are passed over.
void walk_notice(struct model *model, const struct notice *notice, int64_t mono_ms);
// Takes a refusal (full, not open, …) that answers this form, and no scan: the fields are open again.
bool walk_take_refusal(struct model *model, const struct notice *notice);
void walk_tick(struct model *model, int64_t mono_ms); // forgets

// The consents shown together begin at walk.consent and end before this one: as many as are readable on every screen.
size_t walk_consents_end(const struct model *model);
int walk_missing_consent(const struct model *model); // 1 + the first of them that must be given and isn't; 0: none
// What a consent takes there, in lines of small type.
int walk_consent_lines(const struct walk_in_consent *consent, enum language language);
const struct walk_in_rules *walk_rules(const struct model *model);
bool walk_is_offered(const struct model *model); // false: the list served would refuse every one of them
// Where they are offered. In doubt OPEN: the desk knows better, and what the clock says only counts where it is
// trusted.
enum walk_offer walk_offer(const struct model *model, int64_t mono_ms);
int walk_most_plus_ones(const struct model *model); // no more than an answer holds tickets for

#endif
