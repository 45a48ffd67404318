// The bench's figures, by engines that answer from a script: what is counted as read, as misread, and how long it took.
#include "support/check.h"

#include "bench/scan/load.h"
#include "bench/scan/tally.h"
#include "support/folder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CALLS_MOST = 64, PICTURES_MOST = 8 };

// Answers "pixel 0 of the picture" is scripted by: for each picture's number, what to say at which attempt.
struct scripted {
    struct engine engine;
    const char *texts[PICTURES_MOST]; // NULL: nothing. With a comma: two texts
    int from_attempt[PICTURES_MOST];  // silent before
    int exhausted_after;              // attempts; 0: never
    int attempts[PICTURES_MOST];
    int64_t last_ms;
    int calls;
    int64_t calls_ms[CALLS_MOST]; // the frames' times
};

static void scripted_attempt(struct engine *self, const struct frame *frame, struct answers *out)
{
    struct scripted *scripted = (struct scripted *)self;
    int picture = frame->pixels[0], attempt = ++scripted->attempts[picture];
    const char *text = scripted->texts[picture];

    assert_true(scripted->calls < CALLS_MOST);
    scripted->calls_ms[scripted->calls++] = frame->mono_ms;
    out->count = 0;
    out->is_exhausted = scripted->exhausted_after > 0 && attempt >= scripted->exhausted_after;
    out->hint = HINT_NONE;
    if (!text || attempt < scripted->from_attempt[picture]) return;
    const char *comma = strchr(text, ',');
    if (comma) answers_add(out, text, (size_t)(comma - text));
    answers_add(out, comma ? comma + 1 : text, strlen(comma ? comma + 1 : text));
}

static void scripted_close(struct engine *self)
{
    (void)self;
}

static const struct engine_ops scripted_ops = {.attempt = scripted_attempt, .close = scripted_close};

static void scripted_init(struct scripted *scripted, const char *name)
{
    *scripted = (struct scripted){.engine = {name, &scripted_ops, false}};
}

struct stand {
    struct folder folder;
    struct corpus corpus;
    struct trial trial;
    struct scripted a, b;
};

// Adds picture number `corpus.count`, whose first pixel says so.
static struct corpus_entry *add_picture(struct stand *stand, const char *corpus, const char *text, int frame)
{
    struct frame *picture = calloc(1, sizeof *picture);
    char path[128], name[32], corpus_name[64], bytes[64];
    struct corpus_entry entry = {.corpus = corpus_name, .path = path, .frame = frame};

    snprintf(name, sizeof name, "%zu.pgm", stand->corpus.count);
    folder_file(&stand->folder, name, path);
    picture->width_px = picture->height_px = 1;
    picture->pixels[0] = (uint8_t)stand->corpus.count;
    assert_int_equal(load_write_pgm(path, picture), STATUS_OK);
    free(picture);
    snprintf(corpus_name, sizeof corpus_name, "%s", corpus);
    snprintf(bytes, sizeof bytes, "%s", text ? text : "");
    entry.text_count = text != NULL;
    entry.texts[0] = (struct corpus_text){bytes, strlen(bytes)};
    corpus_add(&stand->corpus, &entry);
    return &stand->corpus.entries[stand->corpus.count - 1];
}

static int set_up(void **state)
{
    struct stand *stand = calloc(1, sizeof *stand);

    folder_make(&stand->folder);
    scripted_init(&stand->a, "ours");
    scripted_init(&stand->b, "zbar");
    *state = stand;
    return 0;
}

static int tear_down(void **state)
{
    struct stand *stand = *state;

    trial_close(&stand->trial);
    corpus_destroy(&stand->corpus);
    folder_remove(&stand->folder);
    free(stand);
    return 0;
}

static void run(struct stand *stand)
{
    trial_open(&stand->trial, &stand->corpus);
    stand->trial.engines[0] = &stand->a.engine;
    stand->trial.engines[1] = &stand->b.engine;
    stand->trial.engine_count = 2;
    trial_run(&stand->trial, false);
}

static void test_trial__counts_read_misread_and_unread(void **state)
{
    struct stand *stand = *state;

    add_picture(stand, "set/x", "right", -1); // read
    add_picture(stand, "set/x", "right", -1); // another text: misread
    add_picture(stand, "set/x", "right", -1); // both: read, and misread too
    add_picture(stand, "set/y", "right", -1); // nothing
    add_picture(stand, "setting", NULL, -1);  // a text where none is: misread
    stand->a.texts[0] = "right";
    stand->a.texts[1] = "rightly";
    stand->a.texts[2] = "wrong,right";
    stand->a.texts[4] = "invented";
    run(stand);
    struct tally tally = tally_pictures(&stand->trial, 0, "set", true);
    assert_int_equal(tally.pictures, 4); // not "setting", which only begins like it
    assert_int_equal(tally.right, 2);
    assert_int_equal(tally.wrong, 2);
    assert_int_equal(tally_pictures(&stand->trial, 0, "set/y", true).right, 0);
    assert_int_equal(tally_pictures(&stand->trial, 0, "", false).wrong, 1);
    assert_int_equal(tally_pictures(&stand->trial, 0, "", true).pictures, 4);
    assert_int_equal(tally_pictures(&stand->trial, 1, "", true).right, 0);
}

