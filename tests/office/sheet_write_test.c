#include "support/check.h"

#include "office/sheet_write.h"

#include <stdlib.h>

static void test_sheet_write__quotes_and_disarms(void **state)
{
    const char *const fields[] = {"Lena", "a \"b\"; c", "=1+1", "-", "+49", "@x", "\tx", "＝1", "", "Zoë\nMüller"};
    char *text = NULL;
    size_t length;
    FILE *to = open_memstream(&text, &length);

    (void)state;
    sheet_write_begin(to);
    sheet_write_row(to, fields, sizeof fields / sizeof *fields);
    fclose(to);
    assert_string_equal(
        text, "\xEF\xBB\xBF\"Lena\";\"a \"\"b\"\"; c\";\"'=1+1\";\"'-\";\"'+49\";\"'@x\";\"'\tx\";\"'＝1\";\"\";"
              "\"Zoë\nMüller\"\r\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sheet_write__quotes_and_disarms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
