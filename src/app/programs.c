#include "app/programs.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

void program_find(const char *name, char out[PROGRAM_PATH_SIZE])
{
    ssize_t length = readlink("/proc/self/exe", out, PROGRAM_PATH_SIZE - 1);

    if (length > 0) {
        out[length] = '\0';
        char *slash = strrchr(out, '/');
        if (slash && slash + 1 + strlen(name) < out + PROGRAM_PATH_SIZE) {
            memcpy(slash + 1, name, strlen(name) + 1);
            if (access(out, X_OK) == 0) return;
        }
    }
    snprintf(out, PROGRAM_PATH_SIZE, "%s/%s", EINLASS_LIBEXEC_DIR, name);
}
