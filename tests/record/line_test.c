#include "support/check.h"

#include "record/record.h"

static struct record entry(void)
{
    return (struct record){
        .kind = RECORD_KIND_ENTRY,
        .event = 7,
        .list = 2,
        .gate = "Nord",
        .has_ticket = true,
        .ticket = 0x00a1b2c3d4e5,
        .person = 815,
        .reason = REASON_OK,
        .via = CODE_VIA_CAMERA,
        .boot = 3,
        .boot_ms = 5123456,
        .unix_ms = 1795341152123,
        .clock = CLOCK_STATE_NTP,
    };
}

static void check_line(const struct record *record, uint64_t seq, const char *expected)
{
    char line[RECORD_LINE_SIZE], again[RECORD_LINE_SIZE];
    struct record back;
    uint64_t seq_back = 0;

    assert_int_equal(record_write_line(record, seq, line), STATUS_OK);
    assert_string_equal(line, expected);
    assert_int_equal(record_parse_line(line, strlen(line), &back, &seq_back), STATUS_OK);
    assert_int_equal(seq_back, seq);
    assert_int_equal(back.kind, record->kind);
    assert_int_equal(back.event, record->event);
    assert_int_equal(back.list, record->list);
    assert_string_equal(back.gate, record->gate);
    assert_int_equal(back.has_ticket, record->has_ticket);
    assert_int_equal(back.ticket, record->ticket);
    assert_int_equal(back.person, record->person);
    assert_int_equal(back.reason, record->reason);
    assert_int_equal(back.via, record->via);
    assert_string_equal(back.code_hash, record->code_hash);
    assert_int_equal(back.is_forced, record->is_forced);
    assert_string_equal(back.why, record->why);
    assert_int_equal(back.annuls, record->annuls);
    assert_int_equal(back.round, record->round);
    assert_string_equal(back.stop, record->stop);
    assert_int_equal(back.stock, record->stock);
    assert_int_equal(back.class_id, record->class_id);
    assert_int_equal(back.group, record->group);
    assert_memory_equal(back.blob_hash, record->blob_hash, sizeof back.blob_hash);
    assert_int_equal(back.version, record->version);
    assert_int_equal(back.boot, record->boot);
    assert_true(back.boot_ms == record->boot_ms && back.unix_ms == record->unix_ms);
    assert_int_equal(back.clock, record->clock);
    assert_int_equal(record_write_line(&back, seq_back, again), STATUS_OK);
    assert_string_equal(again, line);
}

static void test_line__of_an_entry_is_the_one_in_the_format(void **state)
{
    struct record record = entry();

    (void)state;
    check_line(&record, 1201,
               "{\"seq\":1201,\"kind\":\"entry\",\"event\":7,\"list\":2,\"gate\":\"Nord\",\"ticket\":\"00a1b2c3d4e5\","
               "\"person\":815,\"reason\":\"ok\",\"via\":\"camera\",\"boot\":3,\"boot_ms\":5123456,"
               "\"unix_ms\":1795341152123,\"clock\":\"ntp\"}");
}

#define PLACE "\"event\":7,\"list\":2,\"gate\":\"Nord\""
#define TIME "\"boot\":3,\"boot_ms\":5123456,\"unix_ms\":1795341152123,\"clock\":\"ntp\"}"

