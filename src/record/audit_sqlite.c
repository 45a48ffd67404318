// audit_sqlite.c -- audit.h over a kiosk's SQLite file. The log is recounted into temporary tables by other means
// than the kiosk's projections use, then compared; each comparison is one query whose rows are the words for people.
#define LOG_MODULE "audit"

#include "record/audit.h"

#include "base/log.h"
#include "record/audit_event_sqlite.h"
#include "record/chain.h"
#include "record/db_sqlite.h"
#include "record/record.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>

static const char truth_tables[] =
    "BEGIN;" // one snapshot for everything, also while the kiosk writes
    "CREATE TEMP TABLE truth (event, list, ticket, seq INTEGER PRIMARY KEY, person, is_entry, unix_ms, gate);"
    "CREATE TEMP TABLE installed (seq INTEGER PRIMARY KEY, event, version);";

static const struct {
    const char *what, *sql;
} comparisons[] = {
    {"look at the pages",
     "SELECT 'file: ' || replace(quick_check, char(10), ' ') FROM pragma_quick_check(20) WHERE quick_check <> 'ok'"},
    {"compare the check-ins",
     "SELECT printf('check-in of record %d: %s', t.seq, iif(c.seq IS NULL, 'is missing', 'differs from the record')) "
     "FROM truth AS t LEFT JOIN check_in AS c ON c.event = t.event AND c.list = t.list AND c.ticket = t.ticket AND "
     "c.seq = t.seq WHERE c.seq IS NULL OR (c.person, c.is_entry, c.unix_ms, c.gate) IS NOT "
     "(t.person, t.is_entry, t.unix_ms, t.gate) ORDER BY t.seq"},
    {"compare the check-ins",
     "SELECT printf('check-in of record %d: the log has no such check-in', c.seq) FROM check_in AS c LEFT JOIN truth "
     "AS t ON t.seq = c.seq AND t.event = c.event AND t.list = c.list AND t.ticket = c.ticket "
     "WHERE t.seq IS NULL ORDER BY c.seq"},
    {"compare the headcounts",
     "WITH recount AS (SELECT event, list, count(DISTINCT CASE person WHEN 0 THEN 'ticket ' || ticket ELSE person END) "
     "AS inside FROM (SELECT event, list, ticket, person, is_entry, max(seq) FROM truth GROUP BY event, list, ticket) "
     "WHERE is_entry GROUP BY event, list), places AS (SELECT event, list FROM recount UNION SELECT event, list FROM "
     "headcount) SELECT printf('headcount of event %d, list %d: stored %d, recounted %d', event, list, "
     "ifnull(h.inside, 0), ifnull(r.inside, 0)) FROM places LEFT JOIN headcount AS h USING (event, list) LEFT JOIN "
     "recount AS r USING (event, list) WHERE ifnull(h.inside, 0) <> ifnull(r.inside, 0)"},
    {"compare the events",
     "WITH newest AS (SELECT event AS number, version, max(seq) AS seq FROM installed GROUP BY event), numbers AS "
     "(SELECT number FROM newest UNION SELECT number FROM event) SELECT printf('event %d: stored version %d, the log "
     "says %d', number, ifnull(e.version, 0), ifnull(n.version, 0)) FROM numbers LEFT JOIN newest AS n USING (number) "
     "LEFT JOIN event AS e USING (number) WHERE (e.version, e.seq) IS NOT (n.version, n.seq)"},
};

struct auditor {
    struct db db;
    FILE *out;
    struct audit audit;
    uint32_t boot; // highest in a boot record
    struct sqlite3_stmt *add_check_in, *drop_check_in, *add_installed;
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

// Runs a prepared statement that gives no rows.
static enum status run(struct auditor *auditor, struct sqlite3_stmt *statement)
{
    bool is_done = sqlite3_step(statement) == SQLITE_DONE;

