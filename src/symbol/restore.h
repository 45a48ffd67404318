// restore.h -- modules told apart in spite of blur (defocus, motion) and of ink that ran: each grey value is taken for
// a mixture of a module and its neighbours. Pure. 0.2 ms. By turns: which mixture explains the values best if the
// modules are as guessed (least squares), and which modules explain the values best if the mixture is that one (each
// flipped if that helps, given its neighbours). Sources: Besag 1986, "On the statistical analysis of dirty pictures"
// (iterated conditional modes); blind equalisation with a training sequence, which the known patterns are here.
#ifndef EINLASS_SYMBOL_RESTORE_H
#define EINLASS_SYMBOL_RESTORE_H

#include "symbol/sample.h"

// `modules`: a first guess with the known patterns drawn in (pattern_stamp), which stay as they are.
void restore(const struct samples *samples, bool is_mirrored, int format, uint8_t modules[PATTERN_MAX_MODULES]);

#endif
