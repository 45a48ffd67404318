// dim.h -- when the screen is dimmed: nobody has been here for a while, and it isn't the time of an event.
// Never within DIM_MARGIN_MS of the event's times, and never while a clock that isn't trusted could be wrong about
// that. Whatever shows that somebody is here makes it bright at once; the touch that did so presses no button.
// Pure; a part of the model, whose thread it shares.
#ifndef EINLASS_MODEL_DIM_H
#define EINLASS_MODEL_DIM_H

#include <stdbool.h>
#include <stdint.h>

enum { DIM_MARGIN_MS = 2 * 60 * 60 * 1000 }; // before, people set up; after, they count

struct dim_config {
    int64_t after_ms; // without anybody; 0: never
    int percent;      // the light that is left, 1 … 100
};

struct model;
bool dim_is_quiet(const struct model *model, int64_t mono_ms);        // for so long, and nothing waits for anybody
void dim_look(struct model *model, int64_t unix_ms, int64_t mono_ms); // unix_ms 0: the clock isn't trusted
bool dim_wake(struct model *model);                                   // true: it was dim until now
int dim_brightness(const struct model *model);                        // of the display, in percent; 0: this one can't
int dim_opacity(const struct model *model); // of black over all, 0 … 255, where the display can't

#endif
