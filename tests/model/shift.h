// shift.h -- staff at the kiosk, for the tests of their pages: what they press and type, what the desk is asked and
// answers. A roll call is served; the PIN is 4711. Time is moved by hand.
#ifndef EINLASS_TESTS_MODEL_SHIFT_H
#define EINLASS_TESTS_MODEL_SHIFT_H

#include "model/form.h"
#include "screen/stage.h"

enum { SHIFT_SESSION = 77 };

struct shift {
    struct stage stage;
    struct model model;
    struct rows rows;
    int64_t now_ms;
};

int shift_set_up(void **state);
int shift_tear_down(void **state);

void shift_wait(struct shift *shift, int64_t ms);
void shift_press(struct shift *shift, enum staff_act what, int row);
void shift_type(struct shift *shift, const char *text);

// What the desk is asked, and what it answers.
struct command shift_take(struct shift *shift, enum command_kind kind);
struct command shift_take_own(struct shift *shift, enum command_kind kind); // of the staff's: with the session
void shift_take_nothing(struct shift *shift);
void shift_tell(struct shift *shift, const struct notice *notice);
void shift_list(struct shift *shift, enum rows_kind kind, size_t count);
void shift_answer(struct shift *shift, const struct command *command, enum reason reason);
void shift_done(struct shift *shift, enum command_kind asked);

// The way there, from Ready.
void shift_unlock(struct shift *shift);
void shift_open_page(struct shift *shift, enum staff_page page);
void shift_open_person(struct shift *shift, bool is_inside); // found by a search

#endif
