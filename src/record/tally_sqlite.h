// tally_sqlite.h -- what the files of a kiosk's tally share; everyone else sees record/tally.h.
//   tally_sqlite.c        the lists
//   tally_kiosk_sqlite.c  the kiosks
#ifndef EINLASS_RECORD_TALLY_SQLITE_H
#define EINLASS_RECORD_TALLY_SQLITE_H

#include "record/store_people_sqlite.h"
#include "record/tally.h"

enum tally_question {
    TALLY_CHANGES,
    TALLY_VERSION,
    TALLY_ARRIVALS,
    TALLY_LAST,
    TALLY_OTHERS,
    TALLY_OWN,
    TALLY_QUESTIONS
};

struct tally_source {
    struct store_sqlite store; // half opened, to read
    struct sqlite3_stmt *asks[TALLY_QUESTIONS];
    struct clock *clock;
    char gate[GATE_SIZE]; // this kiosk's, as far as it was found
    // Whom lists expect, of one version of one event: it is the roster's alone.
    uint32_t event, version;
    bool is_counted[EVENT_MAX_LISTS];
    struct census expected[EVENT_MAX_LISTS];
    struct tally draft;
};

// A row, or why there is none: MISSING, or a failure. Reset it after use.
enum status tally_ask(struct tally_source *source, enum tally_question name) MUST_CHECK;
enum status tally_read_kiosks(struct tally_source *source, struct tally *out) MUST_CHECK;

#endif
