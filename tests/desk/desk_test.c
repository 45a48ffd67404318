#include "support/check.h"

#include "desk/desk.h"
#include "support/door.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

struct scene { // a desk at a door
    struct door door;
    struct store *store;
    struct queue notices;
    struct desk_config config;
    struct desk *desk;
    struct notice notice; // the last one
};

static void open_desk(struct scene *scene)
{
    struct notice notice;

    scene->config = (struct desk_config){.store = scene->store,
                                         .clock = scene->door.clock,
                                         .event = &scene->door.event,
                                         .list = DOOR_LIST,
                                         .gate = "Nord",
                                         .notices = &scene->notices};
    assert_int_equal(desk_open(&scene->config, &scene->desk), STATUS_OK);
    (void)desk_step(scene->desk, scene->door.hand.now_ms);
    assert_true(queue_take(&scene->notices, &notice));
    assert_int_equal(notice.kind, NOTICE_COUNT);
}

static void begin(struct scene *scene, size_t guest_count)
{
    *scene = (struct scene){0};
    door_init(&scene->door, NULL);
    scene->store = door_store(&scene->door, guest_count);
    queue_init(&scene->notices, sizeof(struct notice), 16, NULL);
    open_desk(scene);
}

static void reopen(struct scene *scene)
{
    desk_close(scene->desk);
    store_close(scene->store);
    assert_int_equal(door_open(&scene->door, &scene->store), STATUS_OK);
    open_desk(scene);
}

static void end(struct scene *scene)
{
    desk_close(scene->desk);
    store_close(scene->store);
    assert_int_equal(door_audit(&scene->door), 0);
    queue_destroy(&scene->notices);
    door_destroy(&scene->door);
}

static enum reason admit(struct scene *scene, const struct code *code)
{
    desk_admit(scene->desk, code, &scene->notice);
    assert_int_equal(scene->notice.kind, NOTICE_VERDICT);
    assert_true(scene->notice.seq > 0);
    return scene->notice.verdict.reason;
}

static enum reason admit_ticket(struct scene *scene, struct ticket *ticket)
{
    ticket_sign(ticket, scene->door.event.keyset.organisation, scene->door.ticket_secret_key);
    struct code code = door_code_of(ticket);
    return admit(scene, &code);
}

static enum reason admit_guest(struct scene *scene, size_t guest)
{
    struct code code = door_code(&scene->door, guest);
    return admit(scene, &code);
}

static enum reason admit_text(struct scene *scene, const char *text)
{
    struct code code = door_code_of_text(text, strlen(text));
    return admit(scene, &code);
}

// The line of a record, as it stands in the database.
static void read_line(const struct scene *scene, uint64_t seq, char out[RECORD_LINE_SIZE])
{
    door_read_line(&scene->door, seq, out);
}

static void test_desk__admits_a_signed_ticket_once(void **state)
{
    struct scene scene;
    char line[RECORD_LINE_SIZE];

    (void)state;
    begin(&scene, 10);
    assert_int_equal(admit_guest(&scene, 2), REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(scene.notice.headcount.expected, 5);
    assert_string_equal(scene.notice.first_name, "Vorname2");
    assert_int_equal(scene.notice.group, 3);
    read_line(&scene, scene.notice.seq, line);
    assert_non_null(strstr(line, "\"kind\":\"entry\""));
    assert_non_null(strstr(line, "\"gate\":\"Nord\""));

    clock_hand_move(&scene.door.hand, 5000);
    assert_int_equal(admit_guest(&scene, 2), REASON_ALREADY_REDEEMED);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    assert_string_equal(scene.notice.earlier_gate, "Nord");
    assert_int_equal(scene.notice.headcount.inside, 1);
    end(&scene);
}

// A crash between record and screen leaves a record and no second entry.
static void test_desk__after_a_crash_says_already_here(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, 10);
    assert_int_equal(admit_guest(&scene, 0), REASON_OK);
    reopen(&scene); // the notice never reached a screen
    clock_hand_move(&scene.door.hand, 3000);
    assert_int_equal(admit_guest(&scene, 0), REASON_ALREADY_REDEEMED);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    assert_int_equal(scene.notice.headcount.inside, 1);
    end(&scene);
}

static void test_desk__headcount_counts_persons_not_scans(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, 10);
    assert_int_equal(admit_guest(&scene, 0), REASON_OK);
    assert_int_equal(admit_guest(&scene, 1), REASON_OK); // the same person's other ticket
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(admit_guest(&scene, 2), REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(admit_guest(&scene, 100), REASON_OK); // genuine, not on the roster
    assert_int_equal(scene.notice.headcount.inside, 3);
    assert_string_equal(scene.notice.first_name, "");
    end(&scene);
}

