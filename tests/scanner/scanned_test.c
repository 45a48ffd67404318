// scanned, serial_line: what a line of a hand scanner is, and where it ends.
#include "support/check.h"

#include "base/mem.h"
#include "scanner/scanned.h"
#include "scanner/serial_line.h"
#include "ticket/ticket.h"

#include <assert.h>
#include <stdlib.h>

enum { START_MS = 1000, BYTE_MS = 1 };

static_assert((int)SCANNED_TICKET_DIGITS == (int)TICKET_TEXT_DIGITS, "a ticket is a ticket");

#define DIGITS_50 "12345678901234567890123456789012345678901234567890"
#define TICKET DIGITS_50 DIGITS_50 DIGITS_50 DIGITS_50 "12"

static enum scanned judge(struct scanned_habit *habit, const char *text, size_t length, bool is_ended, struct code *out)
{
    struct scanned_line line = {text, length, is_ended, START_MS, START_MS + 500};

    return scanned_judge(habit, &line, out);
}

static void test_scanned__only_whole_codes_count(void **state)
{
#define LINE(text) text, sizeof(text) - 1
    static const struct {
        const char *text;
        size_t length;
        enum scanned is;
        const char *code;
    } cases[] = {
        {LINE(TICKET), SCANNED_CODE, TICKET},
        {LINE("]Q1" TICKET), SCANNED_CODE, TICKET},
        {LINE("]d2\x1DKITZ"), SCANNED_CODE, "KITZ"},
        {LINE("\x02" TICKET "\x03"), SCANNED_CODE, TICKET},
        {LINE("\x02]Q6" TICKET "\x03\r"), SCANNED_CODE, TICKET},
        {LINE(TICKET " \r"), SCANNED_CODE, TICKET},
        {LINE("KITZ 7 "), SCANNED_CODE, "KITZ 7"},
        {LINE("\\000026" TICKET), SCANNED_CODE, "\\000026" TICKET}, // the ticket parser knows it
        {LINE("KITZ-2026/00A"), SCANNED_CODE, "KITZ-2026/00A"},
        {LINE("M\xC3\xBCller 7"), SCANNED_CODE, "M\xC3\xBCller 7"},
        {LINE("4012345678901"), SCANNED_CODE, "4012345678901"},
        {LINE("]Q"), SCANNED_CODE, "]Q"},
        {LINE("]QQ]"), SCANNED_CODE, "]"},
        {LINE(""), SCANNED_NOTHING, NULL},
        {LINE("\x02\x03"), SCANNED_NOTHING, NULL},
        {LINE("]Q1"), SCANNED_NOTHING, NULL},
        {LINE("\0\0"), SCANNED_NOTHING, NULL},
        {LINE(TICKET "1"), SCANNED_PART, NULL},
        {LINE(TICKET TICKET), SCANNED_PART, NULL},
        {LINE("]Q1" DIGITS_50), SCANNED_PART, NULL},
        {LINE("123456789012345678901"), SCANNED_PART, NULL},
        {LINE("AB\x1D"
              "CD"),
         SCANNED_UNREADABLE, NULL},
        {LINE("AB\0CD"), SCANNED_UNREADABLE, NULL},
        {LINE("M\xFCller"), SCANNED_UNREADABLE, NULL},
        {LINE("\x1B[31mAB\x1B[0m"), SCANNED_UNREADABLE, NULL},
        {LINE("\x1B[A"), SCANNED_UNREADABLE, NULL},
        {LINE("\x04\x1B[A\x11"), SCANNED_UNREADABLE, NULL},
        {LINE("AB\x7F"
              "C"),
         SCANNED_UNREADABLE, NULL},
    };
    struct code *code = mem_zero(sizeof *code);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scanned_habit habit = {0};
        memset(code, 0, sizeof *code);
        if (judge(&habit, cases[i].text, cases[i].length, true, code) != cases[i].is) fail_msg("case %zu", i);
        if (!cases[i].code) continue;
        assert_int_equal(code->length, strlen(cases[i].code));
        assert_memory_equal(code->text, cases[i].code, code->length);
        assert_int_equal(code->via, CODE_VIA_SCANNER);
        assert_int_equal(code->mono_ms, START_MS + 500);
    }
    free(code);
}

static void test_scanned__the_rest_of_a_part_is_no_number(void **state)
{
    struct scanned_line line = {"12345", 5, true, START_MS, START_MS};
    struct scanned_habit habit = {0};
    struct code *code = mem_zero(sizeof *code);

    (void)state;
    assert_int_equal(judge(&habit, DIGITS_50, 50, false, code), SCANNED_PART); // ended START_MS + 500
    line.began_ms = line.ended_ms = START_MS + 500 + SCANNED_REST_MS - 1;
    assert_int_equal(scanned_judge(&habit, &line, code), SCANNED_PART);
    line.began_ms = line.ended_ms += SCANNED_REST_MS;
    assert_int_equal(scanned_judge(&habit, &line, code), SCANNED_CODE);
    assert_int_equal(judge(&habit, DIGITS_50, 50, false, code), SCANNED_PART);
    assert_int_equal(judge(&habit, TICKET, TICKET_TEXT_DIGITS, true, code),
                     SCANNED_CODE); // a whole one is never a rest
    free(code);
}

