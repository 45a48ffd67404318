// Whatever a command holds: 20,000 of them from a seed, of every kind, with texts that are no UTF-8 or have no end,
// absurd numbers, lists, directions and sessions, to a real desk with a real store. Nothing breaks, staff's commands do
// nothing without the session the desk gave, and the log is what it says it is.
#include "support/check.h"

#include "desk/scene.h"
#include "support/studio/dice.h"

enum { ROUNDS = 20000, GUESTS = 40 };

struct storm {
    struct scene scene;
    struct dice dice;
    struct command command;
};

static size_t roll(struct storm *storm, int sides)
{
    return (size_t)dice_below(&storm->dice, sides);
}

static void fill(struct storm *storm, void *to, size_t size)
{
    for (size_t i = 0; i < size; i++) ((uint8_t *)to)[i] = (uint8_t)roll(storm, 256);
}

static void make_text(struct storm *storm, char *text, size_t size)
{
    static const char *const texts[] = {
        "",         " ",    "Nach Hause gegangen",   "language=en", "list=4",    "volume=\xFF",  "=", "Mu",
        "\xC3",     "%s%n", "'; DROP TABLE log; --", "\x1B[2J",     "FOREIGN-4", "\xE2\x80\xAE", "*", "\"a\" OR \"b",
        "NEAR(a b)"};

    fill(storm, text, size); // no end, as a rule
    if (roll(storm, 4) == 0) return;
    strcpy(text, texts[roll(storm, (int)(sizeof texts / sizeof texts[0]))]);
    if (roll(storm, 8) == 0) text[strlen(text)] = 'x'; // and on into what lay there
}

static uint64_t some_number(struct storm *storm)
{
    static const uint64_t odd[] = {0,         1,         UINT64_C(1) << 47, UINT64_C(1) << 48,       UINT64_C(1) << 62,
                                   INT64_MAX, INT32_MAX, UINT64_MAX,        (uint64_t)INT64_MAX + 1, UINT32_MAX,
                                   2,         3};

    return odd[roll(storm, (int)(sizeof odd / sizeof odd[0]))];
}

static void make_command(struct storm *storm, enum command_kind kind)
{
    struct command *command = &storm->command;
    static const int32_t numbers[] = {0, 1, -1, 5, INT32_MAX, INT32_MIN, 1000};
    static const uint16_t lists[] = {0, 1, 2, 3, 4, 5, UINT16_MAX};

    *command = scene_walk_in("Anna Vogt", (uint8_t)roll(storm, 4));
    command->kind = kind;
    command->mono_ms = roll(storm, 9) ? storm->scene.door.hand.now_ms : (int64_t)some_number(storm);
    command->ticket = roll(storm, 3) ? door_ticket(roll(storm, GUESTS)) : some_number(storm);
    command->seq = roll(storm, 3) ? roll(storm, 2000) : some_number(storm);
    command->number = numbers[roll(storm, (int)(sizeof numbers / sizeof numbers[0]))];
    if (kind == COMMAND_PRACTISE && roll(storm, 8)) command->number = 0; // else everything were practice
    command->list = lists[roll(storm, (int)(sizeof lists / sizeof lists[0]))];
    command->direction = (enum direction)(roll(storm, 5) ? roll(storm, 3) : 77);
    make_text(storm, command->text, sizeof command->text);
    if (roll(storm, 2)) make_text(storm, command->walk_in.values[roll(storm, EVENT_MAX_FIELDS)], EVENT_VALUE_SIZE);
    if (roll(storm, 4) == 0) command->walk_in.consents = (uint32_t)some_number(storm);
    if (roll(storm, 4) == 0) command->walk_in.plus_ones = (uint8_t)roll(storm, 256);
    if (roll(storm, 4) == 0) fill(storm, command->walk_in.language, sizeof command->walk_in.language);
    command->walk_in.is_sure = roll(storm, 2);
}

static bool is_for_staff(const struct command *command)
{
    static const enum command_kind of_anybody[] = {COMMAND_FIND,    COMMAND_RETRY,    COMMAND_UNLOCK,  COMMAND_LOCK,
                                                   COMMAND_WALK_IN, COMMAND_SCHEDULE, COMMAND_REMEMBER};

    for (size_t i = 0; i < sizeof of_anybody / sizeof of_anybody[0]; i++)
        if (command->kind == of_anybody[i]) return false;
    return command->kind != COMMAND_PRACTISE || command->number != 0; // leaving is anybody's
}

static void make_any(struct storm *storm)
{
    make_command(storm, (enum command_kind)roll(storm, COMMAND_CENSUS + 1));
    if (storm->command.kind == COMMAND_UNLOCK && roll(storm, 4)) storm->command.kind = COMMAND_FIND; // PINs are slow
}

