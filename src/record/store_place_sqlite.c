// store_place_sqlite.c -- the database's files lie where they were opened, and one kiosk uses them.
// A file that was removed or replaced is still open and still takes writes; they are lost when the kiosk ends.
#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const suffixes[STORE_FILE_COUNT] = {
    [STORE_FILE_DATABASE] = "",
    [STORE_FILE_WAL] = "-wal",
    [STORE_FILE_SHM] = "-shm",
    [STORE_FILE_LOCK] = ".lock",
};

struct file_path {
    char text[PATH_MAX + 8];
};

static struct file_path path_of(const struct store_sqlite *self, enum store_file file)
{
    struct file_path path;

    snprintf(path.text, sizeof path.text, "%s%s", self->path, suffixes[file]);
    return path;
}

static void mark(struct store_sqlite *self, enum store_file file)
{
    struct file_path path = path_of(self, file);
    struct stat facts = {0};

    if (stat(path.text, &facts) != 0) log_error("can't find the file file=%s: %s", path.text, strerror(errno));
    self->places[file] = (struct store_place){facts.st_dev, facts.st_ino};
}

void store_mark_places(struct store_sqlite *self)
{
    for (int i = 0; i < STORE_FILE_COUNT; i++) mark(self, (enum store_file)i);
}

static bool is_in_place(const struct store_sqlite *self, enum store_file file)
{
    const struct store_place *place = &self->places[file];
    struct file_path path = path_of(self, file);
    struct stat facts;

    return stat(path.text, &facts) == 0 && facts.st_dev == place->device && facts.st_ino == place->inode;
}

bool store_is_all_in_place(const struct store_sqlite *self)
{
    for (int i = 0; i < STORE_FILE_COUNT; i++) {
        if (is_in_place(self, (enum store_file)i)) continue;
        log_error("a file was removed or replaced while it is in use, nothing is written file=%s%s", self->path,
                  suffixes[i]);
        return false;
    }
    return true;
}

// A lock file beside the database: SQLite's own locks would also keep `einlass log verify` out, and closing a second
// descriptor of the database file would drop them (POSIX).
enum status store_lock(struct store_sqlite *self)
{
    struct file_path beside = path_of(self, STORE_FILE_LOCK);

    if (self->lock_fd >= 0) close(self->lock_fd);
    self->lock_fd = open(beside.text, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (self->lock_fd < 0) {
        int error = errno;
        log_error("can't create the lock file of the database file=%s: %s", beside.text, strerror(error));
        return error == ENOENT || error == ENOTDIR ? STATUS_MISSING : STATUS_LATER;
    }
    if (flock(self->lock_fd, LOCK_EX | LOCK_NB) == 0) return STATUS_OK;
    log_error("another kiosk program uses this database file=%s", self->path);
    return STATUS_LATER;
}

enum status store_check_places(struct store_sqlite *self)
{
    if (!is_in_place(self, STORE_FILE_DATABASE)) {
        log_error("the database was removed or replaced while it is in use: put that very file back; after a restart "
                  "the kiosk begins a new log and knows nobody who is inside file=%s",
                  self->path);
        return STATUS_LATER;
    }
    // Only the connections that are open have the removed log's records, and its index goes on as long as somebody
    // reads: a new log must not begin behind records that it doesn't hold.
    if (!is_in_place(self, STORE_FILE_WAL)) {
        enum status status = db_empty_wal(&self->db);
        if (status != STATUS_OK) return status;
    }
    return is_in_place(self, STORE_FILE_LOCK) ? STATUS_OK : store_lock(self);
}
