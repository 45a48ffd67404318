// page.h -- the screens by name, and what a form has to say.
#ifndef EINLASS_MODEL_PAGE_H
#define EINLASS_MODEL_PAGE_H

enum page {
    PAGE_READY,
    PAGE_RESULT,
    PAGE_NOT_SAVED, // stays until the disk works again
    PAGE_PRIVACY,
    PAGE_HAND,    // typing a ticket number
    PAGE_PIN,     // staff unlock with a PIN or a staff ticket; anybody may be reading
    PAGE_HELP,    // "Ohne Ticket?"
    PAGE_WALK_IN, // walk.h
    PAGE_STAFF,   // staff.h
    PAGE_ATTRACT, // a sponsor's picture, until anything happens
    PAGE_PAIRING, // pairing_page.h: the first start, nothing else is there yet
    PAGE_TROUBLE, // trouble.h: it can't begin
};

// What a form has to say beside its fields.
enum form_hint {
    FORM_HINT_NONE,
    FORM_HINT_WAIT, // the desk was asked
    FORM_HINT_NOBODY,
    FORM_HINT_NO_ANSWER,
    FORM_HINT_PIN_WRONG,
    FORM_HINT_PIN_LATER, // no tries until pin_wait_until_ms
};

#endif
