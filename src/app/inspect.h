// inspect.h -- fills the ready check: looks at the database, the camera's vitals, scanners, clock and disk (worker).
// Looks at start, once more INSPECT_SETTLE_MS later, and then whenever its bell rings (the screen rings it while the
// ready check is open). The log is recounted (audit.h) at a ring, at most every INSPECT_PROOF_MS, over a connection of
// this thread's own that only reads. The thread is nicer than all others (INSPECT_NICE), so that no scan waits for a
// core; not SCHED_IDLE, as it shares the allocator's locks with those that must not wait. Ownership: open() hands you
// the worker and borrows all else. Threads: start/close from the assembling one; the bell from any; the step from its
// own (or a test). A step takes milliseconds, or as long as the recount (some seconds for 100,000 records), which
// closing cuts short.
#ifndef EINLASS_APP_INSPECT_H
#define EINLASS_APP_INSPECT_H

#include "base/clock.h"
#include "base/mailbox.h"
#include "base/status.h"

enum {
    INSPECT_PROOF_MS = 10 * 60 * 1000,
    INSPECT_SETTLE_MS = 5000, // until the camera's first vitals
    INSPECT_STALE_MS = 6000,  // vitals older than this: no pictures arrive
    INSPECT_NICE = 10,
};

struct live;
struct inspect_config {
    struct clock *clock;
    struct watch *watch;  // base/watch.h; NULL: nobody looks
    const char *database; // path
    const char *printers; // where CUPS keeps people's default printer: /etc/cups/lpoptions
    const char *update;   // what the machine's updater tells (update_file.h); "": there is none
    const char *wifi;     // of the kiosk's own Wi-Fi (wifi_file.h); "": it has none
    uint32_t event;
    struct live *live;         // whose link phones get; NULL: none
    struct mailbox *vitals;    // of struct camera_vitals
    struct mailbox *scanners;  // of struct present
    struct mailbox *readiness; // of struct readiness: what it fills
};

struct inspect;
enum status inspect_open(const struct inspect_config *config, struct inspect **out) MUST_CHECK;
struct doorbell *inspect_bell(struct inspect *inspect);
int64_t inspect_step(void *inspect, int64_t mono_ms); // a worker_step
void inspect_start(struct inspect *inspect);
void inspect_close(struct inspect *inspect); // stops first; NULL is fine

#endif
