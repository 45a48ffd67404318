// What kiosks bring on USB sticks, taken in and reported by the office's program.
#include "support/clerk.h"

#include "office/clerk.h"
#include "support/scribe.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { RECORDS = 700, FIRST_BATCH = 500 };

static int set_up(void **state)
{
    struct clerk *clerk = calloc(1, sizeof *clerk);

    assert_non_null(clerk);
    folder_make(&clerk->folder);
    assert_fine(clerk, "event", "create", "--number", "7", "--name", "Messe", "--kind=netzwerktreffen", "--starts",
                "2026-11-22T09:00", "--ends", "2026-11-22T17:00");
    *state = clerk;
    return 0;
}

static int tear_down(void **state)
{
    struct clerk *clerk = *state;

    folder_remove(&clerk->folder);
    free(clerk);
    return 0;
}

static void write_file(const struct clerk *clerk, const char *name, const char *bytes, size_t length)
{
    char path[128];

    folder_file(&clerk->folder, name, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

// A kiosk's log from `first` on, as it writes it onto a stick. free() it.
static char *log_of(uint8_t kiosk, size_t first, size_t *length_out)
{
    struct scribe *scribe = scribe_open(kiosk);
    char *bytes = malloc(2 * (size_t)SCRIBE_BATCH_SIZE);

    assert_non_null(bytes);
    scribe_write(scribe, RECORDS);
    *length_out = 0;
    if (first == 1) *length_out = scribe_batch(scribe, 1, FIRST_BATCH, bytes);
    *length_out += scribe_batch(scribe, FIRST_BATCH + 1, RECORDS - FIRST_BATCH, bytes + *length_out);
    free(scribe);
    return bytes;
}

static void write_log(const struct clerk *clerk, const char *name, uint8_t kiosk)
{
    size_t length;
    char *bytes = log_of(kiosk, 1, &length);

    write_file(clerk, name, bytes, length);
    free(bytes);
}

static void test_import__stores_everything_once(void **state)
{
    struct clerk *clerk = *state;

    assert_fine(clerk, "event", "publish");
    assert_fine(clerk, "kiosk", "list");
    assert_says(clerk, "No kiosk is paired yet (see: einlass kiosk pair --help)");
    assert_fine(clerk, "kiosk", "list", "--brief"); // for programs: no words
    assert_string_equal(clerk->said, "");
    write_log(clerk, "nord.einlass-log", 1);
    write_log(clerk, "sued.einlass-log", 2);
    assert_fine(clerk, "log", "import", "nord.einlass-log");
    assert_says(clerk, "nord.einlass-log: 700 new records, 0 were here already");
    assert_fine(clerk, "log", "import", "nord.einlass-log", "sued.einlass-log");
    assert_says(clerk, "nord.einlass-log: 0 new records, 700 were here already");
    assert_says(clerk, "sued.einlass-log: 700 new records, 0 were here already");
    assert_fine(clerk, "report", "headcount");
    assert_says(clerk, "Messe: Zählerstand\n");
    assert_says(clerk, ": 700 von 0 da"); // the same tickets at both doors
    assert_fine(clerk, "report", "conflicts", "--format", "csv", "--event=7");
    assert_says(clerk, "\"gleichzeitig\"");
    assert_fine(clerk, "report", "attendance", "--format=json");
    assert_says(clerk, "{\"report\":\"attendance\",\"event\":7,");
    assert_fine(clerk, "report", "walk-ins");
    assert_says(clerk, "Nichts.");
}

static void test_rebuild__counts_the_same_anew(void **state)
{
    struct clerk *clerk = *state;

    assert_int_equal(run(clerk, "log", "rebuild"), 1);
    assert_says(clerk, "there are no records at");
    assert_fine(clerk, "event", "publish");
    write_log(clerk, "nord.einlass-log", 1);
    assert_fine(clerk, "log", "import", "nord.einlass-log");
    assert_fine(clerk, "log", "rebuild");
    assert_says(clerk, "counted anew");
    assert_fine(clerk, "report", "headcount");
    assert_says(clerk, ": 700 von 0 da");
}

static void test_import__takes_a_whole_stick(void **state)
{
    struct clerk *clerk = *state;

    assert_int_equal(run(clerk, "log", "import", "."), 1);
    assert_says(clerk, ".: no records are in this folder");
    write_log(clerk, "nord.einlass-log", 1);
    write_log(clerk, "sued.einlass-log", 2);
    write_file(clerk, "holiday.jpg", "no log\n", 7);
    assert_fine(clerk, "log", "import", ".");
    assert_says(clerk, "./nord.einlass-log: 700 new records");
    assert_says(clerk, "./sued.einlass-log: 700 new records");
}

static void test_import__says_what_is_wrong_with_a_file(void **state)
{
    struct clerk *clerk = *state;
    size_t length;
    char *bytes = log_of(3, 1, &length);

    write_log(clerk, "good.einlass-log", 1);
    write_file(clerk, "cut.einlass-log", bytes, length - 10);
    write_file(clerk, "other.einlass-log", "no log\n", 7);
    write_file(clerk, "empty.einlass-log", "", 0);
    assert_int_equal(run(clerk, "log", "import", "gone.einlass-log", "cut.einlass-log", "other.einlass-log",
                         "empty.einlass-log", "good.einlass-log"),
                     1);
    assert_says(clerk, "can't open file=gone.einlass-log");
    assert_says(clerk, "gone.einlass-log: not read; name the stick's folder");
    assert_says(clerk, "cut.einlass-log: the file is damaged, or no log of a kiosk; what stands before is stored: the "
                       "batch from seq 501 on "
                       "is cut off");
    assert_says(clerk, "other.einlass-log: the file is damaged");
    assert_says(clerk, "empty.einlass-log: 0 new records");
    assert_says(clerk, "good.einlass-log: 700 new records"); // the others don't keep it out
    write_file(clerk, "cut.einlass-log", bytes, length);
    assert_fine(clerk, "log", "import", "cut.einlass-log");
    assert_says(clerk, "200 new records, 500 were here already");
    free(bytes);
}

static void test_import__takes_nothing_that_was_changed(void **state)
{
    struct clerk *clerk = *state;
    size_t length;
    char *bytes = log_of(1, 1, &length);

    strstr(bytes, "\"ticket\"")[12] ^= 1;
    write_file(clerk, "changed.einlass-log", bytes, length);
    assert_int_equal(run(clerk, "log", "import", "changed.einlass-log"), 1);
    assert_says(clerk, "changed.einlass-log: its records were changed on the way");
    free(bytes);
    bytes = log_of(2, FIRST_BATCH + 1, &length);
    write_file(clerk, "late.einlass-log", bytes, length);
    assert_int_equal(run(clerk, "log", "import", "late.einlass-log"), 1);
    assert_says(clerk, "late.einlass-log: records from 1 on are missing; import the older files first");
    free(bytes);
}

static void test_report__says_what_to_do_first(void **state)
{
    struct clerk *clerk = *state;

    assert_int_equal(run(clerk, "report", "headcount"), 1);
    assert_says(clerk, "there are no records at einlass.book.records");
    assert_int_equal(run(clerk, "event", "publish", "--database", "postgresql://nobody@/none?host=/nowhere"), 1);
    assert_says(clerk, "does its server run, is --database right");
    write_log(clerk, "nord.einlass-log", 1);
    assert_fine(clerk, "log", "import", "nord.einlass-log");
    assert_int_equal(run(clerk, "report", "headcount"), 1);
    assert_says(clerk, "no event was published yet");
    assert_fine(clerk, "event", "publish");
    assert_int_equal(run(clerk, "report", "headcount", "--event", "8"), 1);
    assert_says(clerk, "event 8 was not published yet");
    assert_int_equal(run(clerk, "report", "headcount", "--format", "exe"), 2);
    assert_says(clerk, "--format is text, csv or json, not 'exe'");
    assert_int_equal(run(clerk, "report", "salaries"), 2);
    assert_says(clerk, "walk-ins");
    assert_int_equal(run(clerk, "log", "import"), 2);
    assert_says(clerk, "this is missing: FILE");
}

static void test_clerk__is_listed_by_name(void **state)
{
    struct clerk *clerk = *state;
    struct inbox *inbox;
    char path[128];

    folder_file(&clerk->folder, "einlass.book.records", path);
    assert_int_equal(inbox_open(path, clock_system(), &inbox), STATUS_OK);
    assert_int_equal(clerk_set(inbox, "Jörg Ebert", "zehn Zeichen und mehr"), STATUS_OK);
    assert_int_equal(clerk_set(inbox, "Anna", "zehn Zeichen und mehr"), STATUS_OK);
    inbox_close(inbox);
    assert_fine(clerk, "clerk", "list");
    assert_string_equal(clerk->said, "Anna\nJörg Ebert\n");
    assert_fine(clerk, "clerk", "remove", "Anna");
    assert_fine(clerk, "clerk", "list");
    assert_string_equal(clerk->said, "Jörg Ebert\n");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_import__stores_everything_once),
        TEST(test_rebuild__counts_the_same_anew),
        TEST(test_import__takes_a_whole_stick),
        TEST(test_import__says_what_is_wrong_with_a_file),
        TEST(test_import__takes_nothing_that_was_changed),
        TEST(test_report__says_what_to_do_first),
        TEST(test_clerk__is_listed_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
