#include "scanner/scanned.h"

#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

static_assert((int)SCANNED_MOST_BYTES <= (int)CODE_MAX_BYTES, "every scanned text fits into a code");

struct piece {
    const char *text;
    size_t length;
};

static bool is_control(char byte)
{
    return (unsigned char)byte < 0x20 || byte == 0x7F;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

// All but ESC, which begins a sequence: what follows it is no code either.
static bool is_frame(char byte)
{
    return is_control(byte) && byte != '\x1B';
}

// A blank at the end too: some scanners are set to add one.
static void strip_frame(struct piece *piece)
{
    while (piece->length > 0 && is_frame(piece->text[0])) piece->text++, piece->length--;
    while (piece->length > 0 && (is_frame(piece->text[piece->length - 1]) || piece->text[piece->length - 1] == ' '))
        piece->length--;
}

// "]", a letter for the kind of code, a digit or letter for how it was read.
static void strip_aim(struct piece *piece)
{
    enum { AIM_BYTES = 3 };

    if (piece->length < AIM_BYTES || piece->text[0] != ']') return;
    if (!isalpha((unsigned char)piece->text[1]) || !isalnum((unsigned char)piece->text[2])) return;
    piece->text += AIM_BYTES;
    piece->length -= AIM_BYTES;
}

static struct piece bare(const char *text, size_t length)
{
    struct piece piece = {text, length};

    strip_frame(&piece);
    strip_aim(&piece);
    strip_frame(&piece);
    return piece;
}

static bool is_all_digits(struct piece piece)
{
    for (size_t i = 0; i < piece.length; i++)
        if (!is_digit(piece.text[i])) return false;
    return piece.length > 0;
}

static bool is_printable(struct piece piece)
{
    for (size_t i = 0; i < piece.length; i++)
        if (is_control(piece.text[i])) return false;
    return piece.length <= SCANNED_MOST_BYTES && text_is_utf8(piece.text, piece.length);
}

bool scanned_is_whole_ticket(const char *text, size_t length)
{
    struct piece piece = bare(text, length);

    return piece.length == SCANNED_TICKET_DIGITS && is_all_digits(piece);
}

static bool is_part(const struct scanned_habit *habit, const struct scanned_line *line, struct piece piece)
{
    bool is_rest = habit->has_part && line->began_ms - habit->part_ms < SCANNED_REST_MS;

    if (!is_all_digits(piece)) return !line->is_ended && habit->ends_lines;
    if (piece.length == SCANNED_TICKET_DIGITS) return false;
    return piece.length > SCANNED_NUMBER_DIGITS || is_rest || (!line->is_ended && habit->ends_lines);
}

void scanned_miss(struct scanned_habit *habit, int64_t ended_ms)
{
    habit->has_part = true;
    habit->part_ms = ended_ms;
}

enum scanned scanned_judge(struct scanned_habit *habit, const struct scanned_line *line, struct code *out)
{
    struct piece piece = bare(line->text, line->length);
    bool is_a_part = is_part(habit, line, piece);

    if (line->is_ended) habit->ends_lines = true;
    if (piece.length == 0) return SCANNED_NOTHING;
    habit->has_part = is_a_part;
    habit->part_ms = line->ended_ms;
    if (is_a_part) return SCANNED_PART;
    if (!is_printable(piece)) return SCANNED_UNREADABLE;
    out->via = CODE_VIA_SCANNER;
    out->has_stayed = false;
    out->mono_ms = line->ended_ms;
    out->length = piece.length;
    memcpy(out->text, piece.text, piece.length);
    return SCANNED_CODE;
}
