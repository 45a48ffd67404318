#define LOG_MODULE "book"

#include "office/book_sqlite.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "record/db_sqlite.h"
#include "record/event_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 3000 };

enum { APPLICATION_ID = 1164070763, SCHEMA_VERSION = 2 }; // as in book.sql and book_2.sql

static const char SCHEMA[] =
#include "office/book.inc"
    ;
static const char SCHEMA_2[] =
#include "office/book_2.inc"
    ;

static enum status open_database(struct book *book, const char *path)
{
    if (sqlite3_open_v2(path, &book->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK) {
        log_error("can't open the book file=%s: %s", path, sqlite3_errmsg(book->database));
        return STATUS_LATER;
    }
    sqlite3_busy_timeout(book->database, BUSY_MS);
    return book_execute(book, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                              "PRAGMA trusted_schema = OFF;");
}

static enum status make_identity(struct book *book)
{
    uint8_t *organisation = book->identity.organisation;

    randombytes_buf(organisation, ORGANISATION_BYTES);
    organisation[6] = (uint8_t)((organisation[6] & 0x0F) | 0x40); // a random UUID; RFC 9562, 5.4
    organisation[8] = (uint8_t)((organisation[8] & 0x3F) | 0x80);
    (void)crypto_sign_keypair(book->identity.root_public_key, book->root_secret_key);
    return book_run(book, book_query(book, "INSERT INTO office VALUES (1, ?, ?, ?)", "bbb", organisation,
                                     (size_t)ORGANISATION_BYTES, book->identity.root_public_key, (size_t)ROOT_KEY_BYTES,
                                     book->root_secret_key, (size_t)TICKET_SECRET_KEY_BYTES));
}

static enum status read_number(struct book *book, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement = book_query(book, sql, "");
    enum status status = book_step(book, statement);

    if (status != STATUS_OK) return status;
    *out = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return STATUS_OK;
}

static enum status read_version(struct book *book, int64_t *out)
{
    return read_number(book, "PRAGMA user_version", out);
}

// An empty file, or a database in which nothing was ever made: a creation was cut off.
static enum status is_unfinished(struct book *book, bool *out)
{
    int64_t application, thing_count;
    enum status status;

    if ((status = read_number(book, "PRAGMA application_id", &application)) != STATUS_OK) return status;
    if ((status = read_number(book, "SELECT count(*) FROM sqlite_schema", &thing_count)) != STATUS_OK) return status;
    *out = application == 0 && thing_count == 0;
    return STATUS_OK;
}

static enum status check_kind(struct book *book, const char *path)
{
    int64_t application, version;
    bool has_nothing;
    enum status status;

    if ((status = is_unfinished(book, &has_nothing)) != STATUS_OK) return status;
    if (has_nothing) return STATUS_MISSING;
    if ((status = read_number(book, "PRAGMA application_id", &application)) != STATUS_OK) return status;
    if ((status = read_version(book, &version)) != STATUS_OK) return status;
    if (application != APPLICATION_ID) log_error("that is no book of this program file=%s", path);
    else if (version < 1 || version > SCHEMA_VERSION)
        log_error("the book was made by a newer version file=%s version=%d", path, (int)version);
    else return STATUS_OK;
    return STATUS_INVALID;
}

// By a connection of its own, for SQLite copies outside of transactions only: ours holds the lock meanwhile, so the
// copy is of the version that was read.
static enum status keep_copy(const char *path)
{
    struct db reader = {.handle = NULL};
    enum status status;

    text_copy(reader.path, sizeof reader.path, path);
    if (sqlite3_open_v2(path, &reader.handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE, NULL) == SQLITE_OK)
        status = db_keep_copy(&reader, "version-1");
    else status = db_failure(&reader, "open the book to copy it");
    sqlite3_close(reader.handle);
    return status;
}

static enum status make_version_2(struct book *book, const char *path)
{
    enum status status = keep_copy(path);

    return status == STATUS_OK ? book_execute(book, SCHEMA_2) : status;
}

// Another program may have been quicker: the version is read again under the lock.
static enum status bring_up_to_date(struct book *book, const char *path)
{
    int64_t version = 0;
    enum status status, ended;

    if ((status = read_version(book, &version)) != STATUS_OK || version == SCHEMA_VERSION) return status;
    if ((status = book_begin(book)) != STATUS_OK) return status;
    if ((status = read_version(book, &version)) == STATUS_OK && version == 1) status = make_version_2(book, path);
    ended = book_end(book, status == STATUS_OK);
    if (status == STATUS_OK) status = ended;
    if (status == STATUS_OK) log_info("the book is brought up to date file=%s", path);
    return status;
}

static bool take_blob(sqlite3_stmt *statement, int column, uint8_t *to, int length)
{
    if (sqlite3_column_bytes(statement, column) != length) return false;
    memcpy(to, sqlite3_column_blob(statement, column), (size_t)length);
    return true;
}

static enum status load_identity(struct book *book)
{
    sqlite3_stmt *statement = book_query(book, "SELECT organisation, root_public, root_secret FROM office", "");
    enum status status = book_step(book, statement);

