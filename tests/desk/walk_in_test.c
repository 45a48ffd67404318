// Somebody without a ticket: registered, counted and given a ticket, all of it or nothing.
#include "support/check.h"

#include "desk/scene.h"

#include <sodium.h>

static struct ticket ticket_of(const struct notice *notice, size_t at)
{
    struct ticket ticket = {0};

    assert_true(at < notice->ticket_count);
    assert_int_equal(ticket_parse(notice->tickets[at], TICKET_TEXT_DIGITS, &ticket, NULL), STATUS_OK);
    return ticket;
}

// Nothing was written and nobody counted.
static void expect_refused(struct scene *scene, const struct command *command, enum reason reason)
{
    uint64_t before = door_record_count(&scene->door);
    uint32_t inside = scene->notice.headcount.inside;
    const struct notice *notice = scene_ask(scene, command);

    assert_int_equal(notice->kind, NOTICE_VERDICT);
    assert_int_equal(notice->verdict.reason, reason);
    assert_int_equal(notice->ticket_count, 0);
    assert_int_equal(notice->headcount.inside, inside);
    assert_int_equal(door_record_count(&scene->door), before);
}

static void test_walk_in__is_registered_counted_and_gets_a_ticket(void **state)
{
    struct command command = scene_walk_in("Jörg Neumann", 0);
    struct scene scene;
    char line[RECORD_LINE_SIZE];

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    command.mono_ms = 77;
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN);
    const struct notice *notice = &scene.notice;
    assert_int_equal(notice->mono_ms, 77);
    assert_int_equal(notice->headcount.inside, 1);
    assert_string_equal(notice->first_name, "Jörg");
    assert_string_equal(notice->language, "de");
    assert_int_equal(notice->class_id, SCENE_WALK_IN_CLASS);
    assert_int_equal(notice->ticket_count, 1);
    assert_true(scene_says(&scene, notice->seq, "\"kind\":\"entry\""));
    assert_true(scene_says(&scene, notice->seq - 1, "\"kind\":\"walk_in\""));
    assert_true(scene_says(&scene, notice->seq - 1, "\"class\":6"));
    for (uint64_t seq = notice->seq - 1; seq <= notice->seq; seq++) {
        scene_line(&scene, seq, line);
        assert_null(strstr(line, "Neumann"));
        assert_null(strstr(line, "example.org"));
    }
    struct ticket ticket = ticket_of(notice, 0);
    assert_int_equal(ticket.number, notice->ticket);
    assert_int_equal(ticket.kid, SCENE_WALK_IN_KID);
    assert_int_equal(ticket.class_id, SCENE_WALK_IN_CLASS);
    assert_int_equal(ticket.from_day, DOOR_TODAY);
    assert_int_equal(ticket.until_day, clock_local_day(scene.door.event.ends_ms));
    assert_false(ticket.is_practice);
    assert_true(keyset_vouches_for(&scene.door.event.keyset, &ticket));
    // Here they are in already; and a restart forgets nothing.
    struct code code = door_code_of(&ticket);
    desk_admit(scene.desk, &code, &scene.notice);
    assert_int_equal(scene.notice.verdict.reason, REASON_ALREADY_REDEEMED);
    assert_string_equal(scene.notice.first_name, "Jörg");
    scene_reopen(&scene);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

static void test_walk_in__brings_others_with_tickets_of_their_own(void **state)
{
    struct command command = scene_walk_in("Jörg Neumann", 2);
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN);
    assert_int_equal(scene.notice.headcount.inside, 3);
    assert_int_equal(scene.notice.ticket_count, 3);
    assert_int_equal(door_record_count(&scene.door), 2 + 6);
    uint64_t numbers[3];
    for (size_t i = 0; i < 3; i++) numbers[i] = ticket_of(&scene.notice, i).number;
    assert_true(numbers[0] != numbers[1] && numbers[1] != numbers[2] && numbers[0] != numbers[2]);
    scene_unlock(&scene);
    assert_string_equal(scene_ask_kind(&scene, COMMAND_PERSON, numbers[0], "")->full_name, "Jörg Neumann");
    assert_string_equal(scene.notice.company, "Sägewerk Hof");
    assert_true(scene_ask_kind(&scene, COMMAND_PERSON, numbers[2], "")->is_found);
    assert_string_equal(scene.notice.full_name, ""); // nobody asked for their name
    // Whoever leaves, leaves alone.
    struct command undo = {.kind = COMMAND_UNDO, .seq = scene_ask_kind(&scene, COMMAND_PERSON, numbers[1], "")->seq};
    assert_int_equal(scene_ask(&scene, &undo)->headcount.inside, 2);
    // Of what they typed, consents with their version stand in the blob.
    door_sql(&scene.door, "CREATE TEMP TABLE found (n INTEGER CHECK (n = 1));"
                          "INSERT INTO found SELECT count(*) FROM walk_in WHERE blob LIKE '%Neumann%' AND blob LIKE "
                          "'%\"privacy\":{\"version\":\"1\",\"given\":true}%' AND blob LIKE "
                          "'%\"newsletter\":{\"version\":\"2\",\"given\":false}%'");
    scene_end(&scene);
}