static void test_desk__refuses_with_the_reason(void **state)
{
    struct scene scene;
    struct roster_entry also[4] = {0};
    struct ticket ticket;

    (void)state;
    begin(&scene, 0);
    for (size_t i = 0; i < 4; i++)
        also[i].guest = (struct guest){.is_listed = true, .ticket = door_ticket(i), .class_id = 1, .group = 1};
    also[0].guest.status = GUEST_STATUS_UNPAID;
    also[1].guest.status = GUEST_STATUS_BLOCKED;
    also[2].guest.status = GUEST_STATUS_CANCELED;
    also[3].guest.least_generation = 1;
    door_document_with(&scene.door, 2, 0, also, 4);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);
    assert_int_equal(admit_guest(&scene, 0), REASON_UNPAID);
    assert_int_equal(admit_guest(&scene, 1), REASON_BLOCKED);
    assert_int_equal(admit_guest(&scene, 2), REASON_CANCELED);
    assert_int_equal(admit_guest(&scene, 3), REASON_REVOKED);
    assert_string_equal(scene.notice.first_name, "");

    ticket = door_signed_ticket(&scene.door, 7);
    ticket.until_day = DOOR_TODAY - 1;
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_INVALID_TIME);
    assert_int_equal(scene.notice.until_day, DOOR_TODAY - 1);
    scene.door.hand.clock_state = CLOCK_STATE_RESTORED; // nobody is refused because our clock is wrong
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_OK);
    assert_true(scene.notice.verdict.is_clock_doubtful);
    scene.door.hand.clock_state = CLOCK_STATE_NTP;

    ticket = door_signed_ticket(&scene.door, 8);
    ticket.is_practice = true;
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_RULES);
    assert_true(scene.notice.verdict.is_practice);
    assert_int_equal(scene.notice.headcount.inside, 1);
    end(&scene);
}

static void test_desk__limits_of_the_list_refuse(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, 10);
    desk_close(scene.desk);
    scene.door.event.lists[0].capacity = 1;
    open_desk(&scene);
    assert_int_equal(admit_guest(&scene, 0), REASON_OK);
    assert_int_equal(admit_guest(&scene, 1), REASON_OK); // no further person
    assert_int_equal(admit_guest(&scene, 2), REASON_FULL);
    assert_int_equal(scene.notice.capacity, 1);
    desk_close(scene.desk);
    scene.door.event.lists[0].capacity = 0;
    scene.door.event.lists[0].closes_ms = DOOR_UNIX_MS - 60000;
    open_desk(&scene);
    assert_int_equal(admit_guest(&scene, 4), REASON_INVALID_TIME);
    assert_int_equal(scene.notice.from_day, 0);
    assert_int_equal(scene.notice.closes_ms, DOOR_UNIX_MS - 60000);
    end(&scene);
}

static void test_desk__tells_the_class_and_group_of_a_ticket_for_another_bus(void **state)
{
    struct scene scene;
    struct roster_entry moved = {.guest = {.is_listed = true, .class_id = 1, .group = 3, .name = "Lang, Eva"}};

    (void)state;
    begin(&scene, 0);
    moved.guest.ticket = door_ticket(0); // printed for group 1
    door_document_with(&scene.door, 2, 0, &moved, 1);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);
    desk_close(scene.desk);
    id_set_add(&scene.door.event.lists[0].groups, 1);
    open_desk(&scene);
    assert_int_equal(admit_guest(&scene, 0), REASON_PRODUCT);
    assert_int_equal(scene.notice.group, 3); // the roster's
    assert_int_equal(scene.notice.class_id, 1);
    assert_string_equal(scene.notice.first_name, "");         // a refusal names nobody
    assert_int_equal(admit_guest(&scene, 1), REASON_PRODUCT); // not on the roster: the ticket's
    assert_int_equal(scene.notice.group, 2);
    desk_close(scene.desk);
    id_set_add(&scene.door.event.lists[0].classes, 6);
    open_desk(&scene);
    struct ticket ticket = door_signed_ticket(&scene.door, 3); // the right group
    ticket.class_id = 5;
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_PRODUCT);
    assert_int_equal(scene.notice.class_id, 5);
    end(&scene);
}

