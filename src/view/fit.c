#include "view/fit.h"

#include "base/grapheme.h"

#include <stdint.h>
#include <string.h>

struct setting { // one attempt
    const char *text;
    int width_px, size_px;
    size_t most_lines;
    bool may_break_words;
    fit_measure *measure;
    void *owner;
};

int fit_line_px(int size_px)
{
    return (size_px * 5 + 3) / 4;
}

static int width(const struct setting *setting, size_t start, size_t end)
{
    return setting->measure(setting->owner, setting->text + start, end - start, setting->size_px);
}

static bool has_room(const struct setting *setting, size_t start, size_t end)
{
    return width(setting, start, end) <= setting->width_px;
}

static bool ends_word(char byte)
{
    return byte == '\0' || byte == ' ' || byte == '\n';
}

// End of the word at `start`: before a space or line break, or behind a hyphen or slash that leaves something
// worth a line on both sides ("Müller-/Lüdenscheidt", never "E-/Mail").
static size_t word_end(const char *text, size_t start)
{
    enum { LEAST_BYTES = 4 };
    size_t at = start;

    while (!ends_word(text[at])) {
        char byte = text[at++];
        if ((byte != '-' && byte != '/') || at - start < LEAST_BYTES) continue;
        if (!ends_word(text[at]) && !ends_word(text[at + 1]) && !ends_word(text[at + 2])) break;
    }
    return at;
}

static size_t skip_spaces(const char *text, size_t at)
{
    while (text[at] == ' ') at++;
    return at;
}

// As many graphemes from `start` as fit a line; at least one.
static size_t broken_end(const struct setting *setting, size_t start, size_t end)
{
    size_t at = start + grapheme_length(setting->text + start);

    while (at < end) {
        size_t next = at + grapheme_length(setting->text + at);
        if (!has_room(setting, start, next)) break;
        at = next;
    }
    return at;
}

// The end of the line that starts at `start`; SIZE_MAX when not even its first word fits.
static size_t line_end(const struct setting *setting, size_t start)
{
    size_t end = word_end(setting->text, start);

    if (!has_room(setting, start, end)) return setting->may_break_words ? broken_end(setting, start, end) : SIZE_MAX;
    while (setting->text[end] && setting->text[end] != '\n') {
        size_t next = word_end(setting->text, skip_spaces(setting->text, end));
        if (!has_room(setting, start, next)) break;
        end = next;
    }
    return end;
}

// True when the whole text stands in the lines. `out` holds what stood until then.
static bool try_setting(const struct setting *setting, struct fit *out)
{
    size_t at = skip_spaces(setting->text, 0);

    out->size_px = setting->size_px;
    out->line_count = 0;
    while (setting->text[at] && out->line_count < setting->most_lines) {
        size_t end = line_end(setting, at);
        if (end == SIZE_MAX) return false;
        out->lines[out->line_count++] = (struct fit_line){at, end - at, false};
        at = skip_spaces(setting->text, end);
        if (setting->text[at] == '\n') at++;
        at = skip_spaces(setting->text, at);
    }
    out->end = at;
    return setting->text[at] == '\0';
}

// Ends the last line with an ellipsis at the last grapheme that leaves room for it.
static void elide(const struct setting *setting, struct fit *fit)
{
    static const char dots[] = "…";
    struct fit_line *line = &fit->lines[fit->line_count - 1];
    int room_px = setting->width_px - setting->measure(setting->owner, dots, sizeof dots - 1, setting->size_px);
    size_t rest = line->start + strcspn(setting->text + line->start, "\n"), kept = line->start;

    while (kept < rest) {
        size_t next = kept + grapheme_length(setting->text + kept);
        if (width(setting, line->start, next) > room_px) break;
        kept = next;
    }
    while (kept > line->start && setting->text[kept - 1] == ' ') kept--;
    line->length = kept - line->start;
    line->is_elided = true;
}

// A limit on lines is meant at the wanted size: smaller type may take as many as stand in the same height.
static size_t lines_in(const struct fit_box *box, int size_px)
{
    int height_px = box->height_px, limit_px = box->most_lines * fit_line_px(box->size_px);

    if (limit_px > 0 && limit_px < height_px) height_px = limit_px;
    int count = height_px / fit_line_px(size_px);
    if (count < 1) return 1;
    return count > FIT_MAX_LINES ? FIT_MAX_LINES : (size_t)count;
}

static int least_size(int size_px)
{
    int least_px = (size_px * 7 + 9) / 10;

    if (least_px < FIT_LEAST_PX) least_px = FIT_LEAST_PX;
    return least_px < size_px ? least_px : size_px;
}

int fit_least_line_px(int size_px)
{
    return fit_line_px(least_size(size_px));
}

// The same number of lines, as even as they come: the narrowest width that doesn't need one more.
static void even_out(struct setting *setting, struct fit *fit)
{
    int wide_px = setting->width_px, narrow_px = wide_px / 2;
    struct fit attempt;

    setting->most_lines = fit->line_count;
    while (wide_px - narrow_px > setting->size_px / 4) {
        setting->width_px = (wide_px + narrow_px) / 2;
        if (try_setting(setting, &attempt)) {
            *fit = attempt;
            wide_px = setting->width_px;
        } else narrow_px = setting->width_px;
    }
}

// Tries ever smaller sizes; `line_limit` 0: as many lines as the box has.
static bool try_sizes(struct setting *setting, const struct fit_box *box, size_t line_limit, struct fit *out)
{
    enum { STEPS = 4 };
    int least_px = box->is_fixed ? box->size_px : box->least_px > 0 ? box->least_px : least_size(box->size_px);

    for (int step = 0; step <= STEPS; step++) {
        setting->size_px = box->size_px - (box->size_px - least_px) * step / STEPS;
        if (step < STEPS && fit_line_px(setting->size_px) > box->height_px) continue; // a line is as high as its box
        setting->most_lines = line_limit > 0 ? line_limit : lines_in(box, setting->size_px);
        if (try_setting(setting, out)) return true;
    }
    return false;
}

void fit_text(const char *text, const struct fit_box *box, fit_measure *measure, void *owner, struct fit *out)
{
    struct setting setting = {.text = text, .width_px = box->width_px, .measure = measure, .owner = owner};

    memset(out, 0, sizeof *out);
    if (box->is_one_line && try_sizes(&setting, box, 1, out)) return;
    if (try_sizes(&setting, box, 0, out)) {
        if (out->line_count > 1 && !box->is_fixed) even_out(&setting, out);
        return;
    }
    setting.may_break_words = true;
    if (!try_setting(&setting, out) && !box->is_fixed && out->line_count > 0) elide(&setting, out);
}
