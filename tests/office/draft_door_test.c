// What a clerk types about the door: lists and their rules, stops, walk-ins, staff.
#include "office/office.h"

#include "office/zone.h"

#include <sodium.h>

static struct draft door_draft(void)
{
    struct draft draft = office_draft();

    draft.name = "Netzwerktreffen";
    draft.kind = "netzwerktreffen";
    return draft;
}

static void test_draft__takes_the_rules_of_each_list(void **state)
{
    struct draft draft = door_draft();
    struct event *event = calloc(1, sizeof *event);
    struct draft_flaw flaw = {""};
    int64_t opens_ms;

    (void)state;
    draft.capacity = "90";
    draft.lists[0] = "Tür; mode=in_out; capacity=300; opens=2026-11-22 08:30;closes=2026-11-22T18:00";
    draft.lists[1] = "Boxen;mode=hand_out;stock=2700;after=tuer;classes=1,presse";
    draft.lists[2] = "Bus 1 ; mode = roll_call ; groups = bus 1 , 2 ; ";
    draft.lists[3] = "Garderobe;after=2";
    draft.list_count = 4;
    if (draft_event(&draft, event, &flaw) != STATUS_OK) fail_msg("%s", flaw.words);
    assert_int_equal(event->list_count, 4);

    assert_string_equal(event->lists[0].name, "Tür");
    assert_int_equal(event->lists[0].mode, LIST_MODE_IN_OUT);
    assert_int_equal(event->lists[0].capacity, 300);
    assert_int_equal(zone_read_time("2026-11-22T08:30", &opens_ms), STATUS_OK);
    assert_true(event->lists[0].opens_ms == opens_ms);
    assert_true(event->lists[0].closes_ms == opens_ms + INT64_C(570) * 60000);
    assert_true(id_set_is_empty(&event->lists[0].classes) && id_set_is_empty(&event->lists[0].groups));

    assert_int_equal(event->lists[1].mode, LIST_MODE_HAND_OUT);
    assert_int_equal(event->lists[1].stock, 2700);
    assert_int_equal(event->lists[1].after, 1);
    assert_int_equal(event->lists[1].capacity, 90); // said for all
    assert_int_equal(event->lists[1].classes.bits[0], 1 << 1 | 1 << 5);

    assert_string_equal(event->lists[2].name, "Bus 1");
    assert_int_equal(event->lists[2].mode, LIST_MODE_ROLL_CALL);
    assert_int_equal(event->lists[2].groups.bits[0], 1 << 1 | 1 << 2);
    assert_int_equal(event->lists[3].mode, LIST_MODE_ONCE);
    assert_int_equal(event->lists[3].after, 2);
    free(event);
}

static void test_draft__says_which_rule_of_which_list_is_wrong(void **state)
{
    static const struct {
        const char *first, *second, *part;
    } cases[] = {
        {"Tür;mode=inout", NULL, "--list 'Tür': mode must be once, in_out, roll_call or hand_out, not 'inout'"},
        {"Tür;mode", NULL, "a rule must look like mode=in_out, not 'mode'"},
        {"Tür;mode=", NULL, "a value is missing"},
        {"Tür;size=5", NULL, "a rule is mode, capacity, stock, opens, closes, classes, groups or after, not 'size'"},
        {"Tür;capacity=0", NULL, "--list 'Tür': capacity must be 1 to"},
        {"Tür;capacity=many", NULL, "--list 'Tür': capacity must be a number"},
        {"Tür;mode=hand_out;stock=-1", NULL, "--list 'Tür': stock must be a number"},
        {"Tür;stock=5", NULL, "stock is for mode=hand_out"},
        {"Tür;opens=18 Uhr", NULL, "opens must be a local time like"},
        {"Tür;closes=2026-11-22", NULL, "closes must be a local time like"},
        {"Tür;opens=2026-11-22 18:00;closes=2026-11-22 18:00", NULL, "it must close after it opens"},
        {"Tür;groups=Bus 9", NULL, "groups must be some that --group names, not 'Bus 9'"},
        {"Tür;groups=,", NULL, "groups must be some that --group names"},
        {"Tür;classes=1,gold", NULL, "classes must be some of the event's, not 'gold'"},
        {"Tür;after=Essen", NULL, "after must name another --list, not 'Essen'"},
        {"Tür;after=3", "Essen", "after must name another --list, not '3'"},
        {"Tür;after=Tür", NULL, "after leads in a circle"},
        {"Tür;after=Essen", "Essen;after=Tür", "after leads in a circle"},
        {"Tür", "tuer;mode=in_out", "--list 'tuer' is there twice"},
        {";mode=in_out", NULL, "--list needs a name"},
        {" ; mode=in_out", NULL, "--list needs a name"},
    };
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct draft draft = door_draft();
        struct draft_flaw flaw = {""};
        draft.lists[0] = cases[i].first;
        draft.lists[1] = cases[i].second;
        draft.list_count = cases[i].second ? 2 : 1;
        if (draft_event(&draft, event, &flaw) != STATUS_INVALID) fail_msg("was accepted: %s", cases[i].first);
        if (!strstr(flaw.words, cases[i].part)) fail_msg("'%s' lacks '%s'", flaw.words, cases[i].part);
    }
    free(event);
}

