// counter.h -- an office to test at: an inbox over either database, with devices. Tests that run for both are listed
// twice: COUNTER_TESTS(test) in the array, and the names of the databases behind them.
#ifndef EINLASS_TESTS_OFFICE_COUNTER_H
#define EINLASS_TESTS_OFFICE_COUNTER_H

#include "support/check.h"

#include "fakes/clock_hand.h"
#include "office/inbox_count.h"
#include "support/folder.h"
#include "support/scribe.h"

#define COUNTER_UNIX_MS INT64_C(1795341152123) // 2026-11-22

struct counter {
    struct folder folder;
    char where[256]; // of the database
    bool is_postgresql;
    struct clock_hand hand;
    struct inbox *inbox;
};

// cmocka's set-up and tear-down; the test finds the counter in *state. Skipped where there is no PostgreSQL.
int counter_open_sqlite(void **state);
int counter_open_disk(void **state); // SQLite, for measuring
int counter_open_postgresql(void **state);
int counter_close(void **state);
int counter_end(void **state); // of the group: ends the server

#define COUNTER_TESTS(test)                                                                                            \
    cmocka_unit_test_setup_teardown(test, counter_open_sqlite, counter_close),                                         \
    {                                                                                                                  \
#test " (PostgreSQL)", test, counter_open_postgresql, counter_close, NULL                                      \
    }

void counter_reopen(struct counter *counter);  // as after a restart of the office
void counter_restart(struct counter *counter); // PostgreSQL only: the server ends and begins; SQLite: reopened
struct device counter_pair(struct counter *counter, const char *name, uint32_t event,
                           const struct scribe *scribe); // a device that was paired
enum inbox_answer counter_append(struct counter *counter, const struct device *device, const char *bytes, size_t length,
                                 struct wire_place *place, uint64_t *new_count);
void counter_tell(struct scribe *scribe, const struct record *record); // one more line of its log
// A batch of a scribe's.
enum inbox_answer counter_send(struct counter *counter, const struct device *device, const struct scribe *scribe,
                               uint64_t first, size_t count, struct wire_place *place);

#endif
