#include "office/entrant.h"

#include "base/text.h"
#include "office/blank.h"
#include "office/compose.h"
#include "office/spelling.h"
#include "ticket/ticket.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 2, 3))) static enum status refuse(char *why, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(why, ENTRANT_WHY_SIZE, format, arguments);
    va_end(arguments);
    return STATUS_INVALID;
}

// Blanks at the ends go, blanks inside become single ones.
static void squeeze(const char *from, char *to)
{
    const char *from_end = from + strlen(from);
    char *end = to;

    while (from < from_end) {
        size_t blank = blank_at_begin(from, (size_t)(from_end - from));
        if (blank && end > to && end[-1] != ' ') *end++ = ' ';
        if (blank) from += blank;
        else *end++ = *from++;
    }
    if (end > to && end[-1] == ' ') end--;
    *end = '\0';
}

static enum status take_text(const char *field, enum column column, char *to, size_t to_size, bool *has_out, char *why)
{
    char squeezed[SHEET_MAX_FIELD_BYTES + 1];

    *has_out = field;
    if (!field) return STATUS_OK;
    squeeze(field, squeezed);
    compose(squeezed, to, to_size);
    if (squeezed[0] && !to[0]) return refuse(why, "%s is longer than %zu bytes", column_word(column), to_size - 1);
    return STATUS_OK;
}

// A whole name, or put together from its two halves.
static enum status take_name(const struct columns *columns, const struct sheet_row *row, struct entrant *out, char *why)
{
    char joined[SHEET_MAX_FIELD_BYTES + 1];
    const char *name = columns_field(columns, row, COLUMN_NAME);
    const char *given = columns_field(columns, row, COLUMN_GIVEN);
    const char *family = columns_field(columns, row, COLUMN_FAMILY);

    if (given || family) { // columns.h: then there is no other

        int length = snprintf(joined, sizeof joined, "%s %s", given ? given : "", family ? family : "");
        if (length < 0 || (size_t)length >= sizeof joined) return refuse(why, "the name is too long");
        name = joined;
    }
    if (take_text(name, COLUMN_NAME, out->guest.name, sizeof out->guest.name, &out->has_name, why) != STATUS_OK)
        return STATUS_INVALID;
    out->has_name = out->has_name && out->guest.name[0];
    return STATUS_OK;
}

static bool read_number(const char *text, uint32_t most, uint32_t *out)
{
    if (strspn(text, "0123456789") != strlen(text) || strlen(text) > 10) return false;
    unsigned long long number = strtoull(text, NULL, 10);
    if (number > most) return false;
    *out = (uint32_t)number;
    return true;
}

static void list_names(const struct event_label *labels, size_t count, char *to, size_t to_size)
{
    size_t used = 0;

    to[0] = '\0';
    for (size_t i = 0; i < count && used + 1 < to_size; i++) {
        int length = snprintf(to + used, to_size - used, "%s%s", i ? ", " : "", labels[i].name[LANGUAGE_DE]);
        used += length > 0 ? (size_t)length : 0;
    }
}

// By number, or by name in either language.
static enum status take_label(const char *field, enum column column, const struct event_label *labels, size_t count,
                              uint8_t *to, char *why)
{
    char known[120], label[SHEET_MAX_FIELD_BYTES + 1];
    uint32_t id;

    compose(field, label, sizeof label);
    for (size_t i = 0; i < count; i++)
        if ((read_number(field, 255, &id) && id == labels[i].id) ||
            spelling_is_same(label, labels[i].name[LANGUAGE_DE]) ||
            spelling_is_same(label, labels[i].name[LANGUAGE_EN])) {
            *to = labels[i].id;
            return STATUS_OK;
        }
    if (count == 0) return refuse(why, "%s '%.60s': the event has none", column_word(column), field);
    list_names(labels, count, known, sizeof known);
    return refuse(why, "%s '%.60s' is not one of the event's: %s%s", column_word(column), field, known,
                  column == COLUMN_CLASS ? " (school classes: rename the column)" : "");
}

