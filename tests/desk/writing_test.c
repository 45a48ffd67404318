// No answer before it is on disk: every command that writes, with every step of the disk refusing in turn.
#include "support/check.h"

#include "desk/scene.h"
#include "fakes/vfs_failing_sqlite.h"

#include <stdio.h>

// What a command is asked for when a scene is ready; done: the answer when it was saved.
struct writing {
    const char *name;
    uint16_t list;
    enum notice_kind done;
    struct command (*make)(struct scene *scene);
    const char *kinds; // of the records it leaves, in their order
};

static struct command admit(struct scene *scene)
{
    (void)scene;
    return (struct command){.kind = COMMAND_ADMIT, .ticket = door_ticket(4)};
}

static struct command force(struct scene *scene)
{
    (void)scene;
    return (struct command){.kind = COMMAND_FORCE, .ticket = door_ticket(4), .text = "weil"};
}

static struct command leave(struct scene *scene)
{
    (void)scene;
    return (struct command){.kind = COMMAND_EXIT, .ticket = door_ticket(0), .text = "nach Hause"};
}

static struct command undo(struct scene *scene)
{
    return (struct command){.kind = COMMAND_UNDO, .seq = scene->notice.seq};
}

static struct command begin_round(struct scene *scene)
{
    (void)scene;
    return (struct command){.kind = COMMAND_ROUND, .text = "Brilon"};
}

static struct command stock(struct scene *scene)
{
    (void)scene;
    return (struct command){.kind = COMMAND_STOCK, .number = 12};
}

static struct command serve(struct scene *scene)
{
    (void)scene;
    return (struct command){.kind = COMMAND_SERVE, .list = SCENE_IN_OUT, .direction = DIRECTION_EXIT};
}

static struct command register_three(struct scene *scene)
{
    (void)scene;
    return scene_walk_in("Jörg Neumann", 2);
}

static const struct writing writings[] = {
    {"admit", DOOR_LIST, NOTICE_VERDICT, admit, "entry "},
    {"force", DOOR_LIST, NOTICE_VERDICT, force, "entry "},
    {"exit", SCENE_IN_OUT, NOTICE_DONE, leave, "exit "},
    {"sign off", SCENE_ROLL_CALL, NOTICE_DONE, leave, "exit "},
    {"undo", DOOR_LIST, NOTICE_DONE, undo, "annul "},
    {"round", SCENE_ROLL_CALL, NOTICE_DONE, begin_round, "round "},
    {"stock", SCENE_HAND_OUT, NOTICE_DONE, stock, "stock "},
    {"serve", DOOR_LIST, NOTICE_DONE, serve, ""},
    {"walk-in", DOOR_LIST, NOTICE_WALK_IN, register_three, "walk_in entry walk_in entry walk_in entry "},
};

static void begin(struct scene *scene, const struct writing *writing)
{
    scene_begin(scene, 10, writing->list);
    scene_unlock(scene);
    assert_int_equal(scene_scan(scene, 0)->verdict.reason, REASON_OK);
}

// The kinds of the records behind `seq`, as they stand in the database.
static void read_kinds(const struct scene *scene, uint64_t seq, char out[128])
{
    uint64_t count = door_record_count(&scene->door);
    char line[RECORD_LINE_SIZE], kind[16];

    out[0] = '\0';
    while (++seq <= count) {
        scene_line(scene, seq, line);
        assert_int_equal(sscanf(line, "{\"seq\":%*u,\"kind\":\"%15[a-z_]", kind), 1);
        snprintf(out + strlen(out), 128 - strlen(out), "%s ", kind);
    }
}

static void expect_remembered(struct scene *scene, bool is_there)
{
    char value[STORE_VALUE_SIZE];
    enum status status = is_there ? STATUS_OK : STATUS_MISSING;

    assert_int_equal(scene->store->ops->recall(scene->store, "list", value), status);
    assert_int_equal(scene->store->ops->recall(scene->store, "direction", value), status);
}

