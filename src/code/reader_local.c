// reader_local.c -- frame to codes in this process: what policy.h says, by looks and classic passes.
#include "code/reader.h"

#include "base/mem.h"
#include "symbol/brighten.h"
#include "symbol/decoder.h"
#include "symbol/fallback.h"
#include "symbol/gate.h"
#include "symbol/look.h"
#include "symbol/patch.h"
#include "code/policy.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

// Of a symbol that is seen but not read. Modules of 1.5 px are read if all else is well; from 20 px on a ticket fills
// the height of the picture and is too near for most cameras to be sharp. A phone at its darkest has 20 grey values.
#define HINT_LEAST_MODULE_PX 2.0f
#define HINT_MOST_SIDE 0.62f // of the picture's height
#define HINT_LEAST_CONTRAST 24.0f
enum {
    HINT_REASONS_MS = 400, // so dear a look is taken as seldom as hint_hold.h allows
    HINT_PAUSE_MS = 200,   // who comes after a pause needs no reason at once
};

_Static_assert((int)SYMBOL_MAX_BYTES <= (int)CODE_MAX_BYTES, "every text fits");

struct local_reader {
    struct reader reader;
    struct clock *clock;
    int budget_ms;
    struct policy policy;
    struct decoder *decoder;
    struct look *look;
    struct look_result result;
    struct fallback_room *fallback_room;
    struct gate *gate;
    struct decoding decoding;
    int64_t frame_ms;   // of the last frame
    int64_t reasons_ms; // of the frame in which they were looked for last, or of the first one after a pause
    struct frame bright;
    struct patch_room patch_room;
    float areas[READER_MAX_CODES]; // of the codes found, as parts of the picture; falling
};

// What this thread had of a core.
static int64_t cpu_us(void)
{
    struct timespec had = {0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &had);
    return (int64_t)had.tv_sec * 1000000 + had.tv_nsec / 1000;
}

static int64_t now_ms(const struct local_reader *local)
{
    return local->clock->ops->mono_ms(local->clock);
}

// By size, the largest first.
static void keep(struct local_reader *local, const struct symbol *symbol, const struct frame *frame,
                 struct reading *out)
{
    struct sighting sighting = {.mono_ms = frame->mono_ms};
    size_t at = out->count;

    for (int i = 0; i < 4; i++) {
        sighting.x[i] = symbol->x_px[i] / (float)frame->width_px;
        sighting.y[i] = symbol->y_px[i] / (float)frame->height_px;
    }
    float area = sighting_area(&sighting);
    while (at > 0 && local->areas[at - 1] < area) at--;
    if (at == READER_MAX_CODES) return;
    if (out->count < READER_MAX_CODES) out->count++;
    for (size_t i = out->count - 1; i > at; i--) {
        local->areas[i] = local->areas[i - 1];
        out->codes[i] = out->codes[i - 1];
        out->sightings[i] = out->sightings[i - 1];
    }
    local->areas[at] = area;
    out->sightings[at] = sighting;
    struct code *code = &out->codes[at];
    code->via = CODE_VIA_CAMERA;
    code->mono_ms = frame->mono_ms;
    code->length = symbol->length;
    memcpy(code->text, symbol->text, symbol->length);
}

// Shows it to the decoder. The time that takes is learned.
static bool show(struct local_reader *local, const struct frame *frame, const struct fallback_order *order,
                 struct fallback_picture *out)
{
    int64_t began_us = cpu_us();

    local->decoding.count = 0;
    if (!fallback_make(local->fallback_room, frame, order, out) || !gate_lets_through(local->gate, &out->picture))
        return false;
    local->decoder->ops->decode(local->decoder, &out->picture, &local->decoding);
    policy_note_pace(&local->policy, out->picture.width_px * out->picture.height_px, cpu_us() - began_us,
                     now_ms(local));
    return true;
}

static void pass(struct local_reader *local, const struct frame *frame, const struct fallback_order *chosen,
                 struct reading *out)
{
    struct fallback_picture shown;
    int64_t began_ms = now_ms(local);

    out->has_passed = show(local, frame, chosen, &shown);
    for (size_t i = 0; i < local->decoding.count; i++) {
        struct symbol *symbol = &local->decoding.symbols[i];
        for (int k = 0; k < 4; k++) {
            symbol->x_px[k] = shown.left_px + symbol->x_px[k] * shown.scale;
            symbol->y_px[k] = shown.top_px + symbol->y_px[k] * shown.scale;
        }
        keep(local, symbol, frame, out);
    }
    policy_note_pass(&local->policy, chosen, began_ms, now_ms(local), local->decoding.count > 0);
}

// What the look says about why nothing was read. The first that holds is what helps the most.
static enum hint find_hint(const struct look_result *result, const struct policy_look *look, const struct frame *frame)
{
    const struct trace *trace = &result->trace;

