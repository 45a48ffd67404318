#define LOG_MODULE "fonts"

#include "screen/font_list.h"

#include "base/file.h"
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_MAX_BYTES = 16384 };

static bool find_role(const char *word, enum font_role *out)
{
    static const char *const words[] = {"regular", "bold", "fallback"};

    for (int i = 0; i < 3; i++) {
        if (strcmp(words[i], word) != 0) continue;
        *out = (enum font_role)i;
        return true;
    }
    return false;
}

static void read_line(const char *line, int number, struct font_list *list)
{
    struct font_list_entry entry;
    char role[16], rest[2];

    if (line[0] == '#' || line[strspn(line, " \t\r")] == '\0') return;
    if (sscanf(line, "%15s %255s %1s", role, entry.path, rest) != 2 || !find_role(role, &entry.role)) {
        log_warn("not a font's line line=%d", number);
        return;
    }
    if (access(entry.path, R_OK)) {
        log_debug("no such font path=%s", entry.path);
        return;
    }
    if (list->count < FONT_LIST_MAX) list->entries[list->count++] = entry;
    else log_warn("too many fonts line=%d", number);
}

enum status font_list_read(const char *path, struct font_list *out)
{
    uint8_t *bytes;
    size_t length;
    enum status status = file_read(path, LIST_MAX_BYTES, &bytes, &length);
    char text[LIST_MAX_BYTES + 1], *at = text;
    int number = 0;

    if (status != STATUS_OK) return status;
    memcpy(text, bytes, length);
    text[length] = '\0';
    free(bytes);
    memset(out, 0, sizeof *out);
    for (char *line; (line = strsep(&at, "\n"));) read_line(line, ++number, out);
    if (out->count > 0) return STATUS_OK;
    log_error("no font of the list is installed path=%s", path);
    return STATUS_MISSING;
}
