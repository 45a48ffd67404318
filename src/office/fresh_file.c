#define LOG_MODULE "file"

#include "office/fresh_file.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fresh_file {
    FILE *stream;
    bool has_failed; // and it was logged
    char path[PATH_MAX], beside[PATH_MAX];
};

static enum status fail(const struct fresh_file *fresh)
{
    log_error("can't write file=%s: %s", fresh->path, strerror(errno));
    return STATUS_LATER;
}

enum status fresh_file_open(const char *path, struct fresh_file **out)
{
    struct fresh_file *fresh = mem_zero(sizeof *fresh);
    int length = snprintf(fresh->beside, sizeof fresh->beside, "%s.new", path);

    snprintf(fresh->path, sizeof fresh->path, "%s", path);
    if (length < 0 || (size_t)length >= sizeof fresh->beside) errno = ENAMETOOLONG;
    else fresh->stream = fopen(fresh->beside, "wbe");
    if (!fresh->stream) {
        enum status status = fail(fresh);
        free(fresh);
        return status;
    }
    *out = fresh;
    return STATUS_OK;
}

bool fresh_file_write(struct fresh_file *fresh, const void *bytes, size_t length)
{
    if (fresh->has_failed) return false;
    if (fwrite(bytes, 1, length, fresh->stream) == length) return true;
    fresh->has_failed = true;
    return fail(fresh) == STATUS_OK;
}

enum status fresh_file_finish(struct fresh_file *fresh)
{
    if (fresh->has_failed) return STATUS_LATER;
    bool is_written = fflush(fresh->stream) == 0 && fsync(fileno(fresh->stream)) == 0;
    if (fclose(fresh->stream) != 0) is_written = false;
    fresh->stream = NULL;
    if (is_written && rename(fresh->beside, fresh->path) == 0) return STATUS_OK;
    enum status status = fail(fresh);
    (void)unlink(fresh->beside);
    return status;
}

void fresh_file_close(struct fresh_file *fresh)
{
    if (!fresh) return;
    if (fresh->stream) {
        fclose(fresh->stream);
        (void)unlink(fresh->beside);
    }
    free(fresh);
}
