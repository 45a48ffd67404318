#include "office/import.h"

#include "base/mem.h"
#include "office/entrant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct importing {
    const struct import *import;
    struct import_report *report;
    struct sheet_flaw *flaw;
    bool has_heading;
    struct columns columns;
    uint32_t number; // of this import
    uint32_t free_person;
    size_t before_count, named_count; // of the book's entries
};

static void refuse(struct importing *importing, size_t line, const char *why)
{
    importing->report->refused_count++;
    importing->import->tell_refused(importing->import->owner, line, why);
}

static enum status take_heading(struct importing *importing, const struct sheet_row *row)
{
    const struct import *import = importing->import;
    struct sheet_flaw *flaw = importing->flaw;

    importing->has_heading = true;
    importing->report->is_windows_1252 = row->is_windows_1252;
    flaw->line = row->line;
    if (row->fault) {
        snprintf(flaw->words, sizeof flaw->words, "%s", row->fault);
        return STATUS_INVALID;
    }
    if (columns_read(row, &importing->columns, flaw->words, sizeof flaw->words) != STATUS_OK) return STATUS_INVALID;
    for (size_t i = 0; i < importing->columns.unused_count; i++)
        import->tell_unused(import->owner, row->fields[importing->columns.unused[i]]);
    return STATUS_OK;
}

// MISSING: nobody yet.
static enum status find(struct importing *importing, const struct entrant *entrant, struct book_guest *out)
{
    struct book *book = importing->import->book;
    uint32_t event = importing->import->event->number;
    const struct guest *guest = &entrant->guest;

    if (entrant->has_ticket) return book_find_guest(book, event, guest->ticket, out);
    if (guest->person) return book_find_person(book, event, guest->person, out);
    if (!entrant->has_name) return STATUS_MISSING;
    return book_find_named(book, event, guest->name, entrant->has_company ? guest->company : NULL, importing->number,
                           out);
}

static bool is_same(const struct guest *one, const struct guest *other)
{
    return strcmp(one->name, other->name) == 0 && strcmp(one->company, other->company) == 0 &&
           strcmp(one->note, other->note) == 0 && one->class_id == other->class_id && one->group == other->group &&
           one->status == other->status && strcmp(one->language, other->language) == 0;
}

// What a row would make of the entry that was found for it.
static enum status merge(struct importing *importing, const struct entrant *entrant, const struct guest *found,
                         struct roster_entry *entry, enum import_effect *effect_out)
{
    struct book *book = importing->import->book;
    uint32_t event = importing->import->event->number;
    bool is_code_same = true;

    *entry = (struct roster_entry){.guest = *found, .foreign_code = entrant->foreign_code};
    entrant_apply(entrant, &entry->guest);
    if (entry->foreign_code) {
        enum status status = book_is_code(book, event, found->ticket, entry->foreign_code, &is_code_same);
        if (status != STATUS_OK) return status;
    }
    *effect_out = is_same(found, &entry->guest) && is_code_same ? IMPORT_UNCHANGED : IMPORT_CHANGED;
    return STATUS_OK;
}

// More than one: the row says a name alone, and people of that name would be changed at random.
static enum status count_meant(struct importing *importing, const struct entrant *entrant, size_t *out)
{
    const struct import *import = importing->import;

    *out = 1;
    if (entrant->has_ticket || entrant->guest.person || entrant->has_company) return STATUS_OK;
    return book_count_named(import->book, import->event->number, entrant->guest.name, out);
}

// Counts a row that nothing but its place tells from an earlier one: perhaps two people, perhaps a slip.
static enum status doubt_twin(struct importing *importing, size_t line, const struct guest *guest)
{
    const struct import *import = importing->import;
    struct book_guest twin;
    enum status status =
        book_find_named(import->book, import->event->number, guest->name, guest->company, importing->number + 1, &twin);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    importing->report->twin_count++;
    import->tell_doubt(import->owner, line, "another person has this name and company");
    return STATUS_OK;
}

static enum status doubt_code(struct importing *importing, size_t line, const char *code)
{
    const struct import *import = importing->import;
    size_t count;
    enum status status = book_count_code(import->book, import->event->number, code, &count);

    if (status != STATUS_OK || count < 2) return status;
    importing->report->shared_code_count++;
    import->tell_doubt(import->owner, line, "another person has this Code");
    return STATUS_OK;
}

static enum status add(struct importing *importing, size_t line, const struct entrant *entrant,
                       struct roster_entry *entry)
{
    const struct event *event = importing->import->event;

