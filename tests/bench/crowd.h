// crowd.h -- many at one server: phones that watch, connections that say nothing, and requests that are nonsense.
// A process of its own, as they would be other machines; it comes from addresses of 127.0.0.0/8, some from each.
// Ownership: crowd_begin() forks (so: before any thread starts); crowd_end() waits for it.
#ifndef EINLASS_TESTS_BENCH_CROWD_H
#define EINLASS_TESTS_BENCH_CROWD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    CROWD_PHONES = 200,
    CROWD_SILENT = 500,
    CROWD_NONSENSE_PER_S = 1000,
    CROWD_MOST_ENTRIES = 4096,
    CROWD_MOST_MS = 20000,
    CROWD_HEADER_SIZE = 256,
};

struct crowd { // shared by both processes
    atomic_bool is_wanted, is_over;
    atomic_int phones, silent; // connected now
    // When the n-th person was inside (bench_now_ns); [0] unused.
    _Atomic int64_t entered_ns[CROWD_MOST_ENTRIES];
    atomic_uint updates[CROWD_MOST_MS + 1]; // how many reached a phone after so many ms; the last: later, or never
    atomic_uint sent, answered;             // nonsense
    uint16_t port;
    char cookie[CROWD_HEADER_SIZE]; // as a header line
    int process;
};

struct crowd *crowd_begin(void); // NULL: this is the crowd's process, and it is over: exit
void crowd_come(struct crowd *crowd);
void crowd_go(struct crowd *crowd);                                                      // until all are gone
double crowd_percentile(const struct crowd *crowd, double percent, uint64_t *count_out); // ms
void crowd_end(struct crowd *crowd);

#endif
