// scanners.h -- the thread that reads codes from hand scanners: keyboards that type, and a serial port (worker).
// Finds keyboards as they come and go, decides which are scanners (typist.h), makes lines of their keys and of the
// serial port's bytes, judges them (scanned.h) and gives each code to the desk once: scanners that send twice count
// once. A code can't be shown again like one in front of the camera: while the desk's queue is full it waits here.
// The serial port is opened as soon as it is there, tried every 500 ms.
// Threads: start/stop from the assembling thread; the step from the scanner thread (or a test).
// A step blocks <= 200 ms (one poll). Never ends by itself.
#ifndef EINLASS_SCANNER_SCANNERS_H
#define EINLASS_SCANNER_SCANNERS_H

#include "base/mailbox.h"
#include "base/queue.h"
#include "base/worker.h"
#include "scanner/keyboard.h"
#include "scanner/layout.h"

struct scanners_config {
    struct clock *clock;               // monotonic as the kernel's: keys carry its time
    struct watch *watch;               // base/watch.h; NULL: nobody looks
    struct keyboard_source *source;    // NULL: no keyboards; not owned
    struct layout *layout;             // for what isn't digits; not owned
    char keyboard[KEYBOARD_PATH_SIZE]; // the setting, see keyboard_use()
    char serial[256];                  // path; "": none
    int baud;
    int64_t quiet_ms;    // the same code again is new after this long (debounce.h); at least SCANNERS_QUIET_MS counts
    struct queue *codes; // of struct code, to the desk; not owned
    struct mailbox *present; // of struct present; not owned; NULL: nobody wants to know which there are
};

enum {
    SCANNERS_MOST_KEYBOARDS = 16,
    SCANNERS_QUIET_MS = 1500,
    SCANNERS_NICE = -10, // setpriority(2), of the thread
};

struct scanners;
enum status scanners_open(const struct scanners_config *config, struct scanners **out) MUST_CHECK;
int64_t scanners_step(void *scanners, int64_t mono_ms); // a worker_step
void scanners_start(struct scanners *scanners);
void scanners_stop(struct scanners *scanners);
void scanners_close(struct scanners *scanners); // stops first; gives the keyboards back; NULL is fine

#endif
