// care.h -- what a door wants of its camera, and what that means for the controls this camera has.
// Pure; any thread. Values.
//
// People who hold a ticket up move, and a picture that is sharp for 10 ms is worth more than a pretty one. So where the
// camera lets us: exposure by hand and short (servo.h), no slower frames in the dark, no autofocus that hunts when a
// hand comes in, no white balance that changes the brightness. What a camera doesn't have, or holds back, stays as it
// is.
#ifndef EINLASS_FRAME_CARE_H
#define EINLASS_FRAME_CARE_H

#include "frame/camera_control.h"
#include "frame/servo.h"

enum care_way {
    CARE_OURS,   // the kiosk's choice: exposure short, gain with it, focus and white balance fixed
    CARE_CAMERA, // the camera's own automatic
    CARE_VALUE,  // this value
};

struct care_want {
    enum care_way way;
    int value; // CARE_VALUE; exposure: microseconds; else as the camera counts
};

enum care_mains { CARE_MAINS_50, CARE_MAINS_60, CARE_MAINS_OFF };

struct care_wish { // valid when zero
    struct care_want exposure, gain, focus, white_balance;
    enum care_mains mains;
};

struct care_plan {
    struct {
        bool is_set;
        int value;
    } of[CAMERA_CONTROL_COUNT];
    struct servo_config servo; // what the kiosk steers from there on; nothing: servo_is_needed says no
};

void care_plan_make(const struct camera_controls *camera, const struct care_wish *wish, struct care_plan *out);

// What the plan means for one control the camera has, for people: "set to 10.0 ms, then as bright as needed".
enum { CARE_WORDS_SIZE = 96 };
void care_plan_words(const struct care_plan *plan, const struct camera_controls *camera, enum camera_control_kind kind,
                     char out[CARE_WORDS_SIZE]);

#endif
