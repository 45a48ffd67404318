#include "model/visit.h"

#include "support/check.h"

void visit_begin(struct visit *visit)
{
    stage_init(&visit->stage);
    struct model_config config = stage_model_config(&visit->stage);
    visit->now_ms = 1000;
    visit->waiting_count = 0;
    model_init(&visit->model, &config, visit->now_ms);
}

void visit_end(struct visit *visit)
{
    stage_destroy(&visit->stage);
}

void visit_wait(struct visit *visit, int64_t ms)
{
    visit->now_ms += ms;
    model_tick(&visit->model, visit->now_ms);
}

void visit_tell(struct visit *visit, const struct notice *notice)
{
    model_notice(&visit->model, notice, visit->stage.unix_ms, visit->now_ms);
}

void visit_tell_reason(struct visit *visit, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    visit_tell(visit, &notice);
}

void visit_act(struct visit *visit, enum act act)
{
    model_act(&visit->model, (struct action){act, 0}, visit->now_ms);
}

void visit_press(struct visit *visit, const char *keys)
{
    for (; *keys; keys++) model_act(&visit->model, (struct action){ACT_KEY, *keys}, visit->now_ms);
}

void visit_take(struct visit *visit, enum command_kind kind, struct command *out)
{
    assert_true(model_peek_command(&visit->model, out));
    assert_int_equal(out->kind, kind);
    model_drop_command(&visit->model);
    struct command none;
    assert_false(model_peek_command(&visit->model, &none));
}

void visit_find_somebody(struct visit *visit)
{
    struct command command;
    struct notice notice;

    visit_act(visit, ACT_HAND);
    visit_press(visit, "7K2M");
    visit_act(visit, ACT_FIND);
    visit_take(visit, COMMAND_FIND, &command);
    stage_found(&notice);
    visit_tell(visit, &notice);
    assert_int_equal(visit->model.page, PAGE_PIN);
}

bool visit_shows_person(const struct visit *visit)
{
    const struct model *model = &visit->model;

    return model->page == PAGE_STAFF && model->staff.page == STAFF_PERSON && model->staff.person.is_found;
}

void visit_take_pin(struct visit *visit, const char *pin)
{
    uint64_t ticket = visit->model.found.ticket;
    struct notice unlocked = {.kind = NOTICE_UNLOCKED, .session = 77};
    struct command command;

    visit_take(visit, COMMAND_UNLOCK, &command);
    assert_string_equal(command.text, pin);
    visit_tell(visit, &unlocked);
    visit_take(visit, COMMAND_PERSON, &command);
    assert_true(command.session == 77 && command.ticket == ticket);
}

void visit_unlock_somebody(struct visit *visit)
{
    struct notice notice;

    visit_find_somebody(visit);
    visit_press(visit, "4711");
    visit_act(visit, ACT_UNLOCK);
    visit_take_pin(visit, "4711");
    stage_person(&notice);
    visit_tell(visit, &notice);
    assert_true(visit_shows_person(visit));
}

void visit_type(struct visit *visit, const char *keys)
{
    char key[2] = "";

    for (; *keys; keys++) {
        key[0] = *keys;
        model_type(&visit->model, key, visit->now_ms);
        model_tick(&visit->model, visit->now_ms);
    }
}
