#include "support/check.h"

#include "office/columns.h"
#include "office/spelling.h"

static void test_fold__forgives_what_people_type(void **state)
{
    static const char *const same[][2] = {{"Straße", "STRASSE"}, {"Übung 1", "uebung-1"}, {"E-Mail", "email"},
                                          {"Größe", "groesse"},  {"Bus 2", "bus2"},       {"محمد", "محمد"}};
    static const char *const other[][2] = {
        {"Bus 2", "Bus 3"}, {"Bär", "Bar"}, {"محمد", "العربي"}, {"", "-"}, {"-", "."}};

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_true(spelling_is_same(same[i][0], same[i][1]));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) assert_false(spelling_is_same(other[i][0], other[i][1]));
}

static void test_column__has_no_heading_that_means_two_things(void **state)
{
    (void)state;
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        size_t n = 0;
        for (; column_heading(column, n); n++) assert_int_equal(column_of_heading(column_heading(column, n)), column);
        assert_true(n >= 2); // German and English
    }
    assert_int_equal(column_of_heading("E-Mail"), COLUMN_UNKNOWN);
    assert_int_equal(column_of_heading(""), COLUMN_UNKNOWN);
    assert_int_equal(column_of_heading("FIRST_NAME:"), COLUMN_GIVEN);
}

static void test_columns__finds_fields_in_short_rows(void **state)
{
    struct sheet_row heading = {.count = 3, .fields = {"Name", "Alter", "Firma"}},
                     row = {.count = 1, .fields = {"Anna"}};
    struct columns columns;
    char words[160];

    (void)state;
    assert_int_equal(columns_read(&heading, &columns, words, sizeof words), STATUS_OK);
    assert_string_equal(columns_field(&columns, &row, COLUMN_NAME), "Anna");
    assert_string_equal(columns_field(&columns, &row, COLUMN_COMPANY), "");
    assert_null(columns_field(&columns, &row, COLUMN_NOTE));
    assert_int_equal(columns.unused_count, 1);
    assert_int_equal(columns.unused[0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold__forgives_what_people_type),
        cmocka_unit_test(test_column__has_no_heading_that_means_two_things),
        cmocka_unit_test(test_columns__finds_fields_in_short_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
