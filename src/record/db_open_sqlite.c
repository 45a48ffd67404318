// db_open_sqlite.c -- the way to an open connection: settings that keep promises, marks and pages looked at.
#define LOG_MODULE "database"

#include "record/db_sqlite.h"

#include "base/log.h"
#include "base/text.h"
#include "record/db_migrate_sqlite.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCHEMA_VERSION = 3, APPLICATION_ID = 0x45494E4C /* "EINL" */, MOST_BUSY_MS = 2000 };

static const char schema[] =
#include "record/schema.inc"
    ;
static const char projections[] =
#include "record/projection.inc"
    ;
static const char people[] =
#include "record/people.inc"
    ;

// The first column of the first row, as text ("" if there is none).
static enum status first_text(struct db *db, const char *sql, char *out, size_t out_size)
{
    struct sqlite3_stmt *statement = NULL;
    enum status status = STATUS_OK;

    out[0] = '\0';
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK) return db_failure(db, sql);
    int code = sqlite3_step(statement);
    const char *text = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (text) text_copy(out, out_size, text);
    if (code != SQLITE_ROW && code != SQLITE_DONE) status = db_failure(db, sql);
    sqlite3_finalize(statement);
    return status;
}

// Sets what the promise rests on and looks whether SQLite really did it: it answers, it doesn't fail.
static enum status set_and_see(struct db *db, const char *set, const char *see, const char *wanted)
{
    char got[64];
    enum status status = db_execute(db, set, set);

    if (status == STATUS_OK) status = first_text(db, see, got, sizeof got);
    if (status == STATUS_OK && strcmp(got, wanted) != 0) {
        log_error("the database refuses a setting set=\"%s\" got=%s file=%s", set, got, db->path);
        status = STATUS_LATER;
    }
    return status;
}

