// memo.h -- what the service keeps for itself in the records' database: how kiosks reach it, the boards' tokens.
// So `einlass kiosk pair` works while the office runs elsewhere, and a printed board link stays good after a restart.
// Threads: one at a time. Failure: as db.h; MISSING: nothing of that name is kept.
#ifndef EINLASS_SERVICE_MEMO_H
#define EINLASS_SERVICE_MEMO_H

#include "office/inbox.h"

enum status memo_prepare(struct inbox *inbox) MUST_CHECK; // makes its table
enum status memo_read(struct inbox *inbox, const char *name, char *out, size_t out_size) MUST_CHECK;
enum status memo_write(struct inbox *inbox, const char *name, const char *value) MUST_CHECK;
// Only where nothing of that name is kept yet; what is kept stays.
enum status memo_write_first(struct inbox *inbox, const char *name, const char *value) MUST_CHECK;

#endif