    if (status != STATUS_OK) return status == STATUS_MISSING ? STATUS_CORRUPT : status;
    if (!take_blob(statement, 0, book->identity.organisation, ORGANISATION_BYTES) ||
        !take_blob(statement, 1, book->identity.root_public_key, ROOT_KEY_BYTES) ||
        !take_blob(statement, 2, book->root_secret_key, TICKET_SECRET_KEY_BYTES))
        status = STATUS_CORRUPT;
    sqlite3_reset(statement);
    return status;
}

static enum status begin_book(const char *path, struct book **out)
{
    if (sodium_init() < 0) return STATUS_LATER;
    *out = mem_zero(sizeof **out);
    return open_database(*out, path);
}

// The file is made here, not by SQLite, so that it never exists with another mode.
static enum status make_file(const char *path)
{
    int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0) {
        log_error("can't make the book file=%s: %s", path, strerror(errno));
        return STATUS_LATER;
    }
    close(fd);
    return STATUS_OK;
}

// The schema and the identity come with one commit, so a creation that was cut off can begin again.
static enum status fill(struct book *book, const char *path)
{
    bool has_nothing;
    enum status status = is_unfinished(book, &has_nothing);

    if (status != STATUS_OK) return status;
    if (!has_nothing) {
        log_error("can't make the book, there is something else file=%s", path);
        return STATUS_INVALID;
    }
    if ((status = book_execute(book, SCHEMA)) != STATUS_OK) return status;
    if ((status = book_execute(book, SCHEMA_2)) != STATUS_OK) return status;
    return make_identity(book);
}

enum status book_create(const char *path, struct book **out)
{
    struct book *book = NULL;
    enum status status;

    if ((status = make_file(path)) != STATUS_OK) return status;
    if ((status = begin_book(path, &book)) != STATUS_OK) goto fail;
    if ((status = book_begin(book)) != STATUS_OK) goto fail;
    status = fill(book, path);
    enum status ended = book_end(book, status == STATUS_OK);
    if (status == STATUS_OK) status = ended;
    if (status != STATUS_OK) goto fail;
    *out = book;
    return STATUS_OK;
fail:
    book_close(book); // an empty file may stay, which the next creation fills
    return status;
}

enum status book_open(const char *path, struct book **out)
{
    struct stat facts;
    struct book *book = NULL;
    enum status status;

    if (stat(path, &facts) != 0) return errno == ENOENT ? STATUS_MISSING : STATUS_LATER;
    if (facts.st_mode & 077) log_warn("others can read the book and its keys: chmod 600 file=%s", path);
    if ((status = begin_book(path, &book)) != STATUS_OK) goto fail;
    if ((status = check_kind(book, path)) != STATUS_OK) goto fail;
    if ((status = bring_up_to_date(book, path)) != STATUS_OK) goto fail;
    if ((status = load_identity(book)) != STATUS_OK) goto fail;
    *out = book;
    return STATUS_OK;
fail:
    book_close(book);
    return status;
}

void book_close(struct book *book)
{
    if (!book) return;
    for (size_t i = 0; i < BOOK_MAX_STATEMENTS; i++) sqlite3_finalize(book->statements[i].statement);
    int code = sqlite3_close(book->database); // rolls back what is open
    assert(code == SQLITE_OK);
    sodium_memzero(book, sizeof *book);
    free(book);
}

const struct office_identity *book_identity(const struct book *book)
{
    return &book->identity;
}

void book_sign_event_file(const struct book *book, const uint8_t *bytes, size_t length,
                          uint8_t signature_out[TICKET_SIGNATURE_BYTES])
{
    event_file_sign(bytes, length, book->root_secret_key, signature_out);
}

enum status book_save_event_file(const struct book *book, const char *path, const uint8_t *bytes, size_t length)
{
    return event_file_save(path, bytes, length, book->root_secret_key);
}

enum status book_begin(struct book *book)
{
    return book_execute(book, "BEGIN IMMEDIATE");
}

enum status book_end(struct book *book, bool is_kept)
{
    enum status status;

    if (!is_kept && sqlite3_get_autocommit(book->database)) return STATUS_OK; // a full disk has taken it back already
    if (!is_kept) return book_execute(book, "ROLLBACK");
    status = book_execute(book, "COMMIT");
    if (status != STATUS_OK && !sqlite3_get_autocommit(book->database)) {
        enum status undone = book_execute(book, "ROLLBACK");
        return undone == STATUS_CORRUPT ? undone : status;
    }
    return status;
}
