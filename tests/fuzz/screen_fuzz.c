// From any screen there is on (screens.h): whatever people touch and type and the desk says, in any order and at any
// time, also what no screen offers: every screen can be drawn in every size, its texts are UTF-8 and none is left out,
// what is typed stays bounded, staff's commands carry a session that the desk gave, and full names stand on staff's
// pages alone.
#include "view/screens.h"
#include "model/walk_stage.h"

#include "base/text.h"
#include "model/form.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define SECRET "Maximiliane-Friederike Freifrau von Droste zu Huelshoff" // every full name; longer than anything typed

enum { MOST_TYPED = 40, MOST_STEPS = 200 };

struct play {
    const uint8_t *bytes;
    size_t length;
    struct stage stage;
    struct model model;
    struct scene scene;
    struct words *words;
    struct rows rows;
    uint64_t given_session; // the newest; those before it are smaller
};

static unsigned next(struct play *play)
{
    if (play->length == 0) return 0;
    play->length--;
    return *play->bytes++;
}

static int next_point(struct play *play)
{
    unsigned high = next(play);

    return (int)(high << 13 | next(play) << 5 | next(play) % 32);
}

static void fill_text(struct play *play, char *out, size_t out_size)
{
    size_t used = next(play) % MOST_TYPED;

    if (used >= out_size) used = out_size - 1;
    for (size_t i = 0; i < used; i++) out[i] = (char)next(play);
    out[used] = '\0';
}

// ---- what happens ----

static void touch(struct play *play)
{
    unsigned at = next(play);

    if (play->scene.target_count == 0) return;
    model_act(&play->model, play->scene.targets[at % play->scene.target_count].action, play->stage.mono_ms);
}

static int any_key(struct play *play, enum act act)
{
    if (act == ACT_STAFF) return staff_key((enum staff_act)(next(play) % (STAFF_ACT_SHUT_DOWN + 1)), (int)next(play));
    if (act == ACT_WALK) return walk_key((enum walk_act)(next(play) % (WALK_ACT_DONE + 1)), (int)next(play));
    if (act == ACT_KEY) return next_point(play);
    return act == ACT_LAYER ? (int)(next(play) % (KEYS_SIGNS + 1)) : (int)next(play);
}

// Although nothing on the screen offers it.
static void act(struct play *play)
{
    enum act act = (enum act)(next(play) % (ACT_DEFAULT + 1));

    model_act(&play->model, (struct action){act, any_key(play, act)}, play->stage.mono_ms);
}

static void type(struct play *play)
{
    char text[MOST_TYPED + 1];

    fill_text(play, text, sizeof text);
    model_type(&play->model, text, play->stage.mono_ms);
}

static void fill_notice(struct play *play, struct notice *out, enum notice_kind kind)
{
    unsigned what = next(play);
    char text[MOST_TYPED + 1];

    if (kind == NOTICE_VERDICT) stage_notice((enum reason)(what % (REASON_ERROR + 1)), out);
    else if (what % 2) stage_person(out);
    else stage_found(out);
    out->kind = kind;
    out->asked = (enum command_kind)(next(play) % (COMMAND_CENSUS + 1));
    out->verdict.is_exit = (what & 4) != 0;
    out->verdict.is_friendly = (what & 8) != 0;
    out->seq = next(play);
    out->ticket = next(play) % 4;
    out->has_note = (what & 16) != 0;
    out->stance = (struct stance){.list = (uint16_t)(what % 4), .is_practising = (what & 32) != 0};
    out->headcount = (struct headcount){.inside = next(play), .expected = next(play), .round = what % 3};
    out->wait_ms = next(play) * 100;
    out->ticket_count = kind == NOTICE_WALK_IN ? what % (NOTICE_MOST_TICKETS + 1) : 0;
    for (size_t i = 0; i < out->ticket_count; i++) memset(out->tickets[i], '7', TICKET_TEXT_DIGITS);
    fill_text(play, text, sizeof text);
    text_make_showable(out->first_name, sizeof out->first_name, text, strlen(text));
    text_copy(out->full_name, sizeof out->full_name, SECRET);
    if (kind == NOTICE_UNLOCKED) out->session = ++play->given_session;
}

