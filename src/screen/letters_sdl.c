#include "screen/letters.h"

#include "base/grapheme.h"
#include "base/mem.h"
#include "base/text.h"
#include "screen/bidi.h"
#include "screen/fonts.h"
#include "screen/script.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 256, LINE_PIECES = 192, LINE_BYTES = 1024 };

struct letters {
    struct fonts *fonts;
};

// Part of a line that one font sets in one direction.
struct piece {
    size_t start, length;
    int entry; // of the font list
    bool is_right_to_left, is_cell;
    uint32_t point; // a character that tells its script
};

struct line {
    const char *text;
    const struct text_style *style;
    int size_px;
    size_t count;
    struct piece pieces[LINE_PIECES]; // from left to right
};

enum status letters_open(const char *fonts_conf, struct letters **out)
{
    struct letters *letters = mem_zero(sizeof *letters);
    enum status status = fonts_open(fonts_conf, &letters->fonts);

    if (status != STATUS_OK) goto fail;
    *out = letters;
    return STATUS_OK;
fail:
    letters_close(letters);
    return status;
}

void letters_close(struct letters *letters)
{
    if (!letters) return;
    fonts_close(letters->fonts);
    free(letters);
}

static bool is_digit(uint32_t point)
{
    return point >= '0' && point <= '9';
}

// The font for the grapheme at `text`. Spaces and marks stay with the font before, when it has them.
static int font_of(struct letters *letters, const struct line *line, uint32_t point, int before)
{
    bool is_space = point == ' ' || point == 0xA0;

    if (is_space && before >= 0 && fonts_has(letters->fonts, before, point, line->size_px)) return before;
    return fonts_find(letters->fonts, point, line->style->is_bold, line->size_px);
}

// Cuts one run into pieces in reading order.
static void cut_run(struct letters *letters, struct line *line, const struct bidi_run *run)
{
    size_t at = run->start, end = run->start + run->length;
    struct piece *piece = NULL;

    while (at < end && line->count <= LINE_PIECES) {
        const char *cursor = line->text + at;
        size_t step = grapheme_length(cursor);
        uint32_t point = text_next(&cursor);
        if (step == 0 || at + step > end) step = end - at; // a run never ends inside a grapheme of one direction
        bool is_cell = line->style->is_tabular && is_digit(point);
        int entry = font_of(letters, line, point, piece ? piece->entry : -1);
        bool fits = piece && !is_cell && !piece->is_cell && piece->entry == entry && piece->length + step < PIECE_BYTES;
        if (!fits) {
            if (line->count == LINE_PIECES) return;
            piece = &line->pieces[line->count++];
            *piece = (struct piece){at, 0, entry, run->is_right_to_left, is_cell, point};
        }
        piece->length += step;
        if (piece->point < 0x0300) piece->point = point;
        at += step;
    }
}

static void turn_pieces(struct piece *pieces, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++, count--) {
        struct piece piece = pieces[i];
        pieces[i] = pieces[count - 1];
        pieces[count - 1] = piece;
    }
}

static void cut_line(struct letters *letters, size_t length, struct line *line)
{
    struct bidi_run runs[BIDI_MAX_RUNS];
    size_t count = bidi_runs(line->text, length, runs);

    line->count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t first = line->count;
        cut_run(letters, line, &runs[i]);
        if (runs[i].is_right_to_left) turn_pieces(line->pieces + first, line->count - first);
    }
}

// Asks for colour, which type of one colour hasn't: skin tones and the choice of the colourful form.
static bool is_about_colour(uint32_t point)
{
    return (point >= 0x1F3FB && point <= 0x1F3FF) || point == 0xFE0F;
}

static void copy_piece(const char *from, size_t length, char to[PIECE_BYTES])
{
    const char *at = from;
    size_t used = 0;

    while ((size_t)(at - from) < length) {
        const char *start = at;
        uint32_t point = text_next(&at);
        size_t step = (size_t)(at - start);
        if (step == 0 || used + step >= PIECE_BYTES) break;
        if (is_about_colour(point)) continue;
        memcpy(to + used, start, step);
        used += step;
    }
    to[used] = '\0';
}

// The font, set for the piece, and the piece's text with its NUL.
static TTF_Font *prepare(struct letters *letters, const struct line *line, const struct piece *piece,
                         char text[PIECE_BYTES])
{
    TTF_Font *font = fonts_get(letters->fonts, piece->entry, line->size_px);

    copy_piece(line->text + piece->start, piece->length, text);
    if (!font) return NULL;
    TTF_SetFontDirection(font, piece->is_right_to_left ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script_of(piece->point));
    return font;
}

// Digits in cells are as wide as the widest digit of their font.
static int cell_width(TTF_Font *font)
{
    int widest = 0;

    for (uint32_t digit = '0'; digit <= '9'; digit++) {
        int advance = 0;
        TTF_GlyphMetrics32(font, digit, NULL, NULL, NULL, NULL, &advance);
        if (advance > widest) widest = advance;
    }
    return widest;
}

