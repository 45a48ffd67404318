#include "code/policy.h"

#include "base/digest.h"

#include <limits.h>

enum {
    TURNS = 8,
    ALL_LEVELS = 1 << LOOK_FULL | 1 << LOOK_HALF | 1 << LOOK_THIRD,
    ALL_FALLBACKS = (1 << FALLBACK_COUNT) - 1,
};

static const enum look_level turns_of_large[TURNS] = {LOOK_HALF, LOOK_THIRD, LOOK_HALF, LOOK_FULL,
                                                      LOOK_HALF, LOOK_THIRD, LOOK_HALF, LOOK_FULL};
// Of a small picture half shows the most, and third hardly anything that the others don't.
static const enum look_level turns_of_small[TURNS] = {LOOK_HALF, LOOK_HALF, LOOK_FULL, LOOK_HALF,
                                                      LOOK_HALF, LOOK_HALF, LOOK_FULL, LOOK_THIRD};

static bool is_fresh(const struct policy_region *region, int64_t mono_ms)
{
    return region->text && mono_ms - region->seen_ms < POLICY_REGION_MS;
}

static bool is_inside(const struct box *box, const struct frame *frame)
{
    return box->left_px + box->width_px <= frame->width_px && box->top_px + box->height_px <= frame->height_px;
}

// Of what was read lately and lies within this frame, the one that waits longest for a look; -1: none.
static int choose_region(const struct policy *policy, const struct frame *frame, int64_t mono_ms)
{
    int chosen = -1;

    for (int i = 0; i < POLICY_REGIONS; i++) {
        const struct policy_region *region = &policy->regions[i];
        if (!is_fresh(region, mono_ms) || !is_inside(&region->box, frame)) continue;
        if (chosen < 0 || region->looked_ms < policy->regions[chosen].looked_ms) chosen = i;
    }
    return chosen;
}

static enum look_level choose_level(struct policy *policy)
{
    bool is_small = policy->width_px * policy->height_px <= POLICY_SMALL_PIXELS;
    const enum look_level *turns = is_small ? turns_of_small : turns_of_large;
    enum look_level level;

    do level = turns[policy->next_level++ % TURNS];
    while (policy->picture.tried_levels & 1U << level);
    return level;
}

static void note_frame(struct policy *policy, const struct frame *frame)
{
    struct policy_picture *picture = &policy->picture;

    if (policy->width_px != frame->width_px || policy->height_px != frame->height_px)
        *policy = (struct policy){.width_px = frame->width_px,
                                  .height_px = frame->height_px,
                                  .told_until_ms = policy->told_until_ms,
                                  .pass_most_us = policy->pass_most_us,
                                  .pace = policy->pace};
    picture->is_still = picture->is_there && picture->digest == frame->digest;
    if (!picture->is_still)
        *picture = (struct policy_picture){
            .is_there = true, .digest = frame->digest, .part_pixels = frame->width_px * frame->height_px};
}

static void set_pass_most(struct policy *policy, int64_t mono_ms)
{
    policy->pass_most_pixels =
        policy->pass_most_us > 0 ? pace_most_pixels(&policy->pace, policy->pass_most_us, mono_ms) : INT_MAX;
}

bool policy_begin(struct policy *policy, const struct frame *frame, int64_t mono_ms, struct policy_look *out)
{
    struct policy_picture *picture = &policy->picture;
    int region;

    note_frame(policy, frame);
    set_pass_most(policy, mono_ms);
    policy->has_put_off = policy->has_put_off && mono_ms >= policy->told_until_ms;
    if (policy->has_put_off) return false;
    if (picture->tried_levels == ALL_LEVELS) return false;
    region = policy->was_region || picture->is_still ? -1 : choose_region(policy, frame, mono_ms);
    policy->was_region = region >= 0;
    if (region >= 0) {
        policy->regions[region].looked_ms = mono_ms;
        *out = (struct policy_look){policy->regions[region].level, policy->regions[region].box, region};
    } else {
        *out = (struct policy_look){choose_level(policy), box_of_frame(frame), -1};
    }
    return true;
}

// The place of a text: its own, else one that is unused, else the one seen longest ago.
static struct policy_region *place_for(struct policy *policy, uint64_t text)
{
    struct policy_region *place = &policy->regions[0];

    for (int i = 0; i < POLICY_REGIONS; i++) {
        struct policy_region *region = &policy->regions[i];
        if (region->text == text) return region;
        if (region->seen_ms < place->seen_ms) place = region;
    }
    return place;
}

