// studio.h -- made pictures of codes as a kiosk's camera sees them, under faults of light, lens, hand and paper; frames
// without a code; hands that bring a ticket; pictures made to hurt. All from a number: the same seed, the same pixels.
// A recipe says what a picture is made of, and can be changed before it is taken: for tests that need one thing
// exactly. Ownership: studio_open/studio_close; recipes are values. Threads: one. Takes 50 to 300 ms for 1280x720. The
// faults are the ones scanners are commonly compared by; how they are drawn is our own.
#ifndef EINLASS_TESTS_SUPPORT_STUDIO_STUDIO_H
#define EINLASS_TESTS_SUPPORT_STUDIO_STUDIO_H

#include "support/studio/card.h"

#define STUDIO_FAULT_LIST(X)                                                                                           \
    X(CLEAN, "clean")                                                                                                  \
    X(SIZE15, "size15") /* of the picture's height, in hundredths */                                                   \
    X(SIZE20, "size20")                                                                                                \
    X(SIZE30, "size30")                                                                                                \
    X(SIZE45, "size45")                                                                                                \
    X(SIZE60, "size60")                                                                                                \
    X(TURNED, "rot")                                                                                                   \
    X(TILTED, "persp")                                                                                                 \
    X(MOTION, "motion")                                                                                                \
    X(DEFOCUS, "defocus")                                                                                              \
    X(NOISE, "noise")                                                                                                  \
    X(LOW_CONTRAST, "lowcontrast")                                                                                     \
    X(SHADOW, "shadow")                                                                                                \
    X(INVERTED, "inverted")                                                                                            \
    X(SCREEN, "screen")                                                                                                \
    X(MOIRE, "moire")                                                                                                  \
    X(GLARE, "glare")                                                                                                  \
    X(DAMAGE, "damage")                                                                                                \
    X(CURL, "curl")                                                                                                    \
    X(OVEREXPOSED, "overexp")                                                                                          \
    X(UNDEREXPOSED, "underexp")                                                                                        \
    X(MIX, "mix")

enum studio_fault {
#define X(name, word) STUDIO_FAULT_##name,
    STUDIO_FAULT_LIST(X)
#undef X
        STUDIO_FAULT_COUNT
};
const char *studio_fault_word(enum studio_fault fault);

// Zero: not there.
struct studio_light {
    bool has_shadow, has_glare, is_plain_ground;
    struct canvas_shadow shadow;
    struct canvas_glare glare;
    struct canvas_moire moire[2];
    double gain, lift; // exposure; gain 0 counts as 1
    double motion_px, motion_angle, defocus_px, lens_px, noise;
    int jpeg_quality; // as cameras pack their frames; 0: not packed
};

struct studio_recipe {
    int width_px, height_px;
    uint64_t room_seed, noise_seed; // of what is behind, and of the sensor
    struct card card;
    struct pose pose;
    struct studio_light light;
};

struct studio;
void studio_open(int width_px, int height_px, struct studio **out);
void studio_close(struct studio *studio);

void studio_recipe(uint64_t seed, enum studio_fault fault, int width_px, int height_px, struct studio_recipe *out);
void studio_take(struct studio *studio, const struct studio_recipe *recipe, struct frame *frame);
void studio_corners(const struct studio_recipe *recipe, double x_px[4], double y_px[4]); // clockwise from top left
double studio_module_px(const struct studio_recipe *recipe);

void studio_take_empty(struct studio *studio, uint64_t seed, struct frame *frame); // rooms, print, darkness, tiles

// A hand brings a ticket: from below the picture into its middle, slower and slower, while the camera finds its focus.
struct studio_hand {
    struct studio_recipe recipe; // of the ticket at rest
    struct pose from;
    double frames, focus_frames;           // until it rests; until it is sharp, from then
    double tremble_px, phases[4], shutter; // share of a frame it is open
};
void studio_hand(uint64_t seed, int width_px, int height_px, struct studio_hand *out);
// Frame 0, 1, … at 30 a second. False: a corner of the symbol is out of the picture.
bool studio_hand_frame(const struct studio_hand *hand, int frame, struct studio_recipe *out);

#endif
