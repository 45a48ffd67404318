// staff_round.c -- a new round at a stop; and what Enter confirms.
#include "model/staff_parts.h"

#include <stdlib.h>

static void start_round(struct model *model, int stop, int64_t mono_ms)
{
    const struct event *event = model->config.event;
    bool is_typed = stop == 1 + (int)event->stop_count;

    staff_ask_round(model, is_typed ? model->staff.text : event->stops[stop - 1].name[LANGUAGE_DE], mono_ms);
    model->staff.stop = 0;
}

// While somebody is missing in the round that runs, a second tap is asked for: the list of names is gone with it.
void staff_choose_stop(struct model *model, int stop, int64_t mono_ms)
{
    const struct headcount *count = &model->headcount;
    bool is_complete = count->round == 0 || count->inside >= count->expected;

    if (model->asked_ms != 0) return;
    model->staff.stop = stop;
    model->staff.has_keys = false;
    if (is_complete) start_round(model, stop, mono_ms);
}

void staff_confirm(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    long number = strtol(staff->text, NULL, 10);

    if (staff->page == STAFF_HUB) staff_confirm_hub(model, mono_ms);
    else if (staff->page == STAFF_ROUND && staff->stop != 0) start_round(model, staff->stop, mono_ms);
    else if (staff->page == STAFF_ROUND && staff->has_keys)
        staff_choose_stop(model, 1 + (int)model->config.event->stop_count, mono_ms);
    else if (staff->page == STAFF_REASON && staff->text[0]) staff_ask_wanted(model, staff->text, mono_ms);
    else if (staff->page == STAFF_STOCK && number != 0 && labs(number) <= STAFF_MOST_STOCK)
        staff_ask_stock(model, (int32_t)number, mono_ms);
}
