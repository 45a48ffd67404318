// diary.h -- a kiosk that writes down what a test says, and brings it to an inbox as from a USB stick. Also the event
// it stands at: "Messe" with a door, boxes to hand out, a hall one goes in and out of, and a bus with roll calls.
#ifndef EINLASS_TESTS_OFFICE_DIARY_H
#define EINLASS_TESTS_OFFICE_DIARY_H

#include "office/counter.h"
#include "record/device_key.h"

enum {
    DIARY_EVENT = 7,
    DIARY_DOOR = 1,
    DIARY_BOXES = 2,
    DIARY_HALL = 3,
    DIARY_BUS = 4,
    DIARY_GUEST = 1,
    DIARY_WALK_IN = 9
};

struct diary {
    struct device_key key;
    uint8_t log[LOG_ID_BYTES], head[CHAIN_HASH_BYTES];
    uint64_t next, sent;
    const char *gate;
    int64_t unix_ms;
    char *lines; // not sent yet
    size_t length, count;
    uint8_t prev[CHAIN_HASH_BYTES];
};

struct diary *diary_open(uint8_t number, const char *gate);
void diary_close(struct diary *diary);
// Fills in what is not there: event, gate, boot, clock, time (a minute later each).
uint64_t diary_note(struct diary *diary, struct inbox *inbox, struct record record);
uint64_t diary_enter(struct diary *diary, struct inbox *inbox, uint16_t list, uint64_t ticket, uint32_t person);
void diary_send(struct diary *diary, struct inbox *inbox); // what was not yet

struct event *diary_event(void); // free()
// Publishes `event`, one version later, with these on its roster.
void diary_publish(struct inbox *inbox, struct event *event, const struct guest *guests, size_t count);

#endif
