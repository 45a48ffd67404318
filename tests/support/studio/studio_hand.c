#include "support/studio/studio.h"

#include <math.h>

#define TURN 6.283185307179586

void studio_hand(uint64_t seed, int width_px, int height_px, struct studio_hand *out)
{
    struct dice dice = {dice_mix(seed ^ 0x68616E64)};
    bool is_phone = dice_is(&dice, 0.5), is_inverted = is_phone && dice_is(&dice, 0.5);
    struct studio_recipe *recipe = &out->recipe;
    struct pose *to = &recipe->pose;

    *out = (struct studio_hand){.recipe = {.width_px = width_px, .height_px = height_px}};
    recipe->room_seed = dice_next(&dice);
    recipe->noise_seed = dice_next(&dice);
    card_draw(&dice, is_phone, is_inverted, &recipe->card);
    *to = (struct pose){.side_px = dice_between(&dice, 0.22, 0.5) * height_px,
                        .turn_deg = dice_between(&dice, -20, 20),
                        .tilt_x_deg = dice_between(&dice, -20, 20),
                        .tilt_y_deg = dice_between(&dice, -20, 20),
                        .x_px = dice_between(&dice, 0.35, 0.65) * width_px,
                        .y_px = dice_between(&dice, 0.4, 0.6) * height_px};
    out->from = (struct pose){.side_px = to->side_px * dice_between(&dice, 0.45, 0.8),
                              .turn_deg = dice_between(&dice, -60, 60),
                              .tilt_x_deg = dice_between(&dice, -45, 45),
                              .tilt_y_deg = dice_between(&dice, -45, 45),
                              .x_px = dice_between(&dice, 0.1, 0.9) * width_px,
                              .y_px = 1.15 * height_px};
    out->frames = dice_between(&dice, 8, 14);
    out->focus_frames = dice_between(&dice, 2, 9);
    out->tremble_px = dice_between(&dice, 1, 4);
    out->shutter = dice_between(&dice, 0.25, 0.6);
    for (int i = 0; i < 4; i++) out->phases[i] = dice_between(&dice, 0, TURN);
    recipe->light = (struct studio_light){.gain = dice_between(&dice, 0.5, 1.05),
                                          .noise = dice_between(&dice, 2, 7),
                                          .lens_px = 0.6,
                                          .jpeg_quality = 70 + dice_below(&dice, 21)};
    if (is_phone && dice_is(&dice, 0.4)) {
        recipe->light.has_glare = true; // a lamp's, which stays where it is while the phone comes
        double radius_px = dice_between(&dice, 0.1, 0.22) * to->side_px;
        recipe->light.glare = (struct canvas_glare){.x_px = to->x_px + dice_between(&dice, -0.3, 0.3) * to->side_px,
                                                    .y_px = to->y_px + dice_between(&dice, -0.3, 0.3) * to->side_px,
                                                    .radius_x_px = radius_px,
                                                    .radius_y_px = radius_px,
                                                    .strength = 230};
    }
}

static double towards(double from, double to, double share)
{
    return from + (to - from) * share;
}

// Fast at first, then slower, with a tremble of two speeds on top.
static struct pose pose_at(const struct studio_hand *hand, double frame)
{
    const struct pose *from = &hand->from, *to = &hand->recipe.pose;
    double share = fmax(0, fmin(1, frame / hand->frames));

    share = share * share * (3 - 2 * share);
    return (struct pose){
        .side_px = towards(from->side_px, to->side_px, share),
        .turn_deg = towards(from->turn_deg, to->turn_deg, share),
        .tilt_x_deg = towards(from->tilt_x_deg, to->tilt_x_deg, share),
        .tilt_y_deg = towards(from->tilt_y_deg, to->tilt_y_deg, share),
        .x_px = towards(from->x_px, to->x_px, share) +
                hand->tremble_px * (sin(frame * 0.9 + hand->phases[0]) + sin(frame * 2.1 + hand->phases[1]) / 2),
        .y_px = towards(from->y_px, to->y_px, share) +
                hand->tremble_px * (sin(frame * 0.8 + hand->phases[2]) + sin(frame * 2.3 + hand->phases[3]) / 2)};
}

bool studio_hand_frame(const struct studio_hand *hand, int frame, struct studio_recipe *out)
{
    struct pose before = pose_at(hand, frame - 0.5), after = pose_at(hand, frame + 0.5);
    double x_px[4], y_px[4], away_x = after.x_px - before.x_px, away_y = after.y_px - before.y_px;
    bool is_whole = true;

    *out = hand->recipe;
    out->noise_seed += (uint64_t)frame;
    out->pose = pose_at(hand, frame);
    out->light.motion_px = fmin(40, hypot(away_x, away_y) * hand->shutter);
    out->light.motion_angle = atan2(away_y, away_x);
    if (out->light.motion_px < 0.7) out->light.motion_px = 0;
    out->light.defocus_px = fmax(0, 1 - frame / (hand->frames + hand->focus_frames)) * 0.9 * studio_module_px(out);
    studio_corners(out, x_px, y_px);
    for (int i = 0; i < 4; i++)
        is_whole &= x_px[i] > 2 && y_px[i] > 2 && x_px[i] < out->width_px - 2 && y_px[i] < out->height_px - 2;
    return is_whole;
}
