#define LOG_MODULE "scan"

#include "code/scan.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

// What was read from the picture in view, together, while it stays the same: the reader finds different codes in
// different ways, and a code the desk could not take must be offered again without reading it again.
struct view {
    uint64_t digest; // of the picture; valid if is_used
    bool is_used, is_exhausted;
    size_t count;
    struct code codes[DEBOUNCE_SLOTS];
    struct sighting sightings[DEBOUNCE_SLOTS];
};

struct scan {
    struct scan_config config;
    struct doorbell bell;
    struct mailbox frames;
    struct worker worker;
    struct debounce debounce;
    bool is_refused; // the desk's queue is full
    struct view view;
    struct reading reading;
    struct code unsaved; // came back: too large for a stack
};

enum status scan_open(const struct scan_config *config, struct scan **out)
{
    struct scan *scan = mem_zero(sizeof *scan);

    scan->config = *config;
    scan->debounce.quiet_ms = config->quiet_ms;
    doorbell_init(&scan->bell);
    mailbox_init(&scan->frames, sizeof(struct frame), &scan->bell);
    scan->worker = (struct worker){
        .name = "scan",
        .step = scan_step,
        .owner = scan,
        .bell = &scan->bell,
        .clock = config->clock,
    };
    *out = scan;
    return STATUS_OK;
}

struct mailbox *scan_frames(struct scan *scan)
{
    return &scan->frames;
}

static size_t find(const struct view *view, const struct code *code)
{
    for (size_t i = 0; i < view->count; i++)
        if (view->codes[i].length == code->length && memcmp(view->codes[i].text, code->text, code->length) == 0)
            return i;
    return view->count;
}

static void add_to_view(struct view *view, const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        size_t at = find(view, &reading->codes[i]);
        if (at == DEBOUNCE_SLOTS) return;
        if (at == view->count) view->count++;
        view->codes[at] = reading->codes[i];
        view->sightings[at] = reading->sightings[i];
    }
    view->is_exhausted = reading->is_exhausted;
}

static void look(struct scan *scan, const struct frame *frame)
{
    struct view *view = &scan->view;

    if (!view->is_used || view->digest != frame->digest) {
        view->is_used = true;
        view->is_exhausted = false;
        view->digest = frame->digest;
        view->count = 0;
    }
    if (view->is_exhausted) return;
    scan->config.reader->ops->read(scan->config.reader, frame, &scan->reading);
    add_to_view(view, &scan->reading);
}

static void offer(struct scan *scan, const struct code *code)
{
    if (!debounce_is_new(&scan->debounce, code)) return;
    bool is_refused = queue_put(scan->config.codes, code) != STATUS_OK;
    if (is_refused) debounce_forget(&scan->debounce, code);
    if (is_refused && !scan->is_refused) log_warn("the desk is busy; codes wait in front of the camera");
    scan->is_refused = is_refused;
}

static void show(struct scan *scan, const struct sighting *sighting)
{
    if (!scan->config.sightings) return;
    *(struct sighting *)mailbox_writable(scan->config.sightings) = *sighting;
    mailbox_put(scan->config.sightings);
}

static void forget_unsaved(struct scan *scan)
{
    while (scan->config.unsaved && queue_take(scan->config.unsaved, &scan->unsaved))
        debounce_forget(&scan->debounce, &scan->unsaved);
}

int64_t scan_step(void *owner, int64_t mono_ms)
{
    struct scan *scan = owner;
    struct view *view = &scan->view;
    const struct frame *frame = mailbox_take(&scan->frames);

    (void)mono_ms; // a code is as old as its frame
    if (!frame) return DOORBELL_FOREVER;
    look(scan, frame);
    forget_unsaved(scan);
    for (size_t i = 0; i < view->count; i++) {
        view->codes[i].mono_ms = view->sightings[i].mono_ms = frame->mono_ms;
        offer(scan, &view->codes[i]);
    }
    if (view->count > 0) show(scan, &view->sightings[0]);
    return DOORBELL_FOREVER;
}

void scan_start(struct scan *scan)
{
    worker_start(&scan->worker);
}

void scan_stop(struct scan *scan)
{
    worker_stop(&scan->worker);
}

void scan_close(struct scan *scan)
{
    if (!scan) return;
    scan_stop(scan);
    mailbox_destroy(&scan->frames);
    doorbell_destroy(&scan->bell);
    free(scan);
}
