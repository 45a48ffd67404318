#include "app/check_parts.h"

#include "scanner/keyboard.h"
#include "scanner/layout.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { MEMORY_DEVICES = 1 }; // major number of /dev/null and its like (Linux: admin-guide/devices.txt)

static const char *const uses[] = {
    [KEYBOARD_USE_NONE] = "left alone, as [scanner] keyboard says",
    [KEYBOARD_USE_WATCH] = "people's, and a hand scanner if it types like one",
    [KEYBOARD_USE_SCANNER] = "hand scanner, nothing it types reaches the screen",
};

// Whether it can be opened; there is nothing to take from it yet. People's keyboards work without us.
static void check_keyboard(struct report *report, struct keyboard_source *source, const char *wanted,
                           const struct keyboard_facts *facts)
{
    enum keyboard_use use = keyboard_use(wanted, facts);
    struct keyboard *keyboard = NULL;
    bool is_readable = use == KEYBOARD_USE_NONE || source->ops->open(source, facts->path, &keyboard) == STATUS_OK;

    if (use == KEYBOARD_USE_SCANNER && !is_readable)
        report_missing(report, "scanner", "%s (%s) can't be read: the kiosk's user must be in the group input",
                       facts->name, facts->path);
    else
        report_fact(report, use == KEYBOARD_USE_SCANNER ? "scanner" : "keyboard", "%s (%s): %s%s", facts->name,
                    facts->path, uses[use], is_readable ? "" : "; but it can't be read (group input)");
    keyboard_close(is_readable ? keyboard : NULL);
}

static void check_keyboards(struct report *report, const struct settings *settings)
{
    const char *wanted = settings->scanner_keyboard;
    struct keyboard_source *source = NULL;
    struct keyboard_news news;
    bool has_scanner = false, has_udev = keyboard_source_udev_open(&source) == STATUS_OK;

    while (has_udev && source->ops->next(source, &news)) {
        if (!news.facts.has_letters && keyboard_use(wanted, &news.facts) != KEYBOARD_USE_SCANNER) continue;
        check_keyboard(report, source, wanted, &news.facts);
        has_scanner = has_scanner || keyboard_use(wanted, &news.facts) == KEYBOARD_USE_SCANNER;
    }
    keyboard_source_close(has_udev ? source : NULL);
    bool is_named = strcmp(wanted, "auto") != 0 && strcmp(wanted, "none") != 0;
    if (is_named && !has_scanner)
        report_missing(report, "scanner", "none is called %s; plug it in (the kiosk goes on looking)", wanted);
    else if (!has_scanner && !settings->scanner_serial[0])
        report_fact(report, "scanner", "none plugged in; that is fine, the camera reads tickets too");
}

// Looked at, not opened: the running kiosk's scanner must not notice.
static void check_serial(struct report *report, const struct settings *settings)
{
    const char *path = settings->scanner_serial;
    struct stat facts;

    if (stat(path, &facts) == 0 && (!S_ISCHR(facts.st_mode) || major(facts.st_rdev) == MEMORY_DEVICES))
        report_missing(report, "scanner", "%s is no serial port: set [scanner] serial to one", path);
    else if (access(path, R_OK | W_OK) == 0)
        report_fact(report, "scanner", "%s, %d baud", path, settings->scanner_baud);
    else if (errno == EACCES)
        report_missing(report, "scanner", "%s can't be opened: the kiosk's user must be in the group dialout", path);
    else report_missing(report, "scanner", "%s: %s; plug it in (the kiosk goes on looking)", path, strerror(errno));
}

void check_scanners(struct report *report, const struct settings *settings)
{
    struct layout *layout = NULL;

    check_keyboards(report, settings);
    if (settings->scanner_serial[0]) check_serial(report, settings);
    if (strcmp(settings->scanner_keyboard, "none") == 0) return;
    if (layout_xkb_open(settings->scanner_layout, &layout) != STATUS_OK)
        report_missing(report, "scanner", "there is no keyboard layout %s (or package xkb-data is missing)",
                       settings->scanner_layout);
    layout_close(layout);
}
