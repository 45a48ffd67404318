// hostile_text.h -- what strangers type where a name is asked: markup, scripts, formulas, control characters, marks
// that turn the direction of writing, quotes, nothing at all. UTF-8 always. The same number gives the same text.
#ifndef EINLASS_TESTS_SUPPORT_HOSTILE_TEXT_H
#define EINLASS_TESTS_SUPPORT_HOSTILE_TEXT_H

#include <stddef.h>

enum { HOSTILE_TEXTS = 1000 };

void hostile_text(size_t number, char *out, size_t size);

#endif