static void test_line__of_each_kind_has_the_keys_of_its_kind_only(void **state)
{
    struct record record = entry();
    struct record bare = {.boot = 3, .boot_ms = 5123456, .unix_ms = 1795341152123, .clock = CLOCK_STATE_NTP};

    (void)state;
    record.kind = RECORD_KIND_EXIT;
    record.person = 0;
    check_line(&record, 1,
               "{\"seq\":1,\"kind\":\"exit\"," PLACE ",\"ticket\":\"00a1b2c3d4e5\",\"reason\":\"ok\","
               "\"via\":\"camera\"," TIME);
    record.kind = RECORD_KIND_REFUSED;
    record.reason = REASON_UNPAID;
    check_line(&record, 2,
               "{\"seq\":2,\"kind\":\"refused\"," PLACE ",\"ticket\":\"00a1b2c3d4e5\",\"reason\":\"unpaid\","
               "\"via\":\"camera\"," TIME);
    record.has_ticket = false;
    record.ticket = 0;
    record.reason = REASON_INVALID;
    record.via = CODE_VIA_SCANNER;
    strcpy(record.code_hash, "9f3a00ff");
    check_line(&record, 3,
               "{\"seq\":3,\"kind\":\"refused\"," PLACE ",\"reason\":\"invalid\",\"via\":\"scanner\","
               "\"code\":\"9f3a00ff\"," TIME);
    record = entry();
    record.reason = REASON_OK;
    record.via = CODE_VIA_CAMERA;
    record.person = 0;
    record.kind = RECORD_KIND_WALK_IN;
    record.class_id = 9;
    record.group = 255;
    for (size_t i = 0; i < sizeof record.blob_hash; i++) record.blob_hash[i] = (uint8_t)(i * 8 + 1);
    check_line(&record, 4,
               "{\"seq\":4,\"kind\":\"walk_in\"," PLACE ",\"ticket\":\"00a1b2c3d4e5\",\"class\":9,\"group\":255,"
               "\"blob\":\"0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9\"," TIME);
    record = entry();
    record.person = 0;
    record.kind = RECORD_KIND_ANNUL;
    record.annuls = 3;
    check_line(&record, 5, "{\"seq\":5,\"kind\":\"annul\"," PLACE ",\"ticket\":\"00a1b2c3d4e5\",\"annuls\":3," TIME);
    bare.kind = RECORD_KIND_BOOT;
    check_line(&bare, 6, "{\"seq\":6,\"kind\":\"boot\"," TIME);
    bare.kind = RECORD_KIND_CLOCK;
    bare.uncertainty_ms = 120;
    check_line(&bare, 7, "{\"seq\":7,\"kind\":\"clock\",\"uncertainty_ms\":120," TIME);
    bare.kind = RECORD_KIND_EVENT_VERSION;
    bare.event = 7;
    bare.version = 12;
    check_line(&bare, 8, "{\"seq\":8,\"kind\":\"event_version\",\"event\":7,\"version\":12," TIME);
    bare.kind = RECORD_KIND_PURGE;
    bare.version = 0;
    check_line(&bare, 9, "{\"seq\":9,\"kind\":\"purge\",\"event\":7," TIME);
    bare.kind = RECORD_KIND_ROUND;
    bare.list = 2;
    strcpy(bare.gate, "Nord");
    bare.round = 3;
    check_line(&bare, 10, "{\"seq\":10,\"kind\":\"round\"," PLACE ",\"round\":3,\"stop\":\"\"," TIME);
    strcpy(bare.stop, "Köln, \"Zoo\"");
    check_line(&bare, 12, "{\"seq\":12,\"kind\":\"round\"," PLACE ",\"round\":3,\"stop\":\"Köln, \\\"Zoo\\\"\"," TIME);
    bare.round = 0;
    bare.stop[0] = '\0';
    bare.kind = RECORD_KIND_STOCK;
    bare.stock = -37;
    check_line(&bare, 13, "{\"seq\":13,\"kind\":\"stock\"," PLACE ",\"stock\":-37," TIME);
    bare.stock = 0;
    bare.kind = RECORD_KIND_COUNT_CHECK;
    check_line(&bare, 11, "{\"seq\":11,\"kind\":\"count_check\"," PLACE "," TIME);
}

static void test_line__of_a_forced_entry_says_why(void **state)
{
    struct record record = entry();

    (void)state;
    record.is_forced = true;
    strcpy(record.why, "Bürgermeister \"kennt\" ihn\n");
    check_line(&record, 9,
               "{\"seq\":9,\"kind\":\"entry\"," PLACE ",\"ticket\":\"00a1b2c3d4e5\",\"person\":815,\"reason\":\"ok\","
               "\"via\":\"camera\",\"forced\":true,\"why\":\"Bürgermeister \\\"kennt\\\" ihn\\n\"," TIME);
}