static int piece_width(struct letters *letters, const struct line *line, const struct piece *piece, int *inset_out)
{
    char text[PIECE_BYTES];
    TTF_Font *font = prepare(letters, line, piece, text);
    int width = 0, cell;

    if (inset_out) *inset_out = 0;
    if (!font || TTF_SizeUTF8(font, text, &width, NULL)) return 0;
    if (!piece->is_cell) return width;
    cell = cell_width(font);
    if (inset_out) *inset_out = (cell - width) / 2;
    return cell;
}

int letters_width(struct letters *letters, const struct text_style *style, const char *text, size_t length, int size_px)
{
    struct line line = {.text = text, .style = style, .size_px = size_px};
    int width = 0;

    cut_line(letters, length, &line);
    for (size_t i = 0; i < line.count; i++) width += piece_width(letters, &line, &line.pieces[i], NULL);
    return width;
}

struct measuring {
    struct letters *letters;
    const struct text_style *style;
};

static int measure(void *owner, const char *text, size_t length, int size_px)
{
    struct measuring *measuring = owner;

    return letters_width(measuring->letters, measuring->style, text, length, size_px);
}

void letters_place(struct letters *letters, const struct mark *mark, const char *text, int *end_px, struct typeset *out)
{
    struct measuring measuring = {letters, &mark->style};

    typeset_place(mark, text, measure, &measuring, end_px, out);
}

int letters_page_count(struct letters *letters, const struct mark *mark, const char *text)
{
    struct measuring measuring = {letters, &mark->style};

    return typeset_page_count(mark, text, measure, &measuring);
}

int letters_overhang(const struct typeset *placed)
{
    return placed->fit.size_px / 3;
}

struct canvas {
    uint8_t *mask;
    int width_px, height_px;
};

// SDL_ttf's shaded surfaces hold coverage: 0 is the paper, 255 the ink.
static void blend(const struct canvas *canvas, const SDL_Surface *surface, int left, int top)
{
    for (int y = 0; y < surface->h; y++) {
        const uint8_t *from = (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
        if (top + y < 0 || top + y >= canvas->height_px) continue;
        uint8_t *to = canvas->mask + (size_t)(top + y) * (size_t)canvas->width_px;
        for (int x = 0; x < surface->w; x++) {
            if (left + x < 0 || left + x >= canvas->width_px) continue;
            if (from[x] > to[left + x]) to[left + x] = from[x];
        }
    }
}

static void cover_piece(struct letters *letters, const struct line *line, const struct piece *piece,
                        const struct canvas *canvas, int left, int baseline)
{
    static const SDL_Color ink = {255, 255, 255, 255}, paper = {0, 0, 0, 255};
    char text[PIECE_BYTES];
    TTF_Font *font = prepare(letters, line, piece, text);
    SDL_Surface *surface = font ? TTF_RenderUTF8_Shaded(font, text, ink, paper) : NULL;

    if (!surface) return; // e.g. only characters of no width
    blend(canvas, surface, left, baseline - TTF_FontAscent(font));
    SDL_FreeSurface(surface);
}

static void cover_line(struct letters *letters, struct line *line, const struct canvas *canvas, int left, int top)
{
    TTF_Font *font = fonts_get(letters->fonts, fonts_main(letters->fonts, line->style->is_bold), line->size_px);
    int ascent = font ? TTF_FontAscent(font) : line->size_px, descent = font ? -TTF_FontDescent(font) : 0;
    int baseline = top + (fit_line_px(line->size_px) - ascent - descent) / 2 + ascent;

    for (size_t i = 0; i < line->count; i++) {
        int inset, width = piece_width(letters, line, &line->pieces[i], &inset);
        cover_piece(letters, line, &line->pieces[i], canvas, left + inset, baseline);
        left += width;
    }
}

void letters_cover(struct letters *letters, const struct mark *mark, const char *text, const struct typeset *placed,
                   uint8_t *mask)
{
    int over = letters_overhang(placed), line_px = fit_line_px(placed->fit.size_px);
    struct canvas canvas = {mask, placed->box.w + 2 * over, placed->box.h + 2 * over};
    char words[LINE_BYTES + 4];

    for (size_t i = 0; i < placed->fit.line_count; i++) {
        const struct fit_line *at = &placed->fit.lines[i];
        size_t length = at->length < LINE_BYTES ? at->length : LINE_BYTES;
        struct line line = {.text = words, .style = &mark->style, .size_px = placed->fit.size_px};
        int left = over;
        memcpy(words, text + at->start, length);
        words[length] = '\0';
        if (at->is_elided) memcpy(words + length, "…", sizeof "…");
        cut_line(letters, strlen(words), &line);
        int width = letters_width(letters, &mark->style, words, strlen(words), line.size_px);
        if (mark->style.across == ALIGN_CENTRE) left += (placed->box.w - width) / 2;
        if (mark->style.across == ALIGN_END) left += placed->box.w - width;
        cover_line(letters, &line, &canvas, left, over + (int)i * line_px);
    }
}
