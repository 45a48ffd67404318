// draft.h -- a new event from what a clerk typed: checks every word, fills in what was left out.
// Sets the process's time zone (zone.h). Threads: one.
#ifndef EINLASS_OFFICE_DRAFT_H
#define EINLASS_OFFICE_DRAFT_H

#include "record/event.h"

// Texts as typed; NULL where nothing was.
struct draft {
    const char *number;         // NULL: the caller sets event.number
    const char *name, *name_en; // name_en: as name
    const char *kind;           // studitour, netzwerktreffen or boxes
    const char *starts, *ends;  // local time, see zone.h
    const char *zone;           // Europe/Berlin
    const char *capacity;       // of each list that says none of its own; no limit
    const char *welcome, *welcome_en, *privacy, *privacy_en;
    // "Tür; mode=in_out; capacity=300; opens=2026-12-04 18:00; closes=…; groups=1,Bus 2; classes=…; stock=…; after=…":
    // the name, then its rules, in any order. `after` names another list. None: one list "Einlass", mode once.
    const char *lists[EVENT_MAX_LISTS];
    const char *stops[EVENT_MAX_STOPS]; // "Rathaus|Town hall", in the order of the tour
    // "3=Bus 3|Coach 3|vor dem Rathaus|at the town hall": name and where it is, German and English; from the second
    // part on all may be left out.
    const char *classes[EVENT_MAX_LABELS], *groups[EVENT_MAX_LABELS];
    const char *staff[EVENT_MAX_LABELS]; // classes, by number or name, whose tickets open the staff pages
    const char *pins[EVENT_MAX_PINS];    // 4 to 32 digits
    size_t list_count, stop_count, class_count, group_count, staff_count, pin_count;
    // Walk-ins are welcome when any of these is given. A star behind a key: it must be given.
    bool welcomes_walk_ins;
    const char *walk_in_class; // number or name; 6 where the usual classes are used
    const char *plus_ones;     // 3
    const char
        *fields[EVENT_MAX_FIELDS]; // "company*=Firma|Company"; name and email are known keys. Name, company, e-mail
    const char *consents[EVENT_MAX_CONSENTS]; // "photos@2026-11=Text|English": key and version of the text
    size_t field_count, consent_count;
    bool hides_names, hides_headcount;
};

struct draft_flaw {
    char words[200]; // what to change, in English
};

// INVALID: flaw_out says what to change. Takes about 30 ms per PIN (argon2id).
enum status draft_event(const struct draft *draft, struct event *out, struct draft_flaw *flaw_out) MUST_CHECK;

// The verifier of a staff PIN: argon2id with 8 MiB and 3 passes, so that a small kiosk can check it beside the camera.
// INVALID: not 4 to 32 digits.
enum status draft_pin(const char *pin, char out[EVENT_PIN_SIZE]) MUST_CHECK;

#endif
