// conflict.h -- somebody was let in once too often, because kiosks did not know of each other. Value; made by the
// inbox. Of each ticket (lists of mode hand_out: of each person) on each list of mode once, hand_out or in_out, take
// the entries that stand (not annulled), in the order of (hlc, log, seq). The first is the admission. On once and
// hand_out each further one is a conflict; on in_out only one that comes while the ticket is inside already (by that
// order) through an entry which its kiosk did not know of: who goes out at one gate and in at another is no conflict,
// however long the two were apart. Its kind:
//   forced      staff let them in all the same, and said why
//   ignored     its kiosk knew of an earlier one (`seen`, or the same log), and admitted without being forced: a bug
//   concurrent  neither knew of the other: at least one was without news from the office
// roll_call has none: a second scan is friendly there.
#ifndef EINLASS_OFFICE_CONFLICT_H
#define EINLASS_OFFICE_CONFLICT_H

#include "office/inbox.h"

#define CONFLICT_KIND_LIST(X)                                                                                          \
    X(CONCURRENT, "concurrent")                                                                                        \
    X(IGNORED, "ignored")                                                                                              \
    X(FORCED, "forced")

enum conflict_kind {
#define X(name, word) CONFLICT_KIND_##name,
    CONFLICT_KIND_LIST(X)
#undef X
};
const char *conflict_kind_word(enum conflict_kind kind);

struct conflict_entry {
    uint8_t log[LOG_ID_BYTES];
    uint64_t seq, ticket;
    char gate[GATE_SIZE];
    int64_t unix_ms;        // corrected from the nearest anchor of its boot
    int64_t uncertainty_ms; // either way; < 0: unknown, the clock was never right
    char why[RECORD_WHY_SIZE];
};

struct conflict {
    enum conflict_kind kind;
    uint32_t event, person;
    uint16_t list;
    struct conflict_entry first, further; // the admission, and the one too many
};
typedef enum status conflict_visitor(void *owner, const struct conflict *conflict);
// By the time of `further`, newest first; `most` of them after `skip`. total_out: of all.
enum status inbox_conflicts(struct inbox *inbox, uint32_t event, size_t skip, size_t most, uint64_t *total_out,
                            conflict_visitor *visit, void *owner) MUST_CHECK;

#endif
