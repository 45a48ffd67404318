#include "support/check.h"

#include "code/visitor.h"

#include "support/qr_image.h"

#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PIDS = 16, SETTLE_STEPS = 10000, SETTLE_STEP_US = 500 };

// -1: this kernel hides them.
static int list_processes(pid_t pids[MOST_PIDS])
{
    memset(pids, 0, MOST_PIDS * sizeof *pids);
    char path[64];
    int count = 0;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    if (!file) return -1;
    while (count < MOST_PIDS && fscanf(file, "%d", &pids[count]) == 1) count++;
    fclose(file);
    return count;
}

// Of /proc/PID/status; 'Z' if there is none.
static char read_state(pid_t pid, int *is_caged_out)
{
    char path[64], line[128], state = 'Z';

    *is_caged_out = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "re");
    if (!file) return state;
    while (fgets(line, sizeof line, file)) {
        (void)sscanf(line, "State: %c", &state);
        (void)sscanf(line, "NoNewPrivs: %d", is_caged_out);
    }
    fclose(file);
    return state;
}

bool visitor_is_caged(pid_t pid)
{
    int is_caged;

    (void)read_state(pid, &is_caged);
    return is_caged;
}

// It neither begins nor ends: it waits in its cage, or was stopped, or is dead.
static bool is_settled(pid_t pid)
{
    int is_caged;
    char state = read_state(pid, &is_caged);

    return state == 'T' || state == 'Z' || state == 'X' || (state == 'S' && is_caged);
}

void visitor_let_settle(void)
{
    pid_t pids[MOST_PIDS];
    int count = list_processes(pids);

    for (int i = 0; i < count; i++)
        for (int steps = 0; steps < SETTLE_STEPS && !is_settled(pids[i]); steps++) usleep(SETTLE_STEP_US);
}

void visitor_open(struct visitor *visitor, const char *program)
{
    struct reader_config config = {&visitor->clock.clock, VISITOR_BUDGET_MS, program};

    assert_int_equal(reader_child_open(&config, &visitor->reader), STATUS_OK);
    visitor_let_settle();
}

int visitor_set_up(void **state)
{
    struct visitor *visitor = mem_zero(sizeof *visitor);

    step_clock_init(&visitor->clock, 1000);
    visitor->frame = mem_zero(sizeof *visitor->frame);
    visitor->reading = mem_zero(sizeof *visitor->reading);
    text_copy(visitor->folder, sizeof visitor->folder, "/tmp/einlass-hostile-XXXXXX");
    assert_non_null(mkdtemp(visitor->folder));
    *state = visitor;
    return 0;
}

int visitor_set_up_hostile(void **state)
{
    visitor_set_up(state);
    visitor_open(*state, HOSTILE_PROGRAM);
    return 0;
}

int visitor_tear_down(void **state)
{
    struct visitor *visitor = *state;

    reader_close(visitor->reader);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); // no child is left, not even a dead one
    assert_int_equal(errno, ECHILD);
    assert_int_equal(rmdir(visitor->folder), 0); // no file appeared
    free(visitor->reading);
    free(visitor->frame);
    free(visitor);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void visitor_read(struct visitor *visitor)
{
    int64_t began_ms = now_ms();

    visitor->clock.now_ms += VISITOR_FRAME_MS;
    visitor->frame->mono_ms = visitor->clock.now_ms;
    visitor->reader->ops->read(visitor->reader, visitor->frame, visitor->reading);
    assert_in_range(now_ms() - began_ms, 0, VISITOR_MOST_MS);
    if (!visitor->is_hasty) visitor_let_settle();
}

void visitor_show(struct visitor *visitor, enum hostile_act act, const char *path)
{
    struct frame *frame = visitor->frame;

    qr_image_clear(frame, 64, 64, 120);
    frame->pixels[0] = (uint8_t)act;
    memcpy(frame->pixels + 1, &(uint8_t){++visitor->turn}, 1);
    text_copy((char *)frame->pixels + HOSTILE_PATH_AT, HOSTILE_PATH_SIZE, path);
    frame_seal(frame);
    visitor_read(visitor);
}

bool visitor_has_read(const struct visitor *visitor, const char *text)
{
    return visitor->reading->count == 1 && visitor->reading->codes[0].length == strlen(text) &&
           memcmp(visitor->reading->codes[0].text, text, strlen(text)) == 0;
}

void visitor_assert_goes_on(struct visitor *visitor)
{
    visitor_show(visitor, HOSTILE_READ, "");
    assert_true(visitor_has_read(visitor, HOSTILE_FINE));
    assert_int_equal(visitor->reading->codes[0].mono_ms, visitor->clock.now_ms);
}

static pid_t ask_for_pid(struct visitor *visitor)
{
    char text[CODE_MAX_BYTES + 1] = "";

    visitor_show(visitor, HOSTILE_TELL_PID, "");
    assert_int_equal(visitor->reading->count, 1);
    memcpy(text, visitor->reading->codes[0].text, visitor->reading->codes[0].length);
    return (pid_t)atoi(text);
}

int visitor_count_processes(void)
{
    pid_t pids[MOST_PIDS];
    int count = list_processes(pids);

    if (count < 0) skip();
    return count;
}

pid_t visitor_other_process(pid_t pid)
{
    pid_t pids[MOST_PIDS];
    int count = list_processes(pids);

    if (count < 0) skip();
    assert_in_range(count, 1, 2);
    return pids[0] == pid ? pids[1] : pids[0];
}

struct visitor_processes visitor_settle(struct visitor *visitor)
{
    struct visitor_processes found = {0};

    for (int i = 0; visitor_count_processes() != 2 || i == 0; i++) {
        assert_in_range(i, 0, 20);
        found.reading = ask_for_pid(visitor);
    }
    found.spare = visitor_other_process(found.reading);
    return found;
}
