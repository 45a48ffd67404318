#define LOG_MODULE "check"

#include "app/check_parts.h"

#include "app/settings_recall.h"
#include "base/clock.h"
#include "base/text.h"
#include "http/address.h"
#include "record/device_key.h"
#include "record/look.h"
#include "screen/backlight.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ---- lists ----

static enum status recall(void *owner, const char *key, char *out)
{
    const char *database = owner;

    return look_setting_sqlite(database, key, out);
}

static bool is_same_choice(const struct settings *one, const struct settings *other)
{
    return one->list == other->list && one->direction == other->direction && one->language == other->language &&
           one->volume == other->volume && one->brightness == other->brightness &&
           one->is_large_text == other->is_large_text && one->is_high_contrast == other->is_high_contrast;
}

// As at a start, which remembers whose event's list and direction were chosen.
static void recall_choices(struct report *report, const struct event *event, struct settings *settings)
{
    struct settings before = *settings;
    char number[16], chosen_for[STORE_VALUE_SIZE] = "";

    snprintf(number, sizeof number, "%u", event->number);
    bool is_same = recall(before.database, "event", chosen_for) == STATUS_OK && strcmp(chosen_for, number) == 0;
    settings_recall(recall, before.database, is_same, settings);
    if (settings->list != before.list && !event_list(event, (uint16_t)settings->list)) settings->list = before.list;
    if (!is_same_choice(settings, &before))
        report_fact(report, "chosen",
                    "on the kiosk's screen, over the configuration: list %d, direction %s, language %s, "
                    "volume %d, brightness %d, large text %s, high contrast %s",
                    settings->list, direction_word(settings->direction),
                    settings->language == LANGUAGE_EN ? "en" : "de", settings->volume, settings->brightness,
                    settings->is_large_text ? "yes" : "no", settings->is_high_contrast ? "yes" : "no");
}

static void check_lists(struct report *report, const struct event *event, int id)
{
    uint16_t served = id > 0 ? (uint16_t)id : event->list_count > 0 ? event->lists[0].id : 0;

    if (!event_list(event, served)) report_missing(report, "list", "the event has no list %d", id);
    for (size_t i = 0; i < event->list_count; i++) {
        const struct list *list = &event->lists[i];
        report_fact(report, list->id == served ? "list" : "", "%u \"%s\", %s%s", list->id, list->name,
                    list_mode_word(list->mode), list->id == served ? "" : " (not served)");
    }
}

static void check_direction(struct report *report, const struct settings *settings, const struct event *event)
{
    struct clock *clock = clock_system();
    bool has_exits = false;

    for (size_t i = 0; i < event->list_count; i++) has_exits |= event->lists[i].mode == LIST_MODE_IN_OUT;
    if (!has_exits) return;
    if (settings->exit_from == SETTING_NO_TIME)
        report_fact(report, "direction", "%s", direction_word(settings->direction));
    else
        report_fact(report, "direction", "%s, from %02d:%02d to %02d:%02d exit%s", direction_word(settings->direction),
                    settings->exit_from / 60, settings->exit_from % 60, settings->exit_until / 60,
                    settings->exit_until % 60,
                    clock_state_is_trusted(clock->ops->state(clock)) ? "" : "; not while the clock isn't trusted");
}

// ---- walk-ins ----

static const struct ticket_key *find_key(const struct event *event, const struct device_key *own)
{
    for (size_t i = 0; i < event->keyset.count; i++) {
        const struct ticket_key *key = &event->keyset.keys[i];
        bool is_for_them = key->is_walk_in_only && key->walk_in_class == event->walk_ins.class_id;
        if (is_for_them && memcmp(key->public_key, own->public_key, DEVICE_KEY_BYTES) == 0) return key;
    }
    return NULL;
}

