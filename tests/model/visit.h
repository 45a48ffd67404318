// visit.h -- somebody in front of the screen, for the tests of the model: what they touch and type, what the desk
// answers. Time is moved by hand.
#ifndef EINLASS_TESTS_MODEL_VISIT_H
#define EINLASS_TESTS_MODEL_VISIT_H

#include "screen/stage.h"

struct visit {
    struct stage stage;
    struct model model;
    int64_t now_ms;
    size_t waiting_count; // of answers that are not shown yet
};

void visit_begin(struct visit *visit);
void visit_end(struct visit *visit);

void visit_wait(struct visit *visit, int64_t ms);
void visit_tell(struct visit *visit, const struct notice *notice);
void visit_tell_reason(struct visit *visit, enum reason reason);
void visit_act(struct visit *visit, enum act act);
void visit_press(struct visit *visit, const char *keys);                           // of the keyboard on the screen
void visit_type(struct visit *visit, const char *keys);                            // of one on a table
void visit_take(struct visit *visit, enum command_kind kind, struct command *out); // the only command there is

// A typed number that is found; and then the PIN.
void visit_find_somebody(struct visit *visit);
void visit_take_pin(struct visit *visit, const char *pin); // the desk takes it, and is asked for the person
void visit_unlock_somebody(struct visit *visit);
bool visit_shows_person(const struct visit *visit);

#endif
