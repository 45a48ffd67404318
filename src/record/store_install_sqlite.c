// store_install_sqlite.c -- events and rosters: what the office sent, all of it or nothing.
#define LOG_MODULE "store"

#include "record/store_diff_sqlite.h"

#include "base/log.h"
#include "base/mem.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- reading ----

static enum status newest_event(struct db *db, uint32_t *out)
{
    enum status status = db_row(db, STATEMENT_NEWEST_EVENT, "find the newest event");

    if (status != STATUS_OK) return status;
    *out = (uint32_t)sqlite3_column_int64(db->statements[STATEMENT_NEWEST_EVENT], 0);
    db_done(db, STATEMENT_NEWEST_EVENT);
    return STATUS_OK;
}

enum status store_load_event(struct store *store, uint32_t number, struct event *out)
{
    struct db *db = &store_sqlite_of(store)->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_EVENT_HEAD];
    struct event_flaw flaw = {0};
    enum status status;

    if (!db->handle) return STATUS_LATER;
    if (number == 0 && (status = newest_event(db, &number)) != STATUS_OK) return status;
    db_bind(row, number);
    if ((status = db_row(db, STATEMENT_EVENT_HEAD, "read an event")) != STATUS_OK) return status;
    // The signature was checked when the document came; this head was made from it then.
    status = event_file_decode_unsigned(sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0), out, NULL,
                                        NULL, &flaw);
    db_done(db, STATEMENT_EVENT_HEAD);
    if (status == STATUS_OK) return STATUS_OK;
    log_error("a stored event can't be read event=%u: %s", number, flaw.words);
    return STATUS_CORRUPT;
}

// ---- installing ----

struct install {
    struct store_sqlite *self;
    struct event *event; // filled before the roster is visited
    const uint8_t *bytes;
    size_t length;
    const uint8_t *signature, *root_key;
    struct event_edition edition;
    bool is_begun; // the transaction is open, and the event's row is written
    struct roster_diff *diff;
    bool is_known;          // these very bytes are installed
    struct event_flaw flaw; // why what is stored stays
};

static enum status read_office(struct store_sqlite *self, uint32_t number, uint8_t out[ORGANISATION_BYTES])
{
    struct event *stored = mem_zero(sizeof *stored);
    enum status status = store_load_event(&self->store, number, stored);

    if (status == STATUS_OK) memcpy(out, stored->keyset.organisation, ORGANISATION_BYTES);
    free(stored);
    return status;
}

enum status store_read_edition(struct store_sqlite *self, uint32_t number, struct event_edition *out)
{
    struct db *db = &self->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_EVENT_VERSION];
    struct event_edition edition = {.event = number};
    enum status status;

    db_bind(row, number);
    if ((status = db_row(db, STATEMENT_EVENT_VERSION, "read an event's version")) != STATUS_OK) return status;
    edition.version = (uint32_t)sqlite3_column_int64(row, 0);
    memcpy(edition.digest, sqlite3_column_blob(row, 1), sizeof edition.digest); // its length: the table's CHECK
    bool has_key = sqlite3_column_bytes(row, 2) == ROOT_KEY_BYTES;
    if (has_key) memcpy(edition.root_key, sqlite3_column_blob(row, 2), ROOT_KEY_BYTES);
    db_done(db, STATEMENT_EVENT_VERSION);
    if (!has_key) {
        log_error("a stored event has no office's key event=%u", number);
        return STATUS_CORRUPT;
    }
    if ((status = read_office(self, number, edition.organisation)) == STATUS_OK) *out = edition;
    return status;
}

// MISSING: it may come in, nothing of it is here. OK: it is here already.
static enum status compare_version(struct install *install)
{
    struct event_edition *offered = &install->edition, kept;
    const struct event *event = install->event;
    enum status status = store_read_edition(install->self, event->number, &kept);

    if (status != STATUS_OK) return status;
    offered->event = event->number;
    offered->version = event->version;
    memcpy(offered->organisation, event->keyset.organisation, ORGANISATION_BYTES);
    memcpy(offered->root_key, install->root_key, ROOT_KEY_BYTES);
    if ((status = event_edition_follows(offered, &kept, &install->flaw)) != STATUS_OK) return status;
    return offered->version > kept.version ? STATUS_MISSING : STATUS_OK;
}

