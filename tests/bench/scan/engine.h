// engine.h -- something that reads QR codes out of frames, to be compared with others (port).
// Ownership: open() hands you the engine; close() it. Threads: one. Never fails: a frame without a code has no answers.
// An attempt is what one camera frame gets. For the same picture again (equal digests) it may try other ways, until it
// says is_exhausted.
#ifndef EINLASS_TESTS_BENCH_SCAN_ENGINE_H
#define EINLASS_TESTS_BENCH_SCAN_ENGINE_H

#include "code/code.h"
#include "code/hint.h"
#include "frame/frame.h"

#include <stdbool.h>

enum { ANSWERS_MOST = 8 }; // in one frame; further ones are left out

struct answer {
    size_t length;
    char text[CODE_MAX_BYTES];
};

struct answers {
    size_t count;
    struct answer answers[ANSWERS_MOST];
    bool is_exhausted;
    enum hint hint; // ours only: why nothing is read
};

struct engine {
    const char *name;
    const struct engine_ops *ops;
    bool is_peer; // neither ours nor the yardstick: not asked about hostile pictures
};
struct engine_ops {
    void (*attempt)(struct engine *self, const struct frame *frame, struct answers *out);
    void (*close)(struct engine *self); // frees self
};

static inline void engine_close(struct engine *engine)
{
    if (engine) engine->ops->close(engine);
}

static inline void answers_add(struct answers *answers, const char *text, size_t length)
{
    if (answers->count == ANSWERS_MOST || length > CODE_MAX_BYTES) return;
    struct answer *answer = &answers->answers[answers->count++];
    answer->length = length;
    for (size_t i = 0; i < length; i++) answer->text[i] = text[i];
}

typedef struct engine *engine_opener(void);

struct engine *engine_ours_open(void); // reader_local: front end and zbar in this process
struct engine *engine_zbar_open(void); // plain: the whole frame, QR only, binary, every line (density 1)

// Where this machine has them; NULL: it doesn't.
struct engine *engine_zxing_open(void); // ZXing-C++, as thorough as it can be told to be
struct engine *engine_quirc_open(void);

#endif
