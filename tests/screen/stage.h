// stage.h -- an event, notices and channels for the tests of the screen.
#ifndef EINLASS_TESTS_SCREEN_STAGE_H
#define EINLASS_TESTS_SCREEN_STAGE_H

#include "screen/front.h"
#include "model/model.h"

struct stage { // everything a front needs; a clock moved by hand
    struct event event;
    struct list list;
    struct clock clock;
    int64_t mono_ms, unix_ms;
    struct queue notices, commands;
    struct mailbox frames, cameras, sightings, hints, rows, readiness;
};

void stage_init(struct stage *stage);
void stage_destroy(struct stage *stage);
void stage_event(struct event *out); // two languages, groups with hints, a long privacy notice
struct model_config stage_model_config(const struct stage *stage);
struct front_config stage_front_config(struct stage *stage, int width_px, int height_px);

void stage_notice(enum reason reason, struct notice *out);            // a verdict, every field filled that goes with it
void stage_found(struct notice *out);                                 // before a PIN
void stage_person(struct notice *out);                                // the same, unlocked; already in
void stage_rows(enum rows_kind kind, size_t count, struct rows *out); // people as a list has them, some with long names
void stage_tell(struct stage *stage, const struct notice *notice);    // of a frame taken now
void stage_camera(struct stage *stage, bool is_present);
void stage_hint(struct stage *stage, enum hint hint);
void stage_frame(struct stage *stage, int shade); // a picture with a pattern; each shade is another picture

#endif
