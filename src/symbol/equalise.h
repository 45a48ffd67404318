// equalise.h -- modules told apart though the picture is smeared over two or three of them (a moving hand, defocus).
// A linear filter over two samples a module each way, trained on the modules that every symbol has: it learns to undo
// the smear, whatever its direction. Two samples, not one: what a smear has destroyed at the middles of modules is
// still told between them. Resource: 150 kB. Pure but for that. Its prices (attempt.h) are estimates.
// Source: fractionally spaced equalisers with a training sequence, then directed by their own decisions (Ungerboeck
// 1976, "Fractional tap-spacing equalizer and consequences for clock recovery in data modems"; Lucky 1966).
#ifndef EINLASS_SYMBOL_EQUALISE_H
#define EINLASS_SYMBOL_EQUALISE_H

#include "symbol/grid.h"
#include "symbol/pattern.h"

struct equaliser;
enum status equaliser_open(struct equaliser **out) MUST_CHECK;
void equaliser_close(struct equaliser *equaliser); // NULL is fine

// Takes the samples, trains, and says what the modules are. False: they are no symbol's, as even the known ones aren't
// told. is_upright: the smear goes rather along the symbol's columns than its rows.
bool equaliser_train(struct equaliser *equaliser, const struct grey_picture *picture, const struct grid *grid,
                     bool is_upright, uint8_t modules_out[PATTERN_MAX_MODULES]);

// Once more with the modules as they seem to be, format word included.
void equaliser_train_again(struct equaliser *equaliser, uint8_t modules[PATTERN_MAX_MODULES]);

#endif
