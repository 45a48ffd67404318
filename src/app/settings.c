#include "app/settings.h"

#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int languages[] = {LANGUAGE_DE, LANGUAGE_EN};
static const int levels[] = {LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG};

#define FIELD(name) .offset = offsetof(struct settings, name), .size = sizeof((struct settings *)NULL)->name

static const struct setting table[] = {
    {"kiosk", "event", "--event", SETTING_TEXT, FIELD(event), .fallback = "",
     .meaning = "event file (NAME.event.json, its .sig beside it); empty: the one loaded last"},
    {"kiosk", "root_key", "--root-key", SETTING_KEY, FIELD(root_key), .fallback = "",
     .meaning = "public key of the office that signs event files: 64 hexadecimal digits"},
    {"kiosk", "database", "--database", SETTING_TEXT, FIELD(database), .fallback = "/var/lib/einlass/kiosk.db",
     .meaning = "the kiosk's records; made if it is not there"},
    {"kiosk", "list", "--list", SETTING_WHOLE, FIELD(list), 0, 65535, .fallback = "0",
     .meaning = "number of the check-in list to serve; 0: the event's first"},
    {"kiosk", "gate", "--gate", SETTING_TEXT, FIELD(gate), .fallback = "Eingang",
     .meaning = "where this kiosk stands; people read it"},
    {"kiosk", "language", "--language", SETTING_CHOICE, FIELD(language), .choices = "de en", .values = languages,
     .fallback = "de", .meaning = "language of the screen until someone taps another: de or en"},

    {"camera", "device", "--camera", SETTING_TEXT, FIELD(camera_device), .fallback = "",
     .meaning = "V4L2 camera, e.g. /dev/video0; empty: the first that works"},
    {"camera", "pictures", "--pictures", SETTING_TEXT, FIELD(camera_pictures), .fallback = "",
     .meaning = "folder of PNG and JPEG files to use instead of a camera"},
    {"camera", "width", NULL, SETTING_WHOLE, FIELD(camera_width_px), 160, 1280, .fallback = "1280",
     .meaning = "largest picture width in pixels"},
    {"camera", "height", NULL, SETTING_WHOLE, FIELD(camera_height_px), 120, 1024, .fallback = "720",
     .meaning = "largest picture height in pixels"},
    {"camera", "frames_per_second", "--frames-per-second", SETTING_REAL, FIELD(frames_per_s), 0.1, 120,
     .fallback = "15", .meaning = "pictures: frames per second"},
    {"camera", "frames_per_picture", "--frames-per-picture", SETTING_WHOLE, FIELD(frames_per_picture), 1, 10000,
     .fallback = "15", .meaning = "pictures: how many frames each one is held"},
    {"camera", "pictures_once", "--pictures-once", SETTING_SWITCH, FIELD(is_pictures_once), .fallback = "no",
     .meaning = "pictures: stay on the last one instead of starting again"},
    {"camera", "mirrored", NULL, SETTING_SWITCH, FIELD(is_mirrored), .fallback = "yes",
     .meaning = "show the camera picture mirrored, as people expect of a mirror"},

    {"scan", "budget_ms", NULL, SETTING_WHOLE, FIELD(scan_budget_ms), 10, 90, .fallback = "80",
     .meaning = "how long reading one frame may take; then it is cut off"},
    {"scan", "quiet_ms", NULL, SETTING_WHOLE, FIELD(scan_quiet_ms), 500, 60000, .fallback = "1500",
     .meaning = "a code is new again when it was out of view this long"},

    {"screen", "fullscreen", "--fullscreen", SETTING_SWITCH, FIELD(is_fullscreen), .fallback = "no",
     .meaning = "kiosk mode: whole screen; Esc and closing the window do nothing"},
    {"screen", "width", "--width", SETTING_WHOLE, FIELD(width_px), 320, 7680, .fallback = "1280",
     .meaning = "window width in pixels"},
    {"screen", "height", "--height", SETTING_WHOLE, FIELD(height_px), 320, 4320, .fallback = "720",
     .meaning = "window height in pixels"},
    {"screen", "pixels_per_inch", "--pixels-per-inch", SETTING_WHOLE, FIELD(pixels_per_inch), 0, 1000, .fallback = "0",
     .meaning = "for buttons a thumb can hit; 0: as the display says"},
    {"screen", "result_seconds", "--result-seconds", SETTING_REAL, FIELD(result_s), 0.5, 60, .fallback = "4",
     .meaning = "how long a welcome stays; refusals stay longer"},
    {"screen", "screenshots", "--screenshots", SETTING_TEXT, FIELD(screenshots), .fallback = "",
     .meaning = "folder that gets a PNG of each kind of screen when it is first shown"},
    {"screen", "fonts", NULL, SETTING_TEXT, FIELD(fonts), .fallback = EINLASS_ASSET_DIR "/fonts.conf",
     .meaning = "list of font files, best first"},
    {"screen", "texts", NULL, SETTING_TEXT, FIELD(texts), .fallback = EINLASS_LOCALE_DIR,
     .meaning = "folder of the translations"},

    {"sound", "volume", "--volume", SETTING_WHOLE, FIELD(volume), 0, 100, .fallback = "70",
     .meaning = "0 to 100; 0 is silent"},

    {"log", "level", "--log-level", SETTING_CHOICE, FIELD(log_level), .choices = "error warn info debug",
     .values = levels, .fallback = "info", .meaning = "error, warn, info or debug"},
};