static void test_walk_in__is_refused_by_the_rules_of_the_door(void **state)
{
    struct command alone = scene_walk_in("Jörg Neumann", 0), three = scene_walk_in("Eva Lang", 2);
    struct scene scene;

    (void)state;
    scene_init(&scene);
    struct list *list = &scene.door.event.lists[0];
    list->capacity = 4;
    scene_open(&scene, 10, DOOR_LIST);
    assert_int_equal(scene_scan(&scene, 0)->headcount.inside, 1);
    assert_int_equal(scene_scan(&scene, 2)->headcount.inside, 2);
    expect_refused(&scene, &three, REASON_FULL); // there is room for two: nobody is parted at the door
    assert_int_equal(scene.notice.capacity, 4);
    three.walk_in.plus_ones = 1;
    assert_int_equal(scene_ask(&scene, &three)->headcount.inside, 4);
    expect_refused(&scene, &alone, REASON_FULL);
    list->capacity = 0;
    struct command serve = {.kind = COMMAND_SERVE, .list = DOOR_LIST};
    scene_unlock(&scene);
    list->closes_ms = DOOR_UNIX_MS;
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE);
    expect_refused(&scene, &alone, REASON_INVALID_TIME);
    assert_int_equal(scene.notice.closes_ms, DOOR_UNIX_MS);
    scene.door.hand.clock_state = CLOCK_STATE_RESTORED; // nobody is refused because our clock is wrong
    assert_int_equal(scene_ask(&scene, &alone)->kind, NOTICE_WALK_IN);
    assert_true(scene.notice.verdict.is_clock_doubtful);
    scene.door.hand.clock_state = CLOCK_STATE_NTP;
    list->closes_ms = 0;
    id_set_add(&list->classes, 1);
    strcpy(alone.walk_in.values[0], "Kai Vogt");
    expect_refused(&scene, &alone, REASON_PRODUCT);
    scene_end(&scene);
}

static void test_walk_in__needs_a_thing_for_each_where_things_are_given(void **state)
{
    struct command three = scene_walk_in("Eva Lang", 2);
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene.door.event.lists[3].stock = 2;
    scene_open(&scene, 10, SCENE_HAND_OUT);
    expect_refused(&scene, &three, REASON_EXHAUSTED);
    three.walk_in.plus_ones = 1;
    assert_int_equal(scene_ask(&scene, &three)->headcount.left, 0);
    scene_end(&scene);
}

static void test_walk_in__a_form_that_is_none_registers_nobody(void **state)
{
    struct command form = scene_walk_in("Jörg Neumann", 0);
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    form.walk_in.consents = 1;
    expect_refused(&scene, &form, REASON_INVALID);
    form = scene_walk_in("", 0);
    expect_refused(&scene, &form, REASON_INVALID);
    form = scene_walk_in("Jörg Neumann", 3);
    expect_refused(&scene, &form, REASON_INVALID);
    scene.door.event.walk_ins.most_plus_ones = 200; // an event file from a stranger
    form.walk_in.plus_ones = 200;
    expect_refused(&scene, &form, REASON_INVALID);
    scene.door.event.walk_ins.is_welcome = false;
    form = scene_walk_in("Jörg Neumann", 0);
    expect_refused(&scene, &form, REASON_INVALID);
    scene_end(&scene);
}

static void test_walk_in__a_namesake_is_pointed_out_not_blocked(void **state)
{
    struct command command = scene_walk_in("Vorname4 MUSTER", 0);
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    uint64_t before = door_record_count(&scene.door);
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_NAMESAKE);
    assert_string_equal(scene.notice.full_name, "");
    assert_int_equal(door_record_count(&scene.door), before);
    command.walk_in.is_sure = true;
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN);
    struct command twin = scene_walk_in("Jörg Neumann", 0);
    assert_int_equal(scene_ask(&scene, &twin)->kind, NOTICE_WALK_IN);
    assert_int_equal(scene_ask(&scene, &twin)->kind, NOTICE_NAMESAKE); // of somebody registered here
    scene_end(&scene);
}

