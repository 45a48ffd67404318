// Hand entry, the PIN, staff's pages.
#include "view/screens.h"
#include "model/walk_stage.h"

#include "base/text.h"

static void hand(struct stage *stage, struct model *model)
{
    screen_act(stage, model, ACT_HAND, 0);
}

static void hand_nobody(struct stage *stage, struct model *model)
{
    hand(stage, model);
    screen_type(stage, model, "7K2M9QX4TA");
    screen_act(stage, model, ACT_FIND, 0);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_FOUND});
}

static void found(struct stage *stage, struct model *model)
{
    struct notice notice;

    hand(stage, model);
    screen_type(stage, model, "7K2M9QX4TA");
    screen_act(stage, model, ACT_FIND, 0);
    stage_found(&notice);
    screen_tell(stage, model, &notice);
}

static void pin_wrong(struct stage *stage, struct model *model)
{
    found(stage, model);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_PIN});
}

static void pin_later(struct stage *stage, struct model *model)
{
    found(stage, model);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_PIN, .wait_ms = 28000});
}

static void pin_none(struct stage *stage, struct model *model)
{
    stage->event.pin_count = 0;
    found(stage, model);
}

// ---- behind the PIN ----

static void press(struct stage *stage, struct model *model, enum staff_act what, int row)
{
    stage->mono_ms += MODEL_LOOK_MS;
    screen_act(stage, model, ACT_STAFF, staff_key(what, row));
}

static void door(struct stage *stage, struct model *model)
{
    screen_act(stage, model, ACT_STAFF_DOOR, 0);
}

static void door_with_ticket(struct stage *stage, struct model *model)
{
    stage->event.classes[0].is_staff = true;
    door(stage, model);
}

static void door_of_tickets_alone(struct stage *stage, struct model *model)
{
    stage->event.pin_count = 0;
    door_with_ticket(stage, model);
}

static void open_page(struct stage *stage, struct model *model, enum list_mode mode, enum staff_page page)
{
    stage->list.mode = mode;
    door(stage, model);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_UNLOCKED, .session = 77});
    if (page != STAFF_MENU) press(stage, model, STAFF_ACT_OPEN, (int)page);
    model_drop_command(model);
    model_tick(model, stage->mono_ms);
}

static void menu_once(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_ONCE, STAFF_MENU);
}

static void menu_walk_ins(struct stage *stage, struct model *model)
{
    walk_stage_rules(&stage->event.walk_ins);
    open_page(stage, model, LIST_MODE_ONCE, STAFF_MENU);
}

static void menu_in_out(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_IN_OUT, STAFF_MENU);
}

static void menu_roll_call(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_ROLL_CALL, STAFF_MENU);
}

static void menu_hand_out(struct stage *stage, struct model *model)
{
    model->headcount.is_limited = true;
    model->headcount.left = 37;
    model->headcount.given = 63;
    open_page(stage, model, LIST_MODE_HAND_OUT, STAFF_MENU);
}

static void give_rows(struct stage *stage, struct model *model, enum rows_kind kind, size_t count)
{
    struct rows *rows = mailbox_writable(&stage->rows);

    stage_rows(kind, count, rows);
    mailbox_put(&stage->rows);
    staff_rows(model, mailbox_take(&stage->rows), stage->mono_ms);
}

static void search(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_ONCE, STAFF_SEARCH);
}

static void search_keys(struct stage *stage, struct model *model)
{
    search(stage, model);
    screen_act(stage, model, ACT_KEY, 'm');
    screen_act(stage, model, ACT_KEY, 0xFC);
    model_tick(model, stage->mono_ms);
    give_rows(stage, model, ROWS_FOUND, 12);
}

static void search_rows(struct stage *stage, struct model *model)
{
    search(stage, model);
    screen_type(stage, model, "mül");
    model_tick(model, stage->mono_ms);
    give_rows(stage, model, ROWS_FOUND, 12);
}

static void search_nobody(struct stage *stage, struct model *model)
{
    search(stage, model);
    screen_type(stage, model, "xyz");
    model_tick(model, stage->mono_ms);
    give_rows(stage, model, ROWS_FOUND, 0);
}

static void open_person(struct stage *stage, struct model *model, enum list_mode mode, const struct notice *person)
{
    search_rows(stage, model);
    stage->list.mode = mode;
    press(stage, model, STAFF_ACT_PICK, 0);
    model_drop_command(model);
    screen_tell(stage, model, person);
}

static void person_coming(struct stage *stage, struct model *model)
{
    struct notice person;

    stage_person(&person);
    person.earlier_unix_ms = 0;
    open_person(stage, model, LIST_MODE_ONCE, &person);
}

static void person_inside(struct stage *stage, struct model *model)
{
    struct notice person;

    stage_person(&person);
    person.seq = 17;
    open_person(stage, model, LIST_MODE_IN_OUT, &person);
}

