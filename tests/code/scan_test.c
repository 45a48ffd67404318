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
    struct queue codes, unsaved, aside;
    struct mailbox sightings, hints;
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
    mailbox_init(&desk->hints, sizeof(enum hint), NULL);
    queue_init(&desk->aside, sizeof(struct code), QUEUE_CODES, NULL);
    struct scan_config config = {.reader = &desk->reader.reader,
                                 .clock = &desk->clock.clock,
                                 .quiet_ms = 1500,
                                 .codes = &desk->codes,
                                 .sightings = &desk->sightings,
                                 .unsaved = &desk->unsaved,
                                 .aside = &desk->aside,
                                 .hints = &desk->hints};
    assert_int_equal(scan_open(&config, &desk->scan), STATUS_OK);
    return desk;
}

static void stop(struct desk *desk)
{
    scan_close(desk->scan);
    queue_destroy(&desk->codes);
    queue_destroy(&desk->unsaved);
    queue_destroy(&desk->aside);
    mailbox_destroy(&desk->sightings);
    mailbox_destroy(&desk->hints);
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

static void show_bright(struct desk *desk, uint64_t digest)
{
    struct frame *frame = mailbox_writable(scan_frames(desk->scan));

    frame->pixels[0] = 200; // the whole picture
    show(desk, digest);
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

// Takes everything that was offered, as a desk that knows tickets (capital letters) and nothing else; answers what it
// would say something about.
static size_t judge(struct desk *desk, char answered[8])
{
    static struct code code;
    size_t count = 0;

    while (queue_take(&desk->codes, &code)) {
        bool is_ticket = code.text[0] >= 'A' && code.text[0] <= 'Z';
        if (is_ticket || code.has_stayed) answered[count++] = code.text[0];
        else assert_int_equal(queue_put(&desk->aside, &code), STATUS_OK);
    }
    answered[count] = '\0';
    return count;
}

// Shows one picture for so long; answers what was answered, and when first.
static const char *hold(struct desk *desk, uint64_t digest, int64_t ms)
{
    static char all[64];
    char some[8];

    all[0] = '\0';
    for (int64_t until_ms = desk->now_ms + ms; desk->now_ms < until_ms;) {
        show(desk, digest);
        if (judge(desk, some) > 0) strncat(all, some, sizeof all - strlen(all) - 1);
    }
    return all;
}

static void test_scan__a_stray_text_is_answered_after_it_stayed(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"wifi"}, .is_exhausted = true}};
    struct desk *desk = start(lines, 1);

    (void)state;
    assert_string_equal(hold(desk, 1, DEBOUNCE_STAY_MS), "");
    assert_string_equal(hold(desk, 1, 10000), "w"); // once
    stop(desk);
}

static void test_scan__a_stray_text_beside_a_ticket_disturbs_nobody(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"wifi", "T"}, .is_exhausted = true},
                                                {.texts = {"wifi"}, .is_exhausted = true},
                                                {.is_exhausted = true}};
    struct desk *desk = start(lines, 3);

    (void)state;
    assert_string_equal(hold(desk, 1, 20000), "T");                           // both on one screen, for long
    assert_string_equal(hold(desk, 2, DEBOUNCE_ALONE_MS - 2 * FRAME_MS), ""); // the ticket is lost first
    assert_string_equal(hold(desk, 2, 10000), "w");                           // and this is somebody else's
    stop(desk);
}

static void test_scan__a_ticket_that_comes_to_a_stray_text_wins(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"wifi"}, .is_exhausted = true},
                                                {.texts = {"T", "wifi"}, .is_exhausted = true},
                                                {.is_exhausted = true}};
    struct desk *desk = start(lines, 3);

    (void)state;
    assert_string_equal(hold(desk, 1, DEBOUNCE_STAY_MS - 2 * FRAME_MS), "");
    assert_string_equal(hold(desk, 2, 10000), "T");
    assert_string_equal(hold(desk, 3, 10000), ""); // both gone
    stop(desk);
}

static void test_scan__two_tickets_and_a_web_address_give_two_answers_largest_first(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"web", "A"}, .sizes = {1, 3}},
                                                {.texts = {"B"}, .sizes = {2}, .is_exhausted = true}};
    static const struct reading_line at_once[] = {{.texts = {"B", "A"}, .sizes = {1, 2}, .is_exhausted = true}};
    struct desk *desk = start(lines, 2);

    (void)state;
    assert_string_equal(hold(desk, 1, 5000), "AB");
    stop(desk);
    desk = start(at_once, 1);
    assert_string_equal(hold(desk, 1, 5000), "AB");
    stop(desk);
}

// The largest of them; the others are nothing new to whoever holds them up.
static void test_scan__several_stray_texts_get_one_answer(void **state)
{
    static const struct reading_line lines[] = {
        {.texts = {"wifi", "url", "mail"}, .sizes = {1, 3, 2}, .is_exhausted = true}};
    struct desk *desk = start(lines, 1);

    (void)state;
    desk->now_ms = 0;
    show(desk, 1); // the queue holds two; the third is offered with the next picture
    hold(desk, 1, 0);
    assert_string_equal(hold(desk, 1, 10000), "u");
    stop(desk);
}

