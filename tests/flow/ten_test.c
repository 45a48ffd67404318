// Ten people at once: two hand scanners that type and a camera, through the real desk and database.
#include "support/check.h"
#include "fakes/keyboard_scripted.h"
#include "support/door.h"
#include "support/folder.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/scan.h"
#include "scanner/scanners.h"
#include "desk/desk.h"
#include "frame/capture.h"

#include <linux/input-event-codes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    PEOPLE = 10,
    BEFORE_CAMERA = 4,
    PER_SCANNER = 3,
    LINES = PER_SCANNER + 1,
    QUIET_MS = 60000,
    MOST_MS = 60000,
    SCANNER_STEP_MS = 6
};

struct gate {
    struct door door;
    struct store *store;
    struct desk *desk;
    struct doorbell bell;
    struct queue notices;
    struct folder folder;
    struct mailbox sightings, preview, states;
    struct reader *reader;
    struct scan *scan;
    struct capture *capture;
    struct keyboards_scripted *keyboards;
    struct scanners *scanners;
    struct clock *clock;
};

// Nobody is two people here: guests of one person would share a headcount.
static size_t guest_of(int person)
{
    return (size_t)person * 2;
}

static void show_to_camera(struct gate *gate, int person)
{
    struct code code = door_code(&gate->door, guest_of(person));
    struct frame *frame = mem_zero(sizeof *frame);
    char text[256], name[32], path[128];

    memcpy(text, code.text, code.length);
    text[code.length] = '\0';
    qr_image_clear(frame, 1280, 720, 128);
    qr_image_draw(frame, &(struct qr_image){text, 4, 4, 200, 100, false});
    snprintf(name, sizeof name, "ticket-%d.png", person);
    folder_file(&gate->folder, name, path);
    qr_image_write_png(frame, path);
    free(frame);
}

static void open_desk(struct gate *gate)
{
    gate->store = door_store(&gate->door, 2 * PEOPLE);
    doorbell_init(&gate->bell);
    queue_init(&gate->notices, sizeof(struct notice), 16, &gate->bell);
    struct desk_config config = {.store = gate->store,
                                 .clock = gate->door.clock,
                                 .event = &gate->door.event,
                                 .list = DOOR_LIST,
                                 .gate = "Nord",
                                 .notices = &gate->notices};
    assert_int_equal(desk_open(&config, &gate->desk), STATUS_OK);
}

static void open_camera(struct gate *gate)
{
    folder_make(&gate->folder);
    for (int person = 0; person < BEFORE_CAMERA; person++) show_to_camera(gate, person);
    mailbox_init(&gate->sightings, sizeof(struct sighting), NULL);
    mailbox_init(&gate->preview, sizeof(struct frame), NULL);
    mailbox_init(&gate->states, sizeof(struct camera_state), NULL);
    struct reader_config reader = {.clock = gate->clock, .budget_ms = 1000};
    assert_int_equal(reader_local_open(&reader, &gate->reader), STATUS_OK);
    struct scan_config scan = {
        .reader = gate->reader,
        .clock = gate->clock,
        .quiet_ms = QUIET_MS,
        .codes = desk_codes(gate->desk),
        .sightings = &gate->sightings,
        .unsaved = desk_unsaved(gate->desk),
        .aside = desk_aside(gate->desk),
    };
    assert_int_equal(scan_open(&scan, &gate->scan), STATUS_OK);
    struct capture_config capture = {
        .open = camera_folder_open,
        .camera = {.frames_per_s = 15, .frames_per_picture = 15, .clock = gate->clock},
        .clock = gate->clock,
        .scan_frames = scan_frames(gate->scan),
        .preview_frames = &gate->preview,
        .states = &gate->states,
    };
    strcpy(capture.camera.folder, gate->folder.path);
    assert_int_equal(capture_open(&capture, &gate->capture), STATUS_OK);
}

static void open_scanners(struct gate *gate)
{
    gate->keyboards = mem_zero(sizeof *gate->keyboards);
    keyboards_scripted_init(gate->keyboards);
    gate->keyboards->is_patient = true;
    keyboards_scripted_plug(gate->keyboards, 1, "Barcode Scanner");
    keyboards_scripted_plug(gate->keyboards, 2, "HID 1a2c:0e24"); // known by its pace only
    struct scanners_config config = {.clock = gate->clock,
                                     .source = &gate->keyboards->source,
                                     .keyboard = "auto",
                                     .quiet_ms = QUIET_MS,
                                     .codes = desk_codes(gate->desk)};
    assert_int_equal(scanners_open(&config, &gate->scanners), STATUS_OK);
}

