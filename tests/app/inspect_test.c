// inspect: what the ready check is told, over a real database; steps by hand, and once as a thread.
#include "support/check.h"

#include "app/inspect.h"
#include "frame/capture.h"
#include "scanner/present.h"
#include "support/door.h"
#include "model/readiness.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { GUESTS = 30 };

struct room {
    struct door door;
    struct store *store;
    struct mailbox vitals, scanners, readiness;
    struct doorbell screen;
    char printers[128], update[128], wifi[128];
    struct inspect *inspect;
};

static void begin(struct room *room)
{
    door_init(&room->door, NULL);
    room->store = door_store(&room->door, GUESTS);
    doorbell_init(&room->screen);
    mailbox_init(&room->vitals, sizeof(struct camera_vitals), NULL);
    mailbox_init(&room->scanners, sizeof(struct present), NULL);
    mailbox_init(&room->readiness, sizeof(struct readiness), &room->screen);
    snprintf(room->printers, sizeof room->printers, "%s/lpoptions", room->door.folder);
    snprintf(room->update, sizeof room->update, "%s/update", room->door.folder);
    snprintf(room->wifi, sizeof room->wifi, "%s/wifi", room->door.folder);
    struct inspect_config config = {
        .clock = room->door.clock,
        .database = room->door.path,
        .printers = room->printers,
        .update = room->update,
        .wifi = room->wifi,
        .event = DOOR_EVENT,
        .vitals = &room->vitals,
        .scanners = &room->scanners,
        .readiness = &room->readiness,
    };
    assert_int_equal(inspect_open(&config, &room->inspect), STATUS_OK);
}

static void end(struct room *room)
{
    inspect_close(room->inspect);
    store_close(room->store);
    mailbox_destroy(&room->vitals);
    mailbox_destroy(&room->scanners);
    mailbox_destroy(&room->readiness);
    doorbell_destroy(&room->screen);
    unlink(room->printers);
    unlink(room->update);
    unlink(room->wifi);
    door_destroy(&room->door);
}

static int64_t now(const struct room *room)
{
    return room->door.clock->ops->mono_ms(room->door.clock);
}

static const struct readiness *look(struct room *room)
{
    (void)inspect_step(room->inspect, now(room));
    const struct readiness *readiness = mailbox_take(&room->readiness);
    assert_non_null(readiness);
    return readiness;
}

static void see(struct room *room, double frames_per_s, int sharpness)
{
    *(struct camera_vitals *)mailbox_writable(&room->vitals) =
        (struct camera_vitals){now(room), frames_per_s, sharpness};
    mailbox_put(&room->vitals);
}

static void test_inspect__tells_what_is_there_at_start(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    const struct readiness *readiness = look(&room);
    assert_int_equal(readiness->ticket_count, GUESTS);
    assert_int_equal(readiness->event_version, 1);
    assert_true(readiness->mono_ms > 0);
    assert_true(readiness->disk_free_bytes > 0);
    assert_int_equal(readiness->clock, room.door.clock->ops->state(room.door.clock));
    assert_false(readiness->has_camera);
    assert_int_equal(readiness->database, PROOF_NONE); // nobody asked
    assert_string_equal(readiness->scanners, "");
    assert_string_equal(readiness->printer, "");
    end(&room);
}

static void test_inspect__sleeps_when_the_camera_had_its_time(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    assert_int_equal(inspect_step(room.inspect, now(&room)), INSPECT_SETTLE_MS);
    clock_hand_move(&room.door.hand, INSPECT_SETTLE_MS);
    see(&room, 15, 60);
    assert_int_equal(inspect_step(room.inspect, now(&room)), DOORBELL_FOREVER); // costs nothing until the next ring
    const struct readiness *readiness = mailbox_take(&room.readiness);
    assert_true(readiness->has_camera);
    assert_int_equal(readiness->database, PROOF_NONE); // still nobody asked
    assert_int_equal(look(&room)->database, PROOF_FINE);
    end(&room);
}

static void test_inspect__a_silent_camera_is_none(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    see(&room, 29.5, 71);
    const struct readiness *readiness = look(&room);
    assert_true(readiness->has_camera && readiness->frames_per_s > 29.4 && readiness->frames_per_s < 29.6);
    assert_int_equal(readiness->sharpness, 71);
    clock_hand_move(&room.door.hand, INSPECT_STALE_MS);
    readiness = look(&room);
    assert_false(readiness->has_camera);
    assert_int_equal(readiness->sharpness, 0);
    see(&room, 10, 12);
    assert_int_equal(look(&room)->sharpness, 12);
    end(&room);
}

