#include "scanner/keyboard.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// Words in the names of hand scanners: what they are, and makers of little else.
static const char *const scanner_words[] = {
    "barcode",     "bar code",   "scanner", "2d reader", "imager",  "honeywell",  "datalogic",      "zebra",
    "symbol tech", "newland",    "netum",   "inateck",   "opticon", "metrologic", "hand held prod", "eyoyo",
    "tera ",       "denso wave", "unitech", "cipherlab", "mindeo",  "champtek",   "sunlux",         "wedge",
};

// Case matters to nobody who types a name into a file; ASCII is enough for makers.
static bool contains(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (; *text; text++)
        if (strncasecmp(text, word, length) == 0) return true;
    return false;
}

static bool is_named_scanner(const char *name)
{
    for (size_t i = 0; i < sizeof scanner_words / sizeof *scanner_words; i++)
        if (contains(name, scanner_words[i])) return true;
    return false;
}

static bool is_at(const char *wanted, const char *path)
{
    char *target = realpath(wanted, NULL); // /dev/input/by-id/… are links
    bool is_same = strcmp(target ? target : wanted, path) == 0;

    free(target);
    return is_same;
}

enum keyboard_use keyboard_use(const char *wanted, const struct keyboard_facts *facts)
{
    if (strcmp(wanted, "none") == 0) return KEYBOARD_USE_NONE;
    if (strcmp(wanted, "auto") == 0) {
        if (is_named_scanner(facts->name)) return KEYBOARD_USE_SCANNER;
        return facts->has_letters ? KEYBOARD_USE_WATCH : KEYBOARD_USE_NONE;
    }
    if (wanted[0] == '/') return is_at(wanted, facts->path) ? KEYBOARD_USE_SCANNER : KEYBOARD_USE_NONE;
    return contains(facts->name, wanted) ? KEYBOARD_USE_SCANNER : KEYBOARD_USE_NONE;
}