static void test_walk_in__without_a_key_of_the_event_there_is_no_ticket(void **state)
{
    struct scene scene;

    (void)state;
    for (int way = 0; way < 3; way++) {
        struct command command = scene_walk_in("Jörg Neumann", 1);
        scene_init(&scene);
        struct ticket_key *key = &scene.door.event.keyset.keys[1];
        if (way == 0) key->public_key[0] ^= 1; // another kiosk's
        if (way == 1) key->walk_in_class = 1;  // for others
        scene_open(&scene, 10, DOOR_LIST);
        if (way == 2) {
            scene.config.device_key = NULL;
            scene_open_desk(&scene);
        }
        assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN); // registered and counted all the same
        assert_int_equal(scene.notice.ticket_count, 0);
        assert_int_equal(scene.notice.headcount.inside, 2);
        scene_end(&scene);
    }
}

static void test_walk_in__belongs_to_the_one_group_of_a_list(void **state)
{
    struct scene scene;

    (void)state;
    for (uint8_t group_count = 0; group_count <= 2; group_count++) {
        struct command command = scene_walk_in("Jörg Neumann", 0);
        scene_init(&scene);
        for (uint8_t i = 0; i < group_count; i++) id_set_add(&scene.door.event.lists[0].groups, (uint8_t)(2 + i));
        scene_open(&scene, 10, DOOR_LIST);
        assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN);
        assert_int_equal(ticket_of(&scene.notice, 0).group, group_count == 1 ? 2 : 0);
        assert_int_equal(scene.notice.group, group_count == 1 ? 2 : 0);
        scene_end(&scene);
    }
}

// Whatever our clock says: a ticket is good on the event's days.
static void test_walk_in__a_wrong_clock_makes_no_wrong_ticket(void **state)
{
    struct command command = scene_walk_in("Jörg Neumann", 0);
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene.door.hand.unix_now_ms = 0; // 1970
    scene.door.hand.clock_state = CLOCK_STATE_UNSET;
    assert_int_equal(scene_ask(&scene, &command)->kind, NOTICE_WALK_IN);
    struct ticket ticket = ticket_of(&scene.notice, 0);
    assert_int_equal(ticket.from_day, DOOR_TODAY);
    assert_true(ticket.until_day >= DOOR_TODAY);
    scene_end(&scene);
}

static void use_device_key(struct scene *scene, uint8_t name)
{
    uint8_t seed[crypto_sign_SEEDBYTES];

    memset(seed, name, sizeof seed);
    assert_int_equal(crypto_sign_seed_keypair(scene->device_key.public_key, scene->device_key.secret_key, seed), 0);
    memcpy(scene->door.device_key, scene->device_key.public_key, sizeof scene->door.device_key);
}

static void test_walk_in__is_known_at_every_other_kiosk_of_the_event(void **state)
{
    struct command command = scene_walk_in("Jörg Neumann", 1);
    struct ticket_key other_key = {.kid = 10, .is_walk_in_only = true, .walk_in_class = SCENE_WALK_IN_CLASS};
    struct scene north, south;

    (void)state;
    scene_init(&north);
    scene_init(&south);
    use_device_key(&south, 33);
    memcpy(other_key.public_key, south.device_key.public_key, sizeof other_key.public_key);
    assert_int_equal(keyset_add(&north.door.event.keyset, &other_key), STATUS_OK);
    south.door.event = north.door.event;
    scene_open(&north, 10, DOOR_LIST);
    scene_open(&south, 10, DOOR_LIST);
    assert_int_equal(scene_ask(&north, &command)->ticket_count, 2);
    for (size_t i = 0; i < 2; i++) {
        struct code code = door_code_of_text(north.notice.tickets[i], TICKET_TEXT_DIGITS);
        desk_admit(south.desk, &code, &south.notice);
        assert_int_equal(south.notice.verdict.reason, REASON_OK);
        assert_int_equal(south.notice.class_id, SCENE_WALK_IN_CLASS);
        assert_int_equal(south.notice.headcount.inside, i + 1);
    }
    strcpy(command.walk_in.values[0], "Eva Lang");
    assert_int_equal(ticket_of(scene_ask(&south, &command), 0).kid, 10);
    struct code code = door_code_of_text(south.notice.tickets[0], TICKET_TEXT_DIGITS);
    desk_admit(north.desk, &code, &north.notice);
    assert_int_equal(north.notice.verdict.reason, REASON_OK);
    scene_end(&north);
    scene_end(&south);
}

// ---- shown again ----

