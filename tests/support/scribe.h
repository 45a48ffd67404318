// scribe.h -- a device that writes a log in memory, and batches of it as they travel. Made from a small number, so
// that two runs agree.
#ifndef EINLASS_TESTS_SUPPORT_SCRIBE_H
#define EINLASS_TESTS_SUPPORT_SCRIBE_H

#include "record/device_key.h"
#include "sync/wire.h"

enum { SCRIBE_MOST_LINES = 1200, SCRIBE_LINE_SIZE = 256, SCRIBE_BATCH_SIZE = WIRE_HEADER_SIZE + OUTBOX_MOST_BYTES };

struct scribe {
    struct device_key key;
    uint8_t log[LOG_ID_BYTES];
    uint64_t last; // seq
    char lines[SCRIBE_MOST_LINES][SCRIBE_LINE_SIZE];
    uint8_t hash[SCRIBE_MOST_LINES + 1][CHAIN_HASH_BYTES]; // [seq]
};

struct scribe *scribe_open(uint8_t number); // free()
void scribe_write(struct scribe *scribe, size_t count);
struct wire_header scribe_header(const struct scribe *scribe, uint64_t first, size_t count); // signed
size_t scribe_lines(const struct scribe *scribe, uint64_t first, size_t count, char *out);
size_t scribe_batch(const struct scribe *scribe, uint64_t first, size_t count, char out[SCRIBE_BATCH_SIZE]);

#endif
