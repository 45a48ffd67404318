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
