// doorbell.h -- the one thing a thread sleeps on.
// Every channel into a thread (mailbox, queue) rings its doorbell. Rings are remembered: one that
// comes while the thread works makes the next wait return at once. Several rings count as one.
// Threads: ring and close from any; wait from the owner. Never fails.
#ifndef EINLASS_BASE_DOORBELL_H
#define EINLASS_BASE_DOORBELL_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct doorbell {
    pthread_mutex_t lock;
    pthread_cond_t rung;
    bool has_rung;
    bool is_closed;
};

enum { DOORBELL_FOREVER = -1 };

void doorbell_init(struct doorbell *bell);
void doorbell_destroy(struct doorbell *bell);
void doorbell_ring(struct doorbell *bell);
void doorbell_close(struct doorbell *bell); // every wait returns false from now on

// Sleeps until rung, closed, or `timeout_ms` have passed (0 = look only, DOORBELL_FOREVER = no limit).
// False when closed: the thread leaves its loop.
bool doorbell_wait(struct doorbell *bell, int64_t timeout_ms);
bool doorbell_listen(struct doorbell *bell, int64_t timeout_ms, bool *rung_out); // the same; was it rung?

#endif
