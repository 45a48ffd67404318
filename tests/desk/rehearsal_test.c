// Practice is as if it were real: the same happenings at two desks, one of which practises.
#include "support/check.h"

#include "desk/content.h"

#include <sodium.h>

static void begin(struct scene *scene, uint16_t list)
{
    scene_begin(scene, 20, list);
    scene_unlock(scene);
}

static void begin_practice(struct scene *scene)
{
    struct command command = {.kind = COMMAND_PRACTISE, .number = 1};
    assert_int_equal(scene_ask(scene, &command)->kind, NOTICE_DONE);
}

struct dice {
    uint8_t bytes[8192];
    size_t used;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    uint32_t value;

    assert_true(dice->used + sizeof value <= sizeof dice->bytes);
    memcpy(&value, dice->bytes + dice->used, sizeof value);
    dice->used += sizeof value;
    return value % sides;
}

// Of the same happening at both desks.
struct pair {
    uint64_t real_seq, practised_seq;
};

static struct command happening(struct dice *dice, struct pair *pairs, size_t pair_count, bool is_practised)
{
    static const enum command_kind kinds[] = {COMMAND_ADMIT, COMMAND_ADMIT, COMMAND_ADMIT, COMMAND_ADMIT,
                                              COMMAND_FORCE, COMMAND_EXIT,  COMMAND_UNDO,  COMMAND_UNDO,
                                              COMMAND_ROUND, COMMAND_STOCK, COMMAND_PERSON};
    struct command command = {.kind = kinds[roll(dice, sizeof kinds / sizeof kinds[0])], .text = "weil"};

    command.ticket = door_ticket(roll(dice, 12));
    command.number = (int32_t)roll(dice, 5) - 1;
    uint32_t back = roll(dice, 6);
    if (back < pair_count)
        command.seq = is_practised ? pairs[pair_count - 1 - back].practised_seq : pairs[pair_count - 1 - back].real_seq;
    if (command.kind == COMMAND_ROUND && roll(dice, 4) != 0) command.kind = COMMAND_ADMIT;
    return command;
}

static void expect_alike(const struct notice *real, const struct notice *practised)
{
    assert_int_equal(practised->kind, real->kind);
    assert_int_equal(practised->verdict.reason, real->verdict.reason);
    assert_int_equal(practised->verdict.is_exit, real->verdict.is_exit);
    assert_int_equal(practised->verdict.is_friendly, real->verdict.is_friendly);
    assert_int_equal(practised->earlier_unix_ms, real->earlier_unix_ms);
    assert_string_equal(practised->earlier_gate, real->earlier_gate);
    assert_int_equal(practised->is_signed_off, real->is_signed_off);
    assert_int_equal(practised->seq == 0, real->seq == 0);
    assert_int_equal(practised->headcount.inside, real->headcount.inside);
    assert_int_equal(practised->headcount.expected, real->headcount.expected);
    assert_int_equal(practised->headcount.round, real->headcount.round);
    assert_string_equal(practised->headcount.stop, real->headcount.stop);
    assert_int_equal(practised->headcount.signed_off, real->headcount.signed_off);
    assert_int_equal(practised->headcount.given, real->headcount.given);
    assert_int_equal(practised->headcount.given_here, real->headcount.given_here);
    assert_int_equal(practised->headcount.is_stocked, real->headcount.is_stocked);
    assert_int_equal(practised->headcount.is_limited, real->headcount.is_limited);
    assert_int_equal(practised->headcount.left, real->headcount.left);
}

struct play { // two scenes, and what happens in them
    struct scene real, practised;
    struct dice dice;
    struct pair pairs[256];
    size_t pair_count;
};

static void go_on(struct play *play, size_t happenings)
{
    for (size_t i = 0; i < happenings; i++) {
        struct dice again = play->dice;
        struct command command = happening(&play->dice, play->pairs, play->pair_count, false);
        struct command same = happening(&again, play->pairs, play->pair_count, true);
        scene_ask(&play->real, &command);
        scene_ask(&play->practised, &same);
        expect_alike(&play->real.notice, &play->practised.notice);
        if (play->real.notice.seq != 0 && command.kind != COMMAND_PERSON)
            play->pairs[play->pair_count++] = (struct pair){play->real.notice.seq, play->practised.notice.seq};
        int64_t by_ms = roll(&play->dice, 20000);
        scene_move(&play->real, by_ms);
        scene_move(&play->practised, by_ms);
    }
}

static void test_rehearsal__answers_as_if_it_were_real(void **state)
{
    static struct play play; // too large for a stack

    (void)state;
    for (uint16_t list = DOOR_LIST; list <= SCENE_HAND_OUT; list++) {
        uint8_t seed[randombytes_SEEDBYTES] = {4, (uint8_t)list};
        play = (struct play){0};
        randombytes_buf_deterministic(play.dice.bytes, sizeof play.dice.bytes, seed);
        begin(&play.real, list);
        begin(&play.practised, list);
        go_on(&play, 50); // really, at both
        struct content before = content_read(&play.practised);
        begin_practice(&play.practised);
        play.pair_count = 0; // what is beneath a real check-in isn't asked for in practice
        go_on(&play, 200);
        content_expect(&play.practised, &before);
        scene_end(&play.real);
        scene_end(&play.practised);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rehearsal__answers_as_if_it_were_real),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
