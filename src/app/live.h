// live.h -- this kiosk's headcount page: counts over a connection of its own that only reads, and serves (worker).
// Looks every LIVE_LOOK_MS whether anything was written, and counts then, at most every LIVE_COUNT_MS; so a phone knows
// within a second. The thread is nicer than all others (LIVE_NICE): no scan waits for it. A port that is taken is tried
// again every LIVE_PORT_MS.
// Ownership: open() hands you the worker and borrows the clock. Threads: open/start/close from the assembling one;
// live_link() from any; the step from its own (or a test). A step takes as long as counting does: milliseconds, with
// 100,000 guests some hundred. Failure: LATER the database can't be read; INVALID its secret or its address is none.
// The log says which.
#ifndef EINLASS_APP_LIVE_H
#define EINLASS_APP_LIVE_H

#include "base/clock.h"
#include "base/status.h"
#include "board/board.h"

struct sync;

enum {
    LIVE_LOOK_MS = 200,
    LIVE_COUNT_MS = 350,
    LIVE_EVENT_MS = 5000, // how late a new version of the event is seen
    LIVE_PORT_MS = 5000,
    LIVE_PATH_SIZE = 512,
    LIVE_NICE = 10,
};

struct live_config {
    struct clock *clock;
    struct watch *watch;                                   // base/watch.h; NULL: nobody looks
    char database[LIVE_PATH_SIZE], secret[LIVE_PATH_SIZE]; // paths
    char address[64];                                      // in figures; "": every one of this machine
    uint16_t port;                                         // 0: any
    uint32_t event;
    uint16_t list; // that is served, unless staff choose another
    bool is_list_fixed;
    char gate[GATE_SIZE];
    struct sync *sync; // says how many records wait; NULL: nothing leaves this kiosk
};

struct live;
enum status live_open(const struct live_config *config, struct live **out) MUST_CHECK;
// For phones, with the token. "": this machine is in no network, or the port is taken.
void live_link(const struct live *live, char out[BOARD_LINK_SIZE]);
int64_t live_step(void *live, int64_t mono_ms); // a worker_step
void live_start(struct live *live);
void live_close(struct live *live); // stops first; NULL is fine

#endif
