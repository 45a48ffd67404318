// servo.h -- keeps the picture's brightness by exposure time and gain, where the camera doesn't do it itself.
// Pure (takes the time); value. One thread. The caller measures each picture, and sets what the servo asks for.
//
// Exposure and gain form one ladder, climbed in this order when more light is wanted:
//   exposure up to `short` · gain · exposure up to `long`
// A hand moves while the shutter is open, and noise, which gain brings, is evened out over a module. zbar reads a
// ticket with motion blur of one module always, of one and a half mostly (17 of 24), of two never; a module of a
// printed ticket is 1 mm. So at 10 ms a hand may move by 10 cm/s, as one does that holds something up; at the 33 ms
// that cameras choose in a hall it must stand still. `short` is one beat of the mains' light (10 ms at 50 Hz): each
// line of the picture then sees a whole beat, so that lamps make no stripes; below it only in light that is mostly the
// sun's.
//
// Calm: it goes half of the way each time, waits until the picture shows it, stops for good near the target or when it
// has passed it, and then moves again only when the picture was far off for seconds. A white phone or a dark coat
// before the lens is gone by then. Where nothing could be read at all (black, or burnt out) it waits for one second
// only. What a step of gain brings is not known (each camera has its own unit); the ladder assumes four stops for the
// whole range, and half steps keep it from swinging up to sixteen.
#ifndef EINLASS_FRAME_SERVO_H
#define EINLASS_FRAME_SERVO_H

#include "frame/brightness.h"

#include <stdint.h>

enum {
    SERVO_TARGET = 110, // mean brightness
    SERVO_WAIT_MS = 300,
    SERVO_WAIT_FRAMES = 5, // the later of the two: a camera's pipeline is 2 to 4 frames long
    SERVO_PATIENCE_MS = 3000,
    SERVO_BLIND_MS = 1000,
};

struct servo_range {
    int least, most, step; // step 0: not the servo's
};

struct servo_config {
    struct servo_range exposure; // 100 microseconds
    int exposure_short, exposure_long;
    struct servo_range gain;
};

struct servo_setting {
    int exposure, gain;
};

struct servo {
    struct servo_config config;
    struct servo_setting now;
    double level; // on the ladder, in stops
    bool is_settled;
    int direction;  // of the last move: 1 up, -1 down
    int64_t off_ms; // far off since; valid if is_off
    bool is_off;
    int64_t moved_ms; // when it last moved
    int frames;       // since then
};

void servo_init(struct servo *servo, const struct servo_config *config, struct servo_setting now, int64_t mono_ms);

bool servo_is_needed(const struct servo_config *config); // there is something it may set

bool servo_is_at_top(const struct servo *servo); // stands still, with all the light the ladder has

// One picture. True: set what `out` says (both).
bool servo_step(struct servo *servo, const struct brightness *brightness, int64_t mono_ms, struct servo_setting *out);

#endif
