// assemble.h -- the one place that knows every part of the kiosk and ties them together.
// Order of opening: store, event, desk, sync, eyes (reader, scan, capture), hands (scanners), inspect, screen, attract;
// then the threads start in that order. Order of stop: attract, inspect, hands, eyes, sync, desk, screen, store: who
// gives stops before who takes, and the screen goes after the threads that tell it things. Threads: the main thread.
#ifndef EINLASS_APP_ASSEMBLE_H
#define EINLASS_APP_ASSEMBLE_H

#include "app/lifesign.h"
#include "app/settings.h"

#include <stdio.h>

struct kiosk;
// `lifesign` is borrowed until close; its watch looks after every thread. is_again: it was open before, or paired just
// now, in this process. Failure: the log says what is missing.
enum status kiosk_open(const struct settings *settings, struct lifesign *lifesign, bool is_again,
                       struct kiosk **out) MUST_CHECK;

// Until the window is closed, staff shut down, or SIGTERM, SIGHUP or (not in fullscreen) SIGINT arrives; SIGUSR1 logs
// its state.
// AGAIN: what it is paired with wants another event served, or a hub to be: close it, and open it once more.
enum kiosk_end { KIOSK_END_STOPPED, KIOSK_END_SHUT_DOWN, KIOSK_END_AGAIN };
enum kiosk_end kiosk_run(struct kiosk *kiosk);
void kiosk_close(struct kiosk *kiosk); // NULL is fine

// --check: prints what a kiosk with these settings would use. Changes nothing. OK: it would run.
enum status kiosk_check(const struct settings *settings, const char *config_path, FILE *to) MUST_CHECK;

#endif
