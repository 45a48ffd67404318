// status.h -- what a caller can do about a failure.
// Words for people are logged once, where they are known; a status only says which remedy exists.
// An answer is not a failure: "already inside" is a verdict (verdict/decide.h), never a status.
#ifndef EINLASS_BASE_STATUS_H
#define EINLASS_BASE_STATUS_H

#define STATUS_LIST(X)                                                                                                 \
    X(OK, "ok")                                                                                                        \
    X(INVALID, "the input can never be accepted")                                                                      \
    X(MISSING, "no such thing")                                                                                        \
    X(LATER, "not now; the same call may succeed later")                                                               \
    X(GONE, "the device or peer went away; open it again")                                                             \
    X(CORRUPT, "stored data is damaged; stop and tell a person")

enum status {
#define X(name, words) STATUS_##name,
    STATUS_LIST(X)
#undef X
};

#define MUST_CHECK __attribute__((warn_unused_result))

const char *status_words(enum status status); // English, static storage

#endif
