// reader_child.c -- a reader that reads in a process of its own, and has another one ready.
// A process that ends, hangs or talks nonsense costs the frame it was reading; the next frame goes to the one that was
// kept ready, and a new one is started in its place. So a killer picture costs a frame and budget_ms, and whoever
// stands behind it is read at once.
#define LOG_MODULE "reader"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "code/child.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum {
    // Starts are rationed, or a picture that kills, a hundred frames a second, would start as many: so many at once,
    // and
    // one more for each interval. A start takes some ms of a core.
    STARTS_IN_STOCK = 8,
    START_EVERY_MS = 250,
    // A still picture that ended so many is left alone for a while after each. Not the first time, nor for ever: it may
    // have been something else.
    PICTURE_MOST_ENDED = 3,
    PICTURE_REST_MS = 1000,
    // A process that grew is replaced between two frames. It is looked at every so many reads; what it has the first
    // time is what it needs.
    READS_BETWEEN_LOOKS = 256,
    GROWTH_MOST_BYTES = 8 << 20,
    PATH_SIZE = 512,
};

struct child_reader {
    struct reader reader;
    struct clock *clock;
    int budget_ms;
    unsigned ended_count;
    char program[PATH_SIZE];
    struct child reading, spare, leaving; // leaving: killed, not gone yet
    struct booth_reading copy;

    int starts_left;
    int64_t refilled_ms;
    bool has_start_failed;   // the last one
    bool is_rationed;        // and the log said so, and says no more of single ends
    unsigned ends_at_ration; // ended_count then

    uint64_t feared_digest; // of the picture that ended the last one
    int feared_count;       // how many it ended
    int64_t feared_until_ms;

    int rest_ms; // of classic passes, the last one; 0: they come in time
    int64_t rests_until_ms;

    unsigned reads_count; // of the reading child
    long first_bytes;     // its memory at the first look; 0: not looked at
};

static void start(struct child_reader *self, struct child *slot)
{
    int64_t now_ms = self->clock->ops->mono_ms(self->clock), due = (now_ms - self->refilled_ms) / START_EVERY_MS;

    if (slot->pid) return;
    self->refilled_ms += due * START_EVERY_MS;
    self->starts_left = due < STARTS_IN_STOCK - self->starts_left ? self->starts_left + (int)due : STARTS_IN_STOCK;
    if (self->starts_left > 0) {
        self->starts_left--;
        slot->is_retry = self->has_start_failed;
        self->has_start_failed = child_start(self->program, self->budget_ms, self->clock, slot) != STATUS_OK;
        return;
    }
    if (!self->is_rationed)
        log_error("reading processes end again and again: from now on a new one every %d ms only", START_EVERY_MS);
    self->is_rationed = true;
    self->ends_at_ration = self->ended_count;
}

static void promote_spare(struct child_reader *self)
{
    self->reading = self->spare;
    self->spare = (struct child){0};
    self->reads_count = 0;
    self->first_bytes = 0;
}

