// settings: kiosk.conf and the command line, by the table both share.
#include "support/check.h"

#include "app/options.h"
#include "app/settings_recall.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct written {
    char path[64];
};

static struct written write_file(const char *content)
{
    struct written file = {"/tmp/einlass-conf-XXXXXX"};
    int fd = mkstemp(file.path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), (ssize_t)strlen(content));
    close(fd);
    return file;
}

static void test_settings__fall_back_to_what_the_table_says(void **state)
{
    struct settings settings;

    (void)state;
    settings_init(&settings);
    assert_string_equal(settings.gate, "");
    assert_int_equal(settings.language, LANGUAGE_DE);
    assert_int_equal(settings.camera_width_px, 1280);
    assert_true(settings.is_mirrored);
    assert_false(settings.has_root_key);
    assert_int_equal(settings.log_level, LOG_INFO);
}

static void test_settings__are_read_from_a_file(void **state)
{
    struct written file = write_file(
        "[kiosk]\ngate = Tor Nord \xC3\xBC ; by the bus stop\n  list=2\ndatabase =\n\n[screen]\nfullscreen = yes\n"
        "result_seconds = 2.5\n[log]\nlevel = debug\n");
    struct settings settings;

    (void)state;
    settings_init(&settings);
    assert_int_equal(settings_read_file(file.path, &settings), STATUS_OK);
    assert_string_equal(settings.gate, "Tor Nord ü");
    assert_int_equal(settings.list, 2); // a leading blank means nothing
    assert_string_equal(settings.database, "/var/lib/einlass/kiosk.db");
    assert_true(settings.is_fullscreen);
    assert_true(settings.result_s > 2.4 && settings.result_s < 2.6);
    assert_int_equal(settings.log_level, LOG_DEBUG);
    unlink(file.path);
}

// What the log says about a file, caught from standard error.
static void complaints_about(const char *content, char *out, size_t size)
{
    struct written file = write_file(content);
    struct settings settings;
    int ends[2], before = dup(STDERR_FILENO);

    settings_init(&settings);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    enum status status = settings_read_file(file.path, &settings);
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[1]);
    ssize_t length = read(ends[0], out, size - 1);
    close(ends[0]);
    unlink(file.path);
    assert_int_equal(status, STATUS_INVALID);
    out[length > 0 ? length : 0] = '\0';
}

static void test_settings__name_every_bad_line(void **state)
{
    char long_line[600] = "[kiosk]\n# ok\ngate = ";
    char words[4096];

    (void)state;
    complaints_about(
        "[kiosk]\ngate = Nord\ngaet = Nord\n\n[camera]\nwidth = 99999\nheight = 720px\nmirrored = perhaps\n[sound]\n"
        "volume = 1e1\n[kiosk]\nlanguage = fr\ngate = twice\nroot_key = 12\n",
        words, sizeof words);
    assert_non_null(strstr(words, ":3: [kiosk] gaet: there is no such setting"));
    assert_non_null(strstr(words, ":6: [camera] width: must be a whole number from 160 to 1280"));
    assert_non_null(strstr(words, ":7: [camera] height: must be a whole number"));
    assert_non_null(strstr(words, ":8: [camera] mirrored: must be yes or no"));
    assert_non_null(strstr(words, ":10: [sound] volume: must be a whole number from 0 to 100"));
    assert_non_null(strstr(words, ":12: [kiosk] language: must be one of: de en"));
    assert_non_null(strstr(words, ":13: [kiosk] gate: stands here a second time"));
    assert_non_null(strstr(words, ":14: [kiosk] root_key: must be 64 hexadecimal digits"));
    assert_null(strstr(words, ":2:"));

    memset(long_line + strlen(long_line), 'x', 300);
    complaints_about(long_line, words, sizeof words);
    assert_non_null(strstr(words, ":3: line is longer than"));
    complaints_about("[kiosk]\nthis is no pair\n", words, sizeof words);
    assert_non_null(strstr(words, ":2: is neither [section] nor key = value"));
    complaints_about("[kiosk]\ngate = \xFF\xFE\n", words, sizeof words);
    assert_non_null(strstr(words, ":2: [kiosk] gate: must be UTF-8"));
}

