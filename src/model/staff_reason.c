#include "model/staff_parts.h"

#include <stdio.h>

#define N_(german) german // translated where it is shown, recorded in German

enum { FORCE_COUNT = 4, EXIT_COUNT = 2, UNDO_COUNT = 3 };

static const char *const forcing[FORCE_COUNT] = {N_("Hat bezahlt"), N_("Steht auf der Papierliste"),
                                                 N_("Leitung hat zugestimmt"), N_("Ticket vergessen")};
static const char *const leaving[EXIT_COUNT] = {N_("Nach Hause gegangen"), N_("Nicht gekommen")};
static const char *const undoing[UNDO_COUNT] = {N_("Aus Versehen"), N_("Falsche Person"), N_("Zurückgegeben")};

// Every group that isn't the one of this bus.
static const struct event_label *other_group(const struct model *model, size_t at)
{
    const struct event *event = model->config.event;
    const struct list *list = model->config.list;

    for (size_t i = 0; i < event->group_count; i++) {
        const struct event_label *group = &event->groups[i];
        bool is_here = !id_set_is_empty(&list->groups) && id_set_has(&list->groups, group->id);
        if (!is_here && at-- == 0) return group;
    }
    return NULL;
}

size_t staff_reason_count(const struct model *model)
{
    size_t groups = 0;

    if (model->staff.wanted == COMMAND_FORCE) return FORCE_COUNT;
    if (model->staff.wanted == COMMAND_UNDO) return UNDO_COUNT;
    while (other_group(model, groups)) groups++;
    return EXIT_COUNT + groups;
}

const char *staff_reason(const struct model *model, size_t at, const struct event_label **group_out)
{
    *group_out = NULL;
    if (model->staff.wanted == COMMAND_FORCE) return forcing[at];
    if (model->staff.wanted == COMMAND_UNDO) return undoing[at];
    if (at < EXIT_COUNT) return leaving[at];
    *group_out = other_group(model, at - EXIT_COUNT);
    return N_("Fährt mit: %s");
}

const char *staff_reason_words(const struct model *model, size_t at, char *room, size_t room_size)
{
    const struct event_label *group;
    const char *words = staff_reason(model, at, &group);

    if (!group) return words;
    snprintf(room, room_size, "Fährt mit: %s", group->name[LANGUAGE_DE]);
    return room;
}
