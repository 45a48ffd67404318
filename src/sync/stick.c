#define LOG_MODULE "stick"

#include "sync/stick.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "sync/log_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH = 2, NAME_SIZE = 64 };

struct stick {
    char folder[PATH_MAX];
    char found[PATH_MAX]; // the stick; "" = none
    enum sync_stick outcome;
    int fd; // of the file being written; -1: none
    char part[PATH_MAX + NAME_SIZE], whole[PATH_MAX + NAME_SIZE];
    uint8_t log[LOG_ID_BYTES];
    uint64_t next, last, walk_in; // seq; what was registered
    struct outbox_batch *batch;
    char *text; // [BATCH_SIZE]
};

struct stick *stick_open(const char *folder)
{
    struct stick *stick = mem_zero(sizeof *stick);

    text_copy(stick->folder, sizeof stick->folder, folder);
    stick->fd = -1;
    stick->batch = mem_zero(sizeof *stick->batch);
    stick->text = mem_zero(BATCH_SIZE);
    return stick;
}

// ---- finding it ----

// Below `path`, a folder of another file system: there something is mounted.
static bool find_below(const char *path, dev_t device, int depth, char out[PATH_MAX])
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    char below[PATH_MAX];
    struct stat facts;
    bool is_found = false;

    while (folder && !is_found && (entry = readdir(folder))) {
        if (entry->d_name[0] == '.') continue;
        int length = snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (length < 0 || length >= (int)sizeof below || stat(below, &facts) != 0 || !S_ISDIR(facts.st_mode)) continue;
        is_found = facts.st_dev != device;
        if (is_found) text_copy(out, PATH_MAX, below);
        else if (depth > 1) is_found = find_below(below, device, depth - 1, out);
    }
    if (folder) closedir(folder);
    return is_found;
}

static bool find(const struct stick *stick, char out[PATH_MAX])
{
    struct stat facts, above;
    char parent[PATH_MAX + 4];

    if (stat(stick->folder, &facts) != 0) return false;
    snprintf(parent, sizeof parent, "%s/..", stick->folder);
    if (stat(parent, &above) == 0 && above.st_dev != facts.st_dev) {
        text_copy(out, PATH_MAX, stick->folder);
        return true;
    }
    return find_below(stick->folder, facts.st_dev, DEPTH, out);
}

enum sync_stick stick_look(struct stick *stick)
{
    char found[PATH_MAX] = "";

    if (stick->fd >= 0) return STICK_WRITING;
    if (!find(stick, found)) found[0] = '\0';
    bool is_pulled_early = !found[0] && stick->outcome == STICK_FAILED; // said until one is plugged in again
    if (strcmp(found, stick->found) != 0 && !is_pulled_early) stick->outcome = STICK_NONE;
    text_copy(stick->found, sizeof stick->found, found);
    if (!found[0]) return stick->outcome;
    return stick->outcome == STICK_NONE ? STICK_THERE : stick->outcome;
}

// ---- writing ----

static void let_go(struct stick *stick)
{
    if (stick->fd < 0) return;
    close(stick->fd);
    stick->fd = -1;
    if (stick->outcome != STICK_DONE) (void)unlink(stick->part);
}

static bool fail(struct stick *stick, int number)
{
    stick->outcome = number == ENOSPC || number == EDQUOT || number == EFBIG  ? STICK_FULL
                     : number == EROFS || number == EACCES || number == EPERM ? STICK_READ_ONLY
                                                                              : STICK_FAILED;
    log_error("the stick could not be written folder=%s reason=\"%s\"", stick->found, strerror(number));
    let_go(stick);
    return false;
}

bool stick_begin(struct stick *stick)
{
    stick->outcome = STICK_NONE;
    let_go(stick);
    if (stick_look(stick) == STICK_NONE) return false;
    stick->next = 1;
    stick->last = stick->walk_in = 0;
    memset(stick->log, 0, sizeof stick->log);
    snprintf(stick->part, sizeof stick->part, "%s/einlass%s.part", stick->found, LOG_FILE_SUFFIX);
    stick->fd = open(stick->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    return stick->fd >= 0 ? true : fail(stick, errno);
}

static bool write_all(struct stick *stick, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(stick->fd, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return fail(stick, errno);
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static bool write_walk_in(struct stick *stick, const struct outbox_walk_in *walk_in)
{
    char *line;
    bool is_written;

    stick->walk_in = walk_in->seq;
    if (walk_in->is_erased) return true;
    line = log_file_write_walk_in(walk_in);
    is_written = write_all(stick, line, strlen(line));
    sodium_memzero(line, strlen(line)); // a person
    free(line);
    return is_written;
}

static bool sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_synced = fd >= 0 && syncfs(fd) == 0;

    if (fd >= 0) close(fd);
    return is_synced;
}

static bool finish(struct stick *stick)
{
    char log[2 * LOG_ID_BYTES + 1];

    text_hex(stick->log, LOG_ID_BYTES, log);
    snprintf(stick->whole, sizeof stick->whole, "%s/%.16s%s", stick->found, log, LOG_FILE_SUFFIX);
    if (fsync(stick->fd) != 0 || rename(stick->part, stick->whole) != 0 || !sync_folder(stick->found))
        return fail(stick, errno);
    stick->outcome = STICK_DONE;
    let_go(stick);
    log_info("the log is on the stick records=%llu", (unsigned long long)stick->last);
    return false;
}

static bool look_at_head(struct stick *stick, struct outbox *outbox)
{
    struct outbox_head head;

    if (outbox_head(outbox, &head) != STATUS_OK || head.last_seq == 0) return fail(stick, EIO);
    memcpy(stick->log, head.log, LOG_ID_BYTES);
    stick->last = head.last_seq;
    return true;
}

bool stick_step(struct stick *stick, struct outbox *outbox, const struct batch_maker *maker)
{
    struct outbox_walk_in walk_in;
    enum status status;
    size_t length;

    if (stick->fd < 0) return false;
    if (stick->last == 0) return look_at_head(stick, outbox);
    if (stick->next <= stick->last) {
        status = outbox_read(outbox, stick->next, OUTBOX_MOST_LINES, stick->batch);
        if (status == STATUS_OK && memcmp(stick->batch->log, stick->log, LOG_ID_BYTES) != 0)
            return stick_begin(stick); // a new log was begun meanwhile
        if (status != STATUS_OK || batch_write(maker, stick->batch, stick->text, &length) != STATUS_OK)
            return fail(stick, EIO);
        stick->next += stick->batch->count;
        return write_all(stick, stick->text, length);
    }
    status = outbox_next_walk_in(outbox, stick->walk_in, &walk_in);
    if (status == STATUS_MISSING) return finish(stick);
    if (status != STATUS_OK) return fail(stick, EIO);
    bool is_written = write_walk_in(stick, &walk_in);
    sodium_memzero(&walk_in, sizeof walk_in);
    return is_written;
}

void stick_progress(const struct stick *stick, uint32_t *done_out, uint32_t *total_out)
{
    *done_out = (uint32_t)(stick->next - 1 < stick->last ? stick->next - 1 : stick->last);
    *total_out = (uint32_t)stick->last;
}

void stick_close(struct stick *stick)
{
    if (!stick) return;
    let_go(stick);
    free(stick->batch);
    free(stick->text);
    free(stick);
}
