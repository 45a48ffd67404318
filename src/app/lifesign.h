// lifesign.h -- tells the service manager that the door works, and only while it does.
// READY once the first picture is on the screen; from then on WATCHDOG, several times within the time it allows, as
// long as no thread is late (base/watch.h) and the main thread comes here at all. When a thread hangs, the log names
// it and nothing is told any more: the service manager ends and restarts us, unless the thread goes on before.
// One for the life of the process: it outlives a kiosk that is closed and opened again.
// Ownership: open() takes the notify (close() closes it); the watch is its own. Threads: main, but the watch.
#ifndef EINLASS_APP_LIFESIGN_H
#define EINLASS_APP_LIFESIGN_H

#include "app/notify.h"
#include "base/watch.h"

enum { LIFESIGN_STATUS_SIZE = 160, LIFESIGN_PER_WATCHDOG = 4, LIFESIGN_REST_MS = 180000 };

struct lifesign;
void lifesign_open(struct notify *notify, struct lifesign **out);
struct watch *lifesign_watch(struct lifesign *lifesign);
// Each turn of the main loop. `is_shown`: there is a picture on the screen; `status`: one short line, English.
void lifesign_step(struct lifesign *lifesign, bool is_shown, const char *status, int64_t mono_ms);
// No turn for a while, at most LIFESIGN_REST_MS: what is shown is closed, to be opened again, or for good; or a large
// event is installed. The next turn ends it.
void lifesign_rest(struct lifesign *lifesign, bool is_for_good);
void lifesign_close(struct lifesign *lifesign); // NULL is fine

#endif
