#include "support/studio/studio.h"

#include "base/mem.h"
#include "frame/picture_jpeg.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include <turbojpeg.h>

struct studio {
    struct canvas canvas, room; // the room is drawn anew only for another one
    uint64_t room_seed;
    bool has_room;
    struct picture_jpeg *unpacker;
    tjhandle packer;
};

const char *studio_fault_word(enum studio_fault fault)
{
    static const char *const words[] = {
#define X(name, word) [STUDIO_FAULT_##name] = (word),
        STUDIO_FAULT_LIST(X)
#undef X
    };
    return words[fault];
}

void studio_open(int width_px, int height_px, struct studio **out)
{
    struct studio *studio = mem_zero(sizeof *studio);
    enum status status = picture_jpeg_open(&studio->unpacker);

    studio->packer = tjInitCompress();
    assert(status == STATUS_OK && studio->packer);
    canvas_init(&studio->canvas, width_px, height_px);
    canvas_init(&studio->room, width_px, height_px);
    *out = studio;
}

void studio_close(struct studio *studio)
{
    if (!studio) return;
    canvas_destroy(&studio->canvas);
    canvas_destroy(&studio->room);
    picture_jpeg_close(studio->unpacker);
    tjDestroy(studio->packer);
    free(studio);
}

void studio_corners(const struct studio_recipe *recipe, double x_px[4], double y_px[4])
{
    struct pose_plane plane = pose_plane_of(&recipe->pose, recipe->card.symbol.side, recipe->height_px);

    card_corners(&recipe->card, &plane, x_px, y_px);
}

double studio_module_px(const struct studio_recipe *recipe)
{
    return recipe->pose.side_px / recipe->card.symbol.side;
}

static void draw_room(struct studio *studio, const struct studio_recipe *recipe)
{
    struct dice dice = {recipe->room_seed};

    if (recipe->light.is_plain_ground) {
        canvas_scale(&studio->canvas, 0, 200);
        return;
    }
    if (!studio->has_room || studio->room_seed != recipe->room_seed) canvas_draw_room(&studio->room, &dice);
    studio->has_room = true;
    studio->room_seed = recipe->room_seed;
    canvas_copy(&studio->canvas, &studio->room);
}

// In the order in which light meets them: surface, air, lens and shutter, exposure.
static void shine(struct canvas *canvas, const struct studio_light *light)
{
    if (light->has_shadow) canvas_shadow(canvas, &light->shadow);
    if (light->has_glare) canvas_glare(canvas, &light->glare);
    for (int i = 0; i < 2; i++)
        if (light->moire[i].depth > 0) canvas_moire(canvas, &light->moire[i]);
    canvas_move(canvas, light->motion_px, light->motion_angle);
    canvas_defocus(canvas, light->defocus_px);
    canvas_scale(canvas, light->gain > 0 ? light->gain : 1, light->lift);
    canvas_blur(canvas, light->lens_px);
}

static void pack_as_cameras_do(struct studio *studio, int quality, struct frame *frame)
{
    unsigned char *bytes = NULL;
    unsigned long length = 0;

    if (quality == 0) return;
    int failed = tjCompress2(studio->packer, frame->pixels, frame->width_px, 0, frame->height_px, TJPF_GRAY, &bytes,
                             &length, TJSAMP_GRAY, quality, 0);
    assert(!failed);
    enum status status = picture_jpeg_decode(studio->unpacker, bytes, length, frame);
    assert(status == STATUS_OK);
    tjFree(bytes);
    frame_seal(frame);
}

void studio_take(struct studio *studio, const struct studio_recipe *recipe, struct frame *frame)
{
    struct pose_plane plane = pose_plane_of(&recipe->pose, recipe->card.symbol.side, recipe->height_px);
    struct dice dice = {recipe->noise_seed};

    assert(recipe->width_px == studio->canvas.width_px && recipe->height_px == studio->canvas.height_px);
    draw_room(studio, recipe);
    card_lay(&recipe->card, &plane, &studio->canvas);
    shine(&studio->canvas, &recipe->light);
    canvas_expose(&studio->canvas, &dice, recipe->light.noise, frame);
    pack_as_cameras_do(studio, recipe->light.jpeg_quality, frame);
}

// Six kinds by turns: a room, a page of print, a room out of focus, next to nothing, grey tiles, a page in a room.
void studio_take_empty(struct studio *studio, uint64_t seed, struct frame *frame)
{
    struct canvas *canvas = &studio->canvas;
    struct dice dice = {dice_mix(seed)};
    int kind = (int)(seed % 6), tile_px = 4 << dice_below(&dice, 3);
    uint64_t tiles = dice_next(&dice);

    if (kind == 1) canvas_draw_print(canvas, &dice);
    else canvas_draw_room(canvas, &dice);
    if (kind == 2) canvas_blur(canvas, 5);
    if (kind == 3) canvas_scale(canvas, 0.02, dice_between(&dice, 5, 60));
    for (int y = 0; kind == 4 && y < canvas->height_px; y++)
        for (int x = 0; x < canvas->width_px; x++)
            canvas->grey[y * canvas->width_px + x] =
                (float)(dice_mix(tiles ^ (uint64_t)(y / tile_px) << 32 ^ (uint64_t)(x / tile_px)) & 255);
    if (kind == 5) {
        canvas_draw_print(&studio->room, &dice);
        studio->has_room = false;
        int left = canvas->width_px / 4, top = canvas->height_px / 5;
        for (int y = top; y < 4 * top; y++)
            for (int x = left; x < 3 * left; x++)
                canvas->grey[y * canvas->width_px + x] = studio->room.grey[y * canvas->width_px + x];
    }
    canvas_blur(canvas, dice_between(&dice, 0.4, 0.9));
    canvas_expose(canvas, &dice, dice_between(&dice, 1.5, 5), frame);
    pack_as_cameras_do(studio, 75 + dice_below(&dice, 18), frame);
}
