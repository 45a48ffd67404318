// fuzz_picture.h -- pictures that a decoder should never meet: mutated codes, carpets of finder patterns, noise, any
// size. Codes hold every kind of segment, in orders nobody uses (libqrencode). Repeatable from a seed.
#ifndef EINLASS_TESTS_SUPPORT_FUZZ_PICTURE_H
#define EINLASS_TESTS_SUPPORT_FUZZ_PICTURE_H

#include "frame/frame.h"

struct fuzz_picture;
struct fuzz_picture *fuzz_picture_open(uint64_t seed);
void fuzz_picture_close(struct fuzz_picture *fuzz);
void fuzz_picture_draw(struct fuzz_picture *fuzz, struct frame *frame); // the next one; sealed

#endif
