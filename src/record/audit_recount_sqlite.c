#define LOG_MODULE "audit"

#include "record/audit_recount_sqlite.h"

#include "base/mem.h"
#include "record/walk_in.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char truth_tables[] =
    "CREATE TEMP TABLE truth (event, list, ticket, seq INTEGER PRIMARY KEY, person, is_entry, unix_ms, gate);"
    "CREATE TEMP TABLE installed (seq INTEGER PRIMARY KEY, event, version);"
    "CREATE TEMP TABLE true_round (seq INTEGER PRIMARY KEY, event, list, number, stop);"
    "CREATE TEMP TABLE true_stock (event, list, things);"
    "CREATE TEMP TABLE registered (seq INTEGER PRIMARY KEY, event, ticket, class, party, hash);";

enum addition { ADD_CHECK_IN, DROP_CHECK_IN, ADD_INSTALLED, ADD_ROUND, ADD_STOCK, ADD_REGISTERED, ADDITION_COUNT };

static const char *const additions[ADDITION_COUNT] = {
    [ADD_CHECK_IN] = "INSERT INTO truth VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [DROP_CHECK_IN] = "DELETE FROM truth WHERE seq = ?1",
    [ADD_INSTALLED] = "INSERT INTO installed VALUES (?1, ?2, ?3)",
    [ADD_ROUND] = "INSERT INTO true_round VALUES (?1, ?2, ?3, ?4, ?5)",
    [ADD_STOCK] = "INSERT INTO true_stock VALUES (?1, ?2, ?3)",
    [ADD_REGISTERED] = "INSERT INTO registered VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
};

// Tickets by their last check-in, then whoever they belong to by the newest of these; what the office's documents say
// about them was put into truly_expected by audit_events().
#define RECOUNT                                                                                                        \
    "WITH by_ticket AS (SELECT event, list, ticket, person, is_entry, max(seq) AS seq FROM truth GROUP BY event, "     \
    "list, ticket), by_owner AS (SELECT event, list, person, iif(person = 0, ticket, 0) AS ticket, is_entry, "         \
    "max(seq) AS seq FROM by_ticket GROUP BY event, list, person, iif(person = 0, ticket, 0)), newest_round AS "       \
    "(SELECT event, list, max(seq) AS seq FROM true_round GROUP BY event, list), judged AS (SELECT o.event, o.list, "  \
    "o.is_entry, o.seq > ifnull(r.seq, 0) AS is_now, x.event IS NOT NULL AS is_expected FROM by_owner AS o LEFT JOIN " \
    "newest_round AS r USING (event, list) LEFT JOIN truly_expected AS x ON x.event = o.event AND x.list = o.list "    \
    "AND x.person = o.person AND x.ticket = o.ticket), recounted AS ("                                                 \
    "SELECT event, list, 'headcount' AS what, sum(is_entry) AS number FROM judged GROUP BY event, list UNION ALL "     \
    "SELECT event, list, 'aboard', sum(is_entry AND is_now) FROM judged GROUP BY event, list UNION ALL "               \
    "SELECT event, list, 'out', sum(NOT is_entry) FROM judged GROUP BY event, list UNION ALL "                         \
    "SELECT event, list, 'seen of the roster', sum(is_expected) FROM judged GROUP BY event, list UNION ALL "           \
    "SELECT event, list, 'given', sum(is_entry) FROM truth GROUP BY event, list UNION ALL "                            \
    "SELECT event, list, 'stock', sum(things) FROM true_stock GROUP BY event, list), "
