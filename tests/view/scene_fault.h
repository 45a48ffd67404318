// scene_fault.h -- what would be wrong with a screen, looked for in its draw list with the real fonts.
#ifndef EINLASS_TESTS_VIEW_SCENE_FAULT_H
#define EINLASS_TESTS_VIEW_SCENE_FAULT_H

#include "screen/letters.h"
#include "view/scene.h"

enum { SCENE_FAULT_SIZE = 512 };

struct scene_fault {
    bool is_found;
    char what[SCENE_FAULT_SIZE];
    // A text that is cut, and one that breaks within a word; NULL: none. It may be what somebody is called.
    const char *elided, *broken;
};

// What was set in type before: most of a screen's texts stand on many others too.
struct placings;
struct placings *placings_open(void);
void placings_close(struct placings *placings);

struct scene_view {
    const struct scene *scene;
    struct letters *letters;
    struct placings *placings;
    int width_px, height_px;
    int least_touch_px;
};

// Marks and targets on the screen; targets large enough for a finger and apart (but for a touch anywhere).
void scene_fault_of_places(const struct scene_view *view, struct scene_fault *out);
// Texts: set in their boxes, on the screen, apart, not covered, at least 20 px and 70 % of what was wanted.
void scene_fault_of_texts(const struct scene_view *view, struct scene_fault *out);
// Texts and icons against every colour that is under them; answers the least contrast of all. Source: WCAG 2.1,
// relative luminance and contrast ratio.
double scene_fault_of_contrast(const struct scene_view *view, double wanted, struct scene_fault *out);
double scene_contrast(uint32_t left, uint32_t right);

#endif
