// engine_ours.c -- the kiosk's reader. Its clock jumps to each frame's time, so that what it remembers grows old as
// between frames of a camera; then it counts this thread's CPU time, so that other programs don't eat its budget.
#include "bench/scan/engine.h"

#include "base/mem.h"
#include "bench/scan/trial.h"
#include "code/reader.h"

#include <assert.h>
#include <stdlib.h>

enum { BUDGET_MS = 200 }; // as app/ sets it

struct ours {
    struct engine engine;
    struct clock clock;
    int64_t frame_ms;
    double begun_cpu_ms;
    struct reader *reader;
    struct reading reading;
};

static struct ours *of_clock(struct clock *clock)
{
    return (struct ours *)((char *)clock - offsetof(struct ours, clock));
}

static int64_t ours_mono_ms(struct clock *self)
{
    const struct ours *ours = of_clock(self);

    return ours->frame_ms + (int64_t)(trial_cpu_ms() - ours->begun_cpu_ms);
}

static int64_t ours_unix_ms(struct clock *self)
{
    (void)self;
    return clock_system()->ops->unix_ms(clock_system());
}

static enum clock_state ours_state(struct clock *self)
{
    (void)self;
    return CLOCK_STATE_NTP;
}

static void ours_attempt(struct engine *self, const struct frame *frame, struct answers *out)
{
    struct ours *ours = (struct ours *)self;
    struct reading *reading = &ours->reading;

    ours->frame_ms = frame->mono_ms;
    ours->begun_cpu_ms = trial_cpu_ms();
    ours->reader->ops->read(ours->reader, frame, reading);
    out->count = 0;
    for (size_t i = 0; i < reading->count; i++) answers_add(out, reading->codes[i].text, reading->codes[i].length);
    out->is_exhausted = reading->is_exhausted;
    out->hint = reading->hint;
}

static void ours_close(struct engine *self)
{
    struct ours *ours = (struct ours *)self;

    reader_close(ours->reader);
    free(ours);
}

struct engine *engine_ours_open(void)
{
    static const struct clock_ops clock_ops = {
        .mono_ms = ours_mono_ms, .boot_ms = ours_mono_ms, .unix_ms = ours_unix_ms, .state = ours_state};
    static const struct engine_ops ops = {.attempt = ours_attempt, .close = ours_close};
    struct ours *ours = mem_zero(sizeof *ours);
    struct reader_config config = {.clock = &ours->clock, .budget_ms = BUDGET_MS};

    ours->engine = (struct engine){"ours", &ops, false};
    ours->clock.ops = &clock_ops;
    enum status status = reader_local_open(&config, &ours->reader);
    assert(status == STATUS_OK);
    return &ours->engine;
}
