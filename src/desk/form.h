// form.h -- what somebody without a ticket typed, made ready to be kept. Pure; any thread.
#ifndef EINLASS_DESK_FORM_H
#define EINLASS_DESK_FORM_H

#include "desk/command.h"
#include "record/walk_in.h"

// Values trimmed, valid UTF-8 and without control characters, e-mail addresses with something on both sides of one @,
// every required field and consent given, no more plus-ones than the event allows. INVALID: one of these isn't so.
// `out` gets values, consents and language; ticket and salt are the caller's.
enum status form_read(const struct walk_in_form *form, const struct walk_in_rules *rules,
                      struct walk_in *out) MUST_CHECK;
// What somebody typed, trimmed and without what hides or turns text; it may be empty then. False: no UTF-8.
bool form_take_text(const char *typed, char *out, size_t out_size);
const char *form_name(const struct walk_in *walk_in,
                      const struct walk_in_rules *rules); // "" if the event asks for none

#endif
