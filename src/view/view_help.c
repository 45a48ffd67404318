// "Ohne Ticket?": what somebody can do who has nothing to show. And the sponsor's picture between guests.
#include "view/brush.h"
#include "view/fit.h"

#include "model/day.h"
#include "model/walk.h"

#include <stdio.h>

struct choice {
    enum act act;
    const char *label, *more;
    bool is_off; // said, and not to be chosen
};

// Words alone: a frame around them would be touched.
static void draw_off(const struct brush *brush, struct box box, const char *label)
{
    struct text_style style = {
        .size_px = brush->layout->line_px * 5 / 4, .is_bold = true, .across = ALIGN_CENTRE, .down = ALIGN_END};

    brush_text(brush, box, LOOK_INK, &style, label);
}

static void draw_choice(const struct brush *brush, struct box box, const struct choice *choice)
{
    const struct layout *l = brush->layout;
    struct text_style more = {.size_px = l->small_px, .across = ALIGN_CENTRE};
    int more_px = 2 * fit_line_px(l->small_px) + l->unit_px, size_px = l->line_px * 5 / 4;
    bool has_room = box.h - more_px >= 2 * fit_line_px(size_px); // the label says enough
    struct box button = {box.x, box.y, box.w, has_room ? box.h - more_px : box.h};

    if (choice->is_off) draw_off(brush, button, choice->label);
    else
        brush_button(brush, button,
                     &(struct button){.action = {choice->act, 0},
                                      .label = choice->label,
                                      .size_px = size_px,
                                      .ground = LOOK_BUTTON,
                                      .text = LOOK_WHITE});
    if (!has_room) return;
    brush_text(brush, (struct box){box.x, button.y + button.h + l->unit_px, box.w, more_px - l->unit_px},
               LOOK_INK_QUIET, &more, choice->more);
}

static void write_opening(const struct brush *brush, bool is_early, char *out, size_t out_size)
{
    const struct list *list = brush->model->config.list;
    const char *words = is_early ? brush_say(brush, "Einlass ab %s") : brush_say(brush, "Einlass war bis %s");
    int64_t now_ms = brush->mono_ms + brush->model->unix_less_mono_ms;
    char moment[DAY_TEXT_SIZE];

    day_write_moment(is_early ? list->opens_ms : list->closes_ms, now_ms, brush->model->language, moment);
    snprintf(out, out_size, words, moment);
}

// That there is no use in it is said before the form is filled in.
static struct choice walk_in_choice(const struct brush *brush, char *room, size_t room_size)
{
    enum walk_offer offer = walk_offer(brush->model, brush->mono_ms);

    snprintf(room, room_size, "%s", brush_say(brush, "Neu anmelden geht gerade nicht."));
    switch (offer) {
    case WALK_OFFER_OPEN:
        break;
    case WALK_OFFER_FULL:
        return (struct choice){ACT_NONE, brush_say(brush, "Alles besetzt"), room, true};
    case WALK_OFFER_USED_UP:
        return (struct choice){ACT_NONE, brush_say(brush, "Alles ausgegeben"), room, true};
    case WALK_OFFER_TOO_EARLY:
        write_opening(brush, true, room, room_size);
        return (struct choice){ACT_NONE, brush_say(brush, "Noch zu früh"), room, true};
    case WALK_OFFER_TOO_LATE:
        write_opening(brush, false, room, room_size);
        return (struct choice){ACT_NONE, brush_say(brush, "Schon zu Ende"), room, true};
    }
    return (struct choice){ACT_WALK_IN, brush_say(brush, "Neu anmelden"),
                           brush_say(brush, "Noch nicht angemeldet? Das geht gleich hier."), false};
}

void view_help(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int edge = brush_edge_px(brush), width = l->width_px - 2 * edge, bar_y = l->height_px - brush_bar_px(brush);
    int title_px = 2 * fit_line_px(l->line_px), team_px = 2 * fit_line_px(l->line_px);
    struct box title = {edge, l->margin_px, width, title_px};
    struct box team = {edge, bar_y - l->unit_px - team_px, width, team_px};
    struct box room = {edge, title.y + title_px, width, team.y - title.y - title_px - l->unit_px};
    struct text_style heading = {.size_px = l->line_px * 5 / 4, .is_bold = true};
    struct text_style words = {.size_px = l->line_px, .down = ALIGN_CENTRE};
    struct choice number = {ACT_HAND, brush_say(brush, "Nummer eingeben"),
                            brush_say(brush, "Sie steht unter dem Code auf dem Ticket."), false};
    char room_for_words[160];
    struct choice walk_in = walk_in_choice(brush, room_for_words, sizeof room_for_words);
    struct box first = room, second = room;

    if (l->is_portrait) first.h = second.h = (room.h - l->margin_px) / 2;
    else first.w = second.w = (room.w - l->margin_px) / 2;
    second.x = room.x + room.w - second.w;
    second.y = room.y + room.h - second.h;
    brush_text(brush, title, LOOK_INK, &heading, brush_say(brush, "Ohne Ticket?"));
    draw_choice(brush, first, &number);
    draw_choice(brush, second, &walk_in);
    brush_text(brush, team, LOOK_INK, &words, brush_say(brush, "Oder fragen Sie das Team, gleich hier am Eingang."));
    brush_button(
        brush, brush_bar_part(brush, 0, 4),
        &(struct button){.action = {ACT_BACK, 0}, .icon = ICON_BACK, .ground = LOOK_BUTTON, .text = LOOK_WHITE});
    brush_language(brush, brush_bar_part(brush, 3, 4));
}

void view_attract(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int strip_px = brush_bar_px(brush);
    struct box screen = {0, 0, l->width_px, l->height_px}, picture = screen, strip = screen;
    struct box call = brush_bar_parts(brush, 0, l->is_portrait ? 3 : 7, l->is_portrait ? 6 : 10);
    struct text_style style = {.size_px = l->line_px, .is_bold = true, .down = ALIGN_CENTRE};

    if (fit_line_px(style.size_px) > call.h) style.size_px = call.h * 4 / 5;
    picture.h -= strip_px;
    strip.y = picture.h;
    strip.h = strip_px;
    scene_add(brush->scene, MARK_SPONSOR, picture, LOOK_WHITE);
    scene_add(brush->scene, MARK_FILL, strip, LOOK_NIGHT);
    brush_text(brush, call, LOOK_WHITE, &style, brush_say(brush, "Ticket vor die Kamera halten"));
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        bool is_current = (int)brush->model->language == language;
        int at = (l->is_portrait ? 4 : 8) + language;
        brush_button(brush, brush_bar_part(brush, at, l->is_portrait ? 6 : 10),
                     &(struct button){.action = {language == LANGUAGE_DE ? ACT_GERMAN : ACT_ENGLISH, 0},
                                      .label = language == LANGUAGE_DE ? "DE" : "EN",
                                      .ground = is_current ? LOOK_ACCENT : LOOK_NIGHT_PANEL,
                                      .text = is_current ? LOOK_NIGHT : LOOK_WHITE});
    }
    scene_add_target(brush->scene, picture, (struct action){ACT_BACK, 0});
}
