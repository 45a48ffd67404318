// office.h -- an office in memory behind a server that can lie: it keeps one kiosk's log as an office must, and for the
// calls that a test names it answers otherwise.
#ifndef EINLASS_TESTS_SYNC_OFFICE_H
#define EINLASS_TESTS_SYNC_OFFICE_H

#include "support/liar.h"
#include "sync/wire.h"

enum { OFFICE_MOST_LINES = 24000, OFFICE_MOST_LIES = 8, OFFICE_MOST_SIZES = 64 };

struct lie { // for the next `times` calls of `method` whose path holds `part`
    const char *method, *part;
    int times;
    struct liar_reply reply;
    const char *text;
    bool is_after; // the call does its work, only its answer is this
};

struct office {
    struct identity *identity;
    struct liar *liar;
    uint8_t device_key[DEVICE_KEY_BYTES];
    uint8_t log[LOG_ID_BYTES]; // the newest one seen
    uint64_t next;
    uint8_t hash[OFFICE_MOST_LINES + 1][CHAIN_HASH_BYTES];
    char *lines[OFFICE_MOST_LINES + 1]; // [seq]
    bool is_not_durable;
    int64_t now_ms;
    const char *token, *code;
    uint32_t event; // that a paired kiosk is to serve
    uint8_t root_key[ROOT_KEY_BYTES];
    size_t blob_count, call_count, batch_count, feed_count;
    size_t sizes[OFFICE_MOST_SIZES]; // lines in each batch
    char last_feed[512], last_name[64];
    char feed[64 * 1024 * 4]; // the feed's next page as JSON; "" = an empty one, where the asking kiosk is
    uint8_t *event_file;
    size_t event_length;
    char event_etag[32];
    struct lie lies[OFFICE_MOST_LIES];
    size_t lie_count;
};

struct office *office_open(void);
void office_close(struct office *office);
void office_lie(struct office *office, const struct lie *lie);
struct pairing office_pairing(const struct office *office);
void office_forget(struct office *office, uint64_t next); // put back from a backup: it has only what is before
void office_replace(struct office *office, uint64_t from, uint64_t to); // other records under these numbers

#endif
