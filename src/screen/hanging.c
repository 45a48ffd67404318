#include "screen/hanging.h"

#include <stddef.h>

void hanging_lose(struct hanging *hanging)
{
    hanging->has_picture = hanging->has_sponsor = false;
}

void hanging_drop_picture(struct hanging *hanging, struct screen *screen)
{
    screen_drop_picture(screen);
    hanging->has_picture = false;
    hanging->frame = NULL;
}

bool hanging_take_picture(struct hanging *hanging, struct mailbox *frames, struct screen *screen,
                          const struct scene *scene, int64_t mono_ms)
{
    const struct mark *mark = scene_find(scene, MARK_PICTURE, false);
    const struct frame *frame;

    if (!mark || (hanging->has_picture && mono_ms - hanging->picture_ms < HANGING_PICTURE_MS)) return false;
    frame = mailbox_take(frames);
    if (!frame && (hanging->has_picture || !hanging->frame)) return false;
    if (frame) hanging->frame = frame;
    screen_take_picture(screen, hanging->frame, mark);
    hanging->picture_ms = mono_ms;
    hanging->has_picture = true;
    return true;
}

void hanging_take_sponsor(struct hanging *hanging, struct mailbox *sponsors, struct model *model)
{
    const struct attract_picture *sponsor = sponsors ? mailbox_take(sponsors) : NULL;

    if (!sponsor) return;
    hanging->sponsor = sponsor;
    hanging->has_sponsor = false;
    model_sponsor(model, sponsor->width_px > 0);
}

bool hanging_show_sponsor(struct hanging *hanging, struct screen *screen, const struct model *model)
{
    if (model->page != PAGE_ATTRACT || hanging->has_sponsor || !hanging->sponsor) return false;
    screen_take_sponsor(screen, hanging->sponsor);
    hanging->has_sponsor = true;
    return true;
}
