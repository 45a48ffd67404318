// unsaved.c -- codes that go back to where they are read, to be offered once more.
// Those that were not saved, when the disk works again: they are read again, not decided again, as only a ticket in
// front of the camera says that its owner is still at the door. And at once those that mean nothing here.
#include "desk/desk_parts.h"

#include <string.h>

static void fill(struct code *code, const struct arrival *arrival)
{
    code->via = arrival->via;
    code->mono_ms = arrival->mono_ms;
    code->length = arrival->length;
    memcpy(code->text, arrival->text, arrival->length);
}

void desk_lose(struct desk *desk, const struct arrival *arrival)
{
    struct code *lost = &desk->lost[desk->lost_count % DESK_MOST_UNSAVED];

    // Staff and who holds a hand scanner are told, and try again: only a camera can look again by itself.
    if (arrival->is_picked || arrival->via != CODE_VIA_CAMERA) return;
    fill(lost, arrival);
    desk->lost_count++;
}

void desk_offer_lost(struct desk *desk)
{
    size_t count = desk->lost_count < DESK_MOST_UNSAVED ? desk->lost_count : DESK_MOST_UNSAVED;

    for (size_t i = 0; i < count; i++)
        if (queue_put(&desk->unsaved, &desk->lost[i]) != STATUS_OK) break; // nobody reads: lower it and show it again
    desk->lost_count = 0;
}

void desk_put_aside(struct desk *desk, const struct arrival *arrival)
{
    fill(&desk->stray, arrival);
    if (queue_put(&desk->aside, &desk->stray) != STATUS_OK)
        return; // nobody reads: it has its answer when it is shown anew
}

void desk_keep_offer(struct desk *desk, const struct arrival *arrival)
{
    if (arrival->via == CODE_VIA_CAMERA) fill(&desk->early_offer, arrival);
}

void desk_offer_again(struct desk *desk)
{
    if (desk->early_offer.length > 0 && queue_put(&desk->unsaved, &desk->early_offer) == STATUS_OK)
        desk->early_offer.length = 0;
}
