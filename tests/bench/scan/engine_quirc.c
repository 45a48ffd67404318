// engine_quirc.c -- quirc, where it is installed (Debian 12 has no package). As its manual reads codes: begin, copy the
// picture, end, extract and decode each.
#include "bench/scan/engine.h"

#ifdef BENCH_HAS_QUIRC

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include <quirc.h>

struct quirc_engine {
    struct engine engine;
    struct quirc *quirc;
    int width_px, height_px;
    struct quirc_code code;
    struct quirc_data decoded;
};

static void quirc_attempt(struct engine *self, const struct frame *frame, struct answers *out)
{
    struct quirc_engine *engine = (struct quirc_engine *)self;

    out->count = 0;
    out->hint = HINT_NONE;
    out->is_exhausted = true;
    if (engine->width_px != frame->width_px || engine->height_px != frame->height_px) {
        if (quirc_resize(engine->quirc, frame->width_px, frame->height_px) != 0) return;
        engine->width_px = frame->width_px;
        engine->height_px = frame->height_px;
    }
    memcpy(quirc_begin(engine->quirc, NULL, NULL), frame->pixels, (size_t)frame->width_px * (size_t)frame->height_px);
    quirc_end(engine->quirc);
    for (int i = 0; i < quirc_count(engine->quirc); i++) {
        quirc_extract(engine->quirc, i, &engine->code);
        if (quirc_decode(&engine->code, &engine->decoded) == QUIRC_SUCCESS)
            answers_add(out, (const char *)engine->decoded.payload, (size_t)engine->decoded.payload_len);
    }
}

static void quirc_close(struct engine *self)
{
    quirc_destroy(((struct quirc_engine *)self)->quirc);
    free(self);
}

struct engine *engine_quirc_open(void)
{
    static const struct engine_ops ops = {.attempt = quirc_attempt, .close = quirc_close};
    struct quirc_engine *engine = mem_zero(sizeof *engine);

    engine->engine = (struct engine){"quirc", &ops, true};
    engine->quirc = quirc_new();
    if (engine->quirc) return &engine->engine;
    free(engine);
    return NULL;
}

#else

struct engine *engine_quirc_open(void)
{
    return NULL;
}

#endif