static void check_walk_ins(struct report *report, const struct settings *settings, const struct event *event)
{
    struct device_key own;
    char hex[2 * DEVICE_KEY_BYTES + 1];

    if (!event->walk_ins.is_welcome) {
        report_fact(report, "walk-ins", "none: the event registers nobody at the door");
        return;
    }
    if (device_key_read(settings->database, &own) != STATUS_OK) {
        report_fact(report, "walk-ins", "registered; whether they get tickets is known after the first start");
        return;
    }
    const struct ticket_key *key = find_key(event, &own);
    text_hex(own.public_key, DEVICE_KEY_BYTES, hex);
    if (key)
        report_fact(report, "walk-ins", "registered, with a ticket signed by this kiosk (ticket key %u)", key->kid);
    else
        report_missing(report, "walk-ins",
                       "registered and counted, but this kiosk may sign no tickets for them: einlass kiosk add %s "
                       "--event %u --name NAME, then a new event file",
                       hex, event->number);
}

void check_door(struct report *report, const struct settings *settings, const struct event *event, bool has_database)
{
    struct settings chosen = *settings;

    if (has_database) recall_choices(report, event, &chosen);
    if (settings->exit_from != SETTING_NO_TIME) chosen.direction = settings->direction; // then the clock decides
    check_lists(report, event, chosen.list);
    check_direction(report, &chosen, event);
    check_walk_ins(report, settings, event);
}

// ---- phones ----

static bool is_in_figures(const char *address)
{
    uint8_t bytes[sizeof(struct in6_addr)];

    return inet_pton(AF_INET, address, bytes) == 1 || inet_pton(AF_INET6, address, bytes) == 1;
}

void check_board(struct report *report, const struct settings *settings)
{
    char origin[ADDRESS_URL_SIZE];

    if (!settings->has_board) {
        report_fact(report, "phones", "no headcount page: [board] enabled is no");
        return;
    }
    if (settings->board_address[0] && !is_in_figures(settings->board_address)) {
        report_missing(report, "phones",
                       "no headcount page: [board] address '%s' is none in figures; write one, or nothing for all of "
                       "this machine's",
                       settings->board_address);
        return;
    }
    address_guess(settings->board_address[0] ? settings->board_address : NULL, (uint16_t)settings->board_port, false,
                  origin);
    if (settings->board_port == 0) report_fact(report, "phones", "a headcount page at any free port");
    else report_fact(report, "phones", "a headcount page at %s; its code is under \"Alles bereit?\"", origin);
}

// ---- the display, and switching off ----

static void check_attract(struct report *report, const char *folder)
{
    if (access(folder, R_OK | X_OK) == 0) report_fact(report, "sponsors", "pictures of the folder %s", folder);
    else report_missing(report, "sponsors", "folder %s: %s", folder, strerror(errno));
}

static void check_backlight(struct report *report, const char *folder)
{
    struct backlight *backlight = NULL;

    if (backlight_sysfs_open(folder, &backlight) == STATUS_OK)
        report_fact(report, "brightness", "%d %%, can be changed", backlight->ops->percent(backlight));
    else report_fact(report, "brightness", "as the display is set; no display can be dimmed in %s", folder);
    backlight_close(backlight);
}

// As execvp(3) would find it.
static bool is_command(const char *name)
{
    char path[SETTING_PATH_SIZE + 64];
    const char *folders = getenv("PATH");

    if (strchr(name, '/')) return access(name, X_OK) == 0;
    for (const char *at = folders ? folders : "/bin:/usr/bin"; *at; at += strspn(at, ":")) {
        int length = (int)strcspn(at, ":");
        snprintf(path, sizeof path, "%.*s/%s", length, at, name);
        if (access(path, X_OK) == 0) return true;
        at += length;
    }
    return false;
}

static void check_shut_down(struct report *report, const char *command)
{
    char name[SETTING_PATH_SIZE];

    text_copy(name, sizeof name, command + strspn(command, " "));
    name[strcspn(name, " ")] = '\0';
    if (name[0] == '\0')
        report_fact(report, "shut down", "only ends the program: set shut_down, e.g. systemctl poweroff");
    else if (is_command(name)) report_fact(report, "shut down", "%s", command);
    else report_missing(report, "shut down", "there is no program %s", name);
}

void check_display(struct report *report, const struct settings *settings)
{
    if (settings->is_fullscreen) report_fact(report, "screen", "fullscreen");
    else report_fact(report, "screen", "a window of %d x %d pixels", settings->width_px, settings->height_px);
    check_backlight(report, settings->backlight);
    if (settings->attract[0]) check_attract(report, settings->attract);
    check_shut_down(report, settings->shut_down);
}
