// script.h -- which script a character belongs to, by its ISO 15924 name: HarfBuzz picks the shaping rules by it.
// Pure; any thread. Source: Unicode, Blocks.txt; what names at our doors are written in, else "Latn".
#ifndef EINLASS_SCREEN_SCRIPT_H
#define EINLASS_SCREEN_SCRIPT_H

#include <stdint.h>

const char *script_of(uint32_t point);

#endif
