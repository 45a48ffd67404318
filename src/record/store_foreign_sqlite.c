// store_foreign_sqlite.c -- what other kiosks wrote: kept byte for byte, then projected like our own.
#define LOG_MODULE "store"

#include "record/store_people_sqlite.h"

#include "base/log.h"
#include "base/text.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>

#define CURSOR_KEY "feed"

struct arrival { // one line, on its way in
    const struct foreign_line *line;
    struct store_peer *peer;
    bool is_record; // else it is kept, and counts as nothing
    struct record record;
    int64_t hlc;
};

static void read_line(struct arrival *arrival)
{
    const struct foreign_line *line = arrival->line;
    uint64_t seq = 0;

    arrival->is_record =
        record_parse_line(line->line, line->length, &arrival->record, &seq) == STATUS_OK && seq == line->seq;
    arrival->hlc = arrival->is_record ? order_hlc(&arrival->record, arrival->peer->hlc) : 0;
    if (!arrival->is_record)
        log_warn("another kiosk's line can't be read, and counts as nothing seq=%llu", (unsigned long long)line->seq);
}

// MISSING: it was here before.
static enum status keep_line(struct db *db, const struct arrival *arrival)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_ADD_FOREIGN_LINE];
    const struct foreign_line *line = arrival->line;

    db_bind(row, arrival->peer->number, (int64_t)line->seq, arrival->hlc);
    int code = sqlite3_bind_text64(row, 4, line->line, line->length, SQLITE_STATIC, SQLITE_UTF8);
    assert(code == SQLITE_OK);
    enum status status = db_run(db, STATEMENT_ADD_FOREIGN_LINE, "keep another kiosk's line");
    if (status != STATUS_OK) return status;
    return sqlite3_changes(db->handle) > 0 ? STATUS_OK : STATUS_MISSING;
}

static enum status touch_peer(struct store_sqlite *self, const struct arrival *arrival)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_TOUCH_PEER];
    struct store_peer *peer = arrival->peer;

    db_bind(row, peer->number, (int64_t)arrival->line->seq, arrival->hlc, arrival->record.unix_ms);
    db_bind_text(row, 5, arrival->record.gate);
    enum status status = db_run(&self->db, STATEMENT_TOUCH_PEER, "note how far a log is known");
    if (status != STATUS_OK) return status;
    if (arrival->line->seq > peer->newest) peer->newest = arrival->line->seq;
    if (arrival->hlc > peer->hlc) peer->hlc = arrival->hlc;
    if (arrival->hlc > self->newest_hlc) self->newest_hlc = arrival->hlc;
    return STATUS_OK;
}

// Staff find them by the number on their ticket.
static enum status list_walk_in(struct store_sqlite *self, const struct record *record, bool was_known)
{
    struct guest guest;

    if (was_known) return STATUS_OK;
    enum status status = store_find_guest(&self->store, record->event, record->ticket, &guest);
    return status == STATUS_OK ? store_index_guest(&self->db, record->event, &guest, 0) : status;
}

static enum status project(struct store_sqlite *self, const struct arrival *arrival)
{
    const struct record *record = &arrival->record;
    const struct foreign_line *line = arrival->line;
    struct happening happening = {.record = record,
                                  .log = line->log,
                                  .seq = line->seq,
                                  .at = order_of(arrival->hlc, line->log, line->seq),
                                  .is_here = store_is_here(self, line->log, line->seq)};
    bool is_walk_in = record->kind == RECORD_KIND_WALK_IN;
    struct guest known;
    enum status status = is_walk_in ? store_find_guest(&self->store, record->event, record->ticket, &known) : STATUS_OK;
    bool was_known = status == STATUS_OK;

    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    status = store_project(self, &happening);
    if (status == STATUS_OK && is_walk_in) status = list_walk_in(self, record, was_known);
    if (status == STATUS_INVALID) // the office has it too: there it can be looked into
        log_warn("another kiosk's record makes no sense, and counts as nothing seq=%llu",
                 (unsigned long long)line->seq);
    return status == STATUS_INVALID ? STATUS_OK : status;
}

static enum status take_line(struct store_sqlite *self, const struct foreign_line *line, bool *is_new_out)
{
    struct arrival arrival = {.line = line, .peer = store_peer_of(self, line->log)};
    enum status status = STATUS_OK;

    *is_new_out = false;
    if (memcmp(line->log, self->identity.log, LOG_ID_BYTES) == 0) return STATUS_OK; // our own, back from the office
    if (line->seq == 0 || line->seq > RECORD_MOST_HLC) {
        log_warn("another kiosk's line has a number that none has");
        return STATUS_OK;
    }
    if (!arrival.peer && (status = store_add_peer(self, line->log, &arrival.peer)) != STATUS_OK) return status;
    read_line(&arrival);
    if ((status = keep_line(&self->db, &arrival)) != STATUS_OK) return status == STATUS_MISSING ? STATUS_OK : status;
    *is_new_out = true;
    if ((status = touch_peer(self, &arrival)) != STATUS_OK) return status;
    return arrival.is_record ? project(self, &arrival) : STATUS_OK;
}

enum status store_keep_cursor(struct db *db, const char *cursor)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_PUT_SETTING];

    db_bind_text(row, 1, CURSOR_KEY);
    db_bind_text(row, 2, cursor);
    return db_run(db, STATEMENT_PUT_SETTING, "remember how far the feed was read");
}

enum status store_append_foreign(struct store *store, const struct foreign_line lines[], size_t count,
                                 const char *cursor, size_t *new_count_out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    size_t new_count = 0;
    enum status status;

    assert(!self->is_grouped);
    if (strlen(cursor) >= STORE_CURSOR_SIZE) return STATUS_INVALID;
    if ((status = store_begin(self)) != STATUS_OK) return status;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bool is_new;
        status = take_line(self, &lines[i], &is_new);
        new_count += is_new;
    }
    if (status == STATUS_OK) status = store_keep_cursor(&self->db, cursor);
    if ((status = store_end(self, status)) == STATUS_OK) *new_count_out = new_count;
    return status;
}

enum status store_feed_cursor(struct store *store, char out[STORE_CURSOR_SIZE])
{
    static_assert(STORE_CURSOR_SIZE == STORE_VALUE_SIZE, "kept among the settings");
    enum status status = store_recall(store, CURSOR_KEY, out);

    if (status == STATUS_MISSING) out[0] = '\0';
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status store_read_any(struct store_sqlite *self, const uint8_t log[LOG_ID_BYTES], uint64_t seq, struct record *out)
{
    struct sqlite3_stmt *row = self->db.statements[STATEMENT_FOREIGN_LINE];
    const struct store_peer *peer = store_peer_of(self, log);
    uint64_t seq_in_line = 0;
    enum status status;

    if (seq > INT64_MAX) return STATUS_MISSING;
    if (memcmp(log, self->identity.log, LOG_ID_BYTES) == 0) return store_read_record(&self->db, seq, out);
    if (!peer) return STATUS_MISSING;
    db_bind(row, peer->number, (int64_t)seq);
    if ((status = db_row(&self->db, STATEMENT_FOREIGN_LINE, "read another kiosk's line")) != STATUS_OK) return status;
    status = record_parse_line((const char *)sqlite3_column_text(row, 0), (size_t)sqlite3_column_bytes(row, 0), out,
                               &seq_in_line);
    db_done(&self->db, STATEMENT_FOREIGN_LINE);
    return status == STATUS_OK ? STATUS_OK : STATUS_MISSING; // a line that is none
}