static enum status settle(struct db *db)
{
    static const struct {
        const char *set, *see, *wanted;
    } settings[] = {
        {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
        {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
        {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1"},
        {"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
        {"PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal"},
        {"PRAGMA synchronous = FULL", "PRAGMA synchronous", "2"},
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < sizeof settings / sizeof settings[0] && status == STATUS_OK; i++)
        status = set_and_see(db, settings[i].set, settings[i].see, settings[i].wanted);
    return status;
}

// Debian's SQLite has it; one of a program's own may not.
static enum status check_search(struct db *db)
{
    int64_t modules = 0;
    enum status status = db_number(db, "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'", &modules);

    if (status == STATUS_OK && modules == 0) {
        log_error("this SQLite has no full-text search (FTS5), and people could not be found by name version=%s",
                  sqlite3_libversion());
        status = STATUS_INVALID;
    }
    return status;
}

// A transaction's inside: whatever isn't there yet, and the marks.
struct make_tables {
    char sql[sizeof schema + sizeof projections + sizeof people + 100];
};

static struct make_tables make_tables(void)
{
    struct make_tables make;

    snprintf(make.sql, sizeof make.sql, "%s;%s;%s;PRAGMA application_id=%d;PRAGMA user_version=%d", schema, projections,
             people, APPLICATION_ID, SCHEMA_VERSION);
    return make;
}

static enum status create(struct db *db)
{
    struct make_tables make = make_tables();
    enum status status = db_execute(db, "BEGIN IMMEDIATE", "make the tables");

    if (status == STATUS_OK) status = db_execute(db, make.sql, "make the tables");
    return status == STATUS_OK ? db_execute(db, "COMMIT", "make the tables") : status;
}

// Version 0: a new, empty file.
static enum status check_version(struct db *db, int64_t *version_out)
{
    int64_t application = 0, version = 0, tables = 0;
    enum status status;

    if ((status = db_number(db, "PRAGMA application_id", &application)) != STATUS_OK) return status;
    if ((status = db_number(db, "PRAGMA user_version", &version)) != STATUS_OK) return status;
    if ((status = db_number(db, "SELECT count(*) FROM sqlite_schema", &tables)) != STATUS_OK) return status;
    if (tables == 0 && application == 0) version = 0;
    else if (application != APPLICATION_ID) {
        log_error("this is not a kiosk database file=%s", db->path);
        return STATUS_INVALID;
    } else if (version < 1 || version > SCHEMA_VERSION) {
        log_error("the database was made by a %s version of this program schema=%lld known=%d file=%s",
                  version > SCHEMA_VERSION ? "newer" : "different", (long long)version, SCHEMA_VERSION, db->path);
        return STATUS_INVALID;
    }
    *version_out = version;
    return STATUS_OK;
}

// Without its argument: SQLite 3.46 (Debian 13) takes it for a table's name.
static enum status check_pages(struct db *db)
{
    char finding[200];
    enum status status = first_text(db, "SELECT replace(quick_check, char(10), ' ') FROM pragma_quick_check LIMIT 1",
                                    finding, sizeof finding);

    if (status == STATUS_OK && strcmp(finding, "ok") != 0) {
        log_error("the database is damaged: %s file=%s", finding, db->path);
        status = STATUS_CORRUPT;
    }
    return status;
}

static enum status migrate(struct db *db, int64_t version)
{
    struct make_tables make = make_tables();

    log_info("the database is brought up to date schema=%lld to=%d file=%s", (long long)version, SCHEMA_VERSION,
             db->path);
    return db_migrate(db, version, make.sql);
}

enum status db_prepare(struct db *db, enum statement name, const char *sql)
{
    int code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->statements[name], NULL);

    return code == SQLITE_OK ? STATUS_OK : db_failure(db, "prepare a statement");
}

static enum status prepare_all(struct db *db)
{
    enum status status = STATUS_OK;

    for (int i = 0; i < STATEMENT_COUNT_OF_STATEMENTS && status == STATUS_OK; i++)
        status = db_prepare(db, (enum statement)i, db_statement_texts[i]);
    return status;
}

static int note_wal_pages(void *owner, struct sqlite3 *handle, const char *name, int pages)
{
    struct db *db = owner;

    (void)handle;
    (void)name;
    db->wal_pages = pages;
    return SQLITE_OK;
}

static enum status connect(struct db *db, const char *path, int flags)
{
    text_copy(db->path, sizeof db->path, path);
    if (sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
        return db_failure(db, "open the database");
    sqlite3_busy_timeout(db->handle, MOST_BUSY_MS); // `einlass log verify` may be reading
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return STATUS_OK;
}

// Whether the file never was a database, as far as that can be told: it begins as no database does, and no kiosk left
// its lock file beside it. With that file there the database isn't opened by our own hands: this may be the kiosk's own
// process, and closing a descriptor would drop SQLite's locks (POSIX), so that the next reader deletes the log in use.
static bool is_something_else(const char *path)
{
    static const char magic[] = "SQLite format 3";
    char start[sizeof magic] = "", beside[PATH_MAX + 8];

    snprintf(beside, sizeof beside, "%s.lock", path);
    if (access(beside, F_OK) == 0) return false;
    FILE *file = fopen(path, "re");
    if (!file) return false;
    size_t length = fread(start, 1, sizeof start, file);
    fclose(file);
    return length > 0 && memcmp(start, magic, sizeof magic) != 0;
}

enum status db_open(struct db *db, const char *path)
{
    enum status status;
    int64_t version = 0;

    *db = (struct db){0};
    if ((status = connect(db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) != STATUS_OK) goto fail;
    if (sqlite3_db_readonly(db->handle, "main") == 1) {
        log_error("the database file is read-only file=%s", path);
        status = STATUS_LATER;
        goto fail;
    }
    if ((status = settle(db)) != STATUS_OK) goto fail;
    if ((status = check_search(db)) != STATUS_OK) goto fail;
    if ((status = check_version(db, &version)) != STATUS_OK) goto fail;
    if (version == 0 && (status = create(db)) != STATUS_OK) goto fail;
    if ((status = check_pages(db)) != STATUS_OK) goto fail;
    if ((status = db_add_functions(db)) != STATUS_OK) goto fail;
    if (version > 0 && version < SCHEMA_VERSION && (status = migrate(db, version)) != STATUS_OK) goto fail;
    if ((status = prepare_all(db)) != STATUS_OK) goto fail;
    sqlite3_wal_hook(db->handle, note_wal_pages, db); // replaces SQLite's checkpoints, which come in mid-commit
    return STATUS_OK;
fail:
    db_close(db);
    return status;
}

enum status db_open_to_read(struct db *db, const char *path)
{
    enum status status;
    struct stat facts;
    int64_t version = 0;

    *db = (struct db){0};
    if (stat(path, &facts) != 0) {
        log_error("can't find the database file=%s: %s", path, strerror(errno));
        return STATUS_MISSING;
    }
    if (is_something_else(path)) {
        log_error("this is no database at all file=%s", path);
        return STATUS_INVALID;
    }
    if ((status = connect(db, path, SQLITE_OPEN_READONLY)) != STATUS_OK) goto fail;
    if ((status = db_execute(db, "PRAGMA temp_store = MEMORY", "set up")) != STATUS_OK) goto fail;
    if ((status = check_version(db, &version)) != STATUS_OK) goto fail;
    db->is_outdated = version != SCHEMA_VERSION;
    if (version > 0) return STATUS_OK;
    log_error("this is not a kiosk database file=%s", path);
    status = STATUS_INVALID;
fail:
    db_close(db);
    return status;
}
