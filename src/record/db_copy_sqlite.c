// db_copy_sqlite.c -- the database as it is, kept beside it before something of it is changed that can't be undone.
#define LOG_MODULE "database"

#include "record/db_sqlite.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct copy_path {
    char text[PATH_MAX + 64];
};

static enum status no_copy(const char *path)
{
    log_error("can't keep a copy of the old database file=%s: %s", path, strerror(errno));
    return STATUS_LATER;
}

static enum status sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);

    if (fd < 0) return no_copy(path);
    int failed = fsync(fd);
    if (failed) (void)no_copy(path);
    close(fd);
    return failed ? STATUS_LATER : STATUS_OK;
}

// The name tells that the copy is whole: a half one, of a try that failed, has another.
static enum status keep_name(const struct copy_path *unfinished, const struct copy_path *whole)
{
    struct copy_path folder = *whole;
    char *slash = strrchr(folder.text, '/');
    enum status status = sync_path(unfinished->text, O_RDONLY);

    if (status != STATUS_OK) return status;
    if (rename(unfinished->text, whole->text) != 0) return no_copy(whole->text);
    if (slash) slash[slash == folder.text] = '\0'; // "/" stays
    return sync_path(slash ? folder.text : ".", O_RDONLY | O_DIRECTORY);
}

// By SQLite itself: what is still in the write-ahead log is in the copy too.
enum status db_keep_copy(struct db *db, const char *what)
{
    struct copy_path unfinished, whole;
    struct sqlite3_stmt *copy = NULL;
    enum status status = STATUS_OK;

    snprintf(whole.text, sizeof whole.text, "%s.%s", db->path, what);
    snprintf(unfinished.text, sizeof unfinished.text, "%s.%s.unfinished", db->path, what);
    if (unlink(unfinished.text) != 0 && errno != ENOENT) return no_copy(unfinished.text);
    if (sqlite3_prepare_v2(db->handle, "VACUUM INTO ?1", -1, &copy, NULL) != SQLITE_OK)
        return db_failure(db, "copy the old database");
    db_bind_text(copy, 1, unfinished.text);
    if (sqlite3_step(copy) != SQLITE_DONE) status = db_failure(db, "copy the old database");
    sqlite3_finalize(copy);
    if (status == STATUS_OK) status = keep_name(&unfinished, &whole);
    if (status == STATUS_OK) log_info("the old database is kept file=%s", whole.text);
    return status;
}