static void test_settings__the_camera_s_are_words_or_numbers(void **state)
{
    struct written file =
        write_file("[camera]\nexposure = 5000\ngain = 0\nfocus = auto\nwhite_balance = 4500\nanti_flicker = off\n");
    struct settings settings;
    struct camera_config camera;
    char words[4096];

    (void)state;
    settings_init(&settings);
    settings_camera(&settings, &camera);
    struct care_wish ours = {0}; // what nothing was said about
    assert_memory_equal(&camera.care, &ours, sizeof ours);
    assert_int_equal(settings_read_file(file.path, &settings), STATUS_OK);
    settings_camera(&settings, &camera);
    assert_int_equal(camera.care.exposure.way, CARE_VALUE);
    assert_int_equal(camera.care.exposure.value, 5000);
    assert_int_equal(camera.care.gain.way, CARE_VALUE);
    assert_int_equal(camera.care.gain.value, 0);
    assert_int_equal(camera.care.focus.way, CARE_CAMERA);
    assert_int_equal(camera.care.white_balance.value, 4500);
    assert_int_equal(camera.care.mains, CARE_MAINS_OFF);
    unlink(file.path);
    complaints_about("[camera]\nexposure = long\ngain = -1\nfocus = fixed\nanti_flicker = 55\nwhite_balance = 5\n",
                     words, sizeof words);
    assert_non_null(strstr(words, ":2: [camera] exposure: must be one of: short auto, or a whole number from 100 to "));
    assert_non_null(strstr(words, ":3: [camera] gain: must be one of: auto, or"));
    assert_null(strstr(words, ":4:"));
    assert_non_null(strstr(words, ":5: [camera] anti_flicker: must be one of: 50 60 off"));
    assert_non_null(strstr(words, ":6: [camera] white_balance: must be"));
}

static void test_settings__command_line_wins_over_the_file(void **state)
{
    struct written file = write_file("[kiosk]\ngate = Nord\nlist = 4\n[screen]\nfullscreen = no\n");
    char *arguments[] = {"einlass-kiosk", "--gate",       "Süd",        "--config",
                         file.path,       "--fullscreen", "--volume=5", "--check"};
    struct settings settings;
    struct errand errand;

    (void)state;
    assert_int_equal(options_read(8, arguments, &settings, &errand), STATUS_OK);
    assert_string_equal(settings.gate, "Süd");
    assert_int_equal(settings.list, 4);
    assert_true(settings.is_fullscreen);
    assert_int_equal(settings.volume, 5);
    assert_int_equal(errand.kind, ERRAND_CHECK);
    assert_string_equal(errand.config, file.path);
    unlink(file.path);
}

static void test_settings__refuse_what_they_do_not_know(void **state)
{
    char *unknown[] = {"einlass-kiosk", "--gaet", "Nord"};
    char *no_value[] = {"einlass-kiosk", "--gate"};
    char *empty[] = {"einlass-kiosk", "--database", ""};
    char *control[] = {"einlass-kiosk", "--gate", "a\x1B[31m"};
    char *device[] = {"einlass-kiosk", "--config", "/dev/zero"};
    char *bad_value[] = {"einlass-kiosk", "--volume", "loud"};
    char *no_file[] = {"einlass-kiosk", "--config", "/nowhere/kiosk.conf"};
    struct settings settings;
    struct errand errand;

    (void)state;
    assert_int_equal(options_read(3, unknown, &settings, &errand), STATUS_INVALID);
    assert_int_equal(options_read(2, no_value, &settings, &errand), STATUS_INVALID);
    assert_int_equal(options_read(3, empty, &settings, &errand), STATUS_INVALID);
    assert_int_equal(options_read(3, control, &settings, &errand), STATUS_INVALID);
    assert_int_equal(options_read(3, device, &settings, &errand), STATUS_INVALID);
    assert_int_equal(options_read(3, bad_value, &settings, &errand), STATUS_INVALID);
    assert_int_equal(options_read(3, no_file, &settings, &errand), STATUS_INVALID);
}

static void test_settings__a_time_of_day_is_minutes(void **state)
{
    struct written file = write_file("[kiosk]\nexit_from = 22:30\nexit_until = 00:05\ndirection = entry\n");
    struct settings settings;
    char words[4096];

    (void)state;
    settings_init(&settings);
    assert_int_equal(settings.exit_from, SETTING_NO_TIME);
    assert_int_equal(settings.exit_until, 5 * 60);
    assert_int_equal(settings_read_file(file.path, &settings), STATUS_OK);
    assert_int_equal(settings.exit_from, 22 * 60 + 30);
    assert_int_equal(settings.exit_until, 5);
    assert_int_equal(settings.direction, DIRECTION_ENTRY);
    unlink(file.path);
    complaints_about("[kiosk]\nexit_from = 24:00\nexit_until = 9:30\ndirection = out\n[screen]\nattract_seconds = 1\n",
                     words, sizeof words);
    assert_non_null(strstr(words, ":2: [kiosk] exit_from: must be a time of day from 00:00 to 23:59"));
    assert_non_null(strstr(words, ":3: [kiosk] exit_until: must be a time of day"));
    assert_non_null(strstr(words, ":4: [kiosk] direction: must be one of: auto entry exit"));
    assert_non_null(strstr(words, ":6: [screen] attract_seconds: must be a number from 2 to 3600"));
}

