#include "fakes/camera_scripted.h"

#include "base/mem.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scripted {
    struct camera camera;
    struct camera_script *script;
};

void camera_scripted_config(struct camera_config *config, struct camera_script *script)
{
    snprintf(config->device, sizeof config->device, "%p", (void *)script);
}

static const struct camera_line *next_line(struct camera_script *script, bool is_open)
{
    static const struct camera_line later = {.status = STATUS_LATER};

    if (script->at == script->count) return &later;
    assert(script->lines[script->at].is_open == is_open); // else the script and the program disagree
    return &script->lines[script->at++];
}

static enum status scripted_read(struct camera *self, struct frame *out)
{
    struct camera_script *script = ((struct scripted *)self)->script;
    const struct camera_line *line = next_line(script, false);

    if (line->status != STATUS_OK) return line->status;
    out->width_px = script->width_px;
    out->height_px = script->height_px;
    out->mono_ms = script->at;
    memset(out->pixels, line->grey, (size_t)script->width_px * (size_t)script->height_px);
    frame_seal(out);
    return STATUS_OK;
}

static void scripted_close(struct camera *self)
{
    ((struct scripted *)self)->script->closed++;
    free(self);
}

enum status camera_scripted_open(const struct camera_config *config, struct camera **out)
{
    static const struct camera_ops ops = {scripted_read, scripted_close};
    void *script = NULL;

    if (sscanf(config->device, "%p", &script) != 1) return STATUS_INVALID;
    struct scripted *scripted = mem_zero(sizeof *scripted);
    *scripted = (struct scripted){{&ops}, script};
    scripted->script->retries += config->is_retry;
    enum status status = next_line(scripted->script, true)->status;
    if (status != STATUS_OK) {
        free(scripted);
        return status;
    }
    scripted->script->opened++;
    *out = &scripted->camera;
    return STATUS_OK;
}
