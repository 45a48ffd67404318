// trouble.h -- why the kiosk can't begin at all, and what people do meanwhile. For the one page that is shown then:
// whoever switched it on sees no log. German, to be translated. Pure.
#ifndef EINLASS_MODEL_TROUBLE_H
#define EINLASS_MODEL_TROUBLE_H

#define TROUBLE_LIST(X)                                                                                                \
    X(NONE, "none")                                                                                                    \
    X(DISK_FULL, "disk_full")                                                                                          \
    X(READ_ONLY, "read_only")                                                                                          \
    X(DAMAGED, "damaged")                                                                                              \
    X(SETTINGS, "settings")                                                                                            \
    X(EVENT_FILE, "event_file")                                                                                        \
    X(UNFIT, "unfit") /* what is stored or set can't be used as it is: a newer version's data, a list that isn't */    \
    X(UNKNOWN, "unknown")

enum trouble {
#define X(name, word) TROUBLE_##name,
    TROUBLE_LIST(X)
#undef X
};
const char *trouble_word(enum trouble trouble); // for logs

struct trouble_words {
    const char *line, *remedy;
};
const struct trouble_words *trouble_words_of(enum trouble trouble);

#endif
