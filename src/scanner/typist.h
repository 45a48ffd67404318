// typist.h -- who types on one keyboard: a person, whose keys are none of our business, or a hand scanner.
// A keyboard whose name or setting says scanner is taken whole (grabbed) at once. Any other is watched: when a line is
// typed as only a scanner types, that line counts, and the keyboard is taken from then on, between two keys. If a
// person types on a keyboard taken like that, it is given back.
// Value, 33 kB. One thread. Nothing blocks.
#ifndef EINLASS_SCANNER_TYPIST_H
#define EINLASS_SCANNER_TYPIST_H

#include "scanner/wedge.h"

struct typist {
    struct keyboard *keyboard; // NULL: nobody; what is typed is read from it, it isn't owned
    struct keyboard_facts facts;
    enum keyboard_use use;
    bool is_learned; // a scanner by its pace, not by its name
    bool is_grabbed;
    struct key_event event; // read, but belongs to the next line
    bool has_event;
    struct wedge wedge;
    struct scanned_habit habit;
};

void typist_init(struct typist *typist, struct keyboard *keyboard, const struct keyboard_facts *facts,
                 enum keyboard_use use);

// OK: a scanner typed a line, it lies in `wedge`; take it, wedge_clear() and call again. LATER: nothing more now.
// GONE: unplugged.
enum status typist_read(struct typist *typist, int64_t mono_ms) MUST_CHECK;
int64_t typist_due_ms(const struct typist *typist); // when to call again though no key moved; INT64_MAX: not at all

#endif
