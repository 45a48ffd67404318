#include "model/shift.h"

#include "support/check.h"

#include "base/mem.h"

#include <stdlib.h>

int shift_set_up(void **state)
{
    struct shift *shift = mem_zero(sizeof *shift);

    stage_init(&shift->stage);
    shift->stage.list.mode = LIST_MODE_ROLL_CALL;
    struct model_config config = stage_model_config(&shift->stage);
    shift->now_ms = 1000;
    model_init(&shift->model, &config, shift->now_ms);
    *state = shift;
    return 0;
}

int shift_tear_down(void **state)
{
    struct shift *shift = *state;

    stage_destroy(&shift->stage);
    free(shift);
    return 0;
}

void shift_wait(struct shift *shift, int64_t ms)
{
    shift->now_ms += ms;
    model_tick(&shift->model, shift->now_ms);
}

void shift_tell(struct shift *shift, const struct notice *notice)
{
    model_notice(&shift->model, notice, shift->stage.unix_ms, shift->now_ms);
}

void shift_press(struct shift *shift, enum staff_act what, int row)
{
    model_act(&shift->model, (struct action){ACT_STAFF, staff_key(what, row)}, shift->now_ms);
}

void shift_type(struct shift *shift, const char *text)
{
    model_type(&shift->model, text, shift->now_ms);
    model_tick(&shift->model, shift->now_ms);
}

struct command shift_take(struct shift *shift, enum command_kind kind)
{
    struct command command;

    assert_true(model_peek_command(&shift->model, &command));
    assert_int_equal(command.kind, kind);
    model_drop_command(&shift->model);
    return command;
}

struct command shift_take_own(struct shift *shift, enum command_kind kind)
{
    struct command command = shift_take(shift, kind);

    assert_true(command.session == SHIFT_SESSION);
    return command;
}

void shift_take_nothing(struct shift *shift)
{
    struct command command;

    assert_false(model_peek_command(&shift->model, &command));
}

void shift_unlock(struct shift *shift)
{
    model_act(&shift->model, (struct action){ACT_STAFF_DOOR, 0}, shift->now_ms);
    assert_int_equal(shift->model.page, PAGE_PIN);
    model_type(&shift->model, "4711", shift->now_ms);
    model_act(&shift->model, (struct action){ACT_DEFAULT, 0}, shift->now_ms);
    assert_string_equal(shift_take(shift, COMMAND_UNLOCK).text, "4711");
    shift_tell(shift, &(struct notice){.kind = NOTICE_UNLOCKED, .session = SHIFT_SESSION});
    assert_int_equal(shift->model.page, PAGE_STAFF);
    assert_int_equal(shift->model.staff.page, STAFF_MENU);
}

void shift_open_page(struct shift *shift, enum staff_page page)
{
    shift_unlock(shift);
    shift_press(shift, STAFF_ACT_OPEN, (int)page);
    assert_int_equal(shift->model.staff.page, page);
    shift_wait(shift, 0);
}

void shift_list(struct shift *shift, enum rows_kind kind, size_t count)
{
    stage_rows(kind, count, &shift->rows);
    staff_rows(&shift->model, &shift->rows, shift->now_ms);
    shift_wait(shift, STAFF_REST_MS);
}

void shift_answer(struct shift *shift, const struct command *command, enum reason reason)
{
    struct notice notice;

    stage_notice(reason, &notice);
    notice.asked = command->kind;
    shift_tell(shift, &notice);
}

void shift_done(struct shift *shift, enum command_kind asked)
{
    shift_tell(shift, &(struct notice){.kind = NOTICE_DONE, .asked = asked, .seq = 18});
}

void shift_open_person(struct shift *shift, bool is_inside)
{
    struct notice person;

    shift_open_page(shift, STAFF_SEARCH);
    shift_type(shift, "mü");
    shift_take_own(shift, COMMAND_SEARCH);
    shift_list(shift, ROWS_FOUND, 5);
    shift_press(shift, STAFF_ACT_PICK, 0);
    assert_true(shift_take_own(shift, COMMAND_PERSON).ticket == 100);
    stage_person(&person);
    if (!is_inside) person.earlier_unix_ms = 0;
    person.seq = 17;
    shift_tell(shift, &person);
    assert_int_equal(shift->model.staff.page, STAFF_PERSON);
    shift_wait(shift, MODEL_LOOK_MS);
}
