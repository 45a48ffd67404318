#define LOG_MODULE "file"

#include "base/file.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status fail(const char *what, const char *path)
{
    int error = errno;

    log_error("can't %s file=%s: %s", what, path, strerror(error));
    return error == ENOENT ? STATUS_MISSING : STATUS_LATER;
}

static enum status read_all(int fd, uint8_t *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t got = read(fd, bytes + done, length - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return STATUS_LATER; // 0: it was cut while we read it
        done += (size_t)got;
    }
    return STATUS_OK;
}

enum status file_read(const char *path, size_t most_bytes, uint8_t **bytes_out, size_t *length_out)
{
    struct stat facts;
    enum status status = STATUS_OK;
    uint8_t *bytes = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0) return fail("open", path);
    if (fstat(fd, &facts) < 0) status = fail("look at", path);
    else if (!S_ISREG(facts.st_mode)) {
        log_error("not a plain file file=%s", path);
        status = STATUS_INVALID;
    } else if ((uint64_t)facts.st_size > most_bytes) {
        log_error("file is too large file=%s bytes=%lld most=%zu", path, (long long)facts.st_size, most_bytes);
        status = STATUS_INVALID;
    } else {
        bytes = mem_zero((size_t)facts.st_size + 1);
        status = read_all(fd, bytes, (size_t)facts.st_size);
        if (status != STATUS_OK) (void)fail("read", path);
    }
    close(fd);
    if (status != STATUS_OK) {
        free(bytes);
        return status;
    }
    *bytes_out = bytes;
    *length_out = (size_t)facts.st_size;
    return STATUS_OK;
}

static enum status write_all(int fd, const uint8_t *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return STATUS_LATER;
        bytes += written;
        length -= (size_t)written;
    }
    return STATUS_OK;
}

static enum status sync_folder_of(const char *path)
{
    char copy[PATH_MAX];
    int fd;

    snprintf(copy, sizeof copy, "%s", path);
    fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return STATUS_LATER;
    int failed = fsync(fd);
    close(fd);
    return failed ? STATUS_LATER : STATUS_OK;
}

enum status file_write(const char *path, const void *bytes, size_t length, unsigned mode)
{
    char beside[PATH_MAX];
    int written = snprintf(beside, sizeof beside, "%s.new", path);
    int fd;

    if (written < 0 || (size_t)written >= sizeof beside) return STATUS_INVALID;
    (void)unlink(beside); // left by a crash, perhaps with another mode
    fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    if (fd < 0) return fail("create", beside);
    bool is_written = write_all(fd, bytes, length) == STATUS_OK && fsync(fd) == 0;
    if (close(fd) != 0 || !is_written || rename(beside, path) != 0 || sync_folder_of(path) != STATUS_OK) {
        enum status status = fail("write", path);
        (void)unlink(beside);
        return status;
    }
    return STATUS_OK;
}