static void close_all(struct gate *gate)
{
    scanners_close(gate->scanners);
    keyboards_scripted_destroy(gate->keyboards);
    free(gate->keyboards);
    capture_close(gate->capture);
    scan_close(gate->scan);
    reader_close(gate->reader);
    mailbox_destroy(&gate->states);
    mailbox_destroy(&gate->preview);
    mailbox_destroy(&gate->sightings);
    folder_remove(&gate->folder);
    desk_close(gate->desk);
    queue_destroy(&gate->notices);
    doorbell_destroy(&gate->bell);
    store_close(gate->store);
}

static void type_ticket(struct gate *gate, int scanner, int person, struct key_script *script)
{
    struct code code = door_code(&gate->door, guest_of(person));
    char text[256];

    memcpy(text, code.text, code.length);
    text[code.length] = '\0';
    if (scanner == 1) key_script_text(script, text);
    else key_script_shifted_digits(script, text); // a French one
    key_script_key(script, KEY_ENTER);
}

// What both scanners type, each in its own pace and both at once; each sends the first of its tickets twice. A line is
// there when its first key is due: were this thread held up in the middle of one, the pause would end it (scanned.h).
static void type_all(struct gate *gate)
{
    struct key_script *scripts[2], *piece = key_script_new(0, 0);
    int64_t start_ms = gate->clock->ops->mono_ms(gate->clock);
    size_t at[2] = {0}, ends[2][LINES];
    int line[2] = {0};

    for (int s = 0; s < 2; s++) {
        scripts[s] = key_script_new(start_ms, SCANNER_STEP_MS / (s + 1));
        for (int i = 0; i < LINES; i++) {
            type_ticket(gate, s + 1, BEFORE_CAMERA + s * PER_SCANNER + (i > 0 ? i - 1 : 0), scripts[s]);
            ends[s][i] = scripts[s]->count;
            if (i > 0) key_script_wait(scripts[s], 300);
        }
    }
    while (line[0] < LINES || line[1] < LINES) {
        int64_t now_ms = gate->clock->ops->mono_ms(gate->clock);
        for (int s = 0; s < 2; s++) {
            if (line[s] == LINES || scripts[s]->events[at[s]].mono_ms > now_ms) continue;
            for (piece->count = 0; at[s] < ends[s][line[s]]; at[s]++)
                piece->events[piece->count++] = scripts[s]->events[at[s]];
            keyboards_scripted_type(gate->keyboards, s + 1, piece);
            line[s]++;
        }
        (void)poll(NULL, 0, SCANNER_STEP_MS / 2);
    }
    free(scripts[0]);
    free(scripts[1]);
    free(piece);
}

struct outcome {
    int ok, other;
    uint32_t inside;
};

static void take_notices(struct gate *gate, struct outcome *outcome)
{
    struct notice *notice = mem_zero(sizeof *notice);

    while (queue_take(&gate->notices, notice)) {
        if (notice->kind != NOTICE_VERDICT) continue;
        if (notice->verdict.reason == REASON_OK) outcome->ok++;
        else outcome->other++;
        outcome->inside = notice->headcount.inside;
    }
    free(notice);
}

static void test_ten__people_come_in_by_a_camera_and_two_scanners(void **state)
{
    struct gate gate = {.clock = clock_system()};
    struct outcome outcome = {0};

    (void)state;
    door_init(&gate.door, NULL);
    open_desk(&gate);
    open_camera(&gate);
    open_scanners(&gate);
    int64_t start_ms = gate.clock->ops->mono_ms(gate.clock), took_ms = 0;
    desk_start(gate.desk);
    scan_start(gate.scan);
    capture_start(gate.capture);
    scanners_start(gate.scanners);
    type_all(&gate);
    while (outcome.ok < PEOPLE && took_ms < MOST_MS) {
        take_notices(&gate, &outcome);
        doorbell_wait(&gate.bell, 50);
        took_ms = gate.clock->ops->mono_ms(gate.clock) - start_ms;
    }
    (void)poll(NULL, 0, 500); // whoever might come a second time
    take_notices(&gate, &outcome);
    close_all(&gate);
    print_message("%d people in %lld ms\n", outcome.ok, (long long)took_ms);
    assert_int_equal(outcome.ok, PEOPLE);
    assert_int_equal(outcome.other, 0); // no double, nothing else either
    assert_int_equal(outcome.inside, PEOPLE);
    assert_int_equal(door_audit(&gate.door), 0);
    int via_scanner = 0;
    for (uint64_t seq = 1; seq <= door_record_count(&gate.door); seq++) {
        char line[RECORD_LINE_SIZE];
        door_read_line(&gate.door, seq, line);
        if (strstr(line, "\"kind\":\"entry\"") && strstr(line, "\"via\":\"scanner\"")) via_scanner++;
    }
    assert_int_equal(via_scanner, 2 * PER_SCANNER);
    door_destroy(&gate.door);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ten__people_come_in_by_a_camera_and_two_scanners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
