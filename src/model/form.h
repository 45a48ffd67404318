// form.h -- the model's forms: a ticket number, a staff PIN; and what is asked of the desk. Used by the model's files.
// While a question is open the fields rest; the answer (or its absence) opens them again. Keys typed while somebody's
// result covers the form go into it, and the result leaves as soon as it could be read.
#ifndef EINLASS_MODEL_FORM_H
#define EINLASS_MODEL_FORM_H

#include "model/model.h"

bool form_is_shown(enum page page);
bool form_comes_back(enum page page);           // after somebody else's result: forms, and what somebody is reading
enum page form_page(const struct model *model); // shown, or under a result that was scanned meanwhile
void form_forget(struct model *model);          // what was typed, asked, found and hinted
void form_open(struct model *model, int64_t mono_ms); // empty, at its first page
// Opens PAGE_PIN. What it is for: COMMAND_FIND the staff's pages, COMMAND_PERSON whom a typed number found,
// COMMAND_UNDO taking back `seq`. A staff ticket held up meanwhile does as well.
void form_ask_pin(struct model *model, enum command_kind wanted, uint64_t seq, int64_t mono_ms);
bool form_takes_staff_tickets(const struct model *model); // the event has a class of them
void form_tick(struct model *model, int64_t mono_ms);
void form_leave_pin(struct model *model, int64_t mono_ms);

// Puts a question to the desk: its command, to be filled in. The fields rest until the answer.
struct command *form_ask(struct model *model, enum command_kind kind, int64_t mono_ms);

void form_append(struct model *model, const char *text);
void form_erase(struct model *model);        // the last code point
void form_hurry_result(struct model *model); // who types wants the form back; whose result covers it, to have seen it

void form_find(struct model *model, int64_t mono_ms);
void form_unlock(struct model *model, int64_t mono_ms);
void form_retry(struct model *model, int64_t mono_ms);
void form_take_found(struct model *model, const struct notice *notice, int64_t mono_ms);
void form_take_unlocked(struct model *model, const struct notice *notice, int64_t mono_ms);
void form_take_pin_refusal(struct model *model, const struct notice *notice, int64_t mono_ms);

#endif
