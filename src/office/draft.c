#include "office/draft.h"

#include "base/clock.h"
#include "base/text.h"
#include "office/draft_parts.h"
#include "office/zone.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { PIN_PASSES = 3, PIN_MEMORY_BYTES = 8 << 20, PIN_LEAST = 4, PIN_MOST = 32 };

static enum status take_kind(const char *kind, struct event *out, struct draft_flaw *flaw)
{
    static const char *const kinds[] = {"studitour", "netzwerktreffen", "boxes"};

    for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0) return draft_text(kind, "the kind", out->kind, sizeof out->kind, flaw);
    return draft_refuse(flaw, "--kind must be studitour, netzwerktreffen or boxes");
}

static enum status take_times(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    const char *zone = draft->zone ? draft->zone : "Europe/Berlin";

    if (zone_use(zone) != STATUS_OK) return draft_refuse(flaw, "--zone '%s' is no time zone; try Europe/Berlin", zone);
    text_copy(out->zone, sizeof out->zone, zone);
    if (!draft->starts || zone_read_time(draft->starts, &out->starts_ms) != STATUS_OK)
        return draft_refuse(flaw, "--starts must be a local time like 2026-11-22T09:00");
    if (!draft->ends || zone_read_time(draft->ends, &out->ends_ms) != STATUS_OK)
        return draft_refuse(flaw, "--ends must be a local time like 2026-11-22T17:00");
    if (out->ends_ms <= out->starts_ms) return draft_refuse(flaw, "the event must end after it starts");
    if (clock_local_day(out->starts_ms) < 0 || clock_local_day(out->ends_ms) > UINT16_MAX)
        return draft_refuse(flaw, "the event must be in the years 2025 to 2203; tickets count their days from 2025");
    return STATUS_OK;
}

// "3=Bus 3|Coach 3|vor dem Rathaus|at the town hall"
static enum status take_label(const char *typed, const char *what, struct event_label *out, struct draft_flaw *flaw)
{
    char copy[512], number[40], *names;
    const char *parts[DRAFT_PARTS];
    uint32_t id = 0;

    if (strlen(typed) >= sizeof copy) return draft_refuse(flaw, "%s is too long", what);
    text_copy(copy, sizeof copy, typed);
    names = strchr(copy, '=');
    if (names) *names++ = '\0';
    draft_cut(names, parts);
    if (!parts[0]) return draft_refuse(flaw, "%s must look like 1=Name, not '%.80s'", what, typed);
    snprintf(number, sizeof number, "the number of a %s", what);
    if (draft_number(copy, number, UINT8_MAX, &id, flaw) != STATUS_OK) return STATUS_INVALID;
    *out = (struct event_label){.id = (uint8_t)id};
    if (draft_texts(parts[0], parts[1], what, out->name[0], sizeof out->name[0], flaw) != STATUS_OK)
        return STATUS_INVALID;
    return draft_texts(parts[2], parts[3], what, out->hint[0], sizeof out->hint[0], flaw);
}

static enum status take_labels(const char *const *typed, size_t count, const char *what, struct event_label *out,
                               struct draft_flaw *flaw)
{
    for (size_t i = 0; i < count; i++) {
        if (take_label(typed[i], what, &out[i], flaw) != STATUS_OK) return STATUS_INVALID;
        for (size_t j = 0; j < i; j++)
            if (out[j].id == out[i].id) return draft_refuse(flaw, "%s %d is there twice", what, out[i].id);
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

static enum status take_staff(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    for (size_t i = 0; i < draft->staff_count; i++) {
        uint8_t id;
        if (draft_label(draft->staff[i], out->classes, out->class_count, &id) != STATUS_OK)
            return draft_refuse(flaw, "--staff '%.60s' is none of the event's classes", draft->staff[i]);
        for (size_t j = 0; j < out->class_count; j++) out->classes[j].is_staff |= out->classes[j].id == id;
    }
    return STATUS_OK;
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
        if (draft_pin(draft->pins[i], out->pins[i]) != STATUS_OK)
            return draft_refuse(flaw, "--pin must be 4 to 32 digits");
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
    if (!draft->name || !*draft->name) return draft_refuse(flaw_out, "--name is missing");
    if ((status = draft_number(draft->number, "--number", UINT32_MAX, &out->number, flaw_out)) != STATUS_OK ||
        (status = draft_texts(draft->name, draft->name_en, "--name", out->name[0], sizeof out->name[0], flaw_out)) !=
            STATUS_OK ||
        (status = draft_texts(draft->welcome, draft->welcome_en, "--welcome", out->welcome[0], sizeof out->welcome[0],
                              flaw_out)) != STATUS_OK ||
        (status = draft_texts(draft->privacy, draft->privacy_en, "the privacy text", out->privacy[0],
                              sizeof out->privacy[0], flaw_out)) != STATUS_OK ||
        (status = take_kind(draft->kind, out, flaw_out)) != STATUS_OK ||
        (status = take_times(draft, out, flaw_out)) != STATUS_OK ||
        (status = take_classes(draft, out, flaw_out)) != STATUS_OK ||
        (status = take_labels(draft->groups, draft->group_count, "--group", out->groups, flaw_out)) != STATUS_OK ||
        (status = take_staff(draft, out, flaw_out)) != STATUS_OK ||
        (status = draft_lists(draft, out, flaw_out)) != STATUS_OK ||
        (status = draft_stops(draft, out, flaw_out)) != STATUS_OK ||
        (status = draft_walk_ins(draft, out, flaw_out)) != STATUS_OK)
        return status;
    return take_pins(draft, out, flaw_out);
}
