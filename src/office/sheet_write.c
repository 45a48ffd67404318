#include "office/sheet_write.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

void sheet_write_begin(FILE *to)
{
    fputs("\xEF\xBB\xBF", to);
}

bool sheet_is_formula(const char *field)
{
    static const uint32_t dangerous[] = {'=', '+', '-', '@', '\t', '\r', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    uint32_t first = text_next(&field);

    for (size_t i = 0; i < sizeof dangerous / sizeof *dangerous; i++)
        if (first == dangerous[i]) return true;
    return false;
}

static void write_field(FILE *to, const char *field)
{
    fputc('"', to);
    if (sheet_is_formula(field)) fputc('\'', to);
    for (size_t span; (span = strcspn(field, "\"")), field[span]; field += span + 1) {
        fwrite(field, 1, span + 1, to);
        fputc('"', to); // twice
    }
    fputs(field, to);
    fputc('"', to);
}

void sheet_write_row(FILE *to, const char *const *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) fputc(';', to);
        write_field(to, fields[i]);
    }
    fputs("\r\n", to);
}
