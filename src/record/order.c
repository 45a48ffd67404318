#include "record/order.h"

#include <string.h>

static void put_u64(uint8_t out[8], uint64_t number)
{
    for (int i = 0; i < 8; i++) out[i] = (uint8_t)(number >> (56 - 8 * i));
}

struct order order_of(int64_t hlc, const uint8_t log[LOG_ID_BYTES], uint64_t seq)
{
    struct order order;

    put_u64(order.bytes, (uint64_t)hlc);
    memcpy(order.bytes + 8, log, LOG_ID_BYTES);
    put_u64(order.bytes + 8 + LOG_ID_BYTES, seq);
    return order;
}

uint64_t order_seq(const struct order *order)
{
    uint64_t seq = 0;

    for (int i = 0; i < 8; i++) seq = seq << 8 | order->bytes[8 + LOG_ID_BYTES + i];
    return seq;
}

bool order_is_of(const struct order *order, const uint8_t log[LOG_ID_BYTES])
{
    return memcmp(order->bytes + 8, log, LOG_ID_BYTES) == 0;
}

bool order_is_after(const struct order *order, const struct order *other)
{
    return memcmp(order->bytes, other->bytes, ORDER_BYTES) > 0;
}

static int64_t next_of(int64_t hlc)
{
    return hlc < RECORD_MOST_HLC ? hlc + 1 : RECORD_MOST_HLC;
}

int64_t order_hlc(const struct record *record, int64_t previous)
{
    return record->hlc != 0 ? record->hlc : order_next_hlc(record->unix_ms, previous);
}

int64_t order_next_hlc(int64_t unix_ms, int64_t newest)
{
    int64_t next = next_of(newest);

    if (unix_ms <= next) return next;
    return unix_ms < RECORD_MOST_HLC ? unix_ms : RECORD_MOST_HLC;
}
