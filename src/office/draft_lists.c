// draft_lists.c -- check-in lists and stops as a clerk types them.
#include "office/draft_parts.h"

#include "base/text.h"
#include "office/spelling.h"
#include "office/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPED_SIZE = 512, WHAT_SIZE = 80 };

// One list while it is read. `after` stays a word until all lists are there.
struct reading {
    const struct event *event;
    struct list *list;
    const char *after;
    struct draft_flaw *flaw;
};

static enum status refuse(const struct reading *reading, const char *what, const char *value)
{
    return draft_refuse(reading->flaw, "--list '%.40s': %s, not '%.40s'", reading->list->name, what, value);
}

static enum status take_mode(struct reading *reading, char *value)
{
    if (list_mode_of_word(value, &reading->list->mode) == STATUS_OK) return STATUS_OK;
    return refuse(reading, "mode must be once, in_out, roll_call or hand_out", value);
}

static enum status take_count(struct reading *reading, const char *key, const char *value, uint32_t *to)
{
    char what[WHAT_SIZE];

    snprintf(what, sizeof what, "--list '%.40s': %s", reading->list->name, key);
    return draft_number(value, what, UINT32_MAX, to, reading->flaw);
}

static enum status take_capacity(struct reading *reading, char *value)
{
    return take_count(reading, "capacity", value, &reading->list->capacity);
}

static enum status take_stock(struct reading *reading, char *value)
{
    return take_count(reading, "stock", value, &reading->list->stock);
}

static enum status take_opens(struct reading *reading, char *value)
{
    if (zone_read_time(value, &reading->list->opens_ms) == STATUS_OK) return STATUS_OK;
    return refuse(reading, "opens must be a local time like 2026-11-22 18:00", value);
}

static enum status take_closes(struct reading *reading, char *value)
{
    if (zone_read_time(value, &reading->list->closes_ms) == STATUS_OK) return STATUS_OK;
    return refuse(reading, "closes must be a local time like 2026-11-22 22:00", value);
}

static enum status take_ids(struct reading *reading, char *value, const struct event_label *labels, size_t count,
                            const char *words, struct id_set *out)
{
    char *rest = NULL;

    for (char *word = strtok_r(value, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        uint8_t id;
        if (draft_label(draft_trim(word), labels, count, &id) != STATUS_OK) return refuse(reading, words, word);
        id_set_add(out, id);
    }
    return id_set_is_empty(out) ? refuse(reading, words, "") : STATUS_OK;
}

static enum status take_classes(struct reading *reading, char *value)
{
    const struct event *event = reading->event;

    return take_ids(reading, value, event->classes, event->class_count, "classes must be some of the event's",
                    &reading->list->classes);
}

static enum status take_groups(struct reading *reading, char *value)
{
    const struct event *event = reading->event;

    return take_ids(reading, value, event->groups, event->group_count, "groups must be some that --group names",
                    &reading->list->groups);
}

static enum status take_after(struct reading *reading, char *value)
{
    reading->after = value;
    return STATUS_OK;
}

static const struct rule {
    const char *key;
    enum status (*take)(struct reading *reading, char *value);
} rules[] = {
    {"mode", take_mode},     {"capacity", take_capacity}, {"stock", take_stock},   {"opens", take_opens},
    {"closes", take_closes}, {"classes", take_classes},   {"groups", take_groups}, {"after", take_after},
};

static enum status take_rule(struct reading *reading, char *typed)
{
    char *value = strchr(typed, '='), *key = typed;

    if (!value) return refuse(reading, "a rule must look like mode=in_out", draft_trim(typed));
    *value++ = '\0';
    key = draft_trim(key);
    value = draft_trim(value);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i].key, key) == 0) {
            if (!*value) return refuse(reading, "a value is missing behind the =", key);
            return rules[i].take(reading, value);
        }
    return refuse(reading, "a rule is mode, capacity, stock, opens, closes, classes, groups or after", key);
}

static enum status check_list(const struct reading *reading, const struct event *event)
{
    const struct list *list = reading->list;

    if (list->closes_ms && list->closes_ms <= list->opens_ms)
        return draft_refuse(reading->flaw, "--list '%.40s': it must close after it opens", list->name);
    if (list->stock && list->mode != LIST_MODE_HAND_OUT)
        return draft_refuse(reading->flaw, "--list '%.40s': stock is for mode=hand_out", list->name);
    for (size_t i = 0; i < event->list_count; i++)
        if (spelling_is_same(event->lists[i].name, list->name))
            return draft_refuse(reading->flaw, "--list '%.40s' is there twice", list->name);
    return STATUS_OK;
}

