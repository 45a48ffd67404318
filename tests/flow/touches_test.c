// Somebody touches whatever there is to touch, for hours: the real desk and store behind the real pages. Every question
// is answered, what the screen counts is what the log says, green stands on a record, and every page has been seen.
#include "support/check.h"

#include "base/mem.h"
#include "base/text.h"
#include "support/recount.h"
#include "support/studio/dice.h"
#include "support/world.h"
#include "screen/stage.h"
#include "model/walk_stage.h"

#include <stdlib.h>

enum { STEPS = 30000, PEOPLE = 30, LISTS = 4 };

struct touches {
    struct world *world;
    struct world_kiosk *kiosk;
    struct words *words;
    struct scene scene;
    struct dice dice;
    unsigned seen[STAFF_PAGE_COUNT];
    bool has_registered, has_undone, has_practised;
    unsigned green_count, notice_count;
};

static size_t roll(struct touches *t, int sides)
{
    return (size_t)dice_below(&t->dice, sides);
}

static void tell_event(struct event *event)
{
    static const char *const names[] = {"Einlass", "Saal", "Bus", "Box"};

    event->list_count = LISTS;
    for (uint16_t i = 0; i < LISTS; i++) {
        event->lists[i] = (struct list){.id = (uint16_t)(i + 1), .mode = (enum list_mode)i};
        text_copy(event->lists[i].name, sizeof event->lists[i].name, names[i]);
    }
    event->lists[1].capacity = 25;
    event->lists[3].stock = 40;
    event->class_count = 1;
    event->classes[0] = (struct event_label){.id = 1, .name = {"Gast", "Guest"}};
    event->stop_count = 2;
    for (size_t i = 0; i < event->stop_count; i++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            text_copy(event->stops[i].name[language], sizeof event->stops[0].name[0], i ? "Brilon" : "Arnsberg");
    walk_stage_rules(&event->walk_ins);
    event->walk_ins.class_id = 6;
    for (size_t i = 0; i < event->walk_ins.consent_count; i++) strcpy(event->walk_ins.consents[i].version, "1");
}

static void begin(struct touches *t)
{
    struct world *world = t->world = mem_zero(sizeof *world);

    world_init(world);
    tell_event(&world->event);
    for (size_t i = 1; i <= PEOPLE; i++) world->people[i] = (struct world_person){.class_id = 1, .ticket_count = 2};
    world->people_count = PEOPLE;
    world->kiosk_count = 1;
    t->kiosk = &world->kiosks[0];
    text_copy(t->kiosk->name, sizeof t->kiosk->name, "Tor");
    t->kiosk->list = 2;
    world_open(world);
    words_gettext_open(LOCALE_FOLDER, &t->words);
}

static void look(struct touches *t, const struct notice *notice)
{
    struct record record;

    t->notice_count++;
    if (notice->stance.is_practising) t->has_practised = true;
    if (notice->kind == NOTICE_WALK_IN && !notice->stance.is_practising) t->has_registered = true;
    if (notice->kind == NOTICE_DONE && notice->asked == COMMAND_UNDO) t->has_undone = true;
    assert_int_not_equal(notice->kind, NOTICE_NOT_SAVED);
    if (notice->kind != NOTICE_VERDICT || notice->verdict.reason != REASON_OK || notice->stance.is_practising) return;
    struct store *store = t->kiosk->store;
    assert_int_equal(store->ops->find_record(store, notice->seq, &record), STATUS_OK);
    assert_true(record.kind == RECORD_KIND_ENTRY || record.kind == RECORD_KIND_EXIT);
    t->green_count++;
}

static const struct sync_state no_office = {.trouble = SYNC_NOT_PAIRED};

// As the front does: what the screen asks goes to the desk, what the desk says to the screen, until all is quiet.
static void settle(struct touches *t)
{
    struct world_kiosk *kiosk = t->kiosk;
    struct clock_hand *hand = &t->world->hand;
    struct command command;
    struct notice notice;

    if (!kiosk->model.has_sync) model_sync(&kiosk->model, &no_office, hand->now_ms); // also after a restart
    for (int quiet = 0; quiet < 4; quiet++) {
        model_tick(&kiosk->model, hand->now_ms);
        if (model_peek_command(&kiosk->model, &command)) {
            assert_int_equal(queue_put(desk_commands(kiosk->desk), &command), STATUS_OK);
            model_drop_command(&kiosk->model);
            quiet = 0;
        }
        (void)desk_step(kiosk->desk, hand->now_ms);
        while (queue_take(&kiosk->notices, &notice)) {
            look(t, &notice);
            model_notice(&kiosk->model, &notice, hand->unix_now_ms, hand->now_ms);
            quiet = 0;
        }
        const struct rows *rows = mailbox_take(&kiosk->rows);
        if (rows) staff_rows(&kiosk->model, rows, hand->now_ms);
    }
}

static void draw(struct touches *t)
{
    const struct model *model = &t->kiosk->model;
    struct layout layout = layout_of(800, 480, 133);

    if (model->is_large_text) layout = layout_large(&layout);
    t->words->ops->choose(t->words, model_language(model));
    view_draw(model, t->words, &layout, t->world->hand.now_ms, &t->scene);
    if (model->page == PAGE_STAFF) t->seen[model->staff.page]++;
}

static void type(struct touches *t)
{
    static const char *const texts[] = {"Mu", "Gast", "Nach Hause", "a@example.org", "Köln", "5"};
    struct model *model = &t->kiosk->model;
    const char *text = model->page == PAGE_PIN ? WORLD_PIN : texts[roll(t, (int)(sizeof texts / sizeof *texts))];

    while (model->page == PAGE_PIN && model->pin[0])
        model_act(model, (struct action){ACT_ERASE, 0}, t->world->hand.now_ms);
    model_type(model, text, t->world->hand.now_ms);
    if (model->page == PAGE_PIN || roll(t, 2)) model_act(model, (struct action){ACT_DEFAULT, 0}, t->world->hand.now_ms);
}

static void scan(struct touches *t)
{
    struct world *world = t->world;
    struct who who = {.number = 1 + roll(t, PEOPLE), .ticket = (int)roll(t, 2)};
    struct code code = world_code(world, who);

    code.mono_ms = world->hand.now_ms;
    assert_int_equal(queue_put(desk_codes(t->kiosk->desk), &code), STATUS_OK);
}

static void touch(struct touches *t)
{
    struct action action = {ACT_STAFF_DOOR, 0};
    struct model *model = &t->kiosk->model;

    draw(t);
    if (t->scene.target_count > 0 && (model->page != PAGE_READY || roll(t, 4)))
        action = t->scene.targets[roll(t, (int)t->scene.target_count)].action;
    // Few are walk-ins of this kiosk, and fewer of them are looked up.
    for (size_t i = 0; i < t->scene.target_count; i++)
        if (t->scene.targets[i].action.act == ACT_STAFF &&
            t->scene.targets[i].action.key == staff_key(STAFF_ACT_TICKET, STAFF_NO_ROW) && roll(t, 2))
            action = t->scene.targets[i].action;
    if (model->page == PAGE_PIN && roll(t, 4)) return; // typed by type()
    // Locking and leaving are touched seldom, or nobody would ever get anywhere.
    bool leaves = action.act == ACT_BACK || action.key == staff_key(STAFF_ACT_LOCK, 0) ||
                  action.key == staff_key(STAFF_ACT_BACK, 0);
    if (leaves && roll(t, 4)) return;
    model_act(model, action, t->world->hand.now_ms);
    model->wants_shut_down = false;
}

static void wait(struct touches *t)
{
    int64_t by_ms = 20 + (int64_t)roll(t, 1500);

    if (roll(t, 300) == 0) by_ms = 2 * DESK_SESSION_MS;
    clock_hand_move(&t->world->hand, by_ms);
    if (roll(t, 1000) == 0) t->world->hand.unix_now_ms += (int64_t)roll(t, 7200000) - 3600000; // the clock is set
    if (roll(t, 1000) == 0) world_restart(t->world, t->kiosk, false);
}

static void expect_agreement(struct touches *t)
{
    struct world_kiosk *kiosk = t->kiosk;
    const struct model *model = &kiosk->model;
    struct headcount stored = {0};

    assert_int_equal(model->asked_ms, 0); // nobody waits for an answer that never comes
    if (!model->has_headcount || model->stance.is_practising) return;
    assert_int_equal(kiosk->store->ops->count(kiosk->store, WORLD_EVENT, model->config.list, &stored), STATUS_OK);
    if (stored.inside != model->headcount.inside || stored.left != model->headcount.left)
        fail_msg("list %u: the screen says %u inside, %lld left; the store %u, %lld", model->config.list->id,
                 model->headcount.inside, (long long)model->headcount.left, stored.inside, (long long)stored.left);
}

static void expect_recount(struct touches *t)
{
    for (uint16_t i = 0; i < LISTS; i++) {
        const struct list *list = &t->world->event.lists[i];
        struct headcount stored = {0};
        struct recount counted;
        recount_list(t->kiosk->path, list->id, &counted);
        assert_int_equal(t->kiosk->store->ops->count(t->kiosk->store, WORLD_EVENT, list, &stored), STATUS_OK);
        assert_int_equal(counted.inside, stored.inside);
        if (list->mode == LIST_MODE_HAND_OUT) assert_int_equal(counted.given, stored.given);
    }
}

static void end(struct touches *t)
{
    words_close(t->words);
    world_destroy(t->world);
    free(t->world);
    free(t);
}

static void test_touches__every_question_is_answered_and_every_count_is_true(void **state)
{
    struct touches *t = mem_zero(sizeof *t);

    (void)state;
    begin(t);
    settle(t);
    for (int i = 0; i < STEPS; i++) {
        uint64_t what = roll(t, 10);
        wait(t);
        settle(t);
        if (what < 7) touch(t);
        else if (what < 9) type(t);
        else scan(t);
        settle(t);
        expect_agreement(t);
        if (i % 10000 == 0) expect_recount(t);
    }
    expect_recount(t);
    for (int page = 0; page < STAFF_PAGE_COUNT; page++)
        if (t->seen[page] == 0 && page != STAFF_HUB && page != STAFF_HUB_CODE &&
            page != STAFF_UPDATE) // not every kiosk's: tests of their own
            fail_msg("nobody ever saw staff's page %d", page);
    assert_true(t->has_registered && t->has_undone && t->has_practised);
    print_message("%u notices, %u of them green\n", t->notice_count, t->green_count);
    assert_true(t->green_count > STEPS / 100);
    end(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_touches__every_question_is_answered_and_every_count_is_true),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
