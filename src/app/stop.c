#define LOG_MODULE "kiosk"

#include "app/stop.h"

#include "base/log.h"
#include "screen/front.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

static sigset_t taken_signals(bool is_fullscreen)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    if (!is_fullscreen) sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGUSR1);
    return signals;
}

// What keys of a terminal send (Ctrl-C, Ctrl-\, Ctrl-Z) doesn't leave the whole screen.
void stop_take_signals(bool is_fullscreen)
{
    static const int keys[] = {SIGINT, SIGQUIT, SIGTSTP};
    sigset_t signals = taken_signals(is_fullscreen);

    pthread_sigmask(SIG_BLOCK, &signals, NULL); // taken by stop_look, by no handler
    signal(SIGPIPE, SIG_IGN);                   // whoever read our log went away: the door goes on
    signal(SIGXFSZ, SIG_IGN);                   // a full quota is an answer of write(2), not an end
    for (size_t i = 0; is_fullscreen && i < sizeof keys / sizeof *keys; i++) signal(keys[i], SIG_IGN);
}

enum stop_signal stop_look(bool is_fullscreen)
{
    const struct timespec now = {0};
    sigset_t signals = taken_signals(is_fullscreen);
    int signal_number = sigtimedwait(&signals, NULL, &now);

    if (signal_number == SIGUSR1) return STOP_TELL;
    return signal_number > 0 ? STOP_NOW : STOP_NOT;
}

void stop_tell(const struct front *front)
{
    char told[768];

    front_tell(front, told, sizeof told);
    log_info("state frames_drawn=%llu %s", (unsigned long long)front_drawn_count(front), told);
}
