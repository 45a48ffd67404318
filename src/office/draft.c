#include "office/draft.h"

#include "base/clock.h"
#include "base/text.h"
#include "office/zone.h"

#include <assert.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIN_PASSES = 3, PIN_MEMORY_BYTES = 8 << 20, PIN_LEAST = 4, PIN_MOST = 32 };

__attribute__((format(printf, 2, 3))) static enum status refuse(struct draft_flaw *flaw, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(flaw->words, sizeof flaw->words, format, arguments);
    va_end(arguments);
    return STATUS_INVALID;
}

// Controls, and characters that reorder what surrounds them (UAX #9).
static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

static bool is_blank(uint32_t point)
{
    return point == ' ' || point == 0xA0 || point == 0x202F || (point >= 0x200B && point <= 0x200F) || point == 0xFEFF;
}

// A text that is not longer than its place and can be shown everywhere; only notices have several lines.
static enum status take_text(const char *typed, const char *what, char *to, size_t to_size, struct draft_flaw *flaw)
{
    bool has_lines = to_size == EVENT_TEXT_SIZE, has_ink = false;

    if (!typed || !*typed) return STATUS_OK;
    size_t length = strlen(typed);
    if (!text_is_utf8(typed, length)) return refuse(flaw, "%s is not UTF-8", what);
    if (length >= to_size) return refuse(flaw, "%s is longer than %zu bytes", what, to_size - 1);
    const char *at = typed;
    for (uint32_t point; (point = text_next(&at));) {
        bool is_break = point == '\n' || point == '\r' || point == '\t';
        if (is_control(point) && !(has_lines && is_break))
            return refuse(flaw, "%s has a line break or another control character in it", what);
        has_ink |= !is_blank(point) && !is_break;
    }
    if (!has_ink) return refuse(flaw, "%s is blank", what);
    text_copy(to, to_size, typed);
    return STATUS_OK;
}

// German, and English which is the same unless given.
static enum status take_texts(const char *german, const char *english, const char *what, char *to, size_t to_size,
                              struct draft_flaw *flaw)
{
    if (take_text(german, what, to, to_size, flaw) != STATUS_OK) return STATUS_INVALID;
    return take_text(english && *english ? english : german, what, to + to_size, to_size, flaw);
}

static enum status take_number(const char *typed, const char *what, uint32_t most, uint32_t *to,
                               struct draft_flaw *flaw)
{
    unsigned long long number;

    if (!typed) return STATUS_OK;
    if (strspn(typed, "0123456789") != strlen(typed) || strlen(typed) - 1 > 9)
        return refuse(flaw, "%s must be a number, not '%s'", what, typed);
    number = strtoull(typed, NULL, 10);
    if (number == 0 || number > most) return refuse(flaw, "%s must be 1 to %u", what, most);
    *to = (uint32_t)number;
    return STATUS_OK;
}

static enum status take_kind(const char *kind, struct event *out, struct draft_flaw *flaw)
{
    static const char *const kinds[] = {"studitour", "netzwerktreffen", "boxes"};

    for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0) return take_text(kind, "the kind", out->kind, sizeof out->kind, flaw);
    return refuse(flaw, "--kind must be studitour, netzwerktreffen or boxes");
}

static enum status take_times(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    const char *zone = draft->zone ? draft->zone : "Europe/Berlin";

    if (zone_use(zone) != STATUS_OK) return refuse(flaw, "--zone '%s' is no time zone; try Europe/Berlin", zone);
    text_copy(out->zone, sizeof out->zone, zone);
    if (!draft->starts || zone_read_time(draft->starts, &out->starts_ms) != STATUS_OK)
        return refuse(flaw, "--starts must be a local time like 2026-11-22T09:00");
    if (!draft->ends || zone_read_time(draft->ends, &out->ends_ms) != STATUS_OK)
        return refuse(flaw, "--ends must be a local time like 2026-11-22T17:00");
    if (out->ends_ms <= out->starts_ms) return refuse(flaw, "the event must end after it starts");
    if (clock_local_day(out->starts_ms) < 0 || clock_local_day(out->ends_ms) > UINT16_MAX)
        return refuse(flaw, "the event must be in the years 2025 to 2203; tickets count their days from 2025");
    return STATUS_OK;
}

static enum status take_lists(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    static const char *const usual[] = {"Einlass"};
    const char *const *names = draft->list_count ? draft->lists : usual;
    uint32_t capacity = 0;
    enum status status = take_number(draft->capacity, "--capacity", UINT32_MAX, &capacity, flaw);

    size_t count = draft->list_count ? draft->list_count : 1;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct list *list = &out->lists[i];
        *list = (struct list){.id = (uint16_t)(i + 1), .mode = LIST_MODE_ONCE, .capacity = capacity};
        if (!*names[i]) return refuse(flaw, "--list needs a name");
        status = take_text(names[i], "--list", list->name, sizeof list->name, flaw);
    }
    out->list_count = count;
    return status;
}

enum { LABEL_PARTS = 4 };

