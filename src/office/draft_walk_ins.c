// draft_walk_ins.c -- what is asked of walk-ins, as a clerk types it.
#include "office/draft_parts.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { TYPED_SIZE = 1200, USUAL_CLASS = 6, USUAL_PLUS_ONES = 3 };

// "company*" or "photos*@2026-11": a star behind the key means that it must be given.
struct head {
    char key[EVENT_KEY_SIZE];
    const char *version; // NULL: none
    bool is_required;
};

static bool is_word(const char *text, const char *also)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", text[i]) && !strchr(also, text[i])) return false;
    return length > 0 && length < EVENT_KEY_SIZE;
}

static bool take_head(char *typed, struct head *out)
{
    char *at = strchr(typed, '@');
    size_t length;

    *out = (struct head){0};
    if (at) *at++ = '\0';
    out->version = at;
    length = strlen(typed);
    out->is_required = length > 0 && typed[length - 1] == '*';
    if (out->is_required) typed[length - 1] = '\0';
    if (!is_word(typed, "")) return false;
    text_copy(out->key, sizeof out->key, typed);
    return !at || is_word(at, ".-");
}

// "HEAD=German|English"
static bool take_line(const char *typed, char copy[TYPED_SIZE], struct head *head, const char *parts[DRAFT_PARTS])
{
    char *text;

    if (strlen(typed) >= TYPED_SIZE) return false;
    text_copy(copy, TYPED_SIZE, typed);
    text = strchr(copy, '=');
    if (!text) return false;
    *text++ = '\0';
    draft_cut(text, parts);
    return take_head(copy, head) && parts[0] && !parts[2];
}

static enum field_kind kind_of(const char *key)
{
    if (strcmp(key, "name") == 0) return FIELD_NAME;
    return strcmp(key, "email") == 0 || strcmp(key, "mail") == 0 ? FIELD_EMAIL : FIELD_TEXT;
}

static enum status take_field(const char *typed, struct walk_in_rules *rules, struct draft_flaw *flaw)
{
    struct walk_in_field *field = &rules->fields[rules->field_count];
    char copy[TYPED_SIZE];
    const char *parts[DRAFT_PARTS];
    struct head head;

    if (!take_line(typed, copy, &head, parts) || head.version)
        return draft_refuse(flaw, "--walk-in-field must look like company=Firma|Company, not '%.80s'", typed);
    for (size_t i = 0; i < rules->field_count; i++)
        if (strcmp(rules->fields[i].key, head.key) == 0)
            return draft_refuse(flaw, "--walk-in-field %s is there twice", head.key);
    *field = (struct walk_in_field){.kind = kind_of(head.key)};
    text_copy(field->key, sizeof field->key, head.key);
    field->is_required = head.is_required || field->kind == FIELD_NAME; // nobody is found again without one
    rules->field_count++;
    return draft_texts(parts[0], parts[1], "--walk-in-field", field->label[0], sizeof field->label[0], flaw);
}

static enum status take_consent(const char *typed, struct walk_in_rules *rules, struct draft_flaw *flaw)
{
    struct walk_in_consent *consent = &rules->consents[rules->consent_count];
    char copy[TYPED_SIZE];
    const char *parts[DRAFT_PARTS];
    struct head head;

    if (!take_line(typed, copy, &head, parts) || !head.version)
        return draft_refuse(flaw, "--consent must look like photos@2026-11=Fotos sind in Ordnung|Photos are fine, with "
                                  "the version of its text behind the @");
    for (size_t i = 0; i < rules->consent_count; i++)
        if (strcmp(rules->consents[i].key, head.key) == 0)
            return draft_refuse(flaw, "--consent %s is there twice", head.key);
    *consent = (struct walk_in_consent){.is_required = head.is_required};
    text_copy(consent->key, sizeof consent->key, head.key);
    text_copy(consent->version, sizeof consent->version, head.version);
    rules->consent_count++;
    return draft_texts(parts[0], parts[1], "--consent", consent->text[0], sizeof consent->text[0], flaw);
}

static enum status take_fields(const struct draft *draft, struct walk_in_rules *rules, struct draft_flaw *flaw)
{
    static const char *const usual[] = {
        "name*=Vor- und Nachname|First and last name",
        "company=Firma oder Schule|Company or school",
        "email=E-Mail|E-mail",
    };
    const char *const *typed = draft->field_count ? draft->fields : usual;
    size_t count = draft->field_count ? draft->field_count : sizeof usual / sizeof *usual;
    size_t name_count = 0;

    for (size_t i = 0; i < count; i++) {
        if (take_field(typed[i], rules, flaw) != STATUS_OK) return STATUS_INVALID;
        name_count += rules->fields[i].kind == FIELD_NAME;
    }
    if (name_count == 1) return STATUS_OK;
    return draft_refuse(flaw, "one --walk-in-field must be the person's name: name=Vor- und Nachname|Name");
}

static enum status take_class(const struct draft *draft, struct event *event, struct draft_flaw *flaw)
{
    struct walk_in_rules *rules = &event->walk_ins;
    const struct event_label *label;
    bool has_list = false;

    rules->class_id = USUAL_CLASS;
    if (!draft->walk_in_class && draft->class_count > 0)
        return draft_refuse(flaw, "say with --walk-in-class which --class walk-ins belong to");
    if (draft->walk_in_class &&
        draft_label(draft->walk_in_class, event->classes, event->class_count, &rules->class_id) != STATUS_OK)
        return draft_refuse(flaw, "--walk-in-class '%.60s' is none of the event's classes", draft->walk_in_class);
    label = event_class(event, rules->class_id);
    if (label && label->is_staff)
        return draft_refuse(flaw, "--walk-in-class can't be a class of --staff: anybody could open the staff pages");
    for (size_t i = 0; i < event->list_count; i++) has_list |= list_takes_class(&event->lists[i], rules->class_id);
    return has_list ? STATUS_OK : draft_refuse(flaw, "no --list takes the class of walk-ins, %u", rules->class_id);
}

static enum status take_plus_ones(const struct draft *draft, struct walk_in_rules *rules, struct draft_flaw *flaw)
{
    const char *typed = draft->plus_ones;

    rules->most_plus_ones = USUAL_PLUS_ONES;
    if (!typed) return STATUS_OK;
    if (typed[0] < '0' || typed[0] > '0' + EVENT_MOST_PLUS_ONES || typed[1])
        return draft_refuse(flaw, "--plus-ones must be 0 to %d, not '%.40s'", EVENT_MOST_PLUS_ONES, typed);
    rules->most_plus_ones = (uint8_t)(typed[0] - '0');
    return STATUS_OK;
}

enum status draft_walk_ins(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    struct walk_in_rules *rules = &out->walk_ins;
    enum status status;

    rules->is_welcome = draft->welcomes_walk_ins || draft->walk_in_class || draft->plus_ones || draft->field_count ||
                        draft->consent_count;
    if (!rules->is_welcome) return STATUS_OK;
    if ((status = take_class(draft, out, flaw)) != STATUS_OK) return status;
    if ((status = take_plus_ones(draft, rules, flaw)) != STATUS_OK) return status;
    if ((status = take_fields(draft, rules, flaw)) != STATUS_OK) return status;
    for (size_t i = 0; i < draft->consent_count && status == STATUS_OK; i++)
        status = take_consent(draft->consents[i], rules, flaw);
    return status;
}