#define STORED                                                                                                         \
    "stored AS (SELECT event, list, 'headcount' AS what, inside AS number FROM headcount UNION ALL "                   \
    "SELECT event, list, 'aboard', aboard FROM headcount UNION ALL SELECT event, list, 'out', out FROM headcount "     \
    "UNION ALL SELECT event, list, 'seen of the roster', seen FROM headcount UNION ALL SELECT event, list, 'given', "  \
    "given FROM headcount UNION ALL SELECT event, list, 'stock', things FROM stock) "

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
    {"compare the headcounts", RECOUNT STORED
     "SELECT printf('%s of event %d, list %d: stored %d, recounted %d', what, event, list, sum(stored), sum(recounted))"
     " FROM (SELECT event, list, what, number AS stored, 0 AS recounted FROM stored UNION ALL SELECT event, list, "
     "what, "
     "0, number FROM recounted) GROUP BY event, list, what HAVING sum(stored) <> sum(recounted)"},
    {"compare the rounds",
     "SELECT printf('round of record %d: %s', t.seq, iif(r.seq IS NULL, 'is missing', 'differs from the record')) FROM "
     "true_round AS t LEFT JOIN round AS r USING (event, list, seq) WHERE (r.number, r.stop) IS NOT (t.number, "
     "t.stop)"},
    {"compare the rounds",
     "SELECT printf('round of record %d: the log has no such round', r.seq) FROM round AS r LEFT JOIN true_round AS t "
     "USING (event, list, seq) WHERE t.seq IS NULL"},
    {"compare the walk-ins",
     "WITH newest AS (SELECT event, ticket, class, party, max(seq) AS seq FROM registered GROUP BY event, ticket) "
     "SELECT printf('walk-in of record %d: %s', n.seq, iif(w.seq IS NULL, 'is missing', 'differs from the record')) "
     "FROM newest AS n LEFT JOIN walk_in AS w USING (event, ticket) WHERE (w.seq, w.class, w.party) IS NOT (n.seq, "
     "n.class, n.party)"},
    {"compare the walk-ins",
     "SELECT printf('walk-in of record %d: the log has no such walk-in', w.seq) FROM walk_in AS w LEFT JOIN registered "
     "AS t USING (event, ticket) WHERE t.seq IS NULL"},
    {"look for what was erased", // by half only, it is neither kept nor gone
     "SELECT printf('walk-in of record %d: their data was erased, but not all of it', seq) FROM walk_in WHERE (blob IS "
     "NULL) <> (salt IS NULL) OR blob IS NULL AND name || company || language <> ''"},
    {"compare the walk-ins' names", "SELECT printf('walk-in of record %d: the name is not what they said', seq) FROM "
                                    "walk_in WHERE blob IS NOT NULL AND "
                                    "(NOT json_valid(blob) OR json_extract(blob, '$.language') IS NOT language OR "
                                    "EXISTS (SELECT 1 FROM (SELECT name AS "
                                    "shown UNION SELECT company) WHERE shown <> '' AND shown NOT IN (SELECT value FROM "
                                    "json_each(blob, '$.fields'))))"},
    {"compare the events",
     "WITH newest AS (SELECT event AS number, version, max(seq) AS seq FROM installed GROUP BY event), numbers AS "
     "(SELECT number FROM newest UNION SELECT number FROM event) SELECT printf('event %d: stored version %d, the log "
     "says %d', number, ifnull(e.version, 0), ifnull(n.version, 0)) FROM numbers LEFT JOIN newest AS n USING (number) "
     "LEFT JOIN event AS e USING (number) WHERE (e.version, e.seq) IS NOT (n.version, n.seq)"},
};

struct recount {
    struct db *db;
    struct sqlite3_stmt *additions[ADDITION_COUNT];
    FILE *out;
    uint32_t *difference_count;
};

static void report(struct recount *recount, const char *words)
{
    fprintf(recount->out, "%s\n", words);
    ++*recount->difference_count;
}

static enum status run(struct recount *recount, enum addition name)
{
    struct sqlite3_stmt *statement = recount->additions[name];
    bool is_done = sqlite3_step(statement) == SQLITE_DONE;

    sqlite3_reset(statement);
    return is_done ? STATUS_OK : db_failure(recount->db, "recount the log");
}

enum status recount_add(struct recount *recount, const struct record *record, uint64_t seq)
{
    struct sqlite3_stmt *const *row = recount->additions;

