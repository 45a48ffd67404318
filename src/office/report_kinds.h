// report_kinds.h -- the four reports (report.h), each in its file; for report.c.
#ifndef EINLASS_OFFICE_REPORT_KINDS_H
#define EINLASS_OFFICE_REPORT_KINDS_H

#include "office/report_people.h"
#include "office/report_table.h"

// Writes the table's columns and rows.
typedef enum status report_body(struct inbox *inbox, const struct report_people *people, struct report_table *table);
report_body report_headcount, report_attendance, report_conflicts, report_walk_ins;

#endif
