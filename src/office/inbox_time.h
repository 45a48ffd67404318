// inbox_time.h -- the time of a record as the office knows it.
#ifndef EINLASS_OFFICE_INBOX_TIME_H
#define EINLASS_OFFICE_INBOX_TIME_H

#include "office/inbox.h"

struct inbox_time {
    int64_t unix_ms;
    int64_t uncertainty_ms; // either way; < 0: unknown, the clock was never right
};
enum status inbox_correct(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], const struct record *record,
                          struct inbox_time *out) MUST_CHECK;

// The same for many records: all anchors that are here, read once. inbox_anchors_free(): NULL is fine.
struct inbox_anchors;
enum status inbox_anchors_read(struct inbox *inbox, struct inbox_anchors **out) MUST_CHECK;
void inbox_anchors_correct(const struct inbox_anchors *anchors, const uint8_t log[LOG_ID_BYTES],
                           const struct record *record, struct inbox_time *out);
void inbox_anchors_free(struct inbox_anchors *anchors);

#endif
