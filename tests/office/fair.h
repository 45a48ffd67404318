// fair.h -- a day at the "Messe" (diary.h) that reports are written of: two gates, one guest at both, two walk-ins, a
// stranger; and what reports say of it.
#ifndef EINLASS_TESTS_OFFICE_FAIR_H
#define EINLASS_TESTS_OFFICE_FAIR_H

#include "office/diary.h"
#include "office/report.h"

#include <jansson.h>

struct fair {
    struct inbox *inbox;
    struct diary *north, *south;
};

void fair_open(struct counter *counter, struct fair *out);
void fair_close(struct fair *fair);

json_t *fair_rows(struct inbox *inbox, enum report_kind kind); // of the report as JSON; json_decref()
const char *fair_text(const json_t *rows, size_t row, const char *key);
int64_t fair_number(const json_t *rows, size_t row, const char *key); // -1: null
void fair_expect(struct inbox *inbox, enum report_kind kind, enum report_format format, const char *part);

// What of a COUNTER_TESTS list is the same for both databases.
#define SQLITE_TEST(test) cmocka_unit_test_setup_teardown(test, counter_open_sqlite, counter_close)

#endif