// Why it ended, in words; nothing of the picture. Under rationing they are only counted.
static void note_end(struct child_reader *self, enum child_outcome outcome, bool was_ready, int status)
{
    self->ended_count++;
    if (self->is_rationed) return;
    if (outcome == CHILD_LATE && !was_ready) log_warn("a reading process did not begin and was ended");
    else if (outcome == CHILD_LATE) log_warn("a read took longer than %d ms and was cut off", self->budget_ms);
    else if (outcome == CHILD_NONSENSE) log_warn("the reading process said what none says, and was ended");
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        log_error("the reading process wanted what only an intruder wants, and was ended (system call refused)");
    else if (WIFSIGNALED(status))
        log_warn("a signal ended the reading process signal=%d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else log_warn("the reading process ended code=%d", WEXITSTATUS(status));
}

// The one that reads goes. The kernel takes some ms to give its memory back: nobody waits for that, unless the one
// before it still goes.
static void see_off(struct child_reader *self, enum child_outcome outcome)
{
    bool was_ready = self->reading.is_ready;
    int status = 0;

    child_end(&self->leaving, &status);
    if (outcome == CHILD_GONE) child_end(&self->reading, &status); // that is: it is over already
    else if (!child_leave(&self->reading, &status)) self->leaving = self->reading;
    if (outcome != CHILD_READ) note_end(self, outcome, was_ready, status);
    promote_spare(self);
}

static void fear(struct child_reader *self, const struct frame *frame)
{
    if (self->feared_digest != frame->digest) self->feared_count = 0;
    if (self->feared_count == 0) self->feared_until_ms = 0;
    self->feared_digest = frame->digest;
    if (++self->feared_count >= PICTURE_MOST_ENDED)
        self->feared_until_ms = self->clock->ops->mono_ms(self->clock) + PICTURE_REST_MS;
}

static bool is_feared(const struct child_reader *self, const struct frame *frame)
{
    return self->feared_digest == frame->digest && self->clock->ops->mono_ms(self->clock) < self->feared_until_ms;
}

// Cut off: perhaps by a classic pass, that is too long for this machine. The next process can't know. One that was cut
// off without has its own reason.
static void rest_after_cut(struct child_reader *self, int64_t now_ms)
{
    if (now_ms < self->rests_until_ms) return;
    self->rest_ms = self->rest_ms == 0 ? READER_LEAST_REST_MS : 2 * self->rest_ms;
    if (self->rest_ms > READER_MOST_REST_MS) self->rest_ms = READER_MOST_REST_MS;
    self->rests_until_ms = now_ms + self->rest_ms;
}

static void look_at_growth(struct child_reader *self)
{
    if (CAGE_IS_SANITIZED || ++self->reads_count % READS_BETWEEN_LOOKS != 0) return; // a sanitizer keeps what is freed
    long bytes = child_resident_bytes(&self->reading);
    if (bytes < 0) return; // unknown: no descriptor left to ask with
    if (self->first_bytes == 0) self->first_bytes = bytes;
    if (bytes - self->first_bytes < GROWTH_MOST_BYTES || !self->spare.pid) return;
    log_info("the reading process grew and is replaced bytes=%ld", bytes);
    see_off(self, CHILD_READ);
}

// One in reserve that died, or never began, is none.
static void weed_spare(struct child_reader *self, int64_t now_ms)
{
    bool was_ready = self->spare.is_ready;
    int status = 0;

    if (!self->spare.pid) return;
    enum child_outcome outcome = child_await_ready(&self->spare, self->clock, now_ms);
    if (outcome == CHILD_STARTS || (outcome == CHILD_READ && child_is_alive(&self->spare))) return;
    child_end(&self->spare, &status);
    note_end(self, outcome == CHILD_READ ? CHILD_GONE : outcome, was_ready, status);
}

static void tend(struct child_reader *self)
{
    int status;

    (void)child_leave(&self->leaving, &status); // gone by now
    weed_spare(self, self->clock->ops->mono_ms(self->clock));
    start(self, &self->spare);
    if (self->is_rationed && self->starts_left == STARTS_IN_STOCK - 1) {
        log_info("reading processes last again ended_meanwhile=%u", self->ended_count - self->ends_at_ration);
        self->is_rationed = false;
    }
}

static void swap(struct child_reader *self)
{
    struct child slow = self->reading;

    promote_spare(self);
    self->spare = slow;
}

// Which one reads. One that still begins lets the other go first: now if that is ready, else with the next frame.
static bool choose(struct child_reader *self, int64_t now_ms)
{
    if (!self->reading.pid) promote_spare(self);
    start(self, &self->reading);
    if (!self->reading.pid || !self->spare.pid) return self->reading.pid;
    bool is_ready = child_await_ready(&self->reading, self->clock, now_ms) != CHILD_STARTS;
    if (!is_ready && child_await_ready(&self->spare, self->clock, now_ms) == CHILD_READ) swap(self);
    return true;
}

// A frame that was not handed over when the child ended goes to the next one, if there is time for it: one that is
// asked too late would be ended for it.
static enum child_outcome read_with_any(struct child_reader *self, const struct frame *frame, struct reading *out)
{
    int64_t began_ms = self->clock->ops->mono_ms(self->clock), now_ms = began_ms;
    enum child_outcome outcome = CHILD_STARTS;
    bool has_rung = false;

    while (!has_rung && now_ms - began_ms <= self->budget_ms / 2 && choose(self, now_ms)) {
        int64_t deadline_ms = began_ms + self->budget_ms;
        self->reading.rest_ms = now_ms < self->rests_until_ms ? (int)(self->rests_until_ms - now_ms) : 0;
        outcome = child_read(&self->reading, frame, self->clock, deadline_ms, &self->copy, out, &has_rung);
        if (outcome == CHILD_READ || outcome == CHILD_STARTS) break;
        if (has_rung) fear(self, frame);
        see_off(self, outcome);
        now_ms = self->clock->ops->mono_ms(self->clock);
        if (has_rung && outcome == CHILD_LATE) rest_after_cut(self, now_ms);
    }
    return outcome;
}

static void child_reader_read(struct reader *base, const struct frame *frame, struct reading *out)
{
    struct child_reader *self = (struct child_reader *)base;
    enum child_outcome outcome = CHILD_LATE;

    out->count = 0;
    out->has_passed = false;
    out->is_exhausted = false;
    out->hint = HINT_NONE;
    if (!is_feared(self, frame)) outcome = read_with_any(self, frame, out);
    if (out->has_passed) self->rest_ms = 0;
    if (outcome == CHILD_READ) look_at_growth(self);
    tend(self);
    if (outcome != CHILD_READ && self->has_start_failed) out->hint = HINT_BLIND;
    if (outcome == CHILD_STARTS && self->spare.pid) swap(self);
}

unsigned reader_child_ended(const struct reader *base)
{
    return ((const struct child_reader *)base)->ended_count;
}

static void child_reader_close(struct reader *base)
{
    struct child_reader *self = (struct child_reader *)base;
    int status;

    child_end(&self->reading, &status);
    child_end(&self->spare, &status);
    child_end(&self->leaving, &status);
    free(self);
}

static void log_cage(const struct cage *cage)
{
    if (!cage->has_limits) log_warn("the reading process could not limit itself");
    if (!cage->has_seccomp) log_warn("this kernel has no seccomp: the reading process is only half caged");
    if (cage->landlock_abi == 0) log_info("this kernel has no Landlock: the reading process has a wall less");
}

static enum status await_first(struct child_reader *self)
{
    int64_t deadline_ms = self->clock->ops->mono_ms(self->clock) + CHILD_MOST_START_MS;
    enum child_outcome outcome = child_await_ready(&self->reading, self->clock, deadline_ms);

    if (outcome == CHILD_READ) {
        log_cage(&self->reading.cage);
        return STATUS_OK;
    }
    log_error("the reading process does not begin program=%s", self->program);
    see_off(self, outcome == CHILD_STARTS ? CHILD_LATE : outcome);
    return outcome == CHILD_GONE ? STATUS_GONE : STATUS_LATER;
}

enum status reader_child_open(const struct reader_config *config, struct reader **out)
{
    static const struct reader_ops ops = {.read = child_reader_read, .close = child_reader_close};
    struct child_reader *self = mem_zero(sizeof *self);
    enum status status;

    assert(strlen(config->program) < sizeof self->program && config->budget_ms > 0);
    self->reader.ops = &ops;
    self->clock = config->clock;
    self->budget_ms = config->budget_ms * CAGE_SLOWNESS;
    self->starts_left = STARTS_IN_STOCK;
    self->refilled_ms = config->clock->ops->mono_ms(config->clock);
    text_copy(self->program, sizeof self->program, config->program);
    status = child_start(self->program, self->budget_ms, self->clock, &self->reading);
    if (status != STATUS_OK) goto fail;
    if ((status = await_first(self)) != STATUS_OK) goto fail;
    start(self, &self->spare);
    *out = &self->reader;
    return STATUS_OK;
fail:
    child_reader_close(&self->reader);
    return status;
}
