#include "office/spelling.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

static void put(char to[SPELLING_SIZE], const char *letters)
{
    size_t used = strlen(to), more = strlen(letters);

    if (used + more < SPELLING_SIZE) memcpy(to + used, letters, more + 1);
}

void spelling_fold(const char *text, char to[SPELLING_SIZE])
{
    static const struct {
        uint32_t point;
        const char *letters;
    } umlauts[] = {{0xE4, "ae"}, {0xC4, "ae"}, {0xF6, "oe"}, {0xD6, "oe"}, {0xFC, "ue"}, {0xDC, "ue"}, {0xDF, "ss"}};

    to[0] = '\0';
    for (uint32_t point; (point = text_next(&text));) {
        if (point >= 'A' && point <= 'Z') point += 'a' - 'A';
        if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9'))
            put(to, (const char[]){(char)point, '\0'});
        for (size_t i = 0; i < sizeof umlauts / sizeof *umlauts; i++)
            if (umlauts[i].point == point) put(to, umlauts[i].letters);
    }
}

bool spelling_is_same(const char *one, const char *other)
{
    char folded[SPELLING_SIZE], folded_other[SPELLING_SIZE];

    if (strcmp(one, other) == 0) return true;
    spelling_fold(one, folded);
    spelling_fold(other, folded_other);
    return folded[0] && strcmp(folded, folded_other) == 0;
}