static void expect_count(const struct headcount *count, const struct headcount *as)
{
    assert_int_equal(count->inside, as->inside);
    assert_int_equal(count->expected, as->expected);
    assert_int_equal(count->round, as->round);
    assert_int_equal(count->signed_off, as->signed_off);
    assert_int_equal(count->given, as->given);
    assert_int_equal(count->is_stocked, as->is_stocked);
    assert_int_equal(count->left, as->left);
}

// True: the disk refused. Whatever it did: the answer and the database are of one mind, and nothing is half done.
static bool try_once(const struct writing *writing, struct vfs_failing *disk, enum vfs_fault fault, long step,
                     bool is_lasting)
{
    struct scene scene;
    char kinds[128];

    begin(&scene, writing);
    struct command command = writing->make(&scene);
    uint64_t before = door_record_count(&scene.door);
    struct headcount headcount = scene.notice.headcount;
    vfs_failing_arm(disk, fault, step, is_lasting);
    struct notice answer = *scene_ask(&scene, &command);
    bool has_failed = disk->failed_count > 0;
    vfs_failing_disarm(disk);
    read_kinds(&scene, before, kinds);
    if (answer.kind == writing->done) {
        assert_string_equal(kinds, writing->kinds);
        if (command.kind == COMMAND_SERVE) expect_remembered(&scene, true);
    } else {
        assert_true(has_failed);
        assert_int_equal(answer.kind, NOTICE_NOT_SAVED);
        assert_int_equal(answer.verdict.reason, REASON_ERROR);
        assert_int_equal(answer.seq, 0);
        assert_int_equal(answer.ticket_count, 0);
        expect_count(&answer.headcount, &headcount);
        assert_int_equal(answer.stance.list, writing->list);
        // A record whose sync failed may be found all the same; never a part of them.
        if (kinds[0] != '\0') assert_string_equal(kinds, writing->kinds);
    }
    assert_int_not_equal(scene_ask(&scene, &command)->kind, NOTICE_NOT_SAVED); // the disk works again
    scene_end(&scene);
    return has_failed;
}

static void test_writing__is_answered_only_when_all_of_it_is_on_disk(void **state)
{
    static const struct {
        enum vfs_fault fault;
        bool is_lasting;
    } faults[] = {{VFS_FAULT_FULL, true}, {VFS_FAULT_IO, false}}; // others: not_saved_test.c

    (void)state;
    for (size_t i = 0; i < sizeof writings / sizeof writings[0]; i++)
        for (size_t k = 0; k < sizeof faults / sizeof faults[0]; k++) {
            struct vfs_failing disk = {0};
            long step = 1;
            vfs_failing_init(&disk);
            while (try_once(&writings[i], &disk, faults[k].fault, step, faults[k].is_lasting)) step++;
            if (step < 4) fail_msg("%s: the disk was asked %ld times only", writings[i].name, step - 1);
            vfs_failing_destroy(&disk);
        }
}

// ---- practice ----

static struct command practise(int32_t number)
{
    return (struct command){.kind = COMMAND_PRACTISE, .number = number};
}

static void test_writing__practice_needs_no_disk_but_is_no_way_out_of_an_alarm(void **state)
{
    struct command on = practise(1), off = practise(0);
    struct vfs_failing disk = {0};
    struct scene scene;

    (void)state;
    vfs_failing_init(&disk);
    begin(&scene, &writings[0]);
    assert_int_equal(scene_ask(&scene, &on)->kind, NOTICE_DONE);
    vfs_failing_arm(&disk, VFS_FAULT_FULL, 1, true);
    assert_int_equal(scene_scan(&scene, 2)->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.kind, NOTICE_VERDICT);
    assert_int_equal(scene_ask(&scene, &off)->kind, NOTICE_DONE);
    assert_int_equal(scene_scan(&scene, 2)->kind, NOTICE_NOT_SAVED); // now it would count
    vfs_failing_arm(&disk, VFS_FAULT_IO, 1, true);
    assert_int_equal(scene_ask(&scene, &on)->kind, NOTICE_NOT_SAVED);
    assert_false(scene.notice.stance.is_practising);
    vfs_failing_disarm(&disk);
    assert_int_equal(scene_ask(&scene, &on)->kind, NOTICE_DONE);
    door_sql(&scene.door, "ALTER TABLE headcount RENAME TO gone"); // whatever happens: leaving is leaving
    assert_int_equal(scene_ask(&scene, &off)->kind, NOTICE_NOT_SAVED);
    assert_false(scene.notice.stance.is_practising);
    assert_int_equal(scene_scan(&scene, 4)->kind, NOTICE_NOT_SAVED);
    door_sql(&scene.door, "ALTER TABLE gone RENAME TO headcount");
    assert_int_equal(scene_scan(&scene, 4)->headcount.inside, 2);
    scene_end(&scene);
    vfs_failing_destroy(&disk);
}

