// audit_recount_sqlite.h -- the part of an audit that recounts the log into temporary tables, by other means than the
// kiosk's projections use, and compares. Between open and close the connection is inside one transaction.
#ifndef EINLASS_RECORD_AUDIT_RECOUNT_SQLITE_H
#define EINLASS_RECORD_AUDIT_RECOUNT_SQLITE_H

#include "record/db_sqlite.h"
#include "record/record.h"

#include <stdio.h>

struct recount;

enum status recount_open(struct db *db, struct recount **out) MUST_CHECK;
enum status recount_add(struct recount *recount, const struct record *record, uint64_t seq) MUST_CHECK;
// After the whole log was added, and the events compared (audit_events): writes a line per difference and counts it.
enum status recount_compare(struct recount *recount, FILE *out, uint32_t *difference_count) MUST_CHECK;
void recount_close(struct recount *recount); // NULL is fine

#endif
