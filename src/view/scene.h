// scene.h -- what a screen shows, as a draw list: a handful of primitives and the places that answer a touch.
// Pixels, origin top left. Marks are painted in order. A text box says how its text is to be fitted (fit.h).
// Value (about 40 kB): lives in a resource. Begin with scene_begin; equal content is equal bytes.
#ifndef EINLASS_VIEW_SCENE_H
#define EINLASS_VIEW_SCENE_H

#include "model/action.h"
#include "view/shape.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCENE_MAX_MARKS = 256, SCENE_MAX_TARGETS = 96, SCENE_TEXT_BYTES = 10240 };

struct box {
    int x, y, w, h;
};

enum mark_kind {
    MARK_FILL,    // box in rgb, opacity
    MARK_ROUND,   // box with corners of radius_px
    MARK_ICON,    // icon in rgb, square
    MARK_TEXT,    // text in rgb, fitted into the box
    MARK_PICTURE, // the camera's picture, cropped to fill the box
    MARK_QR,      // text as a QR code, black on white, with its quiet zone within the box
    MARK_SPONSOR, // a sponsor's picture, as large as the box lets it be
};

enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };

struct text_style {
    int size_px;  // wanted; may shrink, see fit.h
    int least_px; // as far as this; 0: as fit.h says
    bool is_bold;
    bool is_tabular; // digits of equal width: counts, times
    enum align across, down;
    int most_lines;   // 0: as many as the box holds
    bool is_one_line; // rather smaller than on two lines: names
    bool is_flowing;  // begins space_px below the end of the text before it, and has the rest of the box
    int space_px;
    bool is_centred; // the column of flowing texts it begins stands in the middle of its box
    bool is_paged;   // never shrinks: longer text goes on on the next page
    int page;        // 0 …
};

struct mark {
    enum mark_kind kind;
    struct box box;
    uint32_t rgb;
    uint32_t opacity;        // 0 … 255
    int radius_px;           // MARK_ROUND
    enum icon icon;          // MARK_ICON
    bool is_mirrored;        // MARK_PICTURE
    struct text_style style; // MARK_TEXT
    size_t text;             // MARK_TEXT, MARK_QR: offset in scene->texts
};

struct target {
    struct box box;
    struct action action;
};

struct scene {
    uint32_t ground; // rgb
    size_t mark_count, target_count, text_bytes;
    struct mark marks[SCENE_MAX_MARKS];
    struct target targets[SCENE_MAX_TARGETS];
    char texts[SCENE_TEXT_BYTES];
};

void scene_begin(struct scene *scene, uint32_t ground);
struct mark *scene_add(struct scene *scene, enum mark_kind kind, struct box box, uint32_t rgb); // opaque
// Copies the text. What doesn't fit the scene's room for texts is left out at a code point.
struct mark *scene_add_text(struct scene *scene, struct box box, uint32_t rgb, const struct text_style *style,
                            const char *text);
void scene_add_qr(struct scene *scene, struct box square, const char *text);
void scene_add_target(struct scene *scene, struct box box, struct action action);

// Everything so far, moved.
void scene_move(struct scene *scene, int right_px, int down_px);

const char *scene_text(const struct scene *scene, const struct mark *mark);
bool scene_equals(const struct scene *left, const struct scene *right);
// The first of its kind; NULL: none.
const struct mark *scene_find(const struct scene *scene, enum mark_kind kind, bool is_paged);

// What a touch at x, y means: ACT_NONE where nothing answers.
struct action scene_action_at(const struct scene *scene, int x, int y);
// For people without a touch screen: the target after (step 1) or before (-1) the chosen one in order, and the
// nearest one in a direction. From ACT_NONE: the first.
struct action scene_action_after(const struct scene *scene, struct action chosen, int step);
struct action scene_action_toward(const struct scene *scene, struct action chosen, int right, int down);

#endif
