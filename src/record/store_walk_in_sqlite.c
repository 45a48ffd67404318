#define LOG_MODULE "store"

#include "record/store_people_sqlite.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>

// What a field of that kind holds; "" if the event asks for none. Of several the first: staff pages show one company.
static const char *value_of(const struct walk_in *walk_in, const struct walk_in_rules *rules, enum field_kind kind)
{
    for (size_t i = 0; i < rules->field_count; i++)
        if (rules->fields[i].kind == kind) return walk_in->values[i];
    return "";
}

static enum status put_blob(struct db *db, uint32_t event, const struct walk_in *walk_in,
                            const struct walk_in_rules *rules, const char *blob)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_PUT_WALK_IN];

    db_bind(row, event, (int64_t)walk_in->ticket);
    db_bind_text(row, 3, value_of(walk_in, rules, FIELD_NAME));
    db_bind_text(row, 4, value_of(walk_in, rules, FIELD_TEXT));
    db_bind_text(row, 5, walk_in->language);
    db_bind_blob(row, 6, walk_in->salt, sizeof walk_in->salt);
    db_bind_text(row, 7, blob);
    return db_run(db, STATEMENT_PUT_WALK_IN, "store what a walk-in said");
}

// Who was known before, by the roster or registered twice, already has a place among the others.
static enum status index_walk_in(struct store *store, uint32_t event, uint64_t ticket, bool was_known)
{
    struct db *db = &store_sqlite_of(store)->db;
    struct guest guest;
    enum status status;

    if (was_known) return store_index_event(db, event);
    status = store_find_guest(store, event, ticket, &guest);
    return status == STATUS_OK ? store_index_guest(db, event, &guest, 0) : status;
}

enum status store_append_walk_in(struct store *store, const struct record *record, const struct walk_in *walk_in,
                                 const struct walk_in_rules *rules, uint64_t *seq_out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct record complete = *record;
    struct guest known;
    char blob[WALK_IN_BLOB_SIZE];
    enum status status;

    assert(self->is_grouped);
    assert(record->kind == RECORD_KIND_WALK_IN && record->ticket == walk_in->ticket);
    if ((status = walk_in_write_blob(walk_in, rules, blob)) != STATUS_OK) return status;
    walk_in_hash(blob, walk_in->salt, complete.blob_hash);
    status = store_find_guest(store, record->event, walk_in->ticket, &known);
    bool was_known = status == STATUS_OK;
    if (!was_known && status != STATUS_MISSING) return status;
    if ((status = store_write(self, &complete)) != STATUS_OK) return status;
    if ((status = put_blob(&self->db, record->event, walk_in, rules, blob)) != STATUS_OK) return status;
    if ((status = index_walk_in(store, record->event, walk_in->ticket, was_known)) != STATUS_OK) return status;
    *seq_out = self->head_seq;
    return STATUS_OK;
}
