#include "screen/painter.h"

#include "ticket/picture.h"
#include "view/look.h"

#include <SDL.h>

static SDL_Rect rect_of(const struct box *box)
{
    return (SDL_Rect){box->x, box->y, box->w, box->h};
}

static void set_colour(struct painter *painter, uint32_t rgb, uint32_t opacity)
{
    SDL_SetRenderDrawColor(painter->renderer, (Uint8)(rgb >> 16), (Uint8)(rgb >> 8), (Uint8)rgb, (Uint8)opacity);
}

static void tint(SDL_Texture *texture, const struct mark *mark)
{
    SDL_SetTextureColorMod(texture, (Uint8)(mark->rgb >> 16), (Uint8)(mark->rgb >> 8), (Uint8)mark->rgb);
    SDL_SetTextureAlphaMod(texture, (Uint8)mark->opacity);
}

static void paint_fill(struct painter *painter, const struct mark *mark)
{
    SDL_Rect rect = rect_of(&mark->box);

    set_colour(painter, mark->rgb, mark->opacity);
    SDL_RenderFillRect(painter->renderer, &rect);
}

// Three bars, and a quarter of a disc in each corner.
static void paint_round(struct painter *painter, const struct mark *mark)
{
    const struct box *b = &mark->box;
    int least = b->w < b->h ? b->w : b->h, r = mark->radius_px * 2 > least ? least / 2 : mark->radius_px;
    SDL_Rect bars[] = {{b->x + r, b->y, b->w - 2 * r, r},
                       {b->x, b->y + r, b->w, b->h - 2 * r},
                       {b->x + r, b->y + b->h - r, b->w - 2 * r, r}};
    const struct tile *disc = tiles_icon(painter->tiles, ICON_DISC, 2 * r);

    set_colour(painter, mark->rgb, mark->opacity);
    SDL_RenderFillRects(painter->renderer, bars, 3);
    if (!disc->texture) return;
    tint(disc->texture, mark);
    for (int corner = 0; corner < 4; corner++) {
        int right = corner & 1, below = corner >> 1;
        SDL_Rect from = {right * r, below * r, r, r};
        SDL_Rect to = {right ? b->x + b->w - r : b->x, below ? b->y + b->h - r : b->y, r, r};
        SDL_RenderCopy(painter->renderer, disc->texture, &from, &to);
    }
}

static void paint_icon(struct painter *painter, const struct mark *mark)
{
    const struct tile *tile = tiles_icon(painter->tiles, mark->icon, mark->box.w);
    SDL_Rect to = rect_of(&mark->box);

    if (!tile->texture) return;
    tint(tile->texture, mark);
    SDL_RenderCopy(painter->renderer, tile->texture, NULL, &to);
}

// Where texts stand: where the last one ended, and how far down their column is moved.
struct flow {
    int end_px, shift_px;
};

// Slightly above the middle, where the eye expects the middle.
static int column_shift(struct painter *painter, const struct scene *scene, size_t first)
{
    const struct mark *mark = &scene->marks[first];
    int bottom_px = mark->box.y + mark->box.h, end_px = 0;

    if (!mark->style.is_centred) return 0;
    for (size_t i = first; i < scene->mark_count; i++) {
        const struct mark *at = &scene->marks[i];
        if (at->kind != MARK_TEXT) continue;
        if (i > first && !at->style.is_flowing) break;
        end_px = tiles_text(painter->tiles, at, scene_text(scene, at), end_px)->end_px;
    }
    return end_px < bottom_px ? (bottom_px - end_px) * 2 / 5 : 0;
}

static void paint_text(struct painter *painter, const struct scene *scene, size_t at, struct flow *flow)
{
    const struct mark *mark = &scene->marks[at];

    if (!mark->style.is_flowing) flow->shift_px = column_shift(painter, scene, at);
    const struct tile *tile = tiles_text(painter->tiles, mark, scene_text(scene, mark), flow->end_px);
    SDL_Rect to = rect_of(&tile->box);
    flow->end_px = tile->end_px;
    to.y += flow->shift_px;
    if (!tile->texture) return;
    tint(tile->texture, mark);
    SDL_RenderCopy(painter->renderer, tile->texture, NULL, &to);
}

