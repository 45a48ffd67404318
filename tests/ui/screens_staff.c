// Hand entry, the PIN, staff's pages.
#include "ui/screens.h"

static void hand(struct stage *stage, struct model *model)
{
    screen_act(stage, model, ACT_HAND, 0);
}

static void hand_nobody(struct stage *stage, struct model *model)
{
    hand(stage, model);
    screen_type(stage, model, "7K2M9QX4TA");
    screen_act(stage, model, ACT_FIND, 0);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_FOUND});
}

static void found(struct stage *stage, struct model *model)
{
    struct notice notice;

    hand(stage, model);
    screen_type(stage, model, "7K2M9QX4TA");
    screen_act(stage, model, ACT_FIND, 0);
    stage_found(&notice);
    screen_tell(stage, model, &notice);
}

static void pin_wrong(struct stage *stage, struct model *model)
{
    found(stage, model);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_PIN});
}

static void pin_later(struct stage *stage, struct model *model)
{
    found(stage, model);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_PIN, .wait_ms = 28000});
}

static void pin_none(struct stage *stage, struct model *model)
{
    stage->event.pin_count = 0;
    found(stage, model);
}

struct screen_table screens_staff(void)
{
    static const struct screen_case cases[] = {
        {"hand", hand},           {"hand-nobody", hand_nobody}, {"pin", found},
        {"pin-wrong", pin_wrong}, {"pin-later", pin_later},     {"pin-none", pin_none},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
