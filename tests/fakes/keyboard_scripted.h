// keyboard_scripted.h -- keyboards that are plugged in, typed on and pulled out by a test, through pipes: what the
// kernel's do, with the same events. Threads: the test's own and the scanners'.
#ifndef EINLASS_TESTS_FAKES_KEYBOARD_SCRIPTED_H
#define EINLASS_TESTS_FAKES_KEYBOARD_SCRIPTED_H

#include "scanner/keyboard.h"
#include "support/key_script.h"

#include <stdatomic.h>

enum { KEYBOARDS_SCRIPTED = 24 };

struct keyboards_scripted {
    struct keyboard_source source;
    int news[2]; // pipe
    int hurry;   // always readable: whoever waits for news goes on at once, so that time is moved by hand only
    bool is_patient;
    struct keyboard_scripted {
        struct keyboard keyboard; // valid while open
        int keys[2];              // pipe; 0: not plugged in
        atomic_int open_count, close_count, grab_count, ungrab_count, key_down_count;
        atomic_bool is_grabbed, is_refused; // opening it fails
    } keyboards[KEYBOARDS_SCRIPTED];        // number n is /dev/input/event<n>
    bool is_closed;
};

void keyboards_scripted_init(struct keyboards_scripted *keyboards);
void keyboards_scripted_destroy(struct keyboards_scripted *keyboards);
void keyboards_scripted_plug(struct keyboards_scripted *keyboards, int number, const char *name);
void keyboards_scripted_pull(struct keyboards_scripted *keyboards, int number, bool is_told); // by udev, too
void keyboards_scripted_unlist(struct keyboards_scripted *keyboards,
                               int number); // udev says so, the keys know nothing yet
void keyboards_scripted_type(struct keyboards_scripted *keyboards, int number, struct key_script *script); // empties it

#endif
