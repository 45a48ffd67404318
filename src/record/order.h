// order.h -- the order of what happened, the same at every kiosk, at a hub and at the office: by (hlc, log, seq).
// Values; pure; any thread.
#ifndef EINLASS_RECORD_ORDER_H
#define EINLASS_RECORD_ORDER_H

#include "record/record.h"

enum { ORDER_BYTES = 8 + LOG_ID_BYTES + 8 };

// Big-endian, so that databases compare it byte by byte (SQLite's BLOB, PostgreSQL's bytea), as memcmp does.
struct order {
    uint8_t bytes[ORDER_BYTES];
};
// Of it log and seq: which record it is, whenever it was.
#define ORDER_IDENTITY(order) ((order)->bytes + 8)
enum { ORDER_IDENTITY_BYTES = ORDER_BYTES - 8 };

struct order order_of(int64_t hlc, const uint8_t log[LOG_ID_BYTES], uint64_t seq);
uint64_t order_seq(const struct order *order);
bool order_is_of(const struct order *order, const uint8_t log[LOG_ID_BYTES]);
bool order_is_after(const struct order *order, const struct order *other);

// Where a record stands: its own hlc, or (written before 0.2) max(unix_ms, that of its log's record before + 1).
// `previous`: of the log's record before; 0: there is none.
int64_t order_hlc(const struct record *record, int64_t previous);
// Of a new record at `unix_ms`, later than `newest`, the highest hlc known here. A hlc of the far future (a kiosk's
// wrong clock, or a hostile one) doesn't stop anybody from writing: it stays at RECORD_MOST_HLC, and seq decides.
int64_t order_next_hlc(int64_t unix_ms, int64_t newest);

#endif
