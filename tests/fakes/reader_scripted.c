#include "fakes/reader_scripted.h"

#include <string.h>

static void scripted_read(struct reader *self, const struct frame *frame, struct reading *out)
{
    struct reader_scripted *reader = (struct reader_scripted *)self;
    static const struct reading_line nothing;
    const struct reading_line *line = reader->at < reader->count ? &reader->lines[reader->at] : &nothing;

    reader->at++;
    out->is_exhausted = line->is_exhausted;
    out->hint = line->hint;
    for (out->count = 0; out->count < READER_MAX_CODES && line->texts[out->count]; out->count++) {
        struct code *code = &out->codes[out->count];
        code->via = CODE_VIA_CAMERA;
        code->mono_ms = frame->mono_ms;
        code->length = strlen(line->texts[out->count]);
        memcpy(code->text, line->texts[out->count], code->length);
        float at = (float)out->count, side = line->sizes[out->count];
        out->sightings[out->count] =
            (struct sighting){frame->mono_ms, {at, at + side, at + side, at}, {0, 0, side, side}};
    }
}

static void scripted_close(struct reader *self)
{
    (void)self; // the test's own
}

void reader_scripted_init(struct reader_scripted *reader, const struct reading_line *lines, int count)
{
    static const struct reader_ops ops = {.read = scripted_read, .close = scripted_close};

    *reader = (struct reader_scripted){{&ops}, lines, count, 0};
}
