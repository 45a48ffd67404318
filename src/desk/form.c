#include "desk/form.h"

#include "base/text.h"

#include <string.h>

bool form_take_text(const char *typed, char *out, size_t out_size)
{
    char clean[COMMAND_TEXT_SIZE];
    size_t length = strlen(typed);

    if (!text_is_utf8(typed, length)) return false;
    text_make_showable(clean, sizeof clean, typed, length);
    text_copy(out, out_size, clean + strspn(clean, " \t"));
    for (length = strlen(out); length > 0 && strchr(" \t", out[length - 1]); length--) out[length - 1] = '\0';
    return true;
}

static bool read_value(const char typed[EVENT_VALUE_SIZE], char out[EVENT_VALUE_SIZE])
{
    if (!memchr(typed, '\0', EVENT_VALUE_SIZE)) return false; // it has no end
    return form_take_text(typed, out, EVENT_VALUE_SIZE);
}

// The shape only: whether it exists shows when a mail is sent. One @, something on both sides, no blank.
static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');

    if (!at || at == text || at[1] == '\0' || strchr(at + 1, '@')) return false;
    return !strpbrk(text, " \t");
}

static bool is_good(const struct walk_in_field *field, const char *value)
{
    if (value[0] == '\0') return !field->is_required && field->kind != FIELD_NAME; // somebody is to be counted: who?
    return field->kind != FIELD_EMAIL || is_email(value);
}

static bool has_consents(uint32_t given, const struct walk_in_rules *rules)
{
    for (size_t i = 0; i < rules->consent_count; i++)
        if (rules->consents[i].is_required && !(given & (uint32_t)1 << i)) return false;
    return given >> rules->consent_count == 0; // to nothing that wasn't asked
}

static bool is_language(const char language[GUEST_LANGUAGE_SIZE])
{
    return language[0] >= 'a' && language[0] <= 'z' && language[1] >= 'a' && language[1] <= 'z' && language[2] == '\0';
}

enum status form_read(const struct walk_in_form *form, const struct walk_in_rules *rules, struct walk_in *out)
{
    struct walk_in walk_in = {.consents = form->consents};

    if (!rules->is_welcome || form->plus_ones > rules->most_plus_ones) return STATUS_INVALID;
    if (!has_consents(form->consents, rules)) return STATUS_INVALID;
    for (size_t i = 0; i < rules->field_count; i++) {
        if (!read_value(form->values[i], walk_in.values[i])) return STATUS_INVALID;
        if (!is_good(&rules->fields[i], walk_in.values[i])) return STATUS_INVALID;
    }
    if (is_language(form->language)) memcpy(walk_in.language, form->language, sizeof walk_in.language);
    *out = walk_in;
    return STATUS_OK;
}

const char *form_name(const struct walk_in *walk_in, const struct walk_in_rules *rules)
{
    for (size_t i = 0; i < rules->field_count; i++)
        if (rules->fields[i].kind == FIELD_NAME) return walk_in->values[i];
    return "";
}
