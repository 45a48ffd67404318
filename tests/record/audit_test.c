#include "support/check.h"

#include "record/audit.h"
#include "support/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORDS_SIZE = 8192 };

static enum status audit_into(const struct door *door, struct audit *audit, char words[WORDS_SIZE])
{
    FILE *out = fmemopen(words, WORDS_SIZE, "w");
    enum status status;

    assert_non_null(out);
    words[0] = '\0';
    status = audit_sqlite(door->path, out, audit);
    fclose(out);
    return status;
}

static void append(struct store *store, const struct record *record)
{
    uint64_t seq = 0;
    assert_int_equal(store->ops->append(store, record, &seq), STATUS_OK);
}

// Records: 1 boot, 2 event_version, 3 … 8 entries of guests 0 … 5 (persons 1 1 2 2 3 3), 9 a refusal, 10 annuls 8,
// 11 exit of guest 0.
static struct store *make_log(struct door *door)
{
    struct store *store;

    door_init(door, NULL);
    store = door_store(door, 10);
    for (size_t guest = 0; guest < 6; guest++) {
        struct record entry = door_entry(door, guest);
        append(store, &entry);
    }
    struct record record = door_entry(door, 6);
    record.kind = RECORD_KIND_REFUSED;
    record.reason = REASON_UNPAID;
    append(store, &record);
    record = door_entry(door, 5);
    record.kind = RECORD_KIND_ANNUL;
    record.annuls = 8;
    append(store, &record);
    record = door_entry(door, 0);
    record.kind = RECORD_KIND_EXIT;
    append(store, &record);
    return store;
}

static void test_audit__an_untouched_database_is_what_its_log_says(void **state)
{
    struct door door;
    struct audit audit;
    char words[WORDS_SIZE];

    (void)state;
    struct store *store = make_log(&door);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_OK); // while the kiosk runs
    store_close(store);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_OK);
    assert_string_equal(words, "");
    assert_int_equal(audit.difference_count, 0);
    assert_int_equal(audit.record_count, 11);
    assert_int_equal(audit.entry_count, 6);
    assert_int_equal(audit.refused_count, 1);
    door_destroy(&door);
}

#define OF(seq) "substr(at, 25) = x'000000000000000" seq "'"
#define PLACE(seq) "(SELECT CAST(zeroblob(8) || log || x'000000000000000" seq "' AS BLOB) FROM identity)"
#define OPEN_LOG "DROP TRIGGER log_keeps_its_lines; DROP TRIGGER log_keeps_its_rows;"

