// Kiosks are paired by one-time codes and known by their tokens. Over both databases.
#include "office/counter.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct counter *counter_of(void **state)
{
    if (!*state) skip();
    return *state;
}

static void test_device__is_known_by_its_token_only(void **state)
{
    struct counter *counter = counter_of(state);
    struct wire_enroll enroll = {.name = "x", .version = "0.2.0", .device_public_key = {7}};
    char token[PAIRING_TOKEN_SIZE], wrong[PAIRING_TOKEN_SIZE];
    struct device paired, found;

    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 60000, enroll.code), STATUS_OK);
    assert_int_equal(strlen(enroll.code), PAIRING_CODE_SIZE - 1);
    assert_int_equal(inbox_enroll(counter->inbox, &enroll, &paired, token), STATUS_OK);
    assert_int_equal(strlen(token), PAIRING_TOKEN_SIZE - 1);
    counter_reopen(counter);
    assert_int_equal(inbox_device_of(counter->inbox, token, &found), STATUS_OK);
    assert_string_equal(found.name, "Nord");
    assert_string_equal(found.version, "0.2.0");
    assert_int_equal(found.event, 7);
    assert_int_equal(found.id, paired.id);
    assert_false(found.is_revoked || found.is_hub);
    assert_int_equal(found.public_key[0], 7);
    strcpy(wrong, token);
    wrong[3] = wrong[3] == 'a' ? 'b' : 'a';
    assert_int_equal(inbox_device_of(counter->inbox, wrong, &found), STATUS_MISSING);
    assert_int_equal(inbox_device_of(counter->inbox, "", &found), STATUS_MISSING);
    assert_int_equal(inbox_revoke(counter->inbox, "Nord"), STATUS_OK);
    assert_int_equal(inbox_revoke(counter->inbox, "Ost"), STATUS_MISSING);
    assert_int_equal(inbox_device_of(counter->inbox, token, &found), STATUS_OK);
    assert_true(found.is_revoked);
}

static enum inbox_answer send_signed(struct counter *counter, const struct scribe *scribe,
                                     const struct wire_header *header)
{
    static char bytes[SCRIBE_BATCH_SIZE];
    struct wire_place place = {0};
    uint64_t new_count = 0;

    assert_int_equal(wire_write_header(header, bytes), STATUS_OK);
    size_t length = strlen(bytes);
    length += scribe_lines(scribe, 1, 10, bytes + length);
    return counter_append(counter, NULL, bytes, length, &place, &new_count);
}

// On a stick anybody may bring what they like in a kiosk's name.
static void test_device__alone_can_write_its_log(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3), *forger = scribe_open(4);
    struct wire_header header;

    scribe_write(scribe, 10);
    header = scribe_header(scribe, 1, 10);
    header.signature[5] ^= 1;
    assert_int_equal(send_signed(counter, scribe, &header), INBOX_REFUSED);
    wire_sign(&forger->key, &header);
    memcpy(header.device_public_key, scribe->key.public_key, DEVICE_KEY_BYTES);
    assert_int_equal(send_signed(counter, scribe, &header), INBOX_REFUSED);
    wire_sign(&scribe->key, &header);
    assert_int_equal(send_signed(counter, scribe, &header), INBOX_TAKEN);
    free(scribe);
    free(forger);
}

static void test_code__is_good_once_and_for_a_while(void **state)
{
    struct counter *counter = counter_of(state);
    struct wire_enroll first = {.version = "1"}, second = {.version = "1"}, late = {.version = "1"};
    char token[PAIRING_TOKEN_SIZE], typed[PAIRING_CODE_SIZE];
    struct device device, again;

    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 60000, first.code), STATUS_OK);
    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 60000, second.code), STATUS_OK);
    assert_int_equal(inbox_enroll(counter->inbox, &first, &device, token), STATUS_OK);
    first.device_public_key[0] = 9; // somebody else who saw it
    assert_int_equal(inbox_enroll(counter->inbox, &first, &again, token), STATUS_MISSING);
    assert_int_equal(inbox_enroll(counter->inbox, &second, &device, token), STATUS_MISSING); // the name is taken now
    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 60000, late.code), STATUS_INVALID);
    assert_int_equal(inbox_revoke(counter->inbox, "Nord"), STATUS_OK);
    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 60000, late.code), STATUS_OK);
    clock_hand_move(&counter->hand, 60000);
    assert_int_equal(inbox_enroll(counter->inbox, &late, &again, token), STATUS_MISSING);
    assert_int_equal(inbox_offer(counter->inbox, "Nord", 8, true, 60000, late.code), STATUS_OK);
    for (size_t i = 0; i < sizeof typed; i++) typed[i] = (char)(late.code[i] == '0' ? 'o' : late.code[i]);
    strcpy(late.code, typed);
    assert_int_equal(inbox_enroll(counter->inbox, &late, &again, token), STATUS_OK);
    assert_int_equal(again.id, device.id); // the same kiosk for people
    assert_true(again.is_hub);
    assert_int_equal(again.event, 8);
}

