// visitor.h -- the isolated reader as a test sees it: shows it pictures, most of them hostile (fakes/hostile.h), and
// looks at what it says. Tear-down finds every process gone and no file anywhere.
#ifndef EINLASS_TESTS_CODE_VISITOR_H
#define EINLASS_TESTS_CODE_VISITOR_H

#include "fakes/hostile.h"
#include "fakes/step_clock.h"

#include "code/cage.h"
#include "code/reader.h"

#include <sys/types.h>

// What a frame may cost: 100 ms in truth; here, a machine that does other things meanwhile.
enum { VISITOR_BUDGET_MS = 80, VISITOR_MOST_MS = VISITOR_BUDGET_MS * CAGE_SLOWNESS + 1000, VISITOR_FRAME_MS = 300 };

struct visitor {
    struct step_clock clock;
    struct reader *reader;
    struct frame *frame;
    struct reading *reading;
    uint8_t turn;
    char folder[64];
};

int visitor_set_up(void **state);         // without a reader
int visitor_set_up_hostile(void **state); // before the hostile program
int visitor_tear_down(void **state);
void visitor_open(struct visitor *visitor, const char *program);

void visitor_read(struct visitor *visitor); // what is in its frame; in time, or the test fails
// A picture no other equals, that says what to do.
void visitor_show(struct visitor *visitor, enum hostile_act act, const char *path);
bool visitor_has_read(const struct visitor *visitor, const char *text);
void visitor_assert_goes_on(struct visitor *visitor); // the next honest picture is read

enum { VISITOR_MOST_PIDS = 4 };
int visitor_list_processes(
    pid_t pids[VISITOR_MOST_PIDS]); // the eldest first; skips the test on a kernel that hides them

#endif
