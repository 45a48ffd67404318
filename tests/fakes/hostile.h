// hostile.h -- what the decoder of fakes/hostile_main.c does with a picture: its first pixel says it.
// The program is a reading process as the real one is (same loop, same cage), in which a picture has taken over.
#ifndef EINLASS_TESTS_FAKES_HOSTILE_H
#define EINLASS_TESTS_FAKES_HOSTILE_H

// The text it reads from an honest picture. Of a call it tried: "refused" (EPERM), or what came of it.
#define HOSTILE_FINE "fine"
#define HOSTILE_REFUSED "refused"

#define HOSTILE_ACTS(X)                                                                                                \
    X(READ)                                                                                                            \
    /* crashes */                                                                                                      \
    X(WRITE_NULL)                                                                                                      \
    X(ABORT)                                                                                                           \
    X(EXIT)                                                                                                            \
    X(OVERFLOW_STACK)                                                                                                  \
    X(EAT_MEMORY)                                                                                                      \
    /* hangs */                                                                                                        \
    X(SPIN)                                                                                                            \
    X(ANSWER_LATE)                                                                                                     \
    X(CHATTER)                                                                                                         \
    X(CLOSE_SOCKET)                                                                                                    \
    X(SLEEP)                                                                                                           \
    /* lies */                                                                                                         \
    X(COUNT_TOO_MANY)                                                                                                  \
    X(COUNT_HUGE)                                                                                                      \
    X(LENGTH_TOO_LONG)                                                                                                 \
    X(CORNER_NAN)                                                                                                      \
    X(CORNER_FAR)                                                                                                      \
    X(HINT_UNKNOWN)                                                                                                    \
    X(EXHAUSTED_TWO)                                                                                                   \
    X(NUMBER_WRONG)                                                                                                    \
    X(SEND_EMPTY)                                                                                                      \
    X(ANSWER_TWICE)                                                                                                    \
    /* calls that are refused */                                                                                       \
    X(OPEN_FILE)                                                                                                       \
    X(MAKE_FILE)                                                                                                       \
    X(REMOVE_FILE)                                                                                                     \
    X(MAKE_MEMORY_FILE)                                                                                                \
    X(DUPLICATE)                                                                                                       \
    X(SEND_DESCRIPTOR)                                                                                                 \
    X(MAP_CODE)                                                                                                        \
    X(MAKE_RUNNABLE)                                                                                                   \
    X(MAP_SOCKET)                                                                                                      \
    X(RAISE_LIMIT)                                                                                                     \
    X(MAKE_DUMPABLE)                                                                                                   \
    X(READ_OTHER_DESCRIPTOR)                                                                                           \
    X(SIGNAL_THREAD)                                                                                                   \
    /* calls that end it */                                                                                            \
    X(OPEN_SOCKET)                                                                                                     \
    X(CONNECT)                                                                                                         \
    X(FORK)                                                                                                            \
    X(EXECUTE)                                                                                                         \
    X(TRACE_PARENT)                                                                                                    \
    X(KILL_PARENT)                                                                                                     \
    X(READ_PARENT)                                                                                                     \
    /* others */                                                                                                       \
    X(WORK) /* HOSTILE_WORK_MS of a core, then as READ */                                                              \
    X(LEAK)                                                                                                            \
    X(TELL_DESCRIPTORS)                                                                                                \
    X(TELL_ENVIRONMENT)                                                                                                \
    X(TELL_PID)

enum hostile_act {
#define X(name) HOSTILE_##name,
    HOSTILE_ACTS(X)
#undef X
        HOSTILE_COUNT
};

enum {
    HOSTILE_LEAK_BYTES = 1 << 20,
    HOSTILE_WORK_MS = 20,
    HOSTILE_PATH_AT = 8,
    HOSTILE_PATH_SIZE = 256
}; // path: in the pixels from there on

#endif
