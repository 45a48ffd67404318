// lossy.h -- a bad line between kiosks and an office: TLS ends here on both sides, and what goes through is lost, said
// twice at once, overtaken by what comes behind it, cut in the middle, and now and then the office is struck dead over
// it. What happens to a call is decided by the seed alone; a thread of its own, one call at a time.
// It asks the office not to wait for news ("wait=25" becomes "wait=00"), so that one thread can play all kiosks.
#ifndef EINLASS_TESTS_SUPPORT_LOSSY_H
#define EINLASS_TESTS_SUPPORT_LOSSY_H

#include "support/identity.h"

#include <stdbool.h>

struct lossy_config {
    const struct identity *identity; // that kiosks see
    uint16_t to_port;                // the office, on this machine
    uint64_t seed;
    int lost_percent;            // of requests, and of answers
    int struck_percent;          // of requests; some µs after each of these, or after its answer:
    void (*strike)(void *owner); // kills the office. From the line's thread
    void *owner;
};

struct lossy_counts { // so far
    unsigned calls, lost_requests, lost_answers, doubled, overtaken, cut_requests, cut_answers, struck;
};

struct lossy;
struct lossy *lossy_open(const struct lossy_config *config);
uint16_t lossy_port(const struct lossy *lossy);
void lossy_be_calm(
    struct lossy *lossy); // from now on nothing goes wrong; what was held back arrives with the next call
struct lossy_counts lossy_counts(struct lossy *lossy);
void lossy_close(struct lossy *lossy); // NULL is fine

#endif
