// Everything a door can write, while each step of the disk fails in turn: all of it or nothing, OK only with the
// record.
#include "support/check.h"

#include "fakes/vfs_failing_sqlite.h"
#include "support/door.h"

#include <stdio.h>

enum { MOST_STEPS = 2000, BUS = 1, BOXES = 2, WALK_INS = 5000 };

struct scene { // each act is about guests that were in none before
    struct door door;
    struct store *store;
    size_t guest;
    uint64_t entry_seq; // of the newest entry
    uint32_t round;
    enum vfs_fault fault; // of each act
    long step;
    bool is_lasting;
};

static enum status append(struct scene *scene, uint16_t list, enum record_kind kind, size_t guest)
{
    struct record record = door_entry(&scene->door, guest);
    uint64_t seq = 0;

    record.list = list;
    record.kind = kind;
    if (guest >= WALK_INS) record.person = 0;
    record.round = scene->round + 1;
    snprintf(record.stop, sizeof record.stop, "Halt %u", record.round);
    record.stock = 7;
    record.annuls = scene->entry_seq;
    enum status status = scene->store->ops->append(scene->store, &record, &seq);
    if (status == STATUS_OK && kind == RECORD_KIND_ENTRY) scene->entry_seq = seq;
    return status;
}

static enum status enter(struct scene *scene)
{
    return append(scene, BUS, RECORD_KIND_ENTRY, scene->guest);
}

static enum status sign_off(struct scene *scene)
{
    return append(scene, BUS, RECORD_KIND_EXIT, scene->guest);
}

static enum status begin_round(struct scene *scene)
{
    return append(scene, BUS, RECORD_KIND_ROUND, 0);
}

static enum status deliver(struct scene *scene)
{
    return append(scene, BOXES, RECORD_KIND_STOCK, 0);
}

static enum status take_back(struct scene *scene)
{
    return append(scene, BUS, RECORD_KIND_ANNUL, 0);
}

static enum status register_one(struct scene *scene, size_t guest)
{
    struct record record = door_entry(&scene->door, guest);
    struct walk_in walk_in = {.ticket = record.ticket, .values = {"Öztürk, Ayşe"}, .language = "de"};
    uint64_t seq = 0;

    record.list = BUS;
    record.kind = RECORD_KIND_WALK_IN;
    record.person = 0;
    enum status status =
        scene->store->ops->append_walk_in(scene->store, &record, &walk_in, &scene->door.event.walk_ins, &seq);
    return status == STATUS_OK ? append(scene, BUS, RECORD_KIND_ENTRY, guest) : status;
}

// One form: somebody and their plus-one.
static enum status register_two(struct scene *scene)
{
    enum status status = scene->store->ops->begin(scene->store);

    if (status != STATUS_OK) return status;
    if ((status = register_one(scene, WALK_INS + scene->guest)) == STATUS_OK)
        status = register_one(scene, WALK_INS + scene->guest + 1);
    return scene->store->ops->end(scene->store, status);
}

static enum status remember(struct scene *scene)
{
    char value[STORE_VALUE_SIZE];

    snprintf(value, sizeof value, "%zu", scene->guest);
    return scene->store->ops->remember(scene->store, "volume", value);
}

static const struct act {
    enum status (*perform)(struct scene *scene);
    uint64_t record_count;
} acts[] = {
    {enter, 1}, {begin_round, 1}, {sign_off, 1}, {deliver, 1}, {take_back, 1}, {register_two, 4}, {remember, 0},
};

static bool is_remembered(struct scene *scene)
{
    char value[STORE_VALUE_SIZE] = "", expected[STORE_VALUE_SIZE];
    enum status status = scene->store->ops->recall(scene->store, "volume", value);

    assert_true(status == STATUS_OK || status == STATUS_MISSING);
    snprintf(expected, sizeof expected, "%zu", scene->guest);
    return strcmp(value, expected) == 0;
}

static bool is_registered(struct scene *scene, size_t guest)
{
    struct guest found;
    enum status status = scene->store->ops->find_guest(scene->store, DOOR_EVENT, door_ticket(guest), &found);

    assert_true(status == STATUS_OK || status == STATUS_MISSING);
    if (status == STATUS_OK) assert_string_equal(found.name, "Öztürk, Ayşe");
    return status == STATUS_OK;
}

