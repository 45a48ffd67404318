// What the machine's updater tells, what it is told, and the kiosk's own Wi-Fi: files that other programs write.
#include "support/check.h"

#include "app/update_file.h"
#include "app/wifi_file.h"
#include "support/folder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct place {
    struct folder folder;
    char told[128], wished[128];
};

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fputs(text, file) < 0, 0);
    assert_int_equal(fclose(file), 0);
}

static void read_text(const char *path, char out[256])
{
    FILE *file = fopen(path, "r");
    size_t length;

    assert_non_null(file);
    length = fread(out, 1, 255, file);
    out[length] = '\0';
    fclose(file);
}

static int set_up(void **state)
{
    static struct place place;

    folder_make(&place.folder);
    folder_file(&place.folder, "state", place.told);
    folder_file(&place.folder, "wish", place.wished);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;

    folder_remove(&place->folder);
    return 0;
}

static struct update read_told(const struct place *place, const char *text)
{
    struct update update;

    write_text(place->told, text);
    update_file_read(place->told, &update);
    return update;
}

static void test_update_file__says_what_the_updater_told(void **state)
{
    struct place *place = *state;
    struct update update;

    update_file_read(place->told, &update);
    assert_int_equal(update.phase, UPDATE_ABSENT);
    update_file_read("", &update);
    assert_int_equal(update.phase, UPDATE_ABSENT);
    update = read_told(place, "phase=fetching\nwish=/x\ninstalled=1.0-1\noffered=1:1.1~rc1\npercent=42\n");
    assert_int_equal(update.phase, UPDATE_FETCHING);
    assert_string_equal(update.installed, "1.0-1");
    assert_string_equal(update.offered, "1:1.1~rc1");
    assert_int_equal(update.percent, 42);
    assert_true(update.told_ms > 0);
    update = read_told(place, "phase=failed\nwhy=bad-signature\n");
    assert_int_equal(update.phase, UPDATE_FAILED);
    assert_int_equal(update.why, UPDATE_WHY_BAD_SIGNATURE);
    assert_string_equal(update.offered, "");
    update = read_told(place, "phase=back\nwhy=not-ready\n");
    assert_int_equal(update.why, UPDATE_WHY_OTHER);
}

static void test_update_file__takes_no_nonsense(void **state)
{
    struct place *place = *state;

    assert_int_equal(read_told(place, "").phase, UPDATE_ABSENT);
    assert_int_equal(read_told(place, "phase=").phase, UPDATE_ABSENT);
    assert_int_equal(read_told(place, "phase=dancing\n").phase, UPDATE_ABSENT);
    assert_int_equal(read_told(place, "xphase=found\nphase").phase, UPDATE_ABSENT);
    assert_int_equal(read_told(place, "phase=trial\npercent=-7").percent, 0);
    assert_int_equal(read_told(place, "phase=trial\npercent=99999999999999999999").percent, 100);
    assert_string_equal(read_told(place, "phase=found\noffered=1.1\x1b[2J\n").offered, "1.1[2J");
}

static void test_update_file__leaves_a_wish_where_it_is_taken(void **state)
{
    struct place *place = *state;
    char lines[256], wish[256];

    assert_int_equal(update_file_wish(place->told, UPDATE_WISH_LOOK, ""), STATUS_MISSING);
    snprintf(lines, sizeof lines, "phase=found\nwish=%s\n", place->wished);
    write_text(place->told, lines);
    assert_int_equal(update_file_wish(place->told, UPDATE_WISH_LOOK, ""), STATUS_OK);
    read_text(place->wished, wish);
    assert_string_equal(wish, "look\n");
    assert_int_equal(update_file_wish(place->told, UPDATE_WISH_INSTALL, "1.1-1"), STATUS_OK);
    read_text(place->wished, wish);
    assert_string_equal(wish, "install 1.1-1\n");
    write_text(place->told, "phase=found\nwish=/no/such/folder/wish\n");
    assert_int_not_equal(update_file_wish(place->told, UPDATE_WISH_LOOK, ""), STATUS_OK);
}

static void expect_wifi(const struct place *place, const char *lines, const char *name, const char *code)
{
    char name_read[64], code_read[256];

    write_text(place->told, lines);
    wifi_file_read(place->told, name_read, sizeof name_read, code_read, sizeof code_read);
    assert_string_equal(name_read, name);
    assert_string_equal(code_read, code);
}

static void test_wifi_file__is_a_code_while_that_wifi_is_on(void **state)
{
    struct place *place = *state;
    char long_lines[256];

    expect_wifi(place, "ssid=Einlass 4f2a\npassphrase=hier-lang-42\n", "Einlass 4f2a",
                "WIFI:T:WPA;S:Einlass 4f2a;P:hier-lang-42;;");
    expect_wifi(place, "ssid=a;b\\c\npassphrase=x:y,\"z\"\n", "a;b\\c",
                "WIFI:T:WPA;S:a\\;b\\\\c;P:x\\:y\\,\\\"z\\\";;");
    expect_wifi(place, "ssid=E\npassphrase=p\naddress=127.0.0.1\n", "E", "WIFI:T:WPA;S:E;P:p;;"); // it has that one
    expect_wifi(place, "ssid=E\npassphrase=p\naddress=203.0.113.77\n", "", "");
    expect_wifi(place, "ssid=E\n", "", "");
    expect_wifi(place, "", "", "");
    snprintf(long_lines, sizeof long_lines, "ssid=%079d\npassphrase=%079d\n", 0, 0);
    write_text(place->told, long_lines);
    char name[64], code[32];
    wifi_file_read(place->told, name, sizeof name, code, sizeof code);
    assert_string_equal(code, ""); // half a code is none
    assert_string_equal(name, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_update_file__says_what_the_updater_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_update_file__takes_no_nonsense, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_update_file__leaves_a_wish_where_it_is_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wifi_file__is_a_code_while_that_wifi_is_on, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