static void test_draft__takes_stops_in_their_order(void **state)
{
    static const char *const bad[] = {"", "|Town hall", "Rathaus|Town hall|vor der Tür", "a\nb", " "};
    struct draft draft = door_draft();
    struct event *event = calloc(1, sizeof *event);
    struct draft_flaw flaw;

    (void)state;
    draft.stops[0] = "Rathaus|Town hall";
    draft.stops[1] = "Werk";
    draft.stop_count = 2;
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    assert_int_equal(event->stop_count, 2);
    assert_string_equal(event->stops[0].name[LANGUAGE_EN], "Town hall");
    assert_string_equal(event->stops[1].name[LANGUAGE_EN], "Werk");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        draft.stops[1] = bad[i];
        assert_int_equal(draft_event(&draft, event, &flaw), STATUS_INVALID);
        assert_non_null(strstr(flaw.words, "--stop"));
    }
    free(event);
}

static void test_draft__asks_walk_ins_for_name_company_and_address(void **state)
{
    struct draft draft = door_draft();
    struct event *event = calloc(1, sizeof *event);
    const struct walk_in_rules *rules = &event->walk_ins;
    struct draft_flaw flaw;

    (void)state;
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    assert_false(rules->is_welcome);

    draft.welcomes_walk_ins = true;
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    assert_true(rules->is_welcome);
    assert_int_equal(rules->class_id, 6);
    assert_int_equal(rules->most_plus_ones, 3);
    assert_int_equal(rules->field_count, 3);
    assert_int_equal(rules->fields[0].kind, FIELD_NAME);
    assert_true(rules->fields[0].is_required && !rules->fields[1].is_required && !rules->fields[2].is_required);
    assert_string_equal(rules->fields[1].key, "company");
    assert_int_equal(rules->fields[1].kind, FIELD_TEXT);
    assert_int_equal(rules->fields[2].kind, FIELD_EMAIL);
    assert_int_equal(rules->consent_count, 0);
    free(event);
}

static void test_draft__asks_walk_ins_for_what_a_clerk_chose(void **state)
{
    struct draft draft = door_draft();
    struct event *event = calloc(1, sizeof *event);
    const struct walk_in_rules *rules = &event->walk_ins;
    struct draft_flaw flaw = {""};

    (void)state;
    draft.classes[0] = "1=Gast", draft.classes[1] = "8=Spontan|Walk-in", draft.class_count = 2;
    draft.walk_in_class = "spontan";
    draft.plus_ones = "0";
    draft.fields[0] = "name=Ihr Name|Your name", draft.fields[1] = "school*=Schule = Betrieb";
    draft.field_count = 2;
    draft.consents[0] = "photos@2026-11=Fotos sind in Ordnung.|Photos are fine.";
    draft.consents[1] = "rules*@7.b=Ich halte mich an die Hausordnung.";
    draft.consent_count = 2;
    if (draft_event(&draft, event, &flaw) != STATUS_OK) fail_msg("%s", flaw.words);
    assert_true(rules->is_welcome); // one of them is enough
    assert_int_equal(rules->class_id, 8);
    assert_int_equal(rules->most_plus_ones, 0);
    assert_string_equal(rules->fields[0].label[LANGUAGE_EN], "Your name");
    assert_true(rules->fields[0].is_required); // a name always is
    assert_string_equal(rules->fields[1].key, "school");
    assert_true(rules->fields[1].is_required);
    assert_string_equal(rules->fields[1].label[LANGUAGE_EN], "Schule = Betrieb");
    assert_string_equal(rules->consents[0].key, "photos");
    assert_string_equal(rules->consents[0].version, "2026-11");
    assert_string_equal(rules->consents[0].text[LANGUAGE_EN], "Photos are fine.");
    assert_true(!rules->consents[0].is_required && rules->consents[1].is_required);
    assert_string_equal(rules->consents[1].version, "7.b");
    free(event);
}