static void expect_shown_again(struct scene *scene, const struct notice *first, size_t at)
{
    uint64_t ticket = ticket_of(first, at).number, before = door_record_count(&scene->door);

    assert_true(scene_ask_kind(scene, COMMAND_PERSON, ticket, "")->has_ticket_here);
    assert_int_equal(scene_ask_kind(scene, COMMAND_TICKET, ticket, "")->kind, NOTICE_WALK_IN);
    assert_int_equal(scene->notice.asked, COMMAND_TICKET);
    assert_int_equal(scene->notice.ticket_count, 1);
    assert_string_equal(scene->notice.tickets[0], first->tickets[at]);
    assert_int_equal(door_record_count(&scene->door), before);
}

static void test_walk_in__a_ticket_shown_again_is_the_same_ticket(void **state)
{
    struct command command = scene_walk_in("Jörg Neumann", 1), practise = {.kind = COMMAND_PRACTISE, .number = 1};
    struct command serve = {.kind = COMMAND_SERVE, .list = SCENE_IN_OUT};
    static struct notice first;
    struct scene scene;

    (void)state;
    scene_init(&scene);
    id_set_add(&scene.door.event.lists[0].groups, 2);
    scene_open(&scene, 10, DOOR_LIST);
    first = *scene_ask(&scene, &command);
    assert_int_equal(first.ticket_count, 2);
    scene_unlock(&scene);
    for (size_t i = 0; i < 2; i++) expect_shown_again(&scene, &first, i);
    scene_reopen(&scene);
    scene_unlock(&scene);
    assert_int_equal(scene_ask(&scene, &serve)->kind, NOTICE_DONE); // a list for every group
    expect_shown_again(&scene, &first, 0);
    assert_int_equal(scene_ask(&scene, &practise)->kind, NOTICE_DONE);
    expect_shown_again(&scene, &first, 1); // theirs, and not one of practice
    assert_int_equal(scene.notice.headcount.inside, 0);
    scene_end(&scene);
}

static void expect_not_shown(struct scene *scene, uint64_t ticket)
{
    scene_unlock(scene);
    assert_false(scene_ask_kind(scene, COMMAND_PERSON, ticket, "")->has_ticket_here);
    assert_int_equal(scene_ask_kind(scene, COMMAND_TICKET, ticket, "")->kind, NOTICE_TOO_LATE);
    assert_int_equal(scene->notice.ticket_count, 0);
    assert_string_equal(scene->notice.tickets[0], "");
}

static void test_walk_in__no_ticket_is_made_for_anybody_else(void **state)
{
    struct command command = scene_walk_in("Jörg Neumann", 0);
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    uint64_t walk_in = scene_ask(&scene, &command)->ticket;
    expect_not_shown(&scene, door_ticket(2)); // the office's
    expect_not_shown(&scene, 4711);           // nobody's
    struct command practise = {.kind = COMMAND_PRACTISE, .number = 1}, other = scene_walk_in("Eva Lang", 0);
    assert_int_equal(scene_ask(&scene, &practise)->kind, NOTICE_DONE);
    expect_not_shown(&scene, scene_ask(&scene, &other)->ticket); // practised: never registered
    scene.door.event.walk_ins.class_id = 1;                      // the office changed its mind
    expect_not_shown(&scene, walk_in);
    scene.door.event.walk_ins.class_id = SCENE_WALK_IN_CLASS;
    scene.door.event.keyset.keys[1].public_key[0] ^= 1; // no longer this kiosk's key
    expect_not_shown(&scene, walk_in);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk_in__is_registered_counted_and_gets_a_ticket),
        cmocka_unit_test(test_walk_in__brings_others_with_tickets_of_their_own),
        cmocka_unit_test(test_walk_in__is_refused_by_the_rules_of_the_door),
        cmocka_unit_test(test_walk_in__needs_a_thing_for_each_where_things_are_given),
        cmocka_unit_test(test_walk_in__a_form_that_is_none_registers_nobody),
        cmocka_unit_test(test_walk_in__a_namesake_is_pointed_out_not_blocked),
        cmocka_unit_test(test_walk_in__without_a_key_of_the_event_there_is_no_ticket),
        cmocka_unit_test(test_walk_in__belongs_to_the_one_group_of_a_list),
        cmocka_unit_test(test_walk_in__a_wrong_clock_makes_no_wrong_ticket),
        cmocka_unit_test(test_walk_in__is_known_at_every_other_kiosk_of_the_event),
        cmocka_unit_test(test_walk_in__a_ticket_shown_again_is_the_same_ticket),
        cmocka_unit_test(test_walk_in__no_ticket_is_made_for_anybody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
