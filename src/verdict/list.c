#include "verdict/list.h"

#include <string.h>

static const char *const words[] = {
#define X(name, word) [LIST_MODE_##name] = (word),
    LIST_MODE_LIST(X)
#undef X
};

const char *list_mode_word(enum list_mode mode)
{
    return words[mode];
}

enum status list_mode_of_word(const char *word, enum list_mode *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *out = (enum list_mode)i;
            return STATUS_OK;
        }
    return STATUS_INVALID;
}

static const char *const direction_words[] = {
#define X(name, word) [DIRECTION_##name] = (word),
    DIRECTION_LIST(X)
#undef X
};

const char *direction_word(enum direction direction)
{
    return direction_words[direction];
}

enum status direction_of_word(const char *word, enum direction *out)
{
    for (size_t i = 0; i < sizeof direction_words / sizeof *direction_words; i++)
        if (strcmp(word, direction_words[i]) == 0) {
            *out = (enum direction)i;
            return STATUS_OK;
        }
    return STATUS_INVALID;
}

void id_set_add(struct id_set *set, uint8_t id)
{
    set->bits[id / 64] |= UINT64_C(1) << id % 64;
}

bool id_set_is_empty(const struct id_set *set)
{
    return (set->bits[0] | set->bits[1] | set->bits[2] | set->bits[3]) == 0;
}

bool id_set_has(const struct id_set *set, uint8_t id)
{
    return (set->bits[id / 64] >> id % 64 & 1) != 0;
}

bool list_takes_class(const struct list *list, uint8_t class_id)
{
    return id_set_is_empty(&list->classes) || id_set_has(&list->classes, class_id);
}

bool list_takes_group(const struct list *list, uint8_t group)
{
    return id_set_is_empty(&list->groups) || group == 0 || id_set_has(&list->groups, group);
}

bool list_takes(const struct list *list, uint8_t class_id, uint8_t group)
{
    return list_takes_class(list, class_id) && list_takes_group(list, group);
}
