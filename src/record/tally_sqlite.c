// tally_sqlite.c -- an event in numbers, from a kiosk's database: what its projections say, in one read transaction.
#define LOG_MODULE "tally"

#include "record/tally_sqlite.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char *const questions[TALLY_QUESTIONS] = {
    [TALLY_CHANGES] = "PRAGMA data_version", // counts what other connections commit
    [TALLY_VERSION] = "SELECT version FROM event WHERE number = ?1",
    [TALLY_ARRIVALS] = "SELECT unix_ms FROM check_in WHERE event = ?1 AND list = ?2 AND is_entry AND unix_ms >= ?3 AND "
                       "unix_ms < ?4",
    [TALLY_LAST] =
        "SELECT unix_ms FROM check_in INDEXED BY check_in_of_list WHERE event = ?1 AND list = ?2 ORDER BY at "
        "DESC LIMIT 1",
    [TALLY_OTHERS] =
        "SELECT gate, max(unix_ms) FROM peer WHERE gate <> '' AND here_before = 0 GROUP BY gate ORDER BY 2 "
        "DESC LIMIT ?1",
    [TALLY_OWN] = "SELECT seq, line FROM log ORDER BY seq DESC LIMIT ?1",
};

static const enum statement statements[] = {STATEMENT_COUNT, STATEMENT_ROUND, STATEMENT_CENSUS_EXPECTED,
                                            STATEMENT_CENSUS_INSIDE, STATEMENT_SETTING};

enum status tally_ask(struct tally_source *source, enum tally_question name)
{
    int code = sqlite3_step(source->asks[name]);

    if (code == SQLITE_ROW) return STATUS_OK;
    return code == SQLITE_DONE ? STATUS_MISSING : db_failure(&source->store.db, "read the numbers");
}

// ---- one list ----

// A roster of 100,000 is gone through once a version, not at each tally.
static enum status count_expected(struct tally_source *source, const struct event *event, size_t index,
                                  struct census *census)
{
    struct db *db = &source->store.db;
    const struct list *list = &event->lists[index];
    enum status status;

    if (list->mode == LIST_MODE_ROLL_CALL) return store_census_expected(db, event, list, census);
    if (!source->is_counted[index]) {
        source->expected[index] = (struct census){0};
        if ((status = store_census_expected(db, event, list, &source->expected[index])) != STATUS_OK) return status;
        source->is_counted[index] = true;
    }
    *census = source->expected[index];
    return STATUS_OK;
}

static enum status count_parts(struct tally_source *source, const struct event *event, size_t index, struct tally *out)
{
    struct census census = {0};
    enum status status = count_expected(source, event, index, &census);

    if (status == STATUS_OK) status = store_census_inside(&source->store.db, event, &event->lists[index], &census);
    if (status != STATUS_OK) return status;
    for (size_t i = 0; i < event->class_count; i++)
        out->lists[index].classes[i] = (struct tally_part){census.classes[i].inside, census.classes[i].expected};
    for (size_t i = 0; i < event->group_count; i++)
        out->lists[index].groups[i] = (struct tally_part){census.groups[i].inside, census.groups[i].expected};
    return STATUS_OK;
}

static enum status find_last(struct tally_source *source, uint32_t event, uint16_t list, int64_t *out)
{
    struct sqlite3_stmt *row = source->asks[TALLY_LAST];

