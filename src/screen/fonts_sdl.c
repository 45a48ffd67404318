#define LOG_MODULE "fonts"

#include "screen/fonts.h"

#include "base/log.h"
#include "base/mem.h"
#include "screen/font_list.h"

#include <SDL_ttf.h>
#include <stdlib.h>

enum { OPEN_FONTS = 16, KNOWN_POINTS = 256 };

struct fonts {
    struct font_list list;
    bool is_broken[FONT_LIST_MAX]; // couldn't be opened; said once
    bool has_ttf;
    uint64_t turn;
    struct open_font {
        int entry, size_px;
        uint64_t used; // turn of the last use
        TTF_Font *font;
    } open[OPEN_FONTS];
    struct known_point { // which font has it; a slot holds the point that came last
        uint32_t point;
        bool is_bold;
        int entry;
    } known[KNOWN_POINTS];
};

enum status fonts_open(const char *fonts_conf, struct fonts **out)
{
    struct fonts *fonts = mem_zero(sizeof *fonts);
    enum status status = font_list_read(fonts_conf, &fonts->list);

    if (status != STATUS_OK) goto fail;
    if (TTF_Init()) {
        log_error("SDL_ttf doesn't start: %s", TTF_GetError());
        status = STATUS_MISSING;
        goto fail;
    }
    fonts->has_ttf = true;
    *out = fonts;
    return STATUS_OK;
fail:
    fonts_close(fonts);
    return status;
}

void fonts_close(struct fonts *fonts)
{
    if (!fonts) return;
    for (int i = 0; i < OPEN_FONTS; i++)
        if (fonts->open[i].font) TTF_CloseFont(fonts->open[i].font);
    if (fonts->has_ttf) TTF_Quit();
    free(fonts);
}

static TTF_Font *open_file(struct fonts *fonts, int entry, int size_px)
{
    const char *path = fonts->list.entries[entry].path;
    TTF_Font *font = fonts->is_broken[entry] ? NULL : TTF_OpenFont(path, size_px);

    if (font) {
        TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
        return font;
    }
    if (!fonts->is_broken[entry]) log_warn("a font can't be used path=%s: %s", path, TTF_GetError());
    fonts->is_broken[entry] = true;
    return NULL;
}

void *fonts_get(struct fonts *fonts, int entry, int size_px)
{
    struct open_font *oldest = &fonts->open[0];

    fonts->turn++;
    for (struct open_font *at = fonts->open; at < fonts->open + OPEN_FONTS; at++) {
        if (at->font && at->entry == entry && at->size_px == size_px) {
            at->used = fonts->turn;
            return at->font;
        }
        if (at->used < oldest->used) oldest = at;
    }
    TTF_Font *font = open_file(fonts, entry, size_px);
    if (!font) return NULL;
    if (oldest->font) TTF_CloseFont(oldest->font);
    *oldest = (struct open_font){entry, size_px, fonts->turn, font};
    return font;
}

bool fonts_has(struct fonts *fonts, int entry, uint32_t point, int size_px)
{
    TTF_Font *font = fonts_get(fonts, entry, size_px);

    return font && TTF_GlyphIsProvided32(font, point);
}

static enum font_role role_of(const struct fonts *fonts, int entry)
{
    return fonts->list.entries[entry].role;
}

int fonts_main(const struct fonts *fonts, bool is_bold)
{
    enum font_role role = is_bold ? FONT_ROLE_BOLD : FONT_ROLE_REGULAR;

    for (int entry = 0; entry < (int)fonts->list.count; entry++)
        if (role_of(fonts, entry) == role && !fonts->is_broken[entry]) return entry;
    return 0;
}

// The first of the weight, then of the fallbacks, then of all.
static int search(struct fonts *fonts, uint32_t point, bool is_bold, int size_px)
{
    enum font_role role = is_bold ? FONT_ROLE_BOLD : FONT_ROLE_REGULAR;
    int count = (int)fonts->list.count;

    for (int entry = 0; entry < count; entry++)
        if (role_of(fonts, entry) == role && fonts_has(fonts, entry, point, size_px)) return entry;
    for (int entry = 0; entry < count; entry++)
        if (role_of(fonts, entry) == FONT_ROLE_FALLBACK && fonts_has(fonts, entry, point, size_px)) return entry;
    return fonts_main(fonts, is_bold);
}

int fonts_find(struct fonts *fonts, uint32_t point, bool is_bold, int size_px)
{
    struct known_point *known = &fonts->known[(point * 2654435761u >> 8) % KNOWN_POINTS];

    if (known->point == point && known->is_bold == is_bold) return known->entry;
    *known = (struct known_point){point, is_bold, search(fonts, point, is_bold, size_px)};
    return known->entry;
}
