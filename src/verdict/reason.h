// reason.h -- how a scan can end. The words are the field's (pretix's API names them so), then ours; they are
// what records carry, so they never change. Pure; any thread.
#ifndef EINLASS_VERDICT_REASON_H
#define EINLASS_VERDICT_REASON_H

#include "base/status.h"

#define REASON_LIST(X)                                                                                                 \
    X(OK, "ok")                                                                                                        \
    X(INVALID, "invalid")                                                                                              \
    X(UNPAID, "unpaid")                                                                                                \
    X(BLOCKED, "blocked")                                                                                              \
    X(CANCELED, "canceled")                                                                                            \
    X(REVOKED, "revoked")                                                                                              \
    X(INVALID_TIME, "invalid_time")                                                                                    \
    X(PRODUCT, "product")                                                                                              \
    X(RULES, "rules")                                                                                                  \
    X(ALREADY_REDEEMED, "already_redeemed")                                                                            \
    X(AMBIGUOUS, "ambiguous")                                                                                          \
    X(ERROR, "error")                                                                                                  \
    X(WRONG_EVENT, "wrong_event")                                                                                      \
    X(FULL, "full")                                                                                                    \
    X(EXHAUSTED, "exhausted")

enum reason {
#define X(name, word) REASON_##name,
    REASON_LIST(X)
#undef X
};

const char *reason_word(enum reason reason);
enum status reason_of_word(const char *word, enum reason *out) MUST_CHECK;

#endif
