// What is between kiosk and office: every trouble, the way by USB stick, pairing now and on the first start.
#include "view/screens.h"

#include "base/text.h"

// A kiosk that was well until now.
static struct sync_state paired(const struct stage *stage)
{
    return (struct sync_state){.is_paired = true,
                               .office = "https://192.168.178.24:8443",
                               .device = "Kiosk Nord",
                               .synced_unix_ms = stage->unix_ms - 4 * 60000};
}

static void press(struct stage *stage, struct model *model, enum staff_act what, int row)
{
    stage->mono_ms += MODEL_LOOK_MS;
    screen_act(stage, model, ACT_STAFF, staff_key(what, row));
    model_drop_command(model);
}

static void open_sync(struct stage *stage, struct model *model, const struct sync_state *state)
{
    screen_act(stage, model, ACT_STAFF_DOOR, 0);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_UNLOCKED, .session = 77});
    press(stage, model, STAFF_ACT_OPEN, STAFF_SYNC);
    if (state) model_sync(model, state, stage->mono_ms);
}

static void trouble(struct stage *stage, struct model *model, enum sync_trouble what)
{
    struct sync_state state = paired(stage);

    state.trouble = what;
    state.waiting = 12043;
    state.retry_mono_ms = stage->mono_ms + 43000;
    state.is_paired = what != SYNC_NOT_PAIRED;
    open_sync(stage, model, &state);
}

#define TROUBLE(name, what)                                                                                            \
    static void name(struct stage *stage, struct model *model)                                                         \
    {                                                                                                                  \
        trouble(stage, model, what);                                                                                   \
    }
TROUBLE(not_paired, SYNC_NOT_PAIRED)
TROUBLE(no_network, SYNC_NO_NETWORK)
TROUBLE(unreachable, SYNC_UNREACHABLE)
TROUBLE(too_slow, SYNC_TOO_SLOW)
TROUBLE(wrong_key, SYNC_WRONG_KEY)
TROUBLE(expired, SYNC_EXPIRED)
TROUBLE(not_yet, SYNC_NOT_YET)
TROUBLE(wrong_name, SYNC_WRONG_NAME)
TROUBLE(no_office, SYNC_NO_OFFICE)
TROUBLE(revoked, SYNC_REVOKED)
TROUBLE(forked, SYNC_FORKED)
TROUBLE(bad_chain, SYNC_BAD_CHAIN)
TROUBLE(not_taken, SYNC_NOT_TAKEN)
TROUBLE(outdated, SYNC_OUTDATED)
TROUBLE(busy, SYNC_BUSY)
TROUBLE(bad_event, SYNC_BAD_EVENT)
TROUBLE(older_event, SYNC_OLDER_EVENT)
TROUBLE(disk, SYNC_DISK)

static void none(struct stage *stage, struct model *model)
{
    open_sync(stage, model, NULL);
}

static void refilled(struct stage *stage, struct model *model)
{
    struct sync_state state = paired(stage);

    state.was_refilled = true;
    open_sync(stage, model, &state);
}

static void filled(struct stage *stage, struct model *model)
{
    struct sync_state state = paired(stage);

    state.was_filled = true;
    open_sync(stage, model, &state);
}

static void fine(struct stage *stage, struct model *model)
{
    struct sync_state state = paired(stage);

    open_sync(stage, model, &state);
}

static void sending(struct stage *stage, struct model *model)
{
    struct sync_state state = paired(stage);

    state.is_sending = true;
    state.waiting = 9512;
    open_sync(stage, model, &state);
}

static void gathers(struct stage *stage, struct model *model)
{
    struct sync_state state = paired(stage);

    state.is_hub = true;
    open_sync(stage, model, &state);
}

// ---- the stick ----

static void stick(struct stage *stage, struct model *model, enum sync_stick what)
{
    struct sync_state state = paired(stage);

    state.trouble = SYNC_NO_NETWORK;
    state.waiting = 5120;
    state.stick = what;
    state.export_done = what == STICK_WRITING ? 1912 : 0;
    state.export_total = 5120;
    open_sync(stage, model, &state);
}

