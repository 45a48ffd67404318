// hands.h -- the hand scanners, as the settings want them: the keyboards of this machine, a layout, a serial port.
// A scanner that is missing, forbidden or misnamed never keeps the door shut: it is logged, the rest goes on.
// Ownership: open() hands you the hands; close() them before the desk whose queue they fill. Threads: as scanners.h.
#ifndef EINLASS_APP_HANDS_H
#define EINLASS_APP_HANDS_H

#include "app/settings.h"
#include "base/clock.h"
#include "base/queue.h"

struct hands_config {
    struct clock *clock;
    struct watch *watch;     // base/watch.h; NULL: nobody looks
    struct queue *codes;     // of struct code: what is read
    struct mailbox *present; // of struct present: which scanners there are
};

struct hands;
enum status hands_open(const struct settings *settings, const struct hands_config *hands_config,
                       struct hands **out) MUST_CHECK;
void hands_start(struct hands *hands);
void hands_close(struct hands *hands); // stops first; NULL is fine

#endif