// A memory of a few keys, as staff pages write them.
static enum status remember(void *owner, const char *key, char *out)
{
    static const char *const kept[][2] = {{"list", "3"},        {"direction", "exit"},    {"language", "en"},
                                          {"volume", "0"},      {"brightness", "bright"}, {"large_text", "1"},
                                          {"high_contrast", ""}};

    ++*(int *)owner;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strcmp(kept[i][0], key) == 0) {
            strcpy(out, kept[i][1]);
            return STATUS_OK;
        }
    return STATUS_MISSING;
}

static void test_settings__what_staff_chose_wins_over_the_file_but_not_over_the_command_line(void **state)
{
    struct written file = write_file(
        "[kiosk]\nlist = 4\nlanguage = de\n[sound]\nvolume = 30\n[screen]\nbrightness = 60\nhigh_contrast = yes\n");
    char *arguments[] = {"einlass-kiosk", "--config", file.path, "--language", "de"};
    struct settings settings;
    struct errand errand;
    int asked = 0;

    (void)state;
    assert_int_equal(options_read(5, arguments, &settings, &errand), STATUS_OK);
    settings_recall(remember, &asked, true, &settings);
    assert_true(asked > 0);
    assert_int_equal(settings.list, 3);
    assert_int_equal(settings.direction, DIRECTION_EXIT);
    assert_int_equal(settings.language, LANGUAGE_DE); // said on the command line
    assert_int_equal(settings.volume, 0);
    assert_int_equal(settings.brightness, 60); // what was remembered means nothing
    assert_true(settings.is_large_text);
    assert_true(settings.is_high_contrast); // what was chosen was forgotten: the file says it

    assert_int_equal(options_read(5, arguments, &settings, &errand), STATUS_OK);
    settings_recall(remember, &asked, false, &settings); // another event: its lists are others
    assert_int_equal(settings.list, 4);
    assert_int_equal(settings.direction, DIRECTION_AUTO);
    assert_int_equal(settings.volume, 0);
    unlink(file.path);
}

// The shipped file documents every key with its default, and nothing else.
static void test_settings__shipped_file_documents_every_key(void **state)
{
    static char text[65536];
    char wanted[512], section[64] = "";
    FILE *file = fopen(SHIPPED_CONFIG, "r");
    size_t documented = 0;

    (void)state;
    assert_non_null(file);
    while (fgets(text, sizeof text, file)) {
        char key[64];
        if (sscanf(text, "[%63[a-z]]", section) == 1) continue;
        if (sscanf(text, "# %63[a-z_] =", key) != 1 || !strstr(text, " =")) continue;
        const struct setting *setting = setting_find(section, key);
        if (!setting) fail_msg("[%s] %s stands in the file, not in the table", section, key);
        snprintf(wanted, sizeof wanted, "# %s = %s", key, setting->fallback);
        text[strcspn(text, "\n")] = '\0';
        if (strcmp(section, "screen") == 0 && (strcmp(key, "fonts") == 0 || strcmp(key, "texts") == 0))
            snprintf(wanted, sizeof wanted, "# %s =", key); // the build's folders
        if (wanted[strlen(wanted) - 1] == ' ') wanted[strlen(wanted) - 1] = '\0';
        assert_string_equal(text, wanted);
        documented++;
    }
    fclose(file);
    for (size_t i = 0; setting_at(i); i++)
        if (!setting_at(i + 1)) assert_int_equal(documented, i + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings__fall_back_to_what_the_table_says),
        cmocka_unit_test(test_settings__are_read_from_a_file),
        cmocka_unit_test(test_settings__name_every_bad_line),
        cmocka_unit_test(test_settings__the_camera_s_are_words_or_numbers),
        cmocka_unit_test(test_settings__command_line_wins_over_the_file),
        cmocka_unit_test(test_settings__refuse_what_they_do_not_know),
        cmocka_unit_test(test_settings__a_time_of_day_is_minutes),
        cmocka_unit_test(test_settings__what_staff_chose_wins_over_the_file_but_not_over_the_command_line),
        cmocka_unit_test(test_settings__shipped_file_documents_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
