// policy.h -- what to do with the next frame: the one place that says so, with every bound and its reason.
//
// A camera's frames. One look per frame, at one level, by turns: half, third, half, full (policy.c has another round
// for small pictures); a second one only where a symbol in motion was seen, but not read. A hand holds a ticket for
// many frames, so this reads as soon as looking at all levels in each, for a third of the work; half stands twice, as
// it reads the most and costs little, while full is for small modules and third for noise, blur and a phone's pixels.
// What was read is seen again in the next frames: every second look goes to a box around it, at the level that read it
// (for one code that halves the time); the other looks go over the whole frame, for who comes beside it.
//
// Located, but unread, in two frames: then classic passes, one per frame by turns: zbar over a picture of the box
// around the symbol, made in ways that our own sampling can't replace (fallback.h). They are dear, so the time they
// took is followed by POLICY_PASS_REST times as much without one.
//
// A pass that would take longer than it may on this machine (pace.h) is not begun; one on a smaller picture is.
//
// The same picture again and again (equal digests; a folder of pictures, a frozen camera): the levels, then the classic
// passes, each once and as many as are affordable, without rests; then it is exhausted.
//
// Pure (takes the time); value, valid when zero. One thread.
#ifndef EINLASS_CODE_POLICY_H
#define EINLASS_CODE_POLICY_H

#include "code/pace.h"
#include "symbol/fallback.h"
#include "symbol/look.h"

enum {
    POLICY_SMALL_PIXELS = 640 * 480,
    POLICY_REGION_TENTHS = 18, // size of the box around a code: in 66 ms a hand moves it by less than 0.4 of its side
    POLICY_REGIONS = 12,       // more than anybody holds up: at 30 frames/s each is seen again within 0.8 s
    // How long a code counts as still there: the quiet time used at a door, after which it would be a new scan anyway.
    POLICY_REGION_MS = 1500,
    POLICY_UNREAD_FRAMES = 2, // before the first classic pass: most are read in the next frame
    POLICY_UNREAD_MS = 1000,  // unread frames farther apart are not the same hand, even on a slow machine
    POLICY_PASS_REST = 30,    // classic passes take at most a thirtieth of the time
    POLICY_PASS_MOST_REST_MS = 3000,
    POLICY_PASS_HIT_MOST_REST_MS = POLICY_REGION_MS / 3, // after one that read: it must be seen again in time
    POLICY_PASS_TENTHS = 15,  // size of its box around the symbol: with the quiet zone, and some error
    POLICY_DENSE_TENTHS = 11, // the same around a large version: these have hundreds of pixels a side already
    // More finders than this in one look are a carpet, made to hold a classic pass up, unless they lie in a large
    // version.
    POLICY_PASS_MOST_FINDERS = 60,
    // A still picture in which nothing was located is shown as a whole, if it has three finders. With more pixels than
    // this only at half its size: else each pass would cost as much as thirty looks, and hardly ever reads what they
    // don't.
    POLICY_PASS_FINDERS = 3,
    // That classic passes may show zbar of one still picture, after the first: 5 ms. Small pictures get every pass.
    POLICY_PASS_STILL_PIXELS = 200000,
    POLICY_PASS_MOST_PIXELS = 300000,
};

struct policy_region {
    uint64_t text; // digest; 0: unused
    enum look_level level;
    struct box box;
    int64_t seen_ms, looked_ms;
};

struct policy {
    int width_px, height_px; // of the frames; with another size all begins anew, as boxes are in pixels
    unsigned next_level;     // in the order of turns
    bool was_region;         // the last look went to one
    struct policy_region regions[POLICY_REGIONS];
    int unread_count; // frames in a row
    int64_t unread_ms;
    int64_t rests_until_ms; // no classic pass before, but for a still picture
    int64_t told_until_ms;  // as we were told: none at all
    int pass_most_us;       // 0: as long as it takes
    struct pace pace;
    int pass_most_pixels; // of this frame, by these two
    unsigned next_fallback;
    bool has_put_off;
    struct fallback_order put_off;
    struct policy_picture {
        bool is_there, is_still; // still: it is at least the second time
        uint64_t digest;
        unsigned tried_levels, tried_fallbacks; // a bit each
        bool is_read;                           // something was
        size_t most_finders;                    // in one look
        int part_pixels, shown_pixels;          // of the part that passes show; of all of them so far
        struct located located;                 // the best of all looks
    } picture;
};

// The look for this frame. False: it needs none any more, or has a pass that was put off.
struct policy_look {
    enum look_level level;
    struct box part;
    int region; // -1: the whole frame
};
bool policy_begin(struct policy *policy, const struct frame *frame, int64_t mono_ms, struct policy_look *out);

// What the look gave.
void policy_note_look(struct policy *policy, const struct frame *frame, const struct policy_look *look,
                      const struct look_result *result, int64_t mono_ms);

// One more look in the same frame: a symbol in motion was seen at one level, which another may read; the hand will have
// moved on by the next frame. False: there is no reason to.
bool policy_look_again(const struct policy *policy, const struct policy_look *look, const struct look_result *result,
                       struct policy_look *out);

// The classic pass for this frame, after its look. False: none now.
bool policy_choose_pass(struct policy *policy, const struct frame *frame, int64_t mono_ms, struct fallback_order *out);
// The time is up: the pass comes with the next frame, in place of its look.
void policy_put_off(struct policy *policy, const struct fallback_order *pass);
void policy_note_pass(struct policy *policy, const struct fallback_order *pass, int64_t began_ms, int64_t ended_ms,
                      bool is_read);

// Of the last pass: the pixels shown, and the time of a core.
void policy_note_pace(struct policy *policy, int pixels, int64_t took_us, int64_t mono_ms);
// No pass for so long, whatever comes: one ended the process before this. 0 ends the rest.
void policy_rest(struct policy *policy, int64_t mono_ms, int rest_ms);

bool policy_is_exhausted(const struct policy *policy, const struct frame *frame); // every way was tried with this one

#endif