static void test_line__of_an_exit_or_an_annul_may_say_why(void **state)
{
    struct record record = entry();

    (void)state;
    strcpy(record.why, "nach Hause");
    record.person = 0;
    record.kind = RECORD_KIND_EXIT;
    check_line(&record, 1,
               "{\"seq\":1,\"kind\":\"exit\"," PLACE ",\"ticket\":\"00a1b2c3d4e5\",\"reason\":\"ok\","
               "\"via\":\"camera\",\"why\":\"nach Hause\"," TIME);
    record.kind = RECORD_KIND_ANNUL;
    record.reason = REASON_OK;
    record.annuls = 3;
    check_line(&record, 5,
               "{\"seq\":5,\"kind\":\"annul\"," PLACE ",\"ticket\":\"00a1b2c3d4e5\",\"why\":\"nach Hause\","
               "\"annuls\":3," TIME);
}

static void test_line__carries_any_gate_name_and_extreme_numbers(void **state)
{
    struct record record = entry();
    struct record back;
    char line[RECORD_LINE_SIZE];
    uint64_t seq;

    (void)state;
    strcpy(record.gate, "Süd\t\\\"/ <b> قاعة 🚌 \x01\x7F%s');--");
    record.ticket = (UINT64_C(1) << 48) - 1;
    record.event = record.person = record.boot = UINT32_MAX;
    record.list = UINT16_MAX;
    record.boot_ms = INT64_MAX;
    record.unix_ms = INT64_MIN;
    assert_int_equal(record_write_line(&record, INT64_MAX, line), STATUS_OK);
    assert_null(strchr(line, '\n'));
    assert_int_equal(record_parse_line(line, strlen(line), &back, &seq), STATUS_OK);
    assert_true(seq == INT64_MAX && back.boot_ms == INT64_MAX && back.unix_ms == INT64_MIN);
    assert_string_equal(back.gate, record.gate);
    assert_true(back.ticket == record.ticket && back.person == UINT32_MAX && back.list == UINT16_MAX);
}

static void test_line__is_not_written_from_what_cannot_be_read_back(void **state)
{
    char line[RECORD_LINE_SIZE] = "untouched";
    struct record record = entry();

    (void)state;
    assert_int_equal(record_write_line(&record, 0, line), STATUS_INVALID);
    assert_int_equal(record_write_line(&record, UINT64_MAX, line), STATUS_INVALID);
    record.ticket = UINT64_C(1) << 48;
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    record.has_ticket = false; // an entry of nobody
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    strcpy(record.gate, "S\xFC"
                        "d"); // Latin-1
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    record.boot_ms = -1;
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    record.kind = RECORD_KIND_ANNUL; // of nothing
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    record.kind = RECORD_KIND_REFUSED;
    strcpy(record.code_hash, "9F3A00FF");
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    record.kind = RECORD_KIND_ROUND; // without a number
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record.round = 1;
    strcpy(record.stop, "K\xF6ln"); // Latin-1
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    record.kind = RECORD_KIND_WALK_IN; // of nobody
    record.has_ticket = false;
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record = entry();
    record.is_forced = true;
    memset(record.gate, 1, sizeof record.gate - 1); // six bytes each in JSON: too long for a line
    memset(record.why, 1, sizeof record.why - 1);
    record.hlc = RECORD_MOST_HLC;
    record.seen_count = RECORD_MOST_SEEN;
    for (size_t i = 0; i < RECORD_MOST_SEEN; i++)
        record.seen[i] = (struct seen){UINT32_MAX - (uint32_t)i, (uint64_t)RECORD_MOST_HLC};
    assert_int_equal(record_write_line(&record, INT64_MAX, line), STATUS_INVALID);
    assert_string_equal(line, "untouched");
    record = entry();
    record.hlc = RECORD_MOST_HLC + 1;
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    record.hlc = 0;
    record.seen_count = RECORD_MOST_SEEN + 1;
    assert_int_equal(record_write_line(&record, 1, line), STATUS_INVALID);
    assert_string_equal(line, "untouched");
}

