// A code in, a verdict and a record out.
#include "support/check.h"

#include "desk/scene.h"

#include <sodium.h>

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

static void test_desk__admits_a_signed_ticket_once(void **state)
{
    struct scene scene;
    char line[RECORD_LINE_SIZE];

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(admit_guest(&scene, 2), REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(scene.notice.headcount.expected, 5);
    assert_string_equal(scene.notice.first_name, "Vorname2");
    assert_int_equal(scene.notice.group, 3);
    scene_line(&scene, scene.notice.seq, line);
    assert_non_null(strstr(line, "\"kind\":\"entry\""));
    assert_non_null(strstr(line, "\"gate\":\"Nord\""));

    clock_hand_move(&scene.door.hand, 5000);
    assert_int_equal(admit_guest(&scene, 2), REASON_ALREADY_REDEEMED);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    assert_string_equal(scene.notice.earlier_gate, "Nord");
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

// A crash between record and screen leaves a record and no second entry.
static void test_desk__after_a_crash_says_already_here(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(admit_guest(&scene, 0), REASON_OK);
    scene_reopen(&scene); // the notice never reached a screen
    clock_hand_move(&scene.door.hand, 3000);
    assert_int_equal(admit_guest(&scene, 0), REASON_ALREADY_REDEEMED);
    assert_int_equal(scene.notice.earlier_unix_ms, DOOR_UNIX_MS);
    assert_int_equal(scene.notice.headcount.inside, 1);
    scene_end(&scene);
}

static void test_desk__headcount_counts_persons_not_scans(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    assert_int_equal(admit_guest(&scene, 0), REASON_OK);
    assert_int_equal(admit_guest(&scene, 1), REASON_OK); // the same person's other ticket
    assert_int_equal(scene.notice.headcount.inside, 1);
    assert_int_equal(admit_guest(&scene, 2), REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 2);
    assert_int_equal(admit_guest(&scene, 100), REASON_OK); // genuine, not on the roster
    assert_int_equal(scene.notice.headcount.inside, 3);
    assert_string_equal(scene.notice.first_name, "");
    scene_end(&scene);
}

static void test_desk__refuses_with_the_reason(void **state)
{
    struct scene scene;
    struct roster_entry also[4] = {0};
    struct ticket ticket;

    (void)state;
    scene_begin(&scene, 0, DOOR_LIST);
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
    scene_end(&scene);
}

static void test_desk__limits_of_the_list_refuse(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    scene.door.event.lists[0].capacity = 1;
    scene_open_desk(&scene);
    assert_int_equal(admit_guest(&scene, 0), REASON_OK);
    assert_int_equal(admit_guest(&scene, 1), REASON_OK); // no further person
    assert_int_equal(admit_guest(&scene, 2), REASON_FULL);
    assert_int_equal(scene.notice.capacity, 1);
    scene.door.event.lists[0].capacity = 0;
    scene.door.event.lists[0].closes_ms = DOOR_UNIX_MS - 60000;
    scene_open_desk(&scene);
    assert_int_equal(admit_guest(&scene, 4), REASON_INVALID_TIME);
    assert_int_equal(scene.notice.from_day, 0);
    assert_int_equal(scene.notice.closes_ms, DOOR_UNIX_MS - 60000);
    scene_end(&scene);
}

static void test_desk__forged_tickets_are_invalid_and_name_nobody(void **state)
{
    struct scene scene;
    struct code code;
    struct ticket ticket;
    char line[RECORD_LINE_SIZE];

    (void)state;
    scene_begin(&scene, 10, DOOR_LIST);
    ticket = door_signed_ticket(&scene.door, 1);
    ticket.signature[10] ^= 1;
    code = door_code_of(&ticket);
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    scene_line(&scene, scene.notice.seq, line);
    assert_null(strstr(line, "\"ticket\"")); // nobody vouches for the number in it
    assert_string_equal(scene.notice.first_name, "");
    ticket = door_signed_ticket(&scene.door, 1);
    ticket.kid = 2; // no such key
    assert_int_equal(admit_ticket(&scene, &ticket), REASON_INVALID);

    code = door_code(&scene.door, 1); // a ticket's shape with an impossible group of digits
    memset(code.text, '9', 17);
    assert_int_equal(admit(&scene, &code), REASON_INVALID);
    scene_end(&scene);
}

// A kiosk's own key, as a thief has it: it makes walk-ins, and nothing else.
static void test_desk__a_stolen_walk_in_key_speaks_for_nobody_on_the_roster(void **state)
{
    enum { KIOSK_KID = 10, WALK_IN = 6 };
    struct scene scene;
    struct ticket_key key = {.kid = KIOSK_KID, .is_walk_in_only = true, .walk_in_class = WALK_IN};
    struct roster_entry known = {.guest = {.is_listed = true, .ticket = door_ticket(50), .class_id = WALK_IN}};
    char line[RECORD_LINE_SIZE];

    (void)state;
    scene_begin(&scene, 0, DOOR_LIST);
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
    scene_line(&scene, scene.notice.seq, line);
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
    scene_end(&scene);
}

static void test_desk__foreign_codes_of_the_roster_admit(void **state)
{
    struct scene scene;
    struct roster_entry also[3] = {0};
    char line[RECORD_LINE_SIZE], hash[2 * 32 + 1];
    uint8_t digest[32];

    (void)state;
    scene_begin(&scene, 0, DOOR_LIST);
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
    scene_line(&scene, scene.notice.seq, line);
    assert_null(strstr(line, "FOREIGN"));
    crypto_hash_sha256(digest, (const uint8_t *)"FOREIGN-5", 9);
    sodium_bin2hex(hash, sizeof hash, digest, sizeof digest);
    hash[8] = '\0';
    assert_non_null(strstr(line, hash));
    scene_end(&scene);
}

static void test_desk__does_not_open_with_what_it_cannot_serve(void **state)
{
    struct scene scene;
    struct desk *none = NULL;

    (void)state;
    scene_begin(&scene, 1, DOOR_LIST);
    scene.config.list = 9; // none
    assert_int_equal(desk_open(&scene.config, &none), STATUS_INVALID);
    scene.config.list = DOOR_LIST;
    strcpy(scene.config.gate, "S\xFCs"); // Latin-1: no record could carry it
    assert_int_equal(desk_open(&scene.config, &none), STATUS_INVALID);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_desk__admits_a_signed_ticket_once),
        cmocka_unit_test(test_desk__after_a_crash_says_already_here),
        cmocka_unit_test(test_desk__headcount_counts_persons_not_scans),
        cmocka_unit_test(test_desk__refuses_with_the_reason),
        cmocka_unit_test(test_desk__limits_of_the_list_refuse),
        cmocka_unit_test(test_desk__forged_tickets_are_invalid_and_name_nobody),
        cmocka_unit_test(test_desk__a_stolen_walk_in_key_speaks_for_nobody_on_the_roster),
        cmocka_unit_test(test_desk__foreign_codes_of_the_roster_admit),
        cmocka_unit_test(test_desk__does_not_open_with_what_it_cannot_serve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
