// gates.h -- an event day with real parts: kiosks (database, sync, somebody at the desk), the office as a process, and
// a bad line between them (support/lossy.h). Also what must be true afterwards.
#ifndef EINLASS_TESTS_SERVICE_GATES_H
#define EINLASS_TESTS_SERVICE_GATES_H

#include "office/counter.h"

#include "service/premises.h"
#include "support/lossy.h"
#include "support/studio/dice.h"
#include "sync/booth.h"

enum { GATES_MOST = 8, GATES_GUESTS = 200, GATES_MOST_DEEDS = 4000 };

struct gates_deed { // an entry
    uint64_t seq;
    uint16_t list;
    uint32_t person; // 0: a walk-in, who stands for themselves
    bool is_annulled;
};

struct gates {
    const struct counter *counter; // where the office's records are
    struct dice dice;
    struct door house; // the event
    struct premises office;
    struct identity *identity;
    struct lossy *line;
    size_t count;
    struct booth kiosks[GATES_MOST];
    struct device devices[GATES_MOST];
    size_t left[GATES_MOST], walk_ins[GATES_MOST]; // records still to be written; who was registered there
    struct gates_deed deeds[GATES_MOST][GATES_MOST_DEEDS];
    size_t deed_count[GATES_MOST];
};

// Paired kiosks with `records` to write each; the office runs.
void gates_open(struct gates *gates, const struct counter *counter, uint64_t seed, size_t kiosks, size_t records);
void gates_close(struct gates *gates);
void gates_write(struct gates *gates, size_t kiosk); // some records, as its desk would
bool gates_know_all(const struct gates *gates);      // each kiosk has as many foreign lines as the others wrote for it
// While the office lies dead: it has all that it called durable.
void gates_check_promises(struct gates *gates);
// In the end, the office dead: logs, blobs and feeds are the same everywhere, and so are the numbers.
void gates_compare(struct gates *gates);

#endif