    switch (record->kind) {
    case RECORD_KIND_ENTRY:
    case RECORD_KIND_EXIT:
        db_bind(row[ADD_CHECK_IN], record->event, record->list, (int64_t)record->ticket, (int64_t)seq, record->person,
                record->kind == RECORD_KIND_ENTRY, record->unix_ms);
        db_bind_text(row[ADD_CHECK_IN], 8, record->gate);
        return run(recount, ADD_CHECK_IN);
    case RECORD_KIND_ANNUL:
        db_bind(row[DROP_CHECK_IN], (int64_t)record->annuls);
        return run(recount, DROP_CHECK_IN);
    case RECORD_KIND_EVENT_VERSION:
        db_bind(row[ADD_INSTALLED], (int64_t)seq, record->event, record->version);
        return run(recount, ADD_INSTALLED);
    case RECORD_KIND_ROUND:
        db_bind(row[ADD_ROUND], (int64_t)seq, record->event, record->list, record->round);
        db_bind_text(row[ADD_ROUND], 5, record->stop);
        return run(recount, ADD_ROUND);
    case RECORD_KIND_STOCK:
        db_bind(row[ADD_STOCK], record->event, record->list, record->stock);
        return run(recount, ADD_STOCK);
    case RECORD_KIND_WALK_IN:
        db_bind(row[ADD_REGISTERED], (int64_t)seq, record->event, (int64_t)record->ticket, record->class_id,
                record->group);
        db_bind_blob(row[ADD_REGISTERED], 6, record->blob_hash, sizeof record->blob_hash);
        return run(recount, ADD_REGISTERED);
    case RECORD_KIND_REFUSED:
    case RECORD_KIND_COUNT_CHECK:
    case RECORD_KIND_BOOT:
    case RECORD_KIND_CLOCK:
    case RECORD_KIND_PURGE:
        return STATUS_OK;
    }
    return STATUS_OK;
}

// Every row is a difference, in words.
static enum status compare(struct recount *recount, const char *what, const char *sql)
{
    struct sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(recount->db->handle, sql, -1, &row, NULL);

    if (code != SQLITE_OK) return db_failure(recount->db, "prepare the audit");
    while ((code = sqlite3_step(row)) == SQLITE_ROW) report(recount, (const char *)sqlite3_column_text(row, 0));
    enum status status = code == SQLITE_DONE ? STATUS_OK : db_failure(recount->db, what);
    sqlite3_finalize(row);
    return status;
}

static void check_blob(struct recount *recount, struct sqlite3_stmt *row)
{
    uint8_t hash[WALK_IN_HASH_BYTES];
    char words[120];

    // Whoever tampers can also have SQLite look away from the salt's CHECK.
    if (sqlite3_column_bytes(row, 2) == WALK_IN_SALT_BYTES && sqlite3_column_bytes(row, 3) == WALK_IN_HASH_BYTES) {
        walk_in_hash((const char *)sqlite3_column_text(row, 1), sqlite3_column_blob(row, 2), hash);
        if (memcmp(hash, sqlite3_column_blob(row, 3), sizeof hash) == 0) return;
    }
    snprintf(words, sizeof words, "walk-in of record %lld: their data is not what was registered",
             (long long)sqlite3_column_int64(row, 0));
    report(recount, words);
}

// What was erased has no hash to compare.
static enum status check_blobs(struct recount *recount)
{
    static const char sql[] = "SELECT w.seq, blob, salt, hash FROM walk_in AS w JOIN registered AS t ON t.seq = w.seq "
                              "WHERE blob IS NOT NULL AND salt IS NOT NULL ORDER BY w.seq";
    struct sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(recount->db->handle, sql, -1, &row, NULL);

    if (code != SQLITE_OK) return db_failure(recount->db, "prepare the audit");
    while ((code = sqlite3_step(row)) == SQLITE_ROW) check_blob(recount, row);
    enum status status = code == SQLITE_DONE ? STATUS_OK : db_failure(recount->db, "read the walk-ins");
    sqlite3_finalize(row);
    return status;
}

enum status recount_compare(struct recount *recount, FILE *out, uint32_t *difference_count)
{
    enum status status = STATUS_OK;

    recount->out = out;
    recount->difference_count = difference_count;
    for (size_t i = 0; i < sizeof comparisons / sizeof comparisons[0] && status == STATUS_OK; i++)
        status = compare(recount, comparisons[i].what, comparisons[i].sql);
    return status == STATUS_OK ? check_blobs(recount) : status;
}

enum status recount_open(struct db *db, struct recount **out)
{
    struct recount *recount = mem_zero(sizeof *recount);
    enum status status;

    recount->db = db;
    if ((status = db_execute(db, truth_tables, "begin the audit")) != STATUS_OK) goto fail;
    for (int i = 0; i < ADDITION_COUNT; i++)
        if (sqlite3_prepare_v2(db->handle, additions[i], -1, &recount->additions[i], NULL) != SQLITE_OK) {
            status = db_failure(db, "prepare the audit");
            goto fail;
        }
    *out = recount;
    return STATUS_OK;
fail:
    recount_close(recount);
    return status;
}

void recount_close(struct recount *recount)
{
    if (!recount) return;
    for (int i = 0; i < ADDITION_COUNT; i++) sqlite3_finalize(recount->additions[i]);
    free(recount);
}
