// delivery.h -- what sync hands to the desk, which alone writes the database, and what the desk answers.
// Values through queues; what they point at goes over to the reader, who frees it with delivery_free().
#ifndef EINLASS_SYNC_DELIVERY_H
#define EINLASS_SYNC_DELIVERY_H

#include "sync/feed.h"
#include "sync/pairing.h"

enum delivery_kind {
    DELIVERY_RECORDS, // a feed page's records (at most DELIVERY_MOST_LINES) with their cursor, in one transaction
    DELIVERY_EVENT,   // an event file of the office: installed, and (the event that is served) used from now on
    DELIVERY_CLOCK,   // the office's time: a `clock` record, and kept to if our own clock isn't trusted
    DELIVERY_FORK,    // the office has other records from `seq` on: begin a new log
};
// sync waits for the receipts of RECORDS, EVENT and FORK; of others none is needed.
enum { DELIVERY_MOST_LINES = 64 };

struct delivery {
    enum delivery_kind kind;
    uint64_t serial; // of sync; comes back in the receipt
    struct feed_page *page;
    size_t first, count; // RECORDS: of the page's items
    char cursor[STORE_CURSOR_SIZE];
    uint8_t *bytes; // EVENT
    size_t length;
    uint8_t signature[TICKET_SIGNATURE_BYTES], root_key[ROOT_KEY_BYTES];
    uint64_t seq;                             // FORK
    int64_t unix_ms, boot_ms, uncertainty_ms; // CLOCK: it was unix_ms when our boot clock said boot_ms
};
void delivery_free(struct delivery *delivery); // what it points at

struct receipt {
    uint64_t serial;
    enum delivery_kind kind;
    enum status status; // OK: it is on disk. LATER: try again. INVALID: never (EVENT: `flaw` says why)
    uint32_t event;     // EVENT
    bool is_older;      // EVENT: a newer version is here already
    struct event_flaw flaw;
};

#endif
