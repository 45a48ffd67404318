// hint_pictures.c -- what a door's camera sees when nothing can be read: a ticket too far away, too near, on a display
// too dark; and rooms without a ticket. For hint_test.py.
// usage: hint_pictures FOLDER: writes far.png near.png dark.png room-0.png …
#include "support/check.h"
#include "support/qr_image.h"
#include "support/studio/studio.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDTH_PX = 640, HEIGHT_PX = 480, ROOMS = 12, NOISE = 2 };

struct set {
    struct studio *studio;
    struct frame *frame;
    const char *folder;
};

static void write_as(const struct set *set, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s.png", set->folder, name);
    qr_image_write_png(set->frame, path);
}

// A ticket on paper in a room, seen from the front.
static struct studio_recipe ticket(double module_px)
{
    struct studio_recipe recipe;

    studio_recipe(20261122, STUDIO_FAULT_SIZE30, WIDTH_PX, HEIGHT_PX, &recipe);
    recipe.pose = (struct pose){.side_px = module_px * recipe.card.symbol.side, .turn_deg = 2};
    recipe.pose.x_px = WIDTH_PX / 2.0;
    recipe.pose.y_px = HEIGHT_PX / 2.0;
    recipe.light.noise = NOISE;
    return recipe;
}

static void take(const struct set *set, const struct studio_recipe *recipe, const char *name)
{
    studio_take(set->studio, recipe, set->frame);
    write_as(set, name);
}

// As a camera does in the dark: every fourth of the data's is wrong, more than can be corrected.
static void mistake_modules(struct symbol_print *symbol)
{
    struct dice dice = {7};

    for (int row = 9; row < symbol->side - 9; row++)
        for (int column = 9; column < symbol->side; column++)
            if (dice_is(&dice, 0.25)) symbol->modules[row * symbol->side + column] ^= 1;
}

static void take_all(const struct set *set)
{
    struct studio_recipe far = ticket(1.1), near = ticket(18), dark = ticket(6);
    char name[32];

    take(set, &far, "far");
    near.pose.x_px = WIDTH_PX * 0.7;
    near.pose.y_px = HEIGHT_PX * 0.8;
    take(set, &near, "near");
    dark.card.dark = 6;
    dark.card.light = dark.card.around = 22;
    mistake_modules(&dark.card.symbol);
    take(set, &dark, "dark");
    for (int i = 0; i < ROOMS; i++) {
        studio_take_empty(set->studio, (uint64_t)i, set->frame);
        snprintf(name, sizeof name, "room-%d", i);
        write_as(set, name);
    }
}

int main(int count, char **words)
{
    struct set set = {.frame = mem_zero(sizeof *set.frame)};

    if (count != 2) return 2;
    set.folder = words[1];
    studio_open(WIDTH_PX, HEIGHT_PX, &set.studio);
    take_all(&set);
    studio_close(set.studio);
    free(set.frame);
    return 0;
}
