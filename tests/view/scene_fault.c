#include "view/scene_fault.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 3, 4))) static void complain(struct scene_fault *out, const struct box *box,
                                                           const char *format, ...)
{
    char what[SCENE_FAULT_SIZE - 64];
    va_list arguments;

    if (out->is_found) return;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    out->is_found = true;
    snprintf(out->what, sizeof out->what, "%s (%d,%d %dx%d)", what, box->x, box->y, box->w, box->h);
}

static bool is_inside(const struct box *inner, const struct box *outer)
{
    return inner->w >= 0 && inner->h >= 0 && inner->x >= outer->x && inner->y >= outer->y &&
           inner->x + inner->w <= outer->x + outer->w && inner->y + inner->h <= outer->y + outer->h;
}

static bool overlap(const struct box *a, const struct box *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static bool is_anywhere(const struct target *target)
{
    return target->action.act == ACT_DISMISS;
}

static bool is_key(const struct target *target)
{
    return target->action.act == ACT_KEY || target->action.act == ACT_ERASE || target->action.act == ACT_LAYER;
}

static void check_target(const struct scene_view *view, size_t at, struct scene_fault *out)
{
    const struct scene *scene = view->scene;
    const struct box *box = &scene->targets[at].box, screen = {0, 0, view->width_px, view->height_px};

    if (!is_inside(box, &screen)) complain(out, box, "a target leaves the screen");
    int least_w = view->least_touch_px;

    // Ten letters beside each other are narrower on a screen that stands upright, and higher than they must be.
    if (is_key(&scene->targets[at]) && view->height_px > view->width_px && box->h >= view->least_touch_px * 6 / 5)
        least_w = view->least_touch_px * 2 / 3;
    if (box->w < least_w || box->h < view->least_touch_px)
        complain(out, box, "a target is less than %d px", view->least_touch_px);
    for (size_t i = 0; i < at; i++)
        if (!is_anywhere(&scene->targets[at]) && overlap(box, &scene->targets[i].box))
            complain(out, box, "targets overlap");
}

void scene_fault_of_places(const struct scene_view *view, struct scene_fault *out)
{
    struct box screen = {0, 0, view->width_px, view->height_px};

    for (size_t i = 0; i < view->scene->mark_count; i++)
        if (!is_inside(&view->scene->marks[i].box, &screen))
            complain(out, &view->scene->marks[i].box, "a mark leaves the screen");
    for (size_t i = 0; i < view->scene->target_count; i++) check_target(view, i, out);
}

enum { PLACINGS = 1 << 15 };

struct placings {
    struct {
        uint64_t key; // 0: empty
        int end_px;   // afterwards
        struct typeset set;
    } entries[PLACINGS];
};

struct placings *placings_open(void)
{
    return calloc(1, sizeof(struct placings));
}

void placings_close(struct placings *placings)
{
    free(placings);
}

// Source: FNV-1a.
static uint64_t hash(uint64_t hash, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) hash = (hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3;
    return hash;
}

static void place_text(const struct scene_view *view, const struct mark *mark, int *end_px, struct typeset *out)
{
    const char *text = scene_text(view->scene, mark);
    uint64_t key = hash(0xCBF29CE484222325, &mark->box, sizeof mark->box);

    key = hash(hash(key, &mark->style, sizeof mark->style), text, strlen(text));
    if (mark->style.is_flowing) key = hash(key, end_px, sizeof *end_px);
    key |= 1;
    size_t at = (key >> 1) % PLACINGS;
    if (view->placings->entries[at].key != key) {
        letters_place(view->letters, mark, text, end_px, out);
        view->placings->entries[at].key = key;
        view->placings->entries[at].end_px = *end_px;
        view->placings->entries[at].set = *out;
    }
    *out = view->placings->entries[at].set;
    *end_px = view->placings->entries[at].end_px;
}

// All texts as the painter places them.
struct placing {
    struct typeset sets[SCENE_MAX_MARKS]; // [mark]; a line_count of 0: nothing is set
};

static void place(const struct scene_view *view, struct placing *out)
{
    int end_px = 0;

    for (size_t i = 0; i < view->scene->mark_count; i++) {
        out->sets[i].fit.line_count = 0;
        if (view->scene->marks[i].kind == MARK_TEXT) place_text(view, &view->scene->marks[i], &end_px, &out->sets[i]);
    }
}

static bool is_cover(const struct mark *mark)
{
    return (mark->kind == MARK_FILL || mark->kind == MARK_ROUND) && mark->opacity == 255;
}

static void check_neighbours(const struct scene_view *view, const struct placing *placing, size_t at,
                             struct scene_fault *out)
{
    const struct scene *scene = view->scene;
    const struct box *box = &placing->sets[at].box;
    const char *text = scene_text(scene, &scene->marks[at]);

    for (size_t i = 0; i < at; i++)
        if (placing->sets[i].fit.line_count > 0 && overlap(box, &placing->sets[i].box))
            complain(out, box, "\"%s\" overlaps \"%s\"", text, scene_text(scene, &scene->marks[i]));
    for (size_t i = 0; i < scene->mark_count; i++) {
        const struct mark *mark = &scene->marks[i];
        bool is_over = i > at && (is_cover(mark) || mark->kind == MARK_PICTURE);
        if ((is_over || mark->kind == MARK_ICON) && overlap(box, &mark->box))
            complain(out, box, "\"%s\" is covered by mark %zu", text, i);
    }
}

// Large text may shrink further, because it began larger (layout.h).
static int least_px(const struct text_style *style)
{
    int share_px = style->least_px > 0 ? style->least_px : style->size_px * 70 / 100;

    return share_px > FIT_LEAST_PX ? share_px : FIT_LEAST_PX;
}

// A word that no type of the right size could hold.
static bool breaks_a_word(const struct typeset *set, const char *text)
{
    for (size_t i = 0; i + 1 < set->fit.line_count; i++) {
        size_t end = set->fit.lines[i].start + set->fit.lines[i].length;
        if (end == 0 || strchr(" \n-", text[end]) || strchr(" \n-", text[end - 1])) continue;
        if (!strncmp(text + end - 3, "–", 3)) continue;
        return true;
    }
    return false;
}

static void check_text(const struct scene_view *view, const struct placing *placing, size_t at, struct scene_fault *out)
{
    const struct mark *mark = &view->scene->marks[at];
    const struct typeset *set = &placing->sets[at];
    const struct box screen = {0, 0, view->width_px, view->height_px};
    const char *text = scene_text(view->scene, mark);

    if (set->fit.line_count == 0) {
        complain(out, &mark->box, "\"%s\" has no room", text);
        return;
    }
    if (set->fit.lines[set->fit.line_count - 1].is_elided && !out->elided) out->elided = text;
    if (set->fit.size_px < least_px(&mark->style))
        complain(out, &set->box, "\"%s\" is set in %d px instead of %d", text, set->fit.size_px, mark->style.size_px);
    if (breaks_a_word(set, text) && !out->broken) out->broken = text;
    if (!is_inside(&set->box, &mark->box)) complain(out, &set->box, "\"%s\" leaves its box", text);
    if (!is_inside(&set->box, &screen)) complain(out, &set->box, "\"%s\" leaves the screen", text);
    check_neighbours(view, placing, at, out);
}

void scene_fault_of_texts(const struct scene_view *view, struct scene_fault *out)
{
    static struct placing placing; // a test has one thread
    size_t count = 0;

    place(view, &placing);
    for (size_t i = 0; i < view->scene->mark_count; i++) {
        const struct mark *mark = &view->scene->marks[i];
        bool is_text = mark->kind == MARK_TEXT && scene_text(view->scene, mark)[0];
        if (is_text) check_text(view, &placing, i, out);
        count += is_text;
    }
    if (count == 0 && !scene_find(view->scene, MARK_PICTURE, false))
        complain(out, &(struct box){0}, "there is no text at all");
}

static double luminance(uint32_t rgb)
{
    static const double weights[] = {0.0722, 0.7152, 0.2126};
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double part = (rgb >> 8 * i & 0xFF) / 255.0;
        sum += weights[i] * (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double scene_contrast(uint32_t left, uint32_t right)
{
    double a = luminance(left) + 0.05, b = luminance(right) + 0.05;

    return a > b ? a / b : b / a;
}

enum { RULE_PX = 4 };

// Against every ground that shows under the box: back to the first mark that holds all of it.
static double contrast_of(const struct scene *scene, size_t at, const struct box *box)
{
    const struct mark *mark = &scene->marks[at];
    double least = 21;

    for (size_t i = at; i-- > 0;) {
        const struct mark *under = &scene->marks[i];
        if (!overlap(box, &under->box)) continue;
        if (under->kind == MARK_PICTURE) return 1;                 // may be any colour
        if (!is_cover(under) || under->box.h <= RULE_PX) continue; // the line between two rows is no ground
        least = fmin(least, scene_contrast(mark->rgb, under->rgb));
        if (is_inside(box, &under->box)) return least;
    }
    return fmin(least, scene_contrast(mark->rgb, scene->ground));
}

// Where letters are: a line is a quarter higher than its type.
static struct box ink(const struct typeset *set)
{
    int air_px = set->fit.size_px / 8;

    return (struct box){set->box.x, set->box.y + air_px, set->box.w, set->box.h - 2 * air_px};
}

double scene_fault_of_contrast(const struct scene_view *view, double wanted, struct scene_fault *out)
{
    static struct placing placing;
    double least = 21;

    place(view, &placing);
    for (size_t i = 0; i < view->scene->mark_count; i++) {
        const struct mark *mark = &view->scene->marks[i];
        bool is_text = mark->kind == MARK_TEXT && placing.sets[i].fit.line_count > 0;
        struct box inked = ink(&placing.sets[i]);
        const struct box *box = is_text ? &inked : &mark->box;
        if ((!is_text && mark->kind != MARK_ICON) || mark->opacity < 255) continue; // dimmed: answers no touch now
        double contrast = contrast_of(view->scene, i, box);
        if (contrast < wanted)
            complain(out, box, "contrast %.2f of %s", contrast, is_text ? scene_text(view->scene, mark) : "an icon");
        least = fmin(least, contrast);
    }
    return least;
}
