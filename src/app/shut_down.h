// shut_down.h -- the command that switches the machine off, after everything is written down and closed.
// Its words stand between blanks; no shell reads them. It takes the program's place, so whoever started us sees its
// end. Main thread, last of all.
#ifndef EINLASS_APP_SHUT_DOWN_H
#define EINLASS_APP_SHUT_DOWN_H

#include "base/status.h"

enum { SHUT_DOWN_MOST_WORDS = 16 };

// OK: there is no command, nothing is to be done. Else comes back only on a failure, which the log names: MISSING it
// can't be started; INVALID it has too many words.
enum status shut_down_become(const char *command) MUST_CHECK;

#endif
