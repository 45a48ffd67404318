// machine.h -- what a machine without a desktop offers a kiosk: a screen, a touch screen, the libraries that paint.
// Looked at in /sys and /dev, opened by nobody: the running kiosk doesn't notice. `root` stands before each path; ""
// but in tests. Any thread. Source: the kernel's Documentation/gpu/drm-uapi, ABI/testing/sysfs-class-input.
#ifndef EINLASS_APP_MACHINE_H
#define EINLASS_APP_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

enum { MACHINE_PATH_SIZE = 512, MACHINE_NAME_SIZE = 128 };

struct machine_display {
    char card[64];      // /dev/dri/card1: the first that has connectors, best one with a display
    char connected[64]; // HDMI-A-1; "" = no display is plugged in
    int connector_count, connected_count;
};
bool machine_display(const char *root, struct machine_display *out); // false: no card has a connector
// The program would paint on the bare screen (as the service does), not in a desktop's window.
bool machine_is_bare(void);

struct machine_touch {
    char device[64]; // /dev/input/event2
    char name[MACHINE_NAME_SIZE];
};
bool machine_touch(const char *root, struct machine_touch *out); // the first touch screen

// The Debian package whose library can't be loaded; NULL: all are there. What SDL loads on KMS/DRM.
const char *machine_missing_library(void);
struct machine_library {
    const char *name, *package;
};
const char *machine_missing_of(const struct machine_library *libraries, size_t count);

#endif
