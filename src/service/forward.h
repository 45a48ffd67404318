// forward.h -- a hub's way to the real office: all that came here goes on, log for log, in the very batches and with
// the signatures it came with, and walk-ins' data with them; the office's events come back and are published here.
// Promise: nothing is dropped on any answer; what the office has is asked of it, not remembered, so that one that was
// put back from a backup is filled again. A log the office can't take (a fork, a broken chain) is left alone for a
// while, and the others go on.
// Ownership: open() borrows the config's texts and clock until close(). Threads: one of its own, "forward", with a
// database connection of its own; steps from it (or a test). A step makes at most one call to the office.
// Failure of open: as inbox.h. Without a pairing it waits for one: the file is looked at again and again.
#ifndef EINLASS_SERVICE_FORWARD_H
#define EINLASS_SERVICE_FORWARD_H

#include "base/clock.h"
#include "base/status.h"

struct uplink;
struct pairing;
struct forward_config {
    const char *database; // the hub's
    const char *pairing;  // path of the hub's pairing with the office (sync/pairing.h)
    struct clock *clock;
    // How the office is called; NULL: uplink_curl_open. Tests have one that lies.
    enum status (*open_uplink)(void *owner, const struct pairing *pairing, struct uplink **out);
    void *owner;
};

struct forward;
enum status forward_open(const struct forward_config *config, struct forward **out) MUST_CHECK;
void forward_start(struct forward *forward);
int64_t forward_step(void *forward, int64_t mono_ms); // a worker_step
void forward_close(struct forward *forward);          // ends a call under way; NULL is fine

#endif