static void test_scanned__a_text_may_lack_an_end_only_where_none_is_sent(void **state)
{
    struct scanned_habit habit = {0};
    struct code *code = mem_zero(sizeof *code);

    (void)state;
    assert_int_equal(judge(&habit, "KITZ", 4, false, code), SCANNED_CODE);
    assert_int_equal(judge(&habit, "KITZ-7", 6, true, code), SCANNED_CODE);
    assert_int_equal(judge(&habit, "KITZ", 4, false, code), SCANNED_PART); // of KITZ-7
    assert_int_equal(judge(&habit, "1234", 4, false, code), SCANNED_PART);
    assert_int_equal(judge(&habit, TICKET, TICKET_TEXT_DIGITS, false, code), SCANNED_CODE);
    free(code);
}

static void test_scanned__texts_have_a_longest(void **state)
{
    char *text = mem_zero(SCANNED_MOST_BYTES + 1);
    struct scanned_habit habit = {0};
    struct code *code = mem_zero(sizeof *code);

    (void)state;
    memset(text, 'A', SCANNED_MOST_BYTES + 1);
    assert_int_equal(judge(&habit, text, SCANNED_MOST_BYTES, true, code), SCANNED_CODE);
    assert_int_equal(judge(&habit, text, SCANNED_MOST_BYTES + 1, true, code), SCANNED_UNREADABLE);
    free(code);
    free(text);
}

// Bytes in, the texts of lines out, each followed by '|', or by '~' if silence ended it.
static void lines_of(const char *bytes, size_t length, int64_t step_ms, char *out)
{
    struct serial_line *line = mem_zero(sizeof *line);
    int64_t now_ms = START_MS;

    for (size_t i = 0; i <= length; i++) {
        bool is_last = i == length;
        if (is_last) now_ms += 60000;
        bool is_over = serial_line_take_pause(line, now_ms);
        for (int again = 0; again < 2; again++) {
            if (is_over) {
                memcpy(out, line->text, line->length);
                out += line->length;
                *out++ = line->is_too_long ? '!' : line->is_ended ? '|' : '~';
                serial_line_clear(line);
            }
            is_over = !again && !is_last && serial_line_take_byte(line, bytes[i], now_ms);
        }
        now_ms += step_ms;
    }
    *out = '\0';
    assert_int_equal(serial_line_due_ms(line), INT64_MAX);
    free(line);
}

static void test_serial_line__ends_as_scanners_end_them(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        int64_t step_ms;
        const char *lines;
    } cases[] = {
        {LINE("A\rB\rC"), BYTE_MS, "A|B|C~"},
        {LINE("A\nB\n"), BYTE_MS, "A|B|"},
        {LINE("A\r\nB\r\n"), BYTE_MS, "A|B|"},
        {LINE("\r\n\r\n\n"), BYTE_MS, ""},
        {LINE("\x02"
              "A\x03\x02"
              "B\x03\r\n"),
         BYTE_MS,
         "\x02"
         "A|\x02"
         "B|"},
        {LINE("AB\r"), SCANNED_PAUSE_MS - 1, "AB|"},
        {LINE("AB\r"), SCANNED_PAUSE_MS, "A~B~"},
        {LINE(TICKET "A\r"), SCANNED_WHOLE_PAUSE_MS, TICKET "~A|"},
        {LINE(DIGITS_50 "A\r"), SCANNED_WHOLE_PAUSE_MS, DIGITS_50 "A|"},
    };
    char out[1024];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lines_of(cases[i].bytes, cases[i].length, cases[i].step_ms, out);
        assert_string_equal(out, cases[i].lines);
    }
}

static void test_serial_line__too_much_is_dropped_to_its_end(void **state)
{
    size_t length = SCANNED_MOST_BYTES + 500;
    char *bytes = mem_zero(length + 3), *out = mem_zero(2 * length);

    (void)state;
    memset(bytes, '7', length);
    memcpy(bytes + length, "\rA\r", 3);
    lines_of(bytes, length + 3, BYTE_MS, out);
    assert_string_equal(out + SCANNED_MOST_BYTES, "!A|");
    free(out);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scanned__only_whole_codes_count),
        cmocka_unit_test(test_scanned__the_rest_of_a_part_is_no_number),
        cmocka_unit_test(test_scanned__a_text_may_lack_an_end_only_where_none_is_sent),
        cmocka_unit_test(test_scanned__texts_have_a_longest),
        cmocka_unit_test(test_serial_line__ends_as_scanners_end_them),
        cmocka_unit_test(test_serial_line__too_much_is_dropped_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
