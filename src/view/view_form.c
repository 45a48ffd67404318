// Hand entry, a page after the other: a ticket number on a keyboard; a pad for the staff's PIN.
#include "view/brush.h"
#include "view/fit.h"
#include "model/form.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

void view_form_field(const struct brush *brush, struct box box, const char *typed)
{
    const struct layout *l = brush->layout;
    struct text_style style = {.size_px = l->line_px, .is_tabular = true, .down = ALIGN_CENTRE};
    size_t most = (size_t)((box.w - 4 * l->unit_px) * 3 / (2 * l->line_px)), length = strlen(typed);
    char shown[COMMAND_TEXT_SIZE + 8];

    if (length > most) typed += length - most;
    while (((unsigned char)*typed & 0xC0) == 0x80) typed++;
    snprintf(shown, sizeof shown, "%s|", typed);
    brush_round(brush, box, LOOK_PAPER_EDGE);
    brush_round(brush, box_inside(box, 2), LOOK_PAPER_KEY);
    brush_text(brush, (struct box){box.x + l->unit_px, box.y, box.w - 2 * l->unit_px, box.h}, LOOK_INK, &style, shown);
}

static const char *hint_words(const struct brush *brush, char *room, size_t room_size)
{
    const struct model *model = brush->model;

    switch (model->hint) {
    case FORM_HINT_NONE:
        break;
    case FORM_HINT_WAIT:
        return brush_say(brush, "Einen Moment …");
    case FORM_HINT_NOBODY:
        return brush_say(brush, "Niemand gefunden. Bitte die Nummer prüfen oder zum Team.");
    case FORM_HINT_NO_ANSWER:
        return brush_say(brush, "Das hat nicht geklappt. Bitte noch einmal versuchen.");
    case FORM_HINT_PIN_WRONG:
        return brush_say(brush, "Diese PIN stimmt nicht.");
    case FORM_HINT_PIN_LATER: {
        long long left_s = (model->pin_wait_until_ms - brush->mono_ms + 999) / 1000;
        snprintf(room, room_size, brush_say(brush, "Zu viele Versuche. Weiter in %lld s."), left_s > 0 ? left_s : 0);
        return room;
    }
    }
    return model->page == PAGE_HAND ? brush_say(brush, "Sie steht unter dem Code auf dem Ticket.") : "";
}

void view_form_hint(const struct brush *brush, struct box box)
{
    struct text_style style = {.size_px = brush->layout->small_px, .down = ALIGN_CENTRE};
    enum form_hint hint = brush->model->hint;
    char room[160];
    const char *words = hint_words(brush, room, sizeof room);

    brush_text(brush, box, hint == FORM_HINT_NONE || hint == FORM_HINT_WAIT ? LOOK_INK_QUIET : LOOK_ALARM, &style,
               words);
}

static void draw_key(const struct brush *brush, struct box box, char key)
{
    const struct layout *l = brush->layout;
    char label[2] = {key, '\0'};
    struct button button = {.action = {key ? ACT_KEY : ACT_ERASE, key},
                            .label = key ? label : NULL,
                            .icon = ICON_ERASE,
                            .ground = LOOK_PAPER_KEY,
                            .text = LOOK_INK};

    brush_round(brush, box, LOOK_PAPER_EDGE);
    brush_button(brush, box_inside(box, l->unit_px / 8 + 1), &button);
    brush->scene->targets[brush->scene->target_count - 1].box = box; // the finger has the edge too
}

// Rows of keys, each row centred. '\b' is the erasing key.
static void draw_keys(const struct brush *brush, struct box box, const char *const rows[], int row_count, int columns)
{
    int gap = brush->layout->gap_px;
    int key_w = (box.w - (columns - 1) * gap) / columns, key_h = (box.h - (row_count - 1) * gap) / row_count;

    for (int row = 0; row < row_count; row++) {
        int count = (int)strlen(rows[row]);
        int x = box.x + (box.w - count * key_w - (count - 1) * gap) / 2, y = box.y + row * (key_h + gap);
        for (int i = 0; i < count; i++) {
            char key = rows[row][i];
            draw_key(brush, (struct box){x + i * (key_w + gap), y, key_w, key_h}, key == '\b' ? '\0' : key);
        }
    }
}

