#define LOG_MODULE "config"

#include "app/settings.h"

#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

static enum status set_time(const char *text, int *field, char complaint[SETTING_COMPLAINT_SIZE])
{
    static const char digits[] = "0123456789";
    bool is_time = strlen(text) == 5 && strspn(text, digits) == 2 && text[2] == ':' && strspn(text + 3, digits) == 2;
    int hour = is_time ? (text[0] - '0') * 10 + text[1] - '0' : 24;
    int minute = is_time ? (text[3] - '0') * 10 + text[4] - '0' : 60;

    if (*text != '\0' && (hour > 23 || minute > 59)) {
        snprintf(complaint, SETTING_COMPLAINT_SIZE, "must be a time of day from 00:00 to 23:59");
        return STATUS_INVALID;
    }
    *field = *text == '\0' ? SETTING_NO_TIME : hour * 60 + minute;
    return STATUS_OK;
}

static enum status set_choice_or_number(const struct setting *setting, const char *text, void *field,
                                        char complaint[SETTING_COMPLAINT_SIZE])
{
    struct setting as_number = *setting;

    if (set_choice(setting, text, field, complaint) == STATUS_OK) return STATUS_OK;
    as_number.kind = SETTING_WHOLE;
    if (set_number(&as_number, text, field, complaint) == STATUS_OK) return STATUS_OK;
    snprintf(complaint, SETTING_COMPLAINT_SIZE, "must be one of: %s, or a whole number from %g to %g", setting->choices,
             setting->least, setting->most);
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
    case SETTING_CHOICE_OR_WHOLE:
        return set_choice_or_number(setting, text, field, complaint);
    case SETTING_TIME:
        return set_time(text, field, complaint);
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
    for (size_t i = 0; setting_at(i); i++) {
        if (setting_at(i)->kind == SETTING_KEY) continue; // there is no key that anyone could be trusted to share
        if (setting_set(setting_at(i), setting_at(i)->fallback, settings, complaint) != STATUS_OK)
            abort(); // a mistake in the table
    }
}

void settings_beside_database(const struct settings *settings, const char *name, char out[SETTING_PATH_SIZE])
{
    const char *slash = strrchr(settings->database, '/');
    size_t folder = slash ? (size_t)(slash - settings->database) + 1 : 0;

    text_copy(out, SETTING_PATH_SIZE, settings->database);
    text_copy(out + folder, SETTING_PATH_SIZE - folder, name);
}

bool settings_command_event(const struct settings *settings)
{
    const struct setting *setting = setting_find("kiosk", "event");
    return settings->event[0] && (settings->commanded >> (setting - setting_at(0)) & 1);
}

const char *settings_screenshots(const struct settings *settings)
{
    const char *folder = settings->screenshots;

    if (!folder[0]) return NULL;
    if (mkdir(folder, 0755) != 0 && errno != EEXIST)
        log_warn("can't make the folder for screenshots folder=%s: %s", folder, strerror(errno));
    return folder;
}

static struct care_want care_want(int setting)
{
    if (setting == CAMERA_WORD_OURS) return (struct care_want){.way = CARE_OURS};
    if (setting == CAMERA_WORD_AUTO) return (struct care_want){.way = CARE_CAMERA};
    return (struct care_want){.way = CARE_VALUE, .value = setting};
}

void settings_camera(const struct settings *settings, struct camera_config *out)
{
    *out = (struct camera_config){
        .most_width_px = settings->camera_width_px,
        .most_height_px = settings->camera_height_px,
        .care =
            {
                .exposure = care_want(settings->exposure),
                .gain = care_want(settings->gain),
                .focus = care_want(settings->focus),
                .white_balance = care_want(settings->white_balance),
                .mains = settings->anti_flicker,
            },
        .turn = {.degrees = settings->rotate, .is_flipped = settings->is_flipped},
        .frames_per_s = settings->frames_per_s,
        .frames_per_picture = settings->frames_per_picture,
        .is_once = settings->is_pictures_once,
        .clock = clock_system(),
    };
    text_copy(out->device, sizeof out->device, settings->camera_device);
    text_copy(out->folder, sizeof out->folder, settings->camera_pictures);
}
