// studio_recipe.c -- what a picture with a fault is made of: how much of what, within what scanners meet at doors.
#include "support/studio/studio.h"

#include <math.h>

#define TURN 6.283185307179586

static double size_of(enum studio_fault fault, struct dice *dice)
{
    switch ((int)fault) { // the others are of a usual size
    case STUDIO_FAULT_SIZE15:
        return 0.15;
    case STUDIO_FAULT_SIZE20:
        return 0.20;
    case STUDIO_FAULT_SIZE30:
        return 0.30;
    case STUDIO_FAULT_SIZE45:
        return 0.45;
    case STUDIO_FAULT_SIZE60:
        return 0.60;
    case STUDIO_FAULT_MIX:
        return dice_between(dice, 0.18, 0.5);
    default:
        return dice_between(dice, 0.28, 0.42);
    }
}

static void add_pose(struct dice *dice, enum studio_fault fault, struct studio_recipe *recipe)
{
    struct pose *pose = &recipe->pose;
    double most_deg = fault == STUDIO_FAULT_MIX ? 30 : 12, least_x = 1e9, least_y = 1e9, most_x = 0, most_y = 0;
    double x_px[4], y_px[4];

    pose->side_px = size_of(fault, dice) * recipe->height_px;
    pose->turn_deg = dice_between(dice, -most_deg * 1.2, most_deg * 1.2);
    pose->tilt_x_deg = dice_between(dice, -most_deg, most_deg);
    pose->tilt_y_deg = dice_between(dice, -most_deg, most_deg);
    if (fault == STUDIO_FAULT_TURNED) pose->turn_deg = dice_between(dice, 0, 360);
    if (fault == STUDIO_FAULT_TILTED) {
        pose->tilt_x_deg = dice_between(dice, 22, 50) * (dice_is(dice, 0.5) ? 1 : -1);
        pose->tilt_y_deg = dice_between(dice, 0, 40) * (dice_is(dice, 0.5) ? 1 : -1);
    }
    pose->x_px = pose->y_px = 0;
    studio_corners(recipe, x_px, y_px);
    for (int i = 0; i < 4; i++) {
        least_x = fmin(least_x, x_px[i]);
        least_y = fmin(least_y, y_px[i]);
        most_x = fmax(most_x, x_px[i]);
        most_y = fmax(most_y, y_px[i]);
    }
    // Anywhere, but wholly in the picture.
    double room_x = fmax(0, recipe->width_px - (most_x - least_x) - 12),
           room_y = fmax(0, recipe->height_px - (most_y - least_y) - 12);
    pose->x_px = 6 - least_x + room_x * dice_between(dice, 0.1, 0.9);
    pose->y_px = 6 - least_y + room_y * dice_between(dice, 0.1, 0.9);
}

static void add_shadow(struct dice *dice, struct studio_recipe *recipe)
{
    double dark = dice_between(dice, 0.18, 0.4);

    recipe->light.has_shadow = true;
    recipe->light.shadow = (struct canvas_shadow){.x_px = recipe->pose.x_px,
                                                  .y_px = recipe->pose.y_px,
                                                  .angle = dice_between(dice, 0, TURN),
                                                  .soft_px = dice_between(dice, 2, recipe->pose.side_px / 2),
                                                  .dark = dark,
                                                  .light = 1};
}

static void add_glare(struct dice *dice, struct studio_recipe *recipe)
{
    double side_px = recipe->pose.side_px, radius_px = dice_between(dice, 0.10, 0.24) * side_px;

    recipe->light.has_glare = true;
    recipe->light.glare = (struct canvas_glare){.x_px = recipe->pose.x_px + dice_between(dice, -0.35, 0.35) * side_px,
                                                .y_px = recipe->pose.y_px + dice_between(dice, -0.35, 0.35) * side_px,
                                                .radius_x_px = radius_px,
                                                .radius_y_px = radius_px * dice_between(dice, 0.5, 1.5),
                                                .strength = dice_between(dice, 160, 320),
                                                .veil = dice_between(dice, 0, 25)};
}

static void add_moire(struct dice *dice, struct studio_recipe *recipe)
{
    for (int i = 0; i < 2; i++)
        recipe->light.moire[i] = (struct canvas_moire){.angle = dice_between(dice, 0, TURN / 2),
                                                       .cycles_per_px = dice_between(dice, 0.12, 0.48),
                                                       .depth = dice_between(dice, 0.12, 0.35)};
}

