// Verdicts in words: every reason, in both languages; every No says what to do next.
#include "support/check.h"

#include "model/answer_stage.h"
#include "model/day.h"

#include "base/text.h"

// A sentence, not a heap of words; without numbers or signs of a program in it.
static void check_sentence(const char *text)
{
    static const char *const jargon[] = {"_", "%", "redeem", "invalid", "Fehler", "error", "Sie haben", "falsch"};

    assert_true(strlen(text) > 8 && strlen(text) < 140);
    for (size_t i = 0; i < sizeof jargon / sizeof *jargon; i++) assert_null(strstr(text, jargon[i]));
}

static void test_answer__every_no_says_why_and_what_next_in_every_mode(void **state)
{
    struct answer_stage *f = *state;

    for (enum list_mode mode = LIST_MODE_ONCE; mode <= LIST_MODE_HAND_OUT; mode++)
        for (enum reason reason = REASON_OK + 1; reason <= REASON_EXHAUSTED; reason++)
            for (int friendly = 0; friendly <= (reason == REASON_ALREADY_REDEEMED) * 2; friendly++) {
                struct notice notice;
                struct answer both[LANGUAGE_COUNT];
                stage_notice(reason, &notice);
                notice.verdict.is_friendly = friendly > 0;
                notice.verdict.is_exit = friendly > 1;
                notice.after = 2;
                f->stage.list.mode = mode;
                for (int i = 0; i < LANGUAGE_COUNT; i++) {
                    both[i] = answer_stage_answer(f, &notice, (enum language)i);
                    assert_true(both[i].word[0]);
                    check_sentence(both[i].why);
                    check_sentence(both[i].next);
                }
                if (reason != REASON_PRODUCT) assert_string_not_equal(both[0].word, both[1].word); // the group's name
                assert_string_not_equal(both[0].why, both[1].why);
                assert_string_not_equal(both[0].next, both[1].next);
            }
    f->stage.list.mode = LIST_MODE_ONCE;
}

static void test_answer__words_fall_back_to_german(void **state)
{
    struct words *words;

    (void)state;
    words_gettext_open("/nonexistent", &words);
    words->ops->choose(words, LANGUAGE_EN);
    assert_string_equal(say(words, "Willkommen"), "Willkommen");
    words_close(words);
    words_gettext_open(LOCALE_FOLDER, &words);
    words->ops->choose(words, LANGUAGE_EN);
    assert_string_equal(say(words, "Willkommen"), "Welcome");
    words->ops->choose(words, LANGUAGE_DE);
    assert_string_equal(say(words, "Willkommen"), "Willkommen");
    words_close(words);
}

static void test_answer__details_are_named(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    stage_notice(REASON_ALREADY_REDEEMED, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).place, "10:02 Uhr · Tor Nord");
    notice.earlier_unix_ms -= 86400000;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).place, "21.11., 10:02 Uhr · Tor Nord");
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_EN).place, "21 Nov, 10:02 · Tor Nord");
    stage_notice(REASON_WRONG_EVENT, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why,
                        "Dieses Ticket gilt für „Netzwerktreffen Winterberg“.\nHier ist „StudiTour Brilon 2026“.");
    memset(notice.event_name, 0, sizeof notice.event_name);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why,
                        "Dieses Ticket gehört zu einer anderen Veranstaltung.");
    stage_notice(REASON_PRODUCT, &notice);
    struct answer product = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(product.word, "Bus 3");
    assert_string_equal(product.why, "Dieses Ticket gilt für Bus 3.\nHier ist Bus 2.");
    assert_string_equal(product.next, "Bus 3 steht vor dem Rathaus.");
    text_copy(f->stage.event.groups[1].name[LANGUAGE_DE], sizeof f->stage.event.groups[1].name[LANGUAGE_DE],
              "Gruppe Oventrop und Hüttenwerke");
    product = answer_stage_answer(f, &notice, LANGUAGE_DE); // too long for the largest type: said in the sentence only
    assert_string_equal(product.word, "Nicht hier");
    assert_string_equal(product.why, "Dieses Ticket gilt für Gruppe Oventrop und Hüttenwerke.\nHier ist Bus 2.");
    stage_event(&f->stage.event);
    stage_notice(REASON_FULL, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_EN).why, "All places (45) are taken.");
    // On a list where nobody is scanned out, waiting would be for nothing.
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).next,
                        "Bitte zum Team, es weiß, wie es weitergeht.");
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_EN).next,
                        "Please see our team, they know what to do next.");
    stage_notice(REASON_RULES, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Bitte zuerst zu: Anmeldung im Foyer");
}

