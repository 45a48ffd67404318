// What people and staff do at a kiosk of the world, and what it answers.
#include "support/check.h"
#include "support/world.h"

#include "base/text.h"

enum { MOST_STEPS = 100 };

// What the passing of time leads to: a session of staff locks itself.
static void settle(struct world *world, struct world_kiosk *kiosk)
{
    (void)desk_step(kiosk->desk, world->hand.now_ms);
    while (queue_take(&kiosk->notices, &kiosk->answer))
        if (kiosk->answer.kind == NOTICE_LOCKED) kiosk->session = 0;
}

// The desk goes on until it has said something, and the screen shows it.
static void listen(struct world *world, struct world_kiosk *kiosk)
{
    bool has_answer = false;

    for (int i = 0; i < MOST_STEPS && !has_answer; i++) {
        (void)desk_step(kiosk->desk, world->hand.now_ms);
        while (queue_take(&kiosk->notices, &kiosk->answer)) has_answer = kiosk->answer.kind != NOTICE_COUNT;
    }
    assert_true(has_answer);
    model_notice(&kiosk->model, &kiosk->answer, world->hand.unix_now_ms, world->hand.now_ms);
    view_name(&kiosk->model, kiosk->screen);
}

static void write_ticket(const struct world *world, struct who who, char out[TICKET_TEXT_SIZE])
{
    const struct world_person *person = &world->people[who.number];
    int today = clock_local_day(WORLD_MIDNIGHT_MS);
    struct ticket ticket = {.kid = 1,
                            .event = WORLD_EVENT,
                            .number = world_ticket(who),
                            .from_day = (uint16_t)today,
                            .until_day = (uint16_t)(today + 1),
                            .class_id = person->class_id,
                            .group = person->group,
                            .generation = (uint8_t)(person->generation - (who.is_old && person->generation > 0))};

    ticket_sign(&ticket, world->event.keyset.organisation, world->ticket_secret_key);
    ticket_write(&ticket, out);
}

struct code world_code(const struct world *world, struct who who)
{
    struct code code = {.via = CODE_VIA_CAMERA, .mono_ms = world->hand.now_ms, .length = TICKET_TEXT_DIGITS};
    char text[TICKET_TEXT_SIZE];

    if (who.is_walk_in) memcpy(text, world->walk_ins[who.number - 1], sizeof text);
    else write_ticket(world, who, text);
    memcpy(code.text, text, TICKET_TEXT_DIGITS);
    return code;
}

void world_scan(struct world *world, struct world_kiosk *kiosk, struct who who)
{
    struct code code = world_code(world, who);

    settle(world, kiosk);
    assert_int_equal(queue_put(desk_codes(kiosk->desk), &code), STATUS_OK);
    listen(world, kiosk);
    if (kiosk->answer.verdict.reason == REASON_OK) kiosk->seqs[world_index(who)] = kiosk->answer.seq;
}

void world_obey(struct world *world, struct world_kiosk *kiosk, const struct command *command)
{
    struct command asked = *command;

    asked.mono_ms = world->hand.now_ms;
    settle(world, kiosk);
    assert_int_equal(queue_put(desk_commands(kiosk->desk), &asked), STATUS_OK);
    listen(world, kiosk);
}

static uint64_t session(struct world *world, struct world_kiosk *kiosk)
{
    struct command unlock = {.kind = COMMAND_UNLOCK, .text = WORLD_PIN};

    settle(world, kiosk);
    if (kiosk->session != 0) return kiosk->session; // else never opened, or locked itself since
    world_obey(world, kiosk, &unlock);
    assert_int_equal(kiosk->answer.kind, NOTICE_UNLOCKED);
    return kiosk->session = kiosk->answer.session;
}

void world_obey_staff(struct world *world, struct world_kiosk *kiosk, struct command command)
{
    command.session = session(world, kiosk);
    world_obey(world, kiosk, &command);
}

const struct rows *world_rows(struct world *world, struct world_kiosk *kiosk, enum command_kind kind)
{
    struct command command = {.kind = kind, .mono_ms = world->hand.now_ms};

    command.session = session(world, kiosk);
    assert_int_equal(queue_put(desk_commands(kiosk->desk), &command), STATUS_OK);
    for (int i = 0; i < MOST_STEPS; i++) {
        const struct rows *rows = mailbox_take(&kiosk->rows);
        if (rows) return rows;
        (void)desk_step(kiosk->desk, world->hand.now_ms);
    }
    fail_msg("%s", "the desk sent no rows");
    return NULL;
}

void world_walk_in(struct world *world, struct world_kiosk *kiosk, const char *name, uint8_t plus_ones)
{
    struct command command = {.kind = COMMAND_WALK_IN};

    text_copy(command.walk_in.values[0], EVENT_VALUE_SIZE, name);
    command.walk_in.plus_ones = plus_ones;
    world_obey(world, kiosk, &command);
    if (kiosk->answer.kind != NOTICE_WALK_IN) return;
    assert_int_equal(kiosk->answer.ticket_count, 1 + plus_ones);
    for (size_t i = 0; i < kiosk->answer.ticket_count; i++) {
        assert_true(world->walk_in_count < WORLD_MOST_WALK_INS);
        memcpy(world->walk_ins[world->walk_in_count++], kiosk->answer.tickets[i], TICKET_TEXT_SIZE);
    }
}
