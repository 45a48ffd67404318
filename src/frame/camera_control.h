// camera_control.h -- the controls of a camera that a door cares about, as values.
// Pure; any thread. Units: EXPOSURE 100 microseconds; WHITE_BALANCE kelvin; GAIN and FOCUS are each camera's own
// (focus: larger is nearer). Meanings of the choices are V4L2's. Source: Linux media documentation, "User Controls" and
// "Camera Control Reference".
#ifndef EINLASS_FRAME_CAMERA_CONTROL_H
#define EINLASS_FRAME_CAMERA_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

// In the order in which they are set: what frees another control stands before it, as drivers refuse (or forget) an
// exposure time while the automatic is on. The words are people's, in --check.
#define CAMERA_CONTROL_LIST(X)                                                                                         \
    X(MAINS, "mains frequency")                                                                                        \
    X(SLOW_FRAMES, "slower frames in the dark")                                                                        \
    X(WHITE_BALANCE_AUTO, "automatic white balance")                                                                   \
    X(WHITE_BALANCE, "white balance")                                                                                  \
    X(EXPOSURE_AUTO, "automatic exposure")                                                                             \
    X(EXPOSURE, "exposure time")                                                                                       \
    X(GAIN_AUTO, "automatic gain")                                                                                     \
    X(GAIN, "gain")                                                                                                    \
    X(FOCUS_AUTO, "automatic focus")                                                                                   \
    X(FOCUS, "focus")

enum camera_control_kind {
#define X(name, words) CAMERA_CONTROL_##name,
    CAMERA_CONTROL_LIST(X)
#undef X
        CAMERA_CONTROL_COUNT
};

enum { MAINS_OFF = 0, MAINS_50_HZ = 1, MAINS_60_HZ = 2, MAINS_AUTO = 3 };       // CAMERA_CONTROL_MAINS
enum { EXPOSURE_AUTO_ALL = 0, EXPOSURE_AUTO_NONE = 1, EXPOSURE_AUTO_TIME = 3 }; // …_EXPOSURE_AUTO

struct camera_control {
    bool is_present;
    bool is_locked; // read only, or held by somebody else
    int least, most, step;
    int now;
    uint32_t choices; // a menu's, a bit each; 0: no menu
};

struct camera_controls {
    struct camera_control of[CAMERA_CONTROL_COUNT];
};

const char *camera_control_words(enum camera_control_kind kind);

int camera_control_fit(const struct camera_control *control, int value); // the nearest that it can be

// "on", "50 Hz", "10 ms", "3/255": as people read it.
enum { CAMERA_CONTROL_TEXT_SIZE = 24 };
void camera_control_text(enum camera_control_kind kind, const struct camera_control *control, int value,
                         char out[CAMERA_CONTROL_TEXT_SIZE]);

#endif
