// staff_parts.h -- what the files of the staff's pages share; everyone else sees staff.h.
//   staff.c         pages: what opens, closes, is typed and chosen
//   staff_ask.c     what is asked of the desk, and when
//   staff_take.c    what the desk answers
//   staff_type.c    typing
//   staff_set.c     list, direction, language, volume …
//   staff_reason.c  why: standard sentences           staff_round.c  rounds; what Enter confirms
//   staff_hub.c     the hub and the next kiosk        staff_update.c  a new version (staff_update.h)
#ifndef EINLASS_MODEL_STAFF_PARTS_H
#define EINLASS_MODEL_STAFF_PARTS_H

#include "model/model_parts.h"

enum {
    STAFF_LEAST_LETTERS = 2, // of a search
    STAFF_MOST_STOCK = 99999,
};

void staff_turn(struct model *model, enum staff_page page, int64_t mono_ms); // fresh, as if just opened
void staff_refresh(struct model *model);                                     // what the page lists has changed
void staff_ask_reason(struct model *model, enum command_kind wanted, uint64_t ticket, uint64_t seq, const char *name,
                      int64_t mono_ms);
const char *staff_reason_words(const struct model *model, size_t at, char *room, size_t room_size); // as recorded

void staff_choose_stop(struct model *model, int stop, int64_t mono_ms); // of `staff.stop`
void staff_confirm(struct model *model, int64_t mono_ms);               // what was typed, or a second tap

void staff_set(struct model *model, enum staff_act act, int row, int64_t mono_ms);

// Each does nothing while another question is open.
void staff_ask_person(struct model *model, uint64_t ticket, int64_t mono_ms);
void staff_ask_ticket(struct model *model, uint64_t ticket, int64_t mono_ms);
void staff_ask_admit(struct model *model, uint64_t ticket, const char *name, int64_t mono_ms);
void staff_ask_exit(struct model *model, uint64_t ticket, const char *name, int64_t mono_ms);
void staff_ask_undo(struct model *model, uint64_t ticket, uint64_t seq, const char *name, int64_t mono_ms);
void staff_ask_wanted(struct model *model, const char *why, int64_t mono_ms); // FORCE, EXIT or UNDO with a reason
void staff_ask_round(struct model *model, const char *stop, int64_t mono_ms);
void staff_ask_stock(struct model *model, int32_t number, int64_t mono_ms);
void staff_ask_serve(struct model *model, uint16_t list, enum direction direction, int64_t mono_ms);
void staff_ask_practise(struct model *model, bool is_practising, int64_t mono_ms);
void staff_ask_sync(struct model *model, enum command_kind kind, int64_t mono_ms); // SYNC, EXPORT
void staff_ask_hub(struct model *model, const char *name, int64_t mono_ms);
void staff_look_at_hub(struct model *model, int64_t mono_ms); // beside other questions

// ---- staff_hub.c ----
bool staff_is_of_hub(const struct model *model); // the page shows how the hub is
void staff_name_kiosk(struct model *model);      // the page that asks has opened: a sensible name stands there
void staff_confirm_hub(struct model *model, int64_t mono_ms);
void staff_tick_hub(struct model *model, int64_t mono_ms);

#endif