static void stick_there(struct stage *stage, struct model *model)
{
    stick(stage, model, STICK_THERE);
}

static void stick_writing(struct stage *stage, struct model *model)
{
    stick(stage, model, STICK_WRITING);
}

static void stick_done(struct stage *stage, struct model *model)
{
    stick(stage, model, STICK_DONE);
}

static void stick_full(struct stage *stage, struct model *model)
{
    stick(stage, model, STICK_FULL);
}

static void stick_read_only(struct stage *stage, struct model *model)
{
    stick(stage, model, STICK_READ_ONLY);
}

static void stick_failed(struct stage *stage, struct model *model)
{
    stick(stage, model, STICK_FAILED);
}

// ---- pairing ----

static void pair(struct stage *stage, struct model *model)
{
    struct sync_state state = {.trouble = SYNC_NOT_PAIRED};

    open_sync(stage, model, &state);
    press(stage, model, STAFF_ACT_OPEN, STAFF_PAIR);
}

static void tell_offer(struct stage *stage, struct model *model, enum notice_kind kind)
{
    screen_tell(stage, model, &(struct notice){.kind = kind, .asked = COMMAND_PAIR, .is_found = kind == NOTICE_DONE});
}

static void pair_broken(struct stage *stage, struct model *model)
{
    pair(stage, model);
    tell_offer(stage, model, NOTICE_TOO_LATE);
}

static void pair_asking(struct stage *stage, struct model *model)
{
    pair(stage, model);
    tell_offer(stage, model, NOTICE_DONE);
}

static void pair_typed(struct stage *stage, struct model *model)
{
    pair(stage, model);
    screen_type(stage, model, "EINLASS-PAIR/1 HTTPS://192.168.178.24:8443 7K3M9");
}

static void first(struct stage *stage, struct model *model)
{
    struct model_config config = stage_model_config(stage);
    bool is_large_text = model->is_large_text, is_high_contrast = model->is_high_contrast;

    config.language = model->config.language;
    config.event = NULL;
    model_init(model, &config, stage->mono_ms);
    model_camera(model, &(struct camera_state){true, 640, 480}, stage->mono_ms);
    model->is_large_text = is_large_text;
    model->is_high_contrast = is_high_contrast;
}

static void first_no_camera(struct stage *stage, struct model *model)
{
    first(stage, model);
    model_camera(model, &(struct camera_state){0}, stage->mono_ms);
}

static void first_stray(struct stage *stage, struct model *model)
{
    first(stage, model);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_PAIR, .is_stray = true});
}

static void first_typed(struct stage *stage, struct model *model)
{
    first(stage, model);
    screen_type(stage, model, "EINLASS-PAIR/1 HTTPS://192.168.178.24:8443 7K3M9");
}

static void first_failed(struct stage *stage, struct model *model, enum sync_trouble what)
{
    struct sync_state state = {.is_pairing = true};

    first(stage, model);
    tell_offer(stage, model, NOTICE_DONE);
    model_sync(model, &state, stage->mono_ms);
    state = (struct sync_state){.pair_trouble = what};
    model_sync(model, &state, stage->mono_ms);
}

#define FAILED(name, what)                                                                                             \
    static void name(struct stage *stage, struct model *model)                                                         \
    {                                                                                                                  \
        first_failed(stage, model, what);                                                                              \
    }
FAILED(first_no_network, SYNC_NO_NETWORK)
FAILED(first_unreachable, SYNC_UNREACHABLE)
FAILED(first_too_slow, SYNC_TOO_SLOW)
FAILED(first_wrong_key, SYNC_WRONG_KEY)
FAILED(first_expired, SYNC_EXPIRED)
FAILED(first_not_yet, SYNC_NOT_YET)
FAILED(first_wrong_name, SYNC_WRONG_NAME)
FAILED(first_no_office, SYNC_NO_OFFICE)
FAILED(first_revoked, SYNC_REVOKED)
FAILED(first_not_taken, SYNC_NOT_TAKEN)
FAILED(first_outdated, SYNC_OUTDATED)
FAILED(first_busy, SYNC_BUSY)
FAILED(first_disk, SYNC_DISK)
FAILED(first_bad_code, SYNC_BAD_CODE)

