// event_reader_door.c -- what the event file says about the door itself: lists, and where a tour stops.
#include "record/event_reader.h"

#include "base/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool read_id_set(const struct json_node *object, const char *key, uint8_t least, struct id_set *out)
{
    struct json_node array;

    if (!json_node_array(object, key, 256, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        uint64_t id;
        if (!json_node_integer(&node, least, UINT8_MAX, &id)) return false;
        id_set_add(out, (uint8_t)id);
    }
    return true;
}

static bool read_mode(const struct json_node *object, enum list_mode *out)
{
    struct json_node node = json_node_at(object, "mode");
    const char *mode = "";
    char shown[24];

    if (!json_node_word(object, "mode", &mode)) return false;
    if (list_mode_of_word(mode, out) == STATUS_OK) return true;
    text_make_showable(shown, sizeof shown, mode, strlen(mode));
    return json_node_refuse(&node, "unknown word '%s'", shown);
}

static bool read_limits(const struct json_node *node, struct list *list)
{
    if (!json_node_unix_ms(node, "opens_ms", &list->opens_ms) ||
        !json_node_unix_ms(node, "closes_ms", &list->closes_ms))
        return false;
    if (list->closes_ms && list->closes_ms <= list->opens_ms) return json_node_refuse(node, "closes before it opens");
    if (!json_node_u32(node, "capacity", 0, &list->capacity) || !json_node_u32(node, "stock", 0, &list->stock) ||
        !json_node_u16(node, "after", 0, &list->after))
        return false;
    if (list->stock && list->mode != LIST_MODE_HAND_OUT)
        return json_node_refuse(node, "has a stock, but hands nothing out");
    return true;
}

static bool read_list(const struct json_node *node, struct list *list)
{
    static const struct json_node_key keys[] = {
        {"id", true},        {"mode", true},       {"name", true},      {"classes", false}, {"groups", false},
        {"opens_ms", false}, {"closes_ms", false}, {"capacity", false}, {"stock", false},   {"after", false},
    };

    if (!json_node_is_object(node, keys, COUNT(keys)) || !read_mode(node, &list->mode)) return false;
    if (!json_node_u16(node, "id", 1, &list->id) || !json_node_text(node, "name", list->name, sizeof list->name))
        return false;
    if (!list->name[0]) return json_node_refuse(node, "name is empty");
    return read_id_set(node, "classes", 0, &list->classes) && read_id_set(node, "groups", 1, &list->groups) &&
           read_limits(node, list);
}

// `after` must lead to a list of this event and never in a circle: nobody could pass such lists.
static bool check_after(const struct json_node *array, const struct event *event)
{
    for (size_t i = 0; i < event->list_count; i++) {
        const struct list *list = &event->lists[i];
        struct json_node node = json_node_element(array, i);
        for (size_t steps = 0; list->after; steps++) {
            if (steps == event->list_count) return json_node_refuse(&node, "after leads in a circle");
            list = event_list(event, list->after);
            if (!list) return json_node_refuse(&node, "after names no list");
        }
    }
    return true;
}

bool event_reader_lists(const struct json_node *document, struct event *event)
{
    struct json_node array;

    if (!json_node_array(document, "lists", EVENT_MAX_LISTS, &array)) return false;
    if (json_node_count(&array) == 0) return json_node_refuse(&array, "empty: nothing could be counted");
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        if (!read_list(&node, &event->lists[i])) return false;
        if (event_list(event, event->lists[i].id)) return json_node_refuse(&node, "id occurs twice");
        event->list_count = i + 1;
    }
    return check_after(&array, event);
}

bool event_reader_stops(const struct json_node *document, struct event *event)
{
    static const struct json_node_key keys[] = {{"name", true}};
    struct json_node array;

    if (!json_node_array(document, "stops", EVENT_MAX_STOPS, &array)) return false;
    for (size_t i = 0; i < json_node_count(&array); i++) {
        struct json_node node = json_node_element(&array, i);
        struct event_stop *stop = &event->stops[i];
        if (!json_node_is_object(&node, keys, COUNT(keys)) ||
            !event_reader_name(&node, "name", stop->name[0], sizeof stop->name[0]))
            return false;
    }
    event->stop_count = json_node_count(&array);
    return true;
}