static void test_line__says_where_it_stands_among_what_happened_elsewhere(void **state)
{
    static const char order[] = "{\"seq\":5,\"kind\":\"annul\"," PLACE ",\"annuls\":880,"
                                "\"of\":\"00112233445566778899aabbccddeeff\",\"boot\":3,\"boot_ms\":5123456,"
                                "\"unix_ms\":1795341152123,\"clock\":\"ntp\",\"hlc\":1795341152124,"
                                "\"seen\":{\"9f3a01c2\":880,\"00000001\":7}}";
    struct record record, twice = entry();
    char line[RECORD_LINE_SIZE];
    uint64_t seq = 0;

    (void)state;
    assert_int_equal(record_parse_line(order, strlen(order), &record, &seq), STATUS_OK);
    assert_true(record.hlc == 1795341152124);
    assert_int_equal(record.seen_count, 2);
    assert_int_equal(record.seen[0].log, 0x9f3a01c2);
    assert_int_equal(record.seen[0].seq, 880);
    assert_true(record.annuls_other_log && record.annulled_log[15] == 0xFF);
    check_line(&record, 5, order);

    // Two logs whose ids begin alike: both were seen at least as far as the lower number says.
    twice.seen_count = 3;
    twice.seen[0] = (struct seen){5, 9};
    twice.seen[1] = (struct seen){6, 1};
    twice.seen[2] = (struct seen){5, 4};
    assert_int_equal(record_write_line(&twice, 1, line), STATUS_OK);
    assert_non_null(strstr(line, "\"seen\":{\"00000005\":4,\"00000006\":1}"));
}

static void test_line__ignores_unknown_keys(void **state)
{
    static const char line[] = "{\"seq\":5,\"kind\":\"boot\",\"saw\":{\"9f3a\":880},\"new\":[1.5,null]," TIME;
    struct record record;
    uint64_t seq = 0;

    (void)state;
    assert_int_equal(record_parse_line(line, strlen(line), &record, &seq), STATUS_OK);
    assert_int_equal(seq, 5);
    assert_int_equal(record.kind, RECORD_KIND_BOOT);
}

#define ENTRY(what) "{\"seq\":1,\"kind\":\"entry\"," what "," TIME
#define WHO "\"ticket\":\"00a1b2c3d4e5\""
#define BLOB "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define OUTCOME "\"reason\":\"ok\",\"via\":\"camera\""

