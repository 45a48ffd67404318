#include "support/check.h"

#include "desk/form.h"

static const struct walk_in_rules rules = {
    .is_welcome = true,
    .class_id = 6,
    .most_plus_ones = 2,
    .field_count = 4,
    .consent_count = 2,
    .fields = {{.key = "name", .kind = FIELD_NAME}, // wanted, even if the office forgot to say so
               {.key = "company", .kind = FIELD_TEXT, .is_required = true},
               {.key = "email", .kind = FIELD_EMAIL},
               {.key = "town", .kind = FIELD_TEXT}},
    .consents = {{.key = "newsletter"}, {.key = "privacy", .is_required = true}},
};

static struct walk_in_form good_form(void)
{
    struct walk_in_form form = {.consents = 2, .plus_ones = 1, .language = "de"};

    strcpy(form.values[0], "Jörg Müller-Weiß");
    strcpy(form.values[1], "Sägewerk");
    return form;
}

static void test_form__takes_what_was_typed_without_its_edges(void **state)
{
    struct walk_in_form form = good_form();
    struct walk_in walk_in;

    (void)state;
    strcpy(form.values[0], "  \tJörg Müller-Weiß ");
    strcpy(form.values[1], "Säge\xE2\x80\xAEwerk\x07");
    strcpy(form.values[2], " j@example.org ");
    form.consents = 3;
    assert_int_equal(form_read(&form, &rules, &walk_in), STATUS_OK);
    assert_string_equal(walk_in.values[0], "Jörg Müller-Weiß");
    assert_string_equal(form_name(&walk_in, &rules), "Jörg Müller-Weiß");
    assert_string_equal(walk_in.values[1], "Sägewerk"); // nothing that turns or hides text
    assert_string_equal(walk_in.values[2], "j@example.org");
    assert_string_equal(walk_in.values[3], "");
    assert_int_equal(walk_in.consents, 3);
    assert_string_equal(walk_in.language, "de");
    strcpy(form.language, "D");
    assert_int_equal(form_read(&form, &rules, &walk_in), STATUS_OK);
    assert_string_equal(walk_in.language, "");
}

static void test_form__refuses_a_value_that_is_none(void **state)
{
    static const struct {
        size_t field;
        const char *value;
    } values[] = {
        {0, ""},
        {0, "   "},
        {0, "\x1B\x07"},
        {0, "J\xF6rg"}, // Latin-1
        {0, "\xED\xA0\x80"},
        {1, ""},
        {2, "example.org"},
        {2, "@example.org"},
        {2, "j@"},
        {2, "@"},
        {2, "j@@example.org"},
        {2, "j@a@b"},
        {2, "j m@example.org"},
        {2, "j@example org"},
    };
    struct walk_in walk_in;

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct walk_in_form form = good_form();
        strcpy(form.values[values[i].field], values[i].value);
        if (form_read(&form, &rules, &walk_in) != STATUS_INVALID) fail_msg("'%s' was taken", values[i].value);
    }
    struct walk_in_form endless = good_form();
    memset(endless.values[3], 'x', EVENT_VALUE_SIZE); // no end
    assert_int_equal(form_read(&endless, &rules, &walk_in), STATUS_INVALID);
    endless.values[3][EVENT_VALUE_SIZE - 1] = '\0';
    assert_int_equal(form_read(&endless, &rules, &walk_in), STATUS_OK);
}

static void test_form__wants_required_consents_and_no_others(void **state)
{
    static const struct {
        uint32_t given;
        enum status status;
    } consents[] = {{0, STATUS_INVALID}, {1, STATUS_INVALID}, {2, STATUS_OK},
                    {3, STATUS_OK},      {6, STATUS_INVALID}, {UINT32_C(1) << 31 | 2, STATUS_INVALID}};
    struct walk_in walk_in;

    (void)state;
    for (size_t i = 0; i < sizeof consents / sizeof consents[0]; i++) {
        struct walk_in_form form = good_form();
        form.consents = consents[i].given;
        assert_int_equal(form_read(&form, &rules, &walk_in), consents[i].status);
        if (consents[i].status == STATUS_OK) assert_int_equal(walk_in.consents, consents[i].given);
    }
}

static void test_form__brings_as_many_as_the_event_allows(void **state)
{
    struct walk_in_rules nobody = rules;
    struct walk_in_form form = good_form();
    struct walk_in walk_in;

    (void)state;
    form.plus_ones = 2;
    assert_int_equal(form_read(&form, &rules, &walk_in), STATUS_OK);
    form.plus_ones = 3;
    assert_int_equal(form_read(&form, &rules, &walk_in), STATUS_INVALID);
    form.plus_ones = 0;
    nobody.is_welcome = false;
    assert_int_equal(form_read(&form, &nobody, &walk_in), STATUS_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form__takes_what_was_typed_without_its_edges),
        cmocka_unit_test(test_form__refuses_a_value_that_is_none),
        cmocka_unit_test(test_form__wants_required_consents_and_no_others),
        cmocka_unit_test(test_form__brings_as_many_as_the_event_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
