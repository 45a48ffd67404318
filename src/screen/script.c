#include "screen/script.h"

#include <stddef.h>

const char *script_of(uint32_t point)
{
    static const struct {
        uint32_t first, last;
        const char *name;
    } scripts[] = {
        {0x0370, 0x03FF, "Grek"}, {0x0400, 0x052F, "Cyrl"}, {0x0530, 0x058F, "Armn"}, {0x0590, 0x05FF, "Hebr"},
        {0x0600, 0x06FF, "Arab"}, {0x0750, 0x077F, "Arab"}, {0x08A0, 0x08FF, "Arab"}, {0x0900, 0x097F, "Deva"},
        {0x0E00, 0x0E7F, "Thai"}, {0x10A0, 0x10FF, "Geor"}, {0xFB50, 0xFDFF, "Arab"}, {0xFE70, 0xFEFE, "Arab"},
    };

    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (point >= scripts[i].first && point <= scripts[i].last) return scripts[i].name;
    return "Latn";
}
