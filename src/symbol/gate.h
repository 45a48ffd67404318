// gate.h -- whether a picture is fit for a classic pass (resource: the memory that takes).
// zbar tries finder patterns by threes, so its time grows with the cube of their number and not with the picture: a
// carpet of them, printed to be nasty, would hold it up for a second. Large versions are no crowd, though many places
// in their data look like a pattern: of those hardly any is solid (finder.h), and of a carpet's nearly all or none.
// Ownership: open() hands you the gate; close() it. Threads: one. 2 ms at 1280x720.
#ifndef EINLASS_SYMBOL_GATE_H
#define EINLASS_SYMBOL_GATE_H

#include "base/status.h"
#include "frame/shrink.h"

#include <stdbool.h>

// 20 finders have 1,140 triples, zbar gives up after 8,192. Of version 40's patterns 28 to 67 are found and 3 to 6 are
// solid; two such symbols side by side have twice that.
enum { GATE_MOST_FINDERS = 20, GATE_MOST_DENSE = 140, GATE_LEAST_SOLID = 3, GATE_MOST_SOLID = 16 };

struct gate;
enum status gate_open(struct gate **out) MUST_CHECK;
void gate_close(struct gate *gate); // NULL is fine

// Pictures with sides below 40 px are not.
bool gate_lets_through(struct gate *gate, const struct grey_picture *picture);

#endif
