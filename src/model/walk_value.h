// walk_value.h -- what somebody typed into one field of walk.h's form. Pure; any thread.
#ifndef EINLASS_MODEL_WALK_VALUE_H
#define EINLASS_MODEL_WALK_VALUE_H

#include "record/event.h"

void walk_value_trim(const char *typed, char out[EVENT_VALUE_SIZE]); // without blanks around it
// The desk would take it: at least as strict as it is (desk/form.h), so that whoever types is told here, at the field.
// Of an address only a sure slip of the finger is refused: it must look like name@firm.de.
bool walk_value_is_fine(const struct walk_in_field *field, const char *typed);

#endif
