// A new version on the staff's pages, from looking for it to its end; and the kiosk's own Wi-Fi.
#include "view/screens.h"

#include "base/text.h"

#include <string.h>

static void press(struct stage *stage, struct model *model, enum staff_act act, int row)
{
    model_act(model, (struct action){ACT_STAFF, staff_key(act, row)}, stage->mono_ms);
}

static void unlock(struct stage *stage, struct model *model)
{
    screen_act(stage, model, ACT_STAFF_DOOR, 0);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_UNLOCKED, .session = 77});
    model_drop_command(model);
    model_tick(model, stage->mono_ms);
}

static void tell(struct stage *stage, struct model *model, const struct readiness *readiness)
{
    *(struct readiness *)mailbox_writable(&stage->readiness) = *readiness;
    mailbox_put(&stage->readiness);
    model->readiness = mailbox_take(&stage->readiness);
}

static void show(struct stage *stage, struct model *model, const struct update *update)
{
    struct readiness readiness = {.mono_ms = 1, .update = *update};

    text_copy(readiness.update.installed, UPDATE_VERSION_SIZE, "1.4.0-1");
    if (update->phase != UPDATE_IDLE) text_copy(readiness.update.offered, UPDATE_VERSION_SIZE, "1.5.0~rc2-1");
    unlock(stage, model);
    tell(stage, model, &readiness);
    press(stage, model, STAFF_ACT_OPEN, STAFF_UPDATE);
}

#define SHOW(name, ...)                                                                                                \
    static void name(struct stage *stage, struct model *model)                                                         \
    {                                                                                                                  \
        show(stage, model, &(struct update){__VA_ARGS__});                                                             \
    }

SHOW(idle, .phase = UPDATE_IDLE)
SHOW(looking, .phase = UPDATE_LOOKING)
SHOW(current, .phase = UPDATE_CURRENT)
SHOW(found, .phase = UPDATE_FOUND)
SHOW(fetching, .phase = UPDATE_FETCHING, .percent = 37)
SHOW(installing, .phase = UPDATE_INSTALLING, .percent = 60)
SHOW(trial, .phase = UPDATE_TRIAL, .percent = 90)
SHOW(going_back, .phase = UPDATE_GOING_BACK, .percent = 1)
SHOW(done, .phase = UPDATE_DONE)
SHOW(back, .phase = UPDATE_BACK)
SHOW(asked_back, .phase = UPDATE_BACK, .why = UPDATE_WHY_ASKED)
SHOW(failed, .phase = UPDATE_FAILED)
SHOW(no_source, .phase = UPDATE_FAILED, .why = UPDATE_WHY_NO_SOURCE)
SHOW(no_network, .phase = UPDATE_FAILED, .why = UPDATE_WHY_NO_NETWORK)
SHOW(no_key, .phase = UPDATE_FAILED, .why = UPDATE_WHY_NO_KEY)
SHOW(bad_signature, .phase = UPDATE_FAILED, .why = UPDATE_WHY_BAD_SIGNATURE)
SHOW(damaged, .phase = UPDATE_FAILED, .why = UPDATE_WHY_DAMAGED)
SHOW(depends, .phase = UPDATE_FAILED, .why = UPDATE_WHY_DEPENDS)
SHOW(no_space, .phase = UPDATE_FAILED, .why = UPDATE_WHY_NO_SPACE)
SHOW(no_previous, .phase = UPDATE_FAILED, .why = UPDATE_WHY_NO_PREVIOUS)

static void wished(struct stage *stage, struct model *model)
{
    idle(stage, model);
    press(stage, model, STAFF_ACT_UPDATE, UPDATE_WISH_LOOK);
}

static void unheard(struct stage *stage, struct model *model)
{
    wished(stage, model);
    stage->mono_ms += STAFF_UPDATE_PATIENCE_MS;
    model_tick(model, stage->mono_ms);
}

static void menu(struct stage *stage, struct model *model)
{
    stage->list.mode = LIST_MODE_ROLL_CALL; // the one with the most pages
    idle(stage, model);
    press(stage, model, STAFF_ACT_BACK, 0);
}

// All there can be on it: two codes, and a version that went back.
static void check(struct stage *stage, struct model *model)
{
    struct readiness readiness = {.mono_ms = 1,
                                  .ticket_count = 200,
                                  .event_version = 3,
                                  .has_board = true,
                                  .update = {.phase = UPDATE_BACK, .installed = "1.4.0-1"}};

    text_copy(readiness.board_url, sizeof readiness.board_url,
              "http://10.42.0.1:8080/#5f2c9a3e77d0b1446c8e92fa03d5817b");
    text_copy(readiness.wifi_name, sizeof readiness.wifi_name, "einlass-4f2a71");
    text_copy(readiness.wifi_code, sizeof readiness.wifi_code, "WIFI:T:WPA;S:einlass-4f2a71;P:bunt-tisch-47-lampe;;");
    unlock(stage, model);
    tell(stage, model, &readiness);
    press(stage, model, STAFF_ACT_OPEN, STAFF_CHECK);
}

struct screen_table screens_update(void)
{
    static const struct screen_case cases[] = {
        {"update-menu", menu},
        {"update-idle", idle},
        {"update-wished", wished},
        {"update-unheard", unheard},
        {"update-looking", looking},
        {"update-current", current},
        {"update-found", found},
        {"update-fetching", fetching},
        {"update-installing", installing},
        {"update-trial", trial},
        {"update-going_back", going_back},
        {"update-done", done},
        {"update-back", back},
        {"update-asked_back", asked_back},
        {"update-failed", failed},
        {"update-no_source", no_source},
        {"update-no_network", no_network},
        {"update-no_key", no_key},
        {"update-bad_signature", bad_signature},
        {"update-damaged", damaged},
        {"update-depends", depends},
        {"update-no_space", no_space},
        {"update-no_previous", no_previous},
        {"update-check", check},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
