// Ready, by the list's mode, the direction, and what is left.
#include "view/screens.h"

#include "base/text.h"

static void ready(struct stage *stage, struct model *model)
{
    (void)stage;
    model_hint(model, HINT_NONE);
}

static void no_camera(struct stage *stage, struct model *model)
{
    model_camera(model, &(struct camera_state){0}, stage->mono_ms);
}

static void nearer(struct stage *stage, struct model *model)
{
    (void)stage;
    model_hint(model, HINT_NEARER);
}

static void farther(struct stage *stage, struct model *model)
{
    (void)stage;
    model_hint(model, HINT_FARTHER);
}

static void brighter(struct stage *stage, struct model *model)
{
    (void)stage;
    model_hint(model, HINT_BRIGHTER);
}

static void covered(struct stage *stage, struct model *model)
{
    (void)stage;
    model_hint(model, HINT_COVERED);
}

static void blind(struct stage *stage, struct model *model)
{
    (void)stage;
    model_hint(model, HINT_BLIND);
}

static void count(struct stage *stage, struct model *model, enum list_mode mode, struct headcount headcount)
{
    stage->list.mode = mode;
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_COUNT, .headcount = headcount});
}

static void many(struct stage *stage, struct model *model)
{
    count(stage, model, LIST_MODE_ONCE, (struct headcount){.inside = 1234, .expected = 2700});
}

static void unexpected(struct stage *stage, struct model *model)
{
    count(stage, model, LIST_MODE_ONCE, (struct headcount){.inside = 118});
}

static void full_once(struct stage *stage, struct model *model)
{
    stage->list.capacity = 250;
    count(stage, model, LIST_MODE_ONCE, (struct headcount){.inside = 250, .expected = 312});
}

static void inside(struct stage *stage, struct model *model, enum direction direction, uint32_t inside)
{
    stage->list.capacity = 200;
    model->stance.direction = direction;
    count(stage, model, LIST_MODE_IN_OUT, (struct headcount){.inside = inside});
}

static void entrance(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_ENTRY, 118);
}

static void way_out(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_EXIT, 118);
}

static void both_ways(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_AUTO, 118);
}

static void nearly_full(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_AUTO, 188);
}

static void one_left(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_ENTRY, 199);
}

static void full_entrance(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_ENTRY, 200);
}

static void full_both_ways(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_AUTO, 201);
}

static void full_way_out(struct stage *stage, struct model *model)
{
    inside(stage, model, DIRECTION_EXIT, 200);
}

static void roll(struct stage *stage, struct model *model, uint32_t aboard, const char *stop)
{
    struct headcount headcount = {.inside = aboard, .expected = 45, .round = 3};

    text_copy(headcount.stop, sizeof headcount.stop, stop);
    count(stage, model, LIST_MODE_ROLL_CALL, headcount);
}

static void round_at_stop(struct stage *stage, struct model *model)
{
    roll(stage, model, 42, "Ramsbeck, Erzbergwerk");
}

static void round_somewhere(struct stage *stage, struct model *model)
{
    roll(stage, model, 42, "");
}

static void round_complete(struct stage *stage, struct model *model)
{
    roll(stage, model, 45, "Ramsbeck, Erzbergwerk");
}

static void boxes_left(struct stage *stage, struct model *model)
{
    count(stage, model, LIST_MODE_HAND_OUT, (struct headcount){.given = 83, .is_limited = true, .left = 37});
}

static void boxes_given(struct stage *stage, struct model *model)
{
    count(stage, model, LIST_MODE_HAND_OUT, (struct headcount){.given = 83});
}

static void boxes_gone(struct stage *stage, struct model *model)
{
    count(stage, model, LIST_MODE_HAND_OUT, (struct headcount){.given = 120, .is_limited = true});
}

static void practising(struct stage *stage, struct model *model)
{
    (void)stage;
    model->stance.is_practising = true;
}

// ---- a kiosk that can't begin ----

static void fail(struct stage *stage, struct model *model, enum trouble trouble)
{
    struct model_config config = stage_model_config(stage);
    bool is_large_text = model->is_large_text, is_high_contrast = model->is_high_contrast;

    config.language = model->config.language;
    config.event = NULL;
    config.trouble = trouble;
    model_init(model, &config, stage->mono_ms);
    model->is_large_text = is_large_text;
    model->is_high_contrast = is_high_contrast;
}

static void disk_full(struct stage *stage, struct model *model)
{
    fail(stage, model, TROUBLE_DISK_FULL);
}

static void read_only(struct stage *stage, struct model *model)
{
    fail(stage, model, TROUBLE_READ_ONLY);
}

static void damaged(struct stage *stage, struct model *model)
{
    fail(stage, model, TROUBLE_DAMAGED);
}

static void settings(struct stage *stage, struct model *model)
{
    fail(stage, model, TROUBLE_SETTINGS);
}

static void event_file(struct stage *stage, struct model *model)
{
    fail(stage, model, TROUBLE_EVENT_FILE);
}

static void unfit(struct stage *stage, struct model *model)
{
    fail(stage, model, TROUBLE_UNFIT);
}

static void unknown(struct stage *stage, struct model *model)
{
    fail(stage, model, TROUBLE_UNKNOWN);
}

struct screen_table screens_ready(void)
{
    static const struct screen_case cases[] = {
        {"ready", ready},
        {"ready-no-camera", no_camera},
        {"ready-nearer", nearer},
        {"ready-farther", farther},
        {"ready-brighter", brighter},
        {"ready-covered", covered},
        {"ready-blind", blind},
        {"ready-many", many},
        {"ready-unexpected", unexpected},
        {"ready-full", full_once},
        {"ready-in_out-entry", entrance},
        {"ready-in_out-exit", way_out},
        {"ready-in_out-auto", both_ways},
        {"ready-in_out-nearly-full", nearly_full},
        {"ready-in_out-one-left", one_left},
        {"ready-in_out-full-entry", full_entrance},
        {"ready-in_out-full-auto", full_both_ways},
        {"ready-in_out-full-exit", full_way_out},
        {"ready-roll_call-stop", round_at_stop},
        {"ready-roll_call-round", round_somewhere},
        {"ready-roll_call-all-here", round_complete},
        {"ready-hand_out-left", boxes_left},
        {"ready-hand_out-given", boxes_given},
        {"ready-hand_out-gone", boxes_gone},
        {"ready-practising", practising},
        {"trouble-disk_full", disk_full},
        {"trouble-read_only", read_only},
        {"trouble-damaged", damaged},
        {"trouble-settings", settings},
        {"trouble-event_file", event_file},
        {"trouble-unfit", unfit},
        {"trouble-unknown", unknown},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
