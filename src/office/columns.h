// columns.h -- which column of a roster file means what, by its heading. German or English; case, blanks and
// punctuation don't matter ("E-Mail" = "email"), ä ö ü ß may be written ae oe ue ss.
// Name beside Vorname (and no Nachname) is the family name; beside both of them it isn't used. Pure; any thread.
#ifndef EINLASS_OFFICE_COLUMNS_H
#define EINLASS_OFFICE_COLUMNS_H

#include "office/sheet.h"

// What a column can be, and the headings it is known by; the first one is how messages call it.
#define COLUMN_LIST(X)                                                                                                 \
    X(NAME, "Name", "voller name", "vollstaendiger name", "full name", "teilnehmer", "teilnehmerin", "teilnehmende",   \
      "attendee", "attendee name", "gast", "guest")                                                                    \
    X(GIVEN, "Vorname", "rufname", "first name", "given name", "forename")                                             \
    X(FAMILY, "Nachname", "familienname", "zuname", "last name", "family name", "surname")                             \
    X(COMPANY, "Firma", "schule", "unternehmen", "betrieb", "organisation", "organization", "institution",             \
      "firma schule", "company", "school", "employer")                                                                 \
    X(CLASS, "Klasse", "class", "kategorie", "category", "ticketart", "tickettyp", "ticket type", "product",           \
      "produkt")                                                                                                       \
    X(GROUP, "Gruppe", "group", "bus", "tour", "session", "team")                                                      \
    X(STATUS, "Status", "zustand", "order status", "bezahlstatus", "payment status")                                   \
    X(NOTE, "Notiz", "hinweis", "bemerkung", "anmerkung", "note", "notes", "comment", "remark")                        \
    X(CODE, "Code", "fremdcode", "foreign code", "barcode", "qr code", "secret", "ticketcode", "ticket code")          \
    X(PERSON, "Person", "personennummer", "person number", "person id", "teilnehmernummer", "attendee number")         \
    X(TICKET, "Ticketnummer", "ticket number", "ticket no", "ticket nr")                                               \
    X(LANGUAGE, "Sprache", "language", "lang", "locale", "bevorzugte sprache", "preferred language")

enum column {
#define X(name, ...) COLUMN_##name,
    COLUMN_LIST(X)
#undef X
        COLUMN_COUNT,
    COLUMN_UNKNOWN = COLUMN_COUNT
};

enum { COLUMN_ABSENT = -1 };

struct columns {
    size_t count;               // up to the last one with a heading
    int field_of[COLUMN_COUNT]; // index in a row, or COLUMN_ABSENT
    size_t unused_count;
    size_t unused[SHEET_MAX_FIELDS]; // indexes of headings that mean nothing here, or what others say better
};

enum column column_of_heading(const char *heading);
const char *column_word(enum column column);
const char *column_heading(enum column column, size_t n); // every heading it is known by; NULL behind the last

// INVALID: a meaning occurs twice, or nothing says who the people are (no name, and no given or family name, ticket or
// person number). words_out says which.
enum status columns_read(const struct sheet_row *heading, struct columns *out, char *words_out,
                         size_t words_size) MUST_CHECK;

// The field of a row, "" where the row is short, NULL where the file has no such column.
const char *columns_field(const struct columns *columns, const struct sheet_row *row, enum column column);

// What stands behind the last heading: then a field holds a separator, and all behind it are in the wrong column.
// NULL: nothing.
const char *columns_surplus(const struct columns *columns, const struct sheet_row *row);

#endif
