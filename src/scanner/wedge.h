// wedge.h -- the keys of one keyboard become lines: what a hand scanner of the wedge kind has read.
// A line ends with Enter or Tab, or by itself when no key comes for a while (scanned.h says how long). Whether a
// scanner or a person typed it shows in the pace: a scanner presses at least WEDGE_BURST_KEYS keys, WEDGE_SCANNER_MS or
// less apart, and no three at once (a flat hand on the keys does that); nobody types like that. Digits survive any
// layout: keys of the digit row are digits, with Shift or without it, as long as all are pressed alike (a scanner set
// to French holds Shift for digits); keypad keys are digits without Num Lock too, and so is Alt with a number on the
// keypad. The tail of 202 digits is a ticket whatever short prefix was garbled by the layout. Everything else is read
// by the layout. Keys that stand for no character (function keys, Ctrl with a letter: framing and set-up codes of
// scanners) are dropped around the text, and inside make it unreadable. What people type is held until their line ends,
// then wiped; it goes nowhere. Pure (times come with the keys); value, 32 kB. One thread. Sources:
// linux/input-event-codes.h; HID Usage Tables 10 (keyboard page); "Alt codes" of the IBM PC.
#ifndef EINLASS_SCANNER_WEDGE_H
#define EINLASS_SCANNER_WEDGE_H

#include "scanner/keyboard.h"
#include "scanner/layout.h"
#include "scanner/scanned.h"

#include <stddef.h>

enum {
    WEDGE_MOST_KEYS = 4096,
    WEDGE_BURST_KEYS = 12, // more than fingers drum at once
    WEDGE_SCANNER_MS = 35, // from key to key, on average; slow wedges need 20, who types fast 100
    WEDGE_PERSON_MS = 80,  // slower than this is a person
};

enum wedge_pace { WEDGE_PACE_UNKNOWN, WEDGE_PACE_SCANNER, WEDGE_PACE_PERSON };

struct stroke { // a key that may stand for a character
    uint16_t key;
    uint8_t modifiers;
    uint8_t point; // typed by its number (Alt and keypad): the character itself
};

struct wedge {
    uint32_t held;                   // modifier keys that are down
    bool is_caps;                    // since the line began
    bool is_broken;                  // keys were lost, or it is too long
    bool is_ended;                   // by a key; the next one begins a new line
    int down_count, most_down_count; // of other keys
    int press_count;                 // modifiers too: they take a scanner's time as well
    int alt_number;                  // typed so far with Alt; -1: none
    int64_t began_ms, last_ms;       // first and last press
    size_t count;
    struct stroke strokes[WEDGE_MOST_KEYS];
};

void wedge_init(struct wedge *wedge);
bool wedge_take_key(struct wedge *wedge, const struct key_event *event); // true: the line is over
// True: nothing came for long enough, the line is over. Ask before each key, with its time, and now and then.
bool wedge_take_pause(struct wedge *wedge, int64_t mono_ms);
int64_t wedge_due_ms(const struct wedge *wedge); // when wedge_take_pause has something to say; INT64_MAX: not at all

// About the line that is over, until wedge_clear. Text: 0 bytes: there is none; broken lines have none.
enum wedge_pace wedge_pace(const struct wedge *wedge);
size_t wedge_text(const struct wedge *wedge, struct layout *layout, char *out, size_t out_bytes);
void wedge_clear(struct wedge *wedge); // for the next line; keys that are down stay down

#endif