static enum status take_labels(const struct event *event, const struct columns *columns, const struct sheet_row *row,
                               struct entrant *out, char *why)
{
    const char *class_name = columns_field(columns, row, COLUMN_CLASS);
    const char *group_name = columns_field(columns, row, COLUMN_GROUP);

    out->has_class = class_name && *class_name;
    out->has_group = group_name;
    if (out->has_class && take_label(class_name, COLUMN_CLASS, event->classes, event->class_count, &out->guest.class_id,
                                     why) != STATUS_OK)
        return STATUS_INVALID;
    if (!group_name || !*group_name || strcmp(group_name, "0") == 0) return STATUS_OK;
    return take_label(group_name, COLUMN_GROUP, event->groups, event->group_count, &out->guest.group, why);
}

// What a status column may say. An empty field is ok.
static const struct {
    const char *word;
    enum guest_status status;
} STATUS_WORDS[] = {
    {"ok", GUEST_STATUS_OK},
    {"bezahlt", GUEST_STATUS_OK},
    {"paid", GUEST_STATUS_OK},
    {"gültig", GUEST_STATUS_OK},
    {"valid", GUEST_STATUS_OK},
    {"angemeldet", GUEST_STATUS_OK},
    {"registered", GUEST_STATUS_OK},
    {"bestätigt", GUEST_STATUS_OK},
    {"confirmed", GUEST_STATUS_OK},
    {"unbezahlt", GUEST_STATUS_UNPAID},
    {"offen", GUEST_STATUS_UNPAID},
    {"unpaid", GUEST_STATUS_UNPAID},
    {"pending", GUEST_STATUS_UNPAID},
    {"nicht bezahlt", GUEST_STATUS_UNPAID},
    {"gesperrt", GUEST_STATUS_BLOCKED},
    {"blocked", GUEST_STATUS_BLOCKED},
    {"storniert", GUEST_STATUS_CANCELED},
    {"abgemeldet", GUEST_STATUS_CANCELED},
    {"abgesagt", GUEST_STATUS_CANCELED},
    {"canceled", GUEST_STATUS_CANCELED},
    {"cancelled", GUEST_STATUS_CANCELED},
};

static enum status take_status(const char *field, struct entrant *out, char *why)
{
    out->has_status = field;
    if (!field || !*field) return STATUS_OK;
    for (size_t i = 0; i < sizeof STATUS_WORDS / sizeof *STATUS_WORDS; i++)
        if (spelling_is_same(field, STATUS_WORDS[i].word)) {
            out->guest.status = STATUS_WORDS[i].status;
            return STATUS_OK;
        }
    return refuse(why, "Status '%.60s' is not one of: bezahlt, unbezahlt, gesperrt, storniert", field);
}

// What a language column may say. Only those that the screen speaks make a difference at the door.
static const struct {
    const char *code, *german, *english;
} LANGUAGE_WORDS[] = {
    {"de", "deutsch", "german"},           {"en", "englisch", "english"},     {"ar", "arabisch", "arabic"},
    {"fa", "persisch", "persian"},         {"fr", "französisch", "french"},   {"it", "italienisch", "italian"},
    {"ku", "kurdisch", "kurdish"},         {"nl", "niederländisch", "dutch"}, {"pl", "polnisch", "polish"},
    {"pt", "portugiesisch", "portuguese"}, {"ro", "rumänisch", "romanian"},   {"ru", "russisch", "russian"},
    {"es", "spanisch", "spanish"},         {"tr", "türkisch", "turkish"},     {"uk", "ukrainisch", "ukrainian"},
};

