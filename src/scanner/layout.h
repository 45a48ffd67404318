// layout.h -- what is printed on the keys: a key and its modifiers become text, as some country's keyboard has it.
// A hand scanner types keys, not characters; the layout it was made for has to be known for everything but digits
// (wedge.h). Thread: one. Memory: taken at open.
#ifndef EINLASS_SCANNER_LAYOUT_H
#define EINLASS_SCANNER_LAYOUT_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

enum layout_modifier { LAYOUT_SHIFT = 1, LAYOUT_CAPS = 2, LAYOUT_ALTGR = 4 };
enum { LAYOUT_TEXT_SIZE = 8 };

struct layout;
// `name` as in XKB: us, de, fr, de(nodeadkeys), … INVALID: there is no such layout, or package xkb-data is missing.
enum status layout_xkb_open(const char *name, struct layout **out) MUST_CHECK;
void layout_close(struct layout *layout); // NULL is fine

// UTF-8 of the key, its length (without the NUL); 0: it stands for no character. A dead key, which only prepares the
// next one, gives "\xFF": no UTF-8, so that nobody takes what lacks a character for something else. `layout` NULL: no
// key stands for anything.
size_t layout_text(struct layout *layout, uint16_t key, unsigned modifiers, char out[LAYOUT_TEXT_SIZE]);

#endif