static void paint_picture(struct painter *painter, const struct mark *mark)
{
    SDL_Rect to = rect_of(&mark->box);

    if (painter->picture) SDL_RenderCopy(painter->renderer, painter->picture, NULL, &to);
}

static void paint_module_rows(struct painter *painter, const struct picture *picture, int left, int top, int module_px)
{
    int side = picture->side;

    for (int y = 0; y < side; y++)
        for (int x = 0, end; x < side; x = end + 1) { // a run of dark modules at a time
            for (end = x; end < side && picture->modules[y * side + end];) end++;
            SDL_Rect run = {left + x * module_px, top + y * module_px, (end - x) * module_px, module_px};
            if (end > x) SDL_RenderFillRect(painter->renderer, &run);
        }
}

// Whole pixels for each module, so that every edge is sharp. Black on white whatever the page looks like: that is what
// telephones read best.
static void paint_qr(struct painter *painter, const struct mark *mark, const char *text)
{
    enum { QUIET_MODULES = 4 };
    SDL_Rect rect = rect_of(&mark->box);
    struct picture picture;

    set_colour(painter, LOOK_WHITE, 255);
    SDL_RenderFillRect(painter->renderer, &rect);
    if (picture_of_text(text, &picture) != STATUS_OK) return;
    int module_px = rect.w / (picture.side + 2 * QUIET_MODULES);
    set_colour(painter, LOOK_BLACK, 255);
    if (module_px > 0)
        paint_module_rows(painter, &picture, rect.x + (rect.w - picture.side * module_px) / 2,
                          rect.y + (rect.h - picture.side * module_px) / 2, module_px);
}

static void paint_sponsor(struct painter *painter, const struct mark *mark)
{
    const struct box *box = &mark->box;
    int w = 0, h = 0;

    if (!painter->sponsor || SDL_QueryTexture(painter->sponsor, NULL, NULL, &w, &h) || w <= 0 || h <= 0) return;
    bool is_wider = (int64_t)w * box->h > (int64_t)h * box->w;
    SDL_Rect to = {0, 0, is_wider ? box->w : (int)((int64_t)w * box->h / h),
                   is_wider ? (int)((int64_t)h * box->w / w) : box->h};
    to.x = box->x + (box->w - to.w) / 2;
    to.y = box->y + (box->h - to.h) / 2;
    SDL_RenderCopy(painter->renderer, painter->sponsor, NULL, &to);
}

void painter_paint(struct painter *painter, const struct scene *scene)
{
    struct flow flow = {0};

    set_colour(painter, scene->ground, 255);
    SDL_RenderClear(painter->renderer);
    for (size_t i = 0; i < scene->mark_count; i++) {
        const struct mark *mark = &scene->marks[i];
        switch (mark->kind) {
        case MARK_FILL:
            paint_fill(painter, mark);
            break;
        case MARK_ROUND:
            paint_round(painter, mark);
            break;
        case MARK_ICON:
            paint_icon(painter, mark);
            break;
        case MARK_TEXT:
            paint_text(painter, scene, i, &flow);
            break;
        case MARK_PICTURE:
            paint_picture(painter, mark);
            break;
        case MARK_QR:
            paint_qr(painter, mark, scene_text(scene, mark));
            break;
        case MARK_SPONSOR:
            paint_sponsor(painter, mark);
            break;
        }
    }
}

static bool meets(const struct box *left, const struct box *right)
{
    return left->x < right->x + right->w && right->x < left->x + left->w && left->y < right->y + right->h &&
           right->y < left->y + left->h;
}

// The picture and what lies over it. No text does (view_ready.c), so the flow of texts doesn't matter here.
void painter_repaint_picture(struct painter *painter, const struct scene *scene, size_t at)
{
    const struct box *box = &scene->marks[at].box;
    SDL_Rect clip = rect_of(box);

    SDL_RenderSetClipRect(painter->renderer, &clip);
    paint_picture(painter, &scene->marks[at]);
    for (size_t i = at + 1; i < scene->mark_count; i++)
        if (scene->marks[i].kind == MARK_FILL && meets(&scene->marks[i].box, box))
            paint_fill(painter, &scene->marks[i]);
    SDL_RenderSetClipRect(painter->renderer, NULL);
}