// Nothing or all; then once more, if it was nothing.
static void check_failed(struct scene *scene, const struct act *act, uint64_t before)
{
    assert_int_equal(scene->store->ops->recover(scene->store), STATUS_OK);
    uint64_t added = door_record_count(&scene->door) - before;
    assert_true(added == 0 || added == act->record_count);
    if (act->perform == register_two) {
        assert_int_equal(is_registered(scene, WALK_INS + scene->guest), added > 0);
        assert_int_equal(is_registered(scene, WALK_INS + scene->guest + 1), added > 0);
    }
    assert_int_equal(door_audit(&scene->door), 0);
    if (added == 0) assert_int_equal(act->perform(scene), STATUS_OK);
}

static bool fails(struct scene *scene, struct vfs_failing *disk, const struct act *act)
{
    uint64_t before = door_record_count(&scene->door);
    vfs_failing_arm(disk, scene->fault, scene->step, scene->is_lasting);
    enum status status = act->perform(scene);
    bool has_failed = disk->failed_count > 0;

    vfs_failing_disarm(disk);
    if (status != STATUS_OK) {
        assert_true(has_failed);
        assert_int_equal(status, STATUS_LATER);
        check_failed(scene, act, before);
    }
    assert_int_equal(door_record_count(&scene->door), before + act->record_count);
    if (act->perform == remember) assert_true(is_remembered(scene));
    if (act->perform == begin_round) scene->round++;
    return status != STATUS_OK;
}

static void scene_open(struct scene *scene)
{
    *scene = (struct scene){0};
    door_init(&scene->door, NULL);
    scene->door.event.list_count = 0;
    (void)door_add_list(&scene->door, LIST_MODE_ROLL_CALL, "Bus");
    (void)door_add_list(&scene->door, LIST_MODE_HAND_OUT, "Boxen");
    door_welcome_walk_ins(&scene->door);
    scene->store = door_store(&scene->door, 4);
}

static void scene_close(struct scene *scene, size_t turns)
{
    struct headcount bus, boxes;

    assert_int_equal(scene->store->ops->count(scene->store, DOOR_EVENT, &scene->door.event.lists[0], &bus), STATUS_OK);
    assert_int_equal(scene->store->ops->count(scene->store, DOOR_EVENT, &scene->door.event.lists[1], &boxes),
                     STATUS_OK);
    assert_int_equal(bus.round, turns);
    assert_int_equal(bus.inside, 2); // registered in the last round; the entry before it was taken back
    assert_int_equal(bus.signed_off, turns);
    assert_int_equal(boxes.left, 7 * turns);
    store_close(scene->store);
    assert_int_equal(door_audit(&scene->door), 0);
    door_destroy(&scene->door);
}

static void test_acts__each_step_of_the_disk_fails_in_turn(void **state)
{
    struct vfs_failing disk;

    (void)state;
    vfs_failing_init(&disk);
    for (int fault = 0; fault < 2 * VFS_FAULT_COUNT; fault++) {
        struct scene scene;
        size_t failed_count[sizeof acts / sizeof acts[0]] = {0}, turns = 0;
        bool has_failed = true;
        scene_open(&scene);
        scene.fault = (enum vfs_fault)(fault / 2);
        scene.is_lasting = fault % 2 == 1;
        for (scene.step = 1; has_failed; scene.step++, turns++, scene.guest += 2) {
            assert_true(scene.step < MOST_STEPS);
            has_failed = false;
            for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
                if (!fails(&scene, &disk, &acts[i])) continue;
                has_failed = true;
                failed_count[i]++;
            }
        }
        for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) assert_true(failed_count[i] >= 3);
        scene_close(&scene, turns);
    }
    vfs_failing_destroy(&disk);
}

static void test_acts__a_form_is_dropped_whole(void **state)
{
    struct scene scene;

    (void)state;
    scene_open(&scene);
    uint64_t before = door_record_count(&scene.door);
    assert_int_equal(scene.store->ops->begin(scene.store), STATUS_OK);
    assert_int_equal(register_one(&scene, WALK_INS), STATUS_OK);
    assert_true(is_registered(&scene, WALK_INS)); // look-ups in the group see it
    assert_int_equal(remember(&scene), STATUS_OK);
    assert_int_equal(scene.store->ops->end(scene.store, STATUS_INVALID), STATUS_INVALID);
    assert_false(is_registered(&scene, WALK_INS));
    assert_false(is_remembered(&scene));
    assert_int_equal(door_record_count(&scene.door), before);
    store_close(scene.store);
    assert_int_equal(door_audit(&scene.door), 0);
    door_destroy(&scene.door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_acts__each_step_of_the_disk_fails_in_turn),
        cmocka_unit_test(test_acts__a_form_is_dropped_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
