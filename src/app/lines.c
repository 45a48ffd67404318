#include "app/lines.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>
#include <unistd.h>

char *lines_read(const char *path)
{
    uint8_t *bytes = NULL;
    size_t length = 0;

    if (!path[0] || access(path, R_OK) != 0) return NULL;
    if (file_read(path, LINES_MOST_BYTES, &bytes, &length) != STATUS_OK) return NULL;
    return (char *)bytes;
}

void lines_value(const char *lines, const char *key, char *out, size_t out_size)
{
    size_t key_length = strlen(key);

    out[0] = '\0';
    for (const char *line = lines; *line; line += strcspn(line, "\n"), line += *line == '\n')
        if (strncmp(line, key, key_length) == 0 && line[key_length] == '=') {
            const char *value = line + key_length + 1;
            text_make_showable(out, out_size, value, strcspn(value, "\n"));
            return;
        }
}
