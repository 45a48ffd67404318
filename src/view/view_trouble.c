// The screen of a kiosk that can't begin: why, and what people do meanwhile.
#include "view/column.h"

#include "model/trouble.h"

void view_trouble(const struct brush *brush)
{
    const struct layout *l = brush->layout;
    const struct trouble_words *words = trouble_words_of(brush->model->config.trouble);
    struct text_style word = {.size_px = l->name_px, .is_bold = true, .most_lines = 3},
                      line = {.size_px = l->line_px, .space_px = l->unit_px, .most_lines = 4};
    struct box icon;
    struct column column = {column_icon(brush, ICON_WARNING, LOOK_NOT_SAVED_TEXT, &icon), LOOK_NOT_SAVED_TEXT,
                            !l->is_portrait};
    const struct column_text texts[] = {
        {brush_say(brush, "Nicht bereit"), word},
        {brush_say(brush, words->line), line},
        {brush_say(brush, "Bitte auf Papier notieren:\nName und Uhrzeit."), line},
        {brush_say(brush, words->remedy), line},
    };

    column_draw(brush, &column, texts, sizeof texts / sizeof *texts);
    column_language(brush, icon, LOOK_NOT_SAVED_TEXT, LOOK_BLACK);
}
