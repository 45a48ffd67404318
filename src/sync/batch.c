#include "sync/batch.h"

#include "base/text.h"

#include <string.h>

enum status batch_write(const struct batch_maker *maker, const struct outbox_batch *batch, char out[BATCH_SIZE],
                        size_t *length_out)
{
    struct wire_header header = {
        .first = batch->first, .count = batch->count, .clock = maker->clock->ops->state(maker->clock)};
    char line[WIRE_HEADER_SIZE];
    enum status status;
    size_t length;

    memcpy(header.log, batch->log, LOG_ID_BYTES);
    memcpy(header.prev, batch->prev, CHAIN_HASH_BYTES);
    memcpy(header.head, batch->head, CHAIN_HASH_BYTES);
    text_make_showable(header.gate, sizeof header.gate, maker->gate, strlen(maker->gate));
    wire_sign(maker->key, &header);
    if ((status = wire_write_header(&header, line)) != STATUS_OK) return status;
    length = strlen(line);
    memcpy(out, line, length);
    memcpy(out + length, batch->lines, batch->length);
    *length_out = length + batch->length;
    return STATUS_OK;
}
