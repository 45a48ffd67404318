// obey.c -- commands: which need a session, and who does them.
#define LOG_MODULE "desk"

#include "desk/obey.h"

#include "base/log.h"
#include "desk/form.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

void desk_open_session(struct desk *desk, struct notice *out)
{
    session_begin(&desk->session, desk->now_ms);
    *out = desk_news(desk, NOTICE_UNLOCKED, out->mono_ms);
    out->session = desk->session.number;
    log_info("a staff session is open");
}

bool desk_take_text(const char *typed, char *out, size_t out_size)
{
    return form_take_text(typed, out, out_size) && out[0] != '\0';
}

static void obey_lock(struct desk *desk, const struct command *command, struct notice *out)
{
    (void)command;
    (void)out;
    session_end(&desk->session);
}

static void obey_touch(struct desk *desk, const struct command *command, struct notice *out)
{
    (void)desk; // the session was kept when its number was looked at
    (void)command;
    (void)out;
}

struct order {
    bool is_for_staff;
    enum notice_kind answer; // when all goes well
    desk_obey_command *obey;
};

// Whoever isn't in this table can't be asked. UNLOCK takes several steps: see desk_obey().
static const struct order orders[] = {
    [COMMAND_FIND] = {false, NOTICE_FOUND, desk_obey_find},
    [COMMAND_RETRY] = {false, NOTICE_COUNT, desk_obey_retry},
    [COMMAND_LOCK] = {false, NOTICE_LOCKED, obey_lock},
    [COMMAND_WALK_IN] = {false, NOTICE_WALK_IN, desk_obey_walk_in},
    [COMMAND_REMEMBER] = {false, NOTICE_NONE, desk_obey_remember},
    [COMMAND_TOUCH] = {true, NOTICE_NONE, obey_touch},
    [COMMAND_PERSON] = {true, NOTICE_FOUND, desk_obey_person},
    [COMMAND_TICKET] = {true, NOTICE_WALK_IN, desk_obey_ticket},
    [COMMAND_ADMIT] = {true, NOTICE_VERDICT, desk_obey_admit},
    [COMMAND_FORCE] = {true, NOTICE_VERDICT, desk_obey_force},
    [COMMAND_EXIT] = {true, NOTICE_DONE, desk_obey_exit},
    [COMMAND_UNDO] = {true, NOTICE_DONE, desk_obey_undo},
    [COMMAND_ROUND] = {true, NOTICE_DONE, desk_obey_round},
    [COMMAND_STOCK] = {true, NOTICE_DONE, desk_obey_stock},
    [COMMAND_SERVE] = {true, NOTICE_DONE, desk_obey_serve},
    [COMMAND_SCHEDULE] = {false, NOTICE_DONE, desk_obey_schedule},
    [COMMAND_PRACTISE] = {true, NOTICE_DONE, desk_obey_practise},
    [COMMAND_PAIR] = {true, NOTICE_DONE, desk_obey_pair},
    [COMMAND_EXPORT] = {true, NOTICE_DONE, desk_obey_export},
    [COMMAND_SYNC] = {true, NOTICE_DONE, desk_obey_sync},
    [COMMAND_HUB] = {true, NOTICE_DONE, desk_obey_hub},
    [COMMAND_SEARCH] = {true, NOTICE_NONE, desk_obey_search},
    [COMMAND_MISSING] = {true, NOTICE_NONE, desk_obey_missing},
    [COMMAND_RECENT] = {true, NOTICE_NONE, desk_obey_recent},
    [COMMAND_CENSUS] = {true, NOTICE_CENSUS, desk_obey_census},
};

static bool may(struct desk *desk, const struct command *command)
{
    bool is_leaving_practice = command->kind == COMMAND_PRACTISE && command->number == 0; // one tap

    if (!orders[command->kind].is_for_staff) return true;
    return session_take(&desk->session, command->session, desk->now_ms) || is_leaving_practice;
}

static void obey(struct desk *desk, const struct command *command, struct notice *out)
{
    const struct order *order = &orders[command->kind];

    assert(order->obey); // or somebody added a command and told only the screen
    *out = desk_news(desk, NOTICE_LOCKED, command->mono_ms);
    if (!may(desk, command)) return;
    out->kind = order->answer;
    order->obey(desk, command, out);
    out->asked = command->kind;
    out->headcount = *desk_headcount(desk);
    out->stance = desk->stance;
    if (out->kind == NOTICE_NOT_SAVED) out->verdict.reason = REASON_ERROR;
}

// LATER: not all verifiers were tried.
static enum status unlock(struct desk *desk, const struct command *command, struct notice *out)
{
    enum status status;

    *out = desk_news(desk, NOTICE_NONE, command->mono_ms);
    if (command->text[0] == '\0') {
        session_want_ticket(&desk->session, command->number == 1, desk->now_ms);
        return STATUS_OK;
    }
    status = session_try_pin(&desk->session, desk->config.event, command->text, desk->now_ms, &out->wait_ms);
    out->kind = NOTICE_PIN;
    if (status == STATUS_OK) desk_open_session(desk, out);
    return status;
}

bool desk_obey(struct desk *desk, struct command *command, struct notice *out)
{
    command->text[COMMAND_TEXT_SIZE - 1] = '\0';
    if (command->kind == COMMAND_UNLOCK) {
        if (unlock(desk, command, out) == STATUS_LATER) return false;
        sodium_memzero(command->text, sizeof command->text);
    } else {
        obey(desk, command, out);
    }
    return true;
}
