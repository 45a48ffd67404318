#include "view/view.h"

#include "code/hint_hold.h"
#include "view/brush.h"
#include "model/result.h"

#include <stdio.h>

enum { FADE_STEPS = 4 };

static uint32_t mix(uint32_t from, uint32_t to, int part, int whole)
{
    uint32_t mixed = 0;

    for (int shift = 0; shift <= 16; shift += 8) {
        int a = (int)(from >> shift & 0xFF), b = (int)(to >> shift & 0xFF);
        mixed |= (uint32_t)(a + (b - a) * part / whole) << shift;
    }
    return mixed;
}

static uint32_t ground_of(const struct model *model)
{
    switch (model->page) {
    case PAGE_READY:
        break;
    case PAGE_RESULT:
        return view_result_ground(model);
    case PAGE_NOT_SAVED:
    case PAGE_TROUBLE:
        return LOOK_BLACK;
    case PAGE_PRIVACY:
    case PAGE_HAND:
    case PAGE_PIN:
    case PAGE_HELP:
    case PAGE_PAIRING:
        return LOOK_PAPER;
    case PAGE_STAFF:
        return model->staff.page == STAFF_TICKET ? LOOK_WELCOME : LOOK_PAPER;
    case PAGE_WALK_IN:
        return model->walk.step == WALK_TICKET ? LOOK_WELCOME : LOOK_PAPER;
    case PAGE_ATTRACT:
        break;
    }
    return LOOK_NIGHT;
}

// The one motion: a result's colour comes up within 120 ms, from the night of Ready. Text is there at once.
static int fade_step(const struct model *model, int64_t mono_ms)
{
    int64_t passed_ms = mono_ms - model->since_ms;

    if (model->page != PAGE_RESULT || passed_ms < 0 || passed_ms >= MODEL_FADE_MS) return FADE_STEPS;
    return (int)(passed_ms * FADE_STEPS / MODEL_FADE_MS) + 1;
}

bool view_is_settled(const struct model *model, int64_t mono_ms)
{
    return fade_step(model, mono_ms) == FADE_STEPS;
}

static void draw_page(const struct brush *brush)
{
    switch (brush->model->page) {
    case PAGE_READY:
        view_ready(brush);
        break;
    case PAGE_RESULT:
        view_result(brush);
        break;
    case PAGE_NOT_SAVED:
        view_not_saved(brush);
        break;
    case PAGE_PRIVACY:
        view_privacy(brush);
        break;
    case PAGE_HAND:
        view_hand(brush);
        break;
    case PAGE_PIN:
        view_pin(brush);
        break;
    case PAGE_STAFF:
        view_staff(brush);
        break;
    case PAGE_HELP:
        view_help(brush);
        break;
    case PAGE_WALK_IN:
        view_walk(brush);
        break;
    case PAGE_ATTRACT:
        view_attract(brush);
        break;
    case PAGE_PAIRING:
        view_pairing(brush);
        break;
    case PAGE_TROUBLE:
        view_trouble(brush);
        break;
    }
}

// While practising, a page is drawn as for a smaller screen, and moved.
static void draw_practice(const struct brush *brush)
{
    struct layout layout = *brush->layout;
    struct box room = view_practice_room(brush);
    struct brush inner = *brush;

    layout.width_px = room.w;
    layout.height_px = room.h;
    layout.short_px = room.w < room.h ? room.w : room.h;
    inner.layout = &layout;
    draw_page(&inner);
    scene_move(brush->scene, room.x, room.y);
    view_practice_frame(brush);
}

static void raise_contrast(struct scene *scene)
{
    for (size_t i = 0; i < scene->mark_count; i++) scene->marks[i].rgb = look_high_contrast(scene->marks[i].rgb);
}

// Where the display itself can't be dimmed.
static void darken(const struct model *model, const struct layout *layout, struct scene *scene)
{
    int opacity = dim_opacity(model);

    if (opacity > 0)
        scene_add(scene, MARK_FILL, (struct box){0, 0, layout->width_px, layout->height_px}, LOOK_BLACK)->opacity =
            (uint32_t)opacity;
}

void view_draw(const struct model *model, const struct words *words, const struct layout *layout, int64_t mono_ms,
               struct scene *out)
{
    struct brush brush = {model, words, layout, mono_ms, out};
    uint32_t from = LOOK_NIGHT, to = ground_of(model);

    if (model->is_high_contrast) {
        from = look_high_contrast(from);
        to = look_high_contrast(to);
    }
    scene_begin(out, mix(from, to, fade_step(model, mono_ms), FADE_STEPS));
    if (model->stance.is_practising) draw_practice(&brush);
    else draw_page(&brush);
    if (model->is_high_contrast) raise_contrast(out);
    darken(model, layout, out);
}

