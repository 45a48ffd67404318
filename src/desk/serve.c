// serve.c -- what this desk serves, and what staff say about it: list, direction, practice, rounds, stock.
#define LOG_MODULE "desk"

#include "desk/obey.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

// ---- what happened besides people ----

static void write_down(struct desk *desk, const struct record *record, struct notice *out)
{
    if (desk_write(desk, record, &out->seq) != STATUS_OK) out->kind = NOTICE_NOT_SAVED;
}

void desk_obey_round(struct desk *desk, const struct command *command, struct notice *out)
{
    struct record record = desk_note_of(desk, RECORD_KIND_ROUND);

    out->kind = NOTICE_TOO_LATE; // there are no rounds on another list
    if (desk->list->mode != LIST_MODE_ROLL_CALL) return;
    out->kind = NOTICE_DONE;
    record.round = desk_headcount(desk)->round + 1;
    if (!desk_take_text(command->text, record.stop, sizeof record.stop)) record.stop[0] = '\0';
    write_down(desk, &record, out);
}

// Nobody carries away what isn't there: it was typed wrong.
static bool is_there(const struct headcount *headcount, int64_t number)
{
    return headcount->is_stocked && headcount->left_here >= number;
}

void desk_obey_stock(struct desk *desk, const struct command *command, struct notice *out)
{
    struct record record = desk_note_of(desk, RECORD_KIND_STOCK);

    out->kind = NOTICE_TOO_LATE; // nothing is given here, or nothing came
    if (desk->list->mode != LIST_MODE_HAND_OUT || command->number == 0) return;
    if (command->number < 0 && !is_there(desk_headcount(desk), -(int64_t)command->number)) return;
    out->kind = NOTICE_DONE;
    record.stock = command->number;
    write_down(desk, &record, out);
}

// That the database opens and can be read says nothing about a full disk: a real record has to reach it. In
// practice nothing is to be written, and reading is enough.
void desk_obey_retry(struct desk *desk, const struct command *command, struct notice *out)
{
    struct record proof = desk_note_of(desk, RECORD_KIND_COUNT_CHECK);
    uint64_t seq = 0;
    enum status status = desk_write(desk, &proof, &seq);

    (void)command;
    if (status == STATUS_OK) return;
    log_error("the disk still keeps nothing: %s", status_words(status));
    out->kind = NOTICE_NOT_SAVED;
}

// ---- list and direction ----

static enum status count(struct desk *desk, uint16_t list, struct headcount *out)
{
    struct store *store = desk->config.store;
    const struct event *event = desk->config.event;

    return store->ops->count(store, event->number, event_list(event, list), out);
}

static void take_stance(struct desk *desk, const struct stance *stance, const struct headcount *headcount)
{
    desk->stance = *stance;
    desk->list = event_list(desk->config.event, stance->list);
    desk->headcount = *headcount;
    if (stance->is_practising) practice_serve(&desk->practice, stance->list, headcount);
}

// Both or neither, or the next start would serve what nobody chose.
static enum status remember(struct desk *desk, const struct stance *stance)
{
    struct store *store = desk->config.store;
    char list[8];
    enum status status = store->ops->begin(store);

    if (status != STATUS_OK) return status;
    snprintf(list, sizeof list, "%u", (unsigned)stance->list);
    status = store->ops->remember(store, "list", list);
    if (status == STATUS_OK) status = store->ops->remember(store, "direction", direction_word(stance->direction));
    return store->ops->end(store, status);
}

static bool is_direction(enum direction direction)
{
    switch (direction) {
    case DIRECTION_AUTO:
    case DIRECTION_ENTRY:
    case DIRECTION_EXIT:
        return true;
    }
    return false;
}

void desk_obey_serve(struct desk *desk, const struct command *command, struct notice *out)
{
    struct stance stance = desk->stance;
    struct headcount headcount;
    enum status status;

    out->kind = NOTICE_TOO_LATE; // there is no such list
    if (!event_list(desk->config.event, command->list) || !is_direction(command->direction)) return;
    out->kind = NOTICE_DONE;
    stance.list = command->list;
    stance.direction = command->direction;
    status = desk_recover(desk);
    if (status == STATUS_OK) status = count(desk, stance.list, &headcount);
    if (status == STATUS_OK && !stance.is_practising) status = remember(desk, &stance);
    if (status == STATUS_OK) {
        take_stance(desk, &stance, &headcount);
        log_info("serving list=%u direction=%s", stance.list, direction_word(stance.direction));
        return;
    }
    desk->needs_recovery = true;
    out->kind = NOTICE_NOT_SAVED;
}

// Practice mode, too: and it is what will be served after it.
void desk_obey_schedule(struct desk *desk, const struct command *command, struct notice *out)
{
    (void)out;
    if (!is_direction(command->direction)) return;
    desk->stance.direction = desk->stance_before.direction = command->direction;
    log_info("serving by the clock direction=%s", direction_word(command->direction));
}

// ---- practice ----

// Nothing is left behind, neither a count nor another list. Whatever the disk does: nobody is to believe that it still
// is practice, and a count that could not be asked for is asked for again before anything else is done.
static enum status end_practice(struct desk *desk)
{
    struct headcount headcount = desk->headcount_before_practice;
    enum status status = desk_recover(desk);

    if (status == STATUS_OK) status = count(desk, desk->stance_before.list, &headcount);
    if (status != STATUS_OK) desk->needs_recovery = true;
    take_stance(desk, &desk->stance_before, &headcount);
    return status;
}

void desk_obey_practise(struct desk *desk, const struct command *command, struct notice *out)
{
    bool is_wanted = command->number != 0;
    enum status status = STATUS_OK;

    if (is_wanted == desk->stance.is_practising) return;
    if (is_wanted && (status = desk_recover(desk)) == STATUS_OK) {
        desk->stance_before = desk->stance;
        desk->headcount_before_practice = desk->headcount;
        practice_begin(&desk->practice);
        practice_serve(&desk->practice, desk->stance.list, &desk->headcount);
        desk->stance.is_practising = true;
    } else if (!is_wanted) {
        status = end_practice(desk);
    }
    log_info("practice mode is %s", desk->stance.is_practising ? "on" : "off");
    if (status != STATUS_OK) out->kind = NOTICE_NOT_SAVED;
}

// ---- settings ----

// What anybody may set. Not the list and the direction: those are served by staff.
static bool may_be_remembered(const char *key, size_t length)
{
    static const char *const keys[] = {"volume", "brightness", "large_text", "high_contrast", "language"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strlen(keys[i]) == length && memcmp(keys[i], key, length) == 0) return true;
    return false;
}

void desk_obey_remember(struct desk *desk, const struct command *command, struct notice *out)
{
    struct store *store = desk->config.store;
    const char *equals = strchr(command->text, '=');
    char key[COMMAND_TEXT_SIZE], value[STORE_VALUE_SIZE];
    enum status status;

    (void)out;
    if (!equals || !may_be_remembered(command->text, (size_t)(equals - command->text))) return;
    if (strlen(equals + 1) >= sizeof value || !desk_take_text(equals + 1, value, sizeof value)) return;
    if (desk->stance.is_practising) return; // nothing is written
    snprintf(key, sizeof key, "%.*s", (int)(equals - command->text), command->text);
    status = desk_recover(desk);
    if (status == STATUS_OK) status = store->ops->remember(store, key, value);
    if (status == STATUS_OK) return;
    log_error("a setting could not be remembered key=%s: %s", key, status_words(status));
    desk->needs_recovery = true;
}
