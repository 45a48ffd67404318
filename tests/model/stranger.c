#include "model/stranger.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

int stranger_set_up(void **state)
{
    struct stranger *stranger = mem_zero(sizeof *stranger);

    stage_init(&stranger->stage);
    stranger->stage.list.after = 0; // people come here first
    words_gettext_open(LOCALE_FOLDER, &stranger->words);
    *state = stranger;
    return 0;
}

int stranger_tear_down(void **state)
{
    struct stranger *stranger = *state;

    words_close(stranger->words);
    stage_destroy(&stranger->stage);
    free(stranger);
    return 0;
}

void stranger_restart(struct stranger *stranger, enum language language)
{
    struct model_config config = stage_model_config(&stranger->stage);
    struct camera_state camera = {true, 640, 480};

    stage_event(&stranger->stage.event);
    walk_stage_rules(&stranger->stage.event.walk_ins);
    stranger->stage.mono_ms = 1000;
    config.language = language;
    stranger->words->ops->choose(stranger->words, language);
    model_init(&stranger->model, &config, stranger->stage.mono_ms);
    model_camera(&stranger->model, &camera, stranger->stage.mono_ms);
    stranger->layout = layout_of(800, 480, 133);
}

int stranger_begin(void **state)
{
    stranger_restart(*state, LANGUAGE_DE);
    return 0;
}

void stranger_act(struct stranger *stranger, enum act act, int key)
{
    walk_stage_act(&stranger->stage, &stranger->model, act, key);
}

void stranger_walk(struct stranger *stranger, enum walk_act what, int row)
{
    stranger_act(stranger, ACT_WALK, walk_key(what, row));
}

void stranger_tell(struct stranger *stranger, const struct notice *notice)
{
    stranger->stage.mono_ms += 20;
    model_notice(&stranger->model, notice, stranger->stage.unix_ms, stranger->stage.mono_ms);
}

void stranger_answer_at_once(struct stranger *stranger, enum notice_kind kind, size_t ticket_count)
{
    struct notice notice;

    walk_stage_answer(&stranger->model, kind, ticket_count, &notice);
    stranger_tell(stranger, &notice);
}

void stranger_answer(struct stranger *stranger, enum notice_kind kind, size_t ticket_count)
{
    stranger_answer_at_once(stranger, kind, ticket_count);
    stranger->stage.mono_ms += MODEL_LOOK_MS;
}

void stranger_scan(struct stranger *stranger, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    notice.mono_ms = stranger->stage.mono_ms + 7;
    stranger_tell(stranger, &notice);
}

void stranger_pass(struct stranger *stranger, int64_t ms)
{
    for (int64_t end = stranger->stage.mono_ms + ms; stranger->stage.mono_ms < end; stranger->stage.mono_ms += 100)
        model_tick(&stranger->model, stranger->stage.mono_ms);
}

void stranger_draw(struct stranger *stranger)
{
    view_draw(&stranger->model, stranger->words, &stranger->layout, stranger->stage.mono_ms, &stranger->scene);
}

bool stranger_shows(const struct stranger *stranger, const char *text)
{
    for (size_t i = 0; i < stranger->scene.mark_count; i++)
        if (stranger->scene.marks[i].kind == MARK_TEXT &&
            strstr(scene_text(&stranger->scene, &stranger->scene.marks[i]), text))
            return true;
    return false;
}

bool stranger_offers(const struct stranger *stranger, enum act act, int key)
{
    for (size_t i = 0; i < stranger->scene.target_count; i++)
        if (action_equals(stranger->scene.targets[i].action, (struct action){act, key})) return true;
    return false;
}

const char *stranger_value(const struct stranger *stranger, int field)
{
    return stranger->model.walk.form.values[field];
}
