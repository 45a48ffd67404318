// shaper.h -- a slow line between two programs on this machine: so many bits a second each way, and so many ms on the
// way. One line for all connections through it; bytes wait their turn, and its memory is bounded as a router's is.
#ifndef EINLASS_TESTS_SUPPORT_SHAPER_H
#define EINLASS_TESTS_SUPPORT_SHAPER_H

#include <stdint.h>

struct shaper_config {
    uint16_t to_port;        // on this machine
    int64_t bits_per_second; // each way
    int64_t way_ms;          // one way
};

struct shaper;
struct shaper *shaper_open(const struct shaper_config *config);
uint16_t shaper_port(const struct shaper *shaper);
uint64_t shaper_bytes(struct shaper *shaper); // both ways, so far
void shaper_close(struct shaper *shaper);

#endif
