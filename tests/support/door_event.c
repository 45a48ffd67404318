// More of an event than every test wants.
#include "support/check.h"
#include "support/door.h"

#include "base/text.h"

struct list *door_add_list(struct door *door, enum list_mode mode, const char *name)
{
    struct event *event = &door->event;
    struct list *list = &event->lists[event->list_count];

    assert_true(event->list_count < EVENT_MAX_LISTS);
    *list = (struct list){.id = (uint16_t)++event->list_count, .mode = mode};
    text_copy(list->name, sizeof list->name, name);
    return list;
}

void door_add_stop(struct door *door, const char *german, const char *english)
{
    struct event *event = &door->event;
    struct event_stop *stop = &event->stops[event->stop_count];

    assert_true(event->stop_count++ < EVENT_MAX_STOPS);
    text_copy(stop->name[LANGUAGE_DE], sizeof stop->name[LANGUAGE_DE], german);
    text_copy(stop->name[LANGUAGE_EN], sizeof stop->name[LANGUAGE_EN], english);
}

static void add_class(struct event *event, struct event_label label)
{
    assert_true(event->class_count < EVENT_MAX_LABELS);
    event->classes[event->class_count++] = label;
}

void door_add_staff_class(struct door *door)
{
    add_class(&door->event, (struct event_label){.id = DOOR_CLASS_STAFF, .name = {"Team", "Staff"}, .is_staff = true});
}

void door_welcome_walk_ins(struct door *door)
{
    struct event *event = &door->event;
    struct ticket_key key = {.kid = DOOR_KIOSK_KID, .is_walk_in_only = true, .walk_in_class = DOOR_CLASS_WALK_IN};

    add_class(event, (struct event_label){.id = DOOR_CLASS_WALK_IN, .name = {"Spontan dabei", "Walk-in"}});
    memcpy(key.public_key, door->device_key, sizeof key.public_key);
    assert_int_equal(keyset_add(&event->keyset, &key), STATUS_OK);
    event->walk_ins = (struct walk_in_rules){
        .is_welcome = true,
        .class_id = DOOR_CLASS_WALK_IN,
        .most_plus_ones = EVENT_MOST_PLUS_ONES,
        .field_count = 3,
        .consent_count = 1,
        .fields = {{"name", FIELD_NAME, true, {"Vor- und Nachname", "Name"}},
                   {"company", FIELD_TEXT, false, {"Firma oder Schule", "Company or school"}},
                   {"email", FIELD_EMAIL, false, {"E-Mail", "E-mail"}}},
        .consents = {{"photos", "2026-11", false, {"Fotos von mir sind in Ordnung.", "Photos of me are fine."}}},
    };
}
