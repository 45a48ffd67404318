// keyboard.h -- keyboards as the kernel sees them: which are plugged in, and the keys of each (port).
// A hand scanner of the common kind is one of them: it types what it reads.
// Ownership: open() hands you the source or the keyboard; close() it. Close keyboards before their source.
// Threads: every call from one thread. Nothing blocks: poll(2) the descriptors (-1: none, just ask).
// Failure: LATER nothing now; GONE unplugged, close it. The log says why a keyboard can't be opened.
#ifndef EINLASS_SCANNER_KEYBOARD_H
#define EINLASS_SCANNER_KEYBOARD_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

enum key_move { KEY_MOVE_UP, KEY_MOVE_DOWN, KEY_MOVE_REPEAT };

struct key_event {
    uint16_t key; // a place on the keyboard, whatever is printed there: KEY_… of linux/input-event-codes.h
    enum key_move move;
    bool is_after_loss; // the kernel dropped events before this one; `key` may be KEY_RESERVED, which means nothing
    int64_t mono_ms;    // when the key moved, not when somebody looked
};

struct keyboard {
    const struct keyboard_ops *ops;
};
struct keyboard_ops {
    int (*descriptor)(const struct keyboard *self);
    enum status (*read)(struct keyboard *self, struct key_event *out);
    // Takes the keys away from everybody else, or gives them back. Only while no key is down (LATER), or whoever saw
    // it pressed would wait for its release for ever. LATER too if somebody else has taken them.
    enum status (*grab)(struct keyboard *self, bool is_ours);
    void (*close)(struct keyboard *self); // frees self
};

static inline void keyboard_close(struct keyboard *keyboard)
{
    if (keyboard) keyboard->ops->close(keyboard);
}

enum { KEYBOARD_NAME_SIZE = 128, KEYBOARD_PATH_SIZE = 256 };

struct keyboard_facts {
    char path[KEYBOARD_PATH_SIZE]; // of the device, e.g. /dev/input/event5: what it is opened and recognised by
    char name[KEYBOARD_NAME_SIZE]; // as the device calls itself, made showable
    bool has_letters;              // one that people can type on; else a few keys: a power button, a remote control
};

struct keyboard_news {
    bool is_here; // plugged in, or there from the beginning; else unplugged
    struct keyboard_facts facts;
};

struct keyboard_source {
    const struct keyboard_source_ops *ops;
};
struct keyboard_source_ops {
    int (*descriptor)(const struct keyboard_source *self);
    bool (*next)(struct keyboard_source *self, struct keyboard_news *out); // false: no news now
    enum status (*open)(struct keyboard_source *self, const char *path, struct keyboard **out);
    void (*close)(struct keyboard_source *self); // frees self
};

static inline void keyboard_source_close(struct keyboard_source *source)
{
    if (source) source->ops->close(source);
}

// libevdev: O_NONBLOCK, times of CLOCK_MONOTONIC; keys lost by the kernel are made up for and told (is_after_loss).
// Source: the kernel's Documentation/input/event-codes.rst (SYN_DROPPED).
enum status keyboard_evdev_open(const char *path, struct keyboard **out) MUST_CHECK;
// libudev: input devices with keys (ID_INPUT_KEY), now and as they come and go. LATER: there is no udev.
enum status keyboard_source_udev_open(struct keyboard_source **out) MUST_CHECK;

// What a keyboard is to us. `wanted` is the setting: "auto", "none", a path under /dev/, or a part of a name.
enum keyboard_use {
    KEYBOARD_USE_NONE,    // left alone, not even opened
    KEYBOARD_USE_WATCH,   // people's, but it may turn out to be a scanner by how it types
    KEYBOARD_USE_SCANNER, // taken whole
};
enum keyboard_use keyboard_use(const char *wanted, const struct keyboard_facts *facts); // looks up links of a path

#endif
