// paired: what this kiosk is called by the files beside its database.
#include "support/check.h"

#include "app/paired.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void pair(const struct settings *settings, const char *name)
{
    struct pairing pairing = {.url = "https://192.168.1.10:8443", .is_pinned = true, .event = 1};
    char path[SETTING_PATH_SIZE];

    memset(pairing.token, 'A', sizeof pairing.token - 1);
    text_copy(pairing.device, sizeof pairing.device, name);
    settings_beside_database(settings, "pairing.json", path);
    assert_int_equal(pairing_save(path, &pairing), STATUS_OK);
}

static void expect_gate(const struct settings *settings, const char *gate)
{
    char told[GATE_SIZE];

    paired_gate(settings, told);
    assert_string_equal(told, gate);
}

static void test_paired__a_gate_without_a_name_is_called_as_the_office_does(void **state)
{
    struct settings settings;
    char folder[] = "/tmp/einlass-paired-XXXXXX", path[SETTING_PATH_SIZE];

    (void)state;
    assert_non_null(mkdtemp(folder));
    settings_init(&settings);
    snprintf(settings.database, sizeof settings.database, "%s/kiosk.db", folder);
    expect_gate(&settings, "Eingang");
    pair(&settings, "Tor Süd");
    expect_gate(&settings, "Tor Süd");
    text_copy(settings.gate, sizeof settings.gate, "Hinten");
    expect_gate(&settings, "Hinten");
    settings_beside_database(&settings, "pairing.json", path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paired__a_gate_without_a_name_is_called_as_the_office_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
