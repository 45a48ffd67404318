// audit_foreign_sqlite.h -- the part of an audit that goes through what other kiosks wrote.
#ifndef EINLASS_RECORD_AUDIT_FOREIGN_SQLITE_H
#define EINLASS_RECORD_AUDIT_FOREIGN_SQLITE_H

#include "record/audit_recount_sqlite.h"

// Adds their lines to the recount; writes a line per difference and counts it. Whether a line is what its kiosk wrote
// is known to the office, which has its log's chain.
enum status audit_foreign(struct db *db, struct recount *recount, FILE *out, uint32_t *difference_count) MUST_CHECK;

#endif
