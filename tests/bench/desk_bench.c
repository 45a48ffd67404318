// desk_bench.c -- how much the desk costs beyond making a record durable: codes through the desk's queue against a
// bare loop of the same INSERTs, in the same journal mode, on the same disk, in turns within one run.
#include "support/check.h"

#include "bench/bench.h"
#include "desk/desk.h"
#include "support/door.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { ROUNDS = 40, SCANS_PER_ROUND = 50 };

struct desk_side {
    struct door door;
    struct store *store;
    struct queue notices;
    struct desk *desk;
    struct code *codes;
};

static void desk_side_open(struct desk_side *side)
{
    size_t count = ROUNDS * SCANS_PER_ROUND;

    door_init(&side->door, door_disk());
    side->store = door_store(&side->door, count);
    queue_init(&side->notices, sizeof(struct notice), 16, NULL);
    struct desk_config config = {.store = side->store,
                                 .clock = side->door.clock,
                                 .event = &side->door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &side->notices};
    assert_int_equal(desk_open(&config, &side->desk), STATUS_OK);
    struct notice notice;
    (void)desk_step(side->desk, 0); // the first one, the headcount
    assert_true(queue_take(&side->notices, &notice));
    side->codes = calloc(count, sizeof *side->codes);
    for (size_t i = 0; i < count; i++) side->codes[i] = door_code(&side->door, i);
}

static void desk_side_run(struct desk_side *side, size_t first, size_t at_once)
{
    struct notice notice;

    for (size_t i = first, waiting; i < first + SCANS_PER_ROUND; i += waiting) {
        for (waiting = 0; waiting < at_once && i + waiting < first + SCANS_PER_ROUND; waiting++)
            assert_int_equal(queue_put(desk_codes(side->desk), &side->codes[i + waiting]), STATUS_OK);
        (void)desk_step(side->desk, 0);
        for (size_t told = 0; told < waiting; told++) {
            assert_true(queue_take(&side->notices, &notice));
            assert_int_equal(notice.kind, NOTICE_VERDICT);
            assert_int_equal(notice.verdict.reason, REASON_OK);
        }
    }
}

static void desk_side_close(struct desk_side *side)
{
    desk_close(side->desk);
    store_close(side->store);
    assert_int_equal(door_audit(&side->door), 0);
    queue_destroy(&side->notices);
    free(side->codes);
    door_destroy(&side->door);
}

// The same tables and rows, written by nothing but SQLite.
struct bare_side {
    struct door door;
    sqlite3 *handle;
    sqlite3_stmt *begin, *log, *check_in, *headcount, *commit;
    char line[RECORD_LINE_SIZE];
};

static sqlite3_stmt *prepare(struct bare_side *side, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v3(side->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), SQLITE_OK);
    return statement;
}

static void bare_side_open(struct bare_side *side)
{
    door_init(&side->door, door_disk());
    store_close(door_store(&side->door, ROUNDS * SCANS_PER_ROUND));
    struct record entry = door_entry(&side->door, 1);
    entry.boot = 1;
    assert_int_equal(record_write_line(&entry, 1000, side->line), STATUS_OK);
    assert_int_equal(sqlite3_open(side->door.path, &side->handle), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(side->handle, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", NULL, NULL, NULL),
        SQLITE_OK);
    side->begin = prepare(side, "BEGIN IMMEDIATE");
    side->log = prepare(side, "INSERT INTO log (seq, line, hash) VALUES (?1, ?2, ?3)");
    side->check_in = prepare(side, "INSERT INTO check_in VALUES (7, 1, ?1, ?2, ?3, 1, ?4, 'Nord')");
    side->headcount =
        prepare(side, "INSERT INTO headcount VALUES (7, 1, 1, 1, 0, 1, 1) ON CONFLICT DO UPDATE SET inside = "
                      "inside + 1, aboard = aboard + 1, seen = seen + 1, given = given + 1");
    side->commit = prepare(side, "COMMIT");
}

static void run(sqlite3_stmt *statement)
{
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    assert_int_equal(sqlite3_reset(statement), SQLITE_OK);
}

static void bare_side_run(struct bare_side *side, size_t first)
{
    static const unsigned char hash[CHAIN_HASH_BYTES] = {1};

    for (size_t i = first; i < first + SCANS_PER_ROUND; i++) {
        run(side->begin);
        sqlite3_bind_int64(side->log, 1, (sqlite3_int64)i + 3);
        sqlite3_bind_text(side->log, 2, side->line, -1, SQLITE_STATIC);
        sqlite3_bind_blob(side->log, 3, hash, sizeof hash, SQLITE_STATIC);
        run(side->log);
        sqlite3_bind_int64(side->check_in, 1, (sqlite3_int64)door_ticket(i));
        sqlite3_bind_int64(side->check_in, 2, (sqlite3_int64)i + 3);
        sqlite3_bind_int64(side->check_in, 3, (sqlite3_int64)i / 2 + 1);
        sqlite3_bind_int64(side->check_in, 4, DOOR_UNIX_MS);
        run(side->check_in);
        run(side->headcount);
        run(side->commit);
    }
}

static void bare_side_close(struct bare_side *side)
{
    sqlite3_stmt *statements[] = {side->begin, side->log, side->check_in, side->headcount, side->commit};

    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) sqlite3_finalize(statements[i]);
    sqlite3_close(side->handle);
    door_destroy(&side->door);
}

static void compare(const struct bench *bench, const char *what, size_t at_once)
{
    static struct desk_side desk;
    static struct bare_side bare;
    double desk_s = 0, bare_s = 0, scans = ROUNDS * SCANS_PER_ROUND;
    int64_t begun_ns;

    desk_side_open(&desk);
    bare_side_open(&bare);
    for (size_t round = 0; round < ROUNDS; round++) {
        begun_ns = bench_now_ns();
        desk_side_run(&desk, round * SCANS_PER_ROUND, at_once);
        int64_t between_ns = bench_now_ns();
        bare_side_run(&bare, round * SCANS_PER_ROUND);
        desk_s += (double)(between_ns - begun_ns) / 1e9;
        bare_s += (double)(bench_now_ns() - between_ns) / 1e9;
    }
    begun_ns = bench_now_ns();
    desk.store->ops->rest(desk.store); // what the pause after a queue does belongs to the price
    desk_s += (double)(bench_now_ns() - begun_ns) / 1e9;
    bench_compare(bench, what, "per_second", scans / desk_s, scans / bare_s);
    desk_side_close(&desk);
    bare_side_close(&bare);
}

int main(int count, char **arguments)
{
    struct bench bench;

    bench_begin(&bench, "desk", count, arguments);
    compare(&bench, "one after another", 1);
    compare(&bench, "a queue", 4); // two doors' worth of hands before one camera
    bench_end(&bench);
    return 0;
}
