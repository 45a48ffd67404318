// entrant.h -- one row of a roster file as what it says about a guest. Pure; any thread.
#ifndef EINLASS_OFFICE_ENTRANT_H
#define EINLASS_OFFICE_ENTRANT_H

#include "office/columns.h"
#include "record/event.h"
#include "verdict/guest.h"

enum { ENTRANT_WHY_SIZE = 240 };
enum { ENTRANT_MOST_PERSON = 999999999 }; // what a file may call a person; above it there is room for the book's own

struct entrant {
    bool has_name, has_company, has_note, has_class, has_group, has_status, has_language; // what the file speaks of
    bool has_ticket;
    struct guest guest;       // of it only what the file speaks of; person 0: none given
    const char *foreign_code; // NULL: none; borrowed from the row
};

// INVALID: `why_out` says what is wrong with the row, in English.
enum status entrant_read(const struct event *event, const struct columns *columns, const struct sheet_row *row,
                         struct entrant *out, char why_out[ENTRANT_WHY_SIZE]) MUST_CHECK;

// Writes over `guest` what the file speaks of.
void entrant_apply(const struct entrant *entrant, struct guest *guest);

#endif
