// Nothing personal is in a log line or a record: a whole evening at the desk, with everything it may log, is searched
// for what names a person or lets somebody in.
#include "support/check.h"

#include "base/log.h"
#include "base/mailbox.h"
#include "desk/desk.h"
#include "support/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EVA = 40, TICKETLESS = 41, LOG_SIZE = 1 << 16 };
#define MAIL "eva.geheim@example.org"
#define FOREIGN "https://tickets.example/?mail=" MAIL
#define WRONG_PIN "falsch97"
#define WALK_IN_NAME "Spontan, Ludwig"
#define STRANGER "BEGIN:VCARD Karl Fremd karl@example.com"

static const struct guest eva = {.is_listed = true,
                                 .class_id = 1,
                                 .group = 1,
                                 .person = 77,
                                 .name = "Geheim, Eva-Maria",
                                 .company = "Firma Schweigsam GmbH",
                                 .note = "Rollstuhl, Mutter anrufen: " MAIL};

static const char *const secrets[] = {
    "Geheim",  "geheim", "Eva",     "Schweigsam", "Rollstuhl", "Mutter", "@",       "example", "https",     "Muster",
    "Vorname", "Schule", "FOREIGN", "Karl",       WRONG_PIN,   "VCARD",  "Spontan", "Ludwig",  "Neugierig", "Beifang",
};

struct evening {
    struct door door;
    struct store *store;
    struct queue notices;
    struct mailbox rows;
    struct desk *desk;
    FILE *log; // takes the place of standard error
    int standard_error;
};

static void catch_log(struct evening *evening)
{
    evening->log = tmpfile();
    assert_non_null(evening->log);
    evening->standard_error = dup(STDERR_FILENO);
    assert_true(dup2(fileno(evening->log), STDERR_FILENO) >= 0);
    log_set_level(LOG_DEBUG);
}

static void release_log(struct evening *evening, char out[LOG_SIZE])
{
    assert_true(dup2(evening->standard_error, STDERR_FILENO) >= 0);
    close(evening->standard_error);
    rewind(evening->log);
    size_t length = fread(out, 1, LOG_SIZE - 1, evening->log);
    out[length] = '\0';
    fclose(evening->log);
}

static void begin(struct evening *evening)
{
    struct roster_entry also[2] = {{.guest = eva, .foreign_code = FOREIGN}, {.guest = eva}};

    also[0].guest.ticket = door_ticket(EVA);
    also[1].guest.ticket = door_ticket(TICKETLESS);
    also[1].guest.status = GUEST_STATUS_BLOCKED;
    door_init(&evening->door, NULL);
    door_welcome_walk_ins(&evening->door);
    catch_log(evening);
    assert_int_equal(door_open(&evening->door, &evening->store), STATUS_OK);
    door_document_with(&evening->door, 2, 10, also, 2);
    assert_int_equal(door_install(&evening->door, evening->store), STATUS_OK);
    queue_init(&evening->notices, sizeof(struct notice), 16, NULL);
    mailbox_init(&evening->rows, sizeof(struct rows), NULL);
    struct desk_config config = {.store = evening->store,
                                 .clock = evening->door.clock,
                                 .event = &evening->door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &evening->notices,
                                 .rows = &evening->rows};
    assert_int_equal(desk_open(&config, &evening->desk), STATUS_OK);
    struct notice notice;
    (void)desk_step(evening->desk, evening->door.hand.now_ms);
    assert_true(queue_take(&evening->notices, &notice));
}

static void end(struct evening *evening)
{
    desk_close(evening->desk);
    store_close(evening->store);
    queue_destroy(&evening->notices);
    mailbox_destroy(&evening->rows);
    door_destroy(&evening->door);
}

static struct notice scan(struct evening *evening, const char *text, size_t length)
{
    struct code code = door_code_of_text(text, length);
    struct notice notice;

    desk_admit(evening->desk, &code, &notice);
    return notice;
}

static struct notice obey(struct evening *evening, enum command_kind kind, const char *text, uint64_t ticket,
                          uint64_t session)
{
    struct command command = {.kind = kind, .ticket = ticket, .session = session};
    struct notice notice;

    strcpy(command.text, text);
    assert_int_equal(queue_put(desk_commands(evening->desk), &command), STATUS_OK);
    (void)desk_step(evening->desk, evening->door.hand.now_ms);
    assert_true(queue_take(&evening->notices, &notice));
    return notice;
}

// What staff type to find somebody, and whom they find.
static size_t search(struct evening *evening, const char *text, uint64_t session)
{
    struct command command = {.kind = COMMAND_SEARCH, .session = session};
    const struct rows *rows;

    strcpy(command.text, text);
    assert_int_equal(queue_put(desk_commands(evening->desk), &command), STATUS_OK);
    (void)desk_step(evening->desk, evening->door.hand.now_ms);
    assert_non_null(rows = mailbox_take(&evening->rows));
    return rows->count;
}

static struct notice register_walk_in(struct evening *evening, const char *email)
{
    struct command command = {.kind = COMMAND_WALK_IN, .walk_in = {.plus_ones = 1, .language = "de"}};
    struct notice notice;