static void test_answer__a_wrong_place_names_what_was_wrong(void **state)
{
    struct answer_stage *f = *state;
    struct event_label *company = &f->stage.event.classes[0];
    struct notice notice;

    stage_notice(REASON_PRODUCT, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).word, "Bus 3"); // the group only
    f->stage.event.class_count = 1;
    company->id = notice.class_id = 4;
    strcpy(company->name[LANGUAGE_DE], "Firma");
    strcpy(company->name[LANGUAGE_EN], "Company");
    id_set_add(&f->stage.list.classes, 1);
    struct answer both = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(both.word, "Nicht hier"); // sent to Bus 3, they would be refused again
    assert_string_equal(both.why, "Dieses Ticket (Firma) gilt hier nicht.");
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_EN).why,
                        "This ticket (Company) is not for this place.");
    notice.group = 2;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Dieses Ticket (Firma) gilt hier nicht.");
    notice.class_id = 5; // has no name
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Dieses Ticket gilt für etwas anderes.");
    notice.class_id = 1;
    notice.group = 77; // nor has this
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Dieses Ticket gilt für etwas anderes.");
}

static void test_answer__times_are_told_as_people_read_them(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    stage_notice(REASON_INVALID_TIME, &notice);
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Dieses Ticket gilt am 23.11.");
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_EN).why, "This ticket is for 23 Nov");
    notice.until_day += 40;
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).why, "Dieses Ticket gilt vom 23.11. bis 2.1.2027");
    notice.from_day = notice.until_day = 0;
    notice.opens_ms = f->stage.unix_ms + 3600000;
    notice.closes_ms = f->stage.unix_ms + 7200000;
    struct answer early = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(early.word, "Noch zu früh");
    assert_string_equal(early.why, "Einlass ab 13:00 Uhr");
    notice.opens_ms = notice.closes_ms = f->stage.unix_ms - 60000;
    struct answer late = answer_stage_answer(f, &notice, LANGUAGE_EN);
    assert_string_equal(late.word, "Already over");
    assert_string_equal(late.why, "Doors closed: 11:59");
}

static void test_answer__a_welcome_without_names_or_groups_is_short(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    stage_notice(REASON_OK, &notice);
    notice.first_name[0] = '\0';
    notice.group = 0;
    struct answer out = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_string_equal(out.name, "");
    assert_string_equal(out.place, "");
    assert_string_equal(out.next, "Namensschild am Tisch 2");
    notice.group = 99; // not in this event
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).place, "");
}

static void test_answer__practice_tells_nothing_else(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    stage_notice(REASON_RULES, &notice);
    notice.verdict.is_practice = true;
    struct answer out = answer_stage_answer(f, &notice, LANGUAGE_DE);
    assert_int_equal(out.kind, ANSWER_PRACTICE);
    assert_string_equal(out.word, "Übungsticket – zählt nicht");
    assert_string_equal(out.name, "");
}

static void test_answer__names_that_reorder_text_are_disarmed(void **state)
{
    struct answer_stage *f = *state;
    struct notice notice;

    stage_notice(REASON_OK, &notice);
    strcpy(notice.first_name, "Le\xE2\x80\xAEna\x1b[2J\xff");
    assert_string_equal(answer_stage_answer(f, &notice, LANGUAGE_DE).name, "Lena[2J\xEF\xBF\xBD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer__every_no_says_why_and_what_next_in_every_mode),
        cmocka_unit_test(test_answer__words_fall_back_to_german),
        cmocka_unit_test(test_answer__details_are_named),
        cmocka_unit_test(test_answer__a_wrong_place_names_what_was_wrong),
        cmocka_unit_test(test_answer__times_are_told_as_people_read_them),
        cmocka_unit_test(test_answer__a_welcome_without_names_or_groups_is_short),
        cmocka_unit_test(test_answer__practice_tells_nothing_else),
        cmocka_unit_test(test_answer__names_that_reorder_text_are_disarmed),
    };

    return cmocka_run_group_tests(tests, answer_stage_set_up, answer_stage_tear_down);
}
