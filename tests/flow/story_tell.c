// What stands at the beginning of a story: the event, its people, its kiosks.
#include "flow/story.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *story_option(const struct story *story, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 1; i < story->word_count; i++)
        if (strncmp(story->words[i], name, length) == 0 && story->words[i][length] == '=')
            return story->words[i] + length + 1;
    return NULL;
}

uint32_t story_number(const struct story *story, const char *text)
{
    char *end = NULL;
    unsigned long number = strtoul(text, &end, 10);

    if (end == text || *end != '\0') story_complain(story, "no number: %s", text);
    return (uint32_t)number;
}

static uint32_t option_number(const struct story *story, const char *name, uint32_t fallback)
{
    const char *text = story_option(story, name);

    return text ? story_number(story, text) : fallback;
}

static struct id_set option_set(const struct story *story, const char *name)
{
    struct id_set set = {{0}};
    const char *at = story_option(story, name);

    while (at && *at) {
        char *end = NULL;
        id_set_add(&set, (uint8_t)strtoul(at, &end, 10));
        at = *end == ',' ? end + 1 : end;
    }
    return set;
}

bool story_has_word(const struct story *story, const char *word)
{
    for (size_t i = 1; i < story->word_count; i++)
        if (strcmp(story->words[i], word) == 0) return true;
    return false;
}

static int64_t option_time(const struct story *story, const char *name)
{
    const char *text = story_option(story, name);
    int hours = 0, minutes = 0;

    if (!text) return 0;
    if (sscanf(text, "%d:%d", &hours, &minutes) != 2) story_complain(story, "no time of day: %s", text);
    return WORLD_MIDNIGHT_MS + (hours * 60 + minutes) * INT64_C(60000);
}

static void tell_list(struct story *story)
{
    struct event *event = &story->world->event;
    struct list *list = &event->lists[event->list_count++];

    if (story->word_count < 4) story_complain(story, "list NUMBER NAME MODE");
    *list = (struct list){.id = (uint16_t)story_number(story, story->words[1]),
                          .classes = option_set(story, "classes"),
                          .groups = option_set(story, "groups"),
                          .capacity = option_number(story, "capacity", 0),
                          .stock = option_number(story, "stock", 0),
                          .after = (uint16_t)option_number(story, "after", 0),
                          .opens_ms = option_time(story, "opens"),
                          .closes_ms = option_time(story, "closes")};
    text_copy(list->name, sizeof list->name, story->words[2]);
    if (list_mode_of_word(story->words[3], &list->mode) != STATUS_OK) story_complain(story, "no mode of a list");
}

static void tell_label(struct story *story, struct event_label *label)
{
    if (story->word_count < 3) story_complain(story, "%s NUMBER NAME", story->words[0]);
    *label = (struct event_label){.id = (uint8_t)story_number(story, story->words[1]),
                                  .is_staff = story->word_count > 3 && strcmp(story->words[3], "staff") == 0};
    for (int i = 0; i < LANGUAGE_COUNT; i++) text_copy(label->name[i], sizeof label->name[i], story->words[2]);
}

static void tell_stop(struct story *story)
{
    struct event *event = &story->world->event;
    struct event_stop *stop = &event->stops[event->stop_count++];

    if (story->word_count < 2) story_complain(story, "stop NAME");
    for (int i = 0; i < LANGUAGE_COUNT; i++) text_copy(stop->name[i], sizeof stop->name[i], story->words[1]);
}

static void tell_walk_ins(struct story *story)
{
    struct walk_in_rules *rules = &story->world->event.walk_ins;

    rules->is_welcome = true;
    rules->class_id = (uint8_t)option_number(story, "class", 6);
    rules->most_plus_ones = (uint8_t)option_number(story, "plus-ones", 0);
    rules->field_count = 1;
    rules->fields[0] =
        (struct walk_in_field){.key = "name", .kind = FIELD_NAME, .is_required = true, .label = {"Name", "Name"}};
}

// What is said of them; the rest stays as it was.
static void describe(const struct story *story, struct world_person *person)
{
    const char *status = story_option(story, "status");

    person->class_id = (uint8_t)option_number(story, "class", person->class_id);
    person->group = (uint8_t)option_number(story, "group", person->group);
    person->ticket_count = (uint8_t)option_number(story, "tickets", person->ticket_count);
    person->generation = (uint8_t)option_number(story, "generation", person->generation);
    person->walk_in = option_number(story, "walk-in", (uint32_t)person->walk_in);
    if (status && guest_status_of_word(status, &person->status) != STATUS_OK) story_complain(story, "no status");
    person->is_withdrawn = person->is_withdrawn || story_has_word(story, "withdrawn");
    person->is_unnumbered =
        (person->is_unnumbered || story_has_word(story, "unnumbered")) && !story_has_word(story, "numbered");
}

void story_tell_people(struct story *story, const char *people)
{
    struct world *world = story->world;
    struct world_person person = {.class_id = 1, .ticket_count = 1};
    unsigned first = 0, last = 0;

    if (!people || sscanf(people, "%u-%u", &first, &last) != 2) story_complain(story, "people FIRST-LAST");
    if (first != world->people_count + 1 || last < first || last >= WORLD_MOST_PEOPLE)
        story_complain(story, "people are counted on from %zu", world->people_count + 1);
    describe(story, &person);
    for (unsigned i = first; i <= last; i++) world->people[i] = person;
    world->people_count = last;
}

void story_change(struct story *story, struct who who)
{
    describe(story, &story->world->people[who.number]);
}

static void tell_kiosk(struct story *story)
{
    struct world *world = story->world;
    struct world_kiosk *kiosk = &world->kiosks[world->kiosk_count++];
    const char *direction = story_option(story, "direction");

    if (story->word_count < 2 || world->kiosk_count > WORLD_MOST_KIOSKS) story_complain(story, "kiosk NAME list=N");
    text_copy(kiosk->name, sizeof kiosk->name, story->words[1]);
    kiosk->list = (uint16_t)option_number(story, "list", 1);
    if (direction && direction_of_word(direction, &kiosk->direction) != STATUS_OK)
        story_complain(story, "no direction: %s", direction);
}

void story_tell(struct story *story)
{
    struct event *event = &story->world->event;
    const char *what = story->words[0];

    if (strcmp(what, "list") == 0) tell_list(story);
    else if (strcmp(what, "class") == 0) tell_label(story, &event->classes[event->class_count++]);
    else if (strcmp(what, "group") == 0) tell_label(story, &event->groups[event->group_count++]);
    else if (strcmp(what, "stop") == 0) tell_stop(story);
    else if (strcmp(what, "walk-ins") == 0) tell_walk_ins(story);
    else if (strcmp(what, "people") == 0) story_tell_people(story, story->word_count > 1 ? story->words[1] : NULL);
    else if (strcmp(what, "kiosk") == 0) tell_kiosk(story);
    else story_complain(story, "before the first happening nobody knows what this is: %s", what);
}
