#define LOG_MODULE "scan"

#include "code/scan.h"

#include "base/log.h"
#include "base/mem.h"
#include "frame/brightness.h"

#include <stdlib.h>
#include <string.h>

enum { DARK = 48 }; // of 255, in the middle

// What was read from the picture in view, together, while it stays the same: the reader finds different codes in
// different ways, and a code the desk could not take must be offered again without reading it again.
struct view {
    uint64_t digest; // of the picture; valid if is_used
    bool is_used, is_exhausted;
    enum hint hint; // why none was read, if any way of reading knew
    size_t count;
    struct code codes[DEBOUNCE_SLOTS];
    struct sighting sightings[DEBOUNCE_SLOTS];
    struct code spare; // for sorting: too large for a stack
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
    struct hint_hold hold;
    enum hint told;       // the screen
    struct code returned; // by the desk: too large for a stack
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
        .watch = config->watch,
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

static void swap(struct view *view, size_t at, size_t other)
{
    struct sighting sighting = view->sightings[at];

    view->sightings[at] = view->sightings[other];
    view->sightings[other] = sighting;
    view->spare = view->codes[at];
    view->codes[at] = view->codes[other];
    view->codes[other] = view->spare;
}

// Largest first, whichever way of reading found it. A handful, and mostly in order already.
static void sort_view(struct view *view)
{
    for (size_t i = 1; i < view->count; i++)
        for (size_t at = i; at > 0 && sighting_area(&view->sightings[at]) > sighting_area(&view->sightings[at - 1]);
             at--)
            swap(view, at, at - 1);
}

static void add_to_view(struct view *view, const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        size_t at = find(view, &reading->codes[i]);
        if (at == DEBOUNCE_SLOTS) break;
        if (at == view->count) view->count++;
        view->codes[at] = reading->codes[i];
        view->sightings[at] = reading->sightings[i];
    }
    view->is_exhausted = reading->is_exhausted;
    sort_view(view);
}

// What lies on a lens takes its light; a plain wall has no structure either, but light.
static enum hint believable(enum hint hint, const struct frame *frame)
{
    struct brightness brightness;

    if (hint != HINT_COVERED) return hint;
    brightness_measure(frame, &brightness);
    return brightness.mean < DARK ? hint : HINT_NONE;
}

static void look(struct scan *scan, const struct frame *frame)
{
    struct view *view = &scan->view;

    if (!view->is_used || view->digest != frame->digest) {
        view->is_used = true;
        view->is_exhausted = false;
        view->hint = HINT_NONE;
        view->digest = frame->digest;
        view->count = 0;
    }
    if (view->is_exhausted) return;
    scan->config.reader->ops->read(scan->config.reader, frame, &scan->reading);
    add_to_view(view, &scan->reading);
    enum hint hint = believable(scan->reading.hint, frame);
    if (hint != HINT_NONE) view->hint = hint;
}

static int64_t look_and_time(struct scan *scan, const struct frame *frame)
{
    struct clock *clock = scan->config.clock;
    int64_t began_ms = clock->ops->mono_ms(clock);

    look(scan, frame);
    return clock->ops->mono_ms(clock) - began_ms;
}

static void offer(struct scan *scan, struct code *code)
{
    bool is_new = debounce_is_new(&scan->debounce, code);

    code->has_stayed = !is_new && debounce_has_stayed(&scan->debounce, code);
    if (!is_new && !code->has_stayed) return;
    bool is_refused = queue_put(scan->config.codes, code) != STATUS_OK;
    if (is_refused && is_new) debounce_forget(&scan->debounce, code);
    if (is_refused && code->has_stayed) debounce_put_aside(&scan->debounce, code);
    if (is_refused && !scan->is_refused) log_warn("the desk is busy; codes wait in front of the camera");
    scan->is_refused = is_refused;
}

static void show(struct scan *scan, const struct sighting *sighting)
{
    if (!scan->config.sightings) return;
    *(struct sighting *)mailbox_writable(scan->config.sightings) = *sighting;
    mailbox_put(scan->config.sightings);
}

static void advise(struct scan *scan, int64_t mono_ms)
{
    bool has_read = scan->view.count > 0;
    enum hint hint = hint_hold_step(&scan->hold, has_read ? HINT_NONE : scan->view.hint, has_read, mono_ms);

    if (!scan->config.hints || hint == scan->told) return;
    log_debug("hint=%s", hint_word(hint));
    scan->told = hint;
    *(enum hint *)mailbox_writable(scan->config.hints) = hint;
    mailbox_put(scan->config.hints);
}

static void hear_back(struct scan *scan)
{
    while (scan->config.unsaved && queue_take(scan->config.unsaved, &scan->returned))
        debounce_forget(&scan->debounce, &scan->returned);
    while (scan->config.aside && queue_take(scan->config.aside, &scan->returned))
        debounce_put_aside(&scan->debounce, &scan->returned);
}

int64_t scan_step(void *owner, int64_t mono_ms)
{
    struct scan *scan = owner;
    struct view *view = &scan->view;
    const struct frame *frame = mailbox_take(&scan->frames);
    int64_t took_ms;

    (void)mono_ms; // a code is as old as its frame
    if (!frame) return DOORBELL_FOREVER;
    took_ms = look_and_time(scan, frame);
    hear_back(scan);
    for (size_t i = 0; i < view->count; i++) {
        view->codes[i].mono_ms = view->sightings[i].mono_ms = frame->mono_ms;
        offer(scan, &view->codes[i]);
    }
    debounce_note_reading(&scan->debounce, took_ms); // this picture's codes are as old
    if (view->count > 0) show(scan, &view->sightings[0]);
    advise(scan, frame->mono_ms);
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
