// board_bench.c -- a door with its headcount page, alone and with a crowd at it in turns: what a scan costs, when
// phones know, and how much memory it takes.
#include "support/check.h"

#include "app/live.h"
#include "bench/bench.h"
#include "bench/crowd.h"
#include "code/reader.h"
#include "desk/desk.h"
#include "support/door.h"
#include "support/qr_image.h"
#include "support/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    GUESTS = 20000,
    ROUNDS = 10,
    SCANS_EACH = 60,
    SCANS = ROUNDS * SCANS_EACH,
    PAUSE_MS = 50,
    SETTLE_MS = 1500,
    COUNTS = 50
};

struct stage {
    struct door door;
    struct store *store;
    struct queue notices;
    struct desk *desk;
    struct reader *reader;
    struct live *live;
    struct crowd *crowd;
    struct frame frame;
    uint32_t inside;
};

static void open_live(struct stage *stage)
{
    struct live_config config = {
        .clock = clock_system(), .address = "127.0.0.1", .event = DOOR_EVENT, .list = DOOR_LIST, .gate = "Nord"};

    snprintf(config.database, sizeof config.database, "%s", stage->door.path);
    snprintf(config.secret, sizeof config.secret, "%s/board.secret", stage->door.folder);
    assert_int_equal(live_open(&config, &stage->live), STATUS_OK);
}

static void open_stage(struct stage *stage)
{
    door_init(&stage->door, door_disk());
    stage->store = door_store(&stage->door, GUESTS);
    queue_init(&stage->notices, sizeof(struct notice), 16, NULL);
    struct desk_config config = {.store = stage->store,
                                 .clock = clock_system(),
                                 .event = &stage->door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &stage->notices};
    assert_int_equal(desk_open(&config, &stage->desk), STATUS_OK);
    (void)desk_step(stage->desk, 0);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = clock_system(), .budget_ms = 200}, &stage->reader),
        STATUS_OK);
    open_live(stage);
}

static void close_stage(struct stage *stage)
{
    char secret[LIVE_PATH_SIZE];

    live_close(stage->live);
    reader_close(stage->reader);
    desk_close(stage->desk);
    store_close(stage->store);
    queue_destroy(&stage->notices);
    snprintf(secret, sizeof secret, "%s/board.secret", stage->door.folder);
    unlink(secret);
    door_destroy(&stage->door);
}

// The phones' cookie, for the crowd.
static void introduce(struct stage *stage)
{
    char link[BOARD_LINK_SIZE], token[BOARD_TOKEN_SIZE], body[64], cookie[256];
    struct web_answer answer;
    unsigned port;

    live_link(stage->live, link);
    assert_int_equal(sscanf(link, "http://127.0.0.1:%u/#%32s", &port, token), 2);
    struct web *web = web_open((uint16_t)port, false);
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", token);
    web_ask(web, "POST /session", "", body, &answer);
    assert_non_null(web_answer_header(&answer, "Set-Cookie", cookie));
    cookie[strcspn(cookie, ";")] = '\0';
    snprintf(stage->crowd->cookie, sizeof stage->crowd->cookie, "Cookie: %.200s\r\n", cookie);
    stage->crowd->port = (uint16_t)port;
    web_answer_free(&answer);
    web_close(web);
}

// Two tickets each belong to a person: every second guest is one more inside.
static double scan(struct stage *stage)
{
    static struct reading reading;
    static struct notice notice;
    struct ticket ticket = door_signed_ticket(&stage->door, 2 * (size_t)stage->inside);
    char text[TICKET_TEXT_SIZE];
    struct qr_image image = {.text = text, .module_px = 4, .quiet_modules = 4, .left_px = 200, .top_px = 150};

    ticket_write(&ticket, text);
    qr_image_clear(&stage->frame, 640, 480, 190);
    qr_image_draw(&stage->frame, &image);
    while (queue_take(&stage->notices, &notice)) continue;
    int64_t begun_ns = bench_now_ns();
    do stage->reader->ops->read(stage->reader, &stage->frame, &reading);
    while (reading.count == 0 && !reading.is_exhausted);
    assert_int_equal(reading.count, 1);
    assert_int_equal(queue_put(desk_codes(stage->desk), &reading.codes[0]), STATUS_OK);
    (void)desk_step(stage->desk, begun_ns / 1000000);
    int64_t done_ns = bench_now_ns();
    assert_true(queue_take(&stage->notices, &notice));
    assert_int_equal(notice.kind, NOTICE_VERDICT);
    assert_int_equal(notice.verdict.reason, REASON_OK);
    stage->inside++;
    assert_true(stage->inside < CROWD_MOST_ENTRIES);
    atomic_store(&stage->crowd->entered_ns[stage->inside], done_ns);
    return (double)(done_ns - begun_ns) / 1e6;
}

