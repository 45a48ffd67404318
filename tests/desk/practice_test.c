// Practice: everything is answered as if it counted, and nothing is left behind.
#include "support/check.h"

#include "desk/practice.h"
#include "desk/scene.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>

// ---- what stands in the database: every row of every table ----

struct content {
    uint8_t digest[32];
};

static void add_rows(sqlite3 *handle, const char *table, crypto_generichash_state *state)
{
    char sql[160];
    sqlite3_stmt *row = NULL;

    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &row, NULL), SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            const unsigned char *bytes = sqlite3_column_blob(row, i);
            int length = sqlite3_column_bytes(row, i);
            crypto_generichash_update(state, (const unsigned char *)&length, sizeof length);
            if (length > 0) crypto_generichash_update(state, bytes, (unsigned long long)length);
        }
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
}

static struct content read_content(const struct scene *scene)
{
    struct content content;
    crypto_generichash_state state;
    sqlite3 *handle = NULL;
    sqlite3_stmt *tables = NULL;
    int table_count = 0;

    crypto_generichash_init(&state, NULL, 0, sizeof content.digest);
    assert_int_equal(sqlite3_open(scene->door.path, &handle), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(handle,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
                           " ORDER BY name",
                           -1, &tables, NULL),
        SQLITE_OK);
    for (; sqlite3_step(tables) == SQLITE_ROW; table_count++)
        add_rows(handle, (const char *)sqlite3_column_text(tables, 0), &state);
    assert_true(table_count >= 8);
    sqlite3_finalize(tables);
    sqlite3_close(handle);
    crypto_generichash_final(&state, content.digest, sizeof content.digest);
    return content;
}

static void expect_untouched(const struct scene *scene, const struct content *before)
{
    struct content now = read_content(scene);
    assert_memory_equal(now.digest, before->digest, sizeof now.digest);
}

static const struct notice *practise(struct scene *scene, int32_t number)
{
    struct command command = {.kind = COMMAND_PRACTISE, .number = number};
    return scene_ask(scene, &command);
}

static struct scene *begin(struct scene *scene, uint16_t list)
{
    scene_begin(scene, 20, list);
    scene_unlock(scene);
    assert_int_equal(scene_scan(scene, 18)->verdict.reason, REASON_OK); // somebody real
    return scene;
}

static void begin_practice(struct scene *scene)
{
    assert_int_equal(practise(scene, 1)->kind, NOTICE_DONE);
    assert_true(scene->notice.stance.is_practising);
}

// ---- tests ----

static void test_practice__leaves_nothing_behind(void **state)
{
    struct command serve = {.kind = COMMAND_SERVE, .list = SCENE_HAND_OUT, .direction = DIRECTION_EXIT};
    struct command stock = {.kind = COMMAND_STOCK, .number = 10}, walk_in = scene_walk_in("Jörg Neumann", 1);
    struct command remember = {.kind = COMMAND_REMEMBER, .text = "volume=10"};
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_ROLL_CALL);
    struct content before = read_content(&scene);
    begin_practice(&scene);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK);
    assert_true(scene.notice.seq != 0 && scene.notice.stance.is_practising);
    struct command undo = {.kind = COMMAND_UNDO, .seq = scene.notice.seq};
    assert_int_equal(scene_scan_text(&scene, "nonsense")->verdict.reason, REASON_INVALID);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_FORCE, door_ticket(2), "weil")->verdict.reason, REASON_OK);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(4), "krank")->kind, NOTICE_DONE);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_ROUND, 0, "Brilon")->headcount.round, 1);
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.stance.list, SCENE_HAND_OUT);
    assert_int_equal(scene_ask(&scene, &stock)->headcount.left, 10);
    assert_int_equal(scene_scan(&scene, 0)->headcount.left, 9);
    assert_int_equal(scene_ask(&scene, &walk_in)->kind, NOTICE_WALK_IN);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_RETRY, 0, "")->kind, NOTICE_COUNT);
    assert_true(scene_is_silent(&scene, &remember));
    expect_untouched(&scene, &before);

    scene.session = 0; // one tap leaves it
    assert_int_equal(practise(&scene, 0)->kind, NOTICE_DONE);
    assert_false(scene.notice.stance.is_practising);
    assert_int_equal(scene.notice.stance.list, SCENE_ROLL_CALL);
    assert_int_equal(scene.notice.stance.direction, DIRECTION_AUTO);
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(scene.notice.headcount.round, 0);
    expect_untouched(&scene, &before);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_OK); // and now it counts
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_true(scene_says(&scene, scene.notice.seq, "\"kind\":\"entry\""));
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_TOO_LATE); // what was practised is gone
    scene_end(&scene);
}

static void test_practice__ends_with_the_program(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    begin_practice(&scene);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 2);
    scene_reopen(&scene);
    assert_false(scene.notice.stance.is_practising);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

static void test_practice__survives_the_lock(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    begin_practice(&scene);
    assert_true(scene_ask_kind(&scene, COMMAND_LOCK, 0, "")->stance.is_practising);
    scene.session = 0;
    assert_int_equal(practise(&scene, 1)->kind, NOTICE_LOCKED); // but nobody begins it without a session
    scene_end(&scene);
}

