// press.h -- publishes events on a thread of its own ("press"), with connections of its own: a roster of 100,000 takes
// seconds, and no kiosk waits for them. Ownership: open() hands it to you; the server is borrowed between start() and
// close(). Threads: ask() and is_done() from the server's. Failure of open: as book.h and inbox.h.
#ifndef EINLASS_SERVICE_PRESS_H
#define EINLASS_SERVICE_PRESS_H

#include "office/publish.h"

struct http_server;

struct press;
enum status press_open(const char *book, const char *database, struct clock *clock, struct press **out) MUST_CHECK;
void press_start(struct press *press, struct http_server *server);
void press_stop(struct press *press); // before the server is closed; NULL is fine
void press_close(struct press *press);

// The event as it is in the book from now on. Asked again while it is under way, it is published once more.
// LATER: PRESS_MOST_EVENTS others are under way.
enum { PRESS_MOST_EVENTS = 16 };
enum status press_ask(struct press *press, uint32_t event) MUST_CHECK;
// Whether nothing is left of what was asked for that event; then how it ended the last time (MISSING: it was never
// asked). The server is rung when that changes.
bool press_is_done(struct press *press, uint32_t event, enum status *status_out, struct publication *out);

#endif