static void test_audit__names_whatever_was_tampered_with(void **state)
{
    static const struct {
        const char *sql, *words;
        uint32_t differences; // at least
    } cases[] = {
        {OPEN_LOG "UPDATE log SET line = replace(line, '\"Nord\"', '\"Sued\"') WHERE seq = 4", "record 4: hash differs",
         1},
        {OPEN_LOG "UPDATE log SET line = line || ' ' WHERE seq = 5", "record 5: hash differs", 1},
        {OPEN_LOG "UPDATE log SET line = '{}' WHERE seq = 5", "record 5: can't be read", 2},
        {OPEN_LOG "UPDATE log SET hash = zeroblob(32) WHERE seq = 5", "record 5: hash differs", 2},
        {OPEN_LOG "DELETE FROM log WHERE seq = 6", "record 6: is missing", 1},
        {OPEN_LOG "DELETE FROM log WHERE seq IN (1, 2)", "records 1 to 2: are missing", 2},
        {OPEN_LOG "DELETE FROM log WHERE seq = 11", "check-in of record 11: the log has no such check-in", 1},
        {OPEN_LOG "UPDATE log SET seq = 100 WHERE seq = 4; UPDATE log SET seq = 4 WHERE seq = 5;"
                  "UPDATE log SET seq = 5 WHERE seq = 100",
         "record 4: says it is another one", 2},
        {OPEN_LOG "UPDATE log SET line = (SELECT line FROM log WHERE seq = 4) WHERE seq = 5",
         "record 5: says it is another one", 2},
        {"UPDATE check_in SET person = 9 WHERE " OF("5"), "check-in of record 5: differs from the record", 1},
        {"UPDATE check_in SET unix_ms = unix_ms - 1 WHERE " OF("5"), "check-in of record 5: differs", 1},
        {"UPDATE check_in SET gate = 'Hinten' WHERE " OF("5"), "check-in of record 5: differs", 1},
        {"UPDATE check_in SET is_entry = 1 WHERE " OF("B"), "check-in of record 11: differs", 1},
        {"DELETE FROM check_in WHERE " OF("6"), "check-in of record 6: is missing", 1},
        {"INSERT INTO check_in VALUES (7, 1, 4711, " PLACE("9") ", 0, 1, 0, 'Nord')",
         "check-in of record 9: the log has no such check-in", 1},
        {"INSERT INTO check_in SELECT event, 2, ticket, at, person, is_entry, unix_ms, gate FROM check_in WHERE " OF(
             "5"),
         "check-in of record 5: the log has no such check-in", 1},
        {"UPDATE headcount SET inside = inside + 1", "headcount of event 7, list 1: stored 3, recounted 2", 1},
        {"DELETE FROM headcount", "headcount of event 7, list 1: stored 0, recounted 2", 6},
        {"INSERT INTO headcount VALUES (7, 2, 5, 0, 0, 0, 0, 0)", "headcount of event 7, list 2: stored 5, recounted 0",
         1},
        {"UPDATE identity SET log = zeroblob(16)", "record 1: hash differs", 1},
        {"UPDATE identity SET device_key = zeroblob(32)", "record 1: hash differs", 1},
        {"UPDATE identity SET boot = 9", "identity: 9 starts stored, the log says 1", 1},
        {"DELETE FROM identity", "identity: is missing", 1},
        {"UPDATE event SET version = 9", "event 7: stored version 9, the log says 1", 1},
        {"DELETE FROM event", "event 7: stored version 0, the log says 1", 1},
        {"UPDATE event SET head = replace(head, 'Bus', 'Zug')", "event 7: its stored rules differ", 1},
        {"UPDATE document SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Bus', 'Zug') AS BLOB)",
         "event 7: the stored document is not what the office signed", 1},
        {"DELETE FROM document", "event 7: the stored document is not what the office signed", 1},
        {"UPDATE roster SET status = 'ok', least_generation = 1 WHERE name LIKE '%name3'",
         "on the roster differs from the signed document", 1},
        {"UPDATE roster SET foreign_code = 'MINE' WHERE name LIKE '%name4'", "on the roster differs", 1},
        {"DELETE FROM roster WHERE name LIKE '%name3'", "on the roster is missing", 1},
        {"INSERT INTO roster SELECT event, 1, class, party, 0, status, person, 'Me', '', '', 'MINE', '', 0 FROM roster "
         "LIMIT "
         "1",
         "event 7: 11 on the roster, 10 in the signed document", 1},
        {"UPDATE expected SET persons = 3 WHERE list = 1", "event 7: 3 expected on list 1, 5 in its roster", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct door door;
        struct audit audit = {0};
        char words[WORDS_SIZE];
        store_close(make_log(&door));
        door_sql(&door, cases[i].sql);
        assert_int_equal(audit_into(&door, &audit, words), STATUS_OK);
        if (!strstr(words, cases[i].words) || audit.difference_count < cases[i].differences)
            fail_msg("%s\nsays: %s\nnot: %s", cases[i].sql, words, cases[i].words);
        size_t lines = 0;
        for (const char *at = words; *at; at++) lines += *at == '\n';
        assert_int_equal(lines, audit.difference_count); // a line each
        door_destroy(&door);
    }
}

// One row with a number out of reach is a difference, not as many as there are numbers before it.
static void test_audit__a_gap_is_one_line_however_wide(void **state)
{
#define COPY_REFUSAL(number) "INSERT INTO log SELECT " number ", line, hash FROM log WHERE seq = 9;"
#define IS_A_COPY(number)                                                                                              \
    "record " number ": hash differs: its line, or one before it, is not what was written\n"                           \
    "record " number ": says it is another one\n"
    static const struct {
        const char *sql, *words;
        uint32_t differences;
    } cases[] = {
        {COPY_REFUSAL("12"), IS_A_COPY("12"), 2},
        {COPY_REFUSAL("13"), "record 12: is missing\n" IS_A_COPY("13"), 3},
        {COPY_REFUSAL("14"), "records 12 to 13: are missing\n" IS_A_COPY("14"), 3},
        {COPY_REFUSAL("1 << 62"), "records 12 to 4611686018427387903: are missing\n" IS_A_COPY("4611686018427387904"),
         3},
        {COPY_REFUSAL("20") COPY_REFUSAL("9223372036854775807"),
         "records 12 to 19: are missing\n" IS_A_COPY("20") //
         "records 21 to 9223372036854775806: are missing\n" IS_A_COPY("9223372036854775807"),
         6},
        {COPY_REFUSAL("0"), "record 0: no record has such a number\n", 1},
        {COPY_REFUSAL("1 << 63"), "record -9223372036854775808: no record has such a number\n", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct door door;
        struct audit audit = {0};
        char words[WORDS_SIZE];
        store_close(make_log(&door));
        door_sql(&door, cases[i].sql);
        assert_int_equal(audit_into(&door, &audit, words), STATUS_OK);
        assert_string_equal(words, cases[i].words);
        assert_int_equal(audit.difference_count, cases[i].differences);
        door_destroy(&door);
    }
}

// Records: 1 boot, 2 event_version, 3 entry of guest 0 on list 2, 4 a round there, 5 entry of guest 2, 6 guest 4 is
// signed off, 7 seven things come, 8 a walk-in, 9 its entry. The roster expects persons 1 and 3 (of group 2) there.
static void make_tour(struct door *door)
{
    struct store *store;
    struct record record;
    struct walk_in said = {.ticket = door_ticket(9), .values = {"Öztürk, Ayşe", "Schule"}, .language = "de"};
    uint64_t seq = 0;

    door_init(door, NULL);
    door_welcome_walk_ins(door);
    store = door_store(door, 6);
    record = door_entry(door, 0);
    record.list = 2;
    append(store, &record);
    record.kind = RECORD_KIND_ROUND;
    record.round = 1;
    strcpy(record.stop, "Essen");
    append(store, &record);
    record = door_entry(door, 2);
    record.list = 2;
    append(store, &record);
    record = door_entry(door, 4);
    record.list = 2;
    record.kind = RECORD_KIND_EXIT;
    append(store, &record);
    record.kind = RECORD_KIND_STOCK;
    record.stock = 7;
    append(store, &record);
    record = door_entry(door, 9);
    record.list = 2;
    record.kind = RECORD_KIND_WALK_IN;
    record.class_id = DOOR_CLASS_WALK_IN;
    record.person = 0;
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    assert_int_equal(store->ops->append_walk_in(store, &record, &said, &door->event.walk_ins, &seq), STATUS_OK);
    assert_int_equal(store->ops->end(store, STATUS_OK), STATUS_OK);
    record.kind = RECORD_KIND_ENTRY;
    append(store, &record);
    store_close(store);
}

#define FAR "7FFFFFFFFFFFFFFF7FFFFFFFFFFFFFFF7FFFFFFFFFFFFFFF7FFFFFFFFFFFFFFF"

// Numbers in the other tables are compared, never counted up to.
static void test_audit__ends_whatever_numbers_the_tables_hold(void **state)
{
    static const char *const tampering[] = {
        "UPDATE round SET number = 1 << 62",
        "UPDATE round SET at = x'" FAR "'",
        "UPDATE check_in SET at = CAST(x'7FFFFFFFFFFFFFFF' || substr(at, 9) AS BLOB)",
        "UPDATE walk_in SET at = x'" FAR "'",
        "UPDATE headcount SET inside = 9223372036854775807, aboard = inside, given = 9223372036854775807",
        "UPDATE stock SET things = -9223372036854775807",
        "UPDATE expected SET persons = 9223372036854775807, bit = 1 << 63",
        "UPDATE event SET at = x'" FAR "'",
        "UPDATE headcount SET given_here = 9223372036854775807",
        "UPDATE identity SET boot = 9223372036854775807",
    };

    (void)state;
    for (size_t i = 0; i < sizeof tampering / sizeof tampering[0]; i++) {
        struct door door;
        struct audit audit = {0};
        char words[WORDS_SIZE];
        size_t lines = 0;
        make_tour(&door);
        door_sql(&door, tampering[i]);
        assert_int_equal(audit_into(&door, &audit, words), STATUS_OK);
        for (const char *at = words; *at; at++) lines += *at == '\n';
        assert_in_range(lines, 1, 12); // of nine records
        assert_int_equal(lines, audit.difference_count);
        door_destroy(&door);
    }
}

static void test_audit__recounts_rounds_stock_and_walk_ins(void **state)
{
    static const struct {
        const char *sql, *words; // NULL: nothing to say
    } cases[] = {
        {"SELECT 1", NULL},
        {"UPDATE headcount SET aboard = aboard + 1", "aboard of event 7, list 2: stored 3, recounted 2"},
        {"UPDATE headcount SET out = 0", "out of event 7, list 2: stored 0, recounted 1"},
        {"UPDATE headcount SET seen = 9", "seen of the roster of event 7, list 2: stored 9, recounted 2"},
        {"UPDATE headcount SET given = 1", "given of event 7, list 2: stored 1, recounted 3"},
        {"UPDATE headcount SET given_here = 1", "given here of event 7, list 2: stored 1, recounted 3"},
        {"INSERT INTO annulled SELECT log, 5 FROM identity", "no log took it back"},
        {"UPDATE stock SET things = 70", "stock of event 7, list 2: stored 70, recounted 7"},
        {"INSERT INTO stock VALUES (7, 1, 5)", "stock of event 7, list 1: stored 5, recounted 0"},
        {"DELETE FROM round", "round of record 4: is missing"},
        {"UPDATE round SET stop = 'Bonn'", "round of record 4: differs from the record"},
        {"UPDATE round SET at = " PLACE("3"), "round of record 3: the log has no such round"},
        {"UPDATE walk_in SET class = 1", "walk-in of record 8: differs from the record"},
        {"DELETE FROM walk_in", "walk-in of record 8: is missing"},
        {"INSERT INTO walk_in (event, ticket, at, class, party) VALUES (7, 1, " PLACE("5") ", 6, 0)",
         "walk-in of record 5: the log has no such walk-in"},
        {"UPDATE walk_in SET blob = replace(blob, 'false', 'true')",
         "walk-in of record 8: their data is not what was registered"},
        {"UPDATE walk_in SET salt = x'000102030405060708090a0b0c0d0e0f'",
         "walk-in of record 8: their data is not what was"},
        {"UPDATE walk_in SET name = 'Bürgermeister'", "walk-in of record 8: the name is not what they said"},
        {"UPDATE walk_in SET company = 'Rathaus'", "walk-in of record 8: the name is not what they said"},
        {"UPDATE walk_in SET language = 'tr'", "walk-in of record 8: the name is not what they said"},
        {"UPDATE walk_in SET name = '', company = '', language = '', salt = NULL, blob = NULL", NULL}, // as they asked
        {"UPDATE walk_in SET blob = NULL, salt = NULL",
         "walk-in of record 8: their data was erased, but not all of it"},
        {"PRAGMA ignore_check_constraints = ON; UPDATE walk_in SET salt = x'00'",
         "walk-in of record 8: their data is not what was registered"},
        {"PRAGMA ignore_check_constraints = ON; UPDATE walk_in SET salt = x''",
         "walk-in of record 8: their data is not what was registered"},
        {"UPDATE walk_in SET salt = NULL", "walk-in of record 8: their data was erased, but not all of it"},
        {"UPDATE roster SET lists = 0 WHERE name LIKE '%name1'", "differs from the signed document"},
        {"UPDATE roster SET language = 'tr' WHERE name LIKE '%name1'", "differs from the signed document"},
        {"UPDATE expected SET bit = 1", "event 7: list 2 has another one's bit in the roster"},
        {OPEN_LOG "UPDATE log SET line = replace(line, 'Essen', 'Bonn') WHERE seq = 4", "record 4: hash differs"},
        {"INSERT INTO setting VALUES ('volume', '3')", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct door door;
        struct audit audit = {0};
        char words[WORDS_SIZE];
        make_tour(&door);
        door_sql(&door, cases[i].sql);
        assert_int_equal(audit_into(&door, &audit, words), STATUS_OK);
        if (cases[i].words ? !strstr(words, cases[i].words) : words[0] != '\0')
            fail_msg("%s\nsays: %s\nnot: %s", cases[i].sql, words, cases[i].words ? cases[i].words : "");
        door_destroy(&door);
    }
}

// Whoever changes a line may also recompute the hashes behind it, but then the head is another one: what the office
// has acknowledged shows it. What the database alone can show is that its projections were changed with it.
static void test_audit__a_whole_false_log_still_has_to_match_its_projections(void **state)
{
    struct door door;
    struct audit audit = {0};
    char words[WORDS_SIZE];
    struct store *store;

    (void)state;
    store = make_log(&door);
    store_close(store);
    door_sql(&door, "DELETE FROM headcount; DELETE FROM check_in");
    assert_int_equal(audit_into(&door, &audit, words), STATUS_OK);
    assert_int_equal(audit.difference_count, 6 + 6);
    door_destroy(&door);
}

static void test_audit__says_what_it_cannot_read(void **state)
{
    struct door door;
    struct audit audit;
    char words[WORDS_SIZE];
    FILE *file;

    (void)state;
    door_init(&door, NULL);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_MISSING);
    door_sql(&door, "CREATE TABLE music (title TEXT)");
    assert_int_equal(audit_into(&door, &audit, words), STATUS_INVALID);
    unlink(door.path);
    file = fopen(door.path, "we");
    for (int i = 0; i < 500; i++) fputs("This is a shopping list. ", file);
    fclose(file);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_INVALID);
    file = fopen(door.path, "we");
    fputs("milk", file);
    fclose(file);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_INVALID);
    door_destroy(&door);
}