    sqlite3_reset(statement);
    return is_done ? STATUS_OK : db_failure(&auditor->db, "recount the log");
}

// Every row is a difference, in words.
static enum status compare(struct auditor *auditor, const char *what, const char *sql)
{
    struct sqlite3_stmt *row = NULL;
    enum status status = prepare(auditor, sql, &row);
    int code = SQLITE_DONE;

    if (status != STATUS_OK) return status;
    while ((code = sqlite3_step(row)) == SQLITE_ROW) report(auditor, (const char *)sqlite3_column_text(row, 0));
    if (code != SQLITE_DONE) status = db_failure(&auditor->db, what);
    sqlite3_finalize(row);
    return status;
}

// ---- the log, line by line ----

static enum status recount(struct auditor *auditor, const struct record *record, uint64_t seq)
{
    bool is_check_in = record->kind == RECORD_KIND_ENTRY || record->kind == RECORD_KIND_EXIT;

    if (record->kind == RECORD_KIND_ENTRY) auditor->audit.entry_count++;
    if (record->kind == RECORD_KIND_REFUSED) auditor->audit.refused_count++;
    if (record->kind == RECORD_KIND_BOOT && record->boot > auditor->boot) auditor->boot = record->boot;
    if (record->kind == RECORD_KIND_ANNUL) {
        db_bind(auditor->drop_check_in, (int64_t)record->annuls);
        return run(auditor, auditor->drop_check_in);
    }
    if (record->kind == RECORD_KIND_EVENT_VERSION) {
        db_bind(auditor->add_installed, (int64_t)seq, record->event, record->version);
        return run(auditor, auditor->add_installed);
    }
    if (!is_check_in || !record->has_ticket) return STATUS_OK;
    db_bind(auditor->add_check_in, record->event, record->list, (int64_t)record->ticket, (int64_t)seq, record->person,
            record->kind == RECORD_KIND_ENTRY, record->unix_ms);
    db_bind_text(auditor->add_check_in, 8, record->gate);
    return run(auditor, auditor->add_check_in);
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

    for (; *expected_seq < seq; ++*expected_seq) report_record(auditor, *expected_seq, "is missing");
    *expected_seq = seq + 1;
    auditor->audit.record_count++;
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
        chain_begin(sqlite3_column_blob(row, 0), sqlite3_column_blob(row, 1), hash_out);
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

    if ((status = db_execute(&auditor->db, truth_tables, "begin the audit")) != STATUS_OK) return status;
    status = prepare(auditor, "INSERT INTO truth VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", &auditor->add_check_in);
    if (status != STATUS_OK) return status;
    status = prepare(auditor, "DELETE FROM truth WHERE seq = ?1", &auditor->drop_check_in);
    if (status != STATUS_OK) return status;
    status = prepare(auditor, "INSERT INTO installed VALUES (?1, ?2, ?3)", &auditor->add_installed);
    if (status != STATUS_OK) return status;
    if ((status = check_identity(auditor, hash, &boot)) != STATUS_OK) return status;
    if ((status = check_log(auditor, hash)) != STATUS_OK) return status;
    check_boot(auditor, boot);
    for (size_t i = 0; i < sizeof comparisons / sizeof comparisons[0] && status == STATUS_OK; i++)
        status = compare(auditor, comparisons[i].what, comparisons[i].sql);
    if (status != STATUS_OK) return status;
    return audit_events(&auditor->db, auditor->out, &auditor->audit.difference_count);
}

enum status audit_sqlite(const char *path, FILE *out, struct audit *audit_out)
{
    struct auditor auditor = {.out = out};
    enum status status = db_open_to_read(&auditor.db, path);

    if (status == STATUS_OK) status = audit_all(&auditor);
    sqlite3_finalize(auditor.add_check_in);
    sqlite3_finalize(auditor.drop_check_in);
    sqlite3_finalize(auditor.add_installed);
    db_close(&auditor.db);
    if (status == STATUS_OK) *audit_out = auditor.audit;
    return status;
}
