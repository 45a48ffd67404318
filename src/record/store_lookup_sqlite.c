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
    *out = guest;
    return STATUS_OK;
}

enum status store_find_guest(struct store *store, uint32_t event, uint64_t ticket, struct guest *out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    enum status status = ask(self, STATEMENT_GUEST, event, (int64_t)ticket);

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

static enum status has_passed(struct store_sqlite *self, uint32_t event, uint16_t list, uint64_t ticket, bool *out)
{
    enum status status = ask(self, STATEMENT_PASSED, event, list, (int64_t)ticket);

    if (status == STATUS_OK) db_done(&self->db, STATEMENT_PASSED);
    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    *out = status == STATUS_OK;
    return STATUS_OK;
}

static enum status is_person_inside(struct store_sqlite *self, uint32_t event, uint16_t list, uint32_t person,
                                    bool *out)
{
    enum status status = ask(self, STATEMENT_PERSON_INSIDE, event, list, person);

    if (status == STATUS_OK) db_done(&self->db, STATEMENT_PERSON_INSIDE);
    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    *out = status == STATUS_OK;
    return STATUS_OK;
}

enum status store_find_history(struct store *store, uint32_t event, const struct list *list, const struct guest *guest,
                               struct history *out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_LAST_CHECK_IN];
    struct history history = {0};
    bool is_inside = false;
    enum status status = ask(self, STATEMENT_LAST_CHECK_IN, event, list->id, (int64_t)guest->ticket);

    if (status == STATUS_OK) {
        history.ticket.is_known = true;
        history.ticket.is_entry = sqlite3_column_int(row, 0) != 0;
        history.ticket.unix_ms = sqlite3_column_int64(row, 1);
        copy_column(history.ticket.gate, sizeof history.ticket.gate, row, 2);
        db_done(&self->db, STATEMENT_LAST_CHECK_IN);
    } else if (status != STATUS_MISSING) {
        return status;
    }
    history.person = history.ticket;
    status = is_person_inside(self, event, list->id, guest->person, &is_inside);
    if (status != STATUS_OK) return status;
    if (is_inside) history.person.is_entry = true;
    if (list->after != 0) {
        status = has_passed(self, event, list->after, guest->ticket, &history.has_passed_after);
        if (status != STATUS_OK) return status;
    }
    *out = history;
    return STATUS_OK;
}

enum status store_count(struct store *store, uint32_t event, const struct list *list, struct headcount *out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_COUNT];
    enum status status = ask(self, STATEMENT_COUNT, event, list->id);

    if (status != STATUS_OK) return status;
    *out = (struct headcount){.inside = (uint32_t)sqlite3_column_int64(row, 0),
                              .expected = (uint32_t)sqlite3_column_int64(row, 1)}; // NULL reads as 0
    db_done(&self->db, STATEMENT_COUNT);
    return STATUS_OK;
}
