// audit_sqlite.c -- audit.h over a kiosk's SQLite file: the log line by line, and whose it is.
#define LOG_MODULE "audit"

#include "record/audit.h"

#include "base/log.h"
#include "record/audit_event_sqlite.h"
#include "record/audit_foreign_sqlite.h"
#include "record/audit_recount_sqlite.h"
#include "record/chain.h"
#include "record/db_sqlite.h"
#include "record/record.h"

#include <sqlite3.h>
#include <string.h>

enum { STEPS_BETWEEN_STOPS = 1000 }; // of SQLite's machine: some hundred records, a few ms on a Raspberry Pi

struct auditor {
    struct db db;
    FILE *out;
    struct audit audit;
    uint32_t boot; // highest in a boot record
    struct recount *recount;
    uint8_t log[LOG_ID_BYTES];
    int64_t hlc; // of the record before
};

static void report(struct auditor *auditor, const char *words)
{
    fprintf(auditor->out, "%s\n", words);
    auditor->audit.difference_count++;
}

static void report_record(struct auditor *auditor, uint64_t seq, const char *what)
{
    char words[120];

    snprintf(words, sizeof words, "record %llu: %s", (unsigned long long)seq, what);
    report(auditor, words);
}

static enum status prepare(struct auditor *auditor, const char *sql, struct sqlite3_stmt **out)
{
    int code = sqlite3_prepare_v2(auditor->db.handle, sql, -1, out, NULL);
    return code == SQLITE_OK ? STATUS_OK : db_failure(&auditor->db, "prepare the audit");
}

// ---- the log, line by line ----

static enum status recount(struct auditor *auditor, const struct record *record, uint64_t seq)
{
    struct happening happening = {.record = record, .log = auditor->log, .seq = seq, .is_here = true};

    auditor->hlc = order_hlc(record, auditor->hlc);
    happening.at = order_of(auditor->hlc, auditor->log, seq);
    if (record->kind == RECORD_KIND_ENTRY) auditor->audit.entry_count++;
    if (record->kind == RECORD_KIND_REFUSED) auditor->audit.refused_count++;
    if (record->kind == RECORD_KIND_BOOT && record->boot > auditor->boot) auditor->boot = record->boot;
    return auditor->recount ? recount_add(auditor->recount, &happening) : STATUS_OK;
}

// One gap is one difference, however wide: a single row with a huge number must not cost a line for each one before it.
static void report_gap(struct auditor *auditor, uint64_t first, uint64_t last)
{
    char words[120];

    if (first == last) {
        report_record(auditor, first, "is missing");
        return;
    }
    snprintf(words, sizeof words, "records %llu to %llu: are missing", (unsigned long long)first,
             (unsigned long long)last);
    report(auditor, words);
}

// False: the row has no place in a log, which counts from 1.
static bool check_place(struct auditor *auditor, int64_t seq, uint64_t *expected_seq)
{
    char words[120];

    if (seq < 1) {
        snprintf(words, sizeof words, "record %lld: no record has such a number", (long long)seq);
        report(auditor, words);
        return false;
    }
    if (*expected_seq < (uint64_t)seq) report_gap(auditor, *expected_seq, (uint64_t)seq - 1);
    *expected_seq = (uint64_t)seq + 1;
    return true;
}

// `hash` is the one stored with the record before, so that one changed line is one difference.
static enum status check_record(struct auditor *auditor, struct sqlite3_stmt *row, uint64_t *expected_seq,
                                uint8_t hash[CHAIN_HASH_BYTES])
{
    uint64_t seq = (uint64_t)sqlite3_column_int64(row, 0), seq_in_line = 0;
    const char *line = (const char *)sqlite3_column_text(row, 1);
    size_t length = (size_t)sqlite3_column_bytes(row, 1);
    const uint8_t *stored = sqlite3_column_blob(row, 2);
    struct record record;

    auditor->audit.record_count++;
    if (!check_place(auditor, (int64_t)seq, expected_seq)) return STATUS_OK;
    if (!line || !stored || sqlite3_column_bytes(row, 2) != CHAIN_HASH_BYTES) {
        report_record(auditor, seq, "has no line or no hash");
        return STATUS_OK;
    }
    chain_add(hash, seq, line, length);
    if (memcmp(hash, stored, CHAIN_HASH_BYTES) != 0)
        report_record(auditor, seq,
                      seq == 1 ? "hash differs: its line, or the log's identity, is not what was written"
                               : "hash differs: its line, or one before it, is not what was written");
    memcpy(hash, stored, CHAIN_HASH_BYTES);
    if (record_parse_line(line, length, &record, &seq_in_line) != STATUS_OK) {
        report_record(auditor, seq, "can't be read");
        return STATUS_OK;
    }
    if (seq_in_line != seq) report_record(auditor, seq, "says it is another one");
    return recount(auditor, &record, seq);
}

