#include "scanner/wedge.h"

#include "scanner/key_role.h"

#include <linux/input-event-codes.h>
#include <string.h>

// Beside those of layout.h: the stroke commands something, it writes nothing.
enum { MODIFIER_CONTROL = 64 };

// Windows takes Ctrl and Alt together for AltGr, and so do scanners made for it.
static uint8_t modifiers_of(const struct wedge *wedge)
{
    bool is_ctrl = wedge->held & KEY_HELD_CTRL, is_alt = wedge->held & KEY_HELD_ALT;
    uint8_t modifiers = 0;

    if (wedge->held & KEY_HELD_SHIFT) modifiers |= LAYOUT_SHIFT;
    if (wedge->is_caps) modifiers |= LAYOUT_CAPS;
    if (wedge->held & KEY_HELD_ALTGR || (is_ctrl && is_alt)) modifiers |= LAYOUT_ALTGR;
    if (is_ctrl != is_alt || wedge->held & KEY_HELD_META) modifiers |= MODIFIER_CONTROL;
    return modifiers;
}

// ---- a line as it is typed ----

static void add(struct wedge *wedge, struct stroke stroke)
{
    if (wedge->count == WEDGE_MOST_KEYS) wedge->is_broken = true;
    else wedge->strokes[wedge->count++] = stroke;
}

// The number typed while Alt was down. Above ASCII it depends on code pages: not ours to guess.
static void end_alt_number(struct wedge *wedge)
{
    bool is_ascii = wedge->alt_number > 0 && wedge->alt_number < 0x80;

    if (wedge->alt_number < 0) return;
    add(wedge, (struct stroke){.point = is_ascii ? (uint8_t)wedge->alt_number : 0xFF});
    wedge->alt_number = -1;
}

static void move_modifier(struct wedge *wedge, uint32_t bit, bool is_down)
{
    wedge->held = is_down ? wedge->held | bit : wedge->held & ~bit;
    if (bit == KEY_HELD_ALT && !is_down) end_alt_number(wedge);
}

static bool add_to_alt_number(struct wedge *wedge, uint16_t key)
{
    int digit = key_keypad_digit(key);

    if (!(wedge->held & KEY_HELD_ALT) || wedge->held & KEY_HELD_CTRL || digit < 0) return false;
    wedge->alt_number = (wedge->alt_number < 0 ? 0 : wedge->alt_number) * 10 + digit;
    if (wedge->alt_number > 0xFF) wedge->alt_number = 0xFF;
    return true;
}

static void note_time(struct wedge *wedge, int64_t mono_ms)
{
    if (wedge->press_count++ == 0) wedge->began_ms = mono_ms;
    wedge->last_ms = mono_ms;
}

static bool press(struct wedge *wedge, const struct key_event *event)
{
    uint16_t key = event->key;
    bool is_end = key == KEY_ENTER || key == KEY_KPENTER || key == KEY_TAB;

    if (++wedge->down_count > wedge->most_down_count && !is_end) wedge->most_down_count = wedge->down_count;
    if (is_end && !(wedge->held & (KEY_HELD_CTRL | KEY_HELD_ALT))) {
        wedge->is_ended = wedge->press_count > 0;
        return wedge->is_ended;
    }
    note_time(wedge, event->mono_ms);
    if (key == KEY_CAPSLOCK) wedge->is_caps = !wedge->is_caps;
    else if (key != KEY_NUMLOCK && !add_to_alt_number(wedge, key))
        add(wedge, (struct stroke){.key = key, .modifiers = modifiers_of(wedge)});
    return false;
}

void wedge_init(struct wedge *wedge)
{
    *wedge = (struct wedge){.alt_number = -1};
}

bool wedge_take_key(struct wedge *wedge, const struct key_event *event)
{
    uint32_t bit = key_held_bit(event->key);
    bool is_down = event->move == KEY_MOVE_DOWN;

    if (event->is_after_loss) {
        wedge->is_broken = true;
        note_time(wedge, event->mono_ms); // so that it ends, with the rest of its keys
    }
    if (event->key == KEY_RESERVED || event->move == KEY_MOVE_REPEAT) return false; // no scanner counts on repeating
    if (bit) {
        if (is_down) note_time(wedge, event->mono_ms);
        move_modifier(wedge, bit, is_down);
        return false;
    }
    if (is_down) return press(wedge, event);
    if (wedge->down_count > 0) wedge->down_count--; // else it was down before we came
    return false;
}

void wedge_clear(struct wedge *wedge)
{
    memset(wedge->strokes, 0, wedge->count * sizeof *wedge->strokes);
    wedge->count = 0;
    wedge->press_count = 0;
    wedge->most_down_count = 0;
    wedge->alt_number = -1;
    wedge->is_caps = wedge->is_broken = wedge->is_ended = false;
}

// ---- a line when it is over ----

static bool is_control(const struct stroke *stroke)
{
    if (stroke->point) return stroke->point < 0x20 || stroke->point == 0x7F;
    return stroke->modifiers & MODIFIER_CONTROL || !key_is_writing(stroke->key);
}

