// inbox_parts.h -- what the inbox's files (inbox_*.c, conflict_read.c, clerk.c) share; for no one else.
#ifndef EINLASS_OFFICE_INBOX_PARTS_H
#define EINLASS_OFFICE_INBOX_PARTS_H

#include "office/inbox_count.h"
#include "office/ledger.h"
#include "office/sums.h"

struct inbox_line { // of a batch that is being taken in; text borrowed
    int64_t n;      // its number here
    uint64_t seq;
    const char *text;
    size_t length;
    uint8_t hash[CHAIN_HASH_BYTES]; // the chain's, after it
    bool is_read;                   // what it means is in `records`
    int64_t hlc;                    // its place in the order (record/order.h)
};

enum { INBOX_MOST_VALUES = 13 * OUTBOX_MOST_LINES };

// What is counted of one event, made when it is first asked for (inbox_ledger.c).
struct inbox_shelf {
    uint32_t event; // 0: empty
    int64_t newest; // number up to which the ledger knows
    uint32_t turn;  // of judging
    uint64_t used;  // which was used last
    struct ledger *ledger;
    struct sums *sums;
    size_t list_count;
    struct inbox_shelf_list {
        uint16_t id;
        enum list_mode mode;
    } lists[EVENT_MAX_LISTS];
    struct roster *roster; // of the event file of this digest
    uint8_t digest[EVENT_DIGEST_BYTES];
};

// Wrong passwords of one name or one peer.
enum { INBOX_MOST_TRIES = 256, INBOX_TRIES_KEY_BYTES = 16 };
struct inbox_tries {
    uint8_t key[INBOX_TRIES_KEY_BYTES]; // a hash
    int count;
    int64_t last_mono_ms;
};

struct inbox {
    struct office_db *db;
    struct clock *clock;
    int64_t guesses_since_ms; // wrong pairing codes are counted by the minute
    int guess_count;
    // Of the batch under way.
    struct wire_header header;
    struct inbox_line lines[OUTBOX_MOST_LINES];
    struct record records[OUTBOX_MOST_LINES];
    size_t line_count;
    struct db_value values[INBOX_MOST_VALUES];
    struct inbox_shelf shelves[INBOX_MOST_COUNTED];
    uint64_t shelf_uses;
    struct inbox_tries tries[INBOX_MOST_TRIES];
};

struct inbox_log_row { // of table log
    int64_t id;        // 0: not here
    uint64_t next;
    int64_t hlc;
    uint8_t head[CHAIN_HASH_BYTES], device_key[DEVICE_KEY_BYTES];
};

int64_t inbox_now(const struct inbox *inbox); // unix ms
// Begins to write: from here to the end() of inbox->db nobody else writes. newest_out: the newest number; may be NULL.
enum status inbox_change(struct inbox *inbox, int64_t *newest_out) MUST_CHECK;
enum status inbox_end(struct inbox *inbox, enum status status) MUST_CHECK;
enum status inbox_number(struct inbox *inbox, int64_t newest) MUST_CHECK; // that is the newest from now on
// The next id of a table, within a change. `sql`: SELECT MAX(id) FROM it.
enum status inbox_next_id(struct inbox *inbox, const char *sql, int64_t *out) MUST_CHECK;

enum status inbox_find_log(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES],
                           struct inbox_log_row *out) MUST_CHECK; // id 0: not here
enum status inbox_write_cursor(struct inbox *inbox, int64_t n, char out[STORE_CURSOR_SIZE]) MUST_CHECK;
// Outside of a change. What is known already, or comes too often, is not kept.
enum status inbox_raise(struct inbox *inbox, const struct inbox_alarm *alarm, const void *request,
                        size_t length) MUST_CHECK;

// Within a change: stores what inbox->lines of a log mean. hlc: the order of the log's last record before, and after.
enum status inbox_project(struct inbox *inbox, int64_t log, int64_t *hlc) MUST_CHECK;

// Up to date. The shelf is the inbox's; another event's may take its place later.
enum status inbox_shelf(struct inbox *inbox, uint32_t event, struct inbox_shelf **out) MUST_CHECK;
void inbox_clear_shelves(struct inbox *inbox);

// Of one record: what it says, and whose it is. MISSING: not here, or it makes no sense.
enum status inbox_read_record(struct inbox *inbox, int64_t n, struct record *out) MUST_CHECK;

#endif