// "Tür; mode=in_out; capacity=300". `typed` is cut up, and `after` points into it.
static enum status take_list(char *typed, struct reading *reading)
{
    char *rest = strchr(typed, ';'), *more = NULL;
    struct list *list = reading->list;

    if (rest) *rest++ = '\0';
    if (rest) typed = draft_trim(typed);
    if (!*typed) return draft_refuse(reading->flaw, "--list needs a name");
    if (draft_text(typed, "--list", list->name, sizeof list->name, reading->flaw) != STATUS_OK) return STATUS_INVALID;
    for (char *rule = rest ? strtok_r(rest, ";", &more) : NULL; rule; rule = strtok_r(NULL, ";", &more))
        if (*draft_trim(rule) && take_rule(reading, rule) != STATUS_OK) return STATUS_INVALID;
    return check_list(reading, reading->event);
}

// By its name, or by its place among the lists.
static enum status find_after(const struct reading *reading, struct event *event)
{
    char number[8];

    if (!reading->after) return STATUS_OK;
    for (size_t i = 0; i < event->list_count; i++) {
        snprintf(number, sizeof number, "%u", event->lists[i].id);
        if (spelling_is_same(event->lists[i].name, reading->after) || strcmp(number, reading->after) == 0)
            reading->list->after = event->lists[i].id;
    }
    return reading->list->after ? STATUS_OK : refuse(reading, "after must name another --list", reading->after);
}

static enum status check_circles(const struct event *event, struct draft_flaw *flaw)
{
    for (size_t i = 0; i < event->list_count; i++) {
        const struct list *list = &event->lists[i];
        for (size_t steps = 0; list && list->after; list = event_list(event, list->after))
            if (steps++ == event->list_count)
                return draft_refuse(flaw, "--list '%.40s': after leads in a circle; nobody could pass",
                                    event->lists[i].name);
    }
    return STATUS_OK;
}

enum status draft_lists(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    static const char *const usual[] = {"Einlass"};
    const char *const *typed = draft->list_count ? draft->lists : usual;
    size_t count = draft->list_count ? draft->list_count : 1;
    char copies[EVENT_MAX_LISTS][TYPED_SIZE];
    struct reading readings[EVENT_MAX_LISTS];
    uint32_t capacity = 0;
    enum status status = draft_number(draft->capacity, "--capacity", UINT32_MAX, &capacity, flaw);

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct list *list = &out->lists[i];
        readings[i] = (struct reading){.event = out, .list = list, .flaw = flaw};
        *list = (struct list){.id = (uint16_t)(i + 1), .mode = LIST_MODE_ONCE, .capacity = capacity};
        if (strlen(typed[i]) >= TYPED_SIZE) return draft_refuse(flaw, "--list '%.40s' is too long", typed[i]);
        text_copy(copies[i], TYPED_SIZE, typed[i]);
        status = take_list(copies[i], &readings[i]);
        out->list_count = i + 1;
    }
    for (size_t i = 0; i < count && status == STATUS_OK; i++) status = find_after(&readings[i], out);
    return status == STATUS_OK ? check_circles(out, flaw) : status;
}

enum status draft_stops(const struct draft *draft, struct event *out, struct draft_flaw *flaw)
{
    for (size_t i = 0; i < draft->stop_count; i++) {
        char copy[TYPED_SIZE];
        const char *parts[DRAFT_PARTS];
        struct event_stop *stop = &out->stops[i];
        if (strlen(draft->stops[i]) >= sizeof copy) return draft_refuse(flaw, "--stop is too long");
        text_copy(copy, sizeof copy, draft->stops[i]);
        draft_cut(copy, parts);
        if (!parts[0] || parts[2])
            return draft_refuse(flaw, "--stop must look like NAME or NAME|ENGLISH, not '%.80s'", draft->stops[i]);
        if (draft_texts(parts[0], parts[1], "--stop", stop->name[0], sizeof stop->name[0], flaw) != STATUS_OK)
            return STATUS_INVALID;
        out->stop_count = i + 1;
    }
    return STATUS_OK;
}
