#define LOG_MODULE "config"

#include "app/settings_recall.h"

#include "record/store.h"

#include <string.h>

static const struct {
    const char *key;            // as staff pages call it
    const char *section, *name; // of the setting
    bool is_event_s;
} remembered[] = {
    {"list", "kiosk", "list", true},
    {"direction", "kiosk", "direction", true},
    {"language", "kiosk", "language", false},
    {"volume", "sound", "volume", false},
    {"brightness", "screen", "brightness", false},
    {"large_text", "screen", "large_text", false},
    {"high_contrast", "screen", "high_contrast", false},
};

void settings_recall(settings_recaller *recall, void *owner, bool is_same_event, struct settings *settings)
{
    for (size_t i = 0; i < sizeof remembered / sizeof *remembered; i++) {
        const struct setting *setting = setting_find(remembered[i].section, remembered[i].name);
        char value[STORE_VALUE_SIZE], complaint[SETTING_COMPLAINT_SIZE];

        if (settings->commanded >> (setting - setting_at(0)) & 1) continue;
        if (remembered[i].is_event_s && !is_same_event) continue;
        if (recall(owner, remembered[i].key, value) != STATUS_OK || value[0] == '\0') continue;
        if (setting_set(setting, value, settings, complaint) != STATUS_OK)
            log_warn("what was remembered is passed over %s=%s: %s", remembered[i].key, value, complaint);
        else log_info("as staff chose %s=%s", remembered[i].key, value);
    }
}
