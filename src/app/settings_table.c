// settings_table.c -- every setting there is, and how it is found.
#include "app/settings.h"

#include <assert.h>
#include <string.h>

static const int languages[] = {LANGUAGE_DE, LANGUAGE_EN};
static const int camera_words[] = {CAMERA_WORD_OURS, CAMERA_WORD_AUTO};
static const int mains[] = {CARE_MAINS_50, CARE_MAINS_60, CARE_MAINS_OFF};
static const int degrees[] = {0, 90, 180, 270};
static const int bauds[] = {1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200};
static const int directions[] = {DIRECTION_AUTO, DIRECTION_ENTRY, DIRECTION_EXIT};
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
    {"kiosk", "direction", "--direction", SETTING_CHOICE, FIELD(direction), .choices = "auto entry exit",
     .values = directions, .fallback = "auto",
     .meaning = "what a scan on an in_out list counts for: auto, entry or exit"},
    {"kiosk", "exit_from", "--exit-from", SETTING_TIME, FIELD(exit_from), .fallback = "",
     .meaning = "HH:MM: from then on an in_out list counts exits; empty: never"},
    {"kiosk", "exit_until", "--exit-until", SETTING_TIME, FIELD(exit_until), .fallback = "05:00",
     .meaning = "HH:MM: until then it does, also past midnight"},
    {"kiosk", "gate", "--gate", SETTING_TEXT, FIELD(gate), .fallback = "",
     .meaning = "where this kiosk stands; people read it; empty: what the office calls it, else Eingang"},
    {"kiosk", "language", "--language", SETTING_CHOICE, FIELD(language), .choices = "de en", .values = languages,
     .fallback = "de", .meaning = "language of the screen until someone taps another: de or en"},
    {"kiosk", "shut_down", "--shut-down", SETTING_TEXT, FIELD(shut_down), .fallback = "",
     .meaning = "command that switches the machine off when staff ask for it; empty: the program ends"},
    {"kiosk", "update", NULL, SETTING_TEXT, FIELD(update), .fallback = "/run/einlass-update/state",
     .meaning = "what the machine's updater tells, and where it takes wishes; empty: no new versions by the screen"},

    {"office", "address", "--office-address", SETTING_TEXT, FIELD(office_address), .fallback = "",
     .meaning = "where the office or hub is reached, https://…; empty: where it was paired, or found"},
    {"office", "find", NULL, SETTING_SWITCH, FIELD(is_finding), .fallback = "yes",
     .meaning = "look for it in the local network (mDNS) while it doesn't answer there"},
    {"office", "hub", "--hub", SETTING_SWITCH, FIELD(is_hub), .fallback = "no",
     .meaning = "this kiosk is the office for others around it, and hands all on to the real one"},
    {"office", "hub_port", "--hub-port", SETTING_WHOLE, FIELD(hub_port), 1, 65535, .fallback = "8443",
     .meaning = "where the others reach this hub"},
    {"office", "stick", "--stick", SETTING_TEXT, FIELD(stick), .fallback = "/media",
     .meaning = "folder where USB sticks are mounted, for the records of kiosks without a network"},

    {"board", "enabled", NULL, SETTING_SWITCH, FIELD(has_board), .fallback = "yes",
     .meaning = "serve the headcount page to phones in the same network"},
    {"board", "address", "--board-address", SETTING_TEXT, FIELD(board_address), .fallback = "",
     .meaning = "address in figures to serve it at; empty: every one of this machine"},
    {"board", "port", "--board-port", SETTING_WHOLE, FIELD(board_port), 0, 65535, .fallback = "8080",
     .meaning = "port to serve it at; 0: any that is free"},
    {"board", "wifi", NULL, SETTING_TEXT, FIELD(board_wifi), .fallback = "/etc/einlass/hotspot",
     .meaning = "name and passphrase of the kiosk's own Wi-Fi, for the QR code on the staff page; empty: none"},

    {"camera", "device", "--camera", SETTING_TEXT, FIELD(camera_device), .fallback = "",
     .meaning = "e.g. /dev/video0, libcamera (a Pi's module), or gstreamer:PIPELINE; empty: the first that works"},
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
    {"camera", "rotate", NULL, SETTING_CHOICE, FIELD(rotate), .choices = "0 90 180 270", .values = degrees,
     .fallback = "0", .meaning = "degrees to turn the picture clockwise, for a camera that hangs turned"},
    {"camera", "flipped", NULL, SETTING_SWITCH, FIELD(is_flipped), .fallback = "no",
     .meaning = "the camera delivers left and right exchanged, as through a mirror"},
    {"camera", "exposure", NULL, SETTING_CHOICE_OR_WHOLE, FIELD(exposure), 100, 200000, "short auto", camera_words,
     .fallback = "short", .meaning = "short, auto (as the camera likes), or microseconds"},
    {"camera", "gain", NULL, SETTING_CHOICE_OR_WHOLE, FIELD(gain), 0, 65535, "auto", camera_words, .fallback = "auto",
     .meaning = "auto (as the light needs), or a value of the camera's own"},
    {"camera", "focus", NULL, SETTING_CHOICE_OR_WHOLE, FIELD(focus), 0, 65535, "fixed auto", camera_words,
     .fallback = "fixed", .meaning = "fixed (about 30 cm), auto (may hunt), or a value of the camera's own"},
    {"camera", "white_balance", NULL, SETTING_CHOICE_OR_WHOLE, FIELD(white_balance), 1000, 20000, "fixed auto",
     camera_words, .fallback = "fixed", .meaning = "fixed, auto, or kelvin; only brightness is used"},
    {"camera", "anti_flicker", NULL, SETTING_CHOICE, FIELD(anti_flicker), .choices = "50 60 off", .values = mains,
     .fallback = "50", .meaning = "frequency of the mains in Hz that lamps flicker with, or off"},

    {"scan", "budget_ms", NULL, SETTING_WHOLE, FIELD(scan_budget_ms), 10, 90, .fallback = "80",
     .meaning = "how long reading one frame may take; then it is cut off"},
    {"scan", "quiet_ms", NULL, SETTING_WHOLE, FIELD(scan_quiet_ms), 500, 60000, .fallback = "1500",
     .meaning = "a code is new again when it was out of view this long"},

    {"scanner", "keyboard", "--scanner-keyboard", SETTING_TEXT, FIELD(scanner_keyboard), .fallback = "auto",
     .meaning = "hand scanners that type: auto, none, a device's path, or a part of its name"},
    {"scanner", "serial", "--scanner-serial", SETTING_TEXT, FIELD(scanner_serial), .fallback = "",
     .meaning = "serial hand scanner, e.g. /dev/serial/by-id/usb-…; empty: none"},
    {"scanner", "baud", NULL, SETTING_CHOICE, FIELD(scanner_baud),
     .choices = "1200 2400 4800 9600 19200 38400 57600 115200", .values = bauds, .fallback = "9600",
     .meaning = "speed of the serial scanner; USB ones don't care"},
    {"scanner", "layout", "--scanner-layout", SETTING_TEXT, FIELD(scanner_layout), .fallback = "us",
     .meaning = "keyboard layout the scanners are set to (us, de, fr, …); tickets are read with any"},

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
    {"screen", "large_text", "--large-text", SETTING_SWITCH, FIELD(is_large_text), .fallback = "no",
     .meaning = "larger type, less of it"},
    {"screen", "high_contrast", "--high-contrast", SETTING_SWITCH, FIELD(is_high_contrast), .fallback = "no",
     .meaning = "black, white and few colours"},
    {"screen", "brightness", "--brightness", SETTING_WHOLE, FIELD(brightness), 0, 100, .fallback = "0",
     .meaning = "of the display in percent; 0: as it is"},
    {"screen", "backlight", NULL, SETTING_TEXT, FIELD(backlight), .fallback = "/sys/class/backlight",
     .meaning = "folder of the displays that can be dimmed"},
    {"screen", "dim", NULL, SETTING_SWITCH, FIELD(is_dimming), .fallback = "yes",
     .meaning = "dim the screen while nobody is here and no event is near"},
    {"screen", "dim_minutes", NULL, SETTING_REAL, FIELD(dim_minutes), 0.1, 1440, .fallback = "10",
     .meaning = "how long nobody was here then"},
    {"screen", "dim_percent", NULL, SETTING_WHOLE, FIELD(dim_percent), 1, 100, .fallback = "10",
     .meaning = "how much light is left then"},
    {"screen", "attract", "--attract", SETTING_TEXT, FIELD(attract), .fallback = "",
     .meaning = "folder of sponsors' pictures to show between guests; empty: none"},
    {"screen", "attract_seconds", NULL, SETTING_REAL, FIELD(attract_s), 2, 3600, .fallback = "8",
     .meaning = "how long each of them is shown"},
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

static_assert(sizeof table / sizeof *table <= 64, "settings.commanded has a bit for each");

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