static void test_desk__names_a_ticket_of_another_event(void **state)
{
    struct scene scene;
    struct door other;
    struct ticket ticket;

    (void)state;
    begin(&scene, 10);
    ticket = door_signed_ticket(&scene.door, 1);
    ticket.event = 8;
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_WRONG_EVENT);
    assert_string_equal(scene.notice.event_name[LANGUAGE_DE], ""); // we don't know it
    door_init(&other, NULL);
    other.event.number = 8;
    strcpy(other.event.name[LANGUAGE_DE], "Stammtisch");
    door_document(&other, 1, 1);
    assert_int_equal(door_install(&other, scene.store), STATUS_OK);
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_WRONG_EVENT);
    assert_string_equal(scene.notice.event_name[LANGUAGE_DE], "Stammtisch");
    door_destroy(&other);
    end(&scene);
}

static void test_desk__forged_tickets_are_invalid_and_name_nobody(void **state)
{
    struct scene scene;
    struct code code;
    struct ticket ticket;
    char line[RECORD_LINE_SIZE];

    (void)state;
    begin(&scene, 10);
    ticket = door_signed_ticket(&scene.door, 1);
    ticket.signature[10] ^= 1;
    code = door_code_of(&ticket);
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    read_line(&scene, scene.notice.seq, line);
    assert_null(strstr(line, "\"ticket\"")); // nobody vouches for the number in it
    assert_string_equal(scene.notice.first_name, "");
    ticket = door_signed_ticket(&scene.door, 1);
    ticket.kid = 2; // no such key
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_INVALID);

    code = door_code(&scene.door, 1); // a ticket's shape with an impossible group of digits
    memset(code.text, '9', 17);
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    end(&scene);
}

// A kiosk's own key, as a thief has it: it makes walk-ins, and nothing else.
static void test_desk__a_stolen_walk_in_key_speaks_for_nobody_on_the_roster(void **state)
{
    enum { KIOSK_KID = 9, WALK_IN = 6 };
    struct scene scene;
    struct ticket_key key = {.kid = KIOSK_KID, .is_walk_in_only = true, .walk_in_class = WALK_IN};
    struct roster_entry known = {.guest = {.is_listed = true, .ticket = door_ticket(50), .class_id = WALK_IN}};
    char line[RECORD_LINE_SIZE];

    (void)state;
    begin(&scene, 0);
    assert_int_equal(crypto_sign_keypair(key.public_key, scene.door.ticket_secret_key), 0); // the thief signs
    assert_int_equal(keyset_add(&scene.door.event.keyset, &key), STATUS_OK);
    door_document_with(&scene.door, 2, 10, &known, 1);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);

    struct ticket ticket = door_signed_ticket(&scene.door, 3); // somebody of class 1
    ticket.kid = KIOSK_KID;
    ticket.class_id = WALK_IN;
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_INVALID);
    assert_string_equal(scene.notice.first_name, "");
    assert_int_equal(scene.notice.headcount.inside, 0);
    read_line(&scene, scene.notice.seq, line);
    assert_null(strstr(line, "\"ticket\""));
    assert_null(strstr(line, "\"person\""));
    ticket.class_id = 1;
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_INVALID);

    ticket.class_id = WALK_IN;
    ticket.number = door_ticket(50); // a walk-in of another kiosk, come to the roster since
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_OK);
    ticket.number = door_ticket(77); // a new one
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_OK);
    assert_int_equal(scene.notice.class_id, WALK_IN);
    end(&scene);
}

static void test_desk__foreign_codes_of_the_roster_admit(void **state)
{
    struct scene scene;
    struct roster_entry also[3] = {0};
    char line[RECORD_LINE_SIZE], hash[2 * 32 + 1];
    uint8_t digest[32];

    (void)state;
    begin(&scene, 0);
    for (size_t i = 0; i < 3; i++) also[i].guest = (struct guest){.is_listed = true, .ticket = i + 1, .class_id = 1};
    also[0].foreign_code = "HTTPS://tickets.example/ä?x=1";
    also[1].foreign_code = also[2].foreign_code = "FAMILY";
    door_document_with(&scene.door, 2, 5, also, 3);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);

    assert_int_equal(admit_text(&scene, "HTTPS://tickets.example/ä?x=1"), REASON_OK);
    assert_int_equal(admit_text(&scene, "HTTPS://tickets.example/ä?x=1"), REASON_ALREADY_REDEEMED);
    assert_int_equal(admit_text(&scene, "FOREIGN-4"), REASON_OK);
    assert_string_equal(scene.notice.first_name, "Vorname4");
    assert_int_equal(admit_guest(&scene, 4), REASON_ALREADY_REDEEMED); // the same ticket, as KT1
    assert_int_equal(admit_text(&scene, "FAMILY"), REASON_AMBIGUOUS);

    assert_int_equal(admit_text(&scene, "FOREIGN-5"), REASON_INVALID);
    read_line(&scene, scene.notice.seq, line);
    assert_null(strstr(line, "FOREIGN"));
    crypto_hash_sha256(digest, (const uint8_t *)"FOREIGN-5", 9);
    sodium_bin2hex(hash, sizeof hash, digest, sizeof digest);
    hash[8] = '\0';
    assert_non_null(strstr(line, hash));
    end(&scene);
}