// Of a stroke that is a digit under any layout; -1: none. Shift is compared from stroke to stroke by the caller.
static int digit_of(const struct stroke *stroke)
{
    if (stroke->point) return stroke->point >= '0' && stroke->point <= '9' ? stroke->point - '0' : -1;
    if (stroke->modifiers & ~(LAYOUT_SHIFT | LAYOUT_CAPS)) return -1;
    int digit = key_keypad_digit(stroke->key);
    return digit >= 0 ? digit : key_row_digit(stroke->key);
}

struct span {
    const struct stroke *strokes;
    size_t count;
};

static struct span text_span(const struct wedge *wedge)
{
    struct span span = {wedge->strokes, wedge->count};

    while (span.count > 0 && is_control(span.strokes)) span.strokes++, span.count--;
    while (span.count > 0 && is_control(&span.strokes[span.count - 1])) span.count--;
    return span;
}

// How many digits stand at the end, and whether all were pressed alike: "12%4" isn't 1254.
static size_t tail_digits(struct span span, bool *is_uniform_out)
{
    size_t count = 0, shifted_count = 0, row_count = 0;

    while (count < span.count && digit_of(&span.strokes[span.count - 1 - count]) >= 0) {
        const struct stroke *stroke = &span.strokes[span.count - 1 - count++];
        if (stroke->point || key_row_digit(stroke->key) < 0) continue;
        row_count++;
        shifted_count += stroke->modifiers & LAYOUT_SHIFT ? 1 : 0;
    }
    *is_uniform_out = shifted_count == 0 || shifted_count == row_count;
    return count;
}

// A ticket, perhaps behind a prefix: "]Q1" and "\000026" say how it was read, in keys of whatever layout.
static bool is_ticket(struct span span)
{
    enum { PREFIX_MOST = 10 };
    bool is_uniform;
    size_t digits = tail_digits(span, &is_uniform);

    if (span.count == digits) return digits == SCANNED_TICKET_DIGITS;
    return digits >= SCANNED_TICKET_DIGITS && span.count <= SCANNED_TICKET_DIGITS + PREFIX_MOST;
}

int64_t wedge_due_ms(const struct wedge *wedge)
{
    if (wedge->press_count == 0) return INT64_MAX;
    bool may_be_ticket = wedge->count >= SCANNED_TICKET_DIGITS && wedge->count < 2 * SCANNED_TICKET_DIGITS;
    bool is_whole = may_be_ticket && is_ticket(text_span(wedge));
    return wedge->last_ms + (is_whole ? SCANNED_WHOLE_PAUSE_MS : SCANNED_PAUSE_MS);
}

bool wedge_take_pause(struct wedge *wedge, int64_t mono_ms)
{
    return wedge->press_count > 0 && mono_ms >= wedge_due_ms(wedge);
}

enum wedge_pace wedge_pace(const struct wedge *wedge)
{
    int64_t took_ms = wedge->last_ms - wedge->began_ms;
    int gaps = wedge->press_count - 1;

    if (wedge->is_broken || wedge->count == 0) return WEDGE_PACE_UNKNOWN;
    if (gaps == 0 || took_ms > (int64_t)gaps * WEDGE_PERSON_MS) return WEDGE_PACE_PERSON; // nor does one key alone
    bool is_burst = wedge->count >= WEDGE_BURST_KEYS && took_ms <= (int64_t)gaps * WEDGE_SCANNER_MS;
    return is_burst && wedge->most_down_count <= 2 ? WEDGE_PACE_SCANNER : WEDGE_PACE_UNKNOWN;
}

static size_t write_digits(const struct stroke *strokes, size_t count, char *out, size_t out_bytes)
{
    if (count > out_bytes) return 0;
    for (size_t i = 0; i < count; i++) out[i] = (char)('0' + digit_of(&strokes[i]));
    return count;
}

static size_t write_stroke(const struct stroke *stroke, struct layout *layout, char out[LAYOUT_TEXT_SIZE])
{
    int digit = key_keypad_digit(stroke->key);
    size_t length = 0;

    if (stroke->point) out[0] = (char)stroke->point;
    else if (is_control(stroke)) out[0] = '\x1A'; // SUBSTITUTE: the text is not printable
    else if (digit >= 0) out[0] = (char)('0' + digit);
    else if ((length = layout_text(layout, stroke->key, stroke->modifiers, out)) == 0) out[0] = '\xFF'; // none here
    return length > 0 ? length : 1;
}

size_t wedge_text(const struct wedge *wedge, struct layout *layout, char *out, size_t out_bytes)
{
    struct span span = text_span(wedge);
    char piece[LAYOUT_TEXT_SIZE];
    bool is_uniform;
    size_t digits = tail_digits(span, &is_uniform), length = 0;

    if (wedge->is_broken) return 0;
    if (is_ticket(span))
        return write_digits(span.strokes + span.count - SCANNED_TICKET_DIGITS, SCANNED_TICKET_DIGITS, out, out_bytes);
    if (digits == span.count && is_uniform) return write_digits(span.strokes, span.count, out, out_bytes);
    for (size_t i = 0; i < span.count; i++) {
        size_t step = write_stroke(&span.strokes[i], layout, piece);
        if (length + step > out_bytes) return 0;
        memcpy(out + length, piece, step);
        length += step;
    }
    return length;
}
