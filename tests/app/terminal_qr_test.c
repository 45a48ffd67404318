#include "support/check.h"

#include "app/terminal_qr.h"

#include <stdio.h>
#include <stdlib.h>

// What a camera would see: light where something is drawn. Two rows for each line of text.
static void read_line(const char *line, const struct picture *picture, int row)
{
    static const char *const blocks[] = {" ", "▄", "▀", "█"}; // bit 1: above is light, bit 0: below
    int side = picture->side + 8;

    for (int x = 0; x < side; x++) {
        int light = -1;
        for (int i = 0; i < 4; i++)
            if (strncmp(line, blocks[i], strlen(blocks[i])) == 0) light = i;
        assert_true(light >= 0);
        line += strlen(blocks[light]);
        for (int half = 0; half < 2; half++) {
            int px = x - 4, py = row * 2 + half - 4;
            bool is_inside = px >= 0 && py >= 0 && px < picture->side && py < picture->side;
            bool is_dark = is_inside && picture->modules[py * picture->side + px];
            assert_int_equal(light >> (1 - half) & 1, !is_dark);
        }
    }
    assert_int_equal(*line, '\n');
}

static void test_terminal_qr__has_every_module_and_its_margin(void **state)
{
    struct picture *picture = calloc(1, sizeof *picture);
    char *text = NULL, *line;
    size_t length = 0;
    int row = 0;

    (void)state;
    assert_int_equal(picture_of_text("EINLASS-PAIR/1 HTTPS://192.168.1.10:8443 7K3M9-QX2VD CA", picture), STATUS_OK);
    FILE *out = open_memstream(&text, &length);
    terminal_qr_write(picture, false, out);
    assert_int_equal(fclose(out), 0);
    for (line = text; *line; line = strchr(line, '\n') + 1) read_line(line, picture, row++);
    assert_int_equal(row, (picture->side + 8 + 1) / 2);
    free(text);
    free(picture);
}

static void test_terminal_qr__names_its_colours_on_a_terminal(void **state)
{
    struct picture *picture = calloc(1, sizeof *picture);
    char *text = NULL;
    size_t length = 0;
    int lines = 0, colours = 0;

    (void)state;
    assert_int_equal(picture_of_text("7", picture), STATUS_OK);
    FILE *out = open_memstream(&text, &length);
    terminal_qr_write(picture, true, out);
    assert_int_equal(fclose(out), 0);
    for (const char *at = text; (at = strchr(at, '\n')); at++) lines++;
    for (const char *at = text; (at = strstr(at, "\033[38;5;231;48;5;16m")); at++) colours++;
    assert_int_equal(lines, colours); // each line begins anew, and gives the colours back
    assert_string_equal(text + length - 5, "\033[0m\n");
    free(text);
    free(picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terminal_qr__has_every_module_and_its_margin),
        cmocka_unit_test(test_terminal_qr__names_its_colours_on_a_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
