// unsaved.c -- codes that were not saved, until the disk works again. Then they are read again, not decided again:
// only a ticket in front of the camera says that its owner is still at the door.
#include "desk/desk_parts.h"

#include <string.h>

void desk_lose(struct desk *desk, const struct arrival *arrival)
{
    struct code *lost = &desk->lost[desk->lost_count % DESK_MOST_UNSAVED];

    // Staff and who holds a hand scanner are told, and try again: only a camera can look again by itself.
    if (arrival->is_picked || arrival->via != CODE_VIA_CAMERA) return;
    lost->via = arrival->via;
    lost->mono_ms = arrival->mono_ms;
    lost->length = arrival->length;
    memcpy(lost->text, arrival->text, arrival->length);
    desk->lost_count++;
}

void desk_offer_lost(struct desk *desk)
{
    size_t count = desk->lost_count < DESK_MOST_UNSAVED ? desk->lost_count : DESK_MOST_UNSAVED;

    for (size_t i = 0; i < count; i++)
        if (queue_put(&desk->unsaved, &desk->lost[i]) != STATUS_OK) break; // nobody reads: lower it and show it again
    desk->lost_count = 0;
}