    db_bind(row, event, list);
    enum status status = tally_ask(source, TALLY_LAST);
    if (status == STATUS_OK) *out = sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status count_arrivals(struct tally_source *source, uint32_t event, uint16_t list, int64_t from_ms,
                                  uint16_t arrivals[TALLY_BUCKETS])
{
    struct sqlite3_stmt *row = source->asks[TALLY_ARRIVALS];
    enum status status;

    db_bind(row, event, list, from_ms, from_ms + (int64_t)TALLY_BUCKETS * TALLY_BUCKET_MS);
    while ((status = tally_ask(source, TALLY_ARRIVALS)) == STATUS_OK) {
        uint16_t *bucket = &arrivals[(sqlite3_column_int64(row, 0) - from_ms) / TALLY_BUCKET_MS];
        if (*bucket < UINT16_MAX) ++*bucket;
    }
    sqlite3_reset(row);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status read_list(struct tally_source *source, const struct event *event, size_t index, struct tally *out)
{
    const struct list *list = &event->lists[index];
    enum status status;

    out->lists[index].id = list->id;
    out->lists[index].mode = list->mode;
    text_copy(out->lists[index].name, sizeof out->lists[index].name, list->name);
    status = store_count(&source->store.store, event->number, list, &out->lists[index].headcount);
    if (status == STATUS_OK) status = count_parts(source, event, index, out);
    return status == STATUS_OK ? find_last(source, event->number, list->id, &out->lists[index].last_unix_ms) : status;
}

// ---- when they came ----

static int64_t bucket_begin(int64_t unix_ms)
{
    int64_t past = unix_ms % TALLY_BUCKET_MS;

    return unix_ms - (past < 0 ? past + TALLY_BUCKET_MS : past);
}

// Up to now; where our clock isn't to be trusted, up to the last check-in.
static int64_t find_window(const struct tally_source *source, const struct tally *tally)
{
    int64_t until_ms = tally->made_unix_ms;

    if (!clock_state_is_trusted(source->clock->ops->state(source->clock)))
        for (size_t i = 0; i < tally->list_count; i++)
            if (i == 0 || tally->lists[i].last_unix_ms > until_ms) until_ms = tally->lists[i].last_unix_ms;
    return bucket_begin(until_ms) - (int64_t)(TALLY_BUCKETS - 1) * TALLY_BUCKET_MS;
}

static bool has_arrivals(const struct tally *tally, size_t bucket)
{
    for (size_t i = 0; i < tally->list_count; i++)
        if (tally->lists[i].arrivals[bucket] > 0) return true;
    return false;
}

// It begins when the first one came.
static void leave_out_empty(struct tally *tally)
{
    size_t empty = 0;

    while (empty < TALLY_BUCKETS && !has_arrivals(tally, empty)) empty++;
    if (empty == TALLY_BUCKETS) empty = TALLY_BUCKETS - 1; // nobody yet
    for (size_t i = 0; i < tally->list_count; i++) {
        uint16_t *arrivals = tally->lists[i].arrivals;
        memmove(arrivals, arrivals + empty, (TALLY_BUCKETS - empty) * sizeof *arrivals);
        memset(arrivals + TALLY_BUCKETS - empty, 0, empty * sizeof *arrivals);
    }
    tally->arrivals_from_ms += (int64_t)empty * TALLY_BUCKET_MS;
}

static enum status read_arrivals(struct tally_source *source, struct tally *out)
{
    enum status status = STATUS_OK;

    out->arrivals_from_ms = find_window(source, out);
    for (size_t i = 0; i < out->list_count && status == STATUS_OK; i++)
        status = count_arrivals(source, out->event, out->lists[i].id, out->arrivals_from_ms, out->lists[i].arrivals);
    leave_out_empty(out);
    return status;
}

// ---- all of it ----

static void name_parts(const struct event *event, struct tally *out)
{
    out->class_count = event->class_count;
    out->group_count = event->group_count;
    for (size_t i = 0; i < event->class_count; i++) {
        out->classes[i].id = event->classes[i].id;
        memcpy(out->classes[i].name, event->classes[i].name, sizeof out->classes[i].name);
    }
    for (size_t i = 0; i < event->group_count; i++) {
        out->groups[i].id = event->groups[i].id;
        memcpy(out->groups[i].name, event->groups[i].name, sizeof out->groups[i].name);
    }
}

static enum status read_version(struct tally_source *source, uint32_t event)
{
    struct sqlite3_stmt *row = source->asks[TALLY_VERSION];

    db_bind(row, event);
    enum status status = tally_ask(source, TALLY_VERSION);
    uint32_t version = status == STATUS_OK ? (uint32_t)sqlite3_column_int64(row, 0) : 0;
    sqlite3_reset(row);
    if (event != source->event || version != source->version) memset(source->is_counted, 0, sizeof source->is_counted);
    source->event = event;
    source->version = version;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status read_served_list(struct tally_source *source, const struct event *event, struct tally *out)
{
    char value[STORE_VALUE_SIZE] = "";
    enum status status = store_recall(&source->store.store, TALLY_LIST_KEY, value);
    unsigned long chosen = strtoul(value, NULL, 10);

    out->list = event->list_count > 0 ? event->lists[0].id : 0;
    if (chosen <= UINT16_MAX && event_list(event, (uint16_t)chosen)) out->list = (uint16_t)chosen;
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status read_all(struct tally_source *source, const struct event *event, struct tally *out)
{
    enum status status = read_version(source, event->number);

    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++) status = read_list(source, event, i, out);
    if (status == STATUS_OK) status = read_arrivals(source, out);
    if (status == STATUS_OK) status = read_served_list(source, event, out);
    return status == STATUS_OK ? tally_read_kiosks(source, out) : status;
}

enum status tally_read(struct tally_source *source, const struct event *event, struct tally *out)
{
    struct db *db = &source->store.db;
    struct tally *draft = &source->draft;
    enum status status = db_execute(db, "BEGIN", "read the numbers");

    if (status != STATUS_OK) return status;
    *draft = (struct tally){.event = event->number, .version = event->version, .list_count = event->list_count};
    draft->made_unix_ms = source->clock->ops->unix_ms(source->clock);
    memcpy(draft->name, event->name, sizeof draft->name);
    text_copy(draft->zone, sizeof draft->zone, event->zone);
    name_parts(event, draft);
    status = read_all(source, event, draft);
    enum status ended = db_execute(db, status == STATUS_OK ? "COMMIT" : "ROLLBACK", "read the numbers");
    if (status == STATUS_OK) status = ended;
    if (status == STATUS_OK) *out = *draft;
    return status;
}

enum status tally_stamp(struct tally_source *source, uint64_t *out)
{
    enum status status = tally_ask(source, TALLY_CHANGES);

    if (status == STATUS_OK) *out = (uint64_t)sqlite3_column_int64(source->asks[TALLY_CHANGES], 0);
    sqlite3_reset(source->asks[TALLY_CHANGES]);
    return status;
}

static enum status prepare(struct tally_source *source)
{
    struct db *db = &source->store.db;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < sizeof statements / sizeof *statements && status == STATUS_OK; i++)
        status = db_prepare(db, statements[i], db_statement_texts[statements[i]]);
    for (int i = 0; i < TALLY_QUESTIONS && status == STATUS_OK; i++)
        if (sqlite3_prepare_v3(db->handle, questions[i], -1, SQLITE_PREPARE_PERSISTENT, &source->asks[i], NULL) !=
            SQLITE_OK)
            status = db_failure(db, "prepare to read the numbers");
    return status;
}

enum status tally_sqlite_open(const char *database_path, struct clock *clock, struct tally_source **out)
{
    struct tally_source *source = mem_zero(sizeof *source);
    enum status status = db_open_to_read(&source->store.db, database_path);

    source->clock = clock;
    if (status == STATUS_OK && source->store.db.is_outdated) {
        log_error("the database is of an older version: the kiosk brings it up to date when it starts file=%s",
                  database_path);
        status = STATUS_LATER;
    }
    if (status == STATUS_OK) status = prepare(source);
    if (status == STATUS_OK) *out = source;
    else tally_close(source);
    return status;
}

void tally_close(struct tally_source *source)
{
    if (!source) return;
    for (int i = 0; i < TALLY_QUESTIONS; i++) sqlite3_finalize(source->asks[i]);
    db_close(&source->store.db);
    free(source);
}