static void test_desk__does_not_open_with_what_it_cannot_serve(void **state)
{
    struct scene scene;
    struct desk *none = NULL;

    (void)state;
    begin(&scene, 1);
    scene.config.list = 3; // none
    assert_int_equal(desk_open(&scene.config, &none), STATUS_INVALID);
    scene.config.list = DOOR_LIST;
    strcpy(scene.config.gate, "S\xFC"
                              "d"); // Latin-1: no record could carry it
    assert_int_equal(desk_open(&scene.config, &none), STATUS_INVALID);
    end(&scene);
}

// ---- the thread's step ----

// What the camera sees in passing.
static struct code glimpse(const char *text)
{
    struct code code = door_code_of_text(text, strlen(text));

    code.has_stayed = false;
    return code;
}

static void test_desk__puts_a_stray_text_aside_until_it_stayed(void **state)
{
    static const char *const strays[] = {"WIFI:S:Gast;T:WPA;P:geheim;;", "https://example.org", "", "FOREIGN-5"};
    struct scene scene;
    struct code code, returned;

    (void)state;
    begin(&scene, 10);
    uint64_t before = door_record_count(&scene.door);
    for (size_t i = 0; i < sizeof strays / sizeof *strays; i++) {
        code = glimpse(strays[i]);
        desk_admit(scene.desk, &code, &scene.notice);
        assert_int_equal(scene.notice.kind, NOTICE_NONE);
        assert_int_equal(door_record_count(&scene.door), before + i);
        assert_true(queue_take(desk_aside(scene.desk), &returned));
        assert_int_equal(returned.mono_ms, code.mono_ms); // or the scan wouldn't know which offer is meant
        assert_int_equal(returned.length, code.length);
        assert_memory_equal(returned.text, code.text, code.length);
        code.has_stayed = true;
        assert_int_equal(admit(&scene, &code), REASON_INVALID);
        assert_int_equal(door_record_count(&scene.door), before + i + 1);
        assert_false(queue_take(desk_aside(scene.desk), &returned));
    }
    end(&scene);
}

static void test_desk__answers_at_once_what_was_meant_for_a_door(void **state)
{
    struct scene scene;
    struct ticket elsewhere;
    struct code code;

    (void)state;
    begin(&scene, 10);
    code = glimpse("FOREIGN-4"); // on the roster
    assert_int_equal(admit(&scene, &code), REASON_OK);
    code = door_code(&scene.door, 0);
    code.text[201] = code.text[201] == '0' ? '1' : '0'; // forged
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    memset(code.text, '9', 202); // of a ticket's shape: a group of digits says too much
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    elsewhere = door_signed_ticket(&scene.door, 1);
    elsewhere.event = DOOR_EVENT + 1;
    code = door_code_of(&elsewhere);
    assert_int_equal(admit(&scene, &code), REASON_WRONG_EVENT);
    code = glimpse("https://example.org");
    code.via = CODE_VIA_SCANNER; // somebody pulled a trigger
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    code.via = CODE_VIA_HAND;
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    end(&scene);
}

static void test_desk__tickets_are_answered_beside_stray_texts_in_their_order(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, 10);
    struct code tickets[] = {glimpse("https://example.org"), door_code(&scene.door, 0), glimpse("WIFI:;;"),
                             door_code(&scene.door, 2)};
    uint64_t before = door_record_count(&scene.door);
    for (int i = 0; i < 4; i++) assert_int_equal(queue_put(desk_codes(scene.desk), &tickets[i]), STATUS_OK);
    (void)desk_step(scene.desk, 2000);
    for (uint64_t seq = 1; seq <= 2; seq++) {
        assert_true(queue_take(&scene.notices, &scene.notice));
        assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
        assert_int_equal(scene.notice.verdict.reason, REASON_OK);
        assert_int_equal(scene.notice.seq, before + seq);
    }
    assert_false(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(queue_put(desk_codes(scene.desk), &tickets[0]), STATUS_OK);
    (void)desk_step(scene.desk, 3000); // nothing but one of those
    assert_false(queue_take(&scene.notices, &scene.notice));
    for (int i = 0; i < 20; i++) desk_admit(scene.desk, &tickets[2], &scene.notice); // nobody hears of it: no matter
    assert_int_equal(door_record_count(&scene.door), before + 2);
    end(&scene);
}