// Cuts "Bus 3|Coach 3|vor dem Rathaus" at its bars; parts that are missing are NULL.
static void cut(char *text, const char *parts[LABEL_PARTS])
{
    for (size_t i = 0; i < LABEL_PARTS; i++) {
        parts[i] = text && *text ? text : NULL;
        char *bar = text && i + 1 < LABEL_PARTS ? strchr(text, '|') : NULL;
        if (bar) *bar++ = '\0';
        text = bar;
    }
    for (size_t i = 0; i < LABEL_PARTS; i++)
        if (parts[i] && !*parts[i]) parts[i] = NULL;
}

// "3=Bus 3|Coach 3|vor dem Rathaus|at the town hall"
static enum status take_label(const char *typed, const char *what, struct event_label *out, struct draft_flaw *flaw)
{
    char copy[512], number[40], *names;
    const char *parts[LABEL_PARTS];
    uint32_t id = 0;

    if (strlen(typed) >= sizeof copy) return refuse(flaw, "%s is too long", what);
    text_copy(copy, sizeof copy, typed);
    names = strchr(copy, '=');
    if (names) *names++ = '\0';
    cut(names, parts);
    if (!parts[0]) return refuse(flaw, "%s must look like 1=Name, not '%.80s'", what, typed);
    snprintf(number, sizeof number, "the number of a %s", what);
    if (take_number(copy, number, UINT8_MAX, &id, flaw) != STATUS_OK) return STATUS_INVALID;
    *out = (struct event_label){.id = (uint8_t)id};
    if (take_texts(parts[0], parts[1], what, out->name[0], sizeof out->name[0], flaw) != STATUS_OK)
        return STATUS_INVALID;
    return take_texts(parts[2], parts[3], what, out->hint[0], sizeof out->hint[0], flaw);
}

static enum status take_labels(const char *const *typed, size_t count, const char *what, struct event_label *out,
                               struct draft_flaw *flaw)
{
    for (size_t i = 0; i < count; i++) {
        if (take_label(typed[i], what, &out[i], flaw) != STATUS_OK) return STATUS_INVALID;
        for (size_t j = 0; j < i; j++)
            if (out[j].id == out[i].id) return refuse(flaw, "%s %d is there twice", what, out[i].id);
    }
    return STATUS_OK;
}

static enum status take_classes(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    static const char *const usual[] = {
        "1=Teilnehmende|Participant",
        "2=Unternehmen|Company",
        "3=Referierende|Speaker",
        "4=Team|Staff",
        "5=Presse|Press",
        "6=Spontan dabei|Walk-in",
    };
    bool is_usual = draft->class_count == 0;

    out->class_count = is_usual ? sizeof usual / sizeof *usual : draft->class_count;
    return take_labels(is_usual ? usual : draft->classes, out->class_count, "--class", out->classes, flaw);
}

enum status draft_pin(const char *pin, char out[EVENT_PIN_SIZE])
{
    static_assert(EVENT_PIN_SIZE >= crypto_pwhash_STRBYTES, "a verifier fits");
    size_t length = strlen(pin);

    if (length < PIN_LEAST || length > PIN_MOST || strspn(pin, "0123456789") != length) return STATUS_INVALID;
    if (crypto_pwhash_str_alg(out, pin, length, PIN_PASSES, PIN_MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return STATUS_LATER;
    return STATUS_OK;
}

static enum status take_pins(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    for (size_t i = 0; i < draft->pin_count; i++)
        if (draft_pin(draft->pins[i], out->pins[i]) != STATUS_OK) return refuse(flaw, "--pin must be 4 to 32 digits");
    out->pin_count = draft->pin_count;
    return STATUS_OK;
}

enum status draft_event(const struct draft *draft, struct event *out, struct draft_flaw *flaw_out)
{
    enum status status;

    memset(out, 0, sizeof *out);
    out->shows_names = !draft->hides_names;
    out->shows_headcount = !draft->hides_headcount;
    out->group_count = draft->group_count;
    if (!draft->name || !*draft->name) return refuse(flaw_out, "--name is missing");
    if ((status = take_number(draft->number, "--number", UINT32_MAX, &out->number, flaw_out)) != STATUS_OK ||
        (status = take_texts(draft->name, draft->name_en, "--name", out->name[0], sizeof out->name[0], flaw_out)) !=
            STATUS_OK ||
        (status = take_texts(draft->welcome, draft->welcome_en, "--welcome", out->welcome[0], sizeof out->welcome[0],
                             flaw_out)) != STATUS_OK ||
        (status = take_texts(draft->privacy, draft->privacy_en, "the privacy text", out->privacy[0],
                             sizeof out->privacy[0], flaw_out)) != STATUS_OK ||
        (status = take_kind(draft->kind, out, flaw_out)) != STATUS_OK ||
        (status = take_times(draft, out, flaw_out)) != STATUS_OK ||
        (status = take_lists(draft, out, flaw_out)) != STATUS_OK ||
        (status = take_classes(draft, out, flaw_out)) != STATUS_OK ||
        (status = take_labels(draft->groups, draft->group_count, "--group", out->groups, flaw_out)) != STATUS_OK)
        return status;
    return take_pins(draft, out, flaw_out);
}