static void add_motion(struct dice *dice, double least, double most, struct studio_recipe *recipe)
{
    recipe->light.motion_px = dice_between(dice, least, most) * studio_module_px(recipe);
    recipe->light.motion_angle = dice_between(dice, 0, TURN / 2);
}

static void add_mix(struct dice *dice, bool is_phone, struct studio_recipe *recipe)
{
    recipe->light.noise = dice_between(dice, 2, 9);
    if (dice_is(dice, 0.4)) add_shadow(dice, recipe);
    if (is_phone && dice_is(dice, 0.4)) add_glare(dice, recipe);
    if (dice_is(dice, 0.5)) add_motion(dice, 0.3, 1.1, recipe);
    if (dice_is(dice, 0.4)) recipe->light.defocus_px = dice_between(dice, 0.2, 0.55) * studio_module_px(recipe);
}

static void add_fault(struct dice *dice, enum studio_fault fault, bool is_phone, struct studio_recipe *recipe)
{
    struct studio_light *light = &recipe->light;

    switch ((int)fault) { // most need nothing here
    case STUDIO_FAULT_CLEAN:
        light->is_plain_ground = true;
        break;
    case STUDIO_FAULT_MOTION:
        add_motion(dice, 0.6, 1.9, recipe);
        break;
    case STUDIO_FAULT_DEFOCUS:
        light->defocus_px = dice_between(dice, 0.35, 1) * studio_module_px(recipe);
        break;
    case STUDIO_FAULT_NOISE:
        light->noise = dice_between(dice, 14, 32);
        break;
    case STUDIO_FAULT_LOW_CONTRAST:
        light->gain = dice_between(dice, 28, 60) / 255;
        light->lift = dice_between(dice, 60, 130);
        break;
    case STUDIO_FAULT_SHADOW:
        add_shadow(dice, recipe);
        break;
    case STUDIO_FAULT_MOIRE:
        add_moire(dice, recipe);
        break;
    case STUDIO_FAULT_GLARE:
        add_glare(dice, recipe);
        break;
    case STUDIO_FAULT_DAMAGE:
        card_damage(&recipe->card, dice);
        break;
    case STUDIO_FAULT_CURL:
        recipe->card.bend = dice_between(dice, 0.6, 1.2);
        break;
    case STUDIO_FAULT_OVEREXPOSED:
        light->gain = dice_between(dice, 1.5, 2.3);
        light->lift = dice_between(dice, 0, 40);
        break;
    case STUDIO_FAULT_UNDEREXPOSED:
        light->gain = dice_between(dice, 0.08, 0.2);
        light->lift = dice_between(dice, 4, 14);
        break;
    case STUDIO_FAULT_MIX:
        add_mix(dice, is_phone, recipe);
        break;
    default:
        break; // a matter of the card or of its place
    }
}

void studio_recipe(uint64_t seed, enum studio_fault fault, int width_px, int height_px, struct studio_recipe *out)
{
    struct dice dice = {dice_mix(seed) ^ dice_mix((uint64_t)fault << 32 ^ (uint64_t)width_px)};
    bool is_inverted = fault == STUDIO_FAULT_INVERTED;
    bool is_phone =
        is_inverted || fault == STUDIO_FAULT_SCREEN || fault == STUDIO_FAULT_MOIRE || fault == STUDIO_FAULT_GLARE;

    if (fault == STUDIO_FAULT_MIX) {
        is_phone = dice_is(&dice, 0.6);
        is_inverted = is_phone && dice_is(&dice, 0.25);
    }
    *out = (struct studio_recipe){.width_px = width_px, .height_px = height_px};
    out->room_seed = dice_next(&dice);
    out->noise_seed = dice_next(&dice);
    out->light.noise = dice_between(&dice, 1.5, 4);
    out->light.lens_px = dice_between(&dice, 0.4, 0.9);
    out->light.jpeg_quality = 75 + dice_below(&dice, 18);
    card_draw(&dice, is_phone, is_inverted, &out->card);
    add_pose(&dice, fault, out);
    add_fault(&dice, fault, is_phone, out);
}