static void test_desk__step_answers_codes_first_and_in_order(void **state)
{
    struct scene scene;
    struct notice notice;
    struct command command = {.kind = COMMAND_FIND, .text = "FOREIGN-4", .mono_ms = 9};
    struct code code;

    (void)state;
    begin(&scene, 10);
    assert_int_equal(queue_put(desk_commands(scene.desk), &command), STATUS_OK);
    for (size_t guest = 0; guest < 3; guest++) {
        code = door_code(&scene.door, guest);
        code.mono_ms = (int64_t)guest;
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
    }
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), 0); // all codes
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), 0); // then a command
    for (int i = 0; i < 3; i++) {
        assert_true(queue_take(&scene.notices, &notice));
        assert_int_equal(notice.kind, NOTICE_VERDICT);
        assert_int_equal(notice.mono_ms, i);
    }
    assert_true(queue_take(&scene.notices, &notice));
    assert_int_equal(notice.kind, NOTICE_FOUND);
    assert_int_equal(notice.mono_ms, 9);
    assert_true(desk_step(scene.desk, scene.door.hand.now_ms) > 0); // comes back to tidy up
    clock_hand_move(&scene.door.hand, 1000);
    assert_int_equal(desk_step(scene.desk, scene.door.hand.now_ms), DOORBELL_FOREVER);
    end(&scene);
}

static void test_desk__codes_that_wait_together_see_each_other(void **state)
{
    static const size_t guests[] = {0, 1, 0, 2}; // 0 and 1: one person's tickets; 0 twice
    static const enum reason reasons[] = {REASON_OK, REASON_OK, REASON_ALREADY_REDEEMED, REASON_OK};
    static const uint32_t insides[] = {1, 1, 1, 2};
    struct scene scene;
    struct notice notice;

    (void)state;
    begin(&scene, 10);
    for (size_t i = 0; i < 4; i++) {
        struct code code = door_code(&scene.door, guests[i]);
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
    }
    assert_int_equal(desk_step(scene.desk, 0), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_true(queue_take(&scene.notices, &notice));
        assert_int_equal(notice.verdict.reason, reasons[i]);
        assert_int_equal(notice.headcount.inside, insides[i]);
        assert_int_equal(notice.seq, 3 + i);
    }
    end(&scene);
}

static void test_desk__waits_for_a_full_screen_queue_and_drops_nothing(void **state)
{
    struct scene scene;
    struct notice notice;
    size_t told = 0;

    (void)state;
    begin(&scene, 40);
    for (size_t guest = 0; guest < 20; guest++) {
        struct code code = door_code(&scene.door, guest);
        assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
        (void)desk_step(scene.desk, 0);
        (void)desk_step(scene.desk, 0);
    }
    // 16 are told, the 17th waits, the others are not decided on yet: no record without anybody who hears of it.
    int64_t again_ms = desk_step(scene.desk, 0);
    assert_true(again_ms > 0 && again_ms <= 100);
    assert_int_equal(door_record_count(&scene.door), 2 + 17);
    for (int turn = 0; turn < 100; turn++) {
        while (queue_take(&scene.notices, &notice)) {
            assert_int_equal(notice.kind, NOTICE_VERDICT);
            assert_int_equal(notice.seq, 2 + ++told);
        }
        (void)desk_step(scene.desk, 0);
    }
    assert_int_equal(told, 20);
    end(&scene);
}