    if (result->is_flat && look->region < 0) return HINT_COVERED;
    if (!trace->is_there) return HINT_NONE;
    if (trace->is_cut || trace->side_px > HINT_MOST_SIDE * (float)frame->height_px) return HINT_FARTHER;
    if (trace->module_px < HINT_LEAST_MODULE_PX) return HINT_NEARER;
    if (trace->contrast < HINT_LEAST_CONTRAST) return HINT_BRIGHTER;
    return HINT_NONE;
}

static void look(struct local_reader *local, const struct frame *frame, const struct policy_look *chosen,
                 int64_t began_ms, struct reading *out)
{
    look_at(local->look, frame, chosen->level, &chosen->part, &local->result);
    for (size_t i = 0; i < local->result.read.count; i++) keep(local, &local->result.read.symbols[i], frame, out);
    policy_note_look(&local->policy, frame, chosen, &local->result, began_ms);
    out->hint = find_hint(&local->result, chosen, frame);
}

// A display may be too dark for all other looks: this one reads it, or tells that it is there.
static void look_at_dark(struct local_reader *local, const struct frame *frame, struct reading *out)
{
    struct look_result *result = &local->result;
    struct frame *bright = &local->bright;

    brighten_half(frame, bright);
    struct box whole = box_of_frame(bright);
    look_at(local->look, bright, LOOK_FULL, &whole, result);
    for (size_t i = 0; i < result->read.count; i++) keep(local, &result->read.symbols[i], bright, out);
    if (result->trace.is_there && result->trace.contrast < BRIGHTEN_GAIN * HINT_LEAST_CONTRAST)
        out->hint = HINT_BRIGHTER;
}

// Where nothing was seen, now and then: is it too dark, or too far away?
static void look_for_reasons(struct local_reader *local, const struct frame *frame, struct reading *out)
{
    struct grey_picture picture = {frame->pixels, frame->width_px, frame->height_px, frame->width_px};

    if (frame->mono_ms - local->reasons_ms < HINT_REASONS_MS) return;
    local->reasons_ms = frame->mono_ms;
    look_at_dark(local, frame, out);
    if (out->count > 0 || out->hint != HINT_NONE) return;
    if (patch_is_there(&picture, &local->patch_room)) out->hint = HINT_NEARER;
}

static void local_read(struct reader *self, const struct frame *frame, struct reading *out)
{
    struct local_reader *local = (struct local_reader *)self;
    struct policy_look chosen, again;
    struct fallback_order next;

    if (frame->mono_ms - local->frame_ms > HINT_PAUSE_MS) local->reasons_ms = frame->mono_ms;
    local->frame_ms = frame->mono_ms;
    out->count = 0;
    out->hint = HINT_NONE;
    out->has_passed = false;
    out->is_exhausted = policy_is_exhausted(&local->policy, frame);
    if (out->is_exhausted) return;
    int64_t began_ms = now_ms(local);
    bool has_look = policy_begin(&local->policy, frame, began_ms, &chosen);
    if (has_look) look(local, frame, &chosen, began_ms, out);
    if (has_look && policy_look_again(&local->policy, &chosen, &local->result, &again))
        look(local, frame, &again, began_ms, out);
    if (policy_choose_pass(&local->policy, frame, began_ms, &next)) {
        if (has_look && now_ms(local) - began_ms > local->budget_ms) policy_put_off(&local->policy, &next);
        else pass(local, frame, &next, out);
    }
    if (has_look && out->count == 0 && out->hint == HINT_NONE) look_for_reasons(local, frame, out);
    out->is_exhausted = policy_is_exhausted(&local->policy, frame);
    if (out->count > 0) out->hint = HINT_NONE;
}

static void local_rest(struct reader *self, int rest_ms)
{
    struct local_reader *local = (struct local_reader *)self;

    policy_rest(&local->policy, now_ms(local), rest_ms);
}

static void local_close(struct reader *self)
{
    struct local_reader *local = (struct local_reader *)self;

    look_close(local->look);
    decoder_close(local->decoder);
    fallback_room_close(local->fallback_room);
    gate_close(local->gate);
    free(local);
}

enum status reader_local_open(const struct reader_config *config, struct reader **out)
{
    static const struct reader_ops ops = {.read = local_read, .rest = local_rest, .close = local_close};
    struct local_reader *local = mem_zero(sizeof *local);
    enum status status;

    local->reader.ops = &ops;
    local->clock = config->clock;
    local->budget_ms = config->budget_ms;
    local->policy.pass_most_us = config->budget_ms * 1000;
    if ((status = decoder_zbar_open(&local->decoder)) != STATUS_OK) goto fail;
    if ((status = look_open(local->decoder, &local->look)) != STATUS_OK) goto fail;
    if ((status = fallback_room_open(&local->fallback_room)) != STATUS_OK) goto fail;
    if ((status = gate_open(&local->gate)) != STATUS_OK) goto fail;
    *out = &local->reader;
    return STATUS_OK;
fail:
    local_close(&local->reader);
    return status;
}
