// stranger.h -- somebody without a ticket in front of the screen, for the tests of help and walk-ins: what they touch,
// what is drawn for them, what the desk answers. Time is moved by hand.
#ifndef EINLASS_TESTS_MODEL_STRANGER_H
#define EINLASS_TESTS_MODEL_STRANGER_H

#include "screen/stage.h"
#include "view/view.h"
#include "model/walk_stage.h"

struct stranger {
    struct stage stage;
    struct model model;
    struct words *words;
    struct layout layout;
    struct scene scene; // as last drawn
};

int stranger_set_up(void **state); // for all tests of a file
int stranger_tear_down(void **state);
int stranger_begin(void **state); // for each: Ready, in German, walk_stage.h's rules
void stranger_restart(struct stranger *stranger, enum language language);

void stranger_act(struct stranger *stranger, enum act act, int key);
void stranger_walk(struct stranger *stranger, enum walk_act what, int row);
void stranger_pass(struct stranger *stranger, int64_t ms);
const char *stranger_value(const struct stranger *stranger, int field); // as typed

void stranger_tell(struct stranger *stranger, const struct notice *notice);
// To the form. People look at the answer before they touch it; or not.
void stranger_answer(struct stranger *stranger, enum notice_kind kind, size_t ticket_count);
void stranger_answer_at_once(struct stranger *stranger, enum notice_kind kind, size_t ticket_count);
void stranger_scan(struct stranger *stranger, enum reason reason); // of somebody else

void stranger_draw(struct stranger *stranger);
bool stranger_shows(const struct stranger *stranger, const char *text);
bool stranger_offers(const struct stranger *stranger, enum act act, int key);

#endif