// A kiosk hands over the same file at every start: found by its bytes, it need not be read again.
static enum status find_same(struct install *install, uint32_t *number_out)
{
    struct db *db = &install->self->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_SAME_DOCUMENT];
    enum status status;

    db_bind_blob(row, 1, install->edition.digest, EVENT_DIGEST_BYTES);
    db_bind_blob(row, 2, install->signature, TICKET_SIGNATURE_BYTES);
    db_bind_blob(row, 3, install->root_key, ROOT_KEY_BYTES);
    if ((status = db_row(db, STATEMENT_SAME_DOCUMENT, "look for the document")) != STATUS_OK) return status;
    *number_out = (uint32_t)sqlite3_column_int64(row, 0);
    db_done(db, STATEMENT_SAME_DOCUMENT);
    return STATUS_OK;
}

static enum status put_event(struct install *install)
{
    struct db *db = &install->self->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_PUT_EVENT];
    uint8_t *head = NULL;
    size_t length = 0;
    enum status status;

    if ((status = store_write_head(install->event, &head, &length)) != STATUS_OK) return status;
    db_bind(row, install->event->number, install->event->version);
    int code = sqlite3_bind_text(row, 3, (const char *)head, (int)length, SQLITE_STATIC);
    assert(code == SQLITE_OK);
    db_bind_blob(row, 4, install->edition.digest, EVENT_DIGEST_BYTES);
    status = db_run(db, STATEMENT_PUT_EVENT, "store an event");
    free(head);
    return status;
}

static enum status put_document(struct install *install)
{
    struct db *db = &install->self->db;
    struct sqlite3_stmt *row = db->statements[STATEMENT_PUT_DOCUMENT];

    db_bind(row, install->event->number);
    db_bind_blob(row, 2, install->signature, TICKET_SIGNATURE_BYTES);
    db_bind_blob(row, 3, install->root_key, ROOT_KEY_BYTES);
    db_bind_blob(row, 4, install->bytes, install->length);
    return db_run(db, STATEMENT_PUT_DOCUMENT, "store an event's document");
}

static enum status begin(struct install *install)
{
    enum status status = compare_version(install);

    install->is_known = status == STATUS_OK;
    if (status != STATUS_MISSING) return status;
    if ((status = store_begin(install->self)) != STATUS_OK) return status;
    install->is_begun = true;
    if ((status = put_event(install)) != STATUS_OK) return status;
    if ((status = put_document(install)) != STATUS_OK) return status;
    return roster_diff_open(install->self, install->event, &install->diff);
}

static enum status take_entry(void *owner, const struct roster_entry *entry) // a roster_visitor
{
    struct install *install = owner;
    enum status status;

    if (install->is_known) return STATUS_OK;
    if (!install->is_begun && (status = begin(install)) != STATUS_OK) return status;
    return install->is_known ? STATUS_OK : roster_diff_take(install->diff, entry);
}

static enum status finish(struct install *install, const struct record *stamp)
{
    struct record record = *stamp;
    enum status status;

    record.kind = RECORD_KIND_EVENT_VERSION;
    record.event = install->event->number;
    record.version = install->event->version;
    if ((status = roster_diff_finish(install->diff)) != STATUS_OK) return status;
    return store_write(install->self, &record);
}

enum status store_install_event(struct store *store, const uint8_t *bytes, size_t length,
                                const uint8_t signature[TICKET_SIGNATURE_BYTES], const uint8_t root_key[ROOT_KEY_BYTES],
                                const struct record *stamp, uint32_t *number_out, struct event_flaw *flaw_out)
{
    struct install install = {
        .self = store_sqlite_of(store),
        .event = mem_zero(sizeof *install.event),
        .bytes = bytes,
        .length = length,
        .signature = signature,
        .root_key = root_key,
    };
    enum status status = STATUS_LATER;

    event_file_digest(bytes, length, install.edition.digest);
    if (install.self->db.handle) status = find_same(&install, number_out);
    if (status != STATUS_MISSING) goto done;
    status = event_file_decode(bytes, length, signature, root_key, install.event, take_entry, &install, flaw_out);
    if (status == STATUS_OK && !install.is_begun && !install.is_known) status = begin(&install); // an empty roster
    if (status == STATUS_OK && install.is_begun) status = finish(&install, stamp);
    if (install.is_begun) status = store_end(install.self, status);
    if (install.flaw.words[0]) *flaw_out = install.flaw;
    if (install.event->number != 0) *number_out = install.event->number; // signature and document were good
    if (status == STATUS_OK && install.is_begun)
        log_info("an event is installed event=%u version=%u", install.event->number, install.event->version);
    if (status == STATUS_INVALID) log_warn("an event file is refused: %s", flaw_out->words);
done:
    roster_diff_close(install.diff);
    free(install.event);
    return status;
}
