// uinput.h -- a keyboard that the kernel believes to be plugged in. Needs /dev/uinput and the right to write to it.
// Source: the kernel's Documentation/input/uinput.rst.
#ifndef EINLASS_TESTS_SUPPORT_UINPUT_H
#define EINLASS_TESTS_SUPPORT_UINPUT_H

#include "support/key_script.h"

#include <stdbool.h>

struct uinput {
    int fd;
    char path[64]; // of the event device
};

bool uinput_is_there(void);
void uinput_plug(struct uinput *keyboard, const char *name); // and waits for its device file
void uinput_pull(struct uinput *keyboard);
// In the script's own pace if `is_paced`, else as fast as it goes; empties the script.
void uinput_type(struct uinput *keyboard, struct key_script *script, bool is_paced);

#endif