// Nothing of a batch that failed was practised, either.
static void test_writing__a_failed_look_up_takes_back_what_was_practised_beside_it(void **state)
{
    struct command on = practise(1);
    struct scene scene;

    (void)state;
    begin(&scene, &writings[0]);
    assert_int_equal(scene_ask(&scene, &on)->kind, NOTICE_DONE);
    struct code codes[] = {door_code(&scene.door, 2), door_code(&scene.door, 60)};
    for (size_t i = 0; i < 2; i++) assert_int_equal(queue_put(desk_codes(scene.desk), &codes[i]), STATUS_OK);
    door_sql(&scene.door, "ALTER TABLE walk_in RENAME TO gone"); // asked for whom the roster doesn't know
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    door_sql(&scene.door, "ALTER TABLE gone RENAME TO walk_in");
    for (size_t i = 0; i < 2; i++) {
        assert_true(queue_take(&scene.notices, &scene.notice));
        assert_int_equal(scene.notice.kind, NOTICE_NOT_SAVED);
        assert_int_equal(scene.notice.headcount.inside, 1);
    }
    assert_int_equal(scene_scan(&scene, 2)->verdict.reason, REASON_OK);
    assert_int_equal(scene.notice.headcount.inside, 2);
    scene_end(&scene);
}

// A session is nothing that has to be saved.
static void test_writing__a_staff_ticket_opens_beside_a_scan_that_is_not_saved(void **state)
{
    struct command want = {.kind = COMMAND_UNLOCK, .number = 1}, person = {.kind = COMMAND_PERSON};
    struct vfs_failing disk = {0};
    struct scene scene;

    (void)state;
    vfs_failing_init(&disk);
    begin(&scene, &writings[0]);
    struct ticket ticket = door_ticket_of_class(&scene.door, 90, SCENE_STAFF_CLASS);
    struct code codes[] = {door_code_of(&ticket), door_code(&scene.door, 2)};
    assert_true(scene_is_silent(&scene, &want));
    for (size_t i = 0; i < 2; i++) assert_int_equal(queue_put(desk_codes(scene.desk), &codes[i]), STATUS_OK);
    vfs_failing_arm(&disk, VFS_FAULT_FULL, 1, true);
    (void)desk_step(scene.desk, scene.door.hand.now_ms);
    vfs_failing_disarm(&disk);
    assert_true(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.kind, NOTICE_UNLOCKED);
    person.session = scene.notice.session;
    assert_true(queue_take(&scene.notices, &scene.notice));
    assert_int_equal(scene.notice.kind, NOTICE_NOT_SAVED);
    assert_int_equal(scene_ask(&scene, &person)->kind, NOTICE_FOUND);
    scene_end(&scene);
    vfs_failing_destroy(&disk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writing__is_answered_only_when_all_of_it_is_on_disk),
        cmocka_unit_test(test_writing__practice_needs_no_disk_but_is_no_way_out_of_an_alarm),
        cmocka_unit_test(test_writing__a_failed_look_up_takes_back_what_was_practised_beside_it),
        cmocka_unit_test(test_writing__a_staff_ticket_opens_beside_a_scan_that_is_not_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