const struct setting *setting_at(size_t index)
{
    return index < sizeof table / sizeof *table ? &table[index] : NULL;
}

const struct setting *setting_find(const char *section, const char *key)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].section, section) == 0 && strcmp(table[i].key, key) == 0) return &table[i];
    return NULL;
}

const struct setting *setting_of_option(const char *option)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].option && strcmp(table[i].option, option) == 0) return &table[i];
    return NULL;
}

static enum status set_number(const struct setting *setting, const char *text, void *field,
                              char complaint[SETTING_COMPLAINT_SIZE])
{
    char *end;

    errno = 0;
    double number = strtod(text, &end);
    bool is_whole = setting->kind == SETTING_WHOLE;
    bool is_plain = strspn(text, "0123456789.") == strlen(text); // no "inf", "1e9" or "0x10"
    if (errno || *text == '\0' || *end != '\0' || !is_plain || number < setting->least || number > setting->most ||
        (is_whole && number != floor(number))) {
        snprintf(complaint, SETTING_COMPLAINT_SIZE, "must be a %snumber from %g to %g", is_whole ? "whole " : "",
                 setting->least, setting->most);
        return STATUS_INVALID;
    }
    if (is_whole) *(int *)field = (int)number;
    else *(double *)field = number;
    return STATUS_OK;
}

static enum status set_switch(const char *text, bool *field, char complaint[SETTING_COMPLAINT_SIZE])
{
    static const char *const words[][2] = {{"no", "yes"}, {"false", "true"}, {"off", "on"}, {"0", "1"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int value = 0; value < 2; value++)
            if (strcmp(text, words[i][value]) == 0) {
                *field = value;
                return STATUS_OK;
            }
    snprintf(complaint, SETTING_COMPLAINT_SIZE, "must be yes or no");
    return STATUS_INVALID;
}

static enum status set_choice(const struct setting *setting, const char *text, void *field,
                              char complaint[SETTING_COMPLAINT_SIZE])
{
    size_t length = strlen(text);
    int position = 0;

    for (const char *word = setting->choices; *word; position++) {
        size_t word_length = strcspn(word, " ");
        if (word_length == length && strncmp(word, text, length) == 0) {
            memcpy(field, &setting->values[position], sizeof(int)); // enums are ints here
            return STATUS_OK;
        }
        word += word_length + strspn(word + word_length, " ");
    }
    snprintf(complaint, SETTING_COMPLAINT_SIZE, "must be one of: %s", setting->choices);
    return STATUS_INVALID;
}

static bool text_is_plain(const char *text)
{
    if (!text_is_utf8(text, strlen(text))) return false;
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F) return false;
    return true;
}

static enum status set_text(const struct setting *setting, const char *text, char *field,
                            char complaint[SETTING_COMPLAINT_SIZE])
{
    if (strlen(text) >= setting->size || !text_is_plain(text)) {
        snprintf(complaint, SETTING_COMPLAINT_SIZE, "must be UTF-8 text without control characters, at most %zu bytes",
                 setting->size - 1);
        return STATUS_INVALID;
    }
    if (*text == '\0' && *setting->fallback != '\0') {
        snprintf(complaint, SETTING_COMPLAINT_SIZE, "must not be empty");
        return STATUS_INVALID;
    }
    text_copy(field, setting->size, text);
    return STATUS_OK;
}

enum status setting_set(const struct setting *setting, const char *text, struct settings *settings,
                        char complaint[SETTING_COMPLAINT_SIZE])
{
    void *field = (char *)settings + setting->offset;

    switch (setting->kind) {
    case SETTING_TEXT:
        return set_text(setting, text, field, complaint);
    case SETTING_WHOLE:
    case SETTING_REAL:
        return set_number(setting, text, field, complaint);
    case SETTING_SWITCH:
        return set_switch(text, field, complaint);
    case SETTING_CHOICE:
        return set_choice(setting, text, field, complaint);
    case SETTING_KEY:
        if (text_unhex(text, field, setting->size) == STATUS_OK) {
            settings->has_root_key = true;
            return STATUS_OK;
        }
        break;
    }
    snprintf(complaint, SETTING_COMPLAINT_SIZE, "must be %zu hexadecimal digits", 2 * setting->size);
    return STATUS_INVALID;
}

void settings_init(struct settings *settings)
{
    char complaint[SETTING_COMPLAINT_SIZE];

    memset(settings, 0, sizeof *settings);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].kind == SETTING_KEY) continue; // there is no key that anyone could be trusted to share
        if (setting_set(&table[i], table[i].fallback, settings, complaint) != STATUS_OK)
            abort(); // a mistake in the table
    }
}