    strcpy(command.walk_in.values[0], WALK_IN_NAME);
    strcpy(command.walk_in.values[1], "Neugierig AG");
    strcpy(command.walk_in.values[2], email);
    assert_int_equal(queue_put(desk_commands(evening->desk), &command), STATUS_OK);
    (void)desk_step(evening->desk, evening->door.hand.now_ms);
    assert_true(queue_take(&evening->notices, &notice));
    return notice;
}

// What is new for who came without a ticket, and what staff do.
static void spend_with_staff(struct evening *evening, uint64_t session)
{
    struct notice registered;

    assert_int_equal(register_walk_in(evening, "Beifang").verdict.reason, REASON_INVALID); // no address
    registered = register_walk_in(evening, MAIL);
    assert_int_equal(registered.kind, NOTICE_WALK_IN);
    assert_int_equal(registered.ticket_count, 0); // of a desk without a key
    assert_int_equal(register_walk_in(evening, MAIL).kind, NOTICE_NAMESAKE);
    assert_int_equal(search(evening, "Spontan", session), 1);
    assert_int_equal(search(evening, "Beifang", session), 0);
    assert_string_equal(obey(evening, COMMAND_PERSON, "", registered.ticket, session).full_name, WALK_IN_NAME);
    assert_int_equal(obey(evening, COMMAND_FORCE, "zahlt bar", door_ticket(TICKETLESS), session).verdict.reason,
                     REASON_OK); // blocked, that is
    assert_int_equal(obey(evening, COMMAND_FORCE, "zahlt bar", door_ticket(6), session).verdict.reason, REASON_OK);
}

// Everything people do at a door, each with the answer that shows it was really done.
static void spend(struct evening *evening)
{
    struct code ticket = door_code(&evening->door, EVA);
    struct notice found = obey(evening, COMMAND_FIND, FOREIGN, 0, 0);
    uint64_t session;

    assert_true(found.is_found);
    assert_string_equal(found.full_name, ""); // anybody may ask
    assert_int_equal(obey(evening, COMMAND_PERSON, "", found.ticket, 0).kind, NOTICE_LOCKED);
    assert_int_equal(obey(evening, COMMAND_UNLOCK, WRONG_PIN, 0, 0).kind, NOTICE_PIN);
    session = obey(evening, COMMAND_UNLOCK, DOOR_PIN, 0, 0).session;
    found = obey(evening, COMMAND_PERSON, "", found.ticket, session);
    assert_string_equal(found.full_name, eva.name);
    assert_false(obey(evening, COMMAND_FIND, STRANGER, 0, 0).is_found);
    assert_int_equal(obey(evening, COMMAND_ADMIT, "", found.ticket, session).verdict.reason, REASON_OK);
    assert_int_equal(scan(evening, FOREIGN, strlen(FOREIGN)).verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scan(evening, ticket.text, ticket.length).verdict.reason, REASON_ALREADY_REDEEMED);
    assert_int_equal(scan(evening, "FOREIGN-4", 9).verdict.reason, REASON_OK);
    assert_int_equal(scan(evening, STRANGER, strlen(STRANGER)).verdict.reason, REASON_INVALID);
    spend_with_staff(evening, session);
    ticket = door_code(&evening->door, TICKETLESS);
    assert_int_equal(scan(evening, ticket.text, ticket.length).verdict.reason, REASON_BLOCKED);
    evening->door.document[evening->door.document_length / 2] ^= 1; // a damaged event file
    assert_int_equal(door_install(&evening->door, evening->store), STATUS_INVALID);
}

// What an error of the disk may say about the person it happened to.
static void break_disk(struct evening *evening)
{
    struct code ticket = door_code(&evening->door, 2);

    door_sql(&evening->door, "ALTER TABLE check_in RENAME TO gone");
    assert_int_equal(scan(evening, ticket.text, ticket.length).kind, NOTICE_NOT_SAVED);
    assert_int_equal(scan(evening, FOREIGN, strlen(FOREIGN)).kind, NOTICE_NOT_SAVED);
}

static void expect_none(const char *text, const char *what, const char *ticket_text)
{
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        if (strstr(text, secrets[i])) fail_msg("'%s' stands in %s: %s", secrets[i], what, text);
    assert_null(strstr(text, ticket_text));
}

static void test_desk__nothing_personal_is_in_a_log_line_or_a_record(void **state)
{
    static char log[LOG_SIZE];
    struct evening evening = {0};
    char line[RECORD_LINE_SIZE], ticket_text[21];

    (void)state;
    begin(&evening);
    spend(&evening);
    uint64_t record_count = door_record_count(&evening.door);
    struct code ticket = door_code(&evening.door, EVA);
    memcpy(ticket_text, ticket.text, sizeof ticket_text - 1);
    ticket_text[sizeof ticket_text - 1] = '\0';

    assert_int_equal(record_count, 14); // boot, event_version, and who came
    for (uint64_t seq = 1; seq <= record_count; seq++) {
        door_read_line(&evening.door, seq, line);
        expect_none(line, "a record", ticket_text);
    }
    break_disk(&evening);
    release_log(&evening, log);
    // The log was caught, and had its reasons to say something.
    assert_non_null(strstr(log, "a wrong staff PIN was entered"));
    assert_non_null(strstr(log, "an event file is refused"));
    assert_non_null(strstr(log, "nobody was let in"));
    expect_none(log, "the log", ticket_text);
    end(&evening);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_desk__nothing_personal_is_in_a_log_line_or_a_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
