#include "frame/module.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

// Of a Pi 4 and before, and of a Pi 5.
static const char *const receivers[] = {"unicam", "rp1-cfe"};
static const char *const processors[] = {"bcm2835-codec", "bcm2835-isp", "rpivid", "rpi-hevc-dec", "pispbe"};

static bool begins_with_one(const char *name, const char *const *beginnings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0) return true;
    return false;
}

static bool is_receiver(const char *name)
{
    return begins_with_one(name, receivers, sizeof receivers / sizeof *receivers);
}

bool module_is_part(const char *name)
{
    return is_receiver(name) || begins_with_one(name, processors, sizeof processors / sizeof *processors);
}

static bool is_receiver_of(const char *devices, const char *entry)
{
    char path[PATH_MAX], name[64] = "";
    int length = snprintf(path, sizeof path, "%s/%s/name", devices, entry);
    FILE *file = length > 0 && (size_t)length < sizeof path ? fopen(path, "re") : NULL;

    if (!file) return false;
    bool is_read = fgets(name, sizeof name, file) != NULL;
    fclose(file);
    return is_read && is_receiver(name);
}

bool module_is_connected(const char *devices)
{
    DIR *folder = opendir(devices);
    bool is_found = false;

    if (!folder) return false;
    for (const struct dirent *entry; !is_found && (entry = readdir(folder));)
        is_found = is_receiver_of(devices, entry->d_name);
    closedir(folder);
    return is_found;
}
