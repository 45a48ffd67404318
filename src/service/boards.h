// boards.h -- the office's headcount boards: one for each event, numbers of all kiosks. A board begins to be counted
// when somebody looks at it, and stops a minute after the last one left. It is counted on a thread of its own
// ("boards"), over a database connection of its own: at once after a batch arrived; what other programs wrote is
// seen within half a second. So a long count holds up no kiosk. The published events are counted at the start, before
// anybody asks, and others when somebody does; what was counted answers also the clerk's pages (boards_borrow).
// Ownership: open() hands it to you; the server is borrowed between start() and close(). Threads: open, start, close
// from the assembling one; ring() and the handlers (parts.h) on the server's. Failure: as db.h.
#ifndef EINLASS_SERVICE_BOARDS_H
#define EINLASS_SERVICE_BOARDS_H

#include "board/board.h"
#include "office/inbox_count.h"

enum { BOARDS_MOST = 16 }; // events that are looked at since the start

struct boards;
enum status boards_open(const char *database, struct clock *clock, struct boards **out) MUST_CHECK;
void boards_start(struct boards *boards, struct http_server *server);
void boards_stop(struct boards *boards); // before the server is closed
void boards_ring(struct boards *boards); // a batch was stored
void boards_close(struct boards *boards);

// The inbox that counts, for a question about an event that was counted: until boards_give_back(), which comes before
// the handler ends. NULL: not now, it is being counted; the server is rung when it is worth asking again.
struct inbox *boards_borrow(struct boards *boards, uint32_t event);
void boards_give_back(struct boards *boards);

// The event's board token, kept from one start to the next; made at the first call. `inbox` is the caller's.
enum status boards_token(struct inbox *inbox, uint32_t event, char out[BOARD_TOKEN_SIZE]) MUST_CHECK;
// Whether a cookie was given for that event's token.
bool boards_knows(struct inbox *inbox, uint32_t event, const char *cookie);

#endif