static void overwrite(const struct door *door, long at, size_t length)
{
    FILE *file = fopen(door->path, "r+e");

    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    for (size_t i = 0; i < length; i++) fputc('x', file);
    fclose(file);
}

static void test_audit__tells_damage_from_another_kind_of_file(void **state)
{
    struct door door;
    struct audit audit;
    char words[WORDS_SIZE], lock[128];

    (void)state;
    store_close(make_log(&door));
    overwrite(&door, 0, 100);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_CORRUPT); // a kiosk used it: its lock file is there
    snprintf(lock, sizeof lock, "%s.lock", door.path);
    unlink(lock);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_INVALID); // nothing tells any more
    door_destroy(&door);

    store_close(make_log(&door));
    snprintf(lock, sizeof lock, "%s.lock", door.path);
    unlink(lock);
    overwrite(&door, 16, 84); // page size and all: still begins as a database
    assert_int_equal(audit_into(&door, &audit, words), STATUS_CORRUPT);
    door_destroy(&door);
}

struct patience {
    unsigned asked_count, most;
};

static bool is_over(void *owner)
{
    struct patience *patience = owner;
    return patience->asked_count++ >= patience->most;
}

// Stopped at each place where it asks in turn, until it is let through to the end.
static void test_audit__stops_wherever_it_is_asked_to(void **state)
{
    enum { GUEST_COUNT = 300 };
    enum status status = STATUS_LATER;
    struct patience patience = {0};
    const struct audit_stop stop = {.is_wanted = is_over, .owner = &patience};
    struct door door;
    struct audit audit = {.record_count = 4711};
    FILE *nowhere = fopen("/dev/null", "we");

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, GUEST_COUNT);
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    for (size_t guest = 0; guest < GUEST_COUNT; guest++) {
        struct record entry = door_entry(&door, guest);
        append(store, &entry);
    }
    assert_int_equal(store->ops->end(store, STATUS_OK), STATUS_OK);
    store_close(store);
    for (; patience.most < 1000; patience.most++) {
        patience.asked_count = 0;
        if ((status = audit_sqlite_until(door.path, &stop, nowhere, &audit)) == STATUS_OK) break;
        assert_int_equal(status, STATUS_LATER);
        assert_int_equal(patience.asked_count, patience.most + 1); // nothing went on behind it
        assert_int_equal(audit.record_count, 4711);
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(patience.most > 10);
    assert_int_equal(audit.record_count, 2 + GUEST_COUNT);
    assert_int_equal(audit.difference_count, 0);
    fclose(nowhere);
    door_destroy(&door);
}

