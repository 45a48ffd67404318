// scanned.h -- what a line of a hand scanner is: a code, half a ticket, or nothing.
// A code is a printable text: 1 to SCANNED_MOST_BYTES bytes of UTF-8 without control characters. What carriers add is
// taken off: control characters around it (STX, ETX, CR, LF, GS, NUL) and an AIM identifier in front ("]Q1": always, as
// no code begins like that, and whoever has to switch it on forgets to).
// More than SCANNED_NUMBER_DIGITS digits and nothing else are a ticket, or, of another length, part of one: not even
// refused, for the person scans again at once. So is a short number soon after a part: the rest of it. So is a text
// that nothing ended, from a scanner that otherwise ends them.
// Pure; value. One thread. Sources: ISO/IEC 15424 (AIM identifiers); FORMATS 2 (tickets, foreign codes).
#ifndef EINLASS_SCANNER_SCANNED_H
#define EINLASS_SCANNER_SCANNED_H

#include "code/code.h"

#include <stdbool.h>

enum {
    SCANNED_MOST_BYTES = 4096,
    SCANNED_TICKET_DIGITS = 202, // FORMATS: KT1. Not known from ticket.h, which stands to the right; a test compares
    SCANNED_NUMBER_DIGITS = 20,  // other numbers are shorter: GTIN 14, SSCC 18
    SCANNED_REST_MS = 2000,      // the rest of a part comes this soon
    SCANNED_PAUSE_MS = 500,      // without a byte or key: the line is over, or will never be whole
    SCANNED_WHOLE_PAUSE_MS = 150 // the same when it is a whole ticket
};

enum scanned {
    SCANNED_NOTHING,    // an empty line, bare framing
    SCANNED_CODE,       // the code is out
    SCANNED_PART,       // of a ticket or text: dropped
    SCANNED_UNREADABLE, // control characters inside, no UTF-8, too long: dropped
};

struct scanned_line {
    const char *text;
    size_t length;
    bool is_ended;              // by Enter, Tab, CR, LF, ETX; else by a pause
    int64_t began_ms, ended_ms; // first and last byte or key
};

struct scanned_habit { // of one scanner; zero at first
    bool ends_lines;
    bool has_part;
    int64_t part_ms; // when the last part ended
};

// `out` is written on SCANNED_CODE only.
enum scanned scanned_judge(struct scanned_habit *habit, const struct scanned_line *line, struct code *out);

// A line was dropped before it could be judged: what follows may be the rest of it.
void scanned_miss(struct scanned_habit *habit, int64_t ended_ms);

bool scanned_is_whole_ticket(const char *text, size_t length);

#endif
