// The rules of the door as cases.txt tells them; its top explains the words. A line that is wrong, or not understood,
// is named.
#include "support/check.h"
#include "verdict/case_words.h"

#include <stdio.h>

enum { LINE_SIZE = 512 };

// What the table has tried: it must not leave out a reason, nor a direction, in any mode.
struct coverage {
    size_t reason_count[LIST_MODE_HAND_OUT + 1][REASON_EXHAUSTED + 1];
    size_t direction_count[LIST_MODE_HAND_OUT + 1][DIRECTION_EXIT + 1];
    size_t case_count;
};

static bool is_as_expected(const struct verdict *verdict, const struct expectation *expected)
{
    return verdict->reason == expected->reason && verdict->is_practice == expected->is_practice &&
           verdict->is_clock_doubtful == expected->is_clock_doubtful && verdict->is_exit == expected->is_exit &&
           verdict->is_friendly == expected->is_friendly;
}

static int check_case(int number, const char *line, struct coverage *coverage)
{
    struct question question = case_usual_question();
    struct expectation expected = {0};
    struct verdict verdict;
    const char *wrong_word = "";
    char scratch[LINE_SIZE];

    strcpy(scratch, line);
    if (!case_read(scratch, &question, &expected, &wrong_word)) {
        print_error("cases.txt:%d: not understood: %s\n    %s\n", number, wrong_word, line);
        return 1;
    }
    decide(&question, &verdict);
    coverage->reason_count[question.list.mode][expected.reason]++;
    coverage->direction_count[question.list.mode][question.direction]++;
    coverage->case_count++;
    if (is_as_expected(&verdict, &expected)) return 0;
    print_error("cases.txt:%d: the answer was %s%s%s%s%s\n    %s\n", number, reason_word(verdict.reason),
                verdict.is_exit ? " exit" : "", verdict.is_friendly ? " friendly" : "",
                verdict.is_practice ? " practice" : "", verdict.is_clock_doubtful ? " doubtful" : "", line);
    return 1;
}

static bool can_end_with(enum list_mode mode, enum reason reason)
{
    if (reason == REASON_EXHAUSTED) return mode == LIST_MODE_HAND_OUT;
    return reason != REASON_ERROR; // a mode of a later version: decide_test.c
}

static void check_coverage(const struct coverage *coverage)
{
    assert_true(coverage->case_count >= 280);
    for (int mode = 0; mode <= LIST_MODE_HAND_OUT; mode++) {
        const char *word = list_mode_word((enum list_mode)mode);
        for (int reason = 0; reason <= REASON_EXHAUSTED; reason++)
            if (can_end_with((enum list_mode)mode, (enum reason)reason) && coverage->reason_count[mode][reason] == 0)
                fail_msg("%s: no case ends with %s", word, reason_word((enum reason)reason));
        for (int direction = 0; direction <= DIRECTION_EXIT; direction++)
            if (coverage->direction_count[mode][direction] == 0)
                fail_msg("%s: no case with direction=%s", word, direction_word((enum direction)direction));
    }
}

static void test_decide__answers_as_the_table_says(void **state)
{
    FILE *file = fopen(CASES, "r");
    struct coverage coverage = {0};
    char line[LINE_SIZE];
    int failures = 0;

    (void)state;
    assert_non_null(file);
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[strspn(line, " ")] == '\0' || line[0] == '#') continue;
        failures += check_case(number, line, &coverage);
    }
    fclose(file);
    assert_int_equal(failures, 0);
    check_coverage(&coverage);
}

static void test_cases__that_are_not_understood_are_named(void **state)
{
    static const char *const bad[] = {
        "ticket genuine",           // no =>
        "ticket genuine => fine",   // no such reason
        "ticket genuine => ok now", // no such addition
        "genuine => ok",            // not a section
        "ticket inside => ok",      // a word of another section
        "ticket class => ok",       // no value
        "ticket class=x => ok",
        "ticket class=256 => ok",
        "ticket genuine=1 => ok",
        "ticket genuine | | list => ok",
        "ticket | door clock=sundial => ok",
        "ticket | list classes= => ok",
        "ticket | list mode=twice => ok",
        "ticket | past ago => ok",
        "ticket | door direction=up => ok",
        "ticket | door left => ok",
        "ticket | door left=many => ok",
        "ticket | door forced=1 => ok",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct question question = case_usual_question();
        struct expectation expected = {0};
        const char *wrong_word = NULL;
        char scratch[LINE_SIZE];
        strcpy(scratch, bad[i]);
        if (case_read(scratch, &question, &expected, &wrong_word)) fail_msg("was understood: %s", bad[i]);
        assert_non_null(wrong_word);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decide__answers_as_the_table_says),
        cmocka_unit_test(test_cases__that_are_not_understood_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
