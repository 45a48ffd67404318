#define LOG_MODULE "audit"

#include "record/audit_recount_sqlite.h"

#include "base/mem.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char truth_tables[] =
    "CREATE TEMP TABLE truth (at PRIMARY KEY, event, list, ticket, person, is_entry, is_here, unix_ms, gate);"
    "CREATE TEMP TABLE taken_back (identity, is_others, PRIMARY KEY (identity, is_others));" // log and seq
    "CREATE TEMP TABLE installed (at PRIMARY KEY, event, version);"
    "CREATE TEMP TABLE true_round (at PRIMARY KEY, event, list, number, stop);"
    "CREATE TEMP TABLE true_stock (event, list, things);"
    "CREATE TEMP TABLE registered (at PRIMARY KEY, event, ticket, class, party, hash);";

enum addition { ADD_CHECK_IN, TAKE_BACK, ADD_INSTALLED, ADD_ROUND, ADD_STOCK, ADD_REGISTERED, ADDITION_COUNT };

static const char *const additions[ADDITION_COUNT] = {
    [ADD_CHECK_IN] = "INSERT INTO truth VALUES (?9, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [TAKE_BACK] = "REPLACE INTO taken_back VALUES (?2, ?1)",
    [ADD_INSTALLED] = "INSERT INTO installed VALUES (?3, ?1, ?2)",
    [ADD_ROUND] = "INSERT INTO true_round VALUES (?5, ?1, ?2, ?3, ?4)",
    [ADD_STOCK] = "INSERT INTO true_stock VALUES (?1, ?2, ?3)",
    [ADD_REGISTERED] = "INSERT INTO registered VALUES (?5, ?1, ?2, ?3, ?4, ?6)",
};

// Tickets by their last check-in, then whoever they belong to by the newest of these; what the office's documents say
// about them was put into truly_expected by audit_events().
#define RECOUNT                                                                                                        \
    "WITH by_ticket AS (SELECT event, list, ticket, person, is_entry, max(at) AS at FROM truth GROUP BY event, "       \
    "list, ticket), by_owner AS (SELECT event, list, person, iif(person = 0, ticket, 0) AS ticket, is_entry, "         \
    "max(at) AS at FROM by_ticket GROUP BY event, list, person, iif(person = 0, ticket, 0)), newest_round AS "         \
    "(SELECT event, list, max(at) AS at FROM true_round GROUP BY event, list), judged AS (SELECT o.event, o.list, "    \
    "o.is_entry, o.at > ifnull(r.at, x'') AS is_now, x.event IS NOT NULL AS is_expected FROM by_owner AS o LEFT JOIN " \
    "newest_round AS r USING (event, list) LEFT JOIN truly_expected AS x ON x.event = o.event AND x.list = o.list "    \
    "AND x.person = o.person AND x.ticket = o.ticket), recounted AS ("                                                 \
    "SELECT event, list, 'headcount' AS what, sum(is_entry) AS number FROM judged GROUP BY event, list UNION ALL "     \
    "SELECT event, list, 'aboard', sum(is_entry AND is_now) FROM judged GROUP BY event, list UNION ALL "               \
    "SELECT event, list, 'out', sum(NOT is_entry) FROM judged GROUP BY event, list UNION ALL "                         \
    "SELECT event, list, 'seen of the roster', sum(is_expected) FROM judged GROUP BY event, list UNION ALL "           \
    "SELECT event, list, 'given', sum(is_entry) FROM truth GROUP BY event, list UNION ALL SELECT event, list, 'given " \
    "here', sum(is_entry AND is_here) FROM truth GROUP BY event, list UNION ALL "                                      \
    "SELECT event, list, 'stock', sum(things) FROM true_stock GROUP BY event, list), "
#define STORED                                                                                                         \
    "stored AS (SELECT event, list, 'headcount' AS what, inside AS number FROM headcount UNION ALL "                   \
    "SELECT event, list, 'aboard', aboard FROM headcount UNION ALL SELECT event, list, 'out', out FROM headcount "     \
    "UNION ALL SELECT event, list, 'seen of the roster', seen FROM headcount UNION ALL SELECT event, list, 'given', "  \
    "given FROM headcount UNION ALL SELECT event, list, 'given here', given_here FROM headcount UNION ALL SELECT "     \
    "event, list, 'stock', things FROM stock) "

