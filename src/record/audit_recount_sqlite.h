// audit_recount_sqlite.h -- the part of an audit that recounts all logs into temporary tables, by other means than the
// kiosk's projections use, and compares. Between open and close the connection is inside one transaction.
#ifndef EINLASS_RECORD_AUDIT_RECOUNT_SQLITE_H
#define EINLASS_RECORD_AUDIT_RECOUNT_SQLITE_H

#include "record/store_sqlite.h"

#include <stdio.h>

struct recount;

// `log`: this database's own.
enum status recount_open(struct db *db, const uint8_t log[LOG_ID_BYTES], struct recount **out) MUST_CHECK;
enum status recount_add(struct recount *recount, const struct happening *happening) MUST_CHECK;
// After all lines were added, and the events compared (audit_events): writes a line per difference and counts it.
enum status recount_compare(struct recount *recount, FILE *out, uint32_t *difference_count) MUST_CHECK;
// record_words(at) and record_identity(log, seq) for the comparisons; `log` is borrowed by the connection.
enum status recount_add_functions(struct db *db, const uint8_t *log) MUST_CHECK;
// What walk-ins said is what was registered; inside recount_compare().
enum status recount_check_blobs(struct db *db, FILE *out, uint32_t *difference_count) MUST_CHECK;
void recount_close(struct recount *recount); // NULL is fine

#endif