// A word, or a code ("en", "en-GB").
static enum status take_language(const char *field, struct entrant *out, char *why)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    char *to = out->guest.language;

    out->has_language = field;
    if (!field || !*field) return STATUS_OK;
    for (size_t i = 0; i < sizeof LANGUAGE_WORDS / sizeof *LANGUAGE_WORDS; i++)
        if (spelling_is_same(field, LANGUAGE_WORDS[i].german) || spelling_is_same(field, LANGUAGE_WORDS[i].english)) {
            text_copy(to, GUEST_LANGUAGE_SIZE, LANGUAGE_WORDS[i].code);
            return STATUS_OK;
        }
    if (strspn(field, letters) != 2 || (field[2] && field[2] != '-' && field[2] != '_'))
        return refuse(why, "Sprache '%.60s' must be one language, or its two letters, such as de or en", field);
    for (size_t i = 0; i < 2; i++) to[i] = (char)(field[i] | 0x20); // ASCII's lower case
    return STATUS_OK;
}

static enum status take_numbers(const struct columns *columns, const struct sheet_row *row, struct entrant *out,
                                char *why)
{
    const char *ticket = columns_field(columns, row, COLUMN_TICKET);
    const char *person = columns_field(columns, row, COLUMN_PERSON);

    out->has_ticket = ticket && *ticket;
    if (out->has_ticket && ticket_number_parse(ticket, &out->guest.ticket) != STATUS_OK)
        return refuse(why, "'%.40s' is no ticket number; it has 11 characters, the last one checks the others", ticket);
    if (!person || !*person) return STATUS_OK;
    uint32_t most = out->has_ticket ? UINT32_MAX : ENTRANT_MOST_PERSON; // with a ticket it's only read, from a list
    if (!read_number(person, most, &out->guest.person) || out->guest.person == 0)
        return refuse(why, "the person number must be 1 to %d, not '%.40s'", ENTRANT_MOST_PERSON, person);
    return STATUS_OK;
}

enum status entrant_read(const struct event *event, const struct columns *columns, const struct sheet_row *row,
                         struct entrant *out, char why_out[ENTRANT_WHY_SIZE])
{
    const char *code = columns_field(columns, row, COLUMN_CODE), *surplus = columns_surplus(columns, row);
    struct guest *guest = &out->guest;

    *out = (struct entrant){.foreign_code = code && *code ? code : NULL};
    if (row->fault) return refuse(why_out, "%s", row->fault);
    if (surplus)
        return refuse(why_out,
                      "the row has more fields than the first row has headings ('%.40s'); a separator inside "
                      "of a field needs quotation marks",
                      surplus);
    if (take_name(columns, row, out, why_out) != STATUS_OK) return STATUS_INVALID;
    if (take_text(columns_field(columns, row, COLUMN_COMPANY), COLUMN_COMPANY, guest->company, sizeof guest->company,
                  &out->has_company, why_out) != STATUS_OK)
        return STATUS_INVALID;
    if (take_text(columns_field(columns, row, COLUMN_NOTE), COLUMN_NOTE, guest->note, sizeof guest->note,
                  &out->has_note, why_out) != STATUS_OK)
        return STATUS_INVALID;
    if (take_labels(event, columns, row, out, why_out) != STATUS_OK) return STATUS_INVALID;
    if (take_status(columns_field(columns, row, COLUMN_STATUS), out, why_out) != STATUS_OK) return STATUS_INVALID;
    if (take_language(columns_field(columns, row, COLUMN_LANGUAGE), out, why_out) != STATUS_OK) return STATUS_INVALID;
    return take_numbers(columns, row, out, why_out);
}

void entrant_apply(const struct entrant *entrant, struct guest *guest)
{
    if (entrant->has_name) text_copy(guest->name, sizeof guest->name, entrant->guest.name);
    if (entrant->has_company) text_copy(guest->company, sizeof guest->company, entrant->guest.company);
    if (entrant->has_note) text_copy(guest->note, sizeof guest->note, entrant->guest.note);
    if (entrant->has_class) guest->class_id = entrant->guest.class_id;
    if (entrant->has_group) guest->group = entrant->guest.group;
    if (entrant->has_status) guest->status = entrant->guest.status;
    if (entrant->has_language) text_copy(guest->language, sizeof guest->language, entrant->guest.language);
}
