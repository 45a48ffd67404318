#include "app/check_parts.h"

#include "app/programs.h"
#include "base/mem.h"
#include "code/child.h"
#include "ticket/picture.h"

#include <stdlib.h>
#include <string.h>

// Patient: a machine that is busy or starts cold reads all the same.
enum { MODULE_PX = 4, QUIET_MODULES = 4, PATIENT_MS = 2000 };

static const char sample_text[] = "EINLASS 0123456789";

// A picture with one code, as a camera would see it on a good day.
static void draw_sample(struct frame *frame)
{
    struct picture code;

    if (picture_of_text(sample_text, &code) != STATUS_OK) return;
    frame->width_px = frame->height_px = (code.side + 2 * QUIET_MODULES) * MODULE_PX;
    for (int y = 0; y < frame->height_px; y++)
        for (int x = 0; x < frame->width_px; x++) {
            int column = x / MODULE_PX - QUIET_MODULES, row = y / MODULE_PX - QUIET_MODULES;
            bool is_inside = column >= 0 && row >= 0 && column < code.side && row < code.side;
            bool is_dark = is_inside && code.modules[row * code.side + column];
            frame->pixels[y * frame->width_px + x] = is_dark ? 20 : 230;
        }
    frame_seal(frame);
}

// A reader looks in another way with each call: a few are its right. `took_ms_out` is the last one's time.
static bool reads_sample(struct child *child, struct clock *clock, int64_t *took_ms_out)
{
    enum { ATTEMPTS = 4 };
    struct frame *frame = mem_zero(sizeof *frame);
    struct booth_reading *copy = mem_zero(sizeof *copy);
    struct reading *reading = mem_zero(sizeof *reading);
    bool is_read = false, has_rung;

    draw_sample(frame);
    for (int i = 0; i < ATTEMPTS && !is_read; i++) {
        int64_t began_ms = clock->ops->mono_ms(clock);
        if (child_read(child, frame, clock, began_ms + PATIENT_MS, copy, reading, &has_rung) != CHILD_READ) break;
        *took_ms_out = clock->ops->mono_ms(clock) - began_ms;
        is_read = reading->count == 1 && reading->codes[0].length == strlen(sample_text) &&
                  memcmp(reading->codes[0].text, sample_text, strlen(sample_text)) == 0;
    }
    free(reading);
    free(copy);
    free(frame);
    return is_read;
}

static void report_cage(struct report *report, const struct cage *cage)
{
    char landlock[64] = "no Landlock in this kernel";

    if (cage->landlock_abi > 0) snprintf(landlock, sizeof landlock, "Landlock %u", cage->landlock_abi);
    if (cage->has_seccomp && cage->has_limits)
        report_fact(report, "its cage", "seccomp, %s, at most %u MiB", landlock, cage->memory_bytes >> 20);
    else
        report_missing(report, "its cage", "%s, %s, %s: a code that breaks the decoder could do harm",
                       cage->has_seccomp ? "seccomp" : "no seccomp in this kernel", landlock,
                       cage->has_limits ? "limits" : "no limits");
}

void check_reader(struct report *report, const struct settings *settings)
{
    struct clock *clock = clock_system();
    char program[PROGRAM_PATH_SIZE];
    struct child child = {0};
    int64_t took_ms = 0;
    int status;

    program_find("einlass-reader", program);
    if (child_start(program, PATIENT_MS, clock, &child) != STATUS_OK) {
        report_missing(report, "reader", "%s can't be started: install it there or beside einlass-kiosk", program);
        return;
    }
    int64_t deadline_ms = clock->ops->mono_ms(clock) + CHILD_MOST_START_MS;
    if (child_await_ready(&child, clock, deadline_ms) != CHILD_READ)
        report_missing(report, "reader", "%s does not begin", program);
    else if (!reads_sample(&child, clock, &took_ms))
        report_missing(report, "reader", "%s does not read a plain code", program);
    else {
        report_fact(report, "reader", "%s, a plain code in %lld ms (at most %d)", program, (long long)took_ms,
                    settings->scan_budget_ms);
        report_cage(report, &child.cage);
    }
    child_end(&child, &status);
}
