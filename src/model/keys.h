// keys.h -- the keyboard on the screen, for names, firms, e-mail addresses and reasons; and what it types into.
// QWERTZ with umlauts and ß; digits, signs and foreign letters one touch away; an address has @ . - _ beside the
// letters. A long press is never needed. Pure. How it looks: view/view_keys.h.
#ifndef EINLASS_MODEL_KEYS_H
#define EINLASS_MODEL_KEYS_H

#include <stdbool.h>
#include <stddef.h>

enum keys_kind { KEYS_TEXT, KEYS_EMAIL, KEYS_NUMBER };
enum keys_layer { KEYS_SMALL, KEYS_CAPITAL, KEYS_SIGNS }; // CAPITAL: for one letter, then small again

struct keys {
    enum keys_kind kind;
    enum keys_layer layer;
};

// After each change of the text: what the next key types. `are_names`: a capital at the beginning, after a blank and
// after a hyphen. The signs stay until they are left.
void keys_follow(struct keys *keys, const char *text, bool are_names);

// Bounded text that stays valid UTF-8 without control characters: what doesn't fit, or isn't, is left out.
// True when all of `more` was taken.
bool field_append(char *text, size_t text_size, const char *more);
bool field_append_point(char *text, size_t text_size, int point);
void field_erase(char *text); // what a reader takes for the last character (grapheme)

#endif
