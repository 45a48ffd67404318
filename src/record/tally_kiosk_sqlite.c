// tally_kiosk_sqlite.c -- which kiosks there are, and how old their news is.
#define LOG_MODULE "tally"

#include "record/tally_sqlite.h"

#include "base/text.h"

#include <sqlite3.h>

enum { NEWEST_RECORDS = 64 }; // looked through for the name of our own gate, which starts and clocks don't have

static enum status read_own(struct tally_source *source, struct tally *tally)
{
    struct tally_kiosk *out = &tally->kiosks[tally->kiosk_count++];
    struct sqlite3_stmt *row = source->asks[TALLY_OWN];
    bool has_gate = false, is_heard = false;
    enum status status;

    out->is_this = true;
    db_bind(row, NEWEST_RECORDS);
    while (!has_gate && (status = tally_ask(source, TALLY_OWN)) == STATUS_OK) {
        struct record record;
        uint64_t seq;
        if (record_parse_line((const char *)sqlite3_column_text(row, 1), (size_t)sqlite3_column_bytes(row, 1), &record,
                              &seq) != STATUS_OK)
            continue;
        if (!is_heard) out->heard_unix_ms = record.unix_ms;
        is_heard = true;
        has_gate = record.gate[0] != '\0';
        if (has_gate) text_copy(source->gate, sizeof source->gate, record.gate);
    }
    sqlite3_reset(row);
    if (!has_gate && status != STATUS_MISSING) return status;
    text_copy(out->gate, sizeof out->gate, source->gate);
    return STATUS_OK;
}

static enum status read_others(struct tally_source *source, struct tally *out)
{
    struct sqlite3_stmt *row = source->asks[TALLY_OTHERS];
    enum status status;

    db_bind(row, TALLY_MOST_KIOSKS - 1);
    while ((status = tally_ask(source, TALLY_OTHERS)) == STATUS_OK) {
        struct tally_kiosk *kiosk = &out->kiosks[out->kiosk_count++];
        text_copy(kiosk->gate, sizeof kiosk->gate, (const char *)sqlite3_column_text(row, 0));
        kiosk->heard_unix_ms = sqlite3_column_int64(row, 1);
    }
    sqlite3_reset(row);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status tally_read_kiosks(struct tally_source *source, struct tally *out)
{
    enum status status = read_own(source, out);

    return status == STATUS_OK ? read_others(source, out) : status;
}
