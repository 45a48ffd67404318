// stop.h -- what ends the program from outside: signals, taken by the main loop and by no handler.
// SIGTERM, SIGHUP and (not in fullscreen) SIGINT ask to stop, SIGUSR1 for a line of state. Threads: the main one, first
// before any other starts.
#ifndef EINLASS_APP_STOP_H
#define EINLASS_APP_STOP_H

#include <stdbool.h>

enum stop_signal { STOP_NOT, STOP_NOW, STOP_TELL };

void stop_take_signals(bool is_fullscreen);
enum stop_signal stop_look(bool is_fullscreen);
struct front;
void stop_tell(const struct front *front); // that line

#endif
