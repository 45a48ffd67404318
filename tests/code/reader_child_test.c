// What a picture that takes over the reading process can do: cost its own frame, and nothing else.
#include "support/check.h"
#include "code/visitor.h"
#include "support/qr_image.h"

#include "base/mem.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Each act in its turn: nothing is read of it, and the next frame is read.
static void assert_each_costs_a_frame(struct visitor *visitor, enum hostile_act first, enum hostile_act last)
{
    for (enum hostile_act act = first; act <= last; act++) {
        if (act == HOSTILE_EAT_MEMORY && CAGE_IS_SANITIZED) continue; // no limit there
        visitor_show(visitor, act, "");
        if (visitor->reading->count != 0) print_error("act %d\n", (int)act);
        assert_int_equal(visitor->reading->count, 0);
        visitor_assert_goes_on(visitor);
    }
}

static void test_reader_child__a_crash_costs_one_frame(void **state)
{
    assert_each_costs_a_frame(*state, HOSTILE_WRITE_NULL, HOSTILE_EAT_MEMORY);
}

static void test_reader_child__a_hang_costs_one_frame(void **state)
{
    assert_each_costs_a_frame(*state, HOSTILE_SPIN, HOSTILE_SLEEP);
}

static void test_reader_child__a_lie_is_not_believed(void **state)
{
    assert_each_costs_a_frame(*state, HOSTILE_COUNT_TOO_MANY, HOSTILE_SEND_EMPTY);
}

// It may come before the next ring or after: then it costs that frame, but is never taken for its answer.
static void test_reader_child__a_second_answer_is_not_the_next_ones(void **state)
{
    struct visitor *visitor = *state;

    for (int i = 0; i < 20; i++) {
        visitor_show(visitor, HOSTILE_ANSWER_TWICE, "");
        assert_true(visitor_has_read(visitor, HOSTILE_FINE));
        visitor_show(visitor, HOSTILE_TELL_ENVIRONMENT, "");
        assert_true(visitor->reading->count == 0 || visitor_has_read(visitor, "0"));
        visitor_assert_goes_on(visitor);
    }
}

