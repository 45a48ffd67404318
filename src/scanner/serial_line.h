// serial_line.h -- the bytes of one serial scanner become lines.
// A line ends with CR, LF, CRLF or ETX, or by itself when nothing comes for a while (scanned.h says how long). Longer
// ones than SCANNED_MOST_BYTES are dropped whole, to their end.
// Pure (times are handed in); value, 4 kB. One thread.
#ifndef EINLASS_SCANNER_SERIAL_LINE_H
#define EINLASS_SCANNER_SERIAL_LINE_H

#include "scanner/scanned.h"

struct serial_line { // zero: nothing came yet
    bool is_too_long;
    bool is_ended; // by a byte
    int64_t began_ms, last_ms;
    size_t length;
    char text[SCANNED_MOST_BYTES];
};

bool serial_line_take_byte(struct serial_line *line, char byte, int64_t mono_ms); // true: the line is over
// True: nothing came for long enough, the line is over. Ask when nothing is there to be read.
bool serial_line_take_pause(struct serial_line *line, int64_t mono_ms);
int64_t serial_line_due_ms(const struct serial_line *line); // when there is something to say; INT64_MAX: not at all
void serial_line_clear(struct serial_line *line);           // for the next one

#endif
