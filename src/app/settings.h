// settings.h -- everything a kiosk can be told, as one table: kiosk.conf, the command line and --help all read it.
// To add a setting: a field in struct settings, a line in settings_table.c (setting.h), a paragraph in kiosk/kiosk.conf
// (a test compares the two). Value; filled before any thread starts.
#ifndef EINLASS_APP_SETTINGS_H
#define EINLASS_APP_SETTINGS_H

#include "app/setting.h"
#include "base/log.h"
#include "base/status.h"
#include "frame/camera.h"
#include "record/event.h"
#include "record/event_file.h"
#include "verdict/guest.h"

#include <stdbool.h>

enum { SETTING_PATH_SIZE = 512 };

struct settings {
    char event[SETTING_PATH_SIZE];
    uint8_t root_key[ROOT_KEY_BYTES];
    bool has_root_key;
    bool is_unread; // kiosk.conf can't be used: all this is fallbacks and the command line
    char database[SETTING_PATH_SIZE];
    int list; // 0 = the event's first
    enum direction direction;
    int exit_from, exit_until; // minute of the day, or SETTING_NO_TIME
    char gate[GATE_SIZE];
    char shut_down[SETTING_PATH_SIZE]; // command; "" = the program only ends
    char update[SETTING_PATH_SIZE];    // what the machine's updater tells; "" = there is none
    enum language language;

    bool has_board;
    char board_address[64];             // "" = all
    int board_port;                     // 0 = any
    char board_wifi[SETTING_PATH_SIZE]; // the file of the kiosk's own Wi-Fi; "" = none

    char camera_device[256];
    char camera_pictures[256];
    int camera_width_px, camera_height_px;
    double frames_per_s;
    int frames_per_picture;
    bool is_pictures_once;
    bool is_mirrored;                         // as shown
    bool is_flipped;                          // as the camera delivers it
    int rotate;                               // degrees clockwise
    int exposure, gain, focus, white_balance; // a value, or an enum camera_word
    enum care_mains anti_flicker;

    int scan_budget_ms, scan_quiet_ms;

    char scanner_keyboard[256]; // auto, none, a path, or a part of a name
    char scanner_serial[256];
    int scanner_baud;
    char scanner_layout[64];

    bool is_fullscreen;
    int width_px, height_px;
    int pixels_per_inch; // 0 = ask the display
    double result_s;
    bool is_large_text, is_high_contrast, is_dimming;
    int brightness; // percent; 0 = as it is
    char backlight[SETTING_PATH_SIZE];
    double dim_minutes;
    int dim_percent;
    char attract[SETTING_PATH_SIZE];
    double attract_s;
    char screenshots[SETTING_PATH_SIZE];

    char office_address[SETTING_PATH_SIZE]; // "" = as it was paired, or found
    bool is_finding;                        // looks for an office in the network that doesn't answer where it was
    bool is_hub;
    int hub_port;
    char stick[SETTING_PATH_SIZE]; // where USB sticks are mounted

    int volume;
    char fonts[SETTING_PATH_SIZE];
    char texts[SETTING_PATH_SIZE];
    enum log_level log_level;

    uint64_t commanded; // bit i: the command line says setting_at(i), which nothing else may change then
};

enum { SETTING_NO_TIME = -1 };

enum camera_word { CAMERA_WORD_OURS = -2, CAMERA_WORD_AUTO = -1 }; // "short" or "fixed"; "auto"

void settings_init(struct settings *settings); // every setting's fallback

// Reads kiosk.conf (INI by inih). Every bad line is logged with file and line; INVALID if there was one, MISSING
// if there is no such file. Settings it names are set, the others stay.
enum status settings_read_file(const char *path, struct settings *settings) MUST_CHECK;

// A file of that name beside the database.
void settings_beside_database(const struct settings *settings, const char *name, char out[SETTING_PATH_SIZE]);
// The command line, which wins over whatever anybody chose elsewhere, names an event file.
bool settings_command_event(const struct settings *settings);

// The folder for screenshots, made if it isn't there; NULL: none are wanted.
const char *settings_screenshots(const struct settings *settings);

// The camera as the settings want it, whichever the adapter.
void settings_camera(const struct settings *settings, struct camera_config *out);

#endif
