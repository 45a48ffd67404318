// outbox.h -- scanned codes on their way to the desk: each once, none lost.
// One for all scanners: whichever reads it, it is the same ticket. What is put in again within quiet_ms is dropped.
// While the desk's queue is full, codes wait here in their order: the scanner that read one has long forgotten it.
// Storage embedded in another struct. One thread. Memory: taken at init.
#ifndef EINLASS_SCANNER_OUTBOX_H
#define EINLASS_SCANNER_OUTBOX_H

#include "base/queue.h"
#include "code/debounce.h"

enum { OUTBOX_MOST_WAITING = 32 }; // more than two hands bring in 10 s

struct outbox {
    struct debounce debounce;
    struct queue waiting; // of struct code
    struct code offered;  // the oldest, if has_offered
    bool has_offered;
    bool is_refused;    // the desk's queue was full, and some wait still
    struct queue *desk; // of struct code; not owned
};

void outbox_init(struct outbox *outbox, int64_t quiet_ms, struct queue *desk);
void outbox_destroy(struct outbox *outbox);

// A code that was scanned from `began_ms` until code->mono_ms. Slow scanners type for seconds, so a second sending is
// measured from its beginning to the end of the first. LATER: too many wait, it is dropped and has to be scanned again.
enum status outbox_put(struct outbox *outbox, struct code *code, int64_t began_ms) MUST_CHECK;
bool outbox_empty(struct outbox *outbox); // gives the desk what it takes; false: some wait on

#endif
