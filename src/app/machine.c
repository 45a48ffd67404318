#include "app/machine.h"

#include "base/text.h"

#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// ---- files of /sys ----

// The first line; false: there is none.
static bool read_line(const char *path, char *out, size_t size)
{
    FILE *file = fopen(path, "re");
    bool is_read = file && fgets(out, (int)size, file);

    if (file) fclose(file);
    if (is_read) out[strcspn(out, "\n")] = '\0';
    return is_read;
}

static int by_name(const struct dirent **one, const struct dirent **other)
{
    return strverscmp((*one)->d_name, (*other)->d_name);
}

static void free_entries(struct dirent **entries, int count)
{
    for (int i = 0; i < count; i++) free(entries[i]);
    free(entries);
}

// ---- screen ----

// A connector is a folder such as card1-HDMI-A-1. The card of a display wins over one without.
static void take_connector(const char *root, const char *name, struct machine_display *display)
{
    char path[MACHINE_PATH_SIZE], status[32] = "", card[64];
    const char *dash = strchr(name, '-');

    snprintf(card, sizeof card, "/dev/dri/%.*s", (int)(dash - name), name);
    snprintf(path, sizeof path, "%s/sys/class/drm/%s/status", root, name);
    bool is_connected = read_line(path, status, sizeof status) && strcmp(status, "connected") == 0;
    bool is_same = strcmp(card, display->card) == 0;
    if (!is_same && display->connector_count > 0 && (display->connected_count > 0 || !is_connected)) return;
    if (!is_same) *display = (struct machine_display){0};
    text_copy(display->card, sizeof display->card, card);
    display->connector_count++;
    if (!is_connected) return;
    if (display->connected_count++ == 0) text_copy(display->connected, sizeof display->connected, dash + 1);
}

static int is_connector(const struct dirent *entry)
{
    return strncmp(entry->d_name, "card", 4) == 0 && strchr(entry->d_name, '-') != NULL;
}

bool machine_display(const char *root, struct machine_display *out)
{
    struct dirent **entries = NULL;
    struct machine_display display = {0};
    char path[MACHINE_PATH_SIZE];

    snprintf(path, sizeof path, "%s/sys/class/drm", root);
    int count = scandir(path, &entries, is_connector, by_name);
    for (int i = 0; i < count; i++) take_connector(root, entries[i]->d_name, &display);
    free_entries(entries, count);
    if (display.connector_count > 0) *out = display;
    return display.connector_count > 0;
}

bool machine_is_bare(void)
{
    const char *driver = getenv("SDL_VIDEODRIVER");

    if (driver && driver[0]) return strcasecmp(driver, "kmsdrm") == 0;
    return !getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY");
}

// ---- touch ----

static int is_event(const struct dirent *entry)
{
    return strncmp(entry->d_name, "event", 5) == 0;
}

// The bits of `properties`, hexadecimal words, the lowest last. INPUT_PROP_DIRECT: it points at what it covers.
static bool is_touch_screen(const char *folder)
{
    enum { DIRECT = 1 };
    char path[MACHINE_PATH_SIZE + 64], words[256];

    snprintf(path, sizeof path, "%s/device/properties", folder);
    if (!read_line(path, words, sizeof words)) return false;
    const char *last = strrchr(words, ' ');
    return (strtoull(last ? last + 1 : words, NULL, 16) >> DIRECT & 1) != 0;
}

bool machine_touch(const char *root, struct machine_touch *out)
{
    struct dirent **entries = NULL;
    char path[MACHINE_PATH_SIZE], name[MACHINE_PATH_SIZE + 64], words[MACHINE_NAME_SIZE] = "";
    bool is_found = false;

    snprintf(path, sizeof path, "%s/sys/class/input", root);
    int count = scandir(path, &entries, is_event, by_name);
    for (int i = 0; i < count && !is_found; i++) {
        snprintf(path, sizeof path, "%s/sys/class/input/%.64s", root, entries[i]->d_name);
        if (!is_touch_screen(path)) continue;
        snprintf(name, sizeof name, "%s/device/name", path);
        if (!read_line(name, words, sizeof words)) words[0] = '\0';
        *out = (struct machine_touch){0};
        snprintf(out->device, sizeof out->device, "/dev/input/%.48s", entries[i]->d_name);
        text_make_showable(out->name, sizeof out->name, words, strlen(words));
        is_found = true;
    }
    free_entries(entries, count);
    return is_found;
}

// ---- libraries ----

const char *machine_missing_of(const struct machine_library *libraries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        void *library = dlopen(libraries[i].name, RTLD_LAZY | RTLD_LOCAL);
        if (!library) return libraries[i].package;
        dlclose(library);
    }
    return NULL;
}

static int is_driver(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 7 && strcmp(entry->d_name + length - 7, "_dri.so") == 0;
}

// Mesa's drivers lie in the folder dri beside its libraries.
static bool has_drivers(void)
{
    void *library = dlopen("libgbm.so.1", RTLD_LAZY | RTLD_LOCAL);
    struct link_map *map = NULL;
    struct dirent **entries = NULL;
    char path[PATH_MAX];
    int count = -1;

    if (library && dlinfo(library, RTLD_DI_LINKMAP, &map) == 0 && strrchr(map->l_name, '/')) {
        int folder_length = (int)(strrchr(map->l_name, '/') - map->l_name);
        snprintf(path, sizeof path, "%.*s/dri", folder_length, map->l_name);
        count = scandir(path, &entries, is_driver, NULL);
        free_entries(entries, count);
    }
    if (library) dlclose(library);
    return count > 0;
}

const char *machine_missing_library(void)
{
    static const struct machine_library libraries[] = {
        {"libGL.so.1", "libgl1"},   {"libEGL.so.1", "libegl1"},           {"libGLESv2.so.2", "libgles2"},
        {"libgbm.so.1", "libgbm1"}, {"libEGL_mesa.so.0", "libegl-mesa0"},
    };
    const char *package = machine_missing_of(libraries, sizeof libraries / sizeof *libraries);

    return package ? package : has_drivers() ? NULL : "libgl1-mesa-dri";
}
