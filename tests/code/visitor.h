// visitor.h -- the isolated reader as a test sees it: shows it pictures, most of them hostile (fakes/hostile.h), and
// looks at what it says. Tear-down finds every process gone and no file anywhere.
#ifndef EINLASS_TESTS_CODE_VISITOR_H
#define EINLASS_TESTS_CODE_VISITOR_H

#include "fakes/hostile.h"
#include "fakes/step_clock.h"

#include "code/child.h"
#include "code/reader.h"

#include <sys/types.h>

// What a frame may cost: 100 ms on an idle machine (reader_time_test); here, one that does other things meanwhile.
enum {
    VISITOR_BUDGET_MS = 80,
    VISITOR_MOST_MS =
        VISITOR_BUDGET_MS * CAGE_SLOWNESS + CHILD_MOST_STARVED_MS + 30000, // this process waits for a core, too
    VISITOR_FRAME_MS = 300,
};

struct visitor {
    struct step_clock clock;
    struct reader *reader;
    struct frame *frame;
    struct reading *reading;
    uint8_t turn;
    bool is_hasty; // goes on while a process begins
    char folder[64];
};

int visitor_set_up(void **state);         // without a reader
int visitor_set_up_hostile(void **state); // before the hostile program
int visitor_tear_down(void **state);
void visitor_open(struct visitor *visitor, const char *program);

// What is in its frame; in time, or the test fails. The visitor's clock stands still while a process begins, however
// long that takes on a busy machine.
void visitor_read(struct visitor *visitor);
// A picture no other equals, that says what to do.
void visitor_show(struct visitor *visitor, enum hostile_act act, const char *path);
bool visitor_has_read(const struct visitor *visitor, const char *text);
void visitor_assert_goes_on(struct visitor *visitor); // the next honest picture is read

// Which process reads and which one is the spare, both ready, and no other there. These two skip the test on a kernel
// that hides them.
struct visitor_processes {
    pid_t reading, spare;
};
struct visitor_processes visitor_settle(struct visitor *visitor);
pid_t visitor_other_process(pid_t pid); // of two
bool visitor_is_caged(pid_t pid);       // it began
void visitor_let_settle(void);          // waits until none of them begins or ends
int visitor_count_processes(void);      // with the dead that nobody has looked after yet

#endif