static void tell(struct play *play)
{
    struct notice notice = {0};

    fill_notice(play, &notice, (enum notice_kind)(next(play) % (NOTICE_CENSUS + 1)));
    screen_tell(&play->stage, &play->model, &notice);
}

// What the desk says when all goes well.
static enum notice_kind answer_to(const struct command *command)
{
    if (command->kind == COMMAND_FIND || command->kind == COMMAND_PERSON) return NOTICE_FOUND;
    if (command->kind == COMMAND_UNLOCK) return command->text[0] ? NOTICE_UNLOCKED : NOTICE_NONE;
    if (command->kind == COMMAND_RETRY) return NOTICE_COUNT;
    if (command->kind == COMMAND_LOCK) return NOTICE_LOCKED;
    if (command->kind == COMMAND_WALK_IN) return command->walk_in.is_sure ? NOTICE_WALK_IN : NOTICE_NAMESAKE;
    if (command->kind == COMMAND_TICKET) return NOTICE_WALK_IN;
    if (command->kind == COMMAND_ADMIT || command->kind == COMMAND_FORCE) return NOTICE_VERDICT;
    if (command->kind == COMMAND_CENSUS) return NOTICE_CENSUS;
    return NOTICE_DONE;
}

static void answer(struct play *play)
{
    struct notice notice = {0};
    struct command command = {0};

    if (!model_peek_command(&play->model, &command)) return;
    model_drop_command(&play->model);
    fill_notice(play, &notice, answer_to(&command));
    notice.asked = command.kind;
    notice.is_unlocked = command.kind == COMMAND_PERSON;
    notice.is_found = notice.is_unlocked || command.kind == COMMAND_FIND;
    screen_tell(&play->stage, &play->model, &notice);
}

static void send_rows(struct play *play)
{
    unsigned what = next(play), count = next(play);

    stage_rows((enum rows_kind)(what % (ROWS_RECENT + 1)), count % (ROWS_MOST + 1), &play->rows);
    for (size_t i = 0; i < play->rows.count; i++)
        text_copy(play->rows.rows[i].name, sizeof play->rows.rows[i].name, SECRET);
    play->rows.from = next(play);
    staff_rows(&play->model, &play->rows, play->stage.mono_ms);
}

static void look(struct play *play)
{
    unsigned what = next(play);
    struct sighting sighting = {.mono_ms = play->stage.mono_ms};

    if (what % 4 == 0) model_camera(&play->model, &(struct camera_state){what & 4, 640, 480}, play->stage.mono_ms);
    if (what % 4 == 1) model_sighting(&play->model, &sighting);
    if (what % 4 == 2) model_sponsor(&play->model, what & 4);
    if (what % 4 == 3) model_leaves(&play->model, (int)(what / 4));
}

static void wait(struct play *play)
{
    unsigned long_ms = next(play);

    play->stage.mono_ms += long_ms < 200 ? long_ms * 10 : (long_ms - 199) * 3000;
}

static void choose(struct play *play)
{
    unsigned what = next(play);
    struct action chosen = scene_action_after(&play->scene, play->model.chosen, what % 2 ? 1 : -1);

    model_choose(&play->model, chosen, play->stage.mono_ms);
    if (what & 2) model_act(&play->model, what & 4 ? chosen : (struct action){ACT_DEFAULT, 0}, play->stage.mono_ms);
}

// ---- what must be true ----

static bool is_for_staff(const struct command *command)
{
    static const enum command_kind of_anybody[] = {COMMAND_FIND, COMMAND_RETRY,   COMMAND_UNLOCK,
                                                   COMMAND_LOCK, COMMAND_WALK_IN, COMMAND_REMEMBER};

    assert(command->kind != COMMAND_SCHEDULE); // never of the screen
    for (size_t i = 0; i < sizeof of_anybody / sizeof *of_anybody; i++)
        if (command->kind == of_anybody[i]) return false;
    return command->kind != COMMAND_PRACTISE || command->number != 0; // leaving is anybody's
}

static void check_text(const char *text, size_t size)
{
    assert(memchr(text, '\0', size) && text_is_utf8(text, strlen(text)));
}