// What people did before it began is known in it.
static void test_practice__knows_what_really_happened(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    uint64_t real = scene.notice.seq;
    struct content before = read_content(&scene);
    begin_practice(&scene);
    assert_int_equal(scene_scan(&scene, 18)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    struct command undo = {.kind = COMMAND_UNDO, .seq = real};
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_DONE);
    assert_int_equal(scene.notice.headcount.inside, 0);
    assert_int_equal(scene_ask(&scene, &undo)->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene_scan(&scene, 18)->verdict.reason, REASON_OK);
    expect_untouched(&scene, &before);
    assert_int_equal(practise(&scene, 0)->headcount.inside, 1);
    assert_int_equal(scene_scan(&scene, 18)->verdict.reason, REASON_ALREADY_REDEEMED);
    scene_end(&scene);
}

static void test_practice__a_walk_ins_ticket_opens_no_door(void **state)
{
    struct command walk_in = scene_walk_in("Jörg Neumann", 1);
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    begin_practice(&scene);
    assert_int_equal(scene_ask(&scene, &walk_in)->ticket_count, 2);
    assert_int_equal(scene.notice.headcount.inside, 3);
    struct notice registered = scene.notice;
    assert_int_equal(practise(&scene, 0)->kind, NOTICE_DONE);
    for (size_t i = 0; i < 2; i++) {
        struct code code = door_code_of_text(registered.tickets[i], TICKET_TEXT_DIGITS);
        desk_admit(scene.desk, &code, &scene.notice);
        assert_int_equal(scene.notice.verdict.reason, REASON_RULES);
        assert_true(scene.notice.verdict.is_practice);
        assert_int_equal(scene.notice.headcount.inside, 1);
    }
    scene_end(&scene);
}

// From one list to another and back: each counts on, and one may be the way to the other.
static void test_practice__counts_each_list_by_itself(void **state)
{
    struct command in_out = {.kind = COMMAND_SERVE, .list = SCENE_IN_OUT, .direction = DIRECTION_ENTRY};
    struct command once = {.kind = COMMAND_SERVE, .list = DOOR_LIST};
    struct scene scene;

    (void)state;
    begin(&scene, DOOR_LIST);
    scene.door.event.lists[2].after = DOOR_LIST;
    begin_practice(&scene);
    uint64_t seq = scene_scan(&scene, 0)->seq;
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(scene_ask(&scene, &in_out)->headcount.inside, 0);
    assert_int_equal(scene_scan(&scene, 2)->verdict.reason, REASON_RULES);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 1);
    assert_int_equal(scene_ask(&scene, &once)->headcount.inside, 2);
    assert_int_equal(scene_scan(&scene, 0)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_ask(&scene, &in_out)->headcount.inside, 1);
    struct command undo = {.kind = COMMAND_UNDO, .seq = seq}; // of the other list
    assert_int_equal(scene_ask(&scene, &undo)->headcount.inside, 1);
    assert_int_equal(scene_ask_kind(&scene, COMMAND_EXIT, door_ticket(0), "")->headcount.inside, 0);
    assert_int_equal(scene_ask(&scene, &once)->headcount.inside, 1);
    scene_end(&scene);
}

// However long somebody plays with it.
static void test_practice__forgets_the_oldest_and_goes_on(void **state)
{
    enum { MANY = PRACTICE_MOST + 50 };
    struct scene scene;

    (void)state;
    begin(&scene, SCENE_HAND_OUT);
    struct content before = read_content(&scene);
    begin_practice(&scene);
    for (size_t i = 0; i < MANY; i++) assert_int_equal(scene_scan(&scene, 100 + i)->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.given, MANY + 1);
    assert_int_equal(scene_scan(&scene, 100 + MANY - 1)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_scan(&scene, 100 + MANY - PRACTICE_MOST)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scene_scan(&scene, 100)->verdict.reason, REASON_OK); // long forgotten
    expect_untouched(&scene, &before);
    scene_end(&scene);
}

// ---- as if real: the same happenings at two desks, one of which practises ----

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

static void test_practice__answers_as_if_it_were_real(void **state)
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
        struct content before = read_content(&play.practised);
        begin_practice(&play.practised);
        play.pair_count = 0; // what is beneath a real check-in isn't asked for in practice
        go_on(&play, 200);
        expect_untouched(&play.practised, &before);
        scene_end(&play.real);
        scene_end(&play.practised);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_practice__leaves_nothing_behind),
        cmocka_unit_test(test_practice__ends_with_the_program),
        cmocka_unit_test(test_practice__survives_the_lock),
        cmocka_unit_test(test_practice__knows_what_really_happened),
        cmocka_unit_test(test_practice__a_walk_ins_ticket_opens_no_door),
        cmocka_unit_test(test_practice__counts_each_list_by_itself),
        cmocka_unit_test(test_practice__forgets_the_oldest_and_goes_on),
        cmocka_unit_test(test_practice__answers_as_if_it_were_real),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