static void test_scan__a_busy_desk_keeps_a_stray_text_waiting(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"T", "wifi"}, .is_exhausted = true}};
    struct desk *desk = start(lines, 1);
    struct code code, other = {.length = 1, .text = "X"};

    (void)state;
    for (int i = 0; i < 100; i++) show(desk, 1); // 6.6 s; nobody looks at what was offered
    assert_true(queue_take(&desk->codes, &code) && code.text[0] == 'T');
    assert_true(queue_take(&desk->codes, &code) && code.text[0] == 'w' && !code.has_stayed);
    assert_false(queue_take(&desk->codes, &code));
    assert_string_equal(hold(desk, 1, 5000), ""); // T was answered; the text was never put aside, so it stays silent
    stop(desk);

    static const struct reading_line alone[] = {{.texts = {"wifi"}, .is_exhausted = true}};
    desk = start(alone, 1);
    hold(desk, 1, DEBOUNCE_STAY_MS - 2 * FRAME_MS);
    for (int i = 0; i < QUEUE_CODES; i++) assert_int_equal(queue_put(&desk->codes, &other), STATUS_OK);
    for (int i = 0; i < 20; i++) show(desk, 1); // has stayed, and the queue is full
    for (int i = 0; i < QUEUE_CODES; i++) assert_true(queue_take(&desk->codes, &code) && code.text[0] == 'X');
    assert_string_equal(hold(desk, 1, 5000), "w");
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

static void test_scan__tells_a_lasting_hint_once(void **state)
{
    static const struct reading_line lines[] = {
        {.hint = HINT_NEARER}, {.is_exhausted = true}, {.texts = {"A"}, .hint = HINT_NONE, .is_exhausted = true}};
    struct desk *desk = start(lines, 3);
    const enum hint *hint;

    (void)state;
    for (int i = 0; i * FRAME_MS < HINT_HOLD_STEADY_MS; i++) { // one way of reading says it, another says nothing
        assert_null(mailbox_take(&desk->hints));
        show(desk, 1);
    }
    for (int i = 0; i < 3; i++) show(desk, 1);
    hint = mailbox_take(&desk->hints);
    assert_true(hint && *hint == HINT_NEARER);
    for (int i = 0; i < 3; i++) show(desk, 1);
    assert_null(mailbox_take(&desk->hints));
    show(desk, 2);
    hint = mailbox_take(&desk->hints);
    assert_true(hint && *hint == HINT_NONE); // a code was read
    stop(desk);
}

static void test_scan__a_plain_wall_is_no_covered_camera(void **state)
{
    struct reading_line lines[400];
    struct desk *desk;

    (void)state;
    for (int i = 0; i < 400; i++) lines[i] = (struct reading_line){.hint = HINT_COVERED};
    desk = start(lines, 400);
    for (uint64_t i = 0; i < 200; i++) show_bright(desk, i);
    assert_null(mailbox_take(&desk->hints));
    for (uint64_t i = 200; i < 300; i++) {
        ((struct frame *)mailbox_writable(scan_frames(desk->scan)))->pixels[0] = 10;
        show(desk, i);
    }
    const enum hint *hint = mailbox_take(&desk->hints);
    assert_true(hint && *hint == HINT_COVERED);
    stop(desk);
}

static void test_scan__a_code_is_not_gone_while_nobody_looked(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"A"}}, {.texts = {NULL}}, {.texts = {"A"}}};
    struct desk *desk = start(lines, 3);

    (void)state;
    show(desk, 1);
    assert_code(desk, "A");
    desk->clock.step_ms = 2000; // a read that was cut off late: the machine has other things to do
    show(desk, 2);
    desk->now_ms += 2000;
    desk->clock.step_ms = 0;
    show(desk, 3);
    assert_code(desk, NULL);
    stop(desk);
}

static void test_scan__a_code_that_was_read_slowly_is_not_gone(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"A"}}, {.texts = {"A"}}, {.texts = {"A"}}};
    struct desk *desk = start(lines, 3);

    (void)state;
    desk->clock.step_ms = 2000;
    show(desk, 1);
    assert_code(desk, "A");
    desk->now_ms += 2000; // the next picture comes when this one is read at last
    show(desk, 2);
    assert_code(desk, NULL);
    desk->now_ms += 2000;
    desk->clock.step_ms = 0;
    show(desk, 3);
    assert_code(desk, NULL);
    stop(desk);
}

static void test_scan__a_code_goes_although_a_read_was_slow(void **state)
{
    static const struct reading_line lines[] = {{.texts = {"A"}}, {.texts = {NULL}}, {.texts = {"A"}}};
    struct desk *desk = start(lines, 3);

    (void)state;
    desk->clock.step_ms = 2000;
    show(desk, 1);
    assert_code(desk, "A");
    desk->now_ms += 2000;
    desk->clock.step_ms = 0;
    show(desk, 2);
    desk->now_ms += 1500; // nothing was in view for so long
    show(desk, 3);
    assert_code(desk, "A");
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
        cmocka_unit_test(test_scan__a_stray_text_is_answered_after_it_stayed),
        cmocka_unit_test(test_scan__a_stray_text_beside_a_ticket_disturbs_nobody),
        cmocka_unit_test(test_scan__a_ticket_that_comes_to_a_stray_text_wins),
        cmocka_unit_test(test_scan__two_tickets_and_a_web_address_give_two_answers_largest_first),
        cmocka_unit_test(test_scan__several_stray_texts_get_one_answer),
        cmocka_unit_test(test_scan__a_busy_desk_keeps_a_stray_text_waiting),
        cmocka_unit_test(test_scan__shows_where_the_largest_code_is),
        cmocka_unit_test(test_scan__tells_a_lasting_hint_once),
        cmocka_unit_test(test_scan__a_code_is_not_gone_while_nobody_looked),
        cmocka_unit_test(test_scan__a_code_that_was_read_slowly_is_not_gone),
        cmocka_unit_test(test_scan__a_code_goes_although_a_read_was_slow),
        cmocka_unit_test(test_scan__a_plain_wall_is_no_covered_camera),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