static void test_reader_child__is_refused_files_memory_to_run_and_limits(void **state)
{
    struct visitor *visitor = *state;
    char path[128], there[128];

    snprintf(path, sizeof path, "%s/made", visitor->folder);
    snprintf(there, sizeof there, "%s/there", visitor->folder);
    close(open(there, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    for (enum hostile_act act = HOSTILE_OPEN_FILE; act <= HOSTILE_SIGNAL_THREAD; act++) {
        if (CAGE_IS_SANITIZED && act == HOSTILE_MAKE_DUMPABLE) continue; // may be called there
        visitor_show(visitor, act, act == HOSTILE_MAKE_FILE ? path : there);
        if (!visitor_has_read(visitor, HOSTILE_REFUSED))
            print_error("act %d: %.*s\n", (int)act, (int)visitor->reading->codes[0].length,
                        visitor->reading->codes[0].text);
        assert_true(visitor_has_read(visitor, HOSTILE_REFUSED));
    }
    assert_int_equal(unlink(there), 0); // it could not
}

// Under a sanitizer these are refused instead.
static void test_reader_child__ends_when_it_wants_network_or_processes(void **state)
{
    struct visitor *visitor = *state;

    for (enum hostile_act act = HOSTILE_OPEN_SOCKET; act <= HOSTILE_READ_PARENT; act++) {
        visitor_show(visitor, act, "");
        if (CAGE_IS_SANITIZED) assert_true(visitor_has_read(visitor, HOSTILE_REFUSED));
        else assert_int_equal(visitor->reading->count, 0);
        visitor_assert_goes_on(visitor);
    }
}

static void test_reader_child__inherits_a_socket_the_memory_and_nothing_else(void **state)
{
    struct visitor *visitor = *state;
    int open_here = open("/dev/null", O_RDONLY); // not closed on exec, as a library may leave one

    setenv("SECRET", "1", 1);
    for (int i = 0; i < 2; i++) { // the second process starts while the first has its descriptors
        visitor_show(visitor, HOSTILE_TELL_DESCRIPTORS, "");
        assert_true(visitor_has_read(visitor, "0 1 2 3 ")); // the memory's is closed by then
        visitor_show(visitor, HOSTILE_TELL_ENVIRONMENT, "");
        assert_true(visitor_has_read(visitor, "0"));
        visitor_show(visitor, HOSTILE_ABORT, "");
    }
    close(open_here);
}

static void test_reader_child__says_when_the_program_is_missing_or_ends(void **state)
{
    struct visitor *visitor = *state;
    struct reader_config config = {&visitor->clock.clock, VISITOR_BUDGET_MS, "/nowhere/einlass-reader"};

    assert_int_equal(reader_child_open(&config, &visitor->reader), STATUS_MISSING);
    config.program = "/bin/true";
    assert_int_equal(reader_child_open(&config, &visitor->reader), STATUS_GONE);
    assert_null(visitor->reader);
}

// The real one, on a real picture: the same as without a process between.
static void test_reader_child__reads_as_the_local_one(void **state)
{
    struct visitor *visitor = *state;
    struct reader_config config = {&visitor->clock.clock, VISITOR_BUDGET_MS, NULL};
    struct reading *local = mem_zero(sizeof *local);
    struct reader *reader;
    char text[QR_IMAGE_TICKET_DIGITS + 1];

    visitor_open(visitor, READER_PROGRAM);
    assert_int_equal(reader_local_open(&config, &reader), STATUS_OK);
    qr_image_ticket_text(text, 7);
    qr_image_clear(visitor->frame, 640, 480, 120);
    qr_image_draw(visitor->frame, &(struct qr_image){text, 4, 4, 300, 100, false});
    visitor_read(visitor);
    reader->ops->read(reader, visitor->frame, local);
    assert_true(visitor_has_read(visitor, text));
    assert_int_equal(local->count, 1);
    assert_memory_equal(visitor->reading->sightings, local->sightings, sizeof local->sightings[0]);
    assert_int_equal(visitor->reading->codes[0].mono_ms, visitor->clock.now_ms);
    reader_close(reader);
    free(local);
}

// What a reader remembers of the frame before may lie outside of this one: a camera that was plugged in anew. Seen with
// the wrong width, the code would still be there, but beside the picture.
static void test_reader_child__frames_may_change_their_size(void **state)
{
    struct visitor *visitor = *state;
    char text[QR_IMAGE_TICKET_DIGITS + 1];
    int read_count = 0;

    visitor_open(visitor, READER_PROGRAM);
    qr_image_ticket_text(text, 8);
    for (int i = 0; i < 12; i++) {
        int width_px = i % 2 ? 240 : 480;
        qr_image_clear(visitor->frame, width_px, 220, (uint8_t)(100 + i));
        qr_image_draw(visitor->frame, &(struct qr_image){text, 4, 4, width_px - 235, 10, false});
        visitor_read(visitor);
        if (visitor->reading->count == 0) continue;
        read_count++;
        assert_true(visitor_has_read(visitor, text));
        for (int corner = 0; corner < 4; corner++) {
            assert_true(visitor->reading->sightings[0].x[corner] > 0 && visitor->reading->sightings[0].x[corner] < 1);
            assert_true(visitor->reading->sightings[0].y[corner] > 0 && visitor->reading->sightings[0].y[corner] < 1);
        }
    }
    assert_in_range(read_count, 5, 12); // one level a frame
    assert_int_equal(reader_child_ended(visitor->reader), 0);
}

#define HOSTILE(test) cmocka_unit_test_setup_teardown(test, visitor_set_up_hostile, visitor_tear_down)
#define PLAIN(test) cmocka_unit_test_setup_teardown(test, visitor_set_up, visitor_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTILE(test_reader_child__a_crash_costs_one_frame),
        HOSTILE(test_reader_child__a_hang_costs_one_frame),
        HOSTILE(test_reader_child__a_lie_is_not_believed),
        HOSTILE(test_reader_child__a_second_answer_is_not_the_next_ones),
        HOSTILE(test_reader_child__is_refused_files_memory_to_run_and_limits),
        HOSTILE(test_reader_child__ends_when_it_wants_network_or_processes),
        HOSTILE(test_reader_child__inherits_a_socket_the_memory_and_nothing_else),
        PLAIN(test_reader_child__says_when_the_program_is_missing_or_ends),
        PLAIN(test_reader_child__reads_as_the_local_one),
        PLAIN(test_reader_child__frames_may_change_their_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
