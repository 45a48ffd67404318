#define LOG_MODULE "screen"

#include "screen/tiles.h"

#include "base/digest.h"
#include "base/log.h"
#include "base/mem.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

enum { TILE_COUNT = 96, TILES_MOST_BYTES = 6 * 1024 * 1024 };

struct slot {
    uint64_t key, used; // key 0: free
    size_t bytes;
    struct tile tile;
};

struct tiles {
    SDL_Renderer *renderer;
    struct letters *letters;
    uint8_t *mask;
    size_t mask_bytes, held_bytes;
    uint64_t turn;
    struct slot slots[TILE_COUNT];
};

struct tiles *tiles_open(SDL_Renderer *renderer, struct letters *letters, size_t most_px)
{
    struct tiles *tiles = mem_zero(sizeof *tiles);

    tiles->renderer = renderer;
    tiles->letters = letters;
    tiles->mask_bytes = most_px;
    tiles->mask = mem_zero(most_px);
    return tiles;
}

static void free_slot(struct tiles *tiles, struct slot *slot)
{
    if (slot->tile.texture) SDL_DestroyTexture(slot->tile.texture);
    tiles->held_bytes -= slot->bytes;
    memset(slot, 0, sizeof *slot);
}

void tiles_close(struct tiles *tiles)
{
    if (!tiles) return;
    for (size_t i = 0; i < TILE_COUNT; i++) free_slot(tiles, &tiles->slots[i]);
    free(tiles->mask);
    free(tiles);
}

static struct slot *find_slot(struct tiles *tiles, uint64_t key)
{
    for (size_t i = 0; i < TILE_COUNT; i++) {
        struct slot *slot = &tiles->slots[i];
        if (slot->key != key) continue;
        slot->used = ++tiles->turn;
        return slot;
    }
    return NULL;
}

static struct slot *least_used(struct tiles *tiles, bool is_held)
{
    struct slot *least = NULL;

    for (size_t i = 0; i < TILE_COUNT; i++) {
        struct slot *slot = &tiles->slots[i];
        if (is_held && slot->bytes == 0) continue;
        if (!least || slot->used < least->used) least = slot;
    }
    return least;
}

static struct slot *take_slot(struct tiles *tiles, uint64_t key, size_t bytes)
{
    struct slot *slot;

    while (tiles->held_bytes > 0 && tiles->held_bytes + bytes > TILES_MOST_BYTES)
        free_slot(tiles, least_used(tiles, true));
    slot = least_used(tiles, false);
    free_slot(tiles, slot);
    slot->key = key;
    slot->used = ++tiles->turn;
    slot->bytes = bytes;
    tiles->held_bytes += bytes;
    return slot;
}

static void copy_mask(const uint8_t *mask, int width_px, int height_px, void *pixels, int pitch)
{
    for (int y = 0; y < height_px; y++) {
        uint32_t *row = (uint32_t *)(void *)((uint8_t *)pixels + (ptrdiff_t)y * pitch);
        for (int x = 0; x < width_px; x++) row[x] = (uint32_t)mask[y * width_px + x] << 24 | 0xFFFFFFu;
    }
}

static SDL_Texture *make_texture(struct tiles *tiles, int width_px, int height_px)
{
    SDL_Texture *texture =
        SDL_CreateTexture(tiles->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, width_px, height_px);
    void *pixels;
    int pitch;

    if (!texture || SDL_LockTexture(texture, NULL, &pixels, &pitch)) {
        log_warn("a picture was left out: %s", SDL_GetError());
        if (texture) SDL_DestroyTexture(texture);
        return NULL;
    }
    copy_mask(tiles->mask, width_px, height_px, pixels, pitch);
    SDL_UnlockTexture(texture);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    return texture;
}

const struct tile *tiles_icon(struct tiles *tiles, enum icon icon, int size_px)
{
    int identity[] = {(int)icon, size_px};
    uint64_t key = digest_of(identity, sizeof identity);
    struct slot *slot = find_slot(tiles, key);
    size_t area_px = (size_t)size_px * (size_t)size_px;

    if (slot) return &slot->tile;
    slot = take_slot(tiles, key, area_px * 4);
    slot->tile.box = (struct box){0, 0, size_px, size_px};
    if (area_px == 0 || area_px > tiles->mask_bytes) return &slot->tile;
    shape_cover(icon, size_px, tiles->mask);
    slot->tile.texture = make_texture(tiles, size_px, size_px);
    return &slot->tile;
}

static uint64_t text_key(const struct mark *mark, const char *text, int end_px)
{
    int flow_px = mark->style.is_flowing ? end_px : -1;
    uint64_t key = digest_of(&mark->style, sizeof mark->style); // padding is zero, see scene.c

    key = digest_add(key, &mark->box, sizeof mark->box);
    key = digest_add(key, &flow_px, sizeof flow_px);
    return digest_add(key, text, strlen(text));
}

const struct tile *tiles_text(struct tiles *tiles, const struct mark *mark, const char *text, int end_px)
{
    uint64_t key = text_key(mark, text, end_px);
    struct slot *slot = find_slot(tiles, key);
    struct typeset placed;

    if (slot) return &slot->tile;
    letters_place(tiles->letters, mark, text, &end_px, &placed);
    int over = letters_overhang(&placed);
    struct box box = {placed.box.x - over, placed.box.y - over, placed.box.w + 2 * over, placed.box.h + 2 * over};
    size_t area_px = (size_t)box.w * (size_t)box.h;
    slot = take_slot(tiles, key, area_px * 4);
    slot->tile.box = box;
    slot->tile.end_px = end_px;
    if (placed.fit.line_count == 0 || area_px > tiles->mask_bytes) return &slot->tile;
    memset(tiles->mask, 0, area_px);
    letters_cover(tiles->letters, mark, text, &placed, tiles->mask);
    slot->tile.texture = make_texture(tiles, box.w, box.h);
    return &slot->tile;
}