static void person_unpaid(struct stage *stage, struct model *model)
{
    struct notice person;

    stage_person(&person);
    person.earlier_unix_ms = 0;
    person.status = GUEST_STATUS_UNPAID;
    open_person(stage, model, LIST_MODE_ONCE, &person);
}

static void person_aboard(struct stage *stage, struct model *model)
{
    struct notice person;

    stage_person(&person);
    person.seq = 17;
    open_person(stage, model, LIST_MODE_ROLL_CALL, &person);
}

static void person_given(struct stage *stage, struct model *model)
{
    struct notice person;

    stage_person(&person);
    person.seq = 17;
    open_person(stage, model, LIST_MODE_HAND_OUT, &person);
}

static void person_walk_in(struct stage *stage, struct model *model)
{
    struct notice person;

    stage_person(&person);
    person.earlier_unix_ms = 0;
    person.has_ticket_here = true;
    open_person(stage, model, LIST_MODE_ROLL_CALL, &person);
}

static void walk_in_ticket(struct stage *stage, struct model *model)
{
    struct notice answer;

    person_walk_in(stage, model);
    press(stage, model, STAFF_ACT_TICKET, STAFF_NO_ROW);
    model_drop_command(model);
    walk_stage_answer(model, NOTICE_WALK_IN, 1, &answer);
    answer.asked = COMMAND_TICKET;
    screen_tell(stage, model, &answer);
}

static void reason_force(struct stage *stage, struct model *model)
{
    person_unpaid(stage, model);
    press(stage, model, STAFF_ACT_FORCE, STAFF_NO_ROW);
}

static void reason_typed(struct stage *stage, struct model *model)
{
    reason_force(stage, model);
    screen_type(stage, model, "Zahlt morgen per Überweisung");
}

static void reason_gone(struct stage *stage, struct model *model)
{
    person_aboard(stage, model);
    press(stage, model, STAFF_ACT_EXIT, STAFF_NO_ROW);
}

static void reason_undo(struct stage *stage, struct model *model)
{
    person_inside(stage, model);
    press(stage, model, STAFF_ACT_UNDO, STAFF_NO_ROW);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_UNDO});
}

static void missing_some(struct stage *stage, struct model *model, size_t count)
{
    model->headcount.round = 3;
    text_copy(model->headcount.stop, sizeof model->headcount.stop, "Hüttenwerke Olsberg");
    open_page(stage, model, LIST_MODE_ROLL_CALL, STAFF_MISSING);
    give_rows(stage, model, ROWS_MISSING, count);
}

static void missing_many(struct stage *stage, struct model *model)
{
    missing_some(stage, model, 40);
}

static void missing_three(struct stage *stage, struct model *model)
{
    missing_some(stage, model, 3);
}

static void missing_ticked(struct stage *stage, struct model *model)
{
    struct notice notice;

    missing_some(stage, model, 4);
    press(stage, model, STAFF_ACT_ADMIT, 0);
    model_drop_command(model);
    stage_notice(REASON_OK, &notice);
    notice.asked = COMMAND_ADMIT;
    screen_tell(stage, model, &notice);
    give_rows(stage, model, ROWS_MISSING, 3);
}

static void missing_none(struct stage *stage, struct model *model)
{
    missing_some(stage, model, 0);
}

static void recent(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_ONCE, STAFF_RECENT);
    give_rows(stage, model, ROWS_RECENT, 20);
}

static void round_stops(struct stage *stage, struct model *model)
{
    static const char *const stops[] = {"Rathaus Brilon",     "Hüttenwerke Olsberg", "Egger Holzwerkstoffe",
                                        "Mittagspause Mensa", "Oventrop Olsberg",    "Kletterpark Willingen"};

    stage->event.stop_count = sizeof stops / sizeof *stops;
    for (size_t i = 0; i < stage->event.stop_count; i++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            text_copy(stage->event.stops[i].name[language], sizeof stage->event.stops[i].name[0], stops[i]);
    model->headcount.round = 2;
    text_copy(model->headcount.stop, sizeof model->headcount.stop, "Rathaus Brilon");
    open_page(stage, model, LIST_MODE_ROLL_CALL, STAFF_ROUND);
}

static void round_sure(struct stage *stage, struct model *model)
{
    round_stops(stage, model);
    press(stage, model, STAFF_ACT_STOP, 1);
}

static void round_typed(struct stage *stage, struct model *model)
{
    round_stops(stage, model);
    press(stage, model, STAFF_ACT_TYPE, 0);
    screen_type(stage, model, "Autobahnraststätte");
}

static void counts(struct stage *stage, struct model *model)
{
    struct notice census = {.kind = NOTICE_CENSUS};

    for (int i = 0; i < 2; i++) {
        census.census.lists[i].inside = 42;
        census.census.lists[i].expected = 45;
        census.census.groups[i].inside = 1042;
        census.census.groups[i].expected = 2700;
    }
    census.census.classes[0].inside = 7;
    open_page(stage, model, LIST_MODE_ONCE, STAFF_COUNTS);
    screen_tell(stage, model, &census);
}

static void stock(struct stage *stage, struct model *model)
{
    menu_hand_out(stage, model);
    press(stage, model, STAFF_ACT_OPEN, STAFF_STOCK);
}

static void stock_too_few(struct stage *stage, struct model *model)
{
    stock(stage, model);
    press(stage, model, STAFF_ACT_STOCK, 4);
    model_drop_command(model);
    screen_tell(stage, model, &(struct notice){.kind = NOTICE_TOO_LATE, .asked = COMMAND_STOCK});
}

static void stock_typed(struct stage *stage, struct model *model)
{
    stock(stage, model);
    press(stage, model, STAFF_ACT_TYPE, 0);
    screen_type(stage, model, "120");
}

static void serve(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_IN_OUT, STAFF_SERVE);
}