static const struct {
    const char *what, *sql;
} comparisons[] = {
    {"look at the pages", "SELECT 'file: ' || replace(quick_check, char(10), ' ') FROM pragma_quick_check WHERE "
                          "quick_check <> 'ok' LIMIT 20"},
    {"compare the check-ins",
     "SELECT printf('check-in of %s: %s', record_words(t.at), iif(c.at IS NULL, 'is missing', 'differs from the "
     "record')) FROM truth AS t LEFT JOIN check_in AS c ON c.event = t.event AND c.list = t.list AND c.ticket = "
     "t.ticket AND c.at = t.at WHERE c.at IS NULL OR (c.person, c.is_entry, c.unix_ms, c.gate) IS NOT "
     "(t.person, t.is_entry, t.unix_ms, t.gate) ORDER BY t.at"},
    {"compare the check-ins",
     "SELECT printf('check-in of %s: the log has no such check-in', record_words(c.at)) FROM check_in AS c LEFT JOIN "
     "truth AS t ON t.at = c.at AND t.event = c.event AND t.list = c.list AND t.ticket = c.ticket "
     "WHERE t.at IS NULL ORDER BY c.at"},
    {"compare what was taken back",
     "SELECT printf('record %d of log %s: no log took it back', seq, lower(hex(substr(log, 1, 4)))) FROM annulled "
     "WHERE "
     "record_identity(log, seq) NOT IN (SELECT identity FROM taken_back) UNION ALL SELECT "
     "printf('%s: was taken back, and is not noted', record_words(CAST(zeroblob(8) || identity AS BLOB))) FROM "
     "taken_back WHERE is_others AND identity NOT IN (SELECT record_identity(log, seq) FROM annulled)"},
    {"compare the headcounts", RECOUNT STORED
     "SELECT printf('%s of event %d, list %d: stored %d, recounted %d', what, event, list, sum(stored), sum(recounted))"
     " FROM (SELECT event, list, what, number AS stored, 0 AS recounted FROM stored UNION ALL SELECT event, list, "
     "what, "
     "0, number FROM recounted) GROUP BY event, list, what HAVING sum(stored) <> sum(recounted)"},
    {"compare the rounds",
     "SELECT printf('round of %s: %s', record_words(t.at), iif(r.at IS NULL, 'is missing', 'differs from the record')) "
     "FROM true_round AS t LEFT JOIN round AS r USING (event, list, at) WHERE (r.number, r.stop) IS NOT (t.number, "
     "t.stop)"},
    {"compare the rounds",
     "SELECT printf('round of %s: the log has no such round', record_words(r.at)) FROM round AS r LEFT JOIN true_round "
     "AS t USING (event, list, at) WHERE t.at IS NULL"},
    {"compare the walk-ins",
     "WITH newest AS (SELECT event, ticket, class, party, max(at) AS at FROM registered GROUP BY event, ticket) "
     "SELECT printf('walk-in of %s: %s', record_words(n.at), iif(w.at IS NULL, 'is missing', 'differs from the "
     "record')) FROM newest AS n LEFT JOIN walk_in AS w USING (event, ticket) WHERE (w.at, w.class, w.party) IS NOT "
     "(n.at, n.class, n.party)"},
    {"compare the walk-ins",
     "SELECT printf('walk-in of %s: the log has no such walk-in', record_words(w.at)) FROM walk_in AS w LEFT JOIN "
     "registered AS t USING (event, ticket) WHERE t.at IS NULL"},
    {"look for what was erased", // by half only, it is neither kept nor gone
     "SELECT printf('walk-in of %s: their data was erased, but not all of it', record_words(at)) FROM walk_in WHERE "
     "(blob IS "
     "NULL) <> (salt IS NULL) OR blob IS NULL AND name || company || language <> ''"},
    {"compare the walk-ins' names",
     "SELECT printf('walk-in of %s: the name is not what they said', record_words(at)) FROM "
     "walk_in WHERE blob IS NOT NULL AND "
     "(NOT json_valid(blob) OR json_extract(blob, '$.language') IS NOT language OR "
     "EXISTS (SELECT 1 FROM (SELECT name AS "
     "shown UNION SELECT company) WHERE shown <> '' AND shown NOT IN (SELECT value FROM "
     "json_each(blob, '$.fields'))))"},
    {"compare the events",
     "WITH newest AS (SELECT event AS number, version, max(at) AS at FROM installed GROUP BY event), numbers AS "
     "(SELECT number FROM newest UNION SELECT number FROM event) SELECT printf('event %d: stored version %d, the log "
     "says %d', number, ifnull(e.version, 0), ifnull(n.version, 0)) FROM numbers LEFT JOIN newest AS n USING (number) "
     "LEFT JOIN event AS e USING (number) WHERE (e.version, e.at) IS NOT (n.version, n.at)"},
};

