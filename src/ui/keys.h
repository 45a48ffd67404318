// keys.h -- the keyboard on the screen, for names, firms, e-mail addresses and reasons; and what it types into.
// Letters with umlauts and ß, digits, the signs of an address (@ . - _ +); a long press is never needed. Targets of
// 12 mm where the screen has room for ten columns of them, see layout.h. Pure.
#ifndef EINLASS_UI_KEYS_H
#define EINLASS_UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

struct brush;
struct box;

enum keys_kind { KEYS_TEXT, KEYS_EMAIL, KEYS_NUMBER };
enum keys_layer { KEYS_SMALL, KEYS_CAPITAL, KEYS_SIGNS }; // CAPITAL: for one letter, then small again

struct keys {
    enum keys_kind kind;
    enum keys_layer layer;
};

int keys_height_px(const struct brush *brush, const struct keys *keys); // it wants
// Keys are targets {ACT_KEY, code point}, {ACT_ERASE, 0}, {ACT_LAYER, enum keys_layer}.
void keys_draw(const struct brush *brush, struct box box, const struct keys *keys);

// Bounded text that stays valid UTF-8 without control characters: what doesn't fit, or isn't, is left out.
bool field_append(char *text, size_t text_size, const char *more);
void field_erase(char *text); // the last grapheme's last code point
bool field_append_point(char *text, size_t text_size, int point);

#endif
