// premises.h -- the office as people run it: `einlass office` in a process of its own, with a book, over TLS, on
// loopback; it may be killed at any moment and begun again. It ends with the test program, whatever ends that.
#ifndef EINLASS_TESTS_SERVICE_PREMISES_H
#define EINLASS_TESTS_SERVICE_PREMISES_H

#include "support/folder.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct premises {
    char book[128], log[128];
    const char *where; // its records: a path or an address
    uint16_t port;
    atomic_int pid; // 0: it doesn't run, as far as is known
};

void premises_open(struct premises *premises, const struct folder *folder, const char *where); // an empty book
void premises_start(struct premises *premises); // and waits until it listens. From the main thread
void premises_strike(void *premises);           // kill -9; from any thread
bool premises_stands(struct premises *premises);
void premises_end(struct premises *premises); // -9, and waits for it

#endif
