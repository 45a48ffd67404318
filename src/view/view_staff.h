// view_staff.h -- what the staff's pages are drawn with. Used by the view_staff_*.c files only.
#ifndef EINLASS_VIEW_VIEW_STAFF_H
#define EINLASS_VIEW_VIEW_STAFF_H

#include "view/brush.h"

// Rows of equal height, each at least a finger high, that fill a box; in columns, from left to right.
struct staff_grid {
    struct box box;
    int columns, rows;
    int gap_px;
};
struct staff_grid staff_grid_of(const struct brush *brush, struct box box, int columns, int least_px);
struct staff_grid staff_grid_low(const struct staff_grid *grid, int most_px); // no row is higher
// At most so many rows as hold `count`, and not higher than `most_px`.
struct staff_grid staff_grid_for(const struct brush *brush, struct box box, int columns, int count, int most_px);
struct box staff_grid_cell(const struct staff_grid *grid, int at);

// A page's title, with a fact at its right ("" = none), and its bar at the bottom; answers the room between them.
// The bar: back, the lists' pages (`rows` shown of `left` from `first` on; 0 = no list), what was done, undo, lock.
struct staff_pages {
    uint32_t first, shown, total;
    bool has_more; // beyond total
};
struct box staff_frame(const struct brush *brush, const char *title, const char *fact, const struct staff_pages *pages);
struct box staff_room(const struct brush *brush); // what staff_frame() will answer

// How wide a button is that has so many letters on it; at least so many fingers.
int staff_button_px(const struct brush *brush, int letters, double fingers);
void staff_card(const struct brush *brush, struct box box, uint32_t ground);
// A dark button; `row` and `act` as in staff_key().
void staff_button(const struct brush *brush, struct box box, enum staff_act act, int row, const char *label);
void staff_button_if(const struct brush *brush, struct box box, enum staff_act act, int row, const char *label,
                     bool is_possible);
// A light one, dark while it is the chosen one of several.
void staff_choice(const struct brush *brush, struct box box, enum staff_act act, int row, const char *label,
                  bool is_current);
void staff_back(const struct brush *brush, struct box box);
void staff_words(const struct brush *brush, struct box box, uint32_t rgb, int size_px, const char *words);
// The field that is typed into, with a button that empties it.
void staff_field(const struct brush *brush, struct box box, const char *typed);
// Keyboard at the bottom of the room; answers what is left above it.
struct box staff_keyboard(const struct brush *brush, struct box room);
struct box staff_keyboard_of(const struct brush *brush, struct box room, const struct keys *keys);
const char *staff_name(const struct brush *brush, const char *name, char *room, size_t room_size); // showable

void view_staff_menu(const struct brush *brush);
void view_staff_search(const struct brush *brush);
void view_staff_recent(const struct brush *brush);
void view_staff_missing(const struct brush *brush);
void view_staff_person(const struct brush *brush);
void view_staff_reason(const struct brush *brush);
void view_staff_round(const struct brush *brush);
void view_staff_counts(const struct brush *brush);
void view_staff_stock(const struct brush *brush);
void view_staff_serve(const struct brush *brush);
void view_staff_screen(const struct brush *brush);
void view_staff_check(const struct brush *brush);
// view_staff_codes.c: codes for phones, at an edge of the room; answers what is left of it.
struct box view_staff_draw_codes(const struct brush *brush, struct box room);
void view_staff_sync(const struct brush *brush);
void view_staff_hub(const struct brush *brush);
void view_staff_hub_code(const struct brush *brush);
// view_staff_hub.c: the kiosks that were paired with this hub and how old their news is; the oldest news first.
void view_staff_write_kiosks(const struct brush *brush, int most, char *out, size_t out_size);
void view_staff_pair(const struct brush *brush); // view_pairing.c
void view_staff_update(const struct brush *brush);
void view_staff_shut_down(const struct brush *brush);

#endif
