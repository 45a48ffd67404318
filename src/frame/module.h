// module.h -- whether a Raspberry Pi's camera module is connected.
// Its receiver has /dev/video* files too, but what comes there are raw lines of the sensor; pictures come only by
// libcamera. The receiver is there only when the firmware found a module. Any thread; a few files of /sys.
#ifndef EINLASS_FRAME_MODULE_H
#define EINLASS_FRAME_MODULE_H

#include <stdbool.h>

#define MODULE_DEVICES "/sys/class/video4linux"

bool module_is_connected(const char *devices); // MODULE_DEVICES; tests have their own

// A driver or device of that name is a part of a Pi that sends no picture by itself.
bool module_is_part(const char *name);

#endif
