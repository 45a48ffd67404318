// check_parts.h -- what the files of --check share; everyone else sees assemble.h.
//   check.c           the report, and the machine: clock, files
//   check_camera.c    the camera, and what is made of its controls
//   check_database.c  the log, its projections, the device key
//   check_event.c     the event that would be served, from the file or from the database
//   check_reader.c    the process that reads codes: does it start, read, and is it caged
//   check_door.c      what would be counted and shown: lists, direction, walk-ins, display, shut-down
//   check_office.c   the pairing, the hub, USB sticks
//   check_machine.c   where there is no desktop: the user, screen, graphics libraries, touch, sound
//   check_scanners.c  keyboards, which of them are hand scanners, and the serial one
#ifndef EINLASS_APP_CHECK_PARTS_H
#define EINLASS_APP_CHECK_PARTS_H

#include "app/settings.h"

#include <stdio.h>

struct report {
    FILE *to;
    int missing_count; // lines marked with '!'
};

__attribute__((format(printf, 3, 4))) void report_fact(struct report *report, const char *what, const char *format,
                                                       ...);
__attribute__((format(printf, 3, 4))) void report_missing(struct report *report, const char *what, const char *format,
                                                          ...);
void report_hex(struct report *report, const char *what, const uint8_t *bytes, size_t length, const char *more);

// True: there is one, and it can be looked into.
bool check_database(struct report *report, const struct settings *settings);
void check_event(struct report *report, const struct settings *settings, bool has_database);
// After the event: what staff chose is put over the settings first.
void check_door(struct report *report, const struct settings *settings, const struct event *event, bool has_database);
void check_gate(struct report *report, const struct settings *settings);
void check_office(struct report *report, const struct settings *settings);
void check_board(struct report *report, const struct settings *settings);
void check_display(struct report *report, const struct settings *settings);
void check_camera(struct report *report, const struct settings *settings); // GStreamer's is started, and ended
void check_reader(struct report *report, const struct settings *settings); // starts one, and ends it
void check_scanners(struct report *report, const struct settings *settings);
void check_machine(struct report *report, const char *root); // root: "" but in tests

#endif
