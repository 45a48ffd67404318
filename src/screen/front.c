#define LOG_MODULE "screen"

#include "screen/front.h"

#include "base/log.h"
#include "base/mem.h"
#include "model/sync_words.h"
#include "screen/devices.h"
#include "screen/hand.h"
#include "screen/hanging.h"
#include "screen/screen.h"
#include "screen/shots.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEP_MS = 20,      // SDL has no bell: touches are looked for this often
    MOST_INPUTS = 256, // a step takes; whatever floods us doesn't keep the next result waiting
};

struct front {
    struct front_config config;
    struct model model;
    struct layout layout;
    struct words *words;
    struct letters *letters;
    struct screen *screen;
    struct devices devices;
    struct scene *drawn, *next;
    struct shots shots;
    struct notice waiting; // taken, but not yet for the model
    bool has_waiting;
    enum language language; // the words are set to
    uint64_t drawn_count, logged_turn, measured_turn;
    enum language measured_language;
    struct hanging hanging;
    bool is_large; // the layout is one of large text
    bool is_stale; // what the window shows is gone or was measured otherwise
    struct hand hand;
    bool is_reset, is_over; // reset: the window's size or textures changed
};

static void measure_layout(struct front *front)
{
    int width, height;
    double inch_px = front->config.inch_px > 0 ? front->config.inch_px : screen_inch_px(front->screen);

    screen_size(front->screen, &width, &height);
    front->layout = layout_of(width, height, inch_px);
    front->is_large = front->model.is_large_text;
    if (front->is_large) front->layout = layout_large(&front->layout);
    front->is_stale = true;
    hanging_lose(&front->hanging);
    front->measured_turn = 0;
}

enum status front_open(const struct front_config *config, struct front **out)
{
    struct front *front = mem_zero(sizeof *front);
    struct model_config model = {config->event,     config->list,        config->language,
                                 config->result_ms, config->is_mirrored, config->attract_after_ms,
                                 config->dim,       config->trouble};
    struct screen_config screen = {config->event ? config->event->name[config->language] : "Einlass", config->width_px,
                                   config->height_px, config->is_fullscreen};
    enum status status;

    front->config = *config;
    front->shots.folder = config->screenshots;
    front->drawn = mem_zero(sizeof *front->drawn);
    front->next = mem_zero(sizeof *front->next);
    words_gettext_open(config->locale_folder, &front->words);
    if ((status = letters_open(config->fonts, &front->letters)) != STATUS_OK) goto fail;
    if ((status = screen_open(&screen, front->letters, &front->screen)) != STATUS_OK) goto fail;
    model_init(&front->model, &model, config->clock->ops->mono_ms(config->clock));
    front->model.is_large_text = config->is_large_text;
    front->model.is_high_contrast = config->is_high_contrast;
    front->devices =
        (struct devices){.backlight = config->backlight, .inspection = config->inspection, .clock = config->clock};
    devices_open(&front->devices, config->volume, config->brightness, &front->model);
    measure_layout(front);
    *out = front;
    return STATUS_OK;
fail:
    front_close(front);
    return status;
}

void front_close(struct front *front)
{
    if (!front) return;
    devices_close(&front->devices);
    screen_close(front->screen);
    letters_close(front->letters);
    words_close(front->words);
    free(front->drawn);
    free(front->next);
    free(front);
}

bool front_is_over(const struct front *front)
{
    return front->is_over;
}

bool front_wants_shut_down(const struct front *front)
{
    return front->model.wants_shut_down;
}

enum update_wish front_take_wish(struct front *front, char version_out[UPDATE_VERSION_SIZE])
{
    return staff_take_update(&front->model, version_out);
}

void front_size(const struct front *front, int *width_out, int *height_out)
{
    screen_size(front->screen, width_out, height_out);
}

enum page front_page(const struct front *front)
{
    return front->model.page;
}

void front_tell(const struct front *front, char *out, size_t out_size)
{
    const struct model *model = &front->model;
    const struct sync_words *stick = sync_words_of_stick(model->sync.stick), *words = sync_words_of_state(&model->sync);
    const char *title = words->title, *line = words->line;

    if (pairing_page_is_shown(model)) title = pairing_page_title(model), line = pairing_page_line(model);
    snprintf(out, out_size, "unsent=%ju stick=\"%s%s%s\" office=\"%s: %s\"", (uintmax_t)model->sync.waiting,
             stick->title, stick->title[0] ? ": " : "", stick->line, title, line);
}

uint64_t front_drawn_count(const struct front *front)
{
    return front->drawn_count;
}

// A kiosk isn't closed by whoever stands in front of it.
static void take_input(struct front *front, const struct input *input, int64_t mono_ms)
{
    const struct reach reach = {&front->model, front->drawn, &front->layout};

    switch (hand_do(&front->hand, &reach, input, mono_ms)) {
    case HAND_NOTHING:
        break;
    case HAND_CLOSE:
        if (!front->config.is_fullscreen) front->is_over = true;
        break;
    case HAND_REDRAW:
        front->is_stale = true;
        break;
    case HAND_RESET:
        front->is_reset = true;
        break;
    }
}

// False: there may be more. However often the window was said to have another size, it is measured once.
static bool take_inputs(struct front *front, int64_t mono_ms)
{
    struct input input;
    int count = 0;

    while (count < MOST_INPUTS && screen_next_input(front->screen, &input)) {
        take_input(front, &input, mono_ms);
        count++;
    }
    screen_hold(front->screen, mono_ms);
    if (front->is_reset) {
        screen_reset(front->screen);
        measure_layout(front);
        front->is_reset = false;
    }
    return count < MOST_INPUTS;
}