static void check_command(struct play *play)
{
    struct command command;

    if (!model_peek_command(&play->model, &command)) return;
    check_text(command.text, sizeof command.text);
    for (size_t i = 0; i < EVENT_MAX_FIELDS; i++) check_text(command.walk_in.values[i], EVENT_VALUE_SIZE);
    bool is_first_start =
        command.kind == COMMAND_PAIR && play->model.config.event->number == 0; // nobody is staff there yet
    assert(!is_for_staff(&command) || is_first_start ||
           (command.session > 0 && command.session <= play->given_session));
    if (next(play) % 2) model_drop_command(&play->model); // the desk takes it
}

static void check_model(const struct model *model)
{
    check_text(model->typed, sizeof model->typed);
    check_text(model->pin, sizeof model->pin);
    check_text(model->staff.search, sizeof model->staff.search);
    check_text(model->staff.text, sizeof model->staff.text);
    for (size_t i = 0; i < EVENT_MAX_FIELDS; i++) check_text(model->walk.form.values[i], EVENT_VALUE_SIZE);
    assert(model->walk.form.plus_ones <= NOTICE_MOST_TICKETS - 1);
    assert(model->leaf >= 0 && model->leaf < model->leaf_count);
    assert(model->page != PAGE_STAFF || model->staff.session != 0);
    bool has_names = model->staff.rows || model->staff.person.full_name[0] || model->staff.search[0];
    assert(model->staff.session != 0 || !has_names);                   // locked: they are gone
    assert(model->page != PAGE_READY || !model->result.first_name[0]); // and nobody's stays behind
    assert(model->page != PAGE_READY || (!model->typed[0] && !model->pin[0] && !model->walk.is_open));
}

static void check_scene(const struct play *play)
{
    const struct scene *scene = &play->scene;

    assert(scene->text_bytes < SCENE_TEXT_BYTES - 1); // nothing was left out
    for (size_t i = 0; i < scene->mark_count; i++) {
        const struct mark *mark = &scene->marks[i];
        if (mark->kind != MARK_TEXT && mark->kind != MARK_QR) continue;
        const char *text = scene_text(scene, mark);
        assert(text_is_utf8(text, strlen(text)));
        assert(play->model.page == PAGE_STAFF || !strstr(text, SECRET));
    }
}

static void draw(struct play *play, size_t step)
{
    const struct screen_size *size = &screen_sizes[step % SCREEN_SIZES];
    struct layout layout = layout_of(size->width_px, size->height_px, size->inch_px);
    char line[256];

    if (play->model.is_large_text) layout = layout_large(&layout);
    play->words->ops->choose(play->words, model_language(&play->model));
    view_draw(&play->model, play->words, &layout, play->stage.mono_ms, &play->scene);
    view_log_line(&play->model, line, sizeof line);
    assert(!strstr(line, SECRET));
}

static void begin(struct play *play)
{
    stage_event(&play->stage.event);
    walk_stage_rules(&play->stage.event.walk_ins);
    play->stage.event.lists[0].mode = (enum list_mode)(next(play) % (LIST_MODE_HAND_OUT + 1));
    play->stage.event.classes[0].is_staff = next(play) % 2;
    play->stage.list = play->stage.event.lists[0];
    play->stage.mono_ms = 1000;
    play->given_session = 77; // of the screens
    struct model_config config = stage_model_config(&play->stage);
    config.attract_after_ms = 20000;
    model_init(&play->model, &config, play->stage.mono_ms);
    const struct screen_case *screen = screens_at(next(play) % (screens_count() + 1));
    if (screen) screen->show(&play->stage, &play->model); // else Ready
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static void (*const happenings[])(struct play *) = {touch, touch,     touch, answer, act,   type,
                                                        tell,  send_rows, look,  wait,   choose};
    static struct play *play; // its words are opened once

    if (!play) {
        play = calloc(1, sizeof *play);
        assert(play);
        stage_init(&play->stage);
        words_gettext_open(LOCALE_FOLDER, &play->words);
    }
    play->bytes = bytes;
    play->length = length;
    begin(play);
    for (size_t step = 0; step < MOST_STEPS && play->length > 0; step++) {
        draw(play, step);
        check_scene(play);
        happenings[next(play) % (sizeof happenings / sizeof *happenings)](play);
        model_tick(&play->model, play->stage.mono_ms);
        check_command(play);
        check_model(&play->model);
    }
    return 0;
}