struct recount {
    struct db *db;
    uint8_t log[LOG_ID_BYTES]; // our own
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

static enum status take_back(struct recount *recount, const struct happening *happening)
{
    const struct record *record = happening->record;
    bool is_others = record->annuls_other_log;
    struct order target = order_of(0, is_others ? record->annulled_log : happening->log, record->annuls);

    if (!is_others && record->annuls >= happening->seq) return STATUS_OK; // of another kiosk: it makes no sense
    db_bind(recount->additions[TAKE_BACK], is_others);
    db_bind_blob(recount->additions[TAKE_BACK], 2, ORDER_IDENTITY(&target), ORDER_IDENTITY_BYTES);
    return run(recount, TAKE_BACK);
}

static enum status add_check_in(struct recount *recount, const struct happening *happening)
{
    struct sqlite3_stmt *row = recount->additions[ADD_CHECK_IN];
    const struct record *record = happening->record;

    db_bind(row, record->event, record->list, (int64_t)record->ticket, record->person,
            record->kind == RECORD_KIND_ENTRY, happening->is_here, record->unix_ms);
    db_bind_text(row, 8, record->gate);
    db_bind_blob(row, 9, happening->at.bytes, ORDER_BYTES);
    return run(recount, ADD_CHECK_IN);
}

static enum status add_round(struct recount *recount, const struct happening *happening)
{
    struct sqlite3_stmt *row = recount->additions[ADD_ROUND];
    const struct record *record = happening->record;

    db_bind(row, record->event, record->list, record->round);
    db_bind_text(row, 4, record->stop);
    db_bind_blob(row, 5, happening->at.bytes, ORDER_BYTES);
    return run(recount, ADD_ROUND);
}

static enum status add_registered(struct recount *recount, const struct happening *happening)
{
    struct sqlite3_stmt *row = recount->additions[ADD_REGISTERED];
    const struct record *record = happening->record;

    db_bind(row, record->event, (int64_t)record->ticket, record->class_id, record->group);
    db_bind_blob(row, 5, happening->at.bytes, ORDER_BYTES);
    db_bind_blob(row, 6, record->blob_hash, sizeof record->blob_hash);
    return run(recount, ADD_REGISTERED);
}

static enum status add_installed(struct recount *recount, const struct happening *happening)
{
    struct sqlite3_stmt *row = recount->additions[ADD_INSTALLED];

    db_bind(row, happening->record->event, happening->record->version);
    db_bind_blob(row, 3, happening->at.bytes, ORDER_BYTES);
    return run(recount, ADD_INSTALLED);
}

enum status recount_add(struct recount *recount, const struct happening *happening)
{
    const struct record *record = happening->record;

    switch (record->kind) {
    case RECORD_KIND_ENTRY:
    case RECORD_KIND_EXIT:
        return add_check_in(recount, happening);
    case RECORD_KIND_ANNUL:
        return take_back(recount, happening);
    case RECORD_KIND_EVENT_VERSION:
        return happening->is_here ? add_installed(recount, happening) : STATUS_OK;
    case RECORD_KIND_ROUND:
        return add_round(recount, happening);
    case RECORD_KIND_STOCK:
        if (!happening->is_here) return STATUS_OK;
        db_bind(recount->additions[ADD_STOCK], record->event, record->list, record->stock);
        return run(recount, ADD_STOCK);
    case RECORD_KIND_WALK_IN:
        return add_registered(recount, happening);
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

enum status recount_compare(struct recount *recount, FILE *out, uint32_t *difference_count)
{
    static const char take_back_all[] = "DELETE FROM truth WHERE substr(at, 9) IN (SELECT identity FROM taken_back)";
    enum status status = db_execute(recount->db, take_back_all, "recount the logs");

    recount->out = out;
    recount->difference_count = difference_count;
    for (size_t i = 0; i < sizeof comparisons / sizeof comparisons[0] && status == STATUS_OK; i++)
        status = compare(recount, comparisons[i].what, comparisons[i].sql);
    return status == STATUS_OK ? recount_check_blobs(recount->db, out, difference_count) : status;
}

enum status recount_open(struct db *db, const uint8_t log[LOG_ID_BYTES], struct recount **out)
{
    struct recount *recount = mem_zero(sizeof *recount);
    enum status status;

    recount->db = db;
    memcpy(recount->log, log, LOG_ID_BYTES);
    if ((status = recount_add_functions(db, recount->log)) != STATUS_OK) goto fail;
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