static void scan_some(struct stage *stage, double *ms)
{
    for (int i = 0; i < SCANS_EACH; i++) {
        ms[i] = scan(stage);
        usleep(PAUSE_MS * 1000);
    }
    stage->store->ops->rest(stage->store);
}

static double resident_mib(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long all, resident;

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &all, &resident), 2);
    fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / (1024 * 1024);
}

static void report(const struct bench *bench, const struct stage *stage, double *alone, double *crowded, double mib)
{
    uint64_t count;
    double alone_p50 = bench_percentile(alone, SCANS, 50), alone_p99 = bench_percentile(alone, SCANS, 99);

    bench_report(bench, "alone", "scan_p50_ms", alone_p50);
    bench_report(bench, "alone", "scan_p99_ms", alone_p99);
    bench_compare(bench, "crowd", "scan_p50_ms", bench_percentile(crowded, SCANS, 50), alone_p50);
    bench_compare(bench, "crowd", "scan_p99_ms", bench_percentile(crowded, SCANS, 99), alone_p99);
    bench_report(bench, "crowd", "update_p50_ms", crowd_percentile(stage->crowd, 50, &count));
    bench_report(bench, "crowd", "update_p99_ms", crowd_percentile(stage->crowd, 99, &count));
    bench_report(bench, "crowd", "updates", (double)count);
    bench_report(bench, "crowd", "nonsense_requests", (double)atomic_load(&stage->crowd->sent));
    bench_report(bench, "crowd", "more_memory_MiB", mib);
}

// One look at all numbers, as after each scan.
static void report_count(const struct bench *bench, const struct stage *stage)
{
    static double ms[COUNTS];
    struct tally *tally = calloc(1, sizeof *tally);
    struct tally_source *source;

    assert_non_null(tally);
    assert_int_equal(tally_sqlite_open(stage->door.path, clock_system(), &source), STATUS_OK);
    for (size_t i = 0; i < COUNTS; i++) {
        int64_t begun_ns = bench_now_ns();
        assert_int_equal(tally_read(source, &stage->door.event, tally), STATUS_OK);
        ms[i] = (double)(bench_now_ns() - begun_ns) / 1e6;
    }
    bench_report(bench, "20000 entries", "first_count_ms", ms[0]);
    bench_report(bench, "20000 entries", "count_p50_ms", bench_percentile(ms + 1, COUNTS - 1, 50));
    tally_close(source);
    free(tally);
}

int main(int count, char **arguments)
{
    static struct stage stage;
    static double alone[SCANS], crowded[SCANS];
    struct bench bench;
    double most_mib = 0;

    bench_begin(&bench, "board", count, arguments);
    stage.crowd = crowd_begin(); // before any thread
    if (!stage.crowd) return 0;
    open_stage(&stage);
    live_start(stage.live);
    introduce(&stage);
    for (int i = 0; i < 20; i++) (void)scan(&stage); // warm up
    double before_mib = resident_mib();
    for (size_t round = 0; round < ROUNDS; round++) {
        scan_some(&stage, alone + round * SCANS_EACH);
        crowd_come(stage.crowd);
        usleep(SETTLE_MS * 1000); // all phones have their first numbers
        scan_some(&stage, crowded + round * SCANS_EACH);
        usleep(SETTLE_MS * 1000); // and their last
        double mib = resident_mib() - before_mib;
        if (mib > most_mib) most_mib = mib;
        crowd_go(stage.crowd);
    }
    report_count(&bench, &stage);
    report(&bench, &stage, alone, crowded, most_mib);
    close_stage(&stage);
    crowd_end(stage.crowd);
    bench_end(&bench);
    return 0;
}
