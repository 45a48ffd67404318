// hostile.h -- pictures made to cost a scanner its time, 1280x720: carpets of finder patterns and of rings, hundreds of
// codes, codes that can't be decoded, the largest code there is, noise. The same each time; pure.
#ifndef EINLASS_TESTS_SUPPORT_STUDIO_HOSTILE_H
#define EINLASS_TESTS_SUPPORT_STUDIO_HOSTILE_H

#include "frame/frame.h"

enum { HOSTILE_COUNT = 27 };

// Draws picture `number` (0 … HOSTILE_COUNT - 1), seals it, and gives its name.
const char *hostile_draw(int number, struct frame *frame);

#endif
