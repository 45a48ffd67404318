// present.h -- which hand scanners there are, by name, for people to read: told when it changes.
// Value; the scanner thread's.
#ifndef EINLASS_SCANNER_PRESENT_H
#define EINLASS_SCANNER_PRESENT_H

#include "base/mailbox.h"
#include "scanner/typist.h"

enum { PRESENT_SIZE = 128 };

struct present {
    char names[PRESENT_SIZE]; // ", " between; what doesn't fit is left out; "" = none
};

// Keyboards that are scanners, by their own names, and the serial one by its path (NULL: not there). Into the mailbox
// (of struct present; NULL: nobody wants to know) if that is other than `told`, which it is then.
void present_tell(struct present *told, const struct typist *typists, size_t count, const char *serial,
                  struct mailbox *box);

#endif
