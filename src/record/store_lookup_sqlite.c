#define LOG_MODULE "store"

#include "record/store_sqlite.h"

#include "base/log.h"
#include "base/text.h"

#include <assert.h>
#include <sqlite3.h>

// One row of a statement whose parameters are all numbers.
#define ask(self, name, ...)                                                                                           \
    (!(self)->db.handle ? STATUS_LATER                                                                                 \
                        : (db_bind((self)->db.statements[name], __VA_ARGS__), db_row(&(self)->db, name, "look up")))

static void copy_column(char *to, size_t to_size, struct sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    text_copy(to, to_size, text ? text : "");
}

static enum status read_guest(struct sqlite3_stmt *row, struct guest *out)
{
    struct guest guest = {
        .is_listed = true,
        .class_id = (uint8_t)sqlite3_column_int(row, 0),
        .group = (uint8_t)sqlite3_column_int(row, 1),
        .least_generation = (uint16_t)sqlite3_column_int(row, 2),
        .person = (uint32_t)sqlite3_column_int64(row, 4),
    };
    const char *word = (const char *)sqlite3_column_text(row, 3);

    if (!word || guest_status_of_word(word, &guest.status) != STATUS_OK) {
        log_error("a roster row has a status nobody knows");
        return STATUS_CORRUPT;
    }
    copy_column(guest.name, sizeof guest.name, row, 5);
    copy_column(guest.company, sizeof guest.company, row, 6);
    copy_column(guest.note, sizeof guest.note, row, 7);
    copy_column(guest.language, sizeof guest.language, row, 8);
    *out = guest;
    return STATUS_OK;
}

// What the roster doesn't know may have been registered here; where it does (the office took them over), it is newer.
static enum status find_walk_in(struct store_sqlite *self, uint32_t event, uint64_t ticket, struct guest *out)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_WALK_IN];
    struct guest guest = {.is_listed = true, .is_walk_in = true, .ticket = ticket};
    enum status status = ask(self, STATEMENT_WALK_IN, event, (int64_t)ticket);

    if (status != STATUS_OK) return status;
    guest.class_id = (uint8_t)sqlite3_column_int(row, 0);
    guest.group = (uint8_t)sqlite3_column_int(row, 1);
    copy_column(guest.name, sizeof guest.name, row, 2);
    copy_column(guest.company, sizeof guest.company, row, 3);
    copy_column(guest.language, sizeof guest.language, row, 4);
    db_done(&self->db, STATEMENT_WALK_IN);
    *out = guest;
    return STATUS_OK;
}

enum status store_find_guest(struct store *store, uint32_t event, uint64_t ticket, struct guest *out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    enum status status = ask(self, STATEMENT_GUEST, event, (int64_t)ticket);

    if (status == STATUS_MISSING) return find_walk_in(self, event, ticket, out);
    if (status != STATUS_OK) return status;
    status = read_guest(self->db.statements[STATEMENT_GUEST], out);
    if (status == STATUS_OK) out->ticket = ticket;
    db_done(&self->db, STATEMENT_GUEST);
    return status;
}

enum status store_find_foreign(struct store *store, uint32_t event, const char *text, size_t length,
                               uint64_t tickets_out[2], size_t *count_out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_FOREIGN];
    enum status status;
    size_t count = 0;

    if (!self->db.handle) return STATUS_LATER;
    assert(length <= FOREIGN_CODE_MAX_BYTES);
    db_bind(row, event);
    int code = sqlite3_bind_text(row, 2, text, (int)length, SQLITE_STATIC);
    assert(code == SQLITE_OK);
    while ((status = db_row(&self->db, STATEMENT_FOREIGN, "look up a foreign code")) == STATUS_OK && count < 2)
        tickets_out[count++] = (uint64_t)sqlite3_column_int64(row, 0);
    if (status != STATUS_MISSING) return status;
    *count_out = count;
    return STATUS_OK;
}

enum status store_read_record(struct db *db, uint64_t seq, struct record *out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_LOG_LINE];
    uint64_t seq_in_line = 0;
    enum status status;

    db_bind(row, (int64_t)seq);
    if ((status = db_row(db, STATEMENT_LOG_LINE, "read a record")) != STATUS_OK) return status;
    status = record_parse_line((const char *)sqlite3_column_text(row, 0), (size_t)sqlite3_column_bytes(row, 0), out,
                               &seq_in_line);
    db_done(db, STATEMENT_LOG_LINE);
    if (status == STATUS_OK) return STATUS_OK;
    log_error("a line of the log can't be read seq=%llu", (unsigned long long)seq);
    return STATUS_CORRUPT;
}

enum status store_find_record(struct store *store, uint64_t seq, struct record *out)
{
    struct db *db = &store_sqlite_of(store)->db;

    if (!db->handle) return STATUS_LATER;
    return seq <= INT64_MAX ? store_read_record(db, seq, out) : STATUS_MISSING;
}