// A database on a medium that can't be written to, as a stick handed to the office.
static void test_audit__changes_nothing(void **state)
{
    struct door door;
    struct audit audit;
    char words[WORDS_SIZE], command[256], before[128] = "", after[128] = "";

    (void)state;
    store_close(make_log(&door));
    snprintf(command, sizeof command, "sha256sum < %s", door.path);
    FILE *pipe = popen(command, "r");
    assert_non_null(fgets(before, sizeof before, pipe));
    pclose(pipe);
    assert_int_equal(audit_into(&door, &audit, words), STATUS_OK);
    pipe = popen(command, "r");
    assert_non_null(fgets(after, sizeof after, pipe));
    pclose(pipe);
    assert_string_equal(before, after);
    door_destroy(&door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_audit__an_untouched_database_is_what_its_log_says),
        cmocka_unit_test(test_audit__names_whatever_was_tampered_with),
        cmocka_unit_test(test_audit__a_gap_is_one_line_however_wide),
        cmocka_unit_test(test_audit__ends_whatever_numbers_the_tables_hold),
        cmocka_unit_test(test_audit__recounts_rounds_stock_and_walk_ins),
        cmocka_unit_test(test_audit__a_whole_false_log_still_has_to_match_its_projections),
        cmocka_unit_test(test_audit__says_what_it_cannot_read),
        cmocka_unit_test(test_audit__tells_damage_from_another_kind_of_file),
        cmocka_unit_test(test_audit__stops_wherever_it_is_asked_to),
        cmocka_unit_test(test_audit__changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
