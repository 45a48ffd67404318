#include "support/check.h"
#include "fakes/reader_scripted.h"
#include "fakes/step_clock.h"

#include "base/mem.h"
#include "code/scan.h"

#include <stdlib.h>

enum { QUEUE_CODES = 2, FRAME_MS = 66 };

struct desk {
    struct step_clock clock;
    struct reader_scripted reader;
    struct queue codes, unsaved;
    struct mailbox sightings;
    struct scan *scan;
    int64_t now_ms;
};

static struct desk *start(const struct reading_line *lines, int count)
{
    struct desk *desk = mem_zero(sizeof *desk);

    step_clock_init(&desk->clock, 0);
    reader_scripted_init(&desk->reader, lines, count);
    queue_init(&desk->codes, sizeof(struct code), QUEUE_CODES, NULL);
    queue_init(&desk->unsaved, sizeof(struct code), QUEUE_CODES, NULL);
    mailbox_init(&desk->sightings, sizeof(struct sighting), NULL);
    struct scan_config config = {&desk->reader.reader, &desk->clock.clock, 1500,
                                 &desk->codes,         &desk->sightings,   &desk->unsaved};
    assert_int_equal(scan_open(&config, &desk->scan), STATUS_OK);
    return desk;
}

static void stop(struct desk *desk)
{
    scan_close(desk->scan);
    queue_destroy(&desk->codes);
    queue_destroy(&desk->unsaved);
    mailbox_destroy(&desk->sightings);
    free(desk);
}

// A frame arrives, with this picture.
static void show(struct desk *desk, uint64_t digest)
{
    struct frame *frame = mailbox_writable(scan_frames(desk->scan));

    desk->now_ms += FRAME_MS;
    frame->width_px = frame->height_px = 1;
    frame->digest = digest;
    frame->mono_ms = desk->now_ms;
    mailbox_put(scan_frames(desk->scan));
    assert_int_equal(scan_step(desk->scan, desk->now_ms), DOORBELL_FOREVER);
}

static void assert_code(struct desk *desk, const char *text) // NULL: none waits
{
    struct code code;

    assert_int_equal(queue_take(&desk->codes, &code), text != NULL);
    if (!text) return;
    assert_int_equal(code.length, strlen(text));
    assert_memory_equal(code.text, text, code.length);
    assert_int_equal(code.mono_ms, desk->now_ms);
}

static void test_scan__two_phones_are_two_scans_at_once(void **state)
{
    static const struct reading_line lines[] = {
        {.texts = {"A"}}, {.texts = {"A"}}, {.texts = {"B"}}, {.texts = {"A", "B"}}, {.texts = {"B"}}};
    struct desk *desk = start(lines, 5);

    (void)state;
    show(desk, 1);
    assert_code(desk, "A");
    show(desk, 2);
    assert_code(desk, NULL);
    show(desk, 3);
    assert_code(desk, "B"); // one frame later
    show(desk, 4);
    show(desk, 5);
    assert_code(desk, NULL);
    stop(desk);
}

static void test_scan__nothing_to_do_without_a_frame(void **state)
{
    struct desk *desk = start(NULL, 0);

    (void)state;
    assert_int_equal(scan_step(desk->scan, 0), DOORBELL_FOREVER);
    assert_int_equal(desk->reader.at, 0);
    stop(desk);
}

static void test_scan__an_exhausted_picture_is_not_read_again_but_stays_in_view(void **state)
{
    static const struct reading_line lines[] = {
        {.texts = {"A"}}, {.texts = {"B"}}, {.is_exhausted = true}, {.texts = {"A"}}};
    struct desk *desk = start(lines, 4);

    (void)state;
    show(desk, 7);
    assert_code(desk, "A");
    show(desk, 7); // another way of reading finds another code
    assert_code(desk, "B");
    for (int i = 0; i < 100; i++) show(desk, 7); // 6.6 s, far longer than the quiet time
    assert_int_equal(desk->reader.at, 3);
    assert_code(desk, NULL);
    const struct sighting *sighting = mailbox_take(&desk->sightings);
    assert_true(sighting && sighting->mono_ms == desk->now_ms); // the bracket stays on the screen
    show(desk, 8);
    assert_int_equal(desk->reader.at, 4);
    assert_code(desk, NULL); // A was in view all the time
    stop(desk);
}

