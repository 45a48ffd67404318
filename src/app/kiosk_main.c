#include "app/assemble.h"
#include "app/options.h"
#include "app/shut_down.h"

#include <sys/stat.h>

static int run(const struct settings *settings)
{
    struct kiosk *kiosk = NULL;

    umask(077); // the database holds names
    if (kiosk_open(settings, &kiosk) != STATUS_OK) return 1;
    enum kiosk_end end = kiosk_run(kiosk);
    kiosk_close(kiosk);
    if (end == KIOSK_END_SHUT_DOWN && shut_down_become(settings->shut_down) != STATUS_OK) return 1;
    return 0;
}

int main(int argc, char **argv)
{
    struct settings settings;
    struct errand errand;

    if (options_read(argc, argv, &settings, &errand) != STATUS_OK) return 2;
    log_set_level(settings.log_level);
    switch (errand.kind) {
    case ERRAND_HELP:
        options_print_help(stdout);
        return 0;
    case ERRAND_VERSION:
        puts("einlass-kiosk " EINLASS_VERSION);
        return 0;
    case ERRAND_CHECK:
        return kiosk_check(&settings, errand.config, stdout) == STATUS_OK ? 0 : 1;
    case ERRAND_RUN:
        break;
    }
    return run(&settings);
}
