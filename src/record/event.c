#include "record/event.h"

#include <string.h>

static const char *const field_kind_words[] = {[FIELD_TEXT] = "text", [FIELD_NAME] = "name", [FIELD_EMAIL] = "email"};

const char *field_kind_word(enum field_kind kind)
{
    return field_kind_words[kind];
}

enum status field_kind_of_word(const char *word, enum field_kind *out)
{
    for (size_t i = 0; i < sizeof field_kind_words / sizeof *field_kind_words; i++)
        if (strcmp(word, field_kind_words[i]) == 0) {
            *out = (enum field_kind)i;
            return STATUS_OK;
        }
    return STATUS_INVALID;
}

static bool is_same_field(const struct walk_in_field *one, const struct walk_in_field *other)
{
    return one->kind == other->kind && one->is_required == other->is_required && strcmp(one->key, other->key) == 0 &&
           strcmp(one->label[LANGUAGE_DE], other->label[LANGUAGE_DE]) == 0 &&
           strcmp(one->label[LANGUAGE_EN], other->label[LANGUAGE_EN]) == 0;
}

static bool is_same_consent(const struct walk_in_consent *one, const struct walk_in_consent *other)
{
    return one->is_required == other->is_required && strcmp(one->key, other->key) == 0 &&
           strcmp(one->version, other->version) == 0 && strcmp(one->text[LANGUAGE_DE], other->text[LANGUAGE_DE]) == 0 &&
           strcmp(one->text[LANGUAGE_EN], other->text[LANGUAGE_EN]) == 0;
}

bool walk_in_rules_are_same(const struct walk_in_rules *one, const struct walk_in_rules *other)
{
    bool is_same = one->is_welcome == other->is_welcome && one->class_id == other->class_id &&
                   one->most_plus_ones == other->most_plus_ones && one->field_count == other->field_count &&
                   one->consent_count == other->consent_count;

    for (size_t i = 0; is_same && i < one->field_count; i++)
        is_same = is_same_field(&one->fields[i], &other->fields[i]);
    for (size_t i = 0; is_same && i < one->consent_count; i++)
        is_same = is_same_consent(&one->consents[i], &other->consents[i]);
    return is_same;
}

const struct list *event_list(const struct event *event, uint16_t id)
{
    for (size_t i = 0; i < event->list_count; i++)
        if (event->lists[i].id == id) return &event->lists[i];
    return NULL;
}

static const struct event_label *find_label(const struct event_label *labels, size_t count, uint8_t id)
{
    for (size_t i = 0; i < count; i++)
        if (labels[i].id == id) return &labels[i];
    return NULL;
}

const struct event_label *event_group(const struct event *event, uint8_t id)
{
    return find_label(event->groups, event->group_count, id);
}

const struct event_label *event_class(const struct event *event, uint8_t id)
{
    return find_label(event->classes, event->class_count, id);
}
