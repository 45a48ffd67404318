// What sync delivers while every step of the disk refuses in turn: all of it is taken or none, sync is told which, and
// offering it again takes it once.
#include "support/check.h"

#include "desk/parcel.h"
#include "fakes/vfs_failing_sqlite.h"

#include <stdio.h>

enum { ENTRIES = 3 };

struct failing {
    struct vfs_failing disk;
    struct scene scene;
    struct neighbour south;
};

static void begin(struct failing *failing)
{
    *failing = (struct failing){0};
    vfs_failing_init(&failing->disk);
    scene_begin(&failing->scene, 20, DOOR_LIST);
    scene_serve_copy(&failing->scene);
    failing->south = neighbour_of(0x51, "Süd");
    assert_int_equal(scene_scan(&failing->scene, 18)->verdict.reason, REASON_OK);
}

static void end(struct failing *failing)
{
    scene_end(&failing->scene);
    vfs_failing_destroy(&failing->disk);
}

static struct delivery others_entries(struct failing *failing)
{
    struct neighbour from_the_beginning = failing->south;
    struct record records[ENTRIES];

    for (size_t i = 0; i < ENTRIES; i++)
        records[i] = neighbour_record(&failing->scene, &failing->south, RECORD_KIND_ENTRY, i * 4);
    return parcel_records(&from_the_beginning, records, ENTRIES, "3.00000000");
}

static struct delivery new_version(struct failing *failing)
{
    door_document(&failing->scene.door, 2, 30);
    return parcel_event(&failing->scene.door);
}

static struct delivery time_of_office(struct failing *failing)
{
    (void)failing;
    return (struct delivery){.kind = DELIVERY_CLOCK, .unix_ms = DOOR_UNIX_MS, .boot_ms = 1000, .uncertainty_ms = 20};
}

static struct delivery fork_of_log(struct failing *failing)
{
    (void)failing;
    return (struct delivery){.kind = DELIVERY_FORK, .seq = 2};
}

static const struct kind {
    const char *name;
    struct delivery (*make)(struct failing *failing);
    uint32_t inside, version; // when it was taken
} kinds[] = {
    {"records", others_entries, 1 + ENTRIES, 1},
    {"event", new_version, 1, 2},
    {"clock", time_of_office, 1, 1},
    {"fork", fork_of_log, 1, 1},
};

// As often as sync would: until it is said that it is there.
static void offer_until_taken(struct failing *failing, const struct kind *kind)
{
    enum status status = STATUS_LATER;

    for (int i = 0; i < 3 && status != STATUS_OK; i++) {
        struct delivery delivery = kind->make(failing);
        status = parcel_hand_over(&failing->scene, &delivery).status;
    }
    assert_int_equal(status, STATUS_OK);
}

static void expect_taken(struct failing *failing, const struct kind *kind)
{
    struct scene *scene = &failing->scene;
    struct command find = {.kind = COMMAND_FIND, .text = "FOREIGN-4"};
    struct event *event = &scene->served;

    assert_int_equal(scene_ask(scene, &find)->headcount.inside, kind->inside);
    assert_int_equal(scene->store->ops->load_event(scene->store, DOOR_EVENT, event), STATUS_OK);
    assert_int_equal(event->version, kind->version);
    assert_int_equal(scene_scan(scene, 18)->verdict.reason, REASON_ALREADY_REDEEMED);
}

// False: the disk had no step of that number any more.
static bool try_step(struct failing *failing, const struct kind *kind, enum vfs_fault fault, long step)
{
    struct receipt receipt;

    begin(failing);
    struct delivery delivery = kind->make(failing);
    vfs_failing_arm(&failing->disk, fault, step, true);
    receipt = parcel_hand_over(&failing->scene, &delivery);
    bool has_failed = failing->disk.failed_count > 0;
    vfs_failing_disarm(&failing->disk);
    if (receipt.status != STATUS_OK && receipt.status != STATUS_LATER)
        fail_msg("%s, step %ld, fault %d: status %d", kind->name, step, (int)fault, (int)receipt.status);
    if (receipt.status == STATUS_OK) expect_taken(failing, kind);
    else offer_until_taken(failing, kind);
    expect_taken(failing, kind);
    end(failing);
    return has_failed;
}

static void test_failing__what_was_refused_is_taken_when_it_comes_again(void **state)
{
    static struct failing failing; // too large for a stack

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        long step = 1;
        for (; step < 200 && try_step(&failing, &kinds[i], step % 2 ? VFS_FAULT_FULL : VFS_FAULT_IO, step);) step++;
        print_message("%s: %ld steps of the disk refused in turn\n", kinds[i].name, step - 1);
        assert_in_range(step, 3, 199);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failing__what_was_refused_is_taken_when_it_comes_again),
    };

    return cmocka_run_group_tests_name("desk/failing", tests, NULL, NULL);
}
