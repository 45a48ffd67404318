#include "app/terminal_qr.h"

enum { QUIET = 4 }; // modules around it, so that scanners find it

static bool is_dark(const struct picture *picture, int x, int y)
{
    x -= QUIET;
    y -= QUIET;
    return x >= 0 && y >= 0 && x < picture->side && y < picture->side && picture->modules[y * picture->side + x];
}

void terminal_qr_write(const struct picture *picture, bool is_coloured, FILE *out)
{
    static const char *const blocks[2][2] = {{"█", "▀"}, {"▄", " "}}; // drawn is what is light: [above][below]
    int side = picture->side + 2 * QUIET;

    for (int y = 0; y < side; y += 2) {
        if (is_coloured) fputs("\033[38;5;231;48;5;16m", out); // white on black
        for (int x = 0; x < side; x++) fputs(blocks[is_dark(picture, x, y)][is_dark(picture, x, y + 1)], out);
        fputs(is_coloured ? "\033[0m\n" : "\n", out);
    }
}
