// The price of isolation: a frame read in a process of its own against the same frame read here; and what a process
// costs to start and to replace.
#include "bench/bench.h"
#include "support/check.h"
#include "fakes/hostile.h"
#include "fakes/step_clock.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/reader.h"

#include <stdlib.h>

enum { READS = 2000, STARTS = 50, CRASHES = 200, HANGS = 20, BUDGET_MS = 80, FRAME_MS = 300, MOST_MS = 100 };

struct side {
    struct frame *frame;
    struct reading *reading;
    double took_ms[READS];
};

static double time_read(struct reader *reader, struct side *side)
{
    int64_t began_ns = bench_now_ns();

    reader->ops->read(reader, side->frame, side->reading);
    return (double)(bench_now_ns() - began_ns) * 1e-6;
}

static void report(const struct bench *bench, const char *what, struct side *here, struct side *there, int count)
{
    double here_p50_ms = bench_percentile(here->took_ms, (size_t)count, 50);
    double here_p99_ms = bench_percentile(here->took_ms, (size_t)count, 99);

    bench_compare(bench, what, "p50_ms", bench_percentile(there->took_ms, (size_t)count, 50), here_p50_ms);
    bench_compare(bench, what, "p99_ms", bench_percentile(there->took_ms, (size_t)count, 99), here_p99_ms);
}

// One pixel is other in each frame, so that none is known already.
static void compare_reads(const struct bench *bench, const char *what, struct side *here, struct side *there)
{
    struct reader_config config = {clock_system(), BUDGET_MS, READER_PROGRAM};
    struct reader *local, *child;

    assert_int_equal(reader_local_open(&config, &local), STATUS_OK);
    assert_int_equal(reader_child_open(&config, &child), STATUS_OK);
    for (int i = 0; i < READS; i++) {
        here->frame->pixels[i] ^= 1;
        frame_seal(here->frame);
        frame_copy(there->frame, here->frame);
        here->took_ms[i] = time_read(local, here);
        there->took_ms[i] = time_read(child, there);
    }
    report(bench, what, here, there, READS);
    reader_close(child);
    reader_close(local);
}

// A reader that answers at once: what is left is the way there and back.
static void time_round_trip(const struct bench *bench, struct side *side)
{
    struct reader_config config = {clock_system(), BUDGET_MS, HOSTILE_PROGRAM};
    struct reader *child;

    assert_int_equal(reader_child_open(&config, &child), STATUS_OK);
    side->frame->pixels[0] = HOSTILE_READ;
    for (int i = 0; i < READS; i++) side->took_ms[i] = time_read(child, side);
    assert_int_equal(side->reading->count, 1);
    bench_report(bench, "way there and back", "p50_ms", bench_percentile(side->took_ms, READS, 50));
    bench_report(bench, "way there and back", "p99_ms", bench_percentile(side->took_ms, READS, 99));
    reader_close(child);
}

// From nothing to the first code read.
static void time_start(const struct bench *bench, struct side *side)
{
    struct reader_config config = {clock_system(), BUDGET_MS, READER_PROGRAM};

    for (int i = 0; i < STARTS; i++) {
        struct reader *child;
        int64_t began_ns = bench_now_ns();
        assert_int_equal(reader_child_open(&config, &child), STATUS_OK);
        for (int look = 0; look < 8; look++) {
            child->ops->read(child, side->frame, side->reading);
            if (side->reading->count > 0) break;
        }
        side->took_ms[i] = (double)(bench_now_ns() - began_ns) * 1e-6;
        assert_int_equal(side->reading->count, 1);
        reader_close(child);
    }
    bench_report(bench, "start to first code", "p50_ms", bench_percentile(side->took_ms, STARTS, 50));
}

// The frame that ends its process, and the next one, which the spare reads.
static void time_end(const struct bench *bench, enum hostile_act act, const char *what, int count, struct side *ended,
                     struct side *after)
{
    struct step_clock clock;
    struct reader_config config = {&clock.clock, BUDGET_MS, HOSTILE_PROGRAM};
    struct reader *child;

    step_clock_init(&clock, 1000);
    assert_int_equal(reader_child_open(&config, &child), STATUS_OK);
    for (int i = 0; i < count; i++) {
        clock.now_ms += FRAME_MS;
        ended->frame->pixels[0] = (uint8_t)act;
        ended->frame->digest = (uint64_t)i + 1;
        ended->took_ms[i] = time_read(child, ended);
        assert_int_equal(ended->reading->count, 0);
        after->frame->pixels[0] = HOSTILE_READ;
        after->took_ms[i] = time_read(child, after);
        assert_int_equal(after->reading->count, 1);
    }
    bench_compare(bench, what, "p95_ms", bench_percentile(ended->took_ms, (size_t)count, 95), MOST_MS);
    bench_report(bench, what, "next_p50_ms", bench_percentile(after->took_ms, (size_t)count, 50));
    reader_close(child);
}

static void open_side(struct side *side)
{
    side->frame = mem_zero(sizeof *side->frame);
    side->reading = mem_zero(sizeof *side->reading);
}

static void close_side(struct side *side)
{
    free(side->reading);
    free(side->frame);
}

int main(int argc, char **argv)
{
    struct bench bench;
    struct side *sides = mem_zero_array(2, sizeof *sides);
    char text[QR_IMAGE_TICKET_DIGITS + 1];

    bench_begin(&bench, "reader", argc, argv);
    open_side(&sides[0]);
    open_side(&sides[1]);
    qr_image_clear(sides[0].frame, 1280, 720, 120);
    compare_reads(&bench, "1280x720 no code", &sides[0], &sides[1]);
    qr_image_ticket_text(text, 1);
    qr_image_draw(sides[0].frame, &(struct qr_image){text, 5, 4, 400, 200, false});
    compare_reads(&bench, "1280x720 ticket", &sides[0], &sides[1]);
    frame_copy(sides[1].frame, sides[0].frame);
    time_start(&bench, &sides[0]);
    time_round_trip(&bench, &sides[1]);
    time_end(&bench, HOSTILE_WRITE_NULL, "a crash", CRASHES, &sides[0], &sides[1]);
    time_end(&bench, HOSTILE_SPIN, "a hang", HANGS, &sides[0], &sides[1]);
    close_side(&sides[1]);
    close_side(&sides[0]);
    free(sides);
    bench_end(&bench);
    return 0;
}
