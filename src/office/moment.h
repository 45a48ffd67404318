// moment.h -- a time as people read it, in a zone of its own (port; GLib).
// The process has one zone (clock_use_zone), an office has events in several. An unknown zone is UTC.
// Pure; any thread.
#ifndef EINLASS_OFFICE_MOMENT_H
#define EINLASS_OFFICE_MOMENT_H

#include <stdint.h>

enum { MOMENT_SIZE = 32 };
enum moment_form {
    MOMENT_CLOCK, // 10:02
    MOMENT_DAY,   // 22.11.
    MOMENT_FULL,  // 2026-11-22 10:02:31, as spreadsheets read it
};

// Reading a zone takes a millisecond; while one is held, moment_write has it at hand. Never NULL; let it go.
struct moment_zone;
struct moment_zone *moment_hold(const char *zone);
void moment_let_go(struct moment_zone *zone); // NULL is fine

void moment_write(int64_t unix_ms, const char *zone, enum moment_form form, char out[MOMENT_SIZE]);

#endif
