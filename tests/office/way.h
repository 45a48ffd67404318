// way.h -- kiosks with random logs, and a way to an office that loses 15 % of calls and of answers, doubles, delays and
// cuts them, and kills the office (away.h) at any moment. The seed decides; all of it fails the test if it must.
#ifndef EINLASS_TESTS_OFFICE_WAY_H
#define EINLASS_TESTS_OFFICE_WAY_H

#include "office/away.h"

#include "support/studio/dice.h"

enum { WAY_MOST_KIOSKS = 50, WAY_DELAYED = 8, WAY_LINE_SIZE = 320 };

struct way_kiosk {
    uint8_t log[LOG_ID_BYTES];
    struct device_key key;
    char (*lines)[WAY_LINE_SIZE];
    uint8_t (*hash)[CHAIN_HASH_BYTES]; // [seq]
    uint64_t last, next, acked;        // next 0: to be asked
};

struct way {
    struct dice dice;
    struct away office;
    struct way_kiosk kiosks[WAY_MOST_KIOSKS];
    size_t count, most; // lines of a batch
    struct {
        char *bytes;
        size_t length;
    } delayed[WAY_DELAYED];
    uint64_t lost, killed;
};

void way_open(struct way *way, uint64_t seed, size_t kiosks, uint64_t records); // of each
void way_send_all(struct way *way, const char *where);                          // to an office with that database
void way_close(struct way *way);

#endif
