// screens.h -- every page and state of the screen, by name: what the pictures (screens_main.c) and the tests of
// places, texts and contrast (screens_test.c) go through. A new page or state gets a line in one of the tables.
#ifndef EINLASS_TESTS_VIEW_SCREENS_H
#define EINLASS_TESTS_VIEW_SCREENS_H

#include "screen/stage.h"
#include "view/view.h"

struct screen_case {
    const char *name; // also of its picture: "welcome-in_out"
    // Brings a fresh model (Ready, with a camera; stage_event) there, by notices and touches as people cause them:
    // at stage->mono_ms, which may be moved on.
    void (*show)(struct stage *stage, struct model *model);
};

struct screen_table {
    const struct screen_case *cases;
    size_t count;
};

struct screen_table screens_results(void); // what a scan is answered, by mode and reason
struct screen_table screens_ready(void);
struct screen_table screens_staff(void);  // hand entry, PIN, staff's pages
struct screen_table screens_walk(void);   // "Ohne Ticket?", walk-ins, sponsors
struct screen_table screens_sync(void);   // the office: every trouble, pairing, the stick
struct screen_table screens_hub(void);    // a hub and the kiosks around it
struct screen_table screens_update(void); // a new version, and the kiosk's own Wi-Fi
size_t screens_count(void);               // of all tables together
const struct screen_case *screens_at(size_t at);

struct screen_size {
    int width_px, height_px;
    double inch_px; // of a display of that size as it is sold
};
enum { SCREEN_SIZES = 4 };
extern const struct screen_size screen_sizes[SCREEN_SIZES];

// How a case is looked at.
struct screen_light {
    const struct screen_size *size;
    enum language language;
    bool is_large_text, is_high_contrast, is_practising;
    bool is_long; // everybody and everything has the longest name that is realistic
};

// Shows a case from the beginning and draws it; the words are set to its language.
void screen_draw(const struct screen_case *screen, const struct screen_light *light, struct stage *stage,
                 struct words *words, struct model *model, struct scene *out);
// Whether a text holds something long that somebody or something is called.
bool screen_text_is_data(const char *text);

// For the tables: the desk's notice, told now; a touch; typed text.
void screen_tell(struct stage *stage, struct model *model, const struct notice *notice);
void screen_act(struct stage *stage, struct model *model, enum act act, int key);
void screen_type(struct stage *stage, struct model *model, const char *text);

#endif
