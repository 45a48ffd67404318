// shape.h -- icons as anti-aliased coverage masks, computed from signed distances.
// Pure; any thread. Each icon is told apart by its outline alone: circle, square, octagon, triangle, diamond,
// signpost, bubble, people.
// Source of the distance functions: textbook plane geometry (point to segment, half planes, disc).
#ifndef EINLASS_VIEW_SHAPE_H
#define EINLASS_VIEW_SHAPE_H

#include <stdint.h>

enum icon {
    ICON_DISC,     // also the corners of rounded boxes
    ICON_TICK,     // tick in a circle: welcome
    ICON_CLOCK,    // clock in a square: already here
    ICON_CROSS,    // cross in an octagon: no
    ICON_WARNING,  // exclamation mark in a triangle: not saved
    ICON_PRACTICE, // exclamation mark in a diamond: practice
    ICON_ENTER,    // arrow into a door, in a circle: came in where people also go out
    ICON_EXIT,     // arrow in a signpost: went out
    ICON_ALL_HERE, // three people: everybody is there
    ICON_NOTE,     // exclamation mark in a speech bubble: staff have something to say
    ICON_UNDO,     // arrow back in a circle
    ICON_PERSON,   // somebody found by hand
    ICON_NO_CAMERA,
    ICON_ERASE,
    ICON_BACK,
    ICON_UP,
    ICON_DOWN,
    ICON_COUNT
};

// size_px x size_px bytes, row-major: 0 outside … 255 inside.
void shape_cover(enum icon icon, int size_px, uint8_t *mask);

#endif
