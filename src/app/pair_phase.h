// pair_phase.h -- the first start: no event is here yet, and no file of one was given. The screen says how the kiosk
// comes to its office: its pairing code is held in front of the camera (or of a hand scanner), or typed. Then the event
// arrives, is checked and stored, and the kiosk begins.
// Nothing but pairing happens here: nobody is let in, and whatever else is held up means nothing.
// Threads: the main thread; sync, camera and scanners with theirs, as in the kiosk. Failure: as kiosk_open.
#ifndef EINLASS_APP_PAIR_PHASE_H
#define EINLASS_APP_PAIR_PHASE_H

#include "app/assemble.h"

bool pair_phase_is_due(const struct settings *settings);
// AGAIN: there is an event now.
enum status pair_phase_run(const struct settings *settings, struct lifesign *lifesign,
                           enum kiosk_end *end_out) MUST_CHECK;

#endif
