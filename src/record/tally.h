// tally.h -- an event in numbers, for the headcount board: nothing in it is about one person. Value (about 30 kB).
// Made by a kiosk from its database (all records it knows, its own and other kiosks'), by the office from all it has.
#ifndef EINLASS_RECORD_TALLY_H
#define EINLASS_RECORD_TALLY_H

#include "record/event.h"
#include "record/headcount.h"

enum { TALLY_MOST_KIOSKS = 64, TALLY_BUCKETS = 96, TALLY_BUCKET_MS = 5 * 60 * 1000 };

struct tally_part { // persons of one class, group or list
    uint32_t inside, expected;
};

struct tally_kiosk {      // a gate: of several logs that name the same one, the newest counts
    char gate[GATE_SIZE]; // this kiosk's may be "": nothing has happened at it yet
    bool is_this;
    int64_t heard_unix_ms; // its newest record known here, or (office) its last call; 0: never
    uint32_t waiting;      // records it has that are not at the office; who syncs `is_this` knows, and fills it in
};

struct tally {
    uint32_t event, version;
    int64_t made_unix_ms;
    char name[LANGUAGE_COUNT][EVENT_NAME_SIZE];
    char zone[EVENT_ZONE_SIZE];
    size_t list_count, class_count, group_count, kiosk_count;
    struct {
        uint16_t id;
        enum list_mode mode;
        char name[LIST_NAME_SIZE];
        struct headcount headcount;
        int64_t last_unix_ms; // of the last check-in; 0: none yet
        // Entries that stand in each five minutes; [0] begins at `arrivals_from_ms`.
        uint16_t arrivals[TALLY_BUCKETS];
        struct tally_part classes[EVENT_MAX_LABELS], groups[EVENT_MAX_LABELS]; // in the order of the labels
    } lists[EVENT_MAX_LISTS];
    int64_t arrivals_from_ms; // unix; the last TALLY_BUCKETS * TALLY_BUCKET_MS, or since the first check-in
    uint16_t list;            // a kiosk: the one it serves; the office: the event's first
    struct {
        uint8_t id;
        char name[LANGUAGE_COUNT][64];
    } classes[EVENT_MAX_LABELS], groups[EVENT_MAX_LABELS];
    struct tally_kiosk kiosks[TALLY_MOST_KIOSKS];
};

#define TALLY_LIST_KEY "list" // setting of the store (store.h: remember) that names the list that is served

// A kiosk's, over a read-only connection of its own (see outbox.h); may take as long as the roster is, the first time.
struct tally_source;
enum status tally_sqlite_open(const char *database_path, struct clock *clock, struct tally_source **out) MUST_CHECK;
enum status tally_read(struct tally_source *source, const struct event *event, struct tally *out) MUST_CHECK;
// Changes whenever anything was written: what has not changed need not be read again.
enum status tally_stamp(struct tally_source *source, uint64_t *out) MUST_CHECK;
void tally_close(struct tally_source *source); // NULL is fine

#endif