static void test_draft__says_what_walk_ins_lack(void **state)
{
    struct case_of {
        const char *part;
        struct draft draft;
    } cases[17];
    struct event *event = calloc(1, sizeof *event);

    (void)state;
    for (size_t i = 0; i < 17; i++) cases[i].draft = door_draft(), cases[i].draft.welcomes_walk_ins = true;
    cases[0].draft.plus_ones = "10", cases[0].part = "--plus-ones must be 0 to 9";
    cases[1].draft.plus_ones = "-1", cases[1].part = "--plus-ones must be 0 to 9";
    cases[2].draft.walk_in_class = "gold", cases[2].part = "--walk-in-class 'gold' is none";
    cases[3].draft.classes[0] = "1=Gast", cases[3].draft.class_count = 1, cases[3].part = "say with --walk-in-class";
    cases[4].draft.staff[0] = "6", cases[4].draft.staff_count = 1, cases[4].part = "can't be a class of --staff";
    cases[5].draft.lists[0] = "Tür;classes=1", cases[5].draft.list_count = 1, cases[5].part = "no --list takes";
    cases[6].draft.fields[0] = "company=Firma", cases[6].part = "must be the person's name";
    cases[7].draft.fields[0] = "name", cases[7].part = "--walk-in-field must look like";
    cases[8].draft.fields[0] = "Name=Name", cases[8].part = "--walk-in-field must look like";
    cases[9].draft.fields[0] = "=Name", cases[9].part = "--walk-in-field must look like";
    cases[10].draft.fields[0] = "name=", cases[10].part = "--walk-in-field must look like";
    cases[11].draft.fields[0] = "name@1=Name", cases[11].part = "--walk-in-field must look like";
    cases[12].draft.fields[0] = "name=a\tb", cases[12].part = "--walk-in-field has a line break";
    cases[13].draft.consents[0] = "photos=Fotos", cases[13].part = "version of its text";
    cases[14].draft.consents[0] = "photos@=Fotos", cases[14].part = "version of its text";
    cases[15].draft.consents[0] = "photos@1 b=Fotos", cases[15].part = "version of its text";
    cases[16].draft.staff[0] = "chef", cases[16].draft.staff_count = 1, cases[16].part = "--staff 'chef' is none";
    for (size_t i = 0; i < 17; i++) {
        struct draft_flaw flaw = {""};
        cases[i].draft.field_count = cases[i].draft.fields[0] != NULL;
        cases[i].draft.consent_count = cases[i].draft.consents[0] != NULL;
        assert_int_equal(draft_event(&cases[i].draft, event, &flaw), STATUS_INVALID);
        if (!strstr(flaw.words, cases[i].part)) fail_msg("'%s' lacks '%s'", flaw.words, cases[i].part);
    }
    free(event);
}

static void test_draft__gives_the_staff_pages_to_named_classes_only(void **state)
{
    struct draft draft = door_draft();
    struct event *event = calloc(1, sizeof *event);
    struct draft_flaw flaw;

    (void)state;
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    for (size_t i = 0; i < event->class_count; i++) assert_false(event->classes[i].is_staff);
    draft.staff[0] = "team", draft.staff[1] = "3", draft.staff_count = 2;
    assert_int_equal(draft_event(&draft, event, &flaw), STATUS_OK);
    for (size_t i = 0; i < event->class_count; i++)
        assert_int_equal(event->classes[i].is_staff, event->classes[i].id == 3 || event->classes[i].id == 4);
    free(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draft__takes_the_rules_of_each_list),
        cmocka_unit_test(test_draft__says_which_rule_of_which_list_is_wrong),
        cmocka_unit_test(test_draft__takes_stops_in_their_order),
        cmocka_unit_test(test_draft__asks_walk_ins_for_name_company_and_address),
        cmocka_unit_test(test_draft__asks_walk_ins_for_what_a_clerk_chose),
        cmocka_unit_test(test_draft__says_what_walk_ins_lack),
        cmocka_unit_test(test_draft__gives_the_staff_pages_to_named_classes_only),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