static const char *result_name(const struct model *model)
{
    switch (result_kind(model)) {
    case ANSWER_WELCOME:
        return "welcome";
    case ANSWER_GOODBYE:
        return "goodbye";
    case ANSWER_ALL_HERE:
        return "all here";
    case ANSWER_ATTENTION:
        return "attention";
    case ANSWER_ALREADY:
        return "already";
    case ANSWER_PRACTICE:
        return "practice";
    case ANSWER_TAKEN_BACK:
        return "taken back";
    case ANSWER_NO:
        break;
    }
    return model->result.kind == NOTICE_TOO_LATE ? "too late" : "no";
}

static const char *staff_page_name(enum staff_page page)
{
    static const char *const names[STAFF_PAGE_COUNT] = {
        [STAFF_MENU] = "staff menu",           [STAFF_SEARCH] = "staff search",   [STAFF_PERSON] = "staff person",
        [STAFF_REASON] = "staff reason",       [STAFF_MISSING] = "staff missing", [STAFF_RECENT] = "staff recent",
        [STAFF_ROUND] = "staff round",         [STAFF_COUNTS] = "staff counts",   [STAFF_STOCK] = "staff stock",
        [STAFF_SERVE] = "staff serve",         [STAFF_SCREEN] = "staff screen",   [STAFF_CHECK] = "staff check",
        [STAFF_SHUT_DOWN] = "staff shut down", [STAFF_TICKET] = "staff ticket",   [STAFF_SYNC] = "staff sync",
        [STAFF_PAIR] = "staff pair",           [STAFF_HUB] = "staff hub",         [STAFF_HUB_CODE] = "staff hub code",
        [STAFF_UPDATE] = "staff update",
    };

    return names[page];
}

static const char *walk_in_name(const struct model *model)
{
    switch (model->walk.step) {
    case WALK_FORM:
        break;
    case WALK_CONSENTS:
        return "walk in consents";
    case WALK_NAMESAKE:
        return "walk in namesake";
    case WALK_TICKET:
        return "walk in ticket";
    }
    return "walk in";
}

static const char *page_name(const struct model *model)
{
    switch (model->page) {
    case PAGE_READY:
        break;
    case PAGE_RESULT:
        return result_name(model);
    case PAGE_NOT_SAVED:
        return "not saved";
    case PAGE_PRIVACY:
        return "privacy";
    case PAGE_HAND:
        return "hand entry";
    case PAGE_PIN:
        return "pin";
    case PAGE_HELP:
        return "help";
    case PAGE_WALK_IN:
        return walk_in_name(model);
    case PAGE_STAFF:
        return staff_page_name(model->staff.page);
    case PAGE_ATTRACT:
        return "attract";
    case PAGE_PAIRING:
        return "pairing";
    case PAGE_TROUBLE:
        return "trouble";
    }
    return model_has_no_camera(model) ? "no camera" : "ready";
}

static bool is_refusal(const struct model *model)
{
    return model->page == PAGE_RESULT && model->result.kind == NOTICE_VERDICT && result_kind(model) == ANSWER_NO;
}

void view_name(const struct model *model, char out[VIEW_NAME_SIZE])
{
    enum hint hint = model_advice(model);

    if (is_refusal(model)) snprintf(out, VIEW_NAME_SIZE, "no-%s", reason_word(model->result.verdict.reason));
    else if (hint != HINT_NONE) snprintf(out, VIEW_NAME_SIZE, "%s-%s", page_name(model), hint_word(hint));
    else snprintf(out, VIEW_NAME_SIZE, "%s", page_name(model));
    for (char *at = out; *at; at++)
        if (*at == ' ') *at = '-';
}

// A rule about times couldn't be applied.
static const char *clock_word(const struct model *model)
{
    return model->result.kind == NOTICE_VERDICT && model->result.verdict.is_clock_doubtful ? " clock=doubtful" : "";
}

void view_log_line(const struct model *model, char *out, size_t out_size)
{
    unsigned long long seq = model->result.seq;

    if (is_refusal(model))
        snprintf(out, out_size, "no shown reason=%s seq=%llu", reason_word(model->result.verdict.reason), seq);
    else if (model->page == PAGE_RESULT)
        snprintf(out, out_size, "%s shown seq=%llu%s", page_name(model), seq, clock_word(model));
    else snprintf(out, out_size, "%s shown", page_name(model));
}
