// inbox_project.c -- what lines mean: deeds, who knew of whom, clock anchors. A line that makes no sense to this
// version counts as nothing; inbox_rebuild asks again, after an update.
#define LOG_MODULE "office"

#include "office/inbox_parts.h"

#include "base/log.h"
#include "record/order.h"

#include <string.h>

// Rows of one statement, sent when there is no room for another.
struct rows_out {
    struct inbox *inbox;
    const char *sql;
    size_t width, count; // values
};

static enum status flush(struct rows_out *rows)
{
    size_t count = rows->count;

    rows->count = 0;
    if (count == 0) return STATUS_OK;
    return rows->inbox->db->ops->many(rows->inbox->db, rows->sql, rows->inbox->values, rows->width,
                                      count / rows->width);
}

static enum status add(struct rows_out *rows, const struct db_value *values)
{
    enum status status = STATUS_OK;

    if (rows->count + rows->width > INBOX_MOST_VALUES) status = flush(rows);
    memcpy(rows->inbox->values + rows->count, values, rows->width * sizeof *values);
    rows->count += rows->width;
    return status;
}

static bool is_deed(enum record_kind kind)
{
    switch (kind) {
    case RECORD_KIND_ENTRY:
    case RECORD_KIND_EXIT:
    case RECORD_KIND_ANNUL:
    case RECORD_KIND_WALK_IN:
    case RECORD_KIND_ROUND:
    case RECORD_KIND_STOCK:
        return true;
    case RECORD_KIND_REFUSED:
    case RECORD_KIND_COUNT_CHECK:
    case RECORD_KIND_BOOT:
    case RECORD_KIND_CLOCK:
    case RECORD_KIND_EVENT_VERSION:
    case RECORD_KIND_PURGE:
        return false;
    }
    return false;
}

static int64_t target_of(const struct record *record)
{
    switch (record->kind) {
    case RECORD_KIND_ANNUL:
        return (int64_t)record->annuls;
    case RECORD_KIND_ROUND:
        return record->round;
    case RECORD_KIND_STOCK:
        return record->stock;
    case RECORD_KIND_WALK_IN:
        return record->class_id * 256 + record->group;
    case RECORD_KIND_ENTRY:
    case RECORD_KIND_EXIT:
    case RECORD_KIND_REFUSED:
    case RECORD_KIND_COUNT_CHECK:
    case RECORD_KIND_BOOT:
    case RECORD_KIND_CLOCK:
    case RECORD_KIND_EVENT_VERSION:
    case RECORD_KIND_PURGE:
        break;
    }
    return 0;
}

static struct db_value annulled_of(const struct record *record)
{
    return record->annuls_other_log ? db_blob(record->annulled_log, LOG_ID_BYTES) : db_text(NULL);
}

static void read_lines(struct inbox *inbox, int64_t *hlc)
{
    for (size_t i = 0; i < inbox->line_count; i++) {
        struct inbox_line *line = &inbox->lines[i];
        struct record *record = &inbox->records[i];
        uint64_t seq = 0;
        line->is_read = record_parse_line(line->text, line->length, record, &seq) == STATUS_OK && seq == line->seq;
        if (!line->is_read) {
            log_warn("a record was kept that makes no sense here seq=%llu", (unsigned long long)line->seq);
            continue;
        }
        line->hlc = *hlc = order_hlc(record, *hlc);
    }
}

static enum status add_deeds(struct inbox *inbox, int64_t log)
{
    struct rows_out rows = {
        .inbox = inbox,
        .sql = "INSERT INTO deed (n, event, log, seq, kind, list, ticket, person, hlc, unix_ms, "
               "target, is_forced, annulled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        .width = 13};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < inbox->line_count && status == STATUS_OK; i++) {
        const struct inbox_line *line = &inbox->lines[i];
        const struct record *record = &inbox->records[i];
        if (!line->is_read || !is_deed(record->kind)) continue;
        status = add(&rows, (struct db_value[]){db_int(line->n), db_int(record->event), db_int(log),
                                                db_int((int64_t)line->seq), db_int(record->kind), db_int(record->list),
                                                db_int((int64_t)record->ticket), db_int(record->person),
                                                db_int(line->hlc), db_int(record->unix_ms), db_int(target_of(record)),
                                                db_int(record->is_forced), annulled_of(record)});
    }
    return status == STATUS_OK ? flush(&rows) : status;
}

static enum status add_seen(struct inbox *inbox, int64_t log)
{
    struct rows_out rows = {
        .inbox = inbox, .sql = "INSERT INTO seen (log, other, seq, upto) VALUES ($1, $2, $3, $4)", .width = 4};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < inbox->line_count; i++) {
        const struct inbox_line *line = &inbox->lines[i];
        const struct record *record = &inbox->records[i];
        for (size_t j = 0; line->is_read && j < record->seen_count && status == STATUS_OK; j++)
            status = add(&rows, (struct db_value[]){db_int(log), db_int(record->seen[j].log),
                                                    db_int((int64_t)line->seq), db_int((int64_t)record->seen[j].seq)});
    }
    return status == STATUS_OK ? flush(&rows) : status;
}

static enum status add_anchors(struct inbox *inbox, int64_t log)
{
    struct rows_out rows = {.inbox = inbox,
                            .sql = "INSERT INTO anchor (log, boot, seq, boot_ms, unix_ms, uncertainty_ms) VALUES ($1, "
                                   "$2, $3, $4, $5, $6)",
                            .width = 6};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < inbox->line_count && status == STATUS_OK; i++) {
        const struct inbox_line *line = &inbox->lines[i];
        const struct record *record = &inbox->records[i];
        if (!line->is_read || record->kind != RECORD_KIND_CLOCK || !clock_state_is_trusted(record->clock)) continue;
        status = add(&rows, (struct db_value[]){db_int(log), db_int(record->boot), db_int((int64_t)line->seq),
                                                db_int(record->boot_ms), db_int(record->unix_ms),
                                                db_int(record->uncertainty_ms)});
    }
    return status == STATUS_OK ? flush(&rows) : status;
}

enum status inbox_project(struct inbox *inbox, int64_t log, int64_t *hlc)
{
    enum status status;

    read_lines(inbox, hlc);
    if ((status = add_deeds(inbox, log)) != STATUS_OK) return status;
    if ((status = add_seen(inbox, log)) != STATUS_OK) return status;
    return add_anchors(inbox, log);
}