static void test_inspect__names_scanners_and_the_default_printer(void **state)
{
    struct room room;
    FILE *file;

    (void)state;
    begin(&room);
    strcpy(((struct present *)mailbox_writable(&room.scanners))->names, "Netum C750");
    mailbox_put(&room.scanners);
    file = fopen(room.printers, "w");
    assert_non_null(file);
    fputs("Dest Buero media=A4\nDefault Etiketten/klein PrintQuality=4\n", file);
    fclose(file);
    const struct readiness *readiness = look(&room);
    assert_string_equal(readiness->scanners, "Netum C750");
    assert_string_equal(readiness->printer, "Etiketten/klein");
    unlink(room.printers);
    readiness = look(&room);
    assert_string_equal(readiness->scanners, "Netum C750"); // until it is told otherwise
    assert_string_equal(readiness->printer, "");
    end(&room);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_inspect__tells_what_other_programs_of_the_machine_say(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    const struct readiness *readiness = look(&room);
    assert_int_equal(readiness->update.phase, UPDATE_ABSENT);
    assert_string_equal(readiness->wifi_code, "");
    write_text(room.update, "phase=found\ninstalled=1.0\noffered=1.1\n");
    write_text(room.wifi, "ssid=einlass-4f\npassphrase=geheim42\naddress=127.0.0.1\n");
    readiness = look(&room);
    assert_int_equal(readiness->update.phase, UPDATE_FOUND);
    assert_string_equal(readiness->update.offered, "1.1");
    assert_string_equal(readiness->wifi_name, "einlass-4f");
    assert_string_equal(readiness->wifi_code, "WIFI:T:WPA;S:einlass-4f;P:geheim42;;");
    end(&room);
}

static void test_inspect__recounts_when_asked_and_not_too_often(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    (void)look(&room);
    const struct readiness *readiness = look(&room);
    assert_int_equal(readiness->database, PROOF_FINE);
    assert_int_equal(readiness->record_count, door_record_count(&room.door));
    door_sql(&room.door, "UPDATE headcount SET inside = inside + 1");
    struct record entry = door_entry(&room.door, 3);
    uint64_t seq;
    assert_int_equal(room.store->ops->append(room.store, &entry, &seq), STATUS_OK);
    door_sql(&room.door, "UPDATE headcount SET inside = inside + 1");
    clock_hand_move(&room.door.hand, INSPECT_PROOF_MS - 1000);
    assert_int_equal(look(&room)->database, PROOF_FINE); // as it was found a moment ago
    clock_hand_move(&room.door.hand, 1000);
    assert_int_equal(look(&room)->database, PROOF_BROKEN);
    assert_int_equal(look(&room)->record_count, seq);
    end(&room);
}

static void test_inspect__what_can_not_be_looked_at_is_unknown(void **state)
{
    struct room room;

    (void)state;
    begin(&room);
    inspect_close(room.inspect);
    struct inspect_config config = {.clock = room.door.clock,
                                    .database = "/nowhere/kiosk.db",
                                    .printers = "/nowhere/lpoptions",
                                    .update = "/nowhere/state",
                                    .wifi = "/nowhere/hotspot",
                                    .event = DOOR_EVENT,
                                    .vitals = &room.vitals,
                                    .scanners = &room.scanners,
                                    .readiness = &room.readiness};
    assert_int_equal(inspect_open(&config, &room.inspect), STATUS_OK);
    (void)look(&room);
    const struct readiness *readiness = look(&room);
    assert_int_equal(readiness->database, PROOF_NONE);
    assert_int_equal(readiness->ticket_count, 0);
    assert_int_equal(readiness->disk_free_bytes, 0);
    end(&room);
}

// Beside a store that writes: both go on, and the recount is of one moment.
static void test_inspect__runs_beside_the_desk(void **state)
{
    struct room room;
    const struct readiness *readiness = NULL;
    enum readiness_proof proof = PROOF_NONE;

    (void)state;
    begin(&room);
    inspect_start(room.inspect);
    for (int i = 0; proof != PROOF_FINE && i < 5000; i++) {
        struct record entry = door_entry(&room.door, (size_t)i % GUESTS);
        uint64_t seq;
        if (i < 200) assert_int_equal(room.store->ops->append(room.store, &entry, &seq), STATUS_OK);
        doorbell_ring(inspect_bell(room.inspect));
        (void)doorbell_wait(&room.screen, 10);
        if ((readiness = mailbox_take(&room.readiness))) proof = readiness->database;
        assert_int_not_equal(proof, PROOF_BROKEN);
    }
    assert_int_equal(proof, PROOF_FINE);
    end(&room);
}

// The table of stock becomes one that is read for ever, so that only the closing can end the recount.
static void test_inspect__closing_ends_a_running_recount(void **state)
{
    static const char endless[] =
        "DROP TABLE stock; CREATE VIEW stock AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x | 1 FROM n) "
        "SELECT x AS event, x AS list, x AS things FROM n WHERE x = 0";
    struct room room;
    enum readiness_proof proof = PROOF_NONE;

    (void)state;
    begin(&room);
    store_close(room.store);
    room.store = NULL;
    door_sql(&room.door, endless);
    inspect_start(room.inspect);
    while (proof != PROOF_RUNNING) {
        doorbell_ring(inspect_bell(room.inspect));
        (void)doorbell_wait(&room.screen, 10);
        const struct readiness *readiness = mailbox_take(&room.readiness);
        if (readiness) proof = readiness->database;
    }
    end(&room); // returns
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inspect__tells_what_is_there_at_start),
        cmocka_unit_test(test_inspect__sleeps_when_the_camera_had_its_time),
        cmocka_unit_test(test_inspect__a_silent_camera_is_none),
        cmocka_unit_test(test_inspect__names_scanners_and_the_default_printer),
        cmocka_unit_test(test_inspect__tells_what_other_programs_of_the_machine_say),
        cmocka_unit_test(test_inspect__recounts_when_asked_and_not_too_often),
        cmocka_unit_test(test_inspect__what_can_not_be_looked_at_is_unknown),
        cmocka_unit_test(test_inspect__runs_beside_the_desk),
        cmocka_unit_test(test_inspect__closing_ends_a_running_recount),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
