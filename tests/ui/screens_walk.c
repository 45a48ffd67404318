// What people without a ticket see; and the pages that anybody may read.
#include "ui/screens.h"

static void privacy(struct stage *stage, struct model *model)
{
    screen_act(stage, model, ACT_PRIVACY, 0);
    model_leaves(model, 3);
}

static void privacy_short(struct stage *stage, struct model *model)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) stage->event.privacy[language][0] = '\0';
    screen_act(stage, model, ACT_PRIVACY, 0);
}

struct screen_table screens_walk(void)
{
    static const struct screen_case cases[] = {{"privacy", privacy}, {"privacy-none", privacy_short}};

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