// One notice a step, so that each result is shown before the next replaces it; and some wait longer.
static bool take_notice(struct front *front, int64_t mono_ms)
{
    struct clock *clock = front->config.clock;

    if (!front->has_waiting && !queue_take(front->config.notices, &front->waiting)) return false;
    front->has_waiting = model_must_wait(&front->model, &front->waiting, queue_count(front->config.notices), mono_ms);
    if (front->has_waiting) return false;
    model_notice(&front->model, &front->waiting, clock->ops->unix_ms(clock), mono_ms);
    memset(&front->waiting, 0, sizeof front->waiting); // it may hold a name
    return true;
}

static bool take_news(struct front *front, int64_t mono_ms)
{
    const struct camera_state *camera = mailbox_take(front->config.cameras);
    const struct sighting *sighting = mailbox_take(front->config.sightings);
    const enum hint *hint = mailbox_take(front->config.hints);
    const struct rows *rows = front->config.rows ? mailbox_take(front->config.rows) : NULL;
    const struct readiness *readiness = front->config.readiness ? mailbox_take(front->config.readiness) : NULL;
    const struct sync_state *state = front->config.states ? mailbox_take(front->config.states) : NULL;
    const struct hub_state *hub = front->config.hubs ? mailbox_take(front->config.hubs) : NULL;

    if (camera) model_camera(&front->model, camera, mono_ms);
    if (camera && !camera->is_present) hanging_drop_picture(&front->hanging, front->screen);
    if (sighting) model_sighting(&front->model, sighting);
    if (hint) model_hint(&front->model, *hint);
    if (rows) staff_rows(&front->model, rows, mono_ms);
    if (readiness) front->model.readiness = readiness;
    if (state) model_sync(&front->model, state, mono_ms);
    if (hub) staff_hub(&front->model, hub, mono_ms);
    hanging_take_sponsor(&front->hanging, front->config.sponsors, &front->model);
    return take_notice(front, mono_ms);
}

static void send_command(struct front *front)
{
    struct command command;

    // A full queue: the command stays and is offered again at the next step.
    if (model_peek_command(&front->model, &command) && queue_put(front->config.commands, &command) == STATUS_OK)
        model_drop_command(&front->model);
}

// How many pages a notice has is known only when it is set in type.
static void count_pages(struct front *front, int64_t mono_ms)
{
    const struct mark *mark = scene_find(front->next, MARK_TEXT, true);

    if (!mark || (front->measured_turn == front->model.turn && front->measured_language == front->language)) return;
    front->measured_turn = front->model.turn;
    front->measured_language = front->language;
    model_leaves(&front->model, letters_page_count(front->letters, mark, scene_text(front->next, mark)));
    view_draw(&front->model, front->words, &front->layout, mono_ms, front->next);
}

static void log_turn(struct front *front)
{
    char line[128];

    if (front->logged_turn == front->model.turn) return;
    front->logged_turn = front->model.turn;
    view_log_line(&front->model, line, sizeof line);
    log_info("%s", line);
}

static void paint(struct front *front, int64_t mono_ms)
{
    char path[SHOTS_PATH_SIZE];
    struct scene *before = front->drawn;
    bool lacks_picture = !front->hanging.has_picture && scene_find(front->next, MARK_PICTURE, false);
    bool is_shot = shots_want(&front->shots, &front->model, lacks_picture, mono_ms, path);

    screen_paint(front->screen, front->next, is_shot ? path : NULL);
    log_turn(front);
    front->drawn = front->next;
    front->next = before;
    front->drawn_count++;
    front->is_stale = false;
}

static void paint_what_changed(struct front *front, bool is_new_picture, int64_t mono_ms)
{
    // A turn is painted even if it looks like the one before: the log says what was shown, each time.
    bool is_same =
        !front->is_stale && front->logged_turn == front->model.turn && scene_equals(front->next, front->drawn);

    if (!is_same || (is_new_picture && front->shots.folder)) {
        paint(front, mono_ms);
        return;
    }
    if (!is_new_picture) return;
    screen_paint_picture(front->screen, front->next);
    front->drawn_count++;
}

int64_t front_step(struct front *front, int64_t mono_ms)
{
    bool has_all = take_inputs(front, mono_ms);
    hand_hold(&front->hand, &front->model, mono_ms);
    bool has_news = take_news(front, mono_ms);
    model_tick(&front->model, mono_ms);
    send_command(front);
    if (front->language != model_language(&front->model)) {
        front->language = model_language(&front->model);
        front->words->ops->choose(front->words, front->language);
    }
    if (front->is_large != front->model.is_large_text) measure_layout(front);
    view_draw(&front->model, front->words, &front->layout, mono_ms, front->next);
    count_pages(front, mono_ms);
    if (hanging_show_sponsor(&front->hanging, front->screen, &front->model)) front->is_stale = true;
    bool is_new_picture =
        hanging_take_picture(&front->hanging, front->config.frames, front->screen, front->next, mono_ms);
    paint_what_changed(front, is_new_picture, mono_ms);
    devices_follow(&front->devices, &front->model, mono_ms);
    sound_play(front->devices.sound, model_take_tone(&front->model));
    return has_news || !has_all ? 0 : STEP_MS;
}