static void test_desk__answers_from_its_thread(void **state)
{
    struct scene scene;
    struct notice notice;
    struct doorbell bell;
    size_t told = 0;

    (void)state;
    begin(&scene, 40);
    desk_close(scene.desk);
    queue_destroy(&scene.notices);
    doorbell_init(&bell);
    queue_init(&scene.notices, sizeof(struct notice), 16, &bell);
    open_desk(&scene);
    desk_start(scene.desk);
    for (size_t guest = 0; guest < 20;) {
        struct code code = door_code(&scene.door, guest);
        if (queue_put(desk_codes(scene.desk), &code) == STATUS_OK) guest++;
        while (queue_take(&scene.notices, &notice)) told += notice.kind == NOTICE_VERDICT;
    }
    for (int turn = 0; told < 20 && turn < 500; turn++) {
        (void)doorbell_wait(&bell, 20);
        while (queue_take(&scene.notices, &notice)) told += notice.kind == NOTICE_VERDICT;
    }
    assert_int_equal(told, 20);
    assert_int_equal(notice.headcount.inside, 10);
    desk_stop(scene.desk);
    desk_stop(scene.desk); // twice is fine
    end(&scene);
    doorbell_destroy(&bell);
}

// ---- by hand ----

static const struct notice *obey(struct scene *scene, const struct command *command)
{
    assert_int_equal(queue_put(desk_commands(scene->desk), command), STATUS_OK);
    for (size_t step = 0; step <= EVENT_MAX_PINS; step++) {
        (void)desk_step(scene->desk, scene->door.hand.now_ms);
        if (queue_take(&scene->notices, &scene->notice)) return &scene->notice;
    }
    fail_msg("no answer");
    return NULL;
}

// Opens a session, as staff does, and gives its number.
static uint64_t unlock(struct scene *scene)
{
    struct command command = {.kind = COMMAND_UNLOCK, .text = DOOR_PIN};

    assert_int_equal(obey(scene, &command)->kind, NOTICE_UNLOCKED);
    assert_int_not_equal(scene->notice.session, 0);
    return scene->notice.session;
}

static void test_desk__finds_but_does_not_admit(void **state)
{
    struct scene scene;
    struct command find = {.kind = COMMAND_FIND};
    const struct notice *notice;

    (void)state;
    begin(&scene, 10);
    ticket_number_write(door_ticket(3), find.text);
    notice = obey(&scene, &find);
    assert_int_equal(notice->kind, NOTICE_FOUND);
    assert_true(notice->is_found);
    assert_int_equal(notice->ticket, door_ticket(3));
    strcpy(find.text, "FOREIGN-9");
    notice = obey(&scene, &find);
    assert_true(notice->is_found);
    assert_int_equal(notice->ticket, door_ticket(9));
    strcpy(find.text, "FOREIGN-8");
    assert_false(obey(&scene, &find)->is_found);
    ticket_number_write(door_ticket(11), find.text);
    assert_false(obey(&scene, &find)->is_found);
    strcpy(find.text, "");
    assert_false(obey(&scene, &find)->is_found);
    assert_int_equal(door_record_count(&scene.door), 2);
    end(&scene);
}

static void test_desk__a_session_unlocks_who_was_found(void **state)
{
    struct scene scene;
    struct command find = {.kind = COMMAND_FIND}, person = {.kind = COMMAND_PERSON, .ticket = door_ticket(3)};
    const struct notice *notice = &scene.notice;

    (void)state;
    begin(&scene, 10);
    assert_int_equal(admit_guest(&scene, 3), REASON_OK);
    ticket_number_write(door_ticket(3), find.text);
    for (int shows_names = 0; shows_names <= 1; shows_names++) {
        scene.door.event.shows_names = shows_names;
        obey(&scene, &find);
        assert_true(notice->is_found && !notice->is_unlocked);
        assert_string_equal(notice->first_name, shows_names ? "Vorname3" : "");
        assert_int_equal(notice->group, 1);
        assert_string_equal(notice->full_name, "");
        assert_string_equal(notice->company, "");
        assert_string_equal(notice->note, "");
        assert_int_equal(notice->class_id, 0);
        assert_int_equal(notice->earlier_unix_ms, 0);
    }
    assert_int_equal(obey(&scene, &person)->kind, NOTICE_LOCKED);
    assert_false(notice->is_found);
    assert_string_equal(notice->full_name, "");
    person.session = unlock(&scene);
    assert_int_equal(obey(&scene, &person)->kind, NOTICE_FOUND);
    assert_true(notice->is_found && notice->is_unlocked);
    assert_string_equal(notice->full_name, "Muster, Vorname3");
    assert_string_equal(notice->company, "Schule 3");
    assert_int_equal(notice->class_id, 1);
    assert_int_equal(notice->earlier_unix_ms, DOOR_UNIX_MS);
    assert_string_equal(notice->earlier_gate, "Nord");
    person.ticket = door_ticket(11); // nobody
    assert_int_equal(obey(&scene, &person)->kind, NOTICE_FOUND);
    assert_false(notice->is_found || notice->is_unlocked);
    assert_int_equal(door_record_count(&scene.door), 3);
    end(&scene);
}

