// card.h -- a code on paper or on a phone: what grey is where, in modules, and how it lies before the camera.
// Plane: the symbol's top left corner is (0, 0), its side `symbol.side`; the card reaches beyond on all sides.
// Values; pure. The symbol is libqrencode's.
#ifndef EINLASS_TESTS_SUPPORT_STUDIO_CARD_H
#define EINLASS_TESTS_SUPPORT_STUDIO_CARD_H

#include "support/studio/canvas.h"

enum { SYMBOL_SIDE_MOST = 177, SYMBOL_TEXT_MOST = 512, CARD_SPOTS_MOST = 4 };

struct symbol_print {
    char text[SYMBOL_TEXT_MOST + 1];
    int side, version;
    char level;                                           // L M Q H
    uint8_t modules[SYMBOL_SIDE_MOST * SYMBOL_SIDE_MOST]; // 1 dark
};

// Half of them tickets (202 digits, version 5-M), half tokens of letters and digits, versions 3 to 6.
void symbol_draw(struct dice *dice, struct symbol_print *out);
void symbol_of_text(const char *text, int version, char level, struct symbol_print *out); // in byte mode

// Something that hides a part: an ellipse, or a scratch (long and thin).
struct card_spot {
    double x, y, radius_x, radius_y, angle;
    float grey;
};

struct card {
    struct symbol_print symbol;
    float dark, light, around;               // greys: of modules, and of the card outside the quiet zone
    bool is_inverted;                        // light modules on dark
    double margin, footer, frame_x, frame_y; // modules beside and below the quiet zone; a phone's black frame
    double bend;                             // paper curled around an upright axis; 0 flat, 1.2 much
    uint64_t print_seed;                     // of the letters in the footer
    int spot_count;
    struct card_spot spots[CARD_SPOTS_MOST];
};

void card_draw(struct dice *dice, bool is_phone, bool is_inverted, struct card *out);
void card_damage(struct card *card, struct dice *dice);
// False: (x, y) is not on the card.
bool card_grey(const struct card *card, double x, double y, float *grey_out);
// The rectangle it covers.
void card_extent(const struct card *card, double *left, double *top, double *right, double *bottom);

struct pose {
    double side_px; // of the symbol, if it lay flat
    double turn_deg, tilt_x_deg, tilt_y_deg;
    double x_px, y_px; // where its middle is seen
};

// Modules to pixels and back, row by row. Source: a pinhole camera (Hartley and Zisserman, "Multiple View
// Geometry", 6.1).
struct pose_plane {
    double forth[9], back[9];
};
struct pose_plane pose_plane_of(const struct pose *pose, int side, int height_px);
void pose_map(const double plane[9], double x, double y, double *x_out, double *y_out);
// The symbol's corners in pixels: top left, top right, bottom right, bottom left (as printed).
void card_corners(const struct card *card, const struct pose_plane *plane, double x_px[4], double y_px[4]);

void card_lay(const struct card *card, const struct pose_plane *plane, struct canvas *canvas);

#endif