static void test_trial__hands_a_picture_in_until_read_or_hopeless(void **state)
{
    struct stand *stand = *state;

    add_picture(stand, "set", "right", -1);
    add_picture(stand, "set", "right", -1);
    stand->a.texts[0] = "right";
    stand->a.from_attempt[0] = 5;
    stand->b.exhausted_after = 1;
    run(stand);
    assert_int_equal(stand->a.attempts[0], 5);
    assert_int_equal(stand->a.attempts[1], TRIAL_FRAMES);
    assert_int_equal(stand->b.attempts[0], 1);
    assert_int_equal(trial_outcome(&stand->trial, 0, 0)->attempts, 5);
    assert_true(trial_outcome(&stand->trial, 0, 0)->is_right);
    struct tally tally = tally_pictures(&stand->trial, 0, "set", true);
    double sum_ms = tally.mean_ms * 2; // of two pictures, and of 5 + 12 frames
    assert_true(fabs(tally.mean_frame_ms * (5 + TRIAL_FRAMES) - sum_ms) < 1e-6);
    assert_int_equal(stand->a.calls_ms[1] - stand->a.calls_ms[0], 33); // as held before a camera
    assert_true(stand->a.calls_ms[5] - stand->a.calls_ms[4] > 5000);   // another one, much later
}

static void test_trial__gives_presentations_one_attempt_a_frame(void **state)
{
    struct stand *stand = *state;

    for (int i = 0; i < 4; i++) add_picture(stand, "seq/000", "right", i)->is_whole = i >= 1;
    for (int i = 0; i < 2; i++) add_picture(stand, "seq/001", "right", i)->is_whole = true;
    stand->a.texts[3] = "right"; // two frames after the first that shows the whole code
    stand->b.texts[0] = "right"; // before it
    stand->b.texts[4] = "wrong";
    run(stand);
    assert_int_equal(stand->a.calls, 6);
    assert_int_equal(stand->a.calls_ms[1] - stand->a.calls_ms[0], 33);
    struct presentation_tally a = tally_presentations(&stand->trial, 0, "seq");
    assert_int_equal(a.presentations, 2);
    assert_int_equal(a.frames, 6);
    assert_int_equal(a.read, 1);
    assert_true(a.median_ms >= 66 && a.median_ms < 70);
    assert_true(isinf(a.p90_ms));
    struct presentation_tally b = tally_presentations(&stand->trial, 1, "seq");
    assert_int_equal(b.wrong, 1);
    assert_true(b.median_ms >= 0 && b.median_ms < 5); // before it was asked for: at once, not minus 33 ms
    assert_int_equal(tally_pictures(&stand->trial, 0, "", true).pictures, 0);
}

static void test_trial__pardons_what_nobody_wrote_down(void **state)
{
    struct stand *stand = *state;

    for (int i = 0; i < 3; i++) add_picture(stand, "photos", "right", -1)->has_others = true;
    stand->a.texts[0] = "wrong,right"; // beside the right one
    stand->a.texts[1] = "poster";      // both read it
    stand->b.texts[1] = "poster";
    stand->a.texts[2] = "wrong"; // nobody else does
    stand->b.texts[2] = "else";
    run(stand);
    assert_false(trial_outcome(&stand->trial, 0, 0)->is_wrong);
    assert_false(trial_outcome(&stand->trial, 1, 0)->is_wrong);
    assert_true(trial_outcome(&stand->trial, 2, 0)->is_wrong);
    assert_true(trial_outcome(&stand->trial, 2, 1)->is_wrong);
}

static void test_trial__leaves_out_what_is_no_picture(void **state)
{
    struct stand *stand = *state;

    add_picture(stand, "set", "right", -1);
    char *path = stand->corpus.entries[0].path;
    path[strlen(path) - 5] = 'x';
    run(stand);
    assert_int_equal(stand->trial.unreadable_count, 1);
    assert_int_equal(tally_pictures(&stand->trial, 0, "", true).pictures, 0);
}

static void test_tally__takes_percentiles_by_rank(void **state)
{
    double values[] = {5, 1, 4, 2, 3}, ten[10];

    (void)state;
    for (int i = 0; i < 10; i++) ten[i] = 10 - i;
    assert_true(tally_percentile(values, 5, 50) == 3);
    assert_true(tally_percentile(values, 5, 95) == 5);
    assert_true(tally_percentile(ten, 10, 90) == 9);
    assert_true(tally_percentile(ten, 10, 0) == 1);
    assert_true(tally_percentile(ten, 0, 50) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_trial__counts_read_misread_and_unread, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trial__hands_a_picture_in_until_read_or_hopeless, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trial__gives_presentations_one_attempt_a_frame, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trial__pardons_what_nobody_wrote_down, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trial__leaves_out_what_is_no_picture, set_up, tear_down),
        cmocka_unit_test(test_tally__takes_percentiles_by_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
