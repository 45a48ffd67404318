// audit_event_sqlite.h -- the part of an audit that compares each event's rows with the document the office signed.
#ifndef EINLASS_RECORD_AUDIT_EVENT_SQLITE_H
#define EINLASS_RECORD_AUDIT_EVENT_SQLITE_H

#include "record/db_sqlite.h"

#include <stdio.h>

// Writes a line per difference and counts it. A failure: the database can't be read.
enum status audit_events(struct db *db, FILE *out, uint32_t *difference_count) MUST_CHECK;

#endif
