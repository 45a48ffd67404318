#define LOG_MODULE "update"

#include "app/update_file.h"

#include "app/lines.h"
#include "base/file.h"
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 256, MOST_PERCENT = 100, WISH_MODE = 0644 };

static const char *const phases[] = {
    [UPDATE_ABSENT] = "",
    [UPDATE_IDLE] = "idle",
    [UPDATE_LOOKING] = "looking",
    [UPDATE_CURRENT] = "current",
    [UPDATE_FOUND] = "found",
    [UPDATE_FETCHING] = "fetching",
    [UPDATE_INSTALLING] = "installing",
    [UPDATE_TRIAL] = "trial",
    [UPDATE_GOING_BACK] = "going-back",
    [UPDATE_DONE] = "done",
    [UPDATE_BACK] = "back",
    [UPDATE_FAILED] = "failed",
};
static const char *const whys[] = {
    [UPDATE_WHY_OTHER] = "",
    [UPDATE_WHY_NO_SOURCE] = "no-source",
    [UPDATE_WHY_NO_NETWORK] = "no-network",
    [UPDATE_WHY_NO_KEY] = "no-key",
    [UPDATE_WHY_BAD_SIGNATURE] = "bad-signature",
    [UPDATE_WHY_DAMAGED] = "damaged",
    [UPDATE_WHY_DEPENDS] = "depends",
    [UPDATE_WHY_NO_SPACE] = "no-space",
    [UPDATE_WHY_NO_PREVIOUS] = "no-previous",
    [UPDATE_WHY_ASKED] = "asked",
};

#define COUNT(words) (sizeof(words) / sizeof *(words))

static size_t find(const char *const *words, size_t count, const char *word) // 0: no such
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(words[i], word) == 0) return i;
    return 0;
}

static int64_t told_ms(const char *path)
{
    struct stat facts;

    if (stat(path, &facts) != 0) return 0;
    return (int64_t)facts.st_mtim.tv_sec * 1000 + facts.st_mtim.tv_nsec / 1000000;
}

void update_file_read(const char *path, struct update *out)
{
    char word[UPDATE_VERSION_SIZE], *lines = lines_read(path);

    *out = (struct update){.phase = UPDATE_ABSENT};
    if (!lines) return;
    lines_value(lines, "phase", word, sizeof word);
    out->phase = (enum update_phase)find(phases, COUNT(phases), word);
    lines_value(lines, "why", word, sizeof word);
    out->why = (enum update_why)find(whys, COUNT(whys), word);
    lines_value(lines, "percent", word, sizeof word);
    long percent = strtol(word, NULL, 10);
    out->percent = percent < 0 ? 0 : percent > MOST_PERCENT ? MOST_PERCENT : (int)percent;
    lines_value(lines, "installed", out->installed, sizeof out->installed);
    lines_value(lines, "offered", out->offered, sizeof out->offered);
    out->told_ms = told_ms(path);
    free(lines);
}

enum status update_file_wish(const char *path, enum update_wish wish, const char *version)
{
    char words[UPDATE_VERSION_SIZE + 16], place[PATH_SIZE] = "", *lines = lines_read(path);

    if (lines) lines_value(lines, "wish", place, sizeof place);
    free(lines);
    if (!place[0]) {
        log_warn("nobody takes wishes for a new version file=%s", path);
        return STATUS_MISSING;
    }
    if (wish == UPDATE_WISH_INSTALL) snprintf(words, sizeof words, "install %s\n", version);
    else snprintf(words, sizeof words, "look\n");
    log_info("staff want a new version wish=%s", wish == UPDATE_WISH_INSTALL ? "install" : "look");
    return file_write(place, words, strlen(words), WISH_MODE);
}
