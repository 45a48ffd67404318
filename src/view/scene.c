#include "view/scene.h"

#include "base/text.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

void scene_begin(struct scene *scene, uint32_t ground)
{
    scene->ground = ground;
    scene->mark_count = scene->target_count = scene->text_bytes = 0;
}

struct mark *scene_add(struct scene *scene, enum mark_kind kind, struct box box, uint32_t rgb)
{
    assert(scene->mark_count < SCENE_MAX_MARKS);
    struct mark *mark = &scene->marks[scene->mark_count++];

    memset(mark, 0, sizeof *mark); // padding too: scenes are compared as bytes
    mark->kind = kind;
    mark->box = box;
    mark->rgb = rgb;
    mark->opacity = 255;
    return mark;
}

static size_t keep_text(struct scene *scene, const char *text)
{
    size_t at = scene->text_bytes;

    assert(at < SCENE_TEXT_BYTES);
    text_copy(scene->texts + at, SCENE_TEXT_BYTES - at, text);
    scene->text_bytes += strlen(scene->texts + at);
    if (scene->text_bytes < SCENE_TEXT_BYTES - 1) scene->text_bytes++; // else later texts share the last NUL: empty
    return at;
}

struct mark *scene_add_text(struct scene *scene, struct box box, uint32_t rgb, const struct text_style *style,
                            const char *text)
{
    struct mark *mark = scene_add(scene, MARK_TEXT, box, rgb);

    mark->style.size_px = style->size_px; // member by member keeps the padding zero
    mark->style.least_px = style->least_px;
    mark->style.is_bold = style->is_bold;
    mark->style.is_tabular = style->is_tabular;
    mark->style.across = style->across;
    mark->style.down = style->down;
    mark->style.most_lines = style->most_lines;
    mark->style.is_one_line = style->is_one_line;
    mark->style.is_flowing = style->is_flowing;
    mark->style.space_px = style->space_px;
    mark->style.is_centred = style->is_centred;
    mark->style.is_paged = style->is_paged;
    mark->style.page = style->page;
    mark->text = keep_text(scene, text);
    return mark;
}

void scene_add_qr(struct scene *scene, struct box square, const char *text)
{
    struct mark *mark = scene_add(scene, MARK_QR, square, 0);

    mark->text = keep_text(scene, text);
}

void scene_add_target(struct scene *scene, struct box box, struct action action)
{
    assert(scene->target_count < SCENE_MAX_TARGETS);
    scene->targets[scene->target_count++] = (struct target){box, action};
}

static void move(struct box *box, int right_px, int down_px)
{
    box->x += right_px;
    box->y += down_px;
}

void scene_move(struct scene *scene, int right_px, int down_px)
{
    for (size_t i = 0; i < scene->mark_count; i++) move(&scene->marks[i].box, right_px, down_px);
    for (size_t i = 0; i < scene->target_count; i++) move(&scene->targets[i].box, right_px, down_px);
}

const char *scene_text(const struct scene *scene, const struct mark *mark)
{
    return scene->texts + mark->text;
}

bool scene_equals(const struct scene *left, const struct scene *right)
{
    return left->ground == right->ground && left->mark_count == right->mark_count &&
           left->target_count == right->target_count && left->text_bytes == right->text_bytes &&
           !memcmp(left->marks, right->marks, left->mark_count * sizeof *left->marks) &&
           !memcmp(left->targets, right->targets, left->target_count * sizeof *left->targets) &&
           !memcmp(left->texts, right->texts, left->text_bytes);
}

const struct mark *scene_find(const struct scene *scene, enum mark_kind kind, bool is_paged)
{
    for (size_t i = 0; i < scene->mark_count; i++)
        if (scene->marks[i].kind == kind && scene->marks[i].style.is_paged == is_paged) return &scene->marks[i];
    return NULL;
}

struct action scene_action_at(const struct scene *scene, int x, int y)
{
    for (size_t i = 0; i < scene->target_count; i++) {
        const struct box *box = &scene->targets[i].box;
        if (x >= box->x && x < box->x + box->w && y >= box->y && y < box->y + box->h) return scene->targets[i].action;
    }
    return (struct action){0};
}

static size_t find_target(const struct scene *scene, struct action chosen)
{
    size_t at = 0;

    while (at < scene->target_count && !action_equals(scene->targets[at].action, chosen)) at++;
    return at;
}

struct action scene_action_after(const struct scene *scene, struct action chosen, int step)
{
    size_t count = scene->target_count, at = find_target(scene, chosen);

    if (count == 0) return (struct action){0};
    if (at == count) return scene->targets[step > 0 ? 0 : count - 1].action;
    return scene->targets[(at + (step > 0 ? 1 : count - 1)) % count].action;
}

// How far `to` lies from `from` in a direction; INT_MAX when it doesn't. Sideways counts three times, so that
// a row is left only when it has no next key.
static int distance(const struct box *from, const struct box *to, int right, int down)
{
    int across = (to->x + to->w / 2) - (from->x + from->w / 2);
    int along = (to->y + to->h / 2) - (from->y + from->h / 2);
    int forward = right ? across * right : along * down;
    int sideways = abs(right ? along : across);

    return forward <= 0 || sideways > 2 * forward ? INT_MAX : forward + 3 * sideways;
}

struct action scene_action_toward(const struct scene *scene, struct action chosen, int right, int down)
{
    size_t at = find_target(scene, chosen), best = at;
    int best_distance = INT_MAX;

    if (at == scene->target_count) return scene_action_after(scene, chosen, 1);
    for (size_t i = 0; i < scene->target_count; i++) {
        int here = distance(&scene->targets[at].box, &scene->targets[i].box, right, down);
        if (here >= best_distance) continue;
        best_distance = here;
        best = i;
    }
    return scene->targets[best].action;
}