static void settings(struct stage *stage, struct model *model)
{
    model->volume = 70;
    model->brightness = 80;
    open_page(stage, model, LIST_MODE_ONCE, STAFF_SCREEN);
}

static void check_waits(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_ONCE, STAFF_CHECK);
}

static void look_at(struct stage *stage, struct model *model, const struct readiness *readiness)
{
    struct readiness *room = mailbox_writable(&stage->readiness);

    *room = *readiness;
    mailbox_put(&stage->readiness);
    model->readiness = mailbox_take(&stage->readiness);
    check_waits(stage, model);
}

static void check_fine(struct stage *stage, struct model *model)
{
    look_at(stage, model,
            &(struct readiness){.mono_ms = 1,
                                .ticket_count = 2700,
                                .event_version = 12,
                                .has_camera = true,
                                .frames_per_s = 24.6,
                                .sharpness = 71,
                                .clock = CLOCK_STATE_NTP,
                                .disk_free_bytes = 23400000000,
                                .database = PROOF_FINE,
                                .record_count = 14211,
                                .scanners = "Voyager 1450g",
                                .printer = "QL-820NWB",
                                .has_board = true,
                                .board_url = "http://192.168.178.24:8080/#5f2c9a3e77d0b1446c8e92fa03d5817b"});
}

static void check_bad(struct stage *stage, struct model *model)
{
    look_at(stage, model,
            &(struct readiness){.mono_ms = 1, .sharpness = 12, .database = PROOF_BROKEN, .disk_free_bytes = 12000000});
}

static void shut_down(struct stage *stage, struct model *model)
{
    open_page(stage, model, LIST_MODE_ONCE, STAFF_SHUT_DOWN);
}

struct screen_table screens_staff(void)
{
    static const struct screen_case cases[] = {
        {"hand", hand},
        {"hand-nobody", hand_nobody},
        {"pin", found},
        {"pin-wrong", pin_wrong},
        {"pin-later", pin_later},
        {"pin-none", pin_none},
        {"pin-door", door},
        {"pin-door-ticket", door_with_ticket},
        {"pin-door-ticket-only", door_of_tickets_alone},
        {"staff-menu", menu_once},
        {"staff-menu-walk_ins", menu_walk_ins},
        {"staff-menu-in_out", menu_in_out},
        {"staff-menu-roll_call", menu_roll_call},
        {"staff-menu-hand_out", menu_hand_out},
        {"staff-search", search},
        {"staff-search-keys", search_keys},
        {"staff-search-rows", search_rows},
        {"staff-search-nobody", search_nobody},
        {"staff-person-coming", person_coming},
        {"staff-person-inside", person_inside},
        {"staff-person-unpaid", person_unpaid},
        {"staff-person-aboard", person_aboard},
        {"staff-person-given", person_given},
        {"staff-person-walk_in", person_walk_in},
        {"staff-ticket", walk_in_ticket},
        {"staff-reason-force", reason_force},
        {"staff-reason-typed", reason_typed},
        {"staff-reason-gone", reason_gone},
        {"staff-reason-undo", reason_undo},
        {"staff-missing-many", missing_many},
        {"staff-missing-three", missing_three},
        {"staff-missing-ticked", missing_ticked},
        {"staff-missing-none", missing_none},
        {"staff-recent", recent},
        {"staff-round", round_stops},
        {"staff-round-sure", round_sure},
        {"staff-round-typed", round_typed},
        {"staff-counts", counts},
        {"staff-stock", stock},
        {"staff-stock-too_few", stock_too_few},
        {"staff-stock-typed", stock_typed},
        {"staff-serve", serve},
        {"staff-screen", settings},
        {"staff-check-waits", check_waits},
        {"staff-check-fine", check_fine},
        {"staff-check-bad", check_bad},
        {"staff-shut-down", shut_down},
    };

    return (struct screen_table){cases, sizeof cases / sizeof *cases};
}