static void note_text(struct policy *policy, const struct frame *frame, enum look_level level,
                      const struct symbol *symbol, int64_t mono_ms)
{
    uint64_t text = digest_of(symbol->text, symbol->length) | 1; // never 0
    struct policy_region *region = place_for(policy, text);

    if (region->text != text) region->looked_ms = mono_ms;
    region->text = text;
    region->level = level;
    region->box = box_around(symbol->x_px, symbol->y_px, POLICY_REGION_TENTHS / 10.0f, frame);
    region->seen_ms = mono_ms;
}

// Whether it is where a code was read lately: then it is that one, blurred by a moving hand.
static bool is_known(const struct policy *policy, const struct located *located, int64_t mono_ms)
{
    float x_px = (located->x_px[0] + located->x_px[2]) / 2, y_px = (located->y_px[0] + located->y_px[2]) / 2;

    for (int i = 0; i < POLICY_REGIONS; i++) {
        const struct box *box = &policy->regions[i].box;
        if (is_fresh(&policy->regions[i], mono_ms) && x_px >= (float)box->left_px && y_px >= (float)box->top_px &&
            x_px < (float)(box->left_px + box->width_px) && y_px < (float)(box->top_px + box->height_px))
            return true;
    }
    return false;
}

static struct box part_of(const struct located *located, const struct frame *frame)
{
    int tenths = located->is_dense ? POLICY_DENSE_TENTHS : POLICY_PASS_TENTHS;

    return box_around(located->x_px, located->y_px, (float)tenths / 10, frame);
}

static void note_unread(struct policy *policy, const struct located *located, const struct frame *frame,
                        int64_t mono_ms)
{
    struct policy_picture *picture = &policy->picture;

    if (mono_ms - policy->unread_ms > POLICY_UNREAD_MS) policy->unread_count = 0;
    policy->unread_count++;
    policy->unread_ms = mono_ms;
    if (picture->located.is_there && picture->located.fit >= located->fit) return;
    picture->located = *located;
    struct box part = part_of(located, frame);
    picture->part_pixels = part.width_px * part.height_px;
}

void policy_note_look(struct policy *policy, const struct frame *frame, const struct policy_look *look,
                      const struct look_result *result, int64_t mono_ms)
{
    struct policy_picture *picture = &policy->picture;

    if (look->region < 0) picture->tried_levels |= 1U << look->level;
    for (size_t i = 0; i < result->read.count; i++)
        note_text(policy, frame, look->level, &result->read.symbols[i], mono_ms);
    picture->is_read |= result->read.count > 0;
    if (result->finder_count > picture->most_finders) picture->most_finders = result->finder_count;
    if (result->located.is_there && !is_known(policy, &result->located, mono_ms))
        note_unread(policy, &result->located, frame, mono_ms);
}

bool policy_look_again(const struct policy *policy, const struct policy_look *look, const struct look_result *result,
                       struct policy_look *out)
{
    enum look_level level = look->level == LOOK_HALF ? LOOK_FULL : LOOK_HALF;

    if (!(result->is_smeared || result->is_suspect) || result->read.count > 0 ||
        policy->picture.tried_levels & 1U << level)
        return false;
    *out = *look;
    out->level = level;
    return true;
}

// Of the passes over a located symbol those that can help, by the size of its modules.
static unsigned list_passes_for(const struct located *located)
{
    static const struct {
        float least_px, most_px;
    } modules[FALLBACK_COUNT] = {
        [FALLBACK_PLAIN] = {0, 1000}, [FALLBACK_SAUVOLA] = {0, 1000}, [FALLBACK_DOUBLE] = {0, 3},
        [FALLBACK_SHARP] = {4, 1000}, [FALLBACK_BLUR] = {4, 1000},
    };
    unsigned passes = 0;

    for (int i = 0; i < FALLBACK_COUNT; i++)
        if (located->module_px >= modules[i].least_px && located->module_px < modules[i].most_px) passes |= 1U << i;
    return passes;
}

static int cost_of(const struct policy_picture *picture, enum fallback fallback)
{
    if (fallback == FALLBACK_DOUBLE) return 4 * picture->part_pixels;
    return fallback == FALLBACK_SHARP ? picture->part_pixels / 4 : picture->part_pixels;
}