static void test_code__works_again_for_who_never_heard_our_answer(void **state)
{
    struct counter *counter = counter_of(state);
    struct wire_enroll enroll = {.version = "1"};
    struct scribe *scribe = scribe_open(3);
    char lost[PAIRING_TOKEN_SIZE], token[PAIRING_TOKEN_SIZE];
    struct device device, again, found;
    struct wire_place place = {0};

    scribe_write(scribe, 1);
    memcpy(enroll.device_public_key, scribe->key.public_key, DEVICE_KEY_BYTES);
    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 60000, enroll.code), STATUS_OK);
    assert_int_equal(inbox_enroll(counter->inbox, &enroll, &device, lost), STATUS_OK);
    assert_int_equal(inbox_enroll(counter->inbox, &enroll, &again, token), STATUS_OK);
    assert_int_equal(again.id, device.id);
    assert_int_equal(inbox_device_of(counter->inbox, lost, &found), STATUS_MISSING);
    assert_int_equal(inbox_device_of(counter->inbox, token, &found), STATUS_OK);
    assert_int_equal(counter_send(counter, &again, scribe, 1, 1, &place), INBOX_TAKEN);
    assert_int_equal(inbox_enroll(counter->inbox, &enroll, &again, token), STATUS_MISSING); // it had heard
    assert_int_equal(inbox_device_of(counter->inbox, token, &found), STATUS_OK);
    assert_int_equal(inbox_revoke(counter->inbox, "Nord"), STATUS_OK);
    assert_int_equal(inbox_enroll(counter->inbox, &enroll, &again, token), STATUS_MISSING);
    free(scribe);
}

enum { TAKERS = 4 };

// Two processes of one office, and a photo of the code that went round: exactly one is paired.
static void test_code__is_good_once_however_many_come_at_once(void **state)
{
    struct counter *counter = counter_of(state);
    struct wire_enroll enroll = {.version = "1"};
    char token[PAIRING_TOKEN_SIZE];
    struct device device;
    pid_t pids[TAKERS];
    int outcome, paired = 0;

    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 24 * 3600 * 1000, enroll.code), STATUS_OK);
    for (uint8_t i = 0; i < TAKERS; i++) {
        if ((pids[i] = fork()) > 0) continue;
        struct inbox *inbox = NULL;
        enum status status = inbox_open(counter->where, &counter->hand.clock, &inbox);
        enroll.device_public_key[0] = i;
        if (status != STATUS_OK) _exit(2);
        do status = inbox_enroll(inbox, &enroll, &device, token);
        while (status == STATUS_LATER); // busy
        _exit(status == STATUS_OK ? 0 : status == STATUS_MISSING ? 1 : 3);
    }
    for (size_t i = 0; i < TAKERS; i++) {
        assert_int_equal(waitpid(pids[i], &outcome, 0), pids[i]);
        assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) <= 1);
        paired += WEXITSTATUS(outcome) == 0;
    }
    assert_int_equal(paired, 1);
}

static void test_code__is_not_found_by_trying(void **state)
{
    struct counter *counter = counter_of(state);
    struct wire_enroll right = {.version = "1"}, wrong = {.version = "1", .code = "00000-00000"};
    char token[PAIRING_TOKEN_SIZE];
    struct device device;

    assert_int_equal(inbox_offer(counter->inbox, "Nord", 7, false, 600000, right.code), STATUS_OK);
    for (int i = 0; i < INBOX_MOST_GUESSES; i++)
        assert_int_equal(inbox_enroll(counter->inbox, &wrong, &device, token), STATUS_MISSING);
    assert_int_equal(inbox_enroll(counter->inbox, &right, &device, token), STATUS_LATER);
    clock_hand_move(&counter->hand, 60000);
    assert_int_equal(inbox_enroll(counter->inbox, &right, &device, token), STATUS_OK);
}

static enum status copy_device(void *owner, const struct device *device)
{
    *(struct device *)owner = *device;
    return STATUS_OK;
}

static void test_device__is_heard_once_a_minute(void **state)
{
    struct counter *counter = counter_of(state);
    struct scribe *scribe = scribe_open(3);
    struct device device = counter_pair(counter, "Nord", 7, scribe), found = {0};
    uint64_t before = 0, after = 0;

    clock_hand_move(&counter->hand, 61000);
    assert_int_equal(inbox_heard(counter->inbox, device.id, "0.1.0"), STATUS_OK);
    assert_int_equal(inbox_stamp(counter->inbox, &before), STATUS_OK);
    clock_hand_move(&counter->hand, 1000);
    assert_int_equal(inbox_heard(counter->inbox, device.id, "0.1.0"), STATUS_OK);
    assert_int_equal(inbox_stamp(counter->inbox, &after), STATUS_OK);
    assert_int_equal(before, after); // nothing was written
    assert_int_equal(inbox_heard(counter->inbox, device.id, "0.2.0"), STATUS_OK);
    assert_int_equal(inbox_each_device(counter->inbox, copy_device, &found), STATUS_OK);
    assert_int_equal(found.heard_ms, COUNTER_UNIX_MS + 62000);
    assert_string_equal(found.version, "0.2.0");
    free(scribe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TESTS(test_device__is_known_by_its_token_only),
        COUNTER_TESTS(test_device__alone_can_write_its_log),
        COUNTER_TESTS(test_code__is_good_once_and_for_a_while),
        COUNTER_TESTS(test_code__works_again_for_who_never_heard_our_answer),
        COUNTER_TESTS(test_code__is_good_once_however_many_come_at_once),
        COUNTER_TESTS(test_code__is_not_found_by_trying),
        COUNTER_TESTS(test_device__is_heard_once_a_minute),
    };
    return cmocka_run_group_tests(tests, NULL, counter_end);
}
