// model_parts.h -- what the files of the model share; everyone else sees model.h.
//   model.c      notices, time                     sight.c   what the camera sees
//   model_act.c  touches and keys                  quiet.c   whether a guest is there
//   result.c     answers to scans                  form.c    a ticket number, a PIN; questions to the desk
//   walk.c       somebody without a ticket         staff*.c  the staff's pages
//   dim.c        whether the screen is dimmed
//   away.c       the office: sync's state, a new version of the event; pairing_page.c
#ifndef EINLASS_MODEL_MODEL_PARTS_H
#define EINLASS_MODEL_MODEL_PARTS_H

#include "model/model.h"

// ---- model.c ----
// A new turn; stay_ms 0: until something happens. Ready forgets every form.
void model_show(struct model *model, enum page page, int64_t mono_ms, int64_t stay_ms);
void model_show_ready(struct model *model, int64_t mono_ms);
// The next command for the desk, to be filled in. It takes the place of one that was not taken yet; a setting to be
// remembered is said again.
struct command *model_command(struct model *model, enum command_kind kind, int64_t mono_ms);

// ---- away.c ----
extern const struct event model_no_event; // and its list
extern const struct list model_no_list;
void model_take_event(struct model *model, const struct event *event, int64_t mono_ms);
void model_open_sync(struct model *model, int64_t mono_ms); // from Ready: asks for the PIN

// ---- quiet.c ----
void model_stir(struct model *model, int64_t mono_ms); // a guest is there: Ready is back
void model_attract(struct model *model, int64_t mono_ms);
void model_enlarge(struct model *model); // larger type for one guest, and back

#endif