static enum status check_log(struct auditor *auditor, uint8_t hash[CHAIN_HASH_BYTES])
{
    struct sqlite3_stmt *row = NULL;
    enum status status = prepare(auditor, "SELECT seq, line, hash FROM log ORDER BY seq", &row);
    uint64_t expected_seq = 1;
    int code = SQLITE_DONE;

    while (status == STATUS_OK && (code = sqlite3_step(row)) == SQLITE_ROW)
        status = check_record(auditor, row, &expected_seq, hash);
    if (status == STATUS_OK && code != SQLITE_DONE) status = db_failure(&auditor->db, "read the log");
    sqlite3_finalize(row);
    return status;
}

// ---- whose log it is ----

static enum status check_identity(struct auditor *auditor, uint8_t hash_out[CHAIN_HASH_BYTES], int64_t *boot_out)
{
    struct sqlite3_stmt *row = NULL;
    enum status status = prepare(auditor, "SELECT log, device_key, boot FROM identity", &row);
    int code;

    if (status != STATUS_OK) return status;
    code = sqlite3_step(row);
    if (code == SQLITE_ROW && sqlite3_column_bytes(row, 0) == LOG_ID_BYTES &&
        sqlite3_column_bytes(row, 1) == DEVICE_KEY_BYTES) {
        memcpy(auditor->log, sqlite3_column_blob(row, 0), LOG_ID_BYTES);
        chain_begin(auditor->log, sqlite3_column_blob(row, 1), hash_out);
        *boot_out = sqlite3_column_int64(row, 2);
    } else if (code == SQLITE_ROW || code == SQLITE_DONE) {
        report(auditor, "identity: is missing or no identity");
    } else {
        status = db_failure(&auditor->db, "read whose log it is");
    }
    sqlite3_finalize(row);
    return status;
}

static void check_boot(struct auditor *auditor, int64_t stored)
{
    char words[120];

    if (stored == auditor->boot) return;
    snprintf(words, sizeof words, "identity: %lld starts stored, the log says %u", (long long)stored, auditor->boot);
    report(auditor, words);
}

static enum status audit_all(struct auditor *auditor)
{
    uint8_t hash[CHAIN_HASH_BYTES] = {0};
    int64_t boot = 0;
    enum status status;

    // One snapshot for everything, also while the kiosk writes.
    if ((status = db_execute(&auditor->db, "BEGIN", "begin the audit")) != STATUS_OK) return status;
    auditor->audit.is_outdated = auditor->db.is_outdated;
    if ((status = check_identity(auditor, hash, &boot)) != STATUS_OK) return status;
    if (!auditor->db.is_outdated && (status = recount_open(&auditor->db, auditor->log, &auditor->recount)) != STATUS_OK)
        return status;
    if ((status = check_log(auditor, hash)) != STATUS_OK) return status;
    check_boot(auditor, boot);
    if (!auditor->recount) return STATUS_OK;
    status = audit_foreign(&auditor->db, auditor->recount, auditor->out, &auditor->audit.difference_count);
    if (status != STATUS_OK) return status;
    status = audit_events(&auditor->db, auditor->out, &auditor->audit.difference_count);
    if (status != STATUS_OK) return status;
    return recount_compare(auditor->recount, auditor->out, &auditor->audit.difference_count);
}

static int is_stop_wanted(void *owner) // of SQLite: anything but 0 interrupts the statement
{
    const struct audit_stop *stop = owner;
    return stop->is_wanted(stop->owner);
}

enum status audit_sqlite_until(const char *path, const struct audit_stop *stop, FILE *out, struct audit *audit_out)
{
    struct auditor auditor = {.out = out};
    struct audit_stop asked = stop ? *stop : (struct audit_stop){0};
    enum status status = db_open_to_read(&auditor.db, path);

    // SQLite asks, not our loops: the comparisons at the end take as long as the records before.
    if (status == STATUS_OK && stop)
        sqlite3_progress_handler(auditor.db.handle, STEPS_BETWEEN_STOPS, is_stop_wanted, &asked);
    if (status == STATUS_OK) status = audit_all(&auditor);
    recount_close(auditor.recount);
    db_close(&auditor.db);
    if (status == STATUS_OK) *audit_out = auditor.audit;
    return status;
}

enum status audit_sqlite(const char *path, FILE *out, struct audit *audit_out)
{
    return audit_sqlite_until(path, NULL, out, audit_out);
}