static void test_desk__codes_are_decided_while_a_pin_is_checked(void **state)
{
    struct scene scene;
    struct command command = {.kind = COMMAND_UNLOCK, .text = DOOR_PIN};
    struct event *event;

    (void)state;
    begin(&scene, 20);
    event = &scene.door.event;
    event->pin_count = EVENT_MAX_PINS; // the right one is neither first nor last
    for (size_t i = 0; i < EVENT_MAX_PINS; i++)
        if (i != 4) assert_int_equal(crypto_pwhash_str(event->pins[i], "other", 5, 1, 8192), 0);
        else assert_int_equal(crypto_pwhash_str(event->pins[i], DOOR_PIN, strlen(DOOR_PIN), 1, 8192), 0);
    assert_int_equal(queue_put(desk_commands(scene.desk), &command), STATUS_OK);
    for (size_t i = 0; i < EVENT_MAX_PINS; i++) { // one verifier a step, and a code between any two
        struct code code = door_code(&scene.door, 6 + i);
        if (i > 0) assert_int_equal(queue_put(desk_codes(scene.desk), &code), STATUS_OK);
        if (i > 0) assert_int_equal(desk_step(scene.desk, 0), 0);
        if (i > 0) assert_true(queue_take(&scene.notices, &scene.notice));
        if (i > 0) assert_int_equal(scene.notice.ticket, door_ticket(6 + i));
        assert_false(queue_take(&scene.notices, &scene.notice));
        assert_int_equal(desk_step(scene.desk, 0), 0);
    }
    assert_true(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.kind, NOTICE_UNLOCKED);
    strcpy(command.text, "4712");
    assert_int_equal(obey(&scene, &command)->kind, NOTICE_PIN); // the right one before is forgotten
    end(&scene);
}

static void test_desk__admits_by_hand_with_a_session_and_the_same_rules(void **state)
{
    struct scene scene;
    struct command command = {.kind = COMMAND_ADMIT, .ticket = door_ticket(3)};
    char line[RECORD_LINE_SIZE];

    (void)state;
    begin(&scene, 10);
    command.session = unlock(&scene);
    assert_int_equal(obey(&scene, &command)->kind, NOTICE_VERDICT);
    assert_int_equal(scene.notice.verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 1);
    read_line(&scene, scene.notice.seq, line);
    assert_non_null(strstr(line, "\"via\":\"hand\""));
    assert_int_equal(obey(&scene, &command)->verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(admit_guest(&scene, 3), REASON_ALREADY_REDEEMED);
    command.ticket = door_ticket(77); // nobody on the roster
    assert_int_equal(obey(&scene, &command)->verdict.reason, REASON_INVALID);
    command.session ^= 1;
    command.ticket = door_ticket(5);
    assert_int_equal(obey(&scene, &command)->kind, NOTICE_LOCKED);
    assert_int_equal(admit_guest(&scene, 5), REASON_OK);
    end(&scene);
}

static void test_desk__wrong_pins_wait_longer_and_longer(void **state)
{
    static const int64_t waits_ms[] = {0, 0, 5000, 10000, 20000, 40000, 60000, 60000};
    struct scene scene;
    struct command wrong = {.kind = COMMAND_UNLOCK, .text = "0000"};
    struct command right = {.kind = COMMAND_UNLOCK, .text = DOOR_PIN};

    (void)state;
    begin(&scene, 10);
    for (size_t i = 0; i < sizeof waits_ms / sizeof waits_ms[0]; i++) {
        assert_int_equal(obey(&scene, &wrong)->kind, NOTICE_PIN);
        assert_int_equal(scene.notice.wait_ms, waits_ms[i]);
        assert_int_equal(scene.notice.session, 0);
        if (waits_ms[i] == 0) continue;
        clock_hand_move(&scene.door.hand, waits_ms[i] - 1);
        assert_int_equal(obey(&scene, &right)->kind, NOTICE_PIN); // even the right one: not yet
        assert_int_equal(scene.notice.wait_ms, 1);
        clock_hand_move(&scene.door.hand, 1);
    }
    assert_int_equal(obey(&scene, &right)->kind, NOTICE_UNLOCKED);
    assert_int_equal(obey(&scene, &wrong)->wait_ms, 0); // and the count begins anew
    end(&scene);
}

static void test_desk__without_pins_no_session_opens(void **state)
{
    static const char *const pins[] = {DOOR_PIN, "0000"};
    struct scene scene;
    struct command command = {.kind = COMMAND_UNLOCK};

    (void)state;
    begin(&scene, 10);
    scene.door.event.pin_count = 0;
    for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
        strcpy(command.text, pins[i]);
        assert_int_equal(obey(&scene, &command)->kind, NOTICE_PIN);
    }
    assert_int_equal(door_record_count(&scene.door), 2);
    end(&scene);
}

