// latency_bench.c -- from a frame handed in to its record on disk and its notice queued, at a small and at a large
// roster, scans in turns within one run so that a noisy machine disturbs both alike.
#include "support/check.h"

#include "bench/bench.h"
#include "code/reader.h"
#include "desk/desk.h"
#include "support/door.h"
#include "support/qr_image.h"

#include <stdlib.h>

enum { SCANS = 1000, SMALL = 100, LARGE = 100000, WARM_UP = 20 };

struct side {
    struct door door;
    struct store *store;
    struct queue notices;
    struct desk *desk;
    struct reader *reader;
    size_t stride; // from guest to guest
    double frame_ms[SCANS], desk_ms[SCANS];
};

static void side_open(struct side *side, size_t guest_count)
{
    door_init(&side->door, door_disk());
    side->store = door_store(&side->door, guest_count);
    side->stride = guest_count > SCANS + WARM_UP ? guest_count / (SCANS + WARM_UP) : 1;
    queue_init(&side->notices, sizeof(struct notice), 16, NULL);
    struct desk_config config = {.store = side->store,
                                 .clock = side->door.clock,
                                 .event = &side->door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &side->notices};
    assert_int_equal(desk_open(&config, &side->desk), STATUS_OK);
    assert_int_equal(
        reader_local_open(&(struct reader_config){.clock = clock_system(), .budget_ms = 200}, &side->reader),
        STATUS_OK);
}

// Guests beyond the small roster hold genuine tickets too: the same verdict and the same rows on both sides.
static void side_scan(struct side *side, struct frame *frame, size_t scan)
{
    struct reader *reader = side->reader;
    static struct reading reading;
    static struct notice notice;
    struct ticket ticket = door_signed_ticket(&side->door, scan * side->stride);
    char text[TICKET_TEXT_SIZE];
    struct qr_image image = {.text = text, .module_px = 4, .quiet_modules = 4, .left_px = 200, .top_px = 150};

    ticket_write(&ticket, text);
    qr_image_clear(frame, 640, 480, 190);
    qr_image_draw(frame, &image);
    while (queue_take(&side->notices, &notice)) continue;

    int64_t begun_ns = bench_now_ns();
    do reader->ops->read(reader, frame, &reading); // as the scan thread does while a picture stays
    while (reading.count == 0 && !reading.is_exhausted);
    assert_int_equal(reading.count, 1);
    int64_t read_ns = bench_now_ns();
    assert_int_equal(queue_put(desk_codes(side->desk), &reading.codes[0]), STATUS_OK);
    (void)desk_step(side->desk, 0);
    int64_t done_ns = bench_now_ns();
    assert_true(queue_take(&side->notices, &notice));
    assert_int_equal(notice.kind, NOTICE_VERDICT);
    assert_int_equal(notice.verdict.reason, REASON_OK);
    if (scan < WARM_UP) return;
    side->frame_ms[scan - WARM_UP] = (double)(done_ns - begun_ns) / 1e6;
    side->desk_ms[scan - WARM_UP] = (double)(done_ns - read_ns) / 1e6;
}

static void side_close(struct side *side)
{
    reader_close(side->reader);
    desk_close(side->desk);
    store_close(side->store);
    queue_destroy(&side->notices);
    door_destroy(&side->door);
}

static void report(const struct bench *bench, const char *metric, double percent, double *small, double *large)
{
    double at_small = bench_percentile(small, SCANS, percent);

    bench_report(bench, "100 entries", metric, at_small);
    bench_compare(bench, "100000 entries", metric, bench_percentile(large, SCANS, percent), at_small);
}

// What a large roster costs beside the door: a new event file, and a start of the kiosk.
static void report_size(const struct bench *bench, struct side *side)
{
    int64_t begun_ns;

    door_document(&side->door, 2, LARGE);
    begun_ns = bench_now_ns();
    assert_int_equal(door_install(&side->door, side->store), STATUS_OK);
    bench_report(bench, "100000 entries", "install_ms", (double)(bench_now_ns() - begun_ns) / 1e6);
    begun_ns = bench_now_ns();
    assert_int_equal(side->store->ops->recover(side->store), STATUS_OK); // close, open, check
    bench_report(bench, "100000 entries", "open_ms", (double)(bench_now_ns() - begun_ns) / 1e6);
}

int main(int count, char **arguments)
{
    static struct side small, large;
    struct bench bench;
    struct frame *frame = calloc(1, sizeof *frame);
    struct notice notice;

    bench_begin(&bench, "latency", count, arguments);
    side_open(&small, SMALL);
    side_open(&large, LARGE);
    (void)desk_step(small.desk, 0); // the first notice, the headcount
    (void)desk_step(large.desk, 0);
    assert_true(queue_take(&small.notices, &notice) && queue_take(&large.notices, &notice));
    for (size_t scan = 0; scan < SCANS + WARM_UP; scan++) {
        side_scan(scan % 2 ? &large : &small, frame, scan);
        side_scan(scan % 2 ? &small : &large, frame, scan);
        if (scan % 50 == 49) small.store->ops->rest(small.store); // a pause in the queue
        if (scan % 50 == 49) large.store->ops->rest(large.store);
    }
    report_size(&bench, &large);
    report(&bench, "frame_p50_ms", 50, small.frame_ms, large.frame_ms);
    report(&bench, "frame_p99_ms", 99, small.frame_ms, large.frame_ms);
    report(&bench, "desk_p50_ms", 50, small.desk_ms, large.desk_ms);
    report(&bench, "desk_p99_ms", 99, small.desk_ms, large.desk_ms);
    side_close(&small);
    side_close(&large);
    free(frame);
    bench_end(&bench);
    return 0;
}
