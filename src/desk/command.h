// command.h -- what the screen may ask of the desk: values through a queue.
#ifndef EINLASS_DESK_COMMAND_H
#define EINLASS_DESK_COMMAND_H

#include <stdint.h>

enum command_kind {
    COMMAND_FIND,  // finds, never admits. Anybody may: `text` is a ticket number (10 characters and a check character)
                   // or a foreign code, typed by hand. Staff: `ticket` (from NOTICE_FOUND) with `pin` not empty
                   // shows all about the person, if it is a staff PIN of the event
    COMMAND_ADMIT, // admit `ticket` (from NOTICE_FOUND) by the same rules as a scan, if `pin` is a staff PIN; it is
                   // checked again, the desk remembers no one
    COMMAND_RETRY, // after "not saved": try whether the disk works again; only a record that reached it proves that
};

enum {
    COMMAND_TEXT_SIZE = 257, // nobody types longer codes
    COMMAND_PIN_SIZE = 33,
};

struct command {
    enum command_kind kind;
    int64_t mono_ms;
    uint64_t ticket;
    char text[COMMAND_TEXT_SIZE];
    char pin[COMMAND_PIN_SIZE];
};

#endif
