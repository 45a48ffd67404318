// Answers that depend on what a list is for; and those that are no verdict.
#include "support/check.h"

#include "model/answer_stage.h"

#include "base/text.h"

static void test_answer_mode__going_in_and_out_have_words_of_their_own(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    f->stage.list.mode = LIST_MODE_IN_OUT;
    stage_notice(REASON_OK, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).word, "Willkommen");
    notice.verdict.is_exit = true;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).word, "Auf Wiedersehen");
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_EN).word, "Goodbye");
    stage_notice(REASON_ALREADY_REDEEMED, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).word, "Schon da");
    notice.verdict.is_friendly = true;
    struct answer again = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(again.word, "Gerade eben eingecheckt");
    assert_string_equal(again.place, "10:02 Uhr · Tor Nord");
    notice.verdict.is_exit = true;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).word, "Gerade eben ausgecheckt");
    stage_notice(REASON_FULL, &notice);
    struct answer full = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(full.why, "Alle Plätze (45) sind besetzt.");
    assert_non_null(strstr(full.next, "Sobald jemand geht"));
    f->stage.list.mode = LIST_MODE_ONCE;
}

static void test_answer_mode__a_roll_call_counts_aloud(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    f->stage.list.mode = LIST_MODE_ROLL_CALL;
    stage_notice(REASON_OK, &notice);
    struct answer aboard = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(aboard.word, "Danke, Lena");
    assert_string_equal(aboard.figure, "42 von 45");
    notice.is_signed_off = true;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Schön, dass Sie wieder dabei sind.");
    notice.is_signed_off = false;
    text_copy(notice.first_name, sizeof notice.first_name, "Maximiliane-Friederike"); // too long for the largest type
    aboard = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(aboard.word, "Danke");
    assert_string_equal(aboard.name, "Maximiliane-Friederike");
    notice.headcount.inside = 45;
    struct answer all = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_int_equal(all.kind, ANSWER_ALL_HERE);
    assert_string_equal(all.word, "Alle da");
    assert_string_equal(all.figure, "45 von 45");
    f->stage.event.shows_headcount = false;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).figure, "");
    f->stage.event.shows_headcount = true;
    stage_notice(REASON_ALREADY_REDEEMED, &notice);
    notice.headcount.inside = 45; // the moment was the one before
    struct answer again = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_int_equal(again.kind, ANSWER_ALREADY);
    assert_string_equal(again.word, "Schon dabei");
    f->stage.list.mode = LIST_MODE_ONCE;
}

static void test_answer_mode__a_hand_out_says_what_is_left(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    f->stage.list.mode = LIST_MODE_HAND_OUT;
    text_copy(f->stage.event.kind, sizeof f->stage.event.kind, "boxes");
    stage_notice(REASON_OK, &notice);
    notice.headcount = (struct headcount){.given = 83, .is_limited = true, .left = 37};
    struct answer box = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(box.word, "Box für Lena");
    assert_string_equal(box.figure, "noch 37");
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_EN).figure, "37 left");
    notice.headcount.is_limited = false;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).figure, "");
    stage_notice(REASON_ALREADY_REDEEMED, &notice);
    box = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(box.word, "Box schon abgeholt");
    assert_string_equal(box.place, "10:02 Uhr · Tor Nord");
    stage_notice(REASON_EXHAUSTED, &notice);
    notice.headcount.given = 120;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why,
                        "Hier ist nichts mehr übrig, 120 sind schon ausgegeben.");
    f->stage.event.kind[0] = '\0'; // no boxes: whatever it is
    stage_notice(REASON_OK, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).word, "Bitte sehr, Lena");
    f->stage.list.mode = LIST_MODE_ONCE;
}

static void test_answer_mode__a_note_is_announced_and_told_to_nobody(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    stage_notice(REASON_OK, &notice);
    notice.has_note = true;
    struct answer out = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_int_equal(out.kind, ANSWER_ATTENTION);
    assert_string_equal(out.word, "Bitte kurz zum Team");
    assert_string_equal(out.why, "Alles in Ordnung, Sie sind eingecheckt.");
    text_copy(notice.note, sizeof notice.note, "Bringt den Schlüssel mit"); // staff asked for it
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).next, "Bringt den Schlüssel mit");
    notice.verdict.is_exit = true;
    assert_int_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).kind, ANSWER_GOODBYE);
    notice.verdict.is_exit = false;
    f->stage.list.mode = LIST_MODE_ROLL_CALL; // not at every stop again
    notice.headcount.round = 2;
    assert_int_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).kind, ANSWER_ATTENTION); // joined at the second stop
    notice.was_aboard = true;
    assert_int_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).kind, ANSWER_WELCOME);
    f->stage.list.mode = LIST_MODE_ONCE;
}

static void test_answer_mode__an_undo_is_confirmed(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice = {.kind = NOTICE_DONE, .asked = COMMAND_UNDO};

    assert_int_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).kind, ANSWER_TAKEN_BACK);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Der Check-in zählt nicht mehr.");
    notice.kind = NOTICE_TOO_LATE;
    struct answer late = answer_stage_answer(f, &notice, LANGUAGE_EN);
    assert_int_equal(late.kind, ANSWER_NO);
    assert_true(late.word[0] && late.why[0] && late.next[0]);
}

static void test_answer_mode__an_ok_has_words_in_every_mode(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    for (enum list_mode mode = LIST_MODE_ONCE; mode <= LIST_MODE_HAND_OUT; mode++)
        for (int exit = 0; exit <= 1; exit++) {
            f->stage.list.mode = mode;
            stage_notice(REASON_OK, &notice);
            notice.verdict.is_exit = exit;
            struct answer de = answer_stage_answer(f, &notice, LANGUAGE_DE),
                          en = answer_stage_answer(f, &notice, LANGUAGE_EN);
            assert_true(de.word[0] && en.word[0]);
            assert_string_not_equal(de.word, en.word);
            assert_int_equal(de.kind, exit ? ANSWER_GOODBYE : ANSWER_WELCOME);
        }
    f->stage.list.mode = LIST_MODE_ONCE;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer_mode__going_in_and_out_have_words_of_their_own),
        cmocka_unit_test(test_answer_mode__a_roll_call_counts_aloud),
        cmocka_unit_test(test_answer_mode__a_hand_out_says_what_is_left),
        cmocka_unit_test(test_answer_mode__a_note_is_announced_and_told_to_nobody),
        cmocka_unit_test(test_answer_mode__an_undo_is_confirmed),
        cmocka_unit_test(test_answer_mode__an_ok_has_words_in_every_mode),
    };

    return cmocka_run_group_tests(tests, answer_stage_set_up, answer_stage_tear_down);
}