static void test_scan__a_code_that_went_away_is_a_new_scan(void **state)
{
    static const struct reading_line lines[] = {
        {.texts = {"A"}, .is_exhausted = true}, {.is_exhausted = true}, {.texts = {"A"}}};
    struct desk *desk = start(lines, 3);

    (void)state;
    show(desk, 1);
    assert_code(desk, "A");
    for (int i = 0; i < 30; i++) show(desk, 2); // 2 s without it
    show(desk, 1);
    assert_code(desk, "A");
    stop(desk);
}

static void test_scan__offers_a_code_again_until_the_desk_takes_it(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"A", "B", "C"}, .is_exhausted = true}};
    struct desk *desk = start(lines, 1);

    (void)state;
    show(desk, 1); // the queue holds two
    show(desk, 1);
    struct code code;
    assert_true(queue_take(&desk->codes, &code) && code.text[0] == 'A');
    assert_true(queue_take(&desk->codes, &code) && code.text[0] == 'B');
    assert_code(desk, NULL);
    show(desk, 1);
    assert_code(desk, "C");
    show(desk, 1);
    assert_code(desk, NULL);
    assert_int_equal(desk->reader.at, 1);
    stop(desk);
}

// "Not saved", and the guest still holds the ticket up when the disk works again.
static void test_scan__reads_a_ticket_again_that_was_not_saved(void **state)
{
    static const struct reading_line lines[] = {
        {.texts = {"A", "B"}, .is_exhausted = true}, {.is_exhausted = true}, {.texts = {"B"}, .is_exhausted = true}};
    struct desk *desk = start(lines, 3);
    struct code unsaved;

    (void)state;
    show(desk, 1);
    assert_true(queue_take(&desk->codes, &unsaved) && unsaved.text[0] == 'A');
    assert_code(desk, "B");
    for (int i = 0; i < 100; i++) show(desk, 1); // held up
    assert_code(desk, NULL);
    assert_int_equal(queue_put(&desk->unsaved, &unsaved), STATUS_OK);
    show(desk, 1);
    assert_code(desk, "A");
    for (int i = 0; i < 100; i++) show(desk, 1);
    assert_code(desk, NULL);                                          // once, and B, which was saved, not at all
    assert_int_equal(queue_put(&desk->unsaved, &unsaved), STATUS_OK); // that one was answered since
    show(desk, 1);
    assert_code(desk, NULL);
    for (int i = 0; i < 30; i++) show(desk, 2);
    unsaved.mono_ms = desk->now_ms;
    assert_int_equal(queue_put(&desk->unsaved, &unsaved), STATUS_OK); // whose owner has left
    show(desk, 3);
    assert_code(desk, "B");
    show(desk, 3);
    assert_code(desk, NULL);
    stop(desk);
}

static void test_scan__shows_where_the_largest_code_is(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"A", "B"}}, {.texts = {NULL}}};
    struct desk *desk = start(lines, 2);

    (void)state;
    show(desk, 1);
    const struct sighting *sighting = mailbox_take(&desk->sightings);
    assert_true(sighting && sighting->x[0] < 0.5F); // the script puts the n-th code at x = n
    show(desk, 2);
    assert_null(mailbox_take(&desk->sightings));
    stop(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__two_phones_are_two_scans_at_once),
        cmocka_unit_test(test_scan__nothing_to_do_without_a_frame),
        cmocka_unit_test(test_scan__an_exhausted_picture_is_not_read_again_but_stays_in_view),
        cmocka_unit_test(test_scan__a_code_that_went_away_is_a_new_scan),
        cmocka_unit_test(test_scan__offers_a_code_again_until_the_desk_takes_it),
        cmocka_unit_test(test_scan__reads_a_ticket_again_that_was_not_saved),
        cmocka_unit_test(test_scan__shows_where_the_largest_code_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
