// trouble_phase.h -- what a kiosk does that can't begin: the log has the reason, and the screen says it to people.
// Only in kiosk mode: whoever starts it in a terminal reads the log there, and its exit status.
// Threads: the main thread. Failure: MISSING, there is no display either; the service manager starts us again.
#ifndef EINLASS_APP_TROUBLE_PHASE_H
#define EINLASS_APP_TROUBLE_PHASE_H

#include "app/assemble.h"
#include "model/trouble.h"

enum {
    TROUBLE_LOOK_MS = 2000,        // how often it is looked whether the reason is gone
    TROUBLE_RETRY_MS = 60000,      // what can't be looked at is tried
    TROUBLE_LEAST_BYTES = 1 << 20, // less room than that: that is why
};

// Why it didn't begin, as kiosk_open answered it; looked at anew each time.
enum trouble trouble_find(const struct settings *settings, enum status status);
// How long it is shown before what can't be looked at is tried again. What was missing is the display, which is there
// now: at boot its driver may come a moment after us.
int64_t trouble_retry_ms(enum trouble trouble, enum status status);
// Shows it until it may be gone. AGAIN: try once more.
enum status trouble_phase_run(const struct settings *settings, enum status status, struct lifesign *lifesign,
                              enum kiosk_end *end_out) MUST_CHECK;

#endif
