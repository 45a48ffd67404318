// options.h -- the command line of the kiosk program: settings over those of the file, and what else it asks for.
// Main thread, before any other starts.
#ifndef EINLASS_APP_OPTIONS_H
#define EINLASS_APP_OPTIONS_H

#include "app/settings.h"

#include <stdio.h>

enum errand_kind { ERRAND_RUN, ERRAND_CHECK, ERRAND_HELP, ERRAND_VERSION };
struct errand {
    enum errand_kind kind;
    char config[SETTING_PATH_SIZE]; // the file that was read, "" = none
};

// Reads the configuration file (--config, else /etc/einlass/kiosk.conf if it is there), then the command line over it.
// A door whose file can't be used gets settings that are unread, so that its screen can say so (trouble_phase.h).
// INVALID: said why on standard error.
enum status options_read(int argc, char **argv, struct settings *settings, struct errand *errand_out) MUST_CHECK;

void options_print_help(FILE *to);

#endif
