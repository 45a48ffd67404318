#include "support/check.h"

#include "office/sheet.h"

#include <stdio.h>
#include <stdlib.h>

// Rows as one text: "line:field|field\n", a faulty row as "line!\n".
struct rows {
    char text[8192];
    size_t count;
};

static enum status write_row(void *owner, const struct sheet_row *row)
{
    struct rows *rows = owner;
    size_t used = strlen(rows->text);

    rows->count++;
    if (sizeof rows->text - used < 300) return STATUS_OK; // big files are only counted
    used += (size_t)sprintf(rows->text + used, "%zu%s", row->line, row->fault ? "!" : ":");
    for (size_t i = 0; i < row->count && !row->fault; i++)
        used += (size_t)sprintf(rows->text + used, "%s%.40s", i ? "|" : "", row->fields[i]);
    sprintf(rows->text + used, "\n");
    return STATUS_OK;
}

static enum status read_bytes(const char *bytes, size_t length, struct rows *out, struct sheet_flaw *flaw)
{
    memset(out, 0, sizeof *out);
    return sheet_read((const uint8_t *)bytes, length, write_row, out, flaw);
}

static void assert_rows(const char *csv, const char *wanted)
{
    struct rows rows;
    struct sheet_flaw flaw;

    assert_int_equal(read_bytes(csv, strlen(csv), &rows, &flaw), STATUS_OK);
    assert_string_equal(rows.text, wanted);
}

static void assert_refused(const char *bytes, size_t length, size_t line, const char *part)
{
    struct rows rows;
    struct sheet_flaw flaw;

    assert_int_equal(read_bytes(bytes, length, &rows, &flaw), STATUS_INVALID);
    assert_int_equal(flaw.line, line);
    if (!strstr(flaw.words, part)) fail_msg("'%s' lacks '%s'", flaw.words, part);
}

static void test_sheet__finds_the_separator_in_the_heading(void **state)
{
    (void)state;
    assert_rows("a;b\n1;2,5\n", "1:a|b\n2:1|2,5\n");
    assert_rows("a,b\n1,\"2;5\"\n", "1:a|b\n2:1|2;5\n");
    assert_rows("a\tb\n1\t2\n", "1:a|b\n2:1|2\n");
    assert_rows("\"a;b;c\",d\n1,2\n", "1:a;b;c|d\n2:1|2\n");
    assert_rows("sep=,\na;x,b\n1,2\n", "2:a;x|b\n3:1|2\n");
    assert_rows("Name\nAnna\n", "1:Name\n2:Anna\n");
}

static void test_sheet__knows_the_line_of_every_row(void **state)
{
    (void)state;
    assert_rows("a;b\r\n\r\n1;2\r\n   \r\n3;4", "1:a|b\n3:1|2\n5:3|4\n");
    assert_rows("a;b\r1;2\r3;4\r", "1:a|b\n2:1|2\n3:3|4\n"); // as old Macs end lines
    assert_rows("a;b\n\"x\ny\nz\";2\n3;4\n", "1:a|b\n2:x\ny\nz|2\n5:3|4\n");
    assert_rows("a;b\n\"x\r\n\r\ny\";2\r\n3;4\r\n", "1:a|b\n2:x\r\n\r\ny|2\n5:3|4\n");
    assert_rows("a;b\n;;\n1;2\n", "1:a|b\n3:1|2\n"); // separators alone are no row
}

static void test_sheet__reads_quotes_as_rfc_4180_has_them(void **state)
{
    (void)state;
    assert_rows("a;b\n\"x;y\";\"say \"\"hi\"\"\"\n", "1:a|b\n2:x;y|say \"hi\"\n");
    assert_rows("a;b\n  x  ;\" y \"\n\"\";\n", "1:a|b\n2:x|y\n");
    assert_rows("a;b\nAnna \"Anni\" K;1\n", "1:a|b\n2:Anna \"Anni\" K|1\n");
}

static void test_sheet__refuses_a_quoted_field_that_swallows_rows(void **state)
{
    static const struct {
        const char *csv;
        size_t line;
        const char *part;
    } cases[] = {
        {"Name;Firma\nAnna;\"offen\nBerta;B\nCarl;\"X\"\nDora;Y\n", 2, "its end in line 4"},
        {"a;b\r\n1;2\r\n\"x\"y;3\r\n", 3, "its end in line 3"},
        {"a;b\r1;\"x\ry\" z\r", 2, "its end in line 3"},
        {"sep=;\na;b\n\"Anni\" K;1\n", 3, "its end in line 3"},
        {"a;b\n 1; \"x\" \"y\"\n", 2, "its end in line 2"},
        {"\"a\"\"\"b;c\n", 1, "its end in line 1"},
        {"a,b\n\"x\";1,2\n", 2, "its end in line 2"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].csv, strlen(cases[i].csv), cases[i].line, cases[i].part);
    assert_rows("a;b\n \"x\" ;\"\"\"y\"\"\"\n5\" Rohr;A\"B\"C\n", "1:a|b\n2:x|\"y\"\n3:5\" Rohr|A\"B\"C\n");
}

static void test_sheet__takes_the_blanks_off_both_ends(void **state)
{
    (void)state;
    assert_rows("a;b\n \xC2\xA0x\xC2\xA0y\xE2\x80\xAF ;\xE2\x80\xAF\xC2\xA0\n", "1:a|b\n2:x\xC2\xA0y|\n");
    assert_rows("a;b\nà;Š\n", "1:a|b\n2:à|Š\n"); // whose last bytes are those of such blanks
}