static void test_line__refuses_what_write_never_writes(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "null",
        "{}",
        "{\"seq\":1,\"kind\":\"boot\"}",
        "{\"seq\":0,\"kind\":\"boot\"," TIME,
        "{\"seq\":-1,\"kind\":\"boot\"," TIME,
        "{\"seq\":1.0,\"kind\":\"boot\"," TIME,
        "{\"seq\":\"1\",\"kind\":\"boot\"," TIME,
        "{\"seq\":9223372036854775808,\"kind\":\"boot\"," TIME,
        "{\"seq\":1,\"seq\":1,\"kind\":\"boot\"," TIME,
        "{\"seq\":1,\"kind\":\"round\"," PLACE "," TIME,
        "{\"seq\":1,\"kind\":\"round\"," PLACE ",\"round\":1," TIME,
        "{\"seq\":1,\"kind\":\"round\"," PLACE ",\"round\":0,\"stop\":\"\"," TIME,
        "{\"seq\":1,\"kind\":\"round\"," PLACE ",\"round\":4294967296,\"stop\":\"\"," TIME,
        "{\"seq\":1,\"kind\":\"round\"," PLACE ",\"round\":1,\"stop\":7," TIME,
        "{\"seq\":1,\"kind\":\"round\"," PLACE
        ",\"round\":1,\"stop\":\"0123456789012345678901234567890123456789012345678901234567890123\"," TIME,
        "{\"seq\":1,\"kind\":\"stock\"," PLACE "," TIME,
        "{\"seq\":1,\"kind\":\"stock\"," PLACE ",\"stock\":2147483648," TIME,
        "{\"seq\":1,\"kind\":\"stock\"," PLACE ",\"stock\":-2147483649," TIME,
        "{\"seq\":1,\"kind\":\"stock\"," PLACE ",\"stock\":\"3\"," TIME,
        "{\"seq\":1,\"kind\":\"walk_in\"," PLACE "," WHO "," TIME,
        "{\"seq\":1,\"kind\":\"walk_in\"," PLACE "," WHO ",\"class\":256,\"group\":0,\"blob\":\"" BLOB "\"," TIME,
        "{\"seq\":1,\"kind\":\"walk_in\"," PLACE "," WHO ",\"class\":1,\"group\":0,\"blob\":\"" BLOB "0\"," TIME,
        "{\"seq\":1,\"kind\":\"walk_in\"," PLACE "," WHO ",\"class\":1,\"group\":0,\"blob\":\"AA" BLOB "\"," TIME,
        "{\"seq\":1,\"kind\":\"walk_in\"," PLACE ",\"class\":1,\"group\":0,\"blob\":\"" BLOB "\"," TIME,
        "{\"seq\":1,\"kind\":\"exit\"," PLACE "," WHO "," OUTCOME ",\"why\":\"\"," TIME,
        "{\"seq\":1,\"kind\":\"annul\"," PLACE ",\"why\":5,\"annuls\":3," TIME,
        "{\"seq\":1,\"kind\":\"reboot\"," TIME,
        "{\"seq\":1,\"kind\":7," TIME,
        "{\"seq\":1,\"kind\":\"boot\"," TIME "x",
        "{\"seq\":1,\"kind\":\"boot\"," TIME "\n",
        "{\"seq\":1,\n\"kind\":\"boot\"," TIME,
        "{\"seq\":1,\"kind\":\"boot\",\"boot\":3,\"boot_ms\":-5,\"unix_ms\":1,\"clock\":\"ntp\"}",
        "{\"seq\":1,\"kind\":\"boot\",\"boot\":4294967296,\"boot_ms\":5,\"unix_ms\":1,\"clock\":\"ntp\"}",
        "{\"seq\":1,\"kind\":\"boot\",\"boot\":3,\"boot_ms\":5,\"unix_ms\":1,\"clock\":\"sundial\"}",
        "{\"seq\":1,\"kind\":\"boot\",\"hlc\":0," TIME,
        "{\"seq\":1,\"kind\":\"boot\",\"hlc\":-1," TIME,
        "{\"seq\":1,\"kind\":\"boot\",\"hlc\":9007199254740992," TIME,
        "{\"seq\":1,\"kind\":\"boot\",\"seen\":[]," TIME,
        "{\"seq\":1,\"kind\":\"boot\",\"seen\":{\"9f3a01c\":1}," TIME,
        "{\"seq\":1,\"kind\":\"boot\",\"seen\":{\"9f3a01c2\":-1}," TIME,
        "{\"seq\":1,\"kind\":\"clock\",\"uncertainty_ms\":\"5\"," TIME,
        "{\"seq\":1,\"kind\":\"annul\"," PLACE ",\"annuls\":5,\"of\":\"0011\"," TIME,
        "{\"seq\":1,\"kind\":\"boot\",\"boot\":3,\"boot_ms\":5,\"unix_ms\":1.5,\"clock\":\"ntp\"}",
        "{\"seq\":1,\"kind\":\"event_version\",\"event\":7," TIME,
        "{\"seq\":1,\"kind\":\"annul\"," PLACE "," TIME,
        "{\"seq\":1,\"kind\":\"annul\"," PLACE ",\"annuls\":0," TIME,
        "{\"seq\":1,\"kind\":\"refused\"," PLACE "," OUTCOME ",\"code\":\"9f3a00f\"," TIME,
        "{\"seq\":1,\"kind\":\"refused\"," PLACE "," OUTCOME ",\"code\":\"9f3a00fff\"," TIME,
        "{\"seq\":1,\"kind\":\"refused\"," PLACE "," OUTCOME ",\"code\":\"9F3A00FF\"," TIME,
        ENTRY(PLACE "," OUTCOME), // of nobody
        ENTRY(PLACE "," WHO ",\"reason\":\"fine\",\"via\":\"camera\""),
        ENTRY(PLACE "," WHO ",\"reason\":\"ok\",\"via\":\"nose\""),
        ENTRY(PLACE "," WHO ",\"reason\":\"ok\""),
        ENTRY(PLACE ",\"ticket\":\"00A1B2C3D4E5\"," OUTCOME),
        ENTRY(PLACE ",\"ticket\":\"0a1b2c3d4e5\"," OUTCOME),
        ENTRY(PLACE ",\"ticket\":\"000a1b2c3d4e5\"," OUTCOME),
        ENTRY(PLACE ",\"ticket\":1," OUTCOME),
        ENTRY(PLACE "," WHO ",\"person\":0," OUTCOME),
        ENTRY(PLACE "," WHO ",\"person\":4294967296," OUTCOME),
        ENTRY(PLACE "," WHO "," OUTCOME ",\"forced\":true"),
        ENTRY(PLACE "," WHO "," OUTCOME ",\"forced\":false,\"why\":\"x\""),
        ENTRY("\"event\":7,\"list\":65536,\"gate\":\"Nord\"," WHO "," OUTCOME),
        ENTRY("\"event\":-7,\"list\":2,\"gate\":\"Nord\"," WHO "," OUTCOME),
        ENTRY("\"event\":7,\"list\":2,\"gate\":null," WHO "," OUTCOME),
        ENTRY("\"event\":7,\"list\":2,\"gate\":\"N\\u0000rd\"," WHO "," OUTCOME),
        ENTRY("\"event\":7,\"list\":2,\"gate\":\"S\xFC"
              "d\"," WHO "," OUTCOME),
        ENTRY(
            "\"event\":7,\"list\":2,\"gate\":\"0123456789012345678901234567890123456789012345678901234567890123\"," WHO
            "," OUTCOME),
    };
    struct record record;
    uint64_t seq;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (record_parse_line(bad[i], strlen(bad[i]), &record, &seq) != STATUS_INVALID)
            fail_msg("was accepted: %s", bad[i]);
}

static void test_line__truncated_anywhere_is_refused(void **state)
{
    char line[RECORD_LINE_SIZE];
    struct record record = entry(), back;
    uint64_t seq;

    (void)state;
    assert_int_equal(record_write_line(&record, 1201, line), STATUS_OK);
    for (size_t length = 0; length < strlen(line); length++)
        assert_int_equal(record_parse_line(line, length, &back, &seq), STATUS_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line__of_an_entry_is_the_one_in_the_format),
        cmocka_unit_test(test_line__of_each_kind_has_the_keys_of_its_kind_only),
        cmocka_unit_test(test_line__of_a_forced_entry_says_why),
        cmocka_unit_test(test_line__of_an_exit_or_an_annul_may_say_why),
        cmocka_unit_test(test_line__carries_any_gate_name_and_extreme_numbers),
        cmocka_unit_test(test_line__is_not_written_from_what_cannot_be_read_back),
        cmocka_unit_test(test_line__says_where_it_stands_among_what_happened_elsewhere),
        cmocka_unit_test(test_line__ignores_unknown_keys),
        cmocka_unit_test(test_line__refuses_what_write_never_writes),
        cmocka_unit_test(test_line__truncated_anywhere_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