static void draw_back(const struct brush *brush, struct box box)
{
    brush_button(
        brush, box,
        &(struct button){.action = {ACT_BACK, 0}, .icon = ICON_BACK, .ground = LOOK_BUTTON, .text = LOOK_WHITE});
}

void view_form_bar(const struct brush *brush, int height_px, struct button go)
{
    struct box back = brush_bar_part(brush, 0, 6), language = brush_bar_part(brush, 1, 6);
    struct box middle = brush_bar_parts(brush, 2, 5, 6);

    back.y = language.y = middle.y = back.y + back.h - height_px;
    back.h = language.h = middle.h = height_px;
    if (go.ground == 0) go.ground = LOOK_BUTTON;
    go.text = LOOK_WHITE;
    draw_back(brush, back);
    brush_language(brush, language);
    brush_button(brush, middle, &go);
}

void view_hand(const struct brush *brush)
{
    // With the four signs that a printed number may end in.
    static const char *const wide[] = {"1234567890\b", "QWERTZUIOP*", "ASDFGHJKL~$", "YXCVBNM-="};
    static const char *const narrow[] = {"123456", "7890-\b", "ABCDEF", "GHIJKL", "MNOPQR", "STUVWX", "YZ*~$="};
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    int left = brush_edge_px(brush), width = l->width_px - 2 * left;
    int columns = l->is_portrait ? 6 : 11, rows = l->is_portrait ? 7 : 4;
    int bar_y = l->height_px - brush_bar_px(brush), keys_px = rows * (l->touch_px + l->gap_px) - l->gap_px;
    struct box keys = {left, bar_y - keys_px, width, keys_px};
    int room_px = keys.y - l->unit_px; // for title, field and hint
    int field_px = l->line_px * 3 / 2, rest_px = room_px - field_px - l->unit_px;
    bool is_tight = rest_px / 2 < fit_line_px(l->line_px); // then title and hint share one line
    struct box title = {left, l->unit_px / 2, width, is_tight ? rest_px : rest_px / 2};
    struct box field = {left, title.y + title.h, width, field_px};
    struct box hint = {left, field.y + field.h, width, keys.y - field.y - field.h};
    struct text_style style = {.size_px = l->line_px, .is_bold = true, .down = ALIGN_CENTRE};

    if (!is_tight || model->hint == FORM_HINT_NONE)
        brush_text(brush, title, LOOK_INK, &style,
                   is_tight ? brush_say(brush, "Nummer unter dem Code eingeben")
                            : brush_say(brush, "Ticketnummer eingeben"));
    if (!is_tight || model->hint != FORM_HINT_NONE) view_form_hint(brush, is_tight ? title : hint);
    view_form_field(brush, field, model->typed);
    draw_keys(brush, keys, l->is_portrait ? narrow : wide, rows, columns);
    view_form_bar(brush, l->touch_px,
                  (struct button){.action = {ACT_FIND, 0},
                                  .label = brush_say(brush, "Suchen"),
                                  .is_dimmed = model->typed[0] == '\0' || model->asked_ms != 0});
}

// ---- the staff's PIN ----

// What anybody may read: no more than a welcome shows.
static void draw_found(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    const struct notice *found = &brush->model->found;
    struct text_style name = {.size_px = l->line_px * 3 / 2, .is_bold = true, .most_lines = 2, .is_one_line = true};
    struct text_style line = {.size_px = l->line_px, .is_flowing = true, .most_lines = 3, .space_px = l->unit_px};
    const struct event_label *group = event_group(brush->model->config.event, found->group);
    char words[GUEST_NAME_SIZE];

    text_make_showable(words, sizeof words, found->first_name, strlen(found->first_name));
    brush_text(brush, box, LOOK_INK, &name, words[0] ? words : brush_say(brush, "Ticket gefunden"));
    if (group && found->group != 0) brush_text(brush, box, LOOK_INK, &line, group->name[brush->model->language]);
}

