// Whatever hand scanners send, as keys or as bytes: lines end, codes are printable texts or whole tickets, and a
// keyboard that is not held down ends up with nothing left over. Input: two bytes a key event (key; move and time since
// the one before), and the same as bytes of a serial line.
#include "base/mem.h"
#include "base/text.h"
#include "scanner/serial_line.h"
#include "scanner/wedge.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void judge(struct scanned_habit *habit, const struct scanned_line *line, struct code *code)
{
    if (scanned_judge(habit, line, code) != SCANNED_CODE) return;
    size_t digits = 0;
    assert(code->length > 0 && code->length <= line->length && code->length <= SCANNED_MOST_BYTES);
    assert(text_is_utf8(code->text, code->length));
    for (size_t i = 0; i < code->length; i++) {
        assert((unsigned char)code->text[i] >= 0x20 && code->text[i] != 0x7F);
        digits += code->text[i] >= '0' && code->text[i] <= '9';
    }
    assert(digits < code->length || digits == SCANNED_TICKET_DIGITS || digits <= SCANNED_NUMBER_DIGITS);
}

static void judge_wedge(struct wedge *wedge, struct layout *layout, struct scanned_habit *habit, struct code *code)
{
    static char text[SCANNED_MOST_BYTES];
    struct scanned_line line = {.text = text,
                                .length = wedge_text(wedge, layout, text, sizeof text),
                                .is_ended = wedge->is_ended,
                                .began_ms = wedge->began_ms,
                                .ended_ms = wedge->last_ms};

    assert(line.length <= sizeof text && wedge->began_ms <= wedge->last_ms);
    assert(!wedge->is_broken || (line.length == 0 && wedge_pace(wedge) == WEDGE_PACE_UNKNOWN));
    if (line.length > 0) judge(habit, &line, code);
    wedge_clear(wedge);
}

static void feed_keys(const uint8_t *bytes, size_t length, struct layout *layout, struct code *code)
{
    struct wedge *wedge = mem_zero(sizeof *wedge);
    struct scanned_habit habit = {0};
    int64_t now_ms = 1000;

    wedge_init(wedge);
    for (size_t i = 0; i + 1 < length; i += 2) {
        now_ms += bytes[i + 1] >> 3 == 31 ? 600 : bytes[i + 1] >> 3;
        struct key_event event = {
            .key = bytes[i], .move = bytes[i + 1] % 3, .is_after_loss = (bytes[i + 1] & 7) == 7, .mono_ms = now_ms};
        if (wedge_take_pause(wedge, now_ms)) judge_wedge(wedge, layout, &habit, code);
        if (wedge_take_key(wedge, &event)) judge_wedge(wedge, layout, &habit, code);
    }
    if (wedge_take_pause(wedge, now_ms + SCANNED_PAUSE_MS)) judge_wedge(wedge, layout, &habit, code);
    assert(wedge_due_ms(wedge) == INT64_MAX && wedge->count == 0);
    free(wedge);
}

static void judge_serial(struct serial_line *line, struct scanned_habit *habit, struct code *code)
{
    struct scanned_line scanned = {line->text, line->length, line->is_ended, line->began_ms, line->last_ms};

    assert(line->length > 0);
    if (!line->is_too_long) judge(habit, &scanned, code);
    serial_line_clear(line);
}

static void feed_bytes(const uint8_t *bytes, size_t length, struct code *code)
{
    struct serial_line *line = mem_zero(sizeof *line);
    struct scanned_habit habit = {0};
    int64_t now_ms = 1000;

    for (size_t i = 0; i < length; i++) {
        now_ms += bytes[i] == 0xF0 ? 600 : 1; // a byte no text holds stands for a pause, too
        if (serial_line_take_pause(line, now_ms)) judge_serial(line, &habit, code);
        if (serial_line_take_byte(line, (char)bytes[i], now_ms)) judge_serial(line, &habit, code);
    }
    if (serial_line_take_pause(line, now_ms + SCANNED_PAUSE_MS)) judge_serial(line, &habit, code);
    assert(serial_line_due_ms(line) == INT64_MAX);
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct layout *layout; // opening one takes longer than a thousand inputs
    static struct code code;

    if (!layout && layout_xkb_open("de", &layout) != STATUS_OK) abort();
    feed_keys(bytes, length, layout, &code);
    feed_bytes(bytes, length, &code);
    return 0;
}
