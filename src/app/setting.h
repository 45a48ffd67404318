// setting.h -- one row of the table of settings: where it may stand, what it may say, and what it fills in
// (settings.h). The table is constant; any thread.
#ifndef EINLASS_APP_SETTING_H
#define EINLASS_APP_SETTING_H

#include "base/status.h"

#include <stddef.h>

enum { SETTING_COMPLAINT_SIZE = 512 };

enum setting_kind {
    SETTING_TEXT,
    SETTING_WHOLE,
    SETTING_REAL,
    SETTING_SWITCH,
    SETTING_CHOICE,
    SETTING_CHOICE_OR_WHOLE,
    SETTING_TIME, // HH:MM; the field is an int; "": SETTING_NO_TIME
    SETTING_KEY,
};

struct setting {
    const char *section, *key;
    const char *option; // "--event"; NULL: only in the file
    enum setting_kind kind;
    size_t offset, size;  // of the field in struct settings
    double least, most;   // SETTING_WHOLE, SETTING_REAL, SETTING_CHOICE_OR_WHOLE
    const char *choices;  // SETTING_CHOICE…: "de en", the field holds values[position]
    const int *values;    // SETTING_CHOICE…
    const char *fallback; // as it would stand in the file
    const char *meaning;  // one line for --help
};

const struct setting *setting_at(size_t index); // NULL behind the last
const struct setting *setting_find(const char *section, const char *key);
const struct setting *setting_of_option(const char *option);

struct settings;
// Sets one setting from its text. INVALID: `complaint` says what is allowed, e.g. "must be a whole number from 0 to
// 100".
enum status setting_set(const struct setting *setting, const char *text, struct settings *settings,
                        char complaint[SETTING_COMPLAINT_SIZE]) MUST_CHECK;

#endif
