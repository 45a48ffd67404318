#define LOG_MODULE "check"

#include "app/check_parts.h"

#include "app/machine.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

// Whose group owns what the kiosk works with (Debian's udev rules).
static const char *const groups[] = {"video", "render", "input", "audio", "dialout"};

static bool has_group(const gid_t *mine, int count, const char *name)
{
    const struct group *group = getgrnam(name);

    if (!group) return false;
    for (int i = 0; i < count; i++)
        if (mine[i] == group->gr_gid) return true;
    return getegid() == group->gr_gid;
}

// Root may open everything, so what it finds says nothing about the kiosk's own user.
static void check_user(struct report *report)
{
    gid_t mine[64];
    int count = getgroups(sizeof mine / sizeof *mine, mine);
    const struct passwd *user = getpwuid(geteuid());
    const char *name = user ? user->pw_name : "nobody known";
    char missing[128] = "";

    if (geteuid() == 0) {
        report_fact(report, "user",
                    "root; what the kiosk's own user may do: runuser -u einlass -- einlass-kiosk --check");
        return;
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (!has_group(mine, count, groups[i]))
            snprintf(missing + strlen(missing), sizeof missing - strlen(missing), " %s", groups[i]);
    if (missing[0] == '\0') report_fact(report, "user", "%s, in the groups of screen, camera, touch and sound", name);
    else
        report_missing(report, "user", "%s is not in the group%s%s: usermod -aG GROUP %s, then a new login", name,
                       strchr(missing + 1, ' ') ? "s" : "", missing, name);
}

static void check_card(struct report *report, const char *root)
{
    struct machine_display display;
    char path[MACHINE_PATH_SIZE];

    if (!machine_display(root, &display)) {
        report_missing(report, "screen",
                       "no graphics card: none of /sys/class/drm has a connector (is its driver loaded?)");
        return;
    }
    snprintf(path, sizeof path, "%s%s", root, display.card);
    if (access(path, R_OK | W_OK) != 0)
        report_missing(report, "screen", "%s: %s%s", display.card, strerror(errno),
                       errno == EACCES ? ": the kiosk's user must be in the group video" : "");
    else if (display.connected_count == 0)
        report_missing(report, "screen", "%s, but no display is plugged in (%d connectors)", display.card,
                       display.connector_count);
    else report_fact(report, "screen", "%s, on %s", display.card, display.connected);
}

// SDL loads them by name while it runs, so that no package tool finds them; without libgl1 the screen stays black and
// nobody says why.
static void check_libraries(struct report *report)
{
    const char *package = machine_missing_library();

    if (package)
        report_missing(report, "graphics", "%s is missing, the screen would stay black: apt install %s", package,
                       package);
    else report_fact(report, "graphics", "EGL, OpenGL ES and Mesa's drivers are there");
}

static void check_touch(struct report *report, const char *root)
{
    struct machine_touch touch;
    char path[MACHINE_PATH_SIZE];

    if (!machine_touch(root, &touch)) {
        report_fact(report, "touch", "no touch screen; a keyboard or mouse does, too");
        return;
    }
    snprintf(path, sizeof path, "%s%s", root, touch.device);
    if (access(path, R_OK) == 0) report_fact(report, "touch", "%s (%s)", touch.name, touch.device);
    else
        report_missing(report, "touch", "%s (%s): %s%s", touch.name, touch.device, strerror(errno),
                       errno == EACCES ? ": the kiosk's user must be in the group input" : "");
}

static void check_loudspeaker(struct report *report, const char *root)
{
    char path[MACHINE_PATH_SIZE];

    snprintf(path, sizeof path, "%s/dev/snd/controlC0", root);
    if (access(path, R_OK | W_OK) == 0) report_fact(report, "sound", "a loudspeaker's card is there");
    else if (errno == EACCES)
        report_missing(report, "sound", "/dev/snd can't be opened: the kiosk's user must be in the group audio");
    else report_fact(report, "sound", "no loudspeaker: what happens is seen only");
}

// On a desktop's window, or where a test has a screen of its own, all of this is somebody else's business.
void check_machine(struct report *report, const char *root)
{
    if (!machine_is_bare()) return;
    check_user(report);
    check_card(report, root);
    check_libraries(report);
    check_touch(report, root);
    check_loudspeaker(report, root);
}
