#include "bench/scan/engine.h"

#ifdef BENCH_HAS_ZXING

#include "base/mem.h"
#include "bench/scan/zxing_shim.h"

#include <stdlib.h>

static void take(void *context, const char *bytes, size_t length)
{
    answers_add(context, bytes, length);
}

static void zxing_attempt(struct engine *self, const struct frame *frame, struct answers *out)
{
    (void)self;
    out->count = 0;
    out->hint = HINT_NONE;
    out->is_exhausted = true;
    zxing_shim_read(frame->pixels, frame->width_px, frame->height_px, take, out);
}

static void zxing_close(struct engine *self)
{
    free(self);
}

struct engine *engine_zxing_open(void)
{
    static const struct engine_ops ops = {.attempt = zxing_attempt, .close = zxing_close};
    struct engine *engine = mem_zero(sizeof *engine);

    *engine = (struct engine){"zxing", &ops, true};
    return engine;
}

#else

struct engine *engine_zxing_open(void)
{
    return NULL;
}

#endif
