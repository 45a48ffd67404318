// parcel.h -- what sync would deliver to a desk: what another kiosk wrote, events, the time. Through the real page
// writer and reader.
#ifndef EINLASS_TESTS_DESK_PARCEL_H
#define EINLASS_TESTS_DESK_PARCEL_H

#include "desk/scene.h"
#include "sync/delivery.h"

struct neighbour { // another kiosk of the event, and how far its log is
    uint8_t log[LOG_ID_BYTES];
    char gate[GATE_SIZE];
    uint64_t seq;
};

struct neighbour neighbour_of(uint8_t id, const char *gate);
// An entry (or what `kind` says) of guest there, at the scene's time.
struct record neighbour_record(const struct scene *scene, const struct neighbour *neighbour, enum record_kind kind,
                               size_t guest);
struct delivery parcel_records(struct neighbour *neighbour, const struct record records[], size_t count,
                               const char *cursor);
struct delivery parcel_event(const struct door *door); // the door's document, as the office signed it

// Hands it over and steps until sync has its receipt and the screen was told. The last notice (kind NONE: none came) is
// the scene's; DESK_NEWS_MS pass.
struct receipt parcel_hand_over(struct scene *scene, const struct delivery *delivery);
struct receipt parcel_entry(struct scene *scene, struct neighbour *neighbour, size_t guest); // one entry there
bool parcel_step(struct scene *scene, struct receipt *out); // one step; whether it gave a receipt

#endif
