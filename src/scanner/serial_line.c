#include "scanner/serial_line.h"

#include <string.h>

static bool is_empty(const struct serial_line *line)
{
    return line->length == 0 && !line->is_too_long;
}

bool serial_line_take_byte(struct serial_line *line, char byte, int64_t mono_ms)
{
    bool is_end = byte == '\r' || byte == '\n' || byte == '\x03';

    if (is_end && is_empty(line)) return false; // the LF of CRLF
    if (is_empty(line)) line->began_ms = mono_ms;
    line->last_ms = mono_ms;
    line->is_ended = is_end;
    if (is_end) return true;
    if (line->length == sizeof line->text) line->is_too_long = true;
    else line->text[line->length++] = byte;
    return false;
}

int64_t serial_line_due_ms(const struct serial_line *line)
{
    bool is_whole = !line->is_too_long && scanned_is_whole_ticket(line->text, line->length);

    if (is_empty(line)) return INT64_MAX;
    return line->last_ms + (is_whole ? SCANNED_WHOLE_PAUSE_MS : SCANNED_PAUSE_MS);
}

bool serial_line_take_pause(struct serial_line *line, int64_t mono_ms)
{
    return !is_empty(line) && mono_ms >= serial_line_due_ms(line);
}

void serial_line_clear(struct serial_line *line)
{
    memset(line, 0, sizeof *line); // texts of tickets stay no longer than needed
}