// How many notices came; the last one is in scene.notice.
static int send(struct storm *storm)
{
    struct scene *scene = &storm->scene;
    int count = 0;

    assert_int_equal(queue_put(desk_commands(scene->desk), &storm->command), STATUS_OK);
    for (int step = 0; step < EVENT_MAX_PINS + 2; step++) {
        (void)desk_step(scene->desk, scene->door.hand.now_ms);
        while (queue_take(&scene->notices, &scene->notice)) count++;
    }
    return count;
}

static void expect_sound(const struct notice *notice)
{
    size_t size = sizeof notice->first_name;

    assert_true(memchr(notice->first_name, '\0', size) && memchr(notice->full_name, '\0', size));
    assert_true(memchr(notice->note, '\0', sizeof notice->note));
    assert_in_range(notice->kind, NOTICE_NONE, NOTICE_CENSUS);
    assert_int_not_equal(notice->kind, NOTICE_NOT_SAVED); // the disk is well, whatever they ask
    assert_true(notice->ticket_count <= NOTICE_MOST_TICKETS);
    assert_in_range(notice->stance.list, DOOR_LIST, SCENE_HAND_OUT);
    assert_in_range(notice->stance.direction, DIRECTION_AUTO, DIRECTION_EXIT);
}

static void begin(struct storm *storm, uint64_t seed)
{
    *storm = (struct storm){.dice = {seed}};
    scene_begin(&storm->scene, GUESTS, DOOR_LIST);
}

static void test_storm__without_the_session_staffs_commands_do_nothing(void **state)
{
    static struct storm storm;
    struct scene *scene = &storm.scene;

    (void)state;
    begin(&storm, 1);
    scene_unlock(scene); // a session is open: somebody else's
    for (int i = 0; i < ROUNDS / 3; i++) {
        uint64_t wrong[] = {0, 1, scene->session + 1, scene->session - 1, ~scene->session, UINT64_MAX};
        do make_any(&storm);
        while (!is_for_staff(&storm.command));
        storm.command.session = wrong[roll(&storm, (int)(sizeof wrong / sizeof wrong[0]))];
        if (storm.command.session == scene->session) continue;
        if (i % 100 == 0) scene_unlock(scene); // scene_unlock: or it would end
        assert_int_equal(send(&storm), 1);
        assert_int_equal(scene->notice.kind, NOTICE_LOCKED);
        expect_sound(&scene->notice);
        assert_null(mailbox_take(&scene->rows));
    }
    assert_int_equal(door_record_count(&scene->door), 2); // boot and event: nothing else
    assert_int_equal(scene->notice.stance.list, DOOR_LIST);
    assert_false(scene->notice.stance.is_practising);
    scene_end(scene);
}

static void let_time_pass(struct storm *storm)
{
    if (roll(storm, 10) == 0) scene_move(&storm->scene, (int64_t)roll(storm, 40000));
    if (roll(storm, 500) == 0) scene_move(&storm->scene, 2 * DESK_SESSION_MS);
    if (roll(storm, 1000) == 0) storm->scene.door.hand.unix_now_ms -= 86400000; // somebody sets the clock
    if (roll(storm, 400) == 0) scene_reopen(&storm->scene);
    while (queue_take(&storm->scene.notices, &storm->scene.notice)) continue;
}

static void test_storm__with_a_session_nothing_breaks(void **state)
{
    static struct storm storm;
    struct scene *scene = &storm.scene;
    uint64_t done[COMMAND_CENSUS + 1] = {0};

    (void)state;
    begin(&storm, 2);
    for (int i = 0; i < ROUNDS; i++) {
        let_time_pass(&storm);
        if (roll(&storm, 5) == 0) {
            (void)scene_scan(scene, roll(&storm, GUESTS));
            continue;
        }
        make_any(&storm);
        storm.command.session = scene->session;
        int count = send(&storm);
        assert_in_range(count, 0, 2); // LOCKED by time, and the answer
        if (count == 0) continue;
        expect_sound(&scene->notice);
        if (scene->notice.kind == NOTICE_LOCKED) {
            scene_move(scene, 70000); // PINs were guessed
            scene_unlock(scene);
        } else {
            done[storm.command.kind]++;
        }
    }
    for (size_t kind = COMMAND_PERSON; kind <= COMMAND_PRACTISE; kind++)
        if (done[kind] == 0) fail_msg("nobody ever did %zu", kind);
    print_message("%llu records\n", (unsigned long long)door_record_count(&scene->door));
    assert_true(door_record_count(&scene->door) > ROUNDS / 10);
    scene_end(scene); // the database is what its log says
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_storm__without_the_session_staffs_commands_do_nothing),
        cmocka_unit_test(test_storm__with_a_session_nothing_breaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
