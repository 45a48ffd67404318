// record.h -- one thing that happened at this kiosk: the value behind a line of the log. Pure.
#ifndef EINLASS_RECORD_RECORD_H
#define EINLASS_RECORD_RECORD_H

#include "record/chain.h"

#include "base/clock.h"
#include "code/code.h"
#include "verdict/guest.h"
#include "verdict/reason.h"

#define RECORD_KIND_LIST(X)                                                                                            \
    X(ENTRY, "entry")                                                                                                  \
    X(EXIT, "exit")                                                                                                    \
    X(REFUSED, "refused")                                                                                              \
    X(ANNUL, "annul")                                                                                                  \
    X(WALK_IN, "walk_in")                                                                                              \
    X(ROUND, "round")                                                                                                  \
    X(COUNT_CHECK, "count_check")                                                                                      \
    X(BOOT, "boot")                                                                                                    \
    X(CLOCK, "clock")                                                                                                  \
    X(EVENT_VERSION, "event_version")                                                                                  \
    X(PURGE, "purge")                                                                                                  \
    X(STOCK, "stock")

enum record_kind {
#define X(name, word) RECORD_KIND_##name,
    RECORD_KIND_LIST(X)
#undef X
};

enum {
    RECORD_CODE_HASH_SIZE = 9,
    RECORD_LINE_SIZE = 2048,
    RECORD_WHY_SIZE = 128,
    RECORD_STOP_SIZE = 64,
    RECORD_MOST_SEEN = 24,
};
#define RECORD_MOST_HLC ((INT64_C(1) << 53) - 1) // and seq of `seen`: exact in JSON's numbers, wherever they are read

// How far another kiosk's log was known here. `log`: the first 4 bytes of its id, as a big-endian number.
struct seen {
    uint32_t log;
    uint64_t seq;
};
uint32_t record_seen_log(const uint8_t log[LOG_ID_BYTES]);

struct record {
    enum record_kind kind;
    uint32_t event;
    uint16_t list;
    char gate[GATE_SIZE];
    bool has_ticket;
    uint64_t ticket;
    uint32_t person;                       // 0 = unknown
    enum reason reason;                    // entry, exit, refused
    enum code_via via;                     // entry, exit, refused
    char code_hash[RECORD_CODE_HASH_SIZE]; // refused foreign codes: 8 hex digits of its SHA-256, else ""
    bool is_forced;
    char why[RECORD_WHY_SIZE]; // forced entries, always; exits by hand and annuls, where a reason was given; else ""
    uint64_t annuls;           // seq, annul; of this log, or where annuls_other_log of another one
    bool annuls_other_log;
    uint8_t annulled_log[LOG_ID_BYTES];
    uint32_t round;              // round: 1, 2, 3 … of the list
    char stop[RECORD_STOP_SIZE]; // round: where the tour stands; may be ""
    int32_t stock;               // stock: things that came to this station (negative: taken away)
    uint8_t class_id, group;     // walk_in
    uint8_t blob_hash[32];       // walk_in: see walk_in.h
    uint32_t version;            // event_version
    uint32_t boot;               // counts the kiosk program's starts
    int64_t boot_ms, unix_ms;
    enum clock_state clock;
    // Filled in by the store: callers leave them zero.
    // A hybrid logical clock: the wall clock's ms, but always later than every record known here, own or other kiosks'.
    // So the order of what happened at several kiosks is everywhere the same, and never against cause and effect.
    int64_t hlc; // 1 … RECORD_MOST_HLC; 0: written by a version before 0.2, see order.h
    // The other logs of which more was known than this log's records before it said. What doesn't fit stands in the
    // next ones.
    size_t seen_count;
    struct seen seen[RECORD_MOST_SEEN];
    int64_t uncertainty_ms; // clock: of unix_ms, either way
};

// One line of JSON without the newline (FORMATS: record log); stored and sent byte for byte. Written once, here.
// Keys in this order, each only where its kind has it:
//   seq kind   event (all but boot, clock)   list gate (all but those, event_version, purge)
//   ticket (entry, exit, walk_in; refused and annul if known) person (with those kinds, if known)
//   reason via (entry, exit, refused)   code (refused foreign codes)   forced (forced entries)
//   why (forced entries; exit and annul, if given)   annuls (annul)   of (annul of another log's: 32 hex digits) round
//   stop (round)   stock (stock) class group blob (walk_in; blob is 64 hex digits)   version (event_version)
//   uncertainty_ms (clock) boot boot_ms unix_ms clock   hlc (but 0)   seen {"9f3a01c2": 880} (if there is any)
// INVALID: does not fit RECORD_LINE_SIZE, or (parse) is no such line. parse reads what write wrote; unknown keys are
// ignored.
enum status record_write_line(const struct record *record, uint64_t seq, char out[RECORD_LINE_SIZE]) MUST_CHECK;
enum status record_parse_line(const char *line, size_t length, struct record *out, uint64_t *seq_out) MUST_CHECK;

#endif
