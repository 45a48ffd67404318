// report.h -- what the office knows, as text, CSV or JSON: headcount, attendance, conflicts, walk-ins.
// Names come from the event file that was published. CSV as FORMATS says: UTF-8 with BOM, `;`, every field quoted,
// nothing that a spreadsheet would run. Text is in German; JSON has stable keys. Control characters and bidi marks
// never leave as they are. Threads: one at a time. Failure: MISSING no such event was published; else as db.h. Writing
// stops at the first error of `out`: LATER.
#ifndef EINLASS_OFFICE_REPORT_H
#define EINLASS_OFFICE_REPORT_H

#include "office/conflict.h"

#include <stdio.h>

enum report_kind { REPORT_HEADCOUNT, REPORT_ATTENDANCE, REPORT_CONFLICTS, REPORT_WALK_INS };
enum report_format { REPORT_TEXT, REPORT_CSV, REPORT_JSON };

enum status report_kind_of_word(const char *word, enum report_kind *out) MUST_CHECK;
enum status report_format_of_word(const char *word, enum report_format *out) MUST_CHECK;
enum status report_write(struct inbox *inbox, uint32_t event, enum report_kind kind, enum report_format format,
                         FILE *out) MUST_CHECK;

// "Ticket von Lena Hoffmann um 10:02 an Tor Nord und um 10:05 an Tor Süd; beide waren ohne Netz". In the event's zone.
enum { CONFLICT_WORDS_SIZE = 768 };
enum status report_conflict_words(const struct event *event, const struct conflict *conflict, const char *name,
                                  bool is_german, char out[CONFLICT_WORDS_SIZE]) MUST_CHECK;

#endif