static void first_asking(struct stage *stage, struct model *model)
{
    first(stage, model);
    tell_offer(stage, model, NOTICE_DONE);
}

static void first_loading_with(struct stage *stage, struct model *model, enum sync_trouble what)
{
    struct sync_state state = paired(stage);

    first(stage, model);
    model_sync(model, &state, stage->mono_ms);
    state.trouble = what;
    model_sync(model, &state, stage->mono_ms);
}

static void first_loading(struct stage *stage, struct model *model)
{
    first_loading_with(stage, model, SYNC_FINE);
}

static void first_late(struct stage *stage, struct model *model)
{
    first_loading(stage, model);
    stage->mono_ms += PAIRING_PATIENCE_MS;
    model_tick(model, stage->mono_ms);
}

static void first_cut_off(struct stage *stage, struct model *model)
{
    first_loading_with(stage, model, SYNC_NO_NETWORK);
}

static void first_bad_event(struct stage *stage, struct model *model)
{
    first_loading_with(stage, model, SYNC_BAD_EVENT);
}

// ---- what guests see of it ----

static void ready_mark(struct stage *stage, struct model *model)
{
    struct sync_state state = paired(stage);

    state.trouble = SYNC_REVOKED;
    model_sync(model, &state, stage->mono_ms);
}

static void menu_mark(struct stage *stage, struct model *model)
{
    ready_mark(stage, model);
    screen_act(stage, model, ACT_STAFF_DOOR, 0);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_UNLOCKED, .session = 77});
}

struct screen_table screens_sync(void)
{
    static const struct screen_case cases[] = {
        {"sync-none", none},
        {"sync-fine", fine},
        {"sync-sending", sending},
        {"sync-hub", gathers},
        {"sync-not_paired", not_paired},
        {"sync-no_network", no_network},
        {"sync-unreachable", unreachable},
        {"sync-too_slow", too_slow},
        {"sync-wrong_key", wrong_key},
        {"sync-expired", expired},
        {"sync-not_yet", not_yet},
        {"sync-wrong_name", wrong_name},
        {"sync-no_office", no_office},
        {"sync-revoked", revoked},
        {"sync-forked", forked},
        {"sync-bad_chain", bad_chain},
        {"sync-not_taken", not_taken},
        {"sync-outdated", outdated},
        {"sync-busy", busy},
        {"sync-bad_event", bad_event},
        {"sync-older_event", older_event},
        {"sync-disk", disk},
        {"sync-refilled", refilled},
        {"sync-filled", filled},
        {"sync-stick-there", stick_there},
        {"sync-stick-writing", stick_writing},
        {"sync-stick-done", stick_done},
        {"sync-stick-full", stick_full},
        {"sync-stick-read_only", stick_read_only},
        {"sync-stick-failed", stick_failed},
        {"pair", pair},
        {"pair-broken", pair_broken},
        {"pair-asking", pair_asking},
        {"pair-typed", pair_typed},
        {"first", first},
        {"first-no-camera", first_no_camera},
        {"first-stray", first_stray},
        {"first-typed", first_typed},
        {"first-asking", first_asking},
        {"first-loading", first_loading},
        {"first-late", first_late},
        {"first-cut_off", first_cut_off},
        {"first-bad_event", first_bad_event},
        {"first-no_network", first_no_network},
        {"first-unreachable", first_unreachable},
        {"first-too_slow", first_too_slow},
        {"first-wrong_key", first_wrong_key},
        {"first-expired", first_expired},
        {"first-not_yet", first_not_yet},
        {"first-wrong_name", first_wrong_name},
        {"first-no_office", first_no_office},
        {"first-revoked", first_revoked},
        {"first-not_taken", first_not_taken},
        {"first-outdated", first_outdated},
        {"first-busy", first_busy},
        {"first-disk", first_disk},
        {"first-bad_code", first_bad_code},
        {"ready-mark", ready_mark},
        {"staff-menu-mark", menu_mark},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
