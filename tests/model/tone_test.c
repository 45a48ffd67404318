// The tones: their intervals as samples, their length and loudness.
#include "support/check.h"

#include "model/tone.h"

#include <math.h>
#include <stdlib.h>

// How strongly `hz` sounds in the samples: one bin of a Fourier transform.
static double strength(const int16_t *samples, size_t count, double hz)
{
    double re = 0, im = 0;

    for (size_t i = 0; i < count; i++) {
        re += samples[i] * cos(2 * M_PI * hz * (double)i / TONE_RATE_HZ);
        im += samples[i] * sin(2 * M_PI * hz * (double)i / TONE_RATE_HZ);
    }
    return hypot(re, im) / (double)count;
}

// The semitone between 200 and 1000 Hz that sounds strongest, counted from 200 Hz.
static int semitone(const int16_t *samples, size_t count)
{
    int best = 0;

    for (int step = 0; step < 28; step++)
        if (strength(samples, count, 200 * pow(2, step / 12.0)) > strength(samples, count, 200 * pow(2, best / 12.0)))
            best = step;
    return best;
}

static int interval(enum tone tone)
{
    int16_t samples[TONE_MAX_SAMPLES];
    struct tone_step notes[TONE_MOST_NOTES];
    size_t count = tone_render(tone, 100, samples);

    tone_steps(tone, notes);
    size_t first = (size_t)(notes[0].ms * TONE_RATE_HZ / 1000);
    assert_true(first < count);
    return semitone(samples + first, count - first) - semitone(samples, first);
}

static void test_tone__welcome_rises_already_stays_no_falls(void **state)
{
    (void)state;
    assert_int_equal(interval(TONE_WELCOME), 4); // major third
    assert_int_equal(interval(TONE_ALREADY), 0);
    assert_int_equal(interval(TONE_NO), -7); // fifth
    assert_int_equal(interval(TONE_GOODBYE), -4);
}

// Whoever hears a tone knows which it is: no two have the same notes, and "all here" is the longest.
static void test_tone__each_has_notes_of_its_own(void **state)
{
    struct tone_step notes[TONE_ALL_HERE + 1][TONE_MOST_NOTES];
    int lengths_ms[TONE_ALL_HERE + 1] = {0};

    (void)state;
    for (enum tone tone = TONE_WELCOME; tone <= TONE_ALL_HERE; tone++) {
        tone_steps(tone, notes[tone]);
        for (int i = 0; i < TONE_MOST_NOTES; i++) lengths_ms[tone] += notes[tone][i].ms;
        for (enum tone other = TONE_WELCOME; other < tone; other++)
            assert_memory_not_equal(notes[tone], notes[other], sizeof notes[tone]);
    }
    for (enum tone tone = TONE_WELCOME; tone < TONE_ALL_HERE; tone++)
        assert_true(lengths_ms[tone] < lengths_ms[TONE_ALL_HERE]);
}

static void test_tone__fits_its_room_and_ends_softly(void **state)
{
    (void)state;
    for (enum tone tone = TONE_WELCOME; tone <= TONE_ALL_HERE; tone++) {
        int16_t samples[TONE_MAX_SAMPLES];
        size_t count = tone_render(tone, 100, samples);
        int loudest = 0;
        assert_in_range(count, TONE_RATE_HZ / 5, TONE_MAX_SAMPLES);
        for (size_t i = 0; i < count; i++) loudest = abs(samples[i]) > loudest ? abs(samples[i]) : loudest;
        assert_in_range(loudest, 15000, 32000); // heard, and never clipped
        assert_true(abs(samples[0]) < 200 && abs(samples[count - 1]) < 200);
    }
}

static void test_tone__volume_is_obeyed(void **state)
{
    int16_t loud[TONE_MAX_SAMPLES], quiet[TONE_MAX_SAMPLES];

    (void)state;
    size_t count = tone_render(TONE_NO, 100, loud);
    assert_int_equal(tone_render(TONE_NO, 50, quiet), count);
    assert_in_range((long)(100 * strength(quiet, count / 3, 392) / strength(loud, count / 3, 392)), 24, 26);
    tone_render(TONE_NO, 0, quiet);
    for (size_t i = 0; i < count; i++) assert_int_equal(quiet[i], 0);
    assert_int_equal(tone_render(TONE_NONE, 100, loud), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tone__welcome_rises_already_stays_no_falls),
        cmocka_unit_test(test_tone__each_has_notes_of_its_own),
        cmocka_unit_test(test_tone__fits_its_room_and_ends_softly),
        cmocka_unit_test(test_tone__volume_is_obeyed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
