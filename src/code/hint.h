// hint.h -- why nothing is read, as far as the picture tells; for words on the Ready screen.
// A value. NEARER … BRIGHTER only when something with the structure of a QR code is seen (symbol/trace.h, patch.h).
#ifndef EINLASS_CODE_HINT_H
#define EINLASS_CODE_HINT_H

enum hint {
    HINT_NONE,
    HINT_NEARER,   // its modules are too small to be told apart
    HINT_FARTHER,  // it doesn't fit into the picture, or is too near to be sharp
    HINT_BRIGHTER, // hardly any contrast: a phone's display is too dark
    HINT_COVERED,  // no structure at all for long: something lies on the camera
    HINT_BLIND,    // nothing can be read at all: the reading process can't be started
    HINT_COUNT,
};

#endif
