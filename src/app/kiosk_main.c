#include "app/assemble.h"
#include "app/options.h"
#include "app/pair_phase.h"
#include "app/paired.h"
#include "app/shut_down.h"
#include "app/trouble_phase.h"
#include "base/trim.h"

#include <sys/stat.h>

// From the first start, without an event, to the end.
static enum status run_once(const struct settings *configured, struct lifesign *lifesign, bool is_again,
                            enum kiosk_end *end_out)
{
    struct settings settings = *configured;
    struct kiosk *kiosk = NULL;
    enum status status;

    if (settings.is_unread) return STATUS_INVALID;
    if (pair_phase_is_due(&settings)) return pair_phase_run(&settings, lifesign, end_out);
    paired_gate(configured, settings.gate);
    if ((status = kiosk_open(&settings, lifesign, is_again, &kiosk)) != STATUS_OK) return status;
    *end_out = kiosk_run(kiosk);
    kiosk_close(kiosk);
    return STATUS_OK;
}

static int run(const struct settings *settings)
{
    enum kiosk_end end = KIOSK_END_AGAIN;
    enum status status = STATUS_OK;
    struct notify *notify;
    struct lifesign *lifesign;

    trim_begin();
    umask(077); // the database holds names
    notify_systemd_open(&notify);
    lifesign_open(notify, &lifesign);
    for (bool is_again = false; status == STATUS_OK && end == KIOSK_END_AGAIN; is_again = true) {
        status = run_once(settings, lifesign, is_again, &end);
        if (status != STATUS_OK && settings->is_fullscreen)
            status = trouble_phase_run(settings, status, lifesign, &end);
        if (settings->is_unread && end == KIOSK_END_AGAIN) status = STATUS_INVALID; // read anew by who is started anew
    }
    lifesign_close(lifesign);
    if (status != STATUS_OK) return 1;
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