static void test_desk__shows_the_first_name_only_if_the_event_wants_it(void **state)
{
    static const struct {
        const char *name, *first;
    } names[] = {
        {"Müller, Jörg Uwe", "Jörg Uwe"},
        {"Jörg Müller", "Jörg"},
        {"Dr. Anna-Lena von Ahn", "Anna-Lena"},
        {"Prof. Dr. Weiß, Özgür ", "Özgür"},
        {"Weiß, Dr. Eva", "Eva"},
        {"Madonna", "Madonna"},
        {"A.", "A."},
        {"", ""},
        {"Ng,", ""},
        {"  Łukasz   Nowak", "Łukasz"},
        {"x, \xE2\x80\xAE"
         "Eva\x07",
         "Eva"}, // nothing that turns or hides text reaches a screen
    };
    struct scene scene;
    size_t count = sizeof names / sizeof names[0];
    struct roster_entry also[16] = {0};

    (void)state;
    begin(&scene, 0);
    for (size_t i = 0; i < count; i++) {
        also[i].guest = (struct guest){.is_listed = true, .ticket = door_ticket(i), .class_id = 1};
        strcpy(also[i].guest.name, names[i].name);
    }
    door_document_with(&scene.door, 2, 0, also, count);
    assert_int_equal(door_install(&scene.door, scene.store), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        scene.door.event.shows_names = true;
        assert_int_equal(admit_guest(&scene, i), REASON_OK);
        assert_string_equal(scene.notice.first_name, names[i].first);
        scene.door.event.shows_names = false;
        assert_int_equal(admit_guest(&scene, i), REASON_ALREADY_REDEEMED);
        assert_string_equal(scene.notice.first_name, "");
    }
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_desk__admits_a_signed_ticket_once),
        cmocka_unit_test(test_desk__after_a_crash_says_already_here),
        cmocka_unit_test(test_desk__headcount_counts_persons_not_scans),
        cmocka_unit_test(test_desk__refuses_with_the_reason),
        cmocka_unit_test(test_desk__limits_of_the_list_refuse),
        cmocka_unit_test(test_desk__tells_the_class_and_group_of_a_ticket_for_another_bus),
        cmocka_unit_test(test_desk__names_a_ticket_of_another_event),
        cmocka_unit_test(test_desk__forged_tickets_are_invalid_and_name_nobody),
        cmocka_unit_test(test_desk__a_stolen_walk_in_key_speaks_for_nobody_on_the_roster),
        cmocka_unit_test(test_desk__foreign_codes_of_the_roster_admit),
        cmocka_unit_test(test_desk__does_not_open_with_what_it_cannot_serve),
        cmocka_unit_test(test_desk__puts_a_stray_text_aside_until_it_stayed),
        cmocka_unit_test(test_desk__answers_at_once_what_was_meant_for_a_door),
        cmocka_unit_test(test_desk__tickets_are_answered_beside_stray_texts_in_their_order),
        cmocka_unit_test(test_desk__step_answers_codes_first_and_in_order),
        cmocka_unit_test(test_desk__codes_that_wait_together_see_each_other),
        cmocka_unit_test(test_desk__waits_for_a_full_screen_queue_and_drops_nothing),
        cmocka_unit_test(test_desk__answers_from_its_thread),
        cmocka_unit_test(test_desk__finds_but_does_not_admit),
        cmocka_unit_test(test_desk__a_session_unlocks_who_was_found),
        cmocka_unit_test(test_desk__codes_are_decided_while_a_pin_is_checked),
        cmocka_unit_test(test_desk__admits_by_hand_with_a_session_and_the_same_rules),
        cmocka_unit_test(test_desk__wrong_pins_wait_longer_and_longer),
        cmocka_unit_test(test_desk__without_pins_no_session_opens),
        cmocka_unit_test(test_desk__shows_the_first_name_only_if_the_event_wants_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
