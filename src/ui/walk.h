// walk.h -- somebody without a ticket registers: fields, plus-ones, consents, and the ticket to photograph.
// Pure; part of the model. In at most 15 seconds: the first field is chosen, Enter goes on, one page where it fits.
// Steps: FORM (all fields) -> CONSENTS (where the event asks any; never ticked beforehand) -> WAIT -> TICKET.
// Nothing typed is lost by a scan that is answered meanwhile; it is forgotten by itself after MODEL_IDLE_MS.
#ifndef EINLASS_UI_WALK_H
#define EINLASS_UI_WALK_H

#include "desk/command.h"
#include "desk/notice.h"
#include "ui/keys.h"

struct model;

enum walk_step { WALK_FORM, WALK_CONSENTS, WALK_NAMESAKE, WALK_TICKET };

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

static inline int walk_key(enum walk_act act, int row)
{
    return (int)act * 256 + row;
}

struct walk {
    enum walk_step step;
    struct walk_in_form form;
    int field;     // chosen
    int complaint; // 1 + the field (or consent) that is missing or wrong; 0: none
    struct keys keys;
    struct notice tickets; // WALK_TICKET
    int shown_ticket;
};

void walk_open(struct model *model, int64_t mono_ms);
void walk_forget(struct model *model);
void walk_act(struct model *model, int key, int64_t mono_ms);
void walk_type(struct model *model, const char *text, int64_t mono_ms);
void walk_erase(struct model *model, int64_t mono_ms);
void walk_notice(struct model *model, const struct notice *notice, int64_t mono_ms); // WALK_IN, NAMESAKE, not saved

#endif