    *entry = (struct roster_entry){.foreign_code = entrant->foreign_code};
    entry->guest.class_id = event->class_count ? event->classes[0].id : 0;
    entry->guest.person = entrant->guest.person ? entrant->guest.person : importing->free_person;
    if (entry->guest.person >= importing->free_person) importing->free_person = entry->guest.person + 1;
    entrant_apply(entrant, &entry->guest);
    if (!entrant->guest.person) {
        enum status status = doubt_twin(importing, line, &entry->guest);
        if (status != STATUS_OK) return status;
    }
    return book_add_guest(importing->import->book, event->number, importing->number, entry, &entry->guest.ticket);
}

static enum status take_known(struct importing *importing, size_t line, const struct entrant *entrant,
                              const struct guest *found)
{
    const struct import *import = importing->import;
    struct roster_entry entry;
    enum import_effect effect;
    enum status status;
    size_t meant_count;
    char why[80];

    if ((status = merge(importing, entrant, found, &entry, &effect)) != STATUS_OK) return status;
    if ((status = count_meant(importing, entrant, &meant_count)) != STATUS_OK) return status;
    if (effect == IMPORT_CHANGED && meant_count > 1) {
        snprintf(why, sizeof why, "%zu people have this name; add Firma or Ticketnummer", meant_count);
        refuse(importing, line, why);
        return STATUS_OK;
    }
    if ((status = book_change_guest(import->book, import->event->number, importing->number, &entry)) != STATUS_OK)
        return status;
    importing->named_count++;
    importing->report->effect_counts[effect]++;
    import->tell_taken(import->owner, line, effect, &entry.guest);
    return entrant->foreign_code ? doubt_code(importing, line, entrant->foreign_code) : STATUS_OK;
}

static enum status take_new(struct importing *importing, size_t line, const struct entrant *entrant)
{
    const struct import *import = importing->import;
    struct roster_entry entry;
    enum status status;

    if (entrant->has_ticket || !entrant->has_name) {
        refuse(importing, line,
               entrant->has_ticket ? "the event has no ticket of that number; new people get theirs from here"
                                   : "the name is missing");
        return STATUS_OK;
    }
    if ((status = add(importing, line, entrant, &entry)) != STATUS_OK) return status;
    importing->report->effect_counts[IMPORT_ADDED]++;
    import->tell_taken(import->owner, line, IMPORT_ADDED, &entry.guest);
    return entrant->foreign_code ? doubt_code(importing, line, entrant->foreign_code) : STATUS_OK;
}

static enum status take_entrant(struct importing *importing, size_t line, const struct entrant *entrant)
{
    struct book_guest found;
    enum status status = find(importing, entrant, &found);

    if (status == STATUS_MISSING) return take_new(importing, line, entrant);
    if (status != STATUS_OK) return status;
    if (found.import != importing->number) return take_known(importing, line, entrant, &found.guest);
    refuse(importing, line, "an earlier row of this file means the same person");
    return STATUS_OK;
}

static enum status take_row(void *owner, const struct sheet_row *row)
{
    struct importing *importing = owner;
    struct entrant entrant;
    char why[ENTRANT_WHY_SIZE];

    if (!importing->has_heading) return take_heading(importing, row);
    importing->report->row_count++;
    if (entrant_read(importing->import->event, &importing->columns, row, &entrant, why) != STATUS_OK) {
        refuse(importing, row->line, why);
        return STATUS_OK;
    }
    return take_entrant(importing, row->line, &entrant);
}

static enum status prepare(struct importing *importing)
{
    struct book *book = importing->import->book;
    uint32_t event = importing->import->event->number;
    enum status status;

    if ((status = book_count_guests(book, event, &importing->before_count)) != STATUS_OK) return status;
    if ((status = book_free_person(book, event, &importing->free_person)) != STATUS_OK) return status;
    return book_next_import(book, event, &importing->number);
}

enum status import_roster(const struct import *import, const uint8_t *bytes, size_t length,
                          struct import_report *report_out, struct sheet_flaw *flaw_out)
{
    struct importing importing = {.import = import, .report = report_out, .flaw = flaw_out};
    enum status status, ended;

    *report_out = (struct import_report){0};
    *flaw_out = (struct sheet_flaw){0};
    if ((status = book_begin(import->book)) != STATUS_OK) return status;
    if ((status = prepare(&importing)) == STATUS_OK) status = sheet_read(bytes, length, take_row, &importing, flaw_out);
    if (status == STATUS_OK && !importing.has_heading) {
        *flaw_out = (struct sheet_flaw){0, "the file is empty"};
        status = STATUS_INVALID;
    }
    bool is_clean = report_out->refused_count == 0 || import->skips_bad_rows;
    bool is_kept = status == STATUS_OK && !import->is_dry_run && is_clean;
    ended = book_end(import->book, is_kept);
    if (status != STATUS_OK) return status;
    report_out->absent_count = importing.before_count - importing.named_count;
    report_out->is_kept = is_kept && ended == STATUS_OK;
    return ended;
}