// Of these passes those that this picture may still have. A large version is read by passes or not at all.
static unsigned list_affordable(const struct policy *policy, unsigned passes)
{
    const struct policy_picture *picture = &policy->picture;
    bool is_bounded = picture->shown_pixels > 0 && !(picture->located.is_there && picture->located.is_dense);

    for (enum fallback i = 0; i < FALLBACK_COUNT; i++)
        if (picture->tried_fallbacks & 1U << i || cost_of(picture, i) > policy->pass_most_pixels ||
            (is_bounded && picture->shown_pixels + cost_of(picture, i) > POLICY_PASS_STILL_PIXELS))
            passes &= ~(1U << i);
    return passes;
}

// The passes that are worth it, a bit each, once the levels of a picture that stays are through.
static unsigned list_passes(const struct policy *policy)
{
    const struct policy_picture *picture = &policy->picture;

    if (picture->located.is_there && picture->located.is_dense) return ALL_FALLBACKS; // the gate looks closer
    if (picture->most_finders > POLICY_PASS_MOST_FINDERS) return 0;
    if (picture->located.is_there) return list_passes_for(&picture->located);
    if (picture->is_read || picture->most_finders < POLICY_PASS_FINDERS) return 0;
    return policy->width_px * policy->height_px <= POLICY_PASS_MOST_PIXELS ? ALL_FALLBACKS : 1U << FALLBACK_SHARP;
}

static bool is_pass_due(const struct policy *policy, int64_t mono_ms)
{
    const struct policy_picture *picture = &policy->picture;

    if (mono_ms < policy->told_until_ms) return false;
    if (picture->tried_levels == ALL_LEVELS) return true;
    return picture->located.is_there && policy->unread_count >= POLICY_UNREAD_FRAMES &&
           mono_ms >= policy->rests_until_ms;
}

bool policy_choose_pass(struct policy *policy, const struct frame *frame, int64_t mono_ms, struct fallback_order *out)
{
    struct policy_picture *picture = &policy->picture;
    const struct located *located = &picture->located;
    unsigned left = list_affordable(policy, list_passes(policy));

    if (policy->has_put_off) {
        *out = policy->put_off;
        policy->has_put_off = false;
        return true;
    }
    if (!left || !is_pass_due(policy, mono_ms)) return false;
    if (picture->is_still) policy->next_fallback = 0; // the likeliest first
    while (!(left & 1U << policy->next_fallback % FALLBACK_COUNT)) policy->next_fallback++;
    out->fallback = (enum fallback)(policy->next_fallback % FALLBACK_COUNT);
    out->is_light = located->is_there && located->is_light;
    out->part = box_of_frame(frame);
    if (located->is_there) out->part = part_of(located, frame);
    return true;
}

void policy_put_off(struct policy *policy, const struct fallback_order *pass)
{
    policy->has_put_off = true;
    policy->put_off = *pass;
}

void policy_note_pass(struct policy *policy, const struct fallback_order *pass, int64_t began_ms, int64_t ended_ms,
                      bool is_read)
{
    int64_t took_ms = ended_ms > began_ms ? ended_ms - began_ms : 1;
    int64_t most_ms = is_read ? POLICY_PASS_HIT_MOST_REST_MS : POLICY_PASS_MOST_REST_MS;

    policy->picture.tried_fallbacks |= 1U << pass->fallback;
    policy->picture.shown_pixels += cost_of(&policy->picture, pass->fallback);
    policy->picture.is_read |= is_read;
    if (is_read) policy->picture.located.is_there = false;
    else policy->next_fallback++; // what has read is the first to try again
    policy->rests_until_ms = ended_ms + (took_ms * POLICY_PASS_REST < most_ms ? took_ms * POLICY_PASS_REST : most_ms);
}

void policy_note_pace(struct policy *policy, int pixels, int64_t took_us, int64_t mono_ms)
{
    pace_note(&policy->pace, pixels, took_us, mono_ms);
    set_pass_most(policy, mono_ms);
}

void policy_rest(struct policy *policy, int64_t mono_ms, int rest_ms)
{
    policy->told_until_ms = mono_ms + rest_ms;
    policy->pace.is_careful = policy->pace.is_careful || rest_ms > 0;
}

bool policy_is_exhausted(const struct policy *policy, const struct frame *frame)
{
    const struct policy_picture *picture = &policy->picture;

    if (!picture->is_there || picture->digest != frame->digest || picture->tried_levels != ALL_LEVELS) return false;
    return !(list_affordable(policy, list_passes(policy)));
}