static void draw_pin(const struct brush *brush, struct box box)
{
    char dots[4 * MODEL_PIN_SIZE] = "";

    for (size_t i = strlen(brush->model->pin), at = 0; i > 0; i--, at += 3) memcpy(dots + at, "•", 4);
    view_form_field(brush, box, dots);
}

static const char *purpose(const struct brush *brush)
{
    return brush->model->staff.wanted == COMMAND_UNDO ? brush_say(brush, "Einlass zurücknehmen")
                                                      : brush_say(brush, "Nur fürs Team");
}

// Whom the PIN is for, or what for; and that a ticket does as well.
static void draw_cause(const struct brush *brush, struct box box)
{
    const struct layout *l = brush->layout;
    struct text_style title = {.size_px = l->line_px * 3 / 2, .is_bold = true, .most_lines = 2};
    struct text_style line = {.size_px = l->line_px, .is_flowing = true, .space_px = l->unit_px};

    if (brush->model->found.is_found) draw_found(brush, box);
    else brush_text(brush, box, LOOK_INK, &title, purpose(brush));
    if (brush->model->config.event->pin_count == 0) {
        brush_text(brush, box, LOOK_ALARM, &line,
                   form_takes_staff_tickets(brush->model)
                       ? brush_say(brush, "Bitte das Team-Ticket vor die Kamera halten.")
                       : brush_say(brush, "Hier ist keine PIN hinterlegt. Bitte zum Team."));
        return;
    }
    if (form_takes_staff_tickets(brush->model))
        brush_text(brush, box, LOOK_INK_QUIET, &line,
                   brush_say(brush, "PIN eingeben oder Team-Ticket vor die Kamera halten"));
}

static void draw_no_pin(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    int edge = brush_edge_px(brush);

    draw_cause(brush, (struct box){edge, l->margin_px, l->width_px - 2 * edge,
                                   l->height_px - brush_bar_px(brush) - l->margin_px});
    draw_back(brush, brush_bar_part(brush, 0, 6));
    brush_language(brush, brush_bar_part(brush, 1, 6));
}

void view_pin(const struct brush *brush)
{
    static const char *const pad[] = {"123", "456", "789", "0\b"};
    const struct layout *l = brush->layout;
    const struct model *model = brush->model;
    int bar_y = l->height_px - brush_bar_px(brush), pad_px = 4 * (l->touch_px + l->gap_px) - l->gap_px;
    int field_px = fit_line_px(l->line_px) + l->unit_px / 2, title_px = fit_line_px(l->line_px) + l->unit_px / 2;
    int edge = brush_edge_px(brush), room_w = l->width_px - 2 * edge;
    int room_px = bar_y - l->unit_px - title_px - field_px - l->unit_px;
    int pad_w = l->is_portrait ? room_w : (room_w - l->margin_px) / 2;
    if (!l->is_portrait) pad_px = room_px; // large keys; on the smallest displays less than a finger, but all of them
    struct box keys = {l->width_px - edge - pad_w, bar_y - pad_px, pad_w, pad_px};
    struct box field = {keys.x, keys.y - l->unit_px - field_px, keys.w, field_px};
    struct box title = {keys.x, field.y - title_px, keys.w, title_px};
    struct box found = {edge, l->margin_px, room_w, title.y - l->margin_px};
    struct text_style style = {.size_px = l->line_px, .is_bold = true, .down = ALIGN_CENTRE};

    if (model->config.event->pin_count == 0) {
        draw_no_pin(brush);
        return;
    }
    if (!l->is_portrait) {
        found.w = keys.x - l->margin_px - edge;
        found.h = bar_y - l->unit_px - found.y;
    }
    draw_cause(brush, found);
    if (model->hint == FORM_HINT_NONE) brush_text(brush, title, LOOK_INK, &style, brush_say(brush, "PIN des Teams"));
    else view_form_hint(brush, title);
    draw_pin(brush, field);
    draw_keys(brush, keys, pad, 4, 3);
    view_form_bar(brush, l->touch_px,
                  (struct button){.action = {ACT_UNLOCK, 0},
                                  .label = brush_say(brush, "Weiter"),
                                  .is_dimmed = model->pin[0] == '\0' || model->asked_ms != 0});
}