static void test_sheet__reads_utf8_and_windows_1252(void **state)
{
    (void)state;
    assert_rows("\xEF\xBB\xBFName;x\nJ\xC3\xB6rg;\xE2\x82\xAC\n", "1:Name|x\n2:Jörg|€\n");
    assert_rows("Name;x\nJ\xC3\xB6rg;\xE2\x82\xAC\n", "1:Name|x\n2:Jörg|€\n");
    assert_rows("Name;x\nJ\xF6rg;\x80\x84\xDF\n", "1:Name|x\n2:Jörg|€„ß\n");
}

static void test_sheet__refuses_what_is_no_table(void **state)
{
    static const char utf16[] = "\xFF\xFEN\0a\0", zip[] = "PK\x03\x04\n\0\0", bad1252[] = "Name\nJ\xF6rg\x81\n",
                      bad_mark[] = "\xEF\xBB\xBFName\nJ\xF6rg\n", open_quote[] = "a;b\n1;2\n3;\"never\nends";

    (void)state;
    assert_refused(utf16, sizeof utf16 - 1, 1, "UTF-16");
    assert_refused(zip, sizeof zip - 1, 2, "no text file");
    assert_refused(bad1252, sizeof bad1252 - 1, 2, "neither UTF-8 nor Windows-1252");
    assert_refused(bad_mark, sizeof bad_mark - 1, 1, "says it is UTF-8");
    assert_refused(open_quote, sizeof open_quote - 1, 3, "never ends");
}

static void test_sheet__marks_rows_that_are_too_big(void **state)
{
    struct rows rows;
    struct sheet_flaw flaw;
    char *csv = malloc(20000), *at = csv;

    (void)state;
    at += sprintf(at, "a;b\n");
    for (int i = 0; i < SHEET_MAX_FIELD_BYTES; i++) *at++ = 'x';
    at += sprintf(at, ";2\n");
    for (int i = 0; i < SHEET_MAX_FIELD_BYTES + 1; i++) *at++ = 'x';
    at += sprintf(at, ";2\n");
    for (int i = 0; i < SHEET_MAX_FIELDS; i++) at += sprintf(at, "y;");
    at += sprintf(at, "y\n1;2\n");
    assert_int_equal(read_bytes(csv, (size_t)(at - csv), &rows, &flaw), STATUS_OK);
    assert_string_equal(rows.text, "1:a|b\n2:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|2\n3!\n4!\n5:1|2\n");
    free(csv);
}

static void test_sheet__reads_a_million_rows_and_not_one_more(void **state)
{
    struct rows rows;
    struct sheet_flaw flaw;
    size_t length = 5 + 4 * (size_t)(SHEET_MAX_ROWS + 1);
    char *csv = malloc(length);

    (void)state;
    memcpy(csv, "Name\n", 5);
    for (size_t i = 5; i < length; i += 4) memcpy(csv + i, "abc\n", 4);
    assert_int_equal(read_bytes(csv, length - 4, &rows, &flaw), STATUS_OK);
    assert_int_equal(rows.count, SHEET_MAX_ROWS + 1); // with the heading
    assert_refused(csv, length, SHEET_MAX_ROWS + 2, "1,000,000");
    free(csv);
}

static void test_sheet__reads_50_mebibytes_and_not_one_byte_more(void **state)
{
    struct rows rows;
    struct sheet_flaw flaw;
    char *csv = malloc(SHEET_MAX_BYTES + 1);

    (void)state;
    for (size_t i = 0; i < SHEET_MAX_BYTES; i += 512) { // rows of 511 letters
        memset(csv + i, 'x', 511);
        csv[i + 511] = '\n';
    }
    csv[SHEET_MAX_BYTES] = '\n';
    assert_int_equal(read_bytes(csv, SHEET_MAX_BYTES, &rows, &flaw), STATUS_OK);
    assert_int_equal(rows.count, SHEET_MAX_BYTES / 512);
    assert_refused(csv, SHEET_MAX_BYTES + 1, 0, "50 MiB");
    free(csv);
}

static enum status refuse_third(void *owner, const struct sheet_row *row)
{
    ++*(int *)owner;
    return row->line == 3 ? STATUS_LATER : STATUS_OK;
}

static void test_sheet__ends_when_the_reader_wants_no_more(void **state)
{
    static const char csv[] = "a\n1\n2\n3\n4\n";
    struct sheet_flaw flaw;
    int seen = 0;

    (void)state;
    assert_int_equal(sheet_read((const uint8_t *)csv, sizeof csv - 1, refuse_third, &seen, &flaw), STATUS_LATER);
    assert_int_equal(seen, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet__finds_the_separator_in_the_heading),
        cmocka_unit_test(test_sheet__knows_the_line_of_every_row),
        cmocka_unit_test(test_sheet__reads_quotes_as_rfc_4180_has_them),
        cmocka_unit_test(test_sheet__refuses_a_quoted_field_that_swallows_rows),
        cmocka_unit_test(test_sheet__takes_the_blanks_off_both_ends),
        cmocka_unit_test(test_sheet__reads_utf8_and_windows_1252),
        cmocka_unit_test(test_sheet__refuses_what_is_no_table),
        cmocka_unit_test(test_sheet__marks_rows_that_are_too_big),
        cmocka_unit_test(test_sheet__reads_a_million_rows_and_not_one_more),
        cmocka_unit_test(test_sheet__reads_50_mebibytes_and_not_one_byte_more),
        cmocka_unit_test(test_sheet__ends_when_the_reader_wants_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
