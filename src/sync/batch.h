// batch.h -- a batch as it travels, from what the outbox read: header, signature, lines (wire.h). Pure; any thread.
#ifndef EINLASS_SYNC_BATCH_H
#define EINLASS_SYNC_BATCH_H

#include "base/clock.h"
#include "record/device_key.h"
#include "sync/wire.h"

enum { BATCH_SIZE = WIRE_HEADER_SIZE + OUTBOX_MOST_BYTES };

struct batch_maker { // who signs, and where they stand
    const struct device_key *key;
    const char *gate;
    struct clock *clock;
};

enum status batch_write(const struct batch_maker *maker, const struct outbox_batch *batch, char out[BATCH_SIZE],
                        size_t *length_out) MUST_CHECK;

#endif
